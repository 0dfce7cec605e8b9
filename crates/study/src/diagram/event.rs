//! The moments at which something happens in the loop: what "next event" goes to.

use engine::{Plan, Run};

use super::{Pause, alarms, begun, changes, goes_on, pause};

/// Returns the first moment after `after_s`, seconds from the start, at which something happens: a decision, the end of a change, of
/// a cooldown or of warm-up, a failure or its repair, another state of an alarm, or the first datapoint of a row that breaches.
/// Nothing where nothing more does.
#[must_use]
pub fn next_event(plan: &Plan, run: &Run, after_s: f64) -> Option<f64> {
    let length_s = f64::from(plan.length_s);
    let begun = begun(run, after_s);
    let coming = run.activities.get(begun.len()).map(|it| it.start_s);
    let in_progress = begun
        .iter()
        .filter(|it| changes(it) && goes_on(it, after_s));
    let ends = in_progress.filter_map(|it| it.end_s);
    let pauses = pause::at(plan, run, after_s)
        .into_iter()
        .map(Pause::until_s);
    let losses = run.losses.iter().flat_map(|it| [it.at_s, it.noticed_s]);
    let moments = coming.into_iter().chain(ends).chain(pauses).chain(losses);
    let first_s = moments
        .filter(|it| *it > after_s)
        .fold(f64::INFINITY, f64::min);
    let first_s = alarms::next_change(plan, run, after_s, first_s.min(length_s + 1.0));
    (first_s <= length_s).then_some(first_s)
}
