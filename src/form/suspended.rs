//! A fold of the scaling card: what the scalable target does not do.

use words::Words;
use yew::AttrValue;

use super::{
    card::Fold,
    fields::{Fields, Line},
};
use crate::parts::El;

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
#[inline(never)]
pub fn fold(fields: &Fields) -> El {
    let words = fields.words();
    let given = &fields.scenario().scalable_target.suspended;
    let suspended = [
        (given.dynamic_scaling_in, words.suspended_scale_in()),
        (given.dynamic_scaling_out, words.suspended_scale_out()),
        (given.scheduled_scaling, words.suspended_scheduled()),
    ];
    let named = suspended.into_iter().filter(|(is, _)| *is);
    let mut note = named.map(|(_, name)| name).collect::<Vec<_>>().join(", ");
    if note.is_empty() {
        words.suspended_none().clone_into(&mut note);
    }
    let fold = Fold {
        key: "suspended",
        colour: "--line2",
        title: AttrValue::Static(words.suspended_title()),
        note: note.into(),
        open: false,
        off: false,
        paths: &["scalable_target.SuspendedState"],
    };
    fold.around(fields, &|body| fields.lines(body, &LINES))
}
