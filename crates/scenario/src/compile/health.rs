//! What fails, and who notices: checked, and told to the engine where it makes a difference.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Health checks for instances in an Auto Scaling group" and "Set the health check
//! grace period for an Auto Scaling group"; Elastic Load Balancing user guide for Application Load Balancers, "Health checks for
//! your target groups".

use std::sync::Arc;

use engine::plan::{self, Health, Plan};

use super::{check::Checks, problem::ProblemKind, schedule::MOST_INSTANCES, warning::Warning};
use crate::{
    document::{Failing, Scenario},
    limits::MOST_FAILURES,
    time::Clock,
};

/// Seconds for which SageMaker sends requests to an instance that does not answer: assumed to be what a load balancer takes.
const UNROUTED_S: f64 = 60.0;

/// Checks what fails, and how it is noticed.
#[inline(never)]
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    let failures = &scenario.failures;
    checks.whole("availability_zones", scenario.availability_zones, 1, 6);
    if !checks.list("failures", failures.len(), MOST_FAILURES) {
        return;
    }
    if !failures.is_empty() && !scenario.platform.may_fail() {
        checks.problem("failures", ProblemKind::NothingFails);
    }
    for (index, failure) in failures.iter().enumerate() {
        checks.within(format!("failures[{index}].what."));
        match failure.what {
            Failing::Instances(n) => checks.whole("instances", n, 1, MOST_INSTANCES),
            Failing::Applications(n) => checks.whole("applications", n, 1, MOST_INSTANCES),
            Failing::ZoneMin(minutes) => checks.number("zone_min", minutes, 0.1, 527_040.0),
        }
    }
    checks.within(String::new());
}

/// Checks the health checks of a group.
#[inline(never)]
pub(super) fn check_group(scenario: &Scenario, checks: &mut Checks) {
    let group = &scenario.auto_scaling_group;
    checks.within("auto_scaling_group.".to_owned());
    let grace_s = group.health_check_grace_period;
    checks.whole("HealthCheckGracePeriod", grace_s, 0, 7200);
    let interval_s = group.health_check_interval;
    checks.whole("HealthCheckIntervalSeconds", interval_s, 5, 300);
    let threshold = group.unhealthy_threshold;
    checks.whole("UnhealthyThresholdCount", threshold, 2, 10);
    checks.number("boot_s", group.boot_s, 0.0, 3600.0);
    checks.within(String::new());
}

/// What the engine is told; `None` where nothing fails and every instance answers in time.
#[inline(never)]
pub(super) fn health(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> Option<Arc<Health>> {
    let group = &scenario.auto_scaling_group;
    let is_group = !scenario.platform.is_sagemaker();
    let start_within_s = (group.start_within_s())
        .filter(|within_s| is_group && *within_s < longest_launch_s(scenario));
    if let Some(within_s) = start_within_s {
        warnings.push(Warning::StartsTooLong {
            grace_s: group.health_check_grace_period,
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
    if failures.is_empty() && start_within_s.is_none() {
        return None;
    }
    failures.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    let looks_at_balancer = is_group && group.start_within_s().is_some();
    let unhealthy_s = if is_group {
        group.unhealthy_s()
    } else {
        UNROUTED_S
    };
    Some(Arc::new(Health {
        failures,
        zones: scenario.availability_zones,
        rebalances: is_group,
        unrouted_s: unhealthy_s,
        status_check_s: scenario.assumptions.status_check_s,
        load_balancer_s: if is_group {
            looks_at_balancer.then_some(unhealthy_s)
        } else {
            // SageMaker asks containers whether they answer, too.
            Some(scenario.assumptions.status_check_s)
        },
        start_within_s,
    }))
}

fn longest_launch_s(scenario: &Scenario) -> f64 {
    let instance = &scenario.instance;
    instance.launch_to_s.unwrap_or(instance.launch_s)
}

/// Finds what is odd about a group that may be empty: it publishes nothing then, and no policy answers.
// rule: health.min-size-zero
#[inline(never)]
pub(super) fn warn(plan: &Plan, warnings: &mut Vec<Warning>) {
    let mins = plan
        .scheduled_actions
        .iter()
        .filter_map(|action| action.min);
    let may_be_empty = plan.scalable_target.min == 0 || mins.clone().any(|min| min == 0);
    let forecasts = plan.predictive.as_ref();
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
