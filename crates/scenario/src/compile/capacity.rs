//! Capacity for launches: checked, and told to the engine as far as it lies within the run.

use engine::plan::{self, Failing, Plan};

use super::{
    check::Checks,
    problem::{Problem, ProblemKind},
    warning::Warning,
};
use crate::{
    document::{LaunchCapacity, Scenario},
    time::Clock,
};

/// Checks that instances are launched.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    if scenario.platform.rules().has_instances {
        return;
    }
    let capacity = &scenario.launch_capacity;
    if capacity.at.is_some() {
        checks.problem(LaunchCapacity::at, ProblemKind::NothingLaunches);
    }
    if capacity.quota.is_some() {
        checks.problem(LaunchCapacity::quota, ProblemKind::NothingLaunches);
    }
}

/// Returns what the engine is told; `None` where there is always enough.
pub(super) fn compile(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> Option<plan::LaunchCapacity> {
    let capacity = &scenario.launch_capacity;
    let shortage = capacity.at.and_then(|at| {
        let (at_s, for_s) = (clock.at_s(at), 60.0 * capacity.for_min);
        // One that has begun before the run goes on in it.
        let (from_s, until_s) = (at_s.max(0.0), at_s + for_s);
        if from_s >= f64::from(length_s) || until_s <= 0.0 {
            warnings.push(Warning::ShortageOutsideRun);
            return None;
        }
        Some(plan::Shortage {
            at_s: from_s,
            for_s: until_s - from_s,
            available: capacity.available,
            zones: (capacity.zones).filter(|zones| *zones < scenario.availability_zones),
        })
    });
    let is_limited = shortage.is_some() || capacity.quota.is_some();
    is_limited.then_some(plan::LaunchCapacity {
        shortage,
        quota: capacity.quota,
        provision_timeout_s: capacity.provision_timeout,
    })
}

/// Checks that a quota leaves room for the instances at the start.
pub(super) fn check_quota(plan: &Plan) -> Result<(), Problem> {
    let quota = plan.fleet.capacity.and_then(|capacity| capacity.quota);
    let instances = at_start(plan);
    match quota {
        Some(quota) if quota < instances => Err(Problem {
            field: LaunchCapacity::quota,
            kind: ProblemKind::QuotaBelowStart { instances },
        }),
        _ => Ok(()),
    }
}

/// Returns the instances at the start.
fn at_start(plan: &Plan) -> u32 {
    let initial = plan.fleet.initial;
    plan.resource.hosts().map_or(initial, |hosts| {
        hosts.instances_for(initial).clamp(hosts.min, hosts.max)
    })
}

/// Finds what is odd.
pub(super) fn warn(plan: &Plan, warnings: &mut Vec<Warning>) {
    let Some(capacity) = plan.fleet.capacity else {
        return;
    };
    let zone_fails = plan.resource.health().is_some_and(|health| {
        let mut failures = health.failures.iter();
        failures.any(|failure| matches!(failure.what, Failing::Zone { .. }))
    });
    if capacity.shortage.is_some_and(|it| it.zones.is_some()) && !zone_fails {
        warnings.push(Warning::OtherZonesHaveEnough);
    }
    let max = (plan.resource.hosts()).map_or(plan.scalable_target.max, |hosts| hosts.max);
    if let Some(quota) = capacity.quota.filter(|quota| *quota < max) {
        warnings.push(Warning::QuotaBelowMax { quota, max });
    }
}

#[cfg(test)]
mod tests;
