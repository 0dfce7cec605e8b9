//! Clients that retry: checked, and told to the engine.

use engine::{Plan, plan};

use super::{check::Checks, problem::ProblemKind, warning::Warning};
use crate::document::{BackoffStrategy, Jitter, Retries, Scenario};

/// Checks that requests are retried where that is simulated, and that waits begin no longer than they may become.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    let Some(retries) = &scenario.retries else {
        return;
    };
    if !scenario.platform.rules().has_retries {
        checks.problem(Retries::backoff, ProblemKind::NobodyRetries);
    }
    checks.stays_below(
        Retries::base_delay_s,
        Some(retries.base_delay_s),
        Retries::max_backoff_s,
        Some(retries.max_backoff_s),
    );
}

/// Returns what the engine is told.
pub(super) fn compile(retries: &Retries) -> plan::ClientRetries {
    let delay_s = retries.base_delay_s;
    plan::ClientRetries {
        share: retries.share_pct / 100.0,
        max_attempts: retries.max_attempts,
        timeout_s: retries.timeout_s,
        backoff: match retries.backoff {
            BackoffStrategy::Fixed => plan::Backoff::Fixed(delay_s),
            BackoffStrategy::Linear => plan::Backoff::Linear(delay_s),
            BackoffStrategy::Exponential => plan::Backoff::Exponential(delay_s),
        },
        max_backoff_s: retries.max_backoff_s,
        jitter: match retries.jitter {
            Jitter::None => plan::Jitter::None,
            Jitter::Equal => plan::Jitter::Equal,
            Jitter::Full => plan::Jitter::Full,
        },
        budget: retries.budget_pct.map(|percent| percent / 100.0),
    }
}

/// Returns what is odd about how long clients wait.
pub(super) fn odd(plan: &Plan) -> Option<Warning> {
    let timeout_s = plan.resource.retries()?.timeout_s?;
    let service = &plan.service;
    let longest_s = service.timeout_s + service.mean_service_s();
    if timeout_s >= longest_s {
        Some(Warning::ClientTimeoutTooLong { longest_s })
    } else if 1000.0 * timeout_s < service.p95_ms {
        let p95_ms = service.p95_ms;
        Some(Warning::ClientTimeoutTooShort { p95_ms })
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
