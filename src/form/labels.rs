//! The label and the explanation of each field, where no card says otherwise: those of the locales that are called as it is.

use scenario::{
    document::{ScalableTargetAction, Scenario, ScheduledAction, SimpleScaling},
    field::{Field, Place},
};
use words::Words;

/// Returns label and explanation of a field; an explanation may be empty.
pub fn texts(words: Words, scenario: &Scenario, field: Field) -> (&'static str, &'static str) {
    let Some(spec) = field.spec(scenario) else {
        return ("", "");
    };
    let about = match field.place {
        Place::Item(_, id) if field == SimpleScaling::adjustment.of(id) => {
            words.field_simple_adjustment_about()
        }
        // The explanations are of what holds for the whole run.
        Place::Item(_, id)
            if [
                ScheduledAction::time_zone,
                ScalableTargetAction::min_capacity,
                ScalableTargetAction::max_capacity,
            ]
            .iter()
            .any(|of_action| field == of_action.of(id)) =>
        {
            ""
        }
        _ => words.about_of(spec),
    };
    (words.label_of(spec), about)
}
