//! What is being simulated, or would be: how far it is, and the way to begin or to stop it.

use yew::prelude::*;

use crate::{app::Stage, language::use_words};

/// Id of the button, for the focus.
pub const BUTTON: &str = "work";

/// What the bar is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WorkBarProps {
    /// How far the result of the document is.
    pub stage: Stage,
    /// Whether a result of before stands below the bar.
    pub before: bool,
    /// Told whether the work is to begin (`true`) or to stop.
    pub on_press: Callback<bool>,
}

/// The bar above the result; hidden where nothing is to be done.
#[function_component]
pub fn WorkBar(props: &WorkBarProps) -> Html {
    let words = use_words();
    let stage = props.stage;
    let (sentence, action, begins) = match stage {
        Stage::Rests => (String::new(), "", true),
        Stage::Works { .. } => (words.work_goes_on().to_owned(), words.work_stop(), false),
        Stage::Waits(seconds) => (
            words.work_waits(&words.duration(seconds.max(1.0))),
            words.work_begin(),
            true,
        ),
        Stage::Stopped => (words.work_stopped().to_owned(), words.work_begin(), true),
    };
    let rests = stage == Stage::Rests;
    let note = if props.before && !rests {
        words.work_before()
    } else {
        ""
    };
    let share = match stage {
        Stage::Works { share } => share,
        _ => 0.0,
    };
    html! {
        <div class="work" hidden={rests}>
            <p role="status"><span>{ sentence }</span>{ " " }<span class="quiet">{ note }</span></p>
            <progress max="1" aria-label={words.work_goes_on()} hidden={begins} value={format!("{share:.3}")} />
            <button type="button" id={BUTTON} class={classes!("b", begins.then_some("p"))}
                onclick={props.on_press.reform(move |_| begins)}>{ action }</button>
        </div>
    }
}
