//! What asynchronous endpoints take and refuse, and what the engine is given for them.

use engine::plan::{EndpointMetric, Metric};

use super::*;
use crate::compile::{Compiled, Problem, ProblemKind, compile};
use crate::{document::Platform, file};

/// An asynchronous endpoint with a merge patch on it.
fn with(patch: &str) -> Result<Compiled, Vec<Problem>> {
    let mut scenario = file::from_json(patch).unwrap_or_else(|error| panic!("{patch}: {error:?}"));
    scenario.platform = Platform::SagemakerAsynchronous;
    compile(&scenario)
}

#[test]
fn every_field_has_its_range() {
    use ProblemKind::*;
    for (patch, field, kind) in [
        (
            r#"{"asynchronous":{"RequestTTLSeconds":59}}"#,
            "asynchronous.RequestTTLSeconds",
            TooSmall { min: 60.0 },
        ),
        (
            r#"{"asynchronous":{"RequestTTLSeconds":21601}}"#,
            "asynchronous.RequestTTLSeconds",
            TooLarge { max: 21_600.0 },
        ),
        (
            r#"{"asynchronous":{"InvocationTimeoutSeconds":0}}"#,
            "asynchronous.InvocationTimeoutSeconds",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"asynchronous":{"InvocationTimeoutSeconds":3601}}"#,
            "asynchronous.InvocationTimeoutSeconds",
            TooLarge { max: 3600.0 },
        ),
        (
            r#"{"asynchronous":{"MaxConcurrentInvocationsPerInstance":0}}"#,
            "asynchronous.MaxConcurrentInvocationsPerInstance",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"asynchronous":{"MaxConcurrentInvocationsPerInstance":1001}}"#,
            "asynchronous.MaxConcurrentInvocationsPerInstance",
            TooLarge { max: 1000.0 },
        ),
    ] {
        let expected = Problem {
            field: field.parse().unwrap(),
            kind,
        };
        assert_eq!(with(patch).unwrap_err(), [expected], "{patch}");
    }
}

#[test]
fn only_an_asynchronous_endpoint_may_have_no_instances() {
    let action = r#"{"scheduled_actions":[{"ScheduledActionName":"a","Schedule":"at(2026-11-28T01:00:00)","ScalableTargetAction":{"MinCapacity":0}}]}"#;
    for (patch, field, kind) in [
        (
            r#"{"scalable_target":{"MinCapacity":0}}"#,
            "scalable_target.MinCapacity",
            ProblemKind::NoneInService,
        ),
        (
            action,
            "scheduled_actions[0].MinCapacity",
            ProblemKind::NoneInService,
        ),
        (
            r#"{"instance":{"initial":0}}"#,
            "instance.initial",
            ProblemKind::TooSmall { min: 1.0 },
        ),
    ] {
        let problems = compile(&file::from_json(patch).unwrap()).unwrap_err();
        let expected = Problem {
            field: field.parse().unwrap(),
            kind,
        };
        assert_eq!(problems, [expected], "{patch}");
        assert!(with(patch).is_ok(), "{patch}");
    }
    let compiled = with("{}").unwrap();
    assert_eq!((compiled.resolved.min, compiled.resolved.max), (0, 12));
}

#[test]
fn requests_wait_in_the_endpoint_s_own_queue() {
    let patch =
        r#"{"asynchronous":{"RequestTTLSeconds":3600},"service":{"queue_limit_per_instance":5}}"#;
    let plan = with(patch).unwrap().plan;
    assert!(plan.resource.has_shared_queue());
    let service = plan.service;
    assert_eq!(service.timeout_s, 3600.0);
    assert_eq!(service.queue_limit_per_instance, None);
    assert_eq!(service.max_rps, 20.0);
    // One at a time, about 0.1 s each.
    let patch = r#"{"asynchronous":{"MaxConcurrentInvocationsPerInstance":1}}"#;
    let compiled = with(patch).unwrap();
    let max_rps = compiled.plan.service.max_rps;
    assert!((9.0..12.0).contains(&max_rps), "{max_rps}");
    let limited = Warning::ConcurrencyLimits { max_rps };
    assert!(compiled.warnings.contains(&limited));
}

const RECIPE: &str = r#"{"policies":[
    {"PolicyName":"backlog","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":
        {"CustomizedMetricSpecification":{"MetricName":"ApproximateBacklogSizePerInstance","Namespace":"AWS/SageMaker","Statistic":"Average"}}},
    {"PolicyName":"wake","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{},"Alarm":{"MetricName":"HasBacklogWithoutCapacity"}}
]}"#;

#[test]
fn aws_s_recipe_becomes_numbers() {
    let compiled = with(RECIPE).unwrap();
    let (track, step) = (
        compiled.plan.target_tracking[0],
        &compiled.plan.step_scaling[0],
    );
    assert_eq!(
        (track.metric, track.target),
        (
            Metric::Endpoint(EndpointMetric::BacklogSizePerInstance),
            5.0
        )
    );
    let alarm = step.alarm;
    assert_eq!(
        alarm.metric,
        Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity)
    );
    assert_eq!(
        (alarm.threshold, alarm.evaluation_periods, step.cooldown_s),
        (1.0, 2, 300.0)
    );
    let odd = |warning: &Warning| {
        matches!(
            warning,
            Warning::NotPublished { .. } | Warning::WakesLate { .. }
        )
    };
    assert!(
        !compiled.warnings.iter().any(odd),
        "{:?}",
        compiled.warnings
    );
    let summed = RECIPE.replace("Average", "Sum");
    let right = ProblemKind::OtherThan { right: "Average" };
    assert_eq!(with(&summed).unwrap_err()[0].kind, right);
}

#[test]
fn a_policy_that_never_scales_and_an_endpoint_that_never_wakes_are_told() {
    let not_published = |policy, metric, right| Warning::NotPublished {
        policy,
        metric,
        right,
    };
    let backlog = MetricName::ApproximateBacklogSizePerInstance;
    let compiled = with("{}").unwrap();
    assert_eq!(compiled.plan.target_tracking[0].metric, Metric::Unpublished);
    let by_instance = not_published(0, MetricName::InvocationsPerInstance, backlog);
    assert!(compiled.warnings.contains(&by_instance));
    let never = Warning::WakesLate { backlog: None };
    assert!(compiled.warnings.contains(&never));
    let without_step = RECIPE.replace("HasBacklogWithoutCapacity", "CPUUtilization");
    let late = Warning::WakesLate { backlog: Some(5.0) };
    assert!(with(&without_step).unwrap().warnings.contains(&late));
    // The other way round: a real-time variant has no queue's metrics.
    let real_time = compile(&file::from_json(RECIPE).unwrap()).unwrap();
    for (policy, metric) in [
        (0, MetricName::ApproximateBacklogSizePerInstance),
        (1, MetricName::HasBacklogWithoutCapacity),
    ] {
        assert!(real_time.warnings.contains(&not_published(
            policy,
            metric,
            MetricName::InvocationsPerInstance
        )));
    }
    // Nor has an Auto Scaling group, where it is an error as others are.
    let group = RECIPE.replacen(
        '{',
        r#"{"platform":"ec2_auto_scaling_group","instance":{"type":"c5.xlarge"},"#,
        1,
    );
    let problems = compile(&file::from_json(&group).unwrap()).unwrap_err();
    let right = "RequestCountPerTarget";
    let is_metric = |problem: &Problem| problem.kind == ProblemKind::OtherThan { right };
    assert_eq!(
        problems.iter().filter(|problem| is_metric(problem)).count(),
        2,
        "{problems:?}"
    );
    // Requests in flight are no metric of a queue.
    let in_flight = RECIPE.replace("HasBacklogWithoutCapacity", "ConcurrentRequestsPerModel");
    let plan = with(&in_flight).unwrap().plan;
    assert_eq!(plan.step_scaling[0].alarm.metric, Metric::Unpublished);
    let slow = r#"{"load_test":{"p95_ms":2500},"asynchronous":{"InvocationTimeoutSeconds":2}}"#;
    let too_late = Warning::AnswersTooLate { timeout_s: 2 };
    assert!(with(slow).unwrap().warnings.contains(&too_late));
}

#[test]
fn what_is_suspended_is_in_the_plan() {
    let patch = r#"{"scalable_target":{"SuspendedState":{"DynamicScalingInSuspended":true,"ScheduledScalingSuspended":true}}}"#;
    let expected = plan::SuspendedState {
        scale_in: true,
        scale_out: false,
        scheduled: true,
    };
    assert_eq!(with(patch).unwrap().plan.suspended, expected);
}
