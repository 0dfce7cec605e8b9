//! Incidents whose cause is that instances failed, or took too long to start.

use super::{Bottleneck, Stretch, launch_s};
use crate::{
    plan::{Failing, Health, Plan},
    run::{Cause, Loss, ReplacementReason, Run},
};

/// Returns the bottleneck that failures are, where they are one.
pub(super) fn bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
    needed: u32,
) -> Option<Bottleneck> {
    let health = plan.resource.health()?;
    starts_too_long(plan, health, run, stretch, overload_s)
        .or_else(|| lost(plan, run, stretch, overload_s, needed))
}

fn starts_too_long(
    plan: &Plan,
    health: &Health,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
) -> Option<Bottleneck> {
    let within_s = health.start_within_s?;
    let mut instances = 0_u32;
    for activity in &run.activities {
        let began = activity.start_s <= stretch.end_s;
        let ended = activity.end_s.is_some_and(|end_s| end_s < overload_s);
        if let Cause::Replacement(replacement) = activity.cause
            && replacement.reason == ReplacementReason::StillStarting
            && began
            && !ended
        {
            instances = instances.saturating_add(replacement.instances);
        }
    }
    (instances > 0).then_some(Bottleneck::StartsTooLong {
        launch_s: launch_s(plan),
        within_s,
        instances,
    })
}

/// Returns the largest loss that an incident follows from: requests were routed to failed instances, or the instances before the
/// failure would have been enough.
fn lost(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
    needed: u32,
) -> Option<Bottleneck> {
    let follows = |loss: &&Loss| {
        let unrouted_s = loss.unrouted_s;
        let restored_s = match loss.what {
            Failing::Zone { for_s } => loss.at_s + for_s,
            _ => f64::INFINITY,
        };
        let replaced_s = loss.noticed_s.min(restored_s) + launch_s(plan);
        let enough = loss.of >= needed && replaced_s >= overload_s;
        let routed = unrouted_s > stretch.start_s;
        loss.instances > 0 && loss.at_s <= stretch.end_s && (routed || enough)
    };
    let loss = (run.losses.iter())
        .filter(follows)
        .max_by_key(|loss| loss.instances)?;
    let noticed = loss.noticed_s.is_finite();
    Some(Bottleneck::InstancesLost {
        at_s: loss.at_s,
        instances: loss.instances,
        of: loss.of,
        is_zone: matches!(loss.what, Failing::Zone { .. }),
        detection_s: noticed.then_some(loss.noticed_s - loss.at_s),
        launch_s: launch_s(plan),
    })
}
