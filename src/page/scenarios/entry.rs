//! A scenario to choose: its demand as a picture, its title, its platform, and a text.

use scenario::{
    compile::demand_preview,
    document::{Platform, Scenario},
};
use words::platform_texts;
use yew::prelude::*;

use crate::{
    form::{outline, sparkline},
    language::use_words,
};

/// What an entry is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct EntryProps {
    /// Id of the shipped scenario.
    #[prop_or_default]
    pub preset: Option<&'static str>,
    /// Its title.
    pub title: AttrValue,
    /// Where it runs; `None`: nobody knows.
    pub platform: Option<Platform>,
    /// What else there is to say.
    pub text: AttrValue,
    /// The points of its picture.
    pub picture: Option<AttrValue>,
    /// Whether the page shows it.
    pub is_current: bool,
    /// Whether it cannot be chosen.
    #[prop_or_default]
    pub disabled: bool,
    /// Chooses it.
    pub onclick: Callback<MouseEvent>,
}

/// The entry.
#[function_component]
pub fn Entry(props: &EntryProps) -> Html {
    let words = use_words();
    let platform = props
        .platform
        .map(|platform| (platform_texts(platform).name)(words));
    html! {
        <button type="button" class="entry pictured" data-preset={props.preset} disabled={props.disabled}
            aria-current={props.is_current.then_some("true")} onclick={&props.onclick}>
            { sparkline(props.picture.as_deref().unwrap_or_default(), None) }
            <span>
                <b>{ &props.title }</b>
                if props.is_current {
                    <i>{ words.shown_now() }</i>
                }
                <small>{ platform.unwrap_or_default() }</small>
                <span>{ &props.text }</span>
            </span>
        </button>
    }
}

/// Returns the points of a scenario's picture; `None` where there is none, or where it would take long.
pub fn picture(scenario: &Scenario) -> Option<AttrValue> {
    let demand = demand_preview(scenario)?;
    Some(outline(demand.nodes()).into())
}
