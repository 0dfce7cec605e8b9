//! The dialog that is open, with what it needs of the page.

use std::rc::Rc;

use scenario::link::encode;
use web_sys::File;
use yew::prelude::*;

use super::{
    Panel,
    embed::Embed,
    learn::Learn,
    picker::Picker,
    scenarios::Scenarios,
    share::Share,
    start::{Start, blank},
    trace::{Recording, TraceDialog},
};
use crate::{
    browser::location,
    kept::Titles,
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
    let payload = || encode(scenario).ok().map(AttrValue::from);
    match props.panel {
        Panel::Scenarios => {
            html! { <Scenarios whose={now.whose} own={&props.own} {on} {on_open} {on_close} /> }
        }
        Panel::Start => html! { <Start {on} {on_open} {on_file} {on_close} /> },
        Panel::Learn => html! { <Learn {on_close} /> },
        Panel::Share => {
            let link = payload().map(|payload| format!("{}#{payload}", location::base()));
            let on_embed = on.reform(|()| Action::Panel(Some(Panel::Embed)));
            html! { <Share link={link.map(AttrValue::from)} {on_save} {on_embed} {on_close} /> }
        }
        Panel::Embed => {
            html! { <Embed base={location::base()} payload={payload()} {title} {on_close} /> }
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
