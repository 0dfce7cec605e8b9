//! Applies a change to a plan.

use super::Change;
use crate::plan::{Plan, ScalableResource, ScalableTarget, ScheduledAction};

/// Returns `plan` with `change` made and nothing else. Scheduled actions that set bounds of their own keep them.
#[must_use]
pub fn apply(plan: &Plan, change: Change) -> Plan {
    let mut plan = plan.clone();
    match change {
        Change::MinCapacity(min) => plan.scalable_target.min = min,
        Change::MaxCapacity(max) => plan.scalable_target.max = max,
        Change::MinAndMax { min, max } => {
            plan.scalable_target.min = min;
            plan.scalable_target.max = max;
        }
        Change::MaxConcurrency(max) => {
            if let ScalableResource::ProvisionedConcurrency(on_demand) = &mut plan.resource {
                on_demand.max_concurrency = max;
            }
        }
        Change::ProvisionedConcurrency(units) => {
            plan.scalable_target = ScalableTarget {
                min: units,
                max: units,
            };
            plan.fleet.initial = units;
        }
        Change::UnlimitedCredits => {
            if let Some(credits) = plan.resource.cpu_credits_mut() {
                *credits = credits.unlimited();
            }
        }
        Change::Target(target) => {
            if let Some(policy) = plan.target_tracking.first_mut() {
                policy.target = target;
            }
        }
        Change::MaxAttempts(max_attempts) => {
            if let Some(retries) = plan.resource.retries_mut() {
                retries.max_attempts = max_attempts;
            }
        }
        Change::RetryBudget(budget) => {
            if let Some(retries) = plan.resource.retries_mut() {
                retries.budget = Some(budget);
            }
        }
        Change::QueueLimit(limit) => plan.service.queue_limit_per_instance = Some(limit),
        Change::ScheduledMin {
            min,
            from_s,
            until_s,
        } => {
            let old_min = min_at(&plan, until_s);
            let highest = plan
                .scheduled_actions
                .iter()
                .map(|action| action.index)
                .max();
            let index = highest.map_or(0, |index| index + 1);
            for (i, at_s, min) in [(index, from_s, min), (index + 1, until_s, old_min)] {
                if at_s < f64::from(plan.length_s) {
                    insert(
                        &mut plan.scheduled_actions,
                        ScheduledAction {
                            at_s,
                            index: i,
                            min: Some(min),
                            max: None,
                            desired: None,
                        },
                    );
                }
            }
        }
    }
    plan
}

/// Returns MinCapacity in force at a moment, after the scheduled actions of that moment.
pub(super) fn min_at(plan: &Plan, at_s: f64) -> u32 {
    let fired = plan
        .scheduled_actions
        .iter()
        .filter(|action| action.at_s <= at_s);
    fired
        .filter_map(|action| action.min)
        .next_back()
        .unwrap_or(plan.scalable_target.min)
}

/// Inserts an action in order of time, after the actions of the same moment, so that its bounds are the ones that stay.
fn insert(actions: &mut Vec<ScheduledAction>, action: ScheduledAction) {
    let index = actions.partition_point(|other| other.at_s <= action.at_s);
    actions.insert(index, action);
}
