//! An instance that slows down: checked, and told to the engine where it is within the run.

use engine::plan;

use super::{check::Checks, credits, problem::ProblemKind, warning::Warning};
use crate::{
    document::{Scenario, SlowInstance},
    time::Clock,
};

/// Checks that there are instances of which one can be slow, each as fast as the load test's otherwise.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    if scenario.slow_instance.at.is_none() {
        return;
    }
    if !scenario.platform.rules().fails {
        checks.problem(SlowInstance::at, ProblemKind::NothingFails);
    } else if credits::of(scenario).is_some() {
        checks.problem(SlowInstance::at, ProblemKind::SlowWithCredits);
    }
}

/// Returns what the engine is told; `None` where no instance slows down within the run.
pub(super) fn compile(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> Option<plan::SlowInstance> {
    let slow = &scenario.slow_instance;
    let at_s = clock.at_s(slow.at?);
    if !(0.0..f64::from(length_s)).contains(&at_s) {
        warnings.push(Warning::SlowOutsideRun);
        return None;
    }
    Some(plan::SlowInstance {
        at_s,
        times: slow.times,
        for_s: 60.0 * slow.for_min,
    })
}

#[cfg(test)]
mod tests;
