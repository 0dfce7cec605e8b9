//! Dialog: one's own scenarios, and the shipped ones by what they are about, each with its platform and a picture of its demand.

mod entry;
mod yours;

use std::rc::Rc;

use scenario::{
    comparisons::{self, Comparison},
    link::Together,
    presets::{self, Topic},
};
use yew::prelude::*;

use self::{
    entry::{Entry, entry, picture},
    yours::Yours,
};
use super::modal::Modal;
use crate::{
    kept::Titles,
    language::use_words,
    state::{Action, Whose, all_pinned},
};

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ScenariosProps {
    /// Whose the scenario is that the page shows.
    pub whose: Whose,
    /// Numbers and titles of one's own scenarios.
    pub own: Rc<Titles>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let words = use_words();
    let ScenariosProps {
        whose,
        own,
        on,
        on_open,
        on_close,
    } = props;
    let on_choose = use_callback(
        (on_open.clone(), on_close.clone()),
        |opens: Action, (on_open, on_close)| {
            on_open.emit(opens);
            on_close.emit(());
        },
    );
    let pictures = use_memo((), |()| {
        let pictures = presets::scenarios().iter().map(picture);
        pictures.collect::<Vec<_>>()
    });
    let shipped = |topic: Topic| {
        let all = presets::all().iter().zip(presets::scenarios());
        let of_topic = (all.zip(pictures.iter())).filter(|((preset, _), _)| preset.topic == topic);
        let entries = of_topic.map(|((preset, scenario), picture)| {
            let opens = Action::Open(Rc::new(scenario.clone()), Whose::Shipped(preset));
            let shown = Entry {
                preset: Some(preset.id),
                title: words.preset_name(preset.id),
                platform: Some(scenario.platform),
                text: words.preset_teaches(preset.id),
                picture,
                is_current: *whose == Whose::Shipped(preset),
            };
            html! {
                <li key={preset.id}>
                    { entry(words, &shown, opens.on_click(&on_choose)) }
                </li>
            }
        });
        html! {
            <section key={words.topic(topic)}>
                <h4>{ words.topic(topic) }</h4>
                <ul class="entries two-columns">{ for entries }</ul>
            </section>
        }
    };
    let compared = |comparison: &Comparison| {
        let Together { scenario, pinned } = comparison.together();
        let (title, text) = words.shipped_comparison(comparison.id);
        let shown = Entry {
            preset: None,
            title,
            platform: Some(scenario.platform),
            text,
            picture: &picture(&scenario),
            is_current: false,
        };
        let opens = Action::OpenTogether(Rc::new(scenario), Whose::Other, all_pinned(pinned));
        html! {
            <li key={comparison.id}>
                { entry(words, &shown, opens.on_click(&on_choose)) }
            </li>
        }
    };
    html! {
        <Modal title={words.header_scenarios()} wide=true on_close={on_close}>
            <Yours whose={*whose} {own} {on} on_choose={&on_choose} />
            <h3>{ words.shipped_title() }</h3>
            { for Topic::ALL.into_iter().map(shipped) }
            <h3>{ words.compare_title() }</h3>
            <ul class="entries two-columns">{ for comparisons::all().iter().map(compared) }</ul>
        </Modal>
    }
}
