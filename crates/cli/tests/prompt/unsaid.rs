//! What a file leaves unsaid, from outside: what AWS takes, or a problem, never what nobody wrote.

use serde_json::Value;

use crate::{json, run, text};

/// A policy as it is pasted from AWS, over a step in demand from 20 to 200 requests a second.
const PASTED: &str = r#"{ "time_zone": "UTC", "hours": 2, "instance": { "initial": 2 },
    "scalable_target": { "MinCapacity": 2, "MaxCapacity": 500 },
    "policies": [{ "PolicyName": "p", "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": { "TargetValue": 600,
            "PredefinedMetricSpecification": { "PredefinedMetricType": "SageMakerVariantInvocationsPerInstance" } } }],
    "demand": [{ "shape": { "steady": { "rps": 20 } } }, { "shape": { "event":
        { "at": "2026-11-28T00:30", "rps": 180, "ramp_up_min": 0, "hold_min": 90, "decay_min": 0 } } }] }"#;

/// Changes of desired capacity.
fn changes(scenario: &str, settings: &[&str]) -> Vec<(u64, u64)> {
    let sets = settings.iter().flat_map(|setting| ["--set", setting]);
    let args: Vec<&str> = ["simulate", "-", "--json"]
        .into_iter()
        .chain(sets)
        .collect();
    let result = json(&args, scenario);
    let activities = result["activities"].as_array().unwrap().iter();
    activities
        .map(|it| (it["from"].as_u64().unwrap(), it["to"].as_u64().unwrap()))
        .filter(|(from, to)| from != to)
        .collect()
}

#[test]
fn a_pasted_policy_cools_down_as_long_as_aws_has_it() {
    let tracking = "policies[0].TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown";
    assert_eq!(changes(PASTED, &[]), [(2, 20)]);
    // Within the metric's delay the last datapoint from before acts on the twenty.
    let short = format!("{tracking}=60");
    let again = [(2, 20), (20, 200), (200, 20)];
    assert_eq!(changes(PASTED, &[&short]), again);
    let off = "assumptions.datapoints_from_before_act=false";
    assert_eq!(changes(PASTED, &[&short, off]), [(2, 20)]);
    // As version 1 had it.
    let old = PASTED.replacen('{', r#"{ "headroom": 1,"#, 1);
    assert_eq!(changes(&old, &[]), again);
}

#[test]
fn a_policy_without_an_alarm_is_told_and_nothing_else() {
    let file = r#"{ "platform": "sagemaker_asynchronous", "policies": [{ "PolicyName": "wake", "PolicyType": "StepScaling",
        "StepScalingPolicyConfiguration": { "AdjustmentType": "ChangeInCapacity", "Cooldown": 300,
            "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 1 }] } }] }"#;
    let output = run(&["check", "-", "--json"], file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_str(text(&output.stdout)).unwrap();
    let errors = found["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{found}");
    assert_eq!(errors[0]["field"], "policies[0].Alarm");
    let message = errors[0]["message"].as_str().unwrap();
    assert!(message.starts_with("This step policy has no Alarm"));
    assert_eq!(found["warnings"], Value::Array(Vec::new()));
}

#[test]
fn a_minute_s_requests_vary_as_much_as_noise_says() {
    let file = r#"{ "headroom": 1, "start": "2026-06-01", "hours": 240, "time_zone": "UTC",
        "load_test": { "max_rps": 1000 }, "instance": { "initial": 1 }, "policies": [],
        "scalable_target": { "MinCapacity": 1, "MaxCapacity": 1 },
        "demand": [{ "shape": { "steady": { "rps": 100 } } }, { "shape": { "noise": { "percent": 10 } } }] }"#;
    let args = ["simulate", "-", "--json", "--include", "series"];
    let result = json(&args, file);
    let rates = result["series"]["demand_rps"].as_array().unwrap().iter();
    let rates: Vec<f64> = rates.map(|rate| rate.as_f64().unwrap()).collect();
    assert_eq!(rates.len(), 14_400);
    let n = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / n;
    let apart = |by: usize| {
        let pairs = rates.iter().zip(rates.iter().skip(by));
        pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n
    };
    let (deviation, correlation) = (apart(0).sqrt() / mean, apart(1) / apart(0));
    assert!((deviation - 0.1).abs() < 0.003, "{deviation}");
    assert!(correlation.abs() < 0.03, "{correlation}");
}
