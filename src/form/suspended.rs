//! A fold of the scaling card: what the scalable target does not do.

use scenario::{
    document::SuspendedState,
    field::{Fixed, Place},
};
use yew::prelude::*;

use super::{FormProps, card::Fold, labels};

/// Returns the fold.
pub fn fold(form: &FormProps) -> Html {
    let words = form.words;
    let given = &form.scenario().scalable_target.suspended;
    let all = [
        (SuspendedState::dynamic_scaling_in, given.dynamic_scaling_in),
        (
            SuspendedState::dynamic_scaling_out,
            given.dynamic_scaling_out,
        ),
        (SuspendedState::scheduled_scaling, given.scheduled_scaling),
    ];
    let suspended = all.iter().filter(|(_, is_suspended)| *is_suspended);
    let names: Vec<&str> = suspended
        .map(|(field, _)| labels::texts(words, form.scenario(), *field).0)
        .collect();
    let note = match names.is_empty() {
        true => words.suspended_none().to_owned(),
        false => names.join(", "),
    };
    let problems = form.problems(|field| field.place == Place::Section(Fixed::SuspendedState));
    html! {
        <Fold key="suspended" title={words.suspended_title()} {note} {problems}>
            { form.rows(all.map(|(field, _)| field)) }
        </Fold>
    }
}
