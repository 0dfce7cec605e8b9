//! What AWS takes for an Auto Scaling group, and what becomes of it.

use engine::plan::WarmUp;

use super::*;
use crate::compile::*;
use crate::{
    compile::tests::{group, is_kept},
    document::{Platform, ScheduledAction},
};

fn problems(scenario: &Scenario) -> Vec<(String, ProblemKind)> {
    let problems = compile(scenario).err().unwrap_or_default();
    (problems.into_iter())
        .map(|problem| (problem.field.to_string(), problem.kind))
        .collect()
}

const CPU: &str = r#"{ "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling", "EstimatedInstanceWarmup": 120,
    "TargetTrackingConfiguration": { "TargetValue": 40.0, "DisableScaleIn": false,
        "PredefinedMetricSpecification": { "PredefinedMetricType": "ASGAverageCPUUtilization" } } }"#;

const REQUESTS: &str = r#"{ "PolicyName": "requests", "TargetTrackingConfiguration": {
    "PredefinedMetricSpecification": { "PredefinedMetricType": "ALBRequestCountPerTarget",
        "ResourceLabel": "app/my-alb/778d41231b141a0f/targetgroup/my-alb-target-group/943f017f100becff" } } }"#;

const STEP: &str = r#"{ "PolicyName": "step", "PolicyType": "StepScaling", "AdjustmentType": "PercentChangeInCapacity",
    "MinAdjustmentMagnitude": 2, "MetricAggregationType": "Average",
    "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 30 }],
    "Alarm": { "MetricName": "CPUUtilization", "Namespace": "AWS/EC2", "Threshold": 70,
        "Dimensions": [{ "Name": "AutoScalingGroupName", "Value": "my-asg" }] } }"#;

const SIMPLE: &str = r#"{ "PolicyName": "simple", "PolicyType": "SimpleScaling", "AdjustmentType": "ChangeInCapacity",
    "ScalingAdjustment": -1, "Cooldown": 180,
    "Alarm": { "MetricName": "RequestCountPerTarget", "ComparisonOperator": "LessThanThreshold", "Threshold": 60 } }"#;

#[test]
fn policies_of_a_group_become_numbers() {
    let all = [CPU, REQUESTS, STEP, SIMPLE].join(",");
    let beside = r#", "auto_scaling_group": { "DefaultInstanceWarmup": 200, "DefaultCooldown": 240 }, "scalable_target": { "MaxCapacity": 20 }"#;
    let scenario = group(&all, beside);
    is_kept(&scenario);
    let Compiled { plan, warnings, .. } = compile(&scenario).unwrap();
    assert_eq!(warnings, []);
    let warm_up = WarmUp {
        default_s: 200.0,
        by_policy: vec![(0, 120.0)],
    };
    assert_eq!(plan.resource.group().unwrap().warm_up, warm_up);
    assert_eq!(plan.assumptions.alarm_low_factor, 0.7);
    // 20 rps keep the machine busy, whatever its cores.
    let cpu = plan::Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    let tracked: Vec<_> = (plan.target_tracking.iter())
        .map(|policy| (policy.metric, policy.target))
        .collect();
    // The load test's formula: 20 × 0.5 × 60.
    let requests = plan::Metric::InvocationsPerInstance;
    assert_eq!(tracked, [(cpu, 40.0), (requests, 600.0)]);
    let [step, simple] = plan.step_scaling.as_slice() else {
        panic!("{:?}", plan.step_scaling);
    };
    assert_eq!((step.alarm.metric, step.min_adjustment_magnitude), (cpu, 2));
    assert_eq!((step.index, step.is_simple), (2, false));
    let all = (f64::NEG_INFINITY, f64::INFINITY, -1);
    let steps: Vec<_> = (simple.steps.iter())
        .map(|step| (step.lower, step.upper, step.adjustment))
        .collect();
    assert_eq!(steps, [all]);
    assert_eq!((simple.cooldown_s, simple.is_simple), (180.0, true));
    assert_eq!(simple.alarm.metric, requests);
}

#[test]
fn what_is_left_open_is_as_aws_has_it() {
    // DefaultInstanceWarmup, or else DefaultCooldown; a policy's own Cooldown, or else that.
    // What AWS does not take, an EstimatedInstanceWarmup of simple scaling, does nothing.
    let simple = SIMPLE.replace(r#""Cooldown": 180,"#, r#""EstimatedInstanceWarmup": 50,"#);
    for (settings, warm_up_s, cooldown_s) in [
        ("{}", 300.0, 300.0),
        (r#"{ "DefaultInstanceWarmup": 0 }"#, 0.0, 300.0),
        (r#"{ "DefaultCooldown": 60 }"#, 60.0, 60.0),
    ] {
        let scenario = group(&simple, &format!(r#", "auto_scaling_group": {settings}"#));
        let plan = compile(&scenario).unwrap().plan;
        let warm_up = &plan.resource.group().unwrap().warm_up;
        assert_eq!(warm_up.default_s, warm_up_s, "{settings}");
        assert_eq!(warm_up.by_policy, [], "{settings}");
        assert_eq!(plan.step_scaling[0].cooldown_s, cooldown_s, "{settings}");
    }
    // A request's milliseconds are those of one of four vCPUs.
    let cost = group(CPU, r#", "load_test": { "cpu_ms_per_request": 100 }"#);
    let metric = compile(&cost).unwrap().plan.target_tracking[0].metric;
    assert_eq!(metric.of_requests(60.0), 2.5);
    let own = group(CPU, r#", "assumptions": { "alarm_low_factor": 0.9 }"#);
    let plan = compile(&own).unwrap().plan;
    assert_eq!(plan.assumptions.alarm_low_factor, 0.9);
    // Burstable types may scale.
    let mut burstable = group(CPU, "");
    burstable.instance.instance_type = "t3.large".to_owned();
    let compiled = compile(&burstable).unwrap();
    assert_eq!(compiled.plan.target_tracking.len(), 1);
    let fixed = |warning: &Warning| matches!(warning, Warning::BurstableCannotScale { .. });
    assert!(!compiled.warnings.iter().any(fixed));
}

#[test]
fn what_aws_refuses_is_told_with_what_would_be_right() {
    use ProblemKind::*;
    let tracking = |metric: &str, label: &str| {
        format!(
            r#"{{ "TargetTrackingConfiguration": {{ "PredefinedMetricSpecification": {{
                "PredefinedMetricType": "{metric}" {label} }} }} }}"#
        )
    };
    let alarm = |metric: &str| {
        format!(r#"{{ "PolicyType": "StepScaling", "Alarm": {{ "MetricName": "{metric}" }} }}"#)
    };
    let cases = [
        (
            tracking("SageMakerVariantInvocationsPerInstance", ""),
            "PredefinedMetricType",
            OtherThan {
                right: "ALBRequestCountPerTarget",
            },
        ),
        (
            tracking("ASGAverageNetworkIn", ""),
            "PredefinedMetricType",
            NoTrafficVolume,
        ),
        (
            tracking("ASGAverageNetworkOut", ""),
            "PredefinedMetricType",
            NoTrafficVolume,
        ),
        (
            tracking("ALBRequestCountPerTarget", r#", "ResourceLabel": "my-alb""#),
            "ResourceLabel",
            OtherThan {
                right: "app/<name>/<id>/targetgroup/<name>/<id>",
            },
        ),
        (
            alarm("InvocationsPerInstance"),
            "MetricName",
            OtherThan {
                right: "RequestCountPerTarget",
            },
        ),
        (
            alarm("GPUUtilization"),
            "MetricName",
            OtherThan {
                right: "CPUUtilization",
            },
        ),
        (
            STEP.replace("AWS/EC2", "/aws/sagemaker/Endpoints"),
            "Namespace",
            OtherThan { right: "AWS/EC2" },
        ),
        (
            CPU.replace(
                "\"EstimatedInstanceWarmup\": 120",
                "\"EstimatedInstanceWarmup\": 90000",
            ),
            "EstimatedInstanceWarmup",
            TooLarge { max: 86_400.0 },
        ),
        (
            SIMPLE.replace("\"ScalingAdjustment\": -1", "\"ScalingAdjustment\": 20000"),
            "ScalingAdjustment",
            TooLarge { max: 10_000.0 },
        ),
    ];
    for (policy, field, kind) in cases {
        let expected = vec![(format!("policies[0].{field}"), kind)];
        assert_eq!(problems(&group(&policy, "")), expected, "{policy}");
    }
    let beside = r#", "auto_scaling_group": { "DefaultInstanceWarmup": 3601 }"#;
    let too_long = (
        "auto_scaling_group.DefaultInstanceWarmup".to_owned(),
        TooLarge { max: 3600.0 },
    );
    assert_eq!(problems(&group(CPU, beside)), [too_long]);
}

#[test]
fn machines_are_those_of_the_platform() {
    use ProblemKind::*;
    for (name, usd_per_hour, expected) in [
        ("c5.xlarge", Some(0.17), None),
        ("c5.xlarge", None, None),
        ("t3.large", Some(0.08), None),
        ("t3.large", None, Some(("instance.usd_per_hour", Missing))),
        (
            "ml.c5.xlarge",
            Some(0.17),
            Some((
                "instance.type",
                OtherInstanceType {
                    right: "c5.xlarge".to_owned(),
                },
            )),
        ),
        (
            "c5",
            Some(0.17),
            Some(("instance.type", UnknownInstanceType)),
        ),
    ] {
        let mut scenario = group(CPU, "");
        scenario.instance.instance_type = name.to_owned();
        scenario.instance.usd_per_hour = usd_per_hour;
        let expected = expected.map(|(field, kind)| (field.to_owned(), kind));
        assert_eq!(problems(&scenario), Vec::from_iter(expected), "{name}");
    }
    let mut endpoint = Scenario::default();
    endpoint.instance.instance_type = "c5.xlarge".to_owned();
    endpoint.instance.usd_per_hour = Some(0.17);
    let right = "ml.c5.xlarge".to_owned();
    let warnings = compile(&endpoint).unwrap().warnings;
    assert!(warnings.contains(&Warning::TypeOfEc2 { right }));
}

#[test]
fn endpoints_know_nothing_of_groups() {
    use ProblemKind::*;
    let action = ScheduledAction {
        name: "a".to_owned(),
        schedule: "at(2026-11-28T19:30:00)".to_owned(),
        desired_capacity: Some(4),
        ..ScheduledAction::default()
    };
    let mut endpoint = Scenario {
        scheduled_actions: vec![action].into(),
        ..Scenario::default()
    };
    let field = "scheduled_actions[0].DesiredCapacity".to_owned();
    let right = "MinCapacity";
    assert_eq!(problems(&endpoint), [(field, OtherThan { right })]);
    endpoint.move_to(Platform::Ec2AutoScalingGroup);
    assert_eq!(
        compile(&endpoint).unwrap().plan.scheduled_actions[0].desired,
        Some(4)
    );
    endpoint.move_to(Platform::SagemakerRealTime);
    assert_eq!(
        compile(&endpoint).unwrap().plan.scheduled_actions[0].min,
        Some(4)
    );
    for (policy, expected) in [
        (
            CPU,
            (
                "PredefinedMetricType",
                "SageMakerVariantInvocationsPerInstance",
            ),
        ),
        (SIMPLE, ("PolicyType", "StepScaling")),
    ] {
        let mut scenario = group(policy, "");
        scenario.platform = Platform::SagemakerRealTime;
        let (field, right) = expected;
        let first = problems(&scenario).remove(0);
        assert_eq!(first, (format!("policies[0].{field}"), OtherThan { right }));
    }
}

#[test]
fn a_resource_label_names_a_load_balancer_and_a_target_group() {
    for (label, is) in [
        (
            "app/EC2Co-EcsEl-1TKLTMITMM0EO/f37c06a68c1748aa/targetgroup/EC2Co-Defau-LDNM7Q3ZH1ZN/6d4ea56ca2d6a18d",
            true,
        ),
        (
            "app/my-alb/778d41231b141a0f/targetgroup/my-alb-target-group/943f017f100becff",
            true,
        ),
        (
            "net/my-alb/778d41231b141a0f/targetgroup/my-alb-target-group/943f017f100becff",
            false,
        ),
        ("app/my-alb/778d41231b141a0f", false),
        (
            "app/my-alb/778d41231b141a0f/targetgroup//943f017f100becff",
            false,
        ),
        ("app/a/b/targetgroup/c/d/e", false),
        ("", false),
    ] {
        assert_eq!(is_resource_label(label), is, "{label}");
    }
}

#[test]
fn a_warm_pool_is_sized_by_what_may_be_prepared() {
    let pool = |settings: &str| {
        let beside = format!(
            r#", "scalable_target": {{ "MaxCapacity": 12 }}, "auto_scaling_group": {{ {settings} }}"#
        );
        group(CPU, &beside)
    };
    for (settings, expected) in [
        ("", None),
        (r#""WarmPool": {}"#, Some((60.0, 12, 0, false))),
        (
            r#""WarmPool": { "MaxGroupPreparedCapacity": 6, "MinSize": 2, "PoolState": "Running" }, "warm_pool_launch_s": 20"#,
            Some((20.0, 6, 2, true)),
        ),
        (
            r#""WarmPool": { "PoolState": "Hibernated" }"#,
            Some((60.0, 12, 0, false)),
        ),
    ] {
        let plan = compile(&pool(settings)).unwrap().plan;
        let pool = plan.resource.group().unwrap().warm_pool;
        let numbers = pool.map(|pool| (pool.launch_s, pool.most, pool.min, pool.is_running));
        assert_eq!(numbers, expected, "{settings}");
    }
    let too_many = pool(r#""WarmPool": { "MinSize": 10001 }"#);
    let field = "auto_scaling_group.WarmPool.MinSize".to_owned();
    let kind = ProblemKind::TooLarge { max: 10_000.0 };
    assert_eq!(problems(&too_many), [(field, kind)]);
    let endpoint = Scenario {
        auto_scaling_group: pool(r#""WarmPool": {}"#).auto_scaling_group,
        ..Scenario::default()
    };
    let plan = compile(&endpoint).unwrap().plan;
    assert_eq!(plan.resource.group(), None);
}
