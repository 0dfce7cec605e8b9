//! Which instances have CPU credits, in which mode, and what is wrong or odd about them.

use crate::{
    compile::{Problem, ProblemKind, Warning, compile},
    document::Scenario,
    file,
};
use engine::plan::{self, CreditMode};

/// A scenario of a platform and a machine; `more`: of the load test.
fn on(platform: &str, instance: &str, more: &str) -> Scenario {
    let text = format!(
        r#"{{"platform":"{platform}","instance":{{{instance}}},"load_test":{{"max_rps":10{more}}},"policies":[]}}"#
    );
    file::from_json(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

const GROUP: &str = "ec2_auto_scaling_group";
const T3: &str = r#""type":"t3.large","usd_per_hour":0.0832"#;

fn credits(scenario: &Scenario) -> Option<plan::CpuCredits> {
    let plan = compile(scenario).unwrap().plan;
    plan.resource.cpu_credits().copied()
}

#[test]
fn the_mode_is_awss_default_unless_given() {
    use CreditMode::{Standard, Unlimited};
    let of = |platform: &str, instance: &str| {
        let it = credits(&on(platform, instance, "")).unwrap();
        (it.mode, it.launch, it.earned_per_hour, it.is_choice)
    };
    let with = |mode: &str| format!(r#"{T3},"credit_specification":{{"CpuCredits":"{mode}"}}"#);
    let t2 = r#""type":"t2.medium""#;
    let hosted = r#""type":"ml.t2.medium""#;
    for (platform, instance, expect) in [
        (GROUP, T3, (Unlimited, 0.0, 36.0, true)),
        (GROUP, &with("standard"), (Standard, 0.0, 36.0, true)),
        (GROUP, &with("unlimited"), (Unlimited, 0.0, 36.0, true)),
        (GROUP, t2, (Standard, 60.0, 24.0, true)),
        ("sagemaker_real_time", hosted, (Standard, 60.0, 24.0, false)),
        (
            "sagemaker_asynchronous",
            hosted,
            (Standard, 60.0, 24.0, false),
        ),
    ] {
        assert_eq!(of(platform, instance), expect, "{platform} {instance}");
    }
    for (platform, instance) in [
        (GROUP, r#""type":"c5.large""#),
        ("sagemaker_real_time", r#""type":"ml.c5.xlarge""#),
        ("sagemaker_inference_component", hosted),
    ] {
        assert_eq!(credits(&on(platform, instance, "")), None, "{instance}");
    }
}

#[test]
fn a_request_costs_what_the_load_test_says() {
    let cost = |more: &str| {
        let scenario = on(GROUP, T3, more);
        credits(&scenario).unwrap().cpu_s_per_request
    };
    // Two vCPUs are busy at 10 requests a second.
    assert_eq!(cost(""), 0.2);
    assert_eq!(cost(r#","cpu_ms_per_request":50"#), 0.05);
    let started = on(GROUP, &format!(r#"{T3},"initial_cpu_credits":100"#), "");
    assert_eq!(credits(&started).unwrap().initial, Some(100.0));
}

#[test]
fn credits_of_a_type_without_any_are_wrong() {
    let found = |platform: &str, instance: &str| {
        let problems = compile(&on(platform, instance, "")).err();
        let tell = |problem: Problem| (problem.field.to_string(), problem.kind);
        problems
            .unwrap_or_default()
            .into_iter()
            .map(tell)
            .collect::<Vec<_>>()
    };
    let mode = "instance.credit_specification.CpuCredits".to_owned();
    let given = r#""credit_specification":{"CpuCredits":"unlimited"}"#;
    for (platform, of_type) in [
        (GROUP, "c5.large"),
        ("sagemaker_real_time", "ml.c5.xlarge"),
        ("sagemaker_inference_component", "ml.t2.medium"),
        ("sagemaker_serverless", "ml.t2.medium"),
    ] {
        let problems = found(platform, &format!(r#""type":"{of_type}",{given}"#));
        assert!(
            problems.contains(&(mode.clone(), ProblemKind::NoCpuCredits)),
            "{problems:?}"
        );
    }
    let initial = "instance.initial_cpu_credits".to_owned();
    for (instance, kind) in [
        (
            r#""type":"c5.large","initial_cpu_credits":1"#.to_owned(),
            ProblemKind::NoCpuCredits,
        ),
        (
            format!(r#"{T3},"initial_cpu_credits":-1"#),
            ProblemKind::TooSmall { min: 0.0 },
        ),
        (
            format!(r#"{T3},"initial_cpu_credits":865"#),
            ProblemKind::TooLarge { max: 864.0 },
        ),
    ] {
        assert_eq!(found(GROUP, &instance), [(initial.clone(), kind)]);
    }
}

/// A throttled instance shows its baseline: a target above it is never reached again.
#[test]
fn a_target_above_the_baseline_is_odd_in_standard_mode() {
    let warns = |mode: &str, target: f64| {
        let instance = format!(r#"{T3},"credit_specification":{{"CpuCredits":"{mode}"}}"#);
        let mut scenario = on(GROUP, &instance, "");
        let policy = format!(
            r#"{{"policies":[{{"PolicyName":"cpu","PolicyType":"TargetTrackingScaling","TargetTrackingConfiguration":{{
            "TargetValue":{target},"PredefinedMetricSpecification":{{"PredefinedMetricType":"ASGAverageCPUUtilization"}}}}}}]}}"#
        );
        scenario.policies = file::from_json(&policy).unwrap().policies;
        let compiled = compile(&scenario).unwrap();
        compiled
            .warnings
            .into_iter()
            .find_map(|warning| match warning {
                Warning::TargetAboveBaseline {
                    policy: 0,
                    target,
                    baseline,
                } => Some((target, baseline.round())),
                _ => None,
            })
    };
    for (mode, target, expect) in [
        ("standard", 50.0, Some((50.0, 30.0))),
        ("standard", 30.0, None),
        ("standard", 20.0, None),
        ("unlimited", 50.0, None),
    ] {
        assert_eq!(warns(mode, target), expect, "{mode} {target}");
    }
}
