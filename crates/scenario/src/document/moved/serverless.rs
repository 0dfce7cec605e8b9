//! A scenario between a real-time endpoint and a serverless one: instances become provisioned concurrency, and policies look at
//! how much of it is in use. Numbers that count instances, or their requests, are left to sizing.

use crate::document::{
    MetricName, Platform, PredefinedMetricSpecification, PredefinedMetricType, ScalingPolicy,
    Scenario,
};

/// From a real-time endpoint.
#[inline(never)]
pub(super) fn enter(scenario: &mut Scenario) {
    scenario.platform = Platform::SagemakerServerless;
    let instance = &mut scenario.instance;
    (instance.initial, instance.usd_per_hour) = (None, None);
    (instance.credit_specification, instance.initial_cpu_credits) = (None, None);
    scenario.service.queue_limit_per_instance = None;
    let duration_s = engine::idle_s(scenario.load_test.p50_ms, scenario.load_test.p95_ms);
    for policy in &mut scenario.policies {
        enter_policy(policy, duration_s / 60.0);
    }
    let scales = !scenario.policies.is_empty() || !scenario.scheduled_actions.is_empty();
    let serverless = &mut scenario.serverless;
    let most = serverless.max_concurrency;
    if scales && serverless.provisioned().is_none() {
        serverless.provisioned_concurrency = Some(1);
    } else if !scales {
        serverless.provisioned_concurrency = None;
    }
    let setup_s = serverless.model_setup_s;
    serverless.model_setup_s = setup_s.min(scenario.service.timeout_s);
    scenario.scalable_target = Default::default();
    for action in &mut scenario.scheduled_actions {
        let bounds = &mut action.action;
        bounds.min_capacity = bounds.min_capacity.map(|min| min.min(most));
        bounds.max_capacity = bounds.max_capacity.map(|max| max.min(most));
    }
}

/// To a real-time endpoint.
#[inline(never)]
pub(super) fn leave(scenario: &mut Scenario) {
    scenario.platform = Platform::SagemakerRealTime;
    let duration_s = engine::idle_s(scenario.load_test.p50_ms, scenario.load_test.p95_ms);
    for policy in &mut scenario.policies {
        look_at(
            policy,
            PredefinedMetricType::default(),
            MetricName::InvocationsPerInstance,
            60.0 / duration_s,
        );
    }
    scenario.scalable_target = Default::default();
    for action in &mut scenario.scheduled_actions {
        let bounds = &mut action.action;
        bounds.min_capacity = bounds.min_capacity.map(|min| min.max(1));
        bounds.max_capacity = bounds.max_capacity.map(|max| max.max(1));
    }
}

/// A policy looks at provisioned concurrency; `factor` turns requests of a minute into a share of it.
#[inline(never)]
pub(super) fn enter_policy(policy: &mut ScalingPolicy, factor: f64) {
    let factor = match policy.metric() {
        MetricName::InvocationsPerInstance => factor,
        MetricName::CpuUtilization | MetricName::GpuUtilization => 0.01,
        _ => 1.0,
    };
    look_at(
        policy,
        PredefinedMetricType::SageMakerVariantProvisionedConcurrencyUtilization,
        MetricName::ServerlessProvisionedConcurrencyUtilization,
        factor,
    );
}

fn look_at(
    policy: &mut ScalingPolicy,
    metric_type: PredefinedMetricType,
    metric_name: MetricName,
    factor: f64,
) {
    if let Some(tracking) = &mut policy.target_tracking {
        tracking.target_value = None;
        tracking.customized_metric = None;
        tracking.metric = PredefinedMetricSpecification {
            metric_type,
            resource_label: None,
        };
    }
    if let Some(alarm) = &mut policy.alarm {
        alarm.metric_name = metric_name;
        (alarm.threshold, alarm.statistic, alarm.namespace) = (None, None, None);
        alarm.period = alarm.period.max(60);
        alarm.dimensions.clear();
    }
    if let Some(steps) = &mut policy.step_scaling {
        steps.scale(factor);
    }
}
