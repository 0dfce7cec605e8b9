//! What is being simulated, or would be: how far it is, and the way to begin or to stop it.

use words::Words;
use yew::prelude::*;

use crate::app::Stage;

/// Id of the button, for the focus.
pub const BUTTON: &str = "work";

/// Returns the bar above the result; hidden where nothing is to be done. `has_before`: a result of before stands below it.
/// `on_press` is told whether the work is to begin (`true`) or to stop.
pub fn bar(words: Words, stage: Stage, has_before: bool, on_press: &Callback<bool>) -> Html {
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
    let note = if has_before && !rests {
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
                onclick={on_press.reform(move |_| begins)}>{ action }</button>
        </div>
    }
}
