//! What acts on a target at times of its own: what a clock, a forecast or a failure does to it.
//!
//! A new actor is a file beside this one, and a line in [`of`].

use super::{capacity, failures, forecast_events, missing_metric, schedule, slow, target::Target};
use crate::{plan::Plan, run::Run};

/// Something that acts at times of its own.
pub(super) trait Actor {
    /// Returns when it next acts; infinity if it does not.
    fn next_s(&self, target: &Target<'_>) -> f64;

    /// Does what is due next.
    fn act(&mut self, now_s: f64, target: &mut Target<'_>);

    /// Is told that all instances which are due by now have come or gone.
    fn on_settled(&mut self, _now_s: f64, _target: &mut Target<'_>) {}

    /// Returns whether nothing but demand happens until it next acts.
    fn allows_calm(&self) -> bool {
        true
    }

    /// Adds what it leaves behind to the run.
    fn finish(self: Box<Self>, _run: &mut Run) {}
}

/// Returns the actors of a plan, in the order in which they act at one moment.
pub(super) fn of(plan: &Plan) -> Vec<Box<dyn Actor>> {
    let kinds = [
        capacity::of,
        schedule::of,
        forecast_events::of,
        failures::of,
        slow::of,
        missing_metric::of,
    ];
    kinds.into_iter().filter_map(|of| of(plan)).collect()
}
