//! The line under the header: what this page is, whose scenario it shows, and the way to one's own. It stands there until one has
//! a scenario of one's own, or until it is dismissed.

use std::rc::Rc;

use yew::prelude::*;

use super::{Panel, focus::use_focus_after};
use crate::{
    browser::storage::Device,
    kept,
    language::use_words,
    state::{Action, Own, Whose},
};

/// What the line is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WhoseLineProps {
    /// Whose the scenario is.
    pub whose: Whose,
    /// One's own scenarios.
    pub own: Own,
    /// Title of the scenario.
    pub title: AttrValue,
    /// Whether the person has once dismissed the line.
    pub is_greeted: bool,
    /// Whether the person has dismissed it for this scenario.
    pub is_hidden: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
}

/// The line.
#[function_component]
pub fn WhoseLine(props: &WhoseLineProps) -> Html {
    let words = use_words();
    let WhoseLineProps {
        whose,
        own,
        on,
        on_open,
        ..
    } = props;
    let has_own = !own.titles.is_empty();
    let is_shipped = matches!(whose, Whose::Shipped(_));
    let is_first = !(has_own || props.is_greeted);
    let is_there = !(props.is_hidden || own.has(*whose) || (is_shipped && !is_first));
    use_focus_after(is_there);
    if !is_there {
        return Html::default();
    }
    let sentence = match whose {
        Whose::Shipped(_) => words.whose_sample(&props.title),
        Whose::Own(_) => words.whose_deleted().to_owned(),
        Whose::Other if has_own => words.whose_link_beside().to_owned(),
        Whose::Other => words.whose_link().to_owned(),
    };
    html! {
        <aside class="whose">
            <p>
                if is_first {
                    { words.about_page() }{ " " }
                }
                <span>{ sentence }</span>
            </p>
            <span class="row">
                if is_shipped {
                    <button type="button" class="b" onclick={Action::Panel(Some(Panel::Start)).on_click(on)}>{ words.start_own() }</button>
                } else {
                    if has_own {
                        <button type="button" class="b" onclick={back_to_mine(on_open)}>{ words.back_to_mine() }</button>
                    }
                    <button type="button" class="b" onclick={Action::KeepCopy.on_click(on)}>{ words.keep_copy() }</button>
                }
            </span>
            <button type="button" class="b q" aria-label={words.close()} onclick={Action::HideLine.on_click(on)}>{ "✕" }</button>
        </aside>
    }
}

/// Returns a listener of clicks that opens the own scenario that was shown or changed last.
pub fn back_to_mine(on_open: &Callback<Action>) -> Callback<MouseEvent> {
    let on_open = on_open.clone();
    Callback::from(move |_: MouseEvent| {
        if let Some((scenario, whose)) = kept::last_own(&Device) {
            on_open.emit(Action::Open(Rc::new(scenario), whose));
        }
    })
}
