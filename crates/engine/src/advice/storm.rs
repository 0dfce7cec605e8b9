//! What ends a retry storm: fewer attempts, a budget of retries, a shorter queue, more headroom. Whether one does is found by running
//! it; the objective is not kept by it, as what began the storm still happens.

use super::Change;
use crate::{
    incident::{self, Incident},
    plan::{ClientRetries, Plan},
    run::Run,
};

/// Budgets that are tried, as shares of requests. The first is that of Finagle and Linkerd, and the second that of the "Site
/// Reliability Engineering" book ("Handling Overload").
const BUDGETS: [f64; 5] = [0.2, 0.1, 0.05, 0.02, 0.01];

/// A quantity that is varied to end a retry storm. The greater its number, the more a change does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// Fewer attempts.
    MaxAttempts,
    /// A budget.
    Budget,
    /// A shorter queue, by half each time.
    QueueLimit,
    /// More instances all the time.
    Headroom,
}

impl Ends {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [
        Self::MaxAttempts,
        Self::Budget,
        Self::QueueLimit,
        Self::Headroom,
    ];

    /// Returns how many numbers there are to try, from 1 on.
    pub(super) fn most(self, plan: &Plan) -> u32 {
        let Some(retries) = plan.resource.retries() else {
            return 0;
        };
        match self {
            Self::MaxAttempts => retries.max_attempts.saturating_sub(1),
            Self::Budget => budgets(retries).count() as u32,
            // Down to a queue of one request.
            Self::QueueLimit => (longest_queue(plan).max(1.0) as u32).ilog2(),
            Self::Headroom => plan.scalable_target.max,
        }
    }

    /// Returns the change that is tried at a number.
    pub(super) fn change(self, plan: &Plan, number: u32) -> Change {
        let retries = plan.resource.retries();
        match self {
            Self::MaxAttempts => {
                let attempts = retries.map_or(1, |retries| retries.max_attempts);
                Change::MaxAttempts(attempts.saturating_sub(number).max(1))
            }
            Self::Budget => {
                let budget =
                    retries.and_then(|it| budgets(it).nth(number.saturating_sub(1) as usize));
                Change::RetryBudget(budget.unwrap_or(0.0))
            }
            Self::QueueLimit => {
                let parts = f64::from(1_u32 << number.min(31));
                Change::QueueLimit((longest_queue(plan) / parts).round().max(1.0))
            }
            Self::Headroom => {
                let bounds = plan.scalable_target;
                let min = bounds.min.saturating_add(number);
                Change::MinAndMax {
                    min,
                    max: bounds.max.max(min),
                }
            }
        }
    }
}

/// Returns the budgets that are below the one there is.
fn budgets(retries: &ClientRetries) -> impl Iterator<Item = f64> {
    let present = retries.budget.unwrap_or(f64::INFINITY);
    BUDGETS.into_iter().filter(move |budget| *budget < present)
}

/// Returns the most requests that wait at an instance before others are refused or time out.
fn longest_queue(plan: &Plan) -> f64 {
    let service = &plan.service;
    let longest = service.max_rps * service.timeout_s;
    (service.queue_limit_per_instance).map_or(longest, |limit| limit.min(longest))
}

/// Returns when requests last fail or are late where `worst` was, in the run of a change; `None` where a retry storm outlasts its
/// cause there, too.
pub(super) fn ended(plan: &Plan, run: &Run, worst: &Incident) -> Option<f64> {
    let mut at_s = worst.overload_s;
    for stretch in incident::stretches(run) {
        if stretch.end_s <= worst.overload_s || stretch.start_s >= worst.end_s {
            continue;
        }
        if incident::is_storm(plan, run, &stretch) {
            return None;
        }
        at_s = stretch.end_s;
    }
    Some(at_s)
}
