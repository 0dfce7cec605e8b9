//! What stands in place of form and result where the address does not open: why, and what to open instead. The address stays as it
//! is until the person chooses, and a frame shows no more than why.

use scenario::link::LinkError;
use words::Words;
use yew::prelude::*;

use super::{Panel, whose::back_to_mine};
use crate::state::{Action, Whose};

/// Returns the message: alone (`has_own` is `None`), or with what there is to open instead, one's own among it.
pub fn unopened(
    words: Words,
    error: &LinkError,
    has_own: Option<bool>,
    on: &Callback<Action>,
    on_open: &Callback<Action>,
) -> Html {
    let why = html! { <p role="alert">{ words.link_error(error) }</p> };
    let Some(has_own) = has_own else {
        return html! { <main class="embed"><div class="card nothing"><h1>{ words.app_name() }</h1>{ why }</div></main> };
    };
    let sample = {
        let on_open = on_open.clone();
        move |_: MouseEvent| {
            if let Some(preset) = scenario::presets::all().first() {
                let scenario = preset.scenario().into();
                on_open.emit(Action::Open(scenario, Whose::Shipped(preset)));
            }
        }
    };
    let mine = back_to_mine(on_open);
    html! {
        <main class="unopened" id="result" tabindex="-1">
            <div class="card nothing">
                { why }
                <p class="row">
                    if has_own {
                        <button type="button" class="b p" onclick={mine}>{ words.back_to_mine() }</button>
                    }
                    <button type="button" class="b" onclick={sample}>{ words.see_sample() }</button>
                    <button type="button" class="b" onclick={Action::Panel(Some(Panel::Scenarios)).on_click(on)}>{ words.header_scenarios() }</button>
                </p>
            </div>
        </main>
    }
}
