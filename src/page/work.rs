//! What is being simulated, or would be: how far it is, and the way to begin or to stop it.

use words::Words;
use yew::prelude::*;

use crate::{
    app::Stage,
    parts::{El, button, el, of},
};

/// Id of the button, for the focus.
pub const BUTTON: &str = "work";

/// The bar above the result; nothing to see where nothing is to be done. `before`: a result of before stands below it.
#[inline(never)]
pub fn work(words: Words, stage: Stage, before: bool, on: &Callback<bool>) -> El {
    let (says, action, begins) = match stage {
        Stage::Rests => (String::new(), "", true),
        Stage::Works { .. } => (words.work_goes_on().to_owned(), words.work_stop(), false),
        Stage::Waits(seconds) => (
            words.work_waits(&words.duration(seconds.max(1.0))),
            words.work_begin(),
            true,
        ),
        Stage::Stopped => (words.work_stopped().to_owned(), words.work_begin(), true),
    };
    let class = if begins { "b p" } else { "b" };
    let press = on.reform(move |_: MouseEvent| begins);
    let note = if before && stage != Stage::Rests {
        words.work_before()
    } else {
        ""
    };
    let share = match stage {
        Stage::Works { share } => share,
        _ => 0.0,
    };
    let bar = el("progress")
        .key("bar")
        .set("max", "1")
        .set("aria-label", words.work_goes_on())
        .flag("hidden", begins)
        .attr("value", format!("{share:.3}").into());
    of("div", "work")
        .key("work")
        .flag("hidden", stage == Stage::Rests)
        .with(
            el("p")
                .key("says")
                .set("role", "status")
                .with(el("span").says(says.into()))
                .tells(" ")
                .with(of("span", "quiet").tells(note)),
        )
        .with(bar)
        .with(
            button(class, AttrValue::Static(action), press)
                .key("press")
                .set("id", BUTTON),
        )
}
