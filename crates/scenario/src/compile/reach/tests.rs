//! Each warning where it is true, and not beside it.

use super::super::{Sum, Warning, compile};
use crate::{
    document::{MetricName, Platform},
    file, presets,
};

/// The warnings of this module and of scheduled actions.
fn told(json: &str) -> Vec<Warning> {
    let compiled = compile(&file::from_json(json).unwrap());
    let warnings = compiled.unwrap_or_else(|problems| panic!("{json}: {problems:?}"));
    let is_one = |warning: &Warning| {
        matches!(
            warning,
            Warning::OutOfReach { .. }
                | Warning::BeyondMaximum { .. }
                | Warning::NeverFires { .. }
                | Warning::AlwaysInAlarm { .. }
                | Warning::StaysAtMax { .. }
                | Warning::StepNotThere { .. }
                | Warning::StepOutOfReach { .. }
                | Warning::ScalesTheWrongWay { .. }
                | Warning::ThresholdsCross { .. }
                | Warning::WakesAtSeveral { .. }
                | Warning::WakesLate { .. }
                | Warning::NoCopyWakes
                | Warning::ActionBoundsCross { .. }
                | Warning::ActionInUtc { .. }
        )
    };
    (warnings.warnings.into_iter()).filter(is_one).collect()
}

/// Their names, with the field of each.
fn fields(json: &str) -> Vec<String> {
    let scenario = file::from_json(json).unwrap();
    let name = |warning: &Warning| {
        let debug = format!("{warning:?}");
        let name = debug.split([' ', '{']).next().unwrap_or_default();
        let field = warning.field(&scenario).map(|field| format!(" {field}"));
        [name, &field.unwrap_or_default()].concat()
    };
    told(json).iter().map(name).collect()
}

fn check(cases: &[(&str, String, &[&str])]) {
    for (why, json, expected) in cases {
        assert_eq!(fields(json), *expected, "{why}: {json}");
    }
}

fn tracked(load_test: &str, metric: &str, target: f64) -> String {
    format!(
        r#"{{"load_test":{{{load_test}}},"scalable_target":{{"MinCapacity":2,"MaxCapacity":40}},"policies":[{{"PolicyName":"p",
        "PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{"TargetValue":{target},{metric}}}}}]}}"#
    )
}

const CPU: &str = r#""CustomizedMetricSpecification":{"MetricName":"CPUUtilization"}"#;
const GPU: &str = r#""CustomizedMetricSpecification":{"MetricName":"GPUUtilization"}"#;
const REQUESTS: &str = r#""PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantInvocationsPerInstance"}"#;
const IN_FLIGHT: &str = r#""PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantConcurrentRequestsPerModelHighResolution"}"#;

#[test]
fn a_target_that_the_metric_does_not_exceed_at_the_maximum_is_told() {
    let cpu = |target| tracked(r#""max_rps":50,"cpu_ms_per_request":8"#, CPU, target);
    let out = "OutOfReach policies[0].TargetValue";
    let beyond = "BeyondMaximum policies[0].TargetValue";
    let in_flight = r#""max_rps":20,"p50_ms":100,"p95_ms":100"#;
    check(&[
        ("50 × 8 ms is 40 %", cpu(70.0), &[out]),
        ("it must be exceeded", cpu(40.0), &[out]),
        ("it is exceeded", cpu(39.9), &[]),
        (
            "four cores are 400 % at most, whatever a request costs",
            tracked(r#""max_rps":50,"cpu_ms_per_request":800"#, CPU, 399.0),
            &[],
        ),
        (
            "and 400 % are not exceeded",
            tracked(r#""max_rps":50"#, CPU, 400.0),
            &[out],
        ),
        (
            "requests that come count, whatever is served",
            tracked(r#""max_rps":10"#, REQUESTS, 601.0),
            &[beyond],
        ),
        (
            "the maximum itself is known as a slip",
            tracked(r#""max_rps":10"#, REQUESTS, 600.0),
            &[],
        ),
        ("two at once", tracked(in_flight, IN_FLIGHT, 2.1), &[beyond]),
        ("fewer", tracked(in_flight, IN_FLIGHT, 1.9), &[]),
    ]);
    let Some(Warning::OutOfReach {
        load, threshold, ..
    }) = told(&cpu(70.0)).pop()
    else {
        panic!("{:?}", told(&cpu(70.0)));
    };
    assert_eq!((load.metric, threshold), (MetricName::CpuUtilization, 70.0));
    assert!((load.most - 40.0).abs() < 1e-9);
    let sum = Sum::Busy {
        max_rps: 50.0,
        ms: 8.0,
        cores: 1,
    };
    assert_eq!(load.sum, Some(sum));
    // EC2's is percent of the machine, of four vCPUs here.
    let group = cpu(20.0).replacen(
        '{',
        r#"{"platform":"ec2_auto_scaling_group","instance":{"type":"c5.xlarge"},"#,
        1,
    );
    let Some(Warning::OutOfReach { load, .. }) = told(&group).pop() else {
        panic!("{:?}", told(&group));
    };
    let sum = Sum::Busy {
        max_rps: 50.0,
        ms: 8.0,
        cores: 4,
    };
    assert!((load.most - 10.0).abs() < 1e-9);
    assert_eq!(load.sum, Some(sum));
    // A GPU, too.
    let gpu = |target| {
        let json = tracked(r#""max_rps":20,"gpu_ms_per_request":10"#, GPU, target);
        json.replacen('{', r#"{"instance":{"type":"ml.g5.xlarge"},"#, 1)
    };
    check(&[("", gpu(25.0), &[out]), ("", gpu(15.0), &[])]);
    // Of what a target of 70 % of four cores would be, nothing is said where that is out of reach as well.
    let compiled = compile(&file::from_json(&cpu(70.0)).unwrap()).unwrap();
    let of_cores = |warning: &Warning| matches!(warning, Warning::UtilizationOfCores { .. });
    assert!(!compiled.warnings.iter().any(of_cores));
}

#[test]
fn a_maximum_so_low_that_the_metric_never_falls_below_the_target_is_told() {
    let at = |rps: f64, max: u32| {
        format!(
            r#"{{"hours":4,"load_test":{{"max_rps":10}},"scalable_target":{{"MinCapacity":1,"MaxCapacity":{max}}},
            "demand":[{{"shape":{{"steady":{{"rps":{rps}}}}}}}],
            "policies":[{{"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{"TargetValue":300}}}}]}}"#
        )
    };
    let stays = "StaysAtMax policies[0].TargetValue";
    check(&[
        ("40 RPS on 4 are 600 a minute each", at(40.0, 4), &[stays]),
        ("on 8 they are 300", at(40.0, 8), &[]),
        ("there is only one", at(40.0, 1), &[]),
        (
            "a scheduled action raises it",
            at(40.0, 4).replacen('{', r#"{"scheduled_actions":[{"ScheduledActionName":"up","Schedule":"rate(1 hour)","ScalableTargetAction":{"MaxCapacity":9}}],"#, 1),
            &[],
        ),
    ]);
}

fn stepped(alarm: &str, steps: &str) -> String {
    format!(
        r#"{{"load_test":{{"max_rps":10}},"scalable_target":{{"MinCapacity":2,"MaxCapacity":90}},"policies":[{}]}}"#,
        step("p", alarm, steps)
    )
}

fn step(name: &str, alarm: &str, steps: &str) -> String {
    format!(
        r#"{{"PolicyName":"{name}","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{{"AdjustmentType":"ChangeInCapacity",
        "StepAdjustments":[{steps}]}},"Alarm":{{"MetricName":"InvocationsPerInstance",{alarm}}}}}"#
    )
}

const ABOVE: &str = r#"{"MetricIntervalLowerBound":0,"ScalingAdjustment":1}"#;
const BELOW: &str = r#"{"MetricIntervalUpperBound":0,"ScalingAdjustment":-1}"#;

fn alarm(comparison: &str, threshold: f64) -> String {
    format!(r#""ComparisonOperator":"{comparison}","Threshold":{threshold}"#)
}

#[test]
fn a_threshold_that_is_never_reached_or_never_left_is_told() {
    let (greater, or_equal) = ("GreaterThanThreshold", "GreaterThanOrEqualToThreshold");
    let (less, or_less) = ("LessThanThreshold", "LessThanOrEqualToThreshold");
    let out = |comparison, threshold| stepped(&alarm(comparison, threshold), ABOVE);
    let into = |comparison, threshold| stepped(&alarm(comparison, threshold), BELOW);
    let always = "AlwaysInAlarm policies[0].Threshold";
    let never = "NeverFires policies[0].Threshold";
    let of_five_minutes = |threshold: f64, comparison, steps| {
        stepped(
            &[&alarm(comparison, threshold), r#","Period":300"#].concat(),
            steps,
        )
    };
    check(&[
        ("at 0 already", out(or_equal, 0.0), &[always]),
        (
            "0 is not above 0, but all that comes is",
            out(greater, 0.0),
            &["StaysAtMax policies[0].Threshold"],
        ),
        ("below 0", out(greater, -1.0), &[always]),
        ("as usual", out(or_equal, 400.0), &[]),
        (
            "only once they wait",
            out(greater, 700.0),
            &["BeyondMaximum policies[0].Threshold"],
        ),
        (
            "the sum of five minutes",
            of_five_minutes(2900.0, greater, ABOVE),
            &[],
        ),
        (
            "and beyond",
            of_five_minutes(3100.0, greater, ABOVE),
            &["BeyondMaximum policies[0].Threshold"],
        ),
        ("never below 0", into(less, 0.0), &[never]),
        ("0 itself", into(or_less, 0.0), &[]),
        ("never", into(or_less, -1.0), &[never]),
        ("as usual", into(less, 300.0), &[]),
        ("at full load, too", into(less, 601.0), &[always]),
        ("but not then", into(less, 600.0), &[]),
        ("then as well", into(or_less, 600.0), &[always]),
    ]);
}

#[test]
fn steps_on_the_wrong_side_are_told() {
    let above = alarm("GreaterThanThreshold", 300.0);
    let below = alarm("LessThanThreshold", 200.0);
    let both = [BELOW, ABOVE].join(",");
    let (up, down) = (
        BELOW.replace("-1", "1"),
        ABOVE.replace("\"ScalingAdjustment\":1", "\"ScalingAdjustment\":-1"),
    );
    check(&[
        (
            "one of two",
            stepped(&above, &both),
            &["StepNotThere policies[0].StepAdjustments[0]"],
        ),
        (
            "the other",
            stepped(&below, &both),
            &["StepNotThere policies[0].StepAdjustments[1]"],
        ),
        ("where it fires", stepped(&above, ABOVE), &[]),
        // All of them: that is told already, of the policy.
        ("none is there", stepped(&above, BELOW), &[]),
        (
            "more load, less capacity",
            stepped(&above, &down),
            &["ScalesTheWrongWay policies[0].ScalingAdjustment"],
        ),
        (
            "less load, more capacity",
            stepped(&below, &up),
            &["ScalesTheWrongWay policies[0].ScalingAdjustment"],
        ),
        (
            "an exact capacity goes either way",
            stepped(&below, &up).replace("ChangeInCapacity", "ExactCapacity"),
            &[],
        ),
    ]);
}

#[test]
fn a_step_that_begins_above_all_that_the_metric_can_be_is_told() {
    // 50 × 8 ms is 40 %.
    let cpu = |threshold: f64, lower: f64| {
        let steps = format!(
            r#"{{"MetricIntervalLowerBound":0,"MetricIntervalUpperBound":{lower},"ScalingAdjustment":1}},
            {{"MetricIntervalLowerBound":{lower},"ScalingAdjustment":2}}"#
        );
        let json = stepped(&alarm("GreaterThanThreshold", threshold), &steps);
        json.replace("InvocationsPerInstance", "CPUUtilization")
            .replace(r#""max_rps":10"#, r#""max_rps":50,"cpu_ms_per_request":8"#)
    };
    check(&[
        (
            "30 + 20",
            cpu(30.0, 20.0),
            &["StepOutOfReach policies[0].StepAdjustments[1]"],
        ),
        ("30 + 10 is just reached", cpu(30.0, 10.0), &[]),
        (
            "the alarm itself is out of reach",
            cpu(70.0, 20.0),
            &["OutOfReach policies[0].Threshold"],
        ),
    ]);
}

#[test]
fn thresholds_that_cross_are_told() {
    let pair = |out: f64, into: f64, out_steps: &str, comparisons: [&str; 2]| {
        format!(
            r#"{{"load_test":{{"max_rps":10}},"scalable_target":{{"MinCapacity":2,"MaxCapacity":90}},"policies":[{},{}]}}"#,
            step("out", &alarm(comparisons[0], out), out_steps),
            step("in", &alarm(comparisons[1], into), BELOW)
        )
    };
    let strict = ["GreaterThanThreshold", "LessThanThreshold"];
    let inclusive = [
        "GreaterThanOrEqualToThreshold",
        "LessThanOrEqualToThreshold",
    ];
    let further = r#"{"MetricIntervalLowerBound":100,"ScalingAdjustment":1}"#;
    let cross = "ThresholdsCross policies[1].Threshold";
    let with_target = |comparison: &str, threshold: f64, steps: &str, rest: &str| {
        format!(
            r#"{{"load_test":{{"max_rps":20}},"scalable_target":{{"MinCapacity":2,"MaxCapacity":90}},"policies":[
            {{"PolicyName":"track","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{"TargetValue":600{rest}}}}},{}]}}"#,
            step("p", &alarm(comparison, threshold), steps)
        )
    };
    check(&[
        (
            "in below 400, out above 300",
            pair(300.0, 400.0, ABOVE, strict),
            &[cross],
        ),
        ("with room", pair(400.0, 300.0, ABOVE, strict), &[]),
        (
            "at one place, which neither takes",
            pair(300.0, 300.0, ABOVE, strict),
            &[],
        ),
        (
            "which both take",
            pair(300.0, 300.0, ABOVE, inclusive),
            &[cross],
        ),
        (
            "the step begins only beyond",
            pair(300.0, 390.0, further, strict),
            &[],
        ),
        (
            "not far enough",
            pair(300.0, 410.0, further, strict),
            &[cross],
        ),
        (
            "in below 700, target 600",
            with_target(strict[1], 700.0, BELOW, ""),
            &[cross],
        ),
        (
            "in below 500",
            with_target(strict[1], 500.0, BELOW, ""),
            &[],
        ),
        (
            "out above 500, AlarmLow 540",
            with_target(strict[0], 500.0, ABOVE, ""),
            &["ThresholdsCross policies[0].Threshold"],
        ),
        (
            "which removes nothing",
            with_target(strict[0], 500.0, ABOVE, r#","DisableScaleIn":true"#),
            &[],
        ),
        (
            "out above 900",
            with_target(strict[0], 900.0, ABOVE, ""),
            &[],
        ),
    ]);
}

#[test]
fn what_one_request_does_not_wake_is_told() {
    let from_zero = |platform: &str, metric: &str, alarm: &str, steps: &str, kind: &str| {
        format!(
            r#"{{"platform":"{platform}","scalable_target":{{"MinCapacity":0,"MaxCapacity":4}},"policies":[{{"PolicyName":"wake",
            "PolicyType":"StepScaling","StepScalingPolicyConfiguration":{{"AdjustmentType":"{kind}","StepAdjustments":[{steps}]}},
            "Alarm":{{"MetricName":"{metric}",{alarm}}}}}]}}"#
        )
    };
    let change = "ChangeInCapacity";
    let at_one = alarm("GreaterThanOrEqualToThreshold", 1.0);
    let above_one = alarm("GreaterThanThreshold", 1.0);
    let once = |alarm: &str| [alarm, r#","EvaluationPeriods":1"#].concat();
    let copies = |alarm: &str, kind| {
        let (platform, metric) = (
            "sagemaker_inference_component",
            "NoCapacityInvocationFailures",
        );
        from_zero(platform, metric, alarm, ABOVE, kind)
    };
    let queue = |metric, alarm: &str, steps| {
        from_zero("sagemaker_asynchronous", metric, alarm, steps, change)
    };
    let (flag, size) = ("HasBacklogWithoutCapacity", "ApproximateBacklogSize");
    let several = "WakesAtSeveral policies[0].Threshold";
    let late = "WakesLate policies";
    check(&[
        ("one failure", copies(&once(&at_one), change), &[]),
        (
            "AWS's example needs two",
            copies(&once(&above_one), change),
            &[several],
        ),
        (
            "in two minutes",
            copies(&[&*at_one, r#","EvaluationPeriods":2"#].concat(), change),
            &[several],
        ),
        (
            "in one of two minutes",
            copies(
                &[&*at_one, r#","EvaluationPeriods":2,"DatapointsToAlarm":1"#].concat(),
                change,
            ),
            &[],
        ),
        (
            "a percentage of nothing",
            copies(&once(&at_one), "PercentChangeInCapacity"),
            &[several, "NoCopyWakes"],
        ),
        ("one that waits", queue(flag, &at_one, ABOVE), &[]),
        (
            "it is 1 at most",
            queue(flag, &above_one, ABOVE),
            &[several, late, "OutOfReach policies[0].Threshold"],
        ),
        ("a queue of one", queue(size, &at_one, ABOVE), &[]),
        ("of two", queue(size, &above_one, ABOVE), &[several]),
        (
            "the step begins beyond one",
            queue(
                size,
                &at_one,
                r#"{"MetricIntervalLowerBound":3,"ScalingAdjustment":1}"#,
            ),
            &[several, late],
        ),
        (
            "it expires before it is seen",
            queue(
                flag,
                &[&*at_one, r#","Period":300,"EvaluationPeriods":2"#].concat(),
                ABOVE,
            )
            .replacen('{', r#"{"asynchronous":{"RequestTTLSeconds":600},"#, 1),
            &[several, late],
        ),
    ]);
    let by_target = |target: f64| {
        format!(
            r#"{{"platform":"sagemaker_asynchronous","scalable_target":{{"MinCapacity":0,"MaxCapacity":4}},"policies":[{{"PolicyName":"b",
            "PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{"TargetValue":{target},
            "CustomizedMetricSpecification":{{"MetricName":"ApproximateBacklogSizePerInstance"}}}}}}]}}"#
        )
    };
    check(&[
        ("1 is not above 1", by_target(1.0), &[late]),
        ("it is above a half", by_target(0.5), &[]),
    ]);
}

#[test]
fn an_action_whose_bounds_cross_when_it_is_due_is_told() {
    let with = |actions: &str| {
        format!(
            r#"{{"start":"2026-06-01","hours":48,"time_zone":"UTC","scalable_target":{{"MinCapacity":2,"MaxCapacity":8}},
            "scheduled_actions":[{actions}]}}"#
        )
    };
    let action = |name: &str, hour: u32, bounds: &str| {
        format!(
            r#"{{"ScheduledActionName":"{name}","Schedule":"cron(0 {hour} * * ? *)","ScalableTargetAction":{{{bounds}}}}}"#
        )
    };
    let up = action("up", 6, r#""MaxCapacity":30"#);
    let pin = action("pin", 8, r#""MinCapacity":20"#);
    let down = action("down", 20, r#""MaxCapacity":1"#);
    let night = action("night", 20, r#""MinCapacity":1,"MaxCapacity":8"#);
    let of_min = |place: usize| format!("ActionBoundsCross scheduled_actions[{place}].MinCapacity");
    let of_max = |place: usize| format!("ActionBoundsCross scheduled_actions[{place}].MaxCapacity");
    let both = [&*up, &*pin].join(",");
    for (why, actions, expected) in [
        ("20 above 8", pin.clone(), vec![of_min(0)]),
        ("above 30 it is not", both.clone(), vec![]),
        (
            "the day after the other comes first",
            [&*both, &*night].join(","),
            vec![],
        ),
        (
            "which is taken back every evening, and comes too late the next morning",
            [&*action("late", 9, r#""MaxCapacity":30"#), &*pin, &*night].join(","),
            vec![of_min(1)],
        ),
        ("1 below 2", down, vec![of_max(0)]),
        (
            "both at once",
            action("both", 8, r#""MinCapacity":20,"MaxCapacity":30"#),
            vec![],
        ),
    ] {
        assert_eq!(fields(&with(&actions)), expected, "{why}");
    }
    let suspended = with(&pin).replace(
        r#""MaxCapacity":8}"#,
        r#""MaxCapacity":8,"SuspendedState":{"ScheduledScalingSuspended":true}}"#,
    );
    assert_eq!(fields(&suspended), Vec::<String>::new());
    let expected = Warning::ActionBoundsCross {
        action: 0,
        min: 20,
        max: 8,
        sets_min: true,
    };
    assert_eq!(told(&with(&pin)), [expected]);
}

#[test]
fn an_action_that_is_read_in_utc_is_told_where_that_differs() {
    let with = |start: &str, zone: &str, schedule: &str, own: &str| {
        format!(
            r#"{{"start":"{start}","time_zone":"{zone}","scheduled_actions":[{{"ScheduledActionName":"a","Schedule":"{schedule}"{own},
            "ScalableTargetAction":{{"MinCapacity":3,"MaxCapacity":12}}}}]}}"#
        )
    };
    let cron = "cron(0 9 * * ? *)";
    let utc = "ActionInUtc scheduled_actions[0].Timezone";
    check(&[
        (
            "summer in London",
            with("2026-06-01", "Europe/London", cron, ""),
            &[utc],
        ),
        (
            "winter in London",
            with("2026-12-01", "Europe/London", cron, ""),
            &[],
        ),
        (
            "Seoul",
            with("2026-12-01", "Asia/Seoul", "at(2026-12-01T06:00:00)", ""),
            &[utc],
        ),
        ("UTC", with("2026-06-01", "UTC", cron, ""), &[]),
        (
            "said to be in UTC",
            with("2026-06-01", "Asia/Seoul", cron, r#","Timezone":"UTC""#),
            &[],
        ),
        (
            "a rate has no clock",
            with("2026-06-01", "Asia/Seoul", "rate(5 hours)", ""),
            &[],
        ),
    ]);
}

#[test]
fn no_shipped_scenario_has_any_of_them() {
    for preset in presets::all() {
        let json = file::to_json(&preset.scenario());
        assert_eq!(told(&json), [], "{}", preset.id);
    }
}

#[test]
fn a_policy_changes_to_a_metric_that_is_published() {
    for (platform, policy, expected) in [
        (
            Platform::SagemakerAsynchronous,
            "{}",
            MetricName::ApproximateBacklogSizePerInstance,
        ),
        (
            Platform::SagemakerRealTime,
            r#"{"policies":[{"PolicyName":"ApproximateBacklogSize","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{
                "TargetValue":5,"CustomizedMetricSpecification":{"MetricName":"ApproximateBacklogSize"}}}]}"#,
            MetricName::InvocationsPerInstance,
        ),
        (
            Platform::SagemakerAsynchronous,
            r#"{"policies":[{"PolicyName":"InvocationsPerInstance","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{},
                "Alarm":{"MetricName":"InvocationsPerInstance","Threshold":700,"Namespace":"AWS/SageMaker","Statistic":"Sum"}}]}"#,
            MetricName::ApproximateBacklogSizePerInstance,
        ),
    ] {
        let mut scenario = file::from_json(policy).unwrap();
        scenario.platform = platform;
        let is_told = |scenario: &crate::document::Scenario| {
            let compiled = compile(scenario).unwrap();
            let told = |warning: &Warning| matches!(warning, Warning::NotPublished { policy: 0, right, .. } if *right == expected);
            compiled.warnings.iter().any(told)
        };
        assert!(is_told(&scenario), "{policy}");
        scenario.use_published(0);
        assert_eq!(scenario.policies[0].metric(), expected);
        assert_eq!(scenario.policies[0].policy_name, expected.name());
        assert!(!is_told(&scenario), "{policy}");
        // Nothing is left to change.
        let done = scenario.clone();
        scenario.use_published(0);
        assert_eq!(scenario, done);
    }
}
