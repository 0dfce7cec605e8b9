//! EC2 Auto Scaling groups: how they pace policies, and what AWS takes for their machines and metrics.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group"; API reference,
//! PredefinedMetricSpecification.

use engine::plan::{self, AutoScalingGroup, ScalableResource, WarmUp};

use super::{Machines, Platform, PlatformRules, Priced, ScalableDimension};
use crate::{
    catalogue::{self, Price},
    compile::{ProblemKind, check::Checks, failures, looks_like_type},
    document::{
        Instance, MetricName, PolicyType, PoolState, ScalingPolicy, Scenario, SimpleScaling,
        StepAdjustment, StepScaling,
    },
    field::Items,
    metrics::{Measure, Source},
};

/// What AWS does there.
pub static RULES: PlatformRules = PlatformRules {
    platform: Platform::Ec2AutoScalingGroup,
    scales: ScalableDimension::GroupInstances,
    machines: Machines::Ec2,
    sources: &[Source::LoadBalancer, Source::Ec2],
    silent: &[],
    instead: &[
        (Measure::Gpu, MetricName::GpuUtilization),
        (
            Measure::ProvisionedConcurrency,
            MetricName::ServerlessProvisionedConcurrencyUtilization,
        ),
    ],
    otherwise: Some(MetricName::RequestCountPerTarget),
    // rule: group.alarm-low
    alarm_low_factor: 0.7,
    fails: true,
    has_retries: true,
    burstable_scales: true,
    endpoint_updates: false,
    price,
    resource: |scenario, instances| {
        ScalableResource::GroupInstances(AutoScalingGroup {
            instances,
            warm_up: warm_up(scenario),
            warm_pool: None,
            predictive: None,
        })
    },
    health_checks: failures::of_group,
    complete: |scenario, plan, _| {
        if let Some(group) = plan.resource.group_mut() {
            group.warm_pool = warm_pool(scenario, plan.scalable_target.max);
        }
        Ok(())
    },
    warn: |_, plan, warnings| failures::warn_of_empty_group(plan, warnings),
    leave,
    enter,
    ..PlatformRules::ENDPOINT
};

/// Warm-up in place of cooldowns.
// rule: group.warm-up-default
fn warm_up(scenario: &Scenario) -> WarmUp {
    let group = &scenario.auto_scaling_group;
    let of_policy = |(index, policy): (usize, &ScalingPolicy)| {
        let seconds = policy.estimated_instance_warmup;
        let seconds = seconds.filter(|_| policy.policy_type.warms_up())?;
        Some((index, f64::from(seconds)))
    };
    let by_policy = (scenario.policies.iter().enumerate())
        .filter_map(of_policy)
        .collect();
    WarmUp {
        default_s: f64::from(group.warm_up_s()),
        by_policy,
    }
}

/// The warm pool, where there is one beside a group of at most so many instances.
// rule: group.warm-pool-settings
fn warm_pool(scenario: &Scenario, max: u32) -> Option<plan::WarmPool> {
    let group = &scenario.auto_scaling_group;
    let pool = group.warm_pool.as_ref()?;
    Some(plan::WarmPool {
        launch_s: group.warm_pool_launch_s,
        most: pool.max_group_prepared_capacity.unwrap_or(max),
        min: pool.min_size,
        is_running: pool.pool_state == PoolState::Running,
    })
}

/// How a resource label is made up.
pub(crate) const RESOURCE_LABEL: &str = "app/<name>/<id>/targetgroup/<name>/<id>";

/// Whether a label names a load balancer and its target group.
// rule: group.resource-label
pub(crate) fn is_resource_label(label: &str) -> bool {
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

/// Returns the price in force of an EC2 machine, and what is known of it. Only machines that SageMaker rents, too, are known here.
fn price(scenario: &Scenario, own: Option<Price>, checks: &mut Checks) -> Priced {
    let name = scenario.instance.instance_type.as_str();
    let (known, price) = catalogue::find_ec2(name).unzip();
    let price = own.or(price.flatten());
    if let Some(right) = name.strip_prefix("ml.") {
        let right = right.to_owned();
        checks.problem(
            Instance::instance_type,
            ProblemKind::OtherInstanceType { right },
        );
    } else if !looks_like_type(name) {
        checks.problem(Instance::instance_type, ProblemKind::UnknownInstanceType);
    } else if price.is_none() {
        checks.problem(Instance::usd_per_hour, ProblemKind::Missing);
    }
    (price, known)
}

/// Makes a machine of SageMaker's EC2's own, and its CPU a percentage of the machine.
fn enter(scenario: &mut Scenario) {
    let vcpu = take_machine(scenario, |bare| bare);
    scenario.scale_compared(|measure| (measure == Measure::Cpu).then(|| 1.0 / vcpu));
}

/// Makes a machine of EC2's SageMaker's, and its CPU percentages summed over vCPUs; what Application Auto Scaling has not becomes
/// what comes closest.
fn leave(scenario: &mut Scenario, to: &PlatformRules) {
    let vcpu = take_machine(scenario, |bare| ["ml.", &bare].concat());
    scenario.scale_compared(|measure| (measure == Measure::Cpu).then_some(vcpu));
    for policy in &mut scenario.policies {
        without_simple_scaling(policy);
    }
    if !to.wakes_from_zero {
        scenario.keep_one_instance();
    }
    for action in &mut scenario.scheduled_actions {
        // Bounds are all that can be set there.
        let (desired, bounds) = (action.desired_capacity.take(), &mut action.action);
        if bounds.max_capacity.is_none() {
            bounds.min_capacity = bounds.min_capacity.or(desired);
        }
    }
}

/// Names the machine as it is called elsewhere, where there is one like it. Returns its vCPUs.
fn take_machine(scenario: &mut Scenario, named: fn(String) -> String) -> f64 {
    let name = &mut scenario.instance.instance_type;
    let bare = name.strip_prefix("ml.").unwrap_or(name).to_owned();
    let known = catalogue::find_ec2(&bare);
    if known.is_some() {
        *name = named(bare);
        // A price of one's own belonged to the other machine.
        scenario.instance.usd_per_hour = None;
    }
    known.and_then(|(twin, _)| twin.vcpu).map_or(1.0, f64::from)
}

/// Makes simple scaling step scaling with one step.
fn without_simple_scaling(policy: &mut ScalingPolicy) {
    let Some(simple) = policy.simple_scaling.take() else {
        return;
    };
    let SimpleScaling {
        adjustment_type,
        adjustment,
        min_adjustment_magnitude,
        cooldown,
    } = simple;
    let upward = (policy.alarm.as_ref()).is_none_or(|alarm| alarm.comparison.is_above());
    let default = StepScaling::default();
    policy.policy_type = PolicyType::StepScaling;
    policy.step_scaling = Some(StepScaling {
        adjustment_type,
        steps: Items::from([StepAdjustment {
            lower: upward.then_some(0.0),
            upper: (!upward).then_some(0.0),
            adjustment,
        }]),
        min_adjustment_magnitude,
        cooldown: cooldown.unwrap_or(default.cooldown),
        ..default
    });
}

#[cfg(test)]
mod tests;
