//! A time without datapoints, told to the engine where it is within the run.

use engine::plan;

use super::warning::Warning;
use crate::{document::Scenario, time::Clock};

/// Returns what the engine is told; `None` where no metric goes missing within the run.
pub(super) fn compile(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> Option<plan::MissingMetric> {
    let missing = &scenario.missing_metric;
    let at_s = clock.at_s(missing.at?);
    if !(0.0..f64::from(length_s)).contains(&at_s) {
        warnings.push(Warning::MissingOutsideRun);
        return None;
    }
    Some(plan::MissingMetric {
        at_s,
        for_s: 60.0 * missing.for_min,
    })
}

#[cfg(test)]
mod tests;
