//! What stands in place of form and result where the address does not open: why, and what to open instead. The address stays as it
//! is until the person chooses, and a frame shows no more than why.

use scenario::link::LinkError;
use yew::prelude::*;

use super::{Panel, whose::back_to_mine};
use crate::{
    language::use_words,
    state::{Action, Whose},
};

/// What the message is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct UnopenedProps {
    /// Why the address does not open.
    pub error: LinkError,
    /// Whether there is a frame alone.
    pub is_frame: bool,
    /// Whether one has scenarios of one's own.
    pub has_own: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
}

/// The message.
#[function_component]
pub fn Unopened(props: &UnopenedProps) -> Html {
    let words = use_words();
    let why = html! { <p role="alert">{ words.link_error(&props.error) }</p> };
    if props.is_frame {
        return html! { <main class="embed"><div class="card nothing">{ why }</div></main> };
    }
    let sample = {
        let on_open = props.on_open.clone();
        move |_: MouseEvent| {
            if let Some(preset) = scenario::presets::all().first() {
                let scenario = preset.scenario().into();
                on_open.emit(Action::Open(scenario, Whose::Shipped(preset)));
            }
        }
    };
    let mine = back_to_mine(&props.on_open);
    html! {
        <main class="unopened">
            <div class="card nothing">
                { why }
                <p class="row">
                    if props.has_own {
                        <button type="button" class="b p" onclick={mine}>{ words.back_to_mine() }</button>
                    }
                    <button type="button" class="b" onclick={sample}>{ words.see_sample() }</button>
                    <button type="button" class="b" onclick={Action::Panel(Some(Panel::Scenarios)).on_click(&props.on)}>{ words.header_scenarios() }</button>
                </p>
            </div>
        </main>
    }
}
