//! What an asynchronous endpoint's form has in place of a real-time one's: how long requests wait, and AWS's two policies.

use scenario::document::{
    CustomizedMetricSpecification, MetricAlarm, MetricName, Rare, ScalingPolicy, Scenario,
    TargetTracking,
};
use words::Words;
use yew::prelude::*;

use super::fields::{Fields, Line};

/// Metrics that such an endpoint has.
pub const METRICS: [&str; 5] = [
    "ApproximateBacklogSizePerInstance",
    "ApproximateBacklogSize",
    "HasBacklogWithoutCapacity",
    "CPUUtilization",
    "GPUUtilization",
];

const LINES: [Line; 2] = [
    (
        "asynchronous.RequestTTLSeconds",
        Words::field_request_ttl,
        Words::field_request_ttl_about,
    ),
    (
        "asynchronous.InvocationTimeoutSeconds",
        Words::field_invocation_timeout,
        Words::field_invocation_timeout_about,
    ),
];

/// How long requests wait and how long the model may take.
pub fn patience(fields: &Fields) -> Html {
    let max_concurrent = fields.optional(
        AttrValue::Static("asynchronous.MaxConcurrentInvocationsPerInstance"),
        Words::field_max_concurrent,
        Words::field_max_concurrent_about,
        AttrValue::Static(fields.words().field_none()),
    );
    html! { <>{ fields.lines(&LINES) }{ max_concurrent }</> }
}

/// Target tracking on the backlog, where the endpoint is asynchronous.
pub fn tracking(scenario: &Scenario) -> Option<ScalingPolicy> {
    scenario.platform.is_asynchronous().then(|| ScalingPolicy {
        target_tracking: Some(TargetTracking {
            customized_metric: Some(Rare::from(CustomizedMetricSpecification {
                metric_name: MetricName::ApproximateBacklogSizePerInstance,
                ..CustomizedMetricSpecification::default()
            })),
            ..TargetTracking::default()
        }),
        ..ScalingPolicy::default()
    })
}

/// The step that wakes it from zero, where the endpoint is asynchronous.
pub fn waking(scenario: &Scenario, name: &str) -> Option<ScalingPolicy> {
    scenario.platform.is_asynchronous().then(|| ScalingPolicy {
        alarm: Some(Rare::from(MetricAlarm {
            metric_name: MetricName::HasBacklogWithoutCapacity,
            ..MetricAlarm::default()
        })),
        ..ScalingPolicy::step(name)
    })
}
