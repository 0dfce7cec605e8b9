//! Asynchronous endpoints: what is checked, and what the engine is given where it differs from a real-time variant.
//!
//! Source: SageMaker developer guide, "Asynchronous inference"; SageMaker API reference, AsyncInferenceClientConfig;
//! SageMaker Runtime API reference, InvokeEndpointAsync.

use engine::plan::{self, EndpointMetric, InstanceSpeed, Metric, Plan, ScalableResource};

use super::{Platform, PlatformRules, rules};
use crate::{
    compile::{
        Warning,
        reach::{self, Wake},
    },
    document::{MetricAlarm, MetricName, ScalingPolicy, Scenario},
    metrics::{Measure, Source},
};

/// What AWS does there.
pub static RULES: PlatformRules = PlatformRules {
    platform: Platform::SagemakerAsynchronous,
    sources: &[Source::Queue, Source::Hosts],
    instead: &[
        (Measure::Requests, MetricName::InvocationsPerInstance),
        (Measure::InFlight, MetricName::ConcurrentRequestsPerModel),
        (
            Measure::FailedWithoutCapacity,
            MetricName::HasBacklogWithoutCapacity,
        ),
    ],
    // rule: asynchronous.min-capacity-zero
    least_capacity: 0,
    has_queue: true,
    wakes_from_zero: true,
    new_step,
    service,
    resource,
    warn,
    leave: |scenario, to| {
        if to.scales.is_of_ec2() {
            scenario.keep_one_instance();
        }
    },
    ..PlatformRules::ENDPOINT
};

/// Returns the step that wakes it from zero.
fn new_step(name: &str) -> ScalingPolicy {
    ScalingPolicy {
        alarm: Some(MetricAlarm {
            metric_name: MetricName::HasBacklogWithoutCapacity,
            ..MetricAlarm::default()
        }),
        ..ScalingPolicy::step(name)
    }
}

/// What an instance can do, and how long requests wait in the endpoint's own queue: for RequestTTLSeconds at most.
// rule: asynchronous.service-rate
fn service(scenario: &Scenario, of_instances: plan::Service) -> plan::Service {
    let given = &scenario.asynchronous;
    let concurrent = given.max_concurrent_invocations_per_instance;
    let most_rps = concurrent.map_or(f64::INFINITY, |concurrent| {
        f64::from(concurrent) / of_instances.mean_service_s()
    });
    plan::Service {
        max_rps: of_instances.max_rps.min(most_rps),
        timeout_s: f64::from(given.request_ttl_seconds),
        queue_limit_per_instance: None,
        ..of_instances
    }
}

/// What scales. Nothing fails or slows down there, which has been checked.
fn resource(_: &Scenario, plan::Instances { speed, .. }: plan::Instances) -> ScalableResource {
    let cpu_credits = match speed {
        InstanceSpeed::CpuCredits(cpu_credits) => Some(cpu_credits),
        InstanceSpeed::Full | InstanceSpeed::SlowInstance(_) => None,
    };
    ScalableResource::AsynchronousInstances { cpu_credits }
}

/// Finds what is odd about an asynchronous endpoint.
// rule: asynchronous.invocation-timeout-warning
fn warn(scenario: &Scenario, plan: &Plan, warnings: &mut Vec<Warning>) {
    rules::warn_of_type(scenario, plan, warnings);
    let timeout_s = scenario.asynchronous.invocation_timeout_seconds;
    if scenario.load_test.p95_ms > 1000.0 * f64::from(timeout_s) {
        warnings.push(Warning::AnswersTooLate { timeout_s });
    }
    if plan.service.max_rps < scenario.load_test.max_rps * (1.0 - 1e-9) {
        warnings.push(Warning::ConcurrencyLimits {
            max_rps: plan.service.max_rps,
        });
    }
    if plan.scalable_target.min > 0 {
        return;
    }
    let queue = |policy: &&plan::TargetTracking| {
        use EndpointMetric::{BacklogSize, BacklogSizePerInstance};
        matches!(
            policy.metric,
            Metric::Endpoint(BacklogSize | BacklogSizePerInstance)
        )
    };
    let targets = plan.target_tracking.iter().filter(queue);
    let backlog = targets.map(|policy| policy.target).reduce(f64::min);
    let wakers = reach::wakers(plan);
    let first = wakers.first().copied();
    let wakes = first.and_then(|(_, wake)| wake);
    // Above its target the queue wakes it, too.
    let is_later = |backlog: f64| wakes.is_none_or(|wake| backlog < f64::from(wake.requests) - 1.0);
    if wakes == Some(Wake::AT_ONE) || backlog.is_some_and(|backlog| backlog < 1.0) {
        return;
    }
    if let Some((policy, wake)) = first {
        warnings.push(reach::wakes_at_several(policy, wake));
    }
    if wakes.is_none() || backlog.is_some_and(is_later) {
        warnings.push(Warning::WakesLate { backlog });
    }
}

#[cfg(test)]
mod tests;
