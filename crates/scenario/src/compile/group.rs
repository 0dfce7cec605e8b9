//! EC2 Auto Scaling groups: how they pace policies, and what AWS takes for their machines and metrics.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group"; API reference,
//! PredefinedMetricSpecification.

use engine::plan::{self, Pacing, WarmUp};

use super::{
    check::Checks, health, looks_like_type, problem::ProblemKind, schedule::MOST_INSTANCES,
    warning::Warning,
};
use crate::{
    catalogue::{self, InstanceType, Price},
    document::{
        AutoScalingGroup, Platform, PoolState, PredefinedMetricSpecification, PredefinedMetricType,
        Scenario, ScheduledAction,
    },
};

/// Longest warm-up, seconds (`create-auto-scaling-group --default-instance-warmup`).
const LONGEST_WARM_UP_S: u32 = 3600;

/// What keeps policies from answering too soon.
pub(super) fn pacing(scenario: &Scenario, checks: &mut Checks) -> Pacing {
    if scenario.platform.is_sagemaker() {
        if !scenario.scheduled_actions.is_empty() {
            desired_capacities(&scenario.scheduled_actions, checks);
        }
        Pacing::Cooldowns
    } else {
        warm_up(scenario, checks)
    }
}

/// Application Auto Scaling's actions set bounds alone.
#[inline(never)]
fn desired_capacities(actions: &[ScheduledAction], checks: &mut Checks) {
    for (index, action) in actions.iter().enumerate() {
        if action.desired_capacity.is_some() {
            checks.within(format!("scheduled_actions[{index}]."));
            let right = "MinCapacity";
            checks.problem("DesiredCapacity", ProblemKind::OtherThan { right });
            checks.within(String::new());
        }
    }
}

// rule: group.warm-up-default
#[inline(never)]
fn warm_up(scenario: &Scenario, checks: &mut Checks) -> Pacing {
    let group = &scenario.auto_scaling_group;
    checks.within("auto_scaling_group.".to_owned());
    checks.number_if(
        "DefaultInstanceWarmup",
        group.default_instance_warmup.map(f64::from),
        0.0,
        f64::from(LONGEST_WARM_UP_S),
    );
    checks.whole("DefaultCooldown", group.default_cooldown, 0, 86_400);
    let pool_launch_s = group.warm_pool_launch_s;
    checks.number("warm_pool_launch_s", pool_launch_s, 0.0, 3600.0);
    if let Some(pool) = &group.warm_pool {
        checks.within("auto_scaling_group.WarmPool.".to_owned());
        let most = pool.max_group_prepared_capacity;
        checks.count_if("MaxGroupPreparedCapacity", most, MOST_INSTANCES);
        checks.whole("MinSize", pool.min_size, 0, MOST_INSTANCES);
    }
    health::check_group(scenario, checks);
    let mut by_policy = Vec::new();
    for (index, policy) in scenario.policies.iter().enumerate() {
        checks.within(format!("policies[{index}]."));
        if let Some(seconds) = policy.estimated_instance_warmup {
            checks.whole("EstimatedInstanceWarmup", seconds, 0, 86_400);
            by_policy.push((index, f64::from(seconds)));
        }
    }
    checks.within(String::new());
    Pacing::WarmUp(WarmUp {
        default_s: f64::from(group.warm_up_s()),
        by_policy,
    })
}

/// The warm pool, where there is one beside a group of at most so many instances.
// rule: group.warm-pool-settings
pub(super) fn warm_pool(scenario: &Scenario, max: u32) -> Option<plan::WarmPool> {
    if scenario.platform.is_sagemaker() {
        return None;
    }
    warm_pool_of(&scenario.auto_scaling_group, max)
}

#[inline(never)]
fn warm_pool_of(group: &AutoScalingGroup, max: u32) -> Option<plan::WarmPool> {
    let pool = group.warm_pool.as_ref()?;
    Some(plan::WarmPool {
        launch_s: group.warm_pool_launch_s,
        most: pool.max_group_prepared_capacity.unwrap_or(max),
        min: pool.min_size,
        is_running: pool.pool_state == PoolState::Running,
    })
}

/// A predefined metric must be one of the platform's.
pub(super) fn check_predefined(
    given: &PredefinedMetricSpecification,
    platform: Platform,
    checks: &mut Checks,
) {
    let is_sagemakers = matches!(
        given.metric_type,
        PredefinedMetricType::SageMakerVariantInvocationsPerInstance
            | PredefinedMetricType::SageMakerVariantConcurrentRequestsPerModelHighResolution
    );
    if platform.is_serverless() {
        check_predefined_of_serverless(given, checks);
    } else if !platform.is_sagemaker() || !is_sagemakers {
        check_predefined_of_group(given, platform, checks);
    }
}

// rule: serverless.predefined-metric
#[inline(never)]
fn check_predefined_of_serverless(given: &PredefinedMetricSpecification, checks: &mut Checks) {
    use PredefinedMetricType::SageMakerVariantProvisionedConcurrencyUtilization as Utilization;
    if given.metric_type != Utilization {
        let right = "SageMakerVariantProvisionedConcurrencyUtilization";
        checks.problem("PredefinedMetricType", ProblemKind::OtherThan { right });
    }
}

// rule: group.predefined-metrics
#[inline(never)]
fn check_predefined_of_group(
    given: &PredefinedMetricSpecification,
    platform: Platform,
    checks: &mut Checks,
) {
    use PredefinedMetricType as Type;
    let field = "PredefinedMetricType";
    let label = given.resource_label.as_deref();
    match given.metric_type {
        _ if platform.is_sagemaker() => {
            let right = "SageMakerVariantInvocationsPerInstance";
            checks.problem(field, ProblemKind::OtherThan { right });
        }
        Type::SageMakerVariantInvocationsPerInstance
        | Type::SageMakerVariantConcurrentRequestsPerModelHighResolution
        | Type::SageMakerInferenceComponentInvocationsPerCopy
        | Type::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution
        | Type::SageMakerVariantProvisionedConcurrencyUtilization => {
            let right = "ALBRequestCountPerTarget";
            checks.problem(field, ProblemKind::OtherThan { right });
        }
        Type::AsgAverageNetworkIn | Type::AsgAverageNetworkOut => {
            checks.problem(field, ProblemKind::NoTrafficVolume);
        }
        Type::AlbRequestCountPerTarget if !label.is_none_or(|label| is_resource_label(label)) => {
            let right = RESOURCE_LABEL;
            checks.problem("ResourceLabel", ProblemKind::OtherThan { right });
        }
        Type::AsgAverageCpuUtilization | Type::AlbRequestCountPerTarget => {}
    }
}

/// How a resource label is made up.
pub(super) const RESOURCE_LABEL: &str = "app/<name>/<id>/targetgroup/<name>/<id>";

/// Whether a label names a load balancer and its target group.
// rule: group.resource-label
pub(super) fn is_resource_label(label: &str) -> bool {
    let named = |part: &str| {
        let letters = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
        !part.is_empty() && part.bytes().all(letters)
    };
    let parts: Vec<&str> = label.split('/').collect();
    let ["app", names @ ..] = parts.as_slice() else {
        return false;
    };
    let [balancer, id, "targetgroup", targets, target_id] = names else {
        return false;
    };
    label.len() <= 1023
        && [balancer, id, targets, target_id]
            .into_iter()
            .all(|part| named(part))
}

/// The price in force of an EC2 machine, and what is known of it. Only machines that SageMaker rents, too, are known here.
#[inline(never)]
pub(super) fn machine(
    name: &str,
    own: Option<Price>,
    checks: &mut Checks,
) -> (Option<Price>, Option<&'static InstanceType>) {
    let (known, price) = catalogue::find_ec2(name).unzip();
    let price = own.or(price.flatten());
    if let Some(right) = name.strip_prefix("ml.") {
        let right = right.to_owned();
        checks.problem("instance.type", ProblemKind::OtherInstanceType { right });
    } else if !looks_like_type(name) {
        checks.problem("instance.type", ProblemKind::UnknownInstanceType);
    } else if price.is_none() {
        checks.problem("instance.usd_per_hour", ProblemKind::Missing);
    }
    (price, known)
}

/// A type of EC2 that SageMaker has under another name.
pub(super) fn type_of_ec2(scenario: &Scenario) -> Option<Warning> {
    let name = &scenario.instance.instance_type;
    if name.starts_with("ml.") || !scenario.platform.is_sagemaker() {
        return None;
    }
    twin_of(name)
}

#[inline(never)]
fn twin_of(name: &str) -> Option<Warning> {
    let (twin, _) = catalogue::find_ec2(name)?;
    let right = twin.name.clone().into_owned();
    Some(Warning::TypeOfEc2 { right })
}

#[cfg(test)]
mod tests;
