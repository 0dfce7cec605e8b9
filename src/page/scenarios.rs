//! Dialog: the shipped scenarios, each with what it teaches in two sentences.

use std::rc::Rc;

use scenario::{document::Scenario, presets};
use yew::prelude::*;

use super::modal::Modal;
use crate::language::use_words;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ScenariosProps {
    /// Called with the scenario chosen.
    pub on_open: Callback<Rc<Scenario>>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Scenarios(ScenariosProps { on_open, on_close }: &ScenariosProps) -> Html {
    let words = use_words();
    let entries = presets::all().iter().map(|preset| {
        let (on_open, on_close) = (on_open.clone(), on_close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            on_open.emit(Rc::new(preset.scenario()));
            on_close.emit(());
        });
        html! {
            <li key={preset.id}>
                <button type="button" class="entry" data-preset={preset.id} {onclick}>
                    <b>{ words.preset_name(preset.id) }</b>
                    <span>{ words.preset_teaches(preset.id) }</span>
                </button>
            </li>
        }
    });
    html! {
        <Modal title={words.header_scenarios()} on_close={on_close}>
            <ul class="entries">{ for entries }</ul>
        </Modal>
    }
}
