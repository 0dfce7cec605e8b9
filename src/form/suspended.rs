//! A fold of the scaling card: what the scalable target does not do.

use scenario::document::SuspendedState;
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line},
};

const LINES: [Line; 3] = [
    (
        "scalable_target.SuspendedState.DynamicScalingInSuspended",
        Words::suspended_scale_in,
        Words::suspended_scale_in_about,
    ),
    (
        "scalable_target.SuspendedState.DynamicScalingOutSuspended",
        Words::suspended_scale_out,
        Words::suspended_scale_out_about,
    ),
    (
        "scalable_target.SuspendedState.ScheduledScalingSuspended",
        Words::suspended_scheduled,
        Words::suspended_scheduled_about,
    ),
];

/// The fold.
pub fn fold(fields: &Fields) -> Html {
    let words = fields.words();
    let given = &fields.scenario().scalable_target.suspended;
    let note = if given.is_default() {
        AttrValue::Static(words.suspended_none())
    } else {
        named(words, given).into()
    };
    html! {
        <Fold {words} title={words.suspended_title()} {note} problems={fields.problems(&["scalable_target.SuspendedState"])}>
            { fields.lines(&LINES) }
        </Fold>
    }
}

/// What is suspended.
fn named(words: Words, given: &SuspendedState) -> String {
    let all = [
        (given.dynamic_scaling_in, words.suspended_scale_in()),
        (given.dynamic_scaling_out, words.suspended_scale_out()),
        (given.scheduled_scaling, words.suspended_scheduled()),
    ];
    let named = all.into_iter().filter(|(is, _)| *is);
    named.map(|(_, name)| name).collect::<Vec<_>>().join(", ")
}
