//! The dialog that is open, with what it needs of the page. Nothing of this is made before somebody opens one.

use std::rc::Rc;

use scenario::{document::Scenario, link::encode};
use words::Words;
use yew::prelude::*;

use super::{
    Panel, embed::Embed, learn::Learn, picker::Picker, scenarios::Scenarios, share::Share,
    trace::TraceDialog,
};
use crate::{
    browser::location,
    state::{Action, State},
};

/// What dialogs need.
#[derive(Debug)]
pub struct Dialogs<'a> {
    /// Language.
    pub words: Words,
    /// All that the page remembers.
    pub state: &'a State,
    /// The scenario's title.
    pub title: &'a str,
    /// Tells the reducer.
    pub on: &'a Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Rc<Scenario>>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
}

impl Dialogs<'_> {
    /// The dialog.
    #[inline(never)]
    pub fn html(self, panel: Panel) -> Html {
        let Self {
            words,
            state,
            on,
            on_open,
            on_save,
            ..
        } = self;
        let scenario = state.scenario();
        let on_close = on.reform(|()| Action::Panel(None));
        let on_change = on.reform(Action::Change);
        let payload = || encode(scenario).ok().map(AttrValue::from);
        match panel {
            Panel::Scenarios => html! { <Scenarios {words} {on_open} {on_close} /> },
            Panel::Learn => html! { <Learn {words} {on_close} /> },
            Panel::Share => html! {
                <Share {words} link={payload().map(|payload| AttrValue::from(format!("{}#{payload}", location::base())))}
                    {on_save} on_embed={on.reform(|()| Action::Panel(Some(Panel::Embed)))} {on_close} />
            },
            Panel::Embed => html! {
                <Embed {words} base={location::base()} payload={payload()} title={self.title.to_owned()} {on_close} />
            },
            Panel::Picker => {
                html! { <Picker {words} scenario={Rc::clone(scenario)} {on_change} {on_close} /> }
            }
            Panel::Trace => html! {
                <TraceDialog {words} scenario={Rc::clone(scenario)} dropped={state.view.dropped.clone()} {on_change} {on_close} />
            },
        }
    }
}
