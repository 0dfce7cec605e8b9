//! Dialog: the shipped scenarios, each with what it teaches in two sentences.

use std::rc::Rc;

use scenario::{document::Scenario, presets};
use words::Words;
use yew::prelude::*;

use super::modal::Modal;

/// Returns the dialog; `on_open` is told which scenario was chosen, `on_close` once the dialog is closed.
pub fn scenarios(words: Words, on_open: &Callback<Rc<Scenario>>, on_close: &Callback<()>) -> Html {
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
