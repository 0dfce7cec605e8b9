//! The dialog that is open, with what it needs of the page.

use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use super::{
    Panel,
    embed::Embed,
    export::Export,
    learn::learn,
    notice::Notice,
    packed::Packed,
    picker::Picker,
    scenarios::Scenarios,
    share::Share,
    start::{Start, blank},
    trace::{Recording, TraceDialog},
};
use crate::{
    browser::location,
    kept::Titles,
    language::use_words,
    state::{Action, Snapshot},
};

/// What a dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DialogProps {
    /// Which dialog.
    pub panel: Panel,
    /// The document.
    pub now: Snapshot,
    /// The scenario's title.
    pub title: AttrValue,
    /// Numbers and titles of one's own scenarios.
    pub own: Rc<Titles>,
    /// A trace that was dropped on the page.
    pub dropped: Option<Recording>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
    /// Opens the file that was chosen.
    pub on_file: Callback<File>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
}

/// The dialog that is open.
#[function_component]
pub fn Dialog(props: &DialogProps) -> Html {
    let words = use_words();
    let DialogProps {
        now,
        title,
        on,
        on_open,
        on_file,
        on_save,
        ..
    } = props;
    let scenario = &now.scenario;
    let on_close = on.reform(|()| Action::Panel(None));
    let on_change = on.reform(Action::Change);
    let wants_longer_steps = use_state_eq(|| false);
    let on_longer = {
        let wants = wants_longer_steps.setter();
        use_callback((), move |(), ()| wants.set(true))
    };
    let shares = matches!(props.panel, Panel::Share | Panel::Embed);
    let packed = use_memo(
        (Rc::clone(scenario), *wants_longer_steps, shares),
        |(scenario, wants, shares)| shares.then(|| Rc::new(Packed::of(scenario, *wants))),
    );
    match props.panel {
        Panel::Scenarios => {
            html! { <Scenarios whose={now.whose} own={&props.own} {on} {on_open} {on_close} /> }
        }
        Panel::Start => html! { <Start {on} {on_open} {on_file} {on_close} /> },
        Panel::Learn => learn(words, on_close),
        Panel::Share | Panel::Embed => {
            let Some(packed) = &*packed else {
                return Html::default();
            };
            let base = location::base();
            if props.panel == Panel::Embed {
                return html! { <Embed {base} {packed} {on_longer} {title} {on_close} /> };
            }
            let on_embed = on.reform(|()| Action::Panel(Some(Panel::Embed)));
            html! { <Share {base} {packed} {on_longer} {on_save} {on_embed} {on_close} /> }
        }
        Panel::Export => {
            let on_refused = on.reform(|()| Action::Notice(Some(Notice::Refused)));
            html! { <Export now={now.clone()} {title} {on_refused} {on_close} /> }
        }
        Panel::Picker => html! { <Picker {scenario} {on_change} {on_close} /> },
        Panel::Trace => {
            let dropped = props.dropped.clone();
            html! { <TraceDialog {scenario} {dropped} {on_change} {on_close} /> }
        }
        Panel::NewTrace => {
            let dropped = props.dropped.clone();
            let on_change = on_open.reform(Action::Begin);
            html! { <TraceDialog scenario={Rc::new(blank())} {dropped} {on_change} {on_close} /> }
        }
    }
}
