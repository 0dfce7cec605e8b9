//! Scheduled actions: changes of MinCapacity and MaxCapacity by the clock.
//!
//! Source: Application Auto Scaling user guide, "Scheduled scaling for Application Auto Scaling". Capacity below the
//! new minimum is scaled out to it, capacity above the new maximum scaled in to it; the bounds stay afterwards.

use crate::{
    plan::{ScalableTarget, ScheduledAction},
    run::Cause,
};

/// Returns the bounds after `action`; `None` where it fails because the minimum would exceed the maximum.
// rule: schedule.bounds
// rule: schedule.min-above-max
pub(super) fn bounds(action: &ScheduledAction, now: ScalableTarget) -> Option<ScalableTarget> {
    let (min, max) = (action.min.unwrap_or(now.min), action.max.unwrap_or(now.max));
    (min <= max).then_some(ScalableTarget { min, max })
}

/// Returns the capacity after `action`, whose bounds are in force: its desired capacity, if it sets one, or the capacity before,
/// within the bounds.
// rule: group.desired-capacity
pub(super) fn capacity(action: &ScheduledAction, now: u32, bounds: ScalableTarget) -> u32 {
    let wanted = action.desired.unwrap_or(now);
    wanted.clamp(bounds.min, bounds.max)
}

pub(super) fn cause(action: &ScheduledAction) -> Cause {
    Cause::Scheduled {
        action: action.index,
        min: action.min,
        max: action.max,
        desired: action.desired,
    }
}
