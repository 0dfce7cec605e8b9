//! What fails, and who notices: checked, and told to the engine where it makes a difference.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Health checks for instances in an Auto Scaling group" and "Set the health check
//! grace period for an Auto Scaling group"; Elastic Load Balancing user guide for Application Load Balancers, "Health checks for
//! your target groups".

use std::sync::Arc;

use engine::{
    plan::{self, Health, Plan},
    sort_by_number,
};

use super::{check::Checks, problem::ProblemKind, warning::Warning};
use crate::{
    document::{Failing, Scenario},
    field::List,
    limits::MOST_FAILURES,
    time::Clock,
};

/// Seconds for which SageMaker sends requests to an instance that does not answer: assumed to be what a load balancer takes.
const UNROUTED_S: f64 = 60.0;

/// Checks what fails.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    let failures = &scenario.failures;
    let fits = checks.list(List::Failures.whole(), failures.len(), MOST_FAILURES);
    if fits && !failures.is_empty() && !scenario.platform.rules().fails {
        checks.problem(List::Failures.whole(), ProblemKind::NothingFails);
    }
}

/// Returns what the engine is told; `None` where nothing fails and every instance answers in time.
pub(super) fn health(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> Option<Arc<Health>> {
    let found = (scenario.platform.rules().health_checks)(scenario);
    if let Some(within_s) = found.start_within_s {
        warnings.push(Warning::StartsTooLong {
            grace_s: scenario.auto_scaling_group.health_check_grace_period,
            within_s,
            launch_s: longest_launch_s(scenario),
        });
    }
    let mut failures = Vec::new();
    for (index, failure) in scenario.failures.iter().enumerate() {
        let at_s = clock.at_s(failure.at);
        if (0.0..f64::from(length_s)).contains(&at_s) {
            let what = match failure.what {
                Failing::Instances(n) => plan::Failing::Instances(n),
                Failing::Applications(n) => plan::Failing::Applications(n),
                Failing::ZoneMin(minutes) => plan::Failing::Zone {
                    for_s: 60.0 * minutes,
                },
            };
            failures.push(plan::Failure { at_s, index, what });
        } else {
            warnings.push(Warning::FailureOutsideRun { failure: index });
        }
    }
    if failures.is_empty() && found.start_within_s.is_none() {
        return None;
    }
    sort_by_number(&mut failures, |failure| failure.at_s);
    Some(Arc::new(Health {
        failures,
        zones: scenario.availability_zones,
        rebalances: found.rebalances,
        unrouted_s: found.unrouted_s,
        status_check_s: scenario.assumptions.status_check_s,
        load_balancer_s: found.load_balancer_s,
        start_within_s: found.start_within_s,
    }))
}

/// Who notices that an instance fails, and after how many seconds.
pub(crate) struct HealthChecks {
    /// Until no more requests are sent to one that does not answer.
    unrouted_s: f64,
    /// Until one that does not answer is replaced; `None`: it is not.
    load_balancer_s: Option<f64>,
    /// From its launch on within which an instance must answer, where some do not.
    start_within_s: Option<f64>,
    /// Whether instances are spread anew once a zone is back.
    rebalances: bool,
}

/// Returns the health checks of SageMaker, which also asks containers whether they answer.
pub(crate) fn of_sagemaker(scenario: &Scenario) -> HealthChecks {
    HealthChecks {
        unrouted_s: UNROUTED_S,
        load_balancer_s: Some(scenario.assumptions.status_check_s),
        start_within_s: None,
        rebalances: false,
    }
}

/// Returns the health checks of a group, which looks at the load balancer's where it is told to.
pub(crate) fn of_group(scenario: &Scenario) -> HealthChecks {
    let group = &scenario.auto_scaling_group;
    let start_within_s = group.start_within_s();
    HealthChecks {
        unrouted_s: group.unhealthy_s(),
        load_balancer_s: start_within_s.map(|_| group.unhealthy_s()),
        start_within_s: start_within_s.filter(|within_s| *within_s < longest_launch_s(scenario)),
        rebalances: true,
    }
}

/// Returns the longest time from decision to in service of an instance, seconds.
pub(crate) fn longest_launch_s(scenario: &Scenario) -> f64 {
    let instance = &scenario.instance;
    instance.launch_to_s.unwrap_or(instance.launch_s)
}

/// Finds what is odd about a group that may be empty: it publishes nothing then, and no policy answers.
// rule: health.min-size-zero
pub(crate) fn warn_of_empty_group(plan: &Plan, warnings: &mut Vec<Warning>) {
    let mins = plan
        .scheduled_actions
        .iter()
        .filter_map(|action| action.min);
    let may_be_empty = plan.scalable_target.min == 0 || mins.clone().any(|min| min == 0);
    let forecasts = plan.resource.predictive();
    let is_ahead = forecasts.is_some_and(|it| it.policies.iter().any(|policy| policy.scales));
    // An alarm that takes missing data for a breach needs none.
    let breaching = plan::TreatMissingData::Breaching;
    let mut alarms = plan.step_scaling.iter().map(|policy| &policy.alarm);
    let needs_none = alarms.any(|alarm| alarm.treat_missing_data == breaching);
    if may_be_empty && !is_ahead && !needs_none {
        let wakes = mins.max().unwrap_or(0) > 0
            || plan
                .scheduled_actions
                .iter()
                .any(|action| action.desired > Some(0));
        warnings.push(Warning::NothingWakesGroup {
            by_the_clock: wakes,
        });
    }
}

#[cfg(test)]
mod tests;
