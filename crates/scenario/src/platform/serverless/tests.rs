//! What AWS takes for a serverless endpoint, and what becomes of it.

use engine::plan::{Metric, OnDemand, ScalableTarget};

use crate::compile::*;
use crate::{
    compile::tests::is_kept,
    document::{Platform, Scenario},
    field::Field,
    file, presets,
};

fn endpoint(serverless: &str, beside: &str) -> Scenario {
    let text = format!(
        r#"{{ "platform": "sagemaker_serverless", "load_test": {{ "p50_ms": 200, "p95_ms": 200 }},
              "serverless": {{ {serverless} }} {beside} }}"#
    );
    file::from_json(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn named(path: &str) -> Field {
    path.parse().unwrap_or_else(|_| panic!("{path}"))
}

fn problems(scenario: &Scenario) -> Vec<(String, ProblemKind)> {
    let problems = compile(scenario).err().unwrap_or_default();
    (problems.into_iter())
        .map(|problem| (problem.field.to_string(), problem.kind))
        .collect()
}

const TRACKING: &str = r#", "policies": [{ "PolicyName": "pc", "PolicyType": "TargetTrackingScaling",
    "TargetTrackingScalingPolicyConfiguration": { "TargetValue": 0.7, "PredefinedMetricSpecification": {
        "PredefinedMetricType": "SageMakerVariantProvisionedConcurrencyUtilization" } } }]"#;

const NO_POLICY: &str = r#", "policies": []"#;

#[test]
fn a_serverless_endpoint_becomes_numbers() {
    let scenario = endpoint(
        r#""MemorySizeInMB": 4096, "MaxConcurrency": 30, "ProvisionedConcurrency": 4, "model_setup_s": 8, "keep_s": 420"#,
        &format!(r#"{TRACKING}, "scalable_target": {{ "MinCapacity": 2, "MaxCapacity": 25 }}"#),
    );
    is_kept(&scenario);
    let Compiled { plan, resolved, .. } = compile(&scenario).unwrap();
    assert!((plan.service.max_rps - 5.0).abs() < 1e-4);
    let OnDemand {
        max_concurrency,
        setup_s,
        keep_s,
        usd_per_request,
        provisioned_usd_per_request,
    } = *plan.resource.on_demand().unwrap();
    assert_eq!((max_concurrency, setup_s, keep_s), (30, 8.0, 420.0));
    // 0.2 s × 4 GB.
    assert!((usd_per_request - 1.6e-5).abs() < 1e-9);
    assert!((provisioned_usd_per_request - 9.36e-6).abs() < 1e-9);
    // An hour of 4 GB, ready.
    assert!((plan.usd_per_hour - 0.072).abs() < 1e-9);
    assert_eq!(plan.scalable_target, ScalableTarget { min: 2, max: 25 });
    assert_eq!((plan.fleet.initial, resolved.initial), (4, 4));
    let tracked = plan.target_tracking[0];
    assert_eq!(tracked.target, 0.7);
    let Metric::Utilization {
        percent_s_per_request,
        most_percent,
    } = tracked.metric
    else {
        panic!("{tracked:?}");
    };
    assert!((percent_s_per_request - 0.2).abs() < 1e-5 && most_percent == 1.0);
    assert_eq!(plan.assumptions.alarm_low_factor, 0.9);
}

#[test]
fn what_is_left_open_is_the_platforms() {
    // Without a TargetValue, the safety factor is the share to be in use.
    let open = TRACKING.replace(r#""TargetValue": 0.7, "#, "");
    let scenario = endpoint(
        r#""ProvisionedConcurrency": 2"#,
        &format!(r#"{open}, "scalable_target": {{ "MaxCapacity": null }}"#),
    );
    let compiled = compile(&scenario).unwrap();
    assert!((compiled.plan.target_tracking[0].target - 0.5).abs() < 1e-9);
    // 148 requests per second at the peak take 200 ms each: 59 units at one half, but 20 is the limit.
    assert_eq!(compiled.resolved.max, 20);
    assert!(compiled.sizing.at_peak > 50);
    assert_eq!(compiled.resolved.fewest_instances, 1);
    // Without provisioned concurrency there is none, and nothing that changes it.
    for provisioned in ["", r#""ProvisionedConcurrency": 0"#] {
        let compiled = compile(&endpoint(provisioned, NO_POLICY)).unwrap();
        let none = ScalableTarget { min: 0, max: 0 };
        assert_eq!(compiled.plan.scalable_target, none);
        assert_eq!(compiled.plan.fleet.initial, 0);
        assert!(compiled.plan.target_tracking.is_empty());
        // 148 rps × 0.2 s are 30 at once.
        assert!(matches!(
            compiled.warnings.as_slice(),
            [Warning::MaxConcurrencyBelowPeak {
                max: 20,
                needed: 30
            }]
        ));
    }
}

/// What stands in `serverless`, what beside it, and what is wrong with it.
type Case = (&'static str, String, Vec<(String, ProblemKind)>);

#[test]
fn what_aws_refuses_is_told_with_what_would_be_right() {
    let field = |field: &str, kind: ProblemKind| vec![(field.to_owned(), kind)];
    let other = |right| ProblemKind::OtherThan { right };
    let instead = |right| ProblemKind::NotServerless { right };
    let scheduled = r#", "scheduled_actions": [{ "ScheduledActionName": "a", "Schedule": "at(2026-11-28T19:30:00)",
        "ScalableTargetAction": { "MinCapacity": 0, "MaxCapacity": 0 } }]"#;
    let above = |value| ProblemKind::AboveOther {
        other: named("serverless.MaxConcurrency"),
        value,
    };
    let cases: Vec<Case> = vec![
        (r#""MemorySizeInMB": 1500"#, NO_POLICY.into(), field("serverless.MemorySizeInMB", ProblemKind::MemorySize)),
        (r#""MemorySizeInMB": 7168"#, NO_POLICY.into(), field("serverless.MemorySizeInMB", ProblemKind::MemorySize)),
        (r#""MaxConcurrency": 0"#, NO_POLICY.into(), field("serverless.MaxConcurrency", ProblemKind::TooSmall { min: 1.0 })),
        (r#""MaxConcurrency": 201"#, NO_POLICY.into(), field("serverless.MaxConcurrency", ProblemKind::TooLarge { max: 200.0 })),
        (r#""ProvisionedConcurrency": 21"#, TRACKING.into(), field("serverless.ProvisionedConcurrency", above(20.0))),
        (r#""model_setup_s": 181"#, format!(r#"{NO_POLICY}, "service": {{ "timeout_s": 200 }}"#),
            field("serverless.model_setup_s", ProblemKind::TooLarge { max: 180.0 })),
        (r#""model_setup_s": 61"#, NO_POLICY.into(), field("serverless.model_setup_s",
            ProblemKind::AboveOther { other: named("service.timeout_s"), value: 60.0 })),
        (r#""keep_s": -1"#, NO_POLICY.into(), field("serverless.keep_s", ProblemKind::TooSmall { min: 0.0 })),
        (r#""usd_per_gb_s": 2"#, NO_POLICY.into(), field("serverless.usd_per_gb_s", ProblemKind::TooLarge { max: 1.0 })),
        ("", TRACKING.into(), field("policies", ProblemKind::NothingToScale)),
        ("", format!("{NO_POLICY}{scheduled}"), field("scheduled_actions", ProblemKind::NothingToScale)),
        (r#""ProvisionedConcurrency": 2"#, format!("{NO_POLICY}{scheduled}"), vec![]),
        (r#""ProvisionedConcurrency": 2"#, format!("{TRACKING}{scheduled}"), vec![
            ("scheduled_actions[0].MinCapacity".to_owned(), ProblemKind::NothingToMeasure),
            ("scheduled_actions[0].MaxCapacity".to_owned(), ProblemKind::NothingToMeasure),
        ]),
        (r#""ProvisionedConcurrency": 2, "MaxConcurrency": 10"#, TRACKING.into(), field("scalable_target.MaxCapacity", above(10.0))),
        (r#""ProvisionedConcurrency": 2"#, TRACKING.replace("0.7", "70"),
            field("policies[0].TargetValue", ProblemKind::TooLarge { max: 1.0 })),
        (r#""ProvisionedConcurrency": 2"#,
            TRACKING.replace("SageMakerVariantProvisionedConcurrencyUtilization", "SageMakerVariantInvocationsPerInstance"),
            field("policies[0].PredefinedMetricType", other("SageMakerVariantProvisionedConcurrencyUtilization"))),
        (r#""ProvisionedConcurrency": 2"#, r#", "policies": [{ "PolicyName": "s", "PolicyType": "StepScaling",
            "StepScalingPolicyConfiguration": { "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 1 }] },
            "Alarm": { "MetricName": "CPUUtilization" } }]"#.into(),
            field("policies[0].MetricName", other("ServerlessProvisionedConcurrencyUtilization"))),
        ("", format!(r#"{NO_POLICY}, "instance": {{ "initial": 2, "usd_per_hour": 0.1 }}, "service": {{ "queue_limit_per_instance": 5 }}"#), vec![
            ("instance.initial".to_owned(), instead(named("serverless.ProvisionedConcurrency"))),
            ("instance.usd_per_hour".to_owned(), instead(named("serverless.usd_per_gb_s"))),
            ("service.queue_limit_per_instance".to_owned(), instead(named("serverless.MaxConcurrency"))),
        ]),
    ];
    for (serverless, beside, expected) in cases {
        let scenario = endpoint(serverless, &beside);
        assert_eq!(problems(&scenario), expected, "{serverless} {beside}");
    }
    // Its metric is no other platform's.
    let elsewhere = Scenario {
        platform: Platform::SagemakerRealTime,
        ..endpoint("", TRACKING)
    };
    assert_eq!(
        problems(&elsewhere),
        field(
            "policies[0].PredefinedMetricType",
            other("SageMakerVariantInvocationsPerInstance")
        )
    );
}

#[test]
fn every_shipped_scenario_may_go_serverless_and_come_back() {
    for preset in presets::all() {
        for through in [Platform::SagemakerRealTime, Platform::Ec2AutoScalingGroup] {
            let mut scenario = preset.scenario();
            for platform in [
                Platform::SagemakerServerless,
                through,
                Platform::SagemakerServerless,
            ] {
                scenario.move_to(platform);
                let problems = compile(&scenario).err();
                assert_eq!(problems, None, "{} {platform:?}", preset.id);
            }
        }
    }
}
