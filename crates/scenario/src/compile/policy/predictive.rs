//! Predictive scaling: what AWS takes, of EC2 Auto Scaling groups alone, and what of it a scenario can forecast.
//!
//! Source: Amazon EC2 Auto Scaling API reference, PredictiveScalingConfiguration and PredictiveScalingMetricSpecification;
//! user guide, "Predictive scaling for Amazon EC2 Auto Scaling".

use engine::plan;

use super::{
    super::{check::ItemChecks, problem::ProblemKind, warning::Warning},
    metric::{self, Machine},
};
use crate::document::{
    MaxCapacityBreachBehavior, PolicyType, PredefinedMetricPair, PredictiveMetricSpecification,
    PredictivePairType, PredictiveScaling, PredictiveScalingMode, ScalingPolicy,
};
use crate::platform::{RESOURCE_LABEL, is_resource_label};

/// Checks a policy, one of several, and makes numbers of it.
// rule: predictive.one-forecast-and-scale
// rule: predictive.settings
pub(super) fn compile(
    index: usize,
    policies: &[ScalingPolicy],
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::PredictiveScaling> {
    let given = policies.get(index).and_then(configuration);
    let given = given.cloned().unwrap_or_default();
    if !machine.rules.scales.is_of_ec2() {
        checks.problem(ScalingPolicy::policy_type, ProblemKind::OnlyOfGroups);
        return None;
    }
    let scales = is_active(&given);
    let mut before = policies.iter().take(index);
    if scales && let Some(other) = before.position(|p| configuration(p).is_some_and(is_active)) {
        checks.problem(
            PredictiveScaling::mode,
            ProblemKind::AnotherScales { other },
        );
    }
    let buffer_s = given.scheduling_buffer_time;
    let increases =
        given.max_capacity_breach_behavior == MaxCapacityBreachBehavior::IncreaseMaxCapacity;
    let buffer = PredictiveScaling::max_capacity_buffer;
    match given.max_capacity_buffer {
        None if increases => checks.problem(buffer, ProblemKind::Missing),
        Some(_) if !increases => checks.problem(buffer, ProblemKind::OnlyForIncrease),
        _ => {}
    }
    let specification = match given.metrics.as_slice() {
        [specification] => specification,
        [] => {
            checks.problem(PredictiveScaling::metrics, ProblemKind::Missing);
            return None;
        }
        more => {
            checks.list(PredictiveScaling::metrics, more.len(), 1);
            return None;
        }
    };
    let metric = metric_of(specification, machine, checks)?;
    let target = specification.target_value;
    let field = PredictiveMetricSpecification::target_value;
    checks.number_if(field, target, 0.001, metric::most(&metric));
    Some(plan::PredictiveScaling {
        index,
        metric,
        target: target.unwrap_or_else(|| metric.of_requests(machine.formula())),
        scales,
        scheduling_buffer_s: f64::from(buffer_s),
        max_capacity_buffer: (given.max_capacity_buffer)
            .filter(|_| increases)
            .map(|percent| f64::from(percent) / 100.0),
    })
}

fn configuration(policy: &ScalingPolicy) -> Option<&PredictiveScaling> {
    let predictive = policy.predictive_scaling.as_ref();
    predictive.filter(|_| policy.policy_type == PolicyType::PredictiveScaling)
}

/// "only one of the policies can be used for active scaling"
fn is_active(policy: &PredictiveScaling) -> bool {
    policy.mode == PredictiveScalingMode::ForecastAndScale
}

/// What an instance has of the load that is forecast.
// rule: predictive.metric-specification
fn metric_of(
    given: &PredictiveMetricSpecification,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::Metric> {
    let mut is_pair = true;
    for field in given.unsupported() {
        is_pair = false;
        checks.problem(field, ProblemKind::OnlyAsPair);
    }
    let Some(pair) = &given.pair else {
        if is_pair {
            checks.problem(PredictiveMetricSpecification::pair, ProblemKind::Missing);
        }
        return None;
    };
    let label = pair.resource_label.as_deref();
    if label.is_some_and(|label| !is_resource_label(label)) {
        let right = RESOURCE_LABEL;
        checks.problem(
            PredefinedMetricPair::resource_label,
            ProblemKind::OtherThan { right },
        );
    }
    let metric = match pair.metric_type {
        PredictivePairType::AsgNetworkIn | PredictivePairType::AsgNetworkOut => {
            Err(ProblemKind::NoTrafficVolume)
        }
        known => machine.metric(known.metric_name()),
    };
    metric
        .map_err(|kind| checks.problem(PredefinedMetricPair::metric_type, kind))
        .ok()
}

/// Returns warnings of policies that never forecast in the run, and those whose instances come after the hour that they are for.
pub(in super::super) fn odd(plan: &plan::Plan, predictive: &plan::Predictive) -> Vec<Warning> {
    let day_s = engine::forecast::HOUR_S * engine::forecast::MIN_HISTORY_HOURS as u32;
    let is_new = predictive.history.nodes().is_empty() && plan.length_s <= day_s;
    let (plan::Launch::Fixed(new_s) | plan::Launch::Range { to_s: new_s, .. }) = plan.fleet.launch;
    let pool = plan.resource.group().and_then(|group| group.warm_pool);
    let launch_s = pool.map_or(new_s, |pool| pool.launch_s);
    let odd = |policy: &plan::PredictiveScaling| match policy.index {
        policy if is_new => Some(Warning::NoForecast { policy }),
        index if policy.scales && policy.scheduling_buffer_s < launch_s => {
            Some(Warning::LaunchedTooLate {
                policy: index,
                buffer_s: policy.scheduling_buffer_s,
                launch_s,
            })
        }
        _ => None,
    };
    predictive.policies.iter().filter_map(odd).collect()
}

#[cfg(test)]
mod tests;
