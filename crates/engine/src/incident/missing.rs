//! Incidents that last because metrics are missing: alarms have no data, so nothing scales out until it is back.

use super::{Bottleneck, Stretch, above_target, unanswered};
use crate::{plan::Plan, run::Run};

/// Returns missing metrics as the bottleneck in place of what was found, where they took at least half of the time that the answer
/// took, or that passed without one.
// rule: missing-metric.incident
pub(super) fn bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
    found: Bottleneck,
) -> Bottleneck {
    let Some(missing) = &plan.missing_metric else {
        return found;
    };
    let (from_s, detection_s) = match found {
        Bottleneck::TooLate { detection_s, .. } => {
            (above_target(plan, run, overload_s), Some(detection_s))
        }
        Bottleneck::FromZero { detection_s, .. } => (overload_s, detection_s),
        Bottleneck::NoScaleOut => (above_target(plan, run, overload_s), None),
        _ => return found,
    };
    let until_s = detection_s.map_or(stretch.end_s, |seconds| from_s + seconds);
    let lost_s = missing.end_s().min(until_s) - missing.at_s.max(from_s);
    let is_cause = lost_s > 0.0 && lost_s >= 0.5 * (until_s - from_s);
    if !is_cause || (detection_s.is_none() && !unanswered::waits(plan, run, from_s, stretch)) {
        return found;
    }
    Bottleneck::MissingMetric {
        from_s: missing.at_s,
        until_s: missing.end_s(),
        scaled_out_s: detection_s.map(|_| until_s),
    }
}
