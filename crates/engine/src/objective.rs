//! How a run compares with the objective.

use crate::{plan::Plan, run::Run};

/// How a run compares with the person's objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No request failed and none was late.
    Holds,
    /// Some failed or were late, but no more than the objective allows.
    WithinObjective,
    /// The objective is missed.
    Short,
}

/// Returns the share of requests that neither failed nor were late: what the objective counts.
pub(crate) fn availability(run: &Run) -> f64 {
    let totals = &run.totals;
    if totals.requests > 0.0 {
        (1.0 - (totals.failed + totals.late) / totals.requests).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

/// Returns how a run compares with the objective: the share of requests that failed or were late against the share allowed.
pub(crate) fn standing(plan: &Plan, run: &Run) -> Standing {
    let noticed = run.totals.failed + run.totals.late;
    // By chance alone, some fail or wait in a period that is no distress.
    if run.distress.is_empty() && noticed < 1.0 {
        Standing::Holds
    } else if noticed <= (1.0 - plan.objective.availability) * run.totals.requests * (1.0 + 1e-9) {
        Standing::WithinObjective
    } else {
        Standing::Short
    }
}
