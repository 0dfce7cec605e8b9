use super::*;
use crate::{compile::compile, file};

fn scenario(rest: &str) -> Scenario {
    file::from_json(&format!(r#"{{"headroom": 2, {rest}}}"#)).unwrap()
}

fn machine(times: f64) -> OtherMachine {
    OtherMachine {
        times,
        ..OtherMachine::default()
    }
}

/// What follows from the load test by a formula does so there, too: six times the machine is a sixth of the fleet.
#[test]
fn what_is_left_to_sizing_follows_the_machine() {
    let here = compile(&Scenario::default()).unwrap();
    let there = compile(&on(&Scenario::default(), &machine(6.0))).unwrap();
    assert_eq!(there.plan.service.max_rps, 6.0 * here.plan.service.max_rps);
    assert_eq!(there.resolved.target, 6.0 * here.resolved.target);
    assert!(there.resolved.max < here.resolved.max);
    assert_eq!(there.plan.usd_per_hour, here.plan.usd_per_hour);
}

#[test]
fn what_is_said_of_instances_is_said_of_as_many_that_serve_as_much() {
    let tracking = |metric: &str, target: f64| {
        format!(
            r#"{{ "PolicyName": "a", "PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": {{ "TargetValue": {target}, {metric} }} }}"#
        )
    };
    let predefined = |name: &str| {
        format!(r#""PredefinedMetricSpecification": {{ "PredefinedMetricType": "{name}" }}"#)
    };
    let requests = predefined("SageMakerVariantInvocationsPerInstance");
    let in_flight = predefined("SageMakerVariantConcurrentRequestsPerModelHighResolution");
    let cpu = r#""CustomizedMetricSpecification": { "MetricName": "CPUUtilization" }"#;
    // A target, on another type or the same, and what becomes of it.
    for (metric, instance_type, times, p50_ms, target) in [
        (&*requests, "", 2.0, None, 1400.0),
        (&requests, "ml.g5.xlarge", 0.5, None, 350.0),
        // As many come in half the time that each takes.
        (&in_flight, "", 2.0, Some(40.0), 700.0),
        (&in_flight, "", 2.0, None, 1400.0),
        // Summed over four vCPUs, then over sixteen.
        (cpu, "ml.c5.4xlarge", 4.0, None, 2800.0),
        (cpu, "", 4.0, None, 700.0),
    ] {
        let scenario = scenario(&format!(r#""policies": [{}]"#, tracking(metric, 700.0)));
        let machine = OtherMachine {
            instance_type: instance_type.to_owned(),
            p50_ms,
            ..machine(times)
        };
        let there = on(&scenario, &machine);
        let tracking = there.policies[0].target_tracking.as_ref().unwrap();
        assert_eq!(tracking.target_value, Some(target), "{metric} {machine:?}");
    }
}

#[test]
fn numbers_of_instances_are_divided_and_some_are_left() {
    let scenario = scenario(
        r#""scalable_target": { "MinCapacity": 2, "MaxCapacity": 12 }, "instance": { "initial": 3 },
        "scheduled_actions": [{ "ScheduledActionName": "a", "Schedule": "at(2026-11-28T19:00:00)", "ScalableTargetAction": { "MinCapacity": 7 } }],
        "policies": [{ "PolicyName": "s", "PolicyType": "StepScaling", "StepScalingPolicyConfiguration": { "AdjustmentType": "ChangeInCapacity",
            "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 4 }] }, "Alarm": { "MetricName": "InvocationsPerInstance", "Threshold": 500 } }]"#,
    );
    for (times, [min, max, initial, scheduled, step]) in [
        (1.0, [2, 12, 3, 7, 4]),
        (1.2, [2, 10, 3, 6, 4]),
        (6.0, [1, 2, 1, 2, 1]),
        (0.5, [4, 24, 6, 14, 8]),
    ] {
        let there = on(&scenario, &machine(times));
        let policy = &there.policies[0];
        assert_eq!(
            [
                there.scalable_target.min_capacity,
                there.scalable_target.max_capacity,
                there.instance.initial,
                there.scheduled_actions[0].action.min_capacity,
                Some(policy.step_scaling.as_ref().unwrap().steps[0].adjustment as u32),
            ],
            [min, max, initial, scheduled, step].map(Some),
            "{times}"
        );
        let threshold = policy.alarm.as_ref().unwrap().threshold;
        assert_eq!(threshold, Some(500.0 * times));
        compile(&there).unwrap();
    }
}

#[test]
fn another_type_has_its_own_price_unless_one_is_given() {
    let own = scenario(r#""instance": { "usd_per_hour": 9, "launch_s": 200, "launch_to_s": 300 }"#);
    for (instance_type, usd_per_hour, expected) in [
        ("", None, Some(9.0)),
        ("ml.c5.xlarge", None, Some(9.0)),
        ("ml.g5.xlarge", None, None),
        ("ml.g5.xlarge", Some(1.0), Some(1.0)),
        ("", Some(1.0), Some(1.0)),
    ] {
        let other = OtherMachine {
            instance_type: instance_type.to_owned(),
            usd_per_hour,
            launch_s: Some(400.0),
            ..machine(1.0)
        };
        let there = on(&own, &other).instance;
        assert_eq!(
            there.usd_per_hour, expected,
            "{instance_type} {usd_per_hour:?}"
        );
        assert_eq!((there.launch_s, there.launch_to_s), (400.0, None));
    }
}
