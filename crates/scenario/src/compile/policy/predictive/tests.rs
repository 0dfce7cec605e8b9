//! What AWS takes for a predictive scaling policy, what becomes of it, and what is known before the run.

use engine::forecast;

use crate::{
    compile::{
        Compiled, ProblemKind, Warning, compile,
        tests::{group, is_kept},
    },
    document::{Platform, ScalingPolicy, Scenario},
};

fn policy(name: &str, configuration: &str) -> String {
    format!(
        r#"{{ "PolicyName": "{name}", "PolicyType": "PredictiveScaling", "PredictiveScalingConfiguration": {configuration} }}"#
    )
}

/// Metric, target, whether it scales, buffer in seconds and as a share of MaxCapacity.
fn numbers(scenario: &Scenario) -> Vec<(engine::plan::Metric, f64, bool, f64, Option<f64>)> {
    let plan = compile(scenario).unwrap().plan;
    let predictive = plan.resource.predictive().unwrap();
    let told = predictive.policies.iter().map(|policy| {
        let (metric, target, scales) = (policy.metric, policy.target, policy.scales);
        (
            metric,
            target,
            scales,
            policy.scheduling_buffer_s,
            policy.max_capacity_buffer,
        )
    });
    told.collect()
}

const CPU: engine::plan::Metric = engine::plan::Metric::Utilization {
    percent_s_per_request: 5.0,
    most_percent: 100.0,
};
const REQUESTS: engine::plan::Metric = engine::plan::Metric::InvocationsPerInstance;

#[test]
fn the_user_guides_examples_become_numbers() {
    let cpu40 = r#"{ "MetricSpecifications": [{ "TargetValue": 40,
        "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ASGCPUUtilization" } }] }"#;
    let alb1000 = r#"{ "MetricSpecifications": [{ "TargetValue": 1000,
        "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ALBRequestCount",
            "ResourceLabel": "app/my-alb/778d41231b141a0f/targetgroup/my-alb-target-group/943f017f100becff" } }],
        "Mode": "ForecastAndScale" }"#;
    let cpu70 = r#"{ "MetricSpecifications": [{ "TargetValue": 70,
        "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ASGCPUUtilization" } }],
        "MaxCapacityBreachBehavior": "IncreaseMaxCapacity", "MaxCapacityBuffer": 10 }"#;
    let all = [("a", cpu40), ("b", alb1000), ("c", cpu70), ("d", "{}")];
    let all = all.map(|(name, configuration)| policy(name, configuration));
    let scenario = group(&all.join(","), "");
    assert_eq!(
        numbers(&scenario),
        [
            (CPU, 40.0, false, 300.0, None),
            (REQUESTS, 1000.0, true, 300.0, None),
            (CPU, 70.0, false, 300.0, Some(0.1)),
            // The load test's formula: 20 × 0.5 × 60.
            (REQUESTS, 600.0, false, 300.0, None),
        ]
    );
    is_kept(&scenario);
    // What the form puts in.
    let mut added = scenario;
    added.policies = vec![ScalingPolicy::predictive("new")].into();
    assert_eq!(numbers(&added), [(REQUESTS, 600.0, false, 300.0, None)]);
}

#[test]
fn what_cannot_be_is_told_at_its_field() {
    use ProblemKind::*;
    let pair = |metric: &str| {
        format!(
            r#"{{ "MetricSpecifications": [{{ "PredefinedMetricPairSpecification": {{ {metric} }} }}] }}"#
        )
    };
    let split = |field: &str| {
        format!(
            r#"{{ "MetricSpecifications": [{{ "PredefinedMetricPairSpecification": null, "{field}": {{ "a": [1] }} }}] }}"#
        )
    };
    let most = OtherThan {
        right: "app/<name>/<id>/targetgroup/<name>/<id>",
    };
    let mut cases = vec![
        (
            pair(r#""PredefinedMetricType": "ASGNetworkIn""#),
            "PredefinedMetricType",
            NoTrafficVolume,
        ),
        (
            pair(r#""PredefinedMetricType": "ASGNetworkOut""#),
            "PredefinedMetricType",
            NoTrafficVolume,
        ),
        (pair(r#""ResourceLabel": "my-alb""#), "ResourceLabel", most),
        (
            r#"{ "MetricSpecifications": [] }"#.to_owned(),
            "MetricSpecifications",
            Missing,
        ),
        (
            r#"{ "MetricSpecifications": [{}, {}] }"#.to_owned(),
            "MetricSpecifications",
            TooMany { max: 1 },
        ),
        (
            r#"{ "MetricSpecifications": [{ "PredefinedMetricPairSpecification": null }] }"#
                .to_owned(),
            "PredefinedMetricPairSpecification",
            Missing,
        ),
        (
            r#"{ "MetricSpecifications": [{ "TargetValue": 0 }] }"#.to_owned(),
            "TargetValue",
            TooSmall { min: 0.001 },
        ),
        (
            r#"{ "SchedulingBufferTime": 3600 }"#.to_owned(),
            "SchedulingBufferTime",
            TooLarge { max: 3599.0 },
        ),
        (
            r#"{ "MaxCapacityBreachBehavior": "IncreaseMaxCapacity" }"#.to_owned(),
            "MaxCapacityBuffer",
            Missing,
        ),
        (
            r#"{ "MaxCapacityBuffer": 10 }"#.to_owned(),
            "MaxCapacityBuffer",
            OnlyForIncrease,
        ),
        (
            r#"{ "MaxCapacityBreachBehavior": "IncreaseMaxCapacity", "MaxCapacityBuffer": 101 }"#
                .to_owned(),
            "MaxCapacityBuffer",
            TooLarge { max: 100.0 },
        ),
    ];
    for field in [
        "PredefinedScalingMetricSpecification",
        "PredefinedLoadMetricSpecification",
        "CustomizedScalingMetricSpecification",
        "CustomizedLoadMetricSpecification",
        "CustomizedCapacityMetricSpecification",
    ] {
        cases.push((split(field), field, OnlyAsPair));
    }
    let problems = |scenario: &Scenario| -> Vec<(String, ProblemKind)> {
        let problems = compile(scenario).err().unwrap_or_default();
        (problems.into_iter())
            .map(|problem| (problem.field.to_string(), problem.kind))
            .collect()
    };
    for (configuration, field, kind) in cases {
        let scenario = group(&policy("a", &configuration), "");
        let expected = vec![(format!("policies[0].{field}"), kind)];
        assert_eq!(problems(&scenario), expected, "{configuration}");
    }
    let scales = r#"{ "Mode": "ForecastAndScale" }"#;
    let three = [policy("a", "{}"), policy("b", scales), policy("c", scales)];
    let mut scenario = group(&three.join(","), "");
    let expected = ("policies[2].Mode".to_owned(), AnotherScales { other: 1 });
    assert_eq!(problems(&scenario), [expected]);
    scenario.policies = scenario.policies.into_iter().take(1).collect();
    scenario.move_to(Platform::SagemakerRealTime);
    let expected = ("policies[0].PolicyType".to_owned(), OnlyOfGroups);
    assert_eq!(problems(&scenario), [expected]);
}

/// Forecast capacity by the hour, at ten requests per second for an instance.
fn forecast_of(beside: &str) -> Vec<u32> {
    let scenario = group(&policy("a", "{}"), beside);
    let Compiled { plan, .. } = compile(&scenario).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let forecasts = forecast::of(&plan);
    (forecasts[0].hours.iter())
        .map(|hour| hour.capacity)
        .collect()
}

#[test]
fn what_repeats_has_been_so_for_two_weeks() {
    // 2026-11-28 is a Saturday, and the 28th.
    let steady = r#"{ "shape": { "steady": { "rps": 5 } } }"#;
    let office = |days: &str| {
        format!(
            r#"{{ "shape": {{ "office_hours": {{ "days": [{days}], "from": "09:00", "to": "11:00", "rps": 35, "ramp_min": 0 }} }} }}"#
        )
    };
    let event = r#"{ "shape": { "event": { "at": "2026-11-28T09:00", "rps": 95, "ramp_up_min": 0, "hold_min": 120, "decay_min": 0 } } }"#;
    let growth = r#"{ "shape": { "growth": { "by": { "percent": 50 }, "per": "day" } } }"#;
    let trace = r#"{ "shape": { "trace": { "trace": { "start": "2026-11-28T09:00", "step_s": 3600, "counts": [126000, 126000] }, "scale": 1 } } }"#;
    let off = r#"{ "off": true, "shape": { "steady": { "rps": 500 } } }"#;
    let history = r#", "auto_scaling_group": { "history": "none" }"#;
    // Layers, what is beside them, capacity at eight, nine, ten and eleven.
    type Case<'a> = (&'a [&'a str], &'a str, Option<[u32; 4]>);
    let cases: &[Case] = &[
        (&[steady], "", Some([1, 1, 1, 1])),
        (&[steady, off], "", Some([1, 1, 1, 1])),
        (&[steady, &office(r#""sat""#)], "", Some([1, 4, 4, 1])),
        (&[steady, &office(r#""fri""#)], "", Some([1, 1, 1, 1])),
        (&[steady, event], "", Some([1, 1, 1, 1])),
        (&[steady, growth], "", Some([1, 1, 1, 1])),
        (&[steady, trace], "", Some([1, 4, 4, 1])),
        (&[steady], history, None),
    ];
    for (layers, beside, expected) in cases {
        let beside = format!(r#", "demand": [{}] {beside}"#, layers.join(","));
        let found = forecast_of(&beside);
        let found = found.get(8..12).map(<[u32]>::to_vec);
        assert_eq!(found, expected.map(Vec::from), "{beside}");
    }
    // A recording of a week and a day is repeated after two weeks, so that weekdays stay what they are: both Saturdays
    // before have been recorded, of the Sundays only one.
    let hours = vec!["72000"; 8 * 24].join(",");
    let long = format!(
        r#", "hours": 192, "demand": [{{ "shape": {{ "trace": {{ "trace":
            {{ "start": "2026-11-28T00:00", "step_s": 3600, "counts": [{hours}] }}, "scale": 1 }} }} }}]"#
    );
    let found = forecast_of(&long);
    assert_eq!((found[8], found[24 + 8]), (2, 1));
}

#[test]
fn history_goes_by_the_wall_clock_where_clocks_change() {
    // London's clocks go back on 2026-10-25: before, nine o'clock was eight hours after midnight in UTC. What is forecast
    // goes by hours apart, so half of the Mondays seen say eight.
    let beside = |start: &str| {
        format!(
            r#", "start": "{start}", "demand": [{{ "shape": {{ "office_hours":
                {{ "days": ["mon"], "from": "09:00", "to": "10:00", "rps": 40, "ramp_min": 0 }} }} }}]"#
        )
    };
    for (start, expected) in [
        ("2026-10-19", [0, 4, 0]),
        ("2026-11-02", [2, 2, 0]),
        ("2026-11-09", [0, 4, 0]),
    ] {
        assert_eq!(forecast_of(&beside(start))[8..11], expected, "{start}");
    }
}

#[test]
fn a_policy_that_cannot_help_is_told() {
    let scales = policy("a", r#"{ "Mode": "ForecastAndScale" }"#);
    let buffer = |seconds: &str| {
        let buffer =
            format!(r#"{{ "Mode": "ForecastAndScale", "SchedulingBufferTime": {seconds} }}"#);
        policy("a", &buffer)
    };
    let none = r#", "auto_scaling_group": { "history": "none" }"#;
    let late = |buffer_s: f64, launch_s: f64| Warning::LaunchedTooLate {
        policy: 0,
        buffer_s,
        launch_s,
    };
    for (policy, beside, expected) in [
        (scales.clone(), "", None),
        (
            scales.clone(),
            none,
            Some(Warning::NoForecast { policy: 0 }),
        ),
        (
            scales,
            r#", "hours": 48, "auto_scaling_group": { "history": "none" }"#,
            None,
        ),
        (buffer("240"), "", None),
        (buffer("239"), "", Some(late(239.0, 240.0))),
        (policy("a", r#"{ "SchedulingBufferTime": 0 }"#), "", None),
        // Those of a warm pool come sooner.
        (
            buffer("60"),
            r#", "auto_scaling_group": { "WarmPool": {} }"#,
            None,
        ),
    ] {
        let warnings = compile(&group(&policy, beside)).unwrap().warnings;
        let ours = |warning: &&Warning| {
            matches!(
                warning,
                Warning::NoForecast { .. } | Warning::LaunchedTooLate { .. }
            )
        };
        assert_eq!(
            warnings.iter().find(ours),
            expected.as_ref(),
            "{policy} {beside}"
        );
    }
}
