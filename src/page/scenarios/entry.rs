//! A scenario to choose: its demand as a picture, its title, its platform, and a text.

use scenario::{
    compile::demand_preview,
    document::{Platform, Scenario},
};
use words::{Words, platform_texts};
use yew::prelude::*;

use crate::form::{outline, sparkline};

/// What an entry is made from.
pub struct Entry<'a> {
    /// Id of the shipped scenario.
    pub preset: Option<&'static str>,
    /// Its title.
    pub title: &'a str,
    /// Where it runs; `None`: it cannot be read, nor opened.
    pub platform: Option<Platform>,
    /// What else there is to say.
    pub text: &'a str,
    /// The points of its picture; empty where there is none.
    pub picture: &'a str,
    /// Whether the page shows it.
    pub is_current: bool,
}

/// Returns an entry that does so when it is chosen.
pub fn entry(words: Words, entry: &Entry, onclick: Callback<MouseEvent>) -> Html {
    let platform = (entry.platform).map(|platform| (platform_texts(platform).name)(words));
    html! {
        <button type="button" class="entry pictured" data-preset={entry.preset} disabled={platform.is_none()}
            aria-current={entry.is_current.then_some("true")} {onclick}>
            { sparkline(entry.picture, None) }
            <span>
                <b>{ entry.title }</b>
                <i hidden={!entry.is_current}>{ words.shown_now() }</i>
                <small>{ platform.unwrap_or_default() }</small>
                <span>{ entry.text }</span>
            </span>
        </button>
    }
}

/// Returns the points of a scenario's picture; none where there is no demand, or it would take long.
pub fn picture(scenario: &Scenario) -> String {
    demand_preview(scenario).map_or_else(String::new, |demand| outline(demand.nodes()))
}
