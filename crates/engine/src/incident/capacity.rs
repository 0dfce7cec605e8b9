//! Launches that AWS refused, as the cause of an incident.

use super::{Bottleneck, Stretch, launch_s};
use crate::{
    plan::{Plan, Shortage},
    run::{Activity, Cause, LaunchFailure, LaunchFailureReason, Outcome, PERIOD_S, Run},
};

/// Returns refused launches as the bottleneck, where what they would have launched had been in service before a stretch was over.
// rule: capacity.incident
pub(super) fn bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
) -> Option<Bottleneck> {
    let shortage = plan.fleet.capacity?.shortage;
    let (launch_s, period_s) = (launch_s(plan), f64::from(PERIOD_S));
    let from_s = overload_s.min(stretch.start_s) - period_s;
    let within = |activity: &&Activity| {
        let end_s = activity.end_s.unwrap_or(f64::INFINITY);
        activity.start_s + launch_s < stretch.end_s && end_s >= from_s
    };
    let (mut failed, mut of, mut first) = (0, 0, None);
    for activity in run.activities.iter().filter(within) {
        if let Some(failure) = failure_of(activity, shortage, launch_s) {
            failed += activity.evaluations;
            of += activity.evaluations;
            first.get_or_insert(failure);
        } else if launches(activity) {
            of += 1;
        }
    }
    let LaunchFailure { instances, reason } = first?;
    Some(Bottleneck::LaunchesRefused {
        reason,
        instances,
        failed,
        of,
        until_s: match reason {
            LaunchFailureReason::Shortage => shortage.map(|it| it.at_s + it.for_s),
            LaunchFailureReason::Quota { .. } => None,
        },
    })
}

/// Returns what an activity was refused; that of one that waited for instances, too.
fn failure_of(
    activity: &Activity,
    shortage: Option<Shortage>,
    launch_s: f64,
) -> Option<LaunchFailure> {
    if let Outcome::Failed(failure) = activity.outcome {
        return Some(failure);
    }
    let end_s = activity.end_s.unwrap_or(f64::INFINITY);
    let lasts = |it: Shortage| (it.at_s..it.at_s + it.for_s).contains(&activity.start_s);
    let waits = end_s - activity.start_s > launch_s + f64::from(PERIOD_S);
    let waited = launches(activity) && waits && shortage.is_some_and(lasts);
    waited.then(|| LaunchFailure {
        instances: activity.to.saturating_sub(activity.from),
        reason: LaunchFailureReason::Shortage,
    })
}

/// Returns whether an activity launches instances.
fn launches(activity: &Activity) -> bool {
    let replaces = matches!(activity.cause, Cause::Replacement(_));
    let is_done = !matches!(activity.outcome, Outcome::NotScaled(_));
    is_done && (activity.to > activity.from || replaces)
}
