//! What predictive scaling did, and what it kept from happening.

use engine::run::Cause;
use scenario::{compile::compile, file};
use words::Words;

use crate::{EN, KO, is_whole};

/// The lines that forecasts lead to, with these policies of a group, and this beside them.
fn lines(words: Words, policies: &str, beside: &str) -> Vec<String> {
    let text =
        format!(r#"{{ "platform": "ec2_auto_scaling_group", "policies": [{policies}] {beside} }}"#);
    let scenario = file::from_json(&text).unwrap();
    let compiled = compile(&scenario).unwrap();
    let run = engine::run(&compiled.plan);
    let told = run.activities.iter().filter(|activity| {
        let by_forecast = matches!(activity.cause, Cause::Predictive(_));
        let held = matches!(activity.cause, Cause::Policy(decision) if decision.min_is_forecast);
        by_forecast || held
    });
    told.map(|activity| {
        let line = words.activity(activity, &compiled, &scenario);
        is_whole(&line.text);
        [
            &line.title,
            " | ",
            line.tag,
            " | ",
            line.status,
            " | ",
            &line.text,
        ]
        .concat()
    })
    .collect()
}

fn policy(configuration: &str) -> String {
    format!(
        r#"{{ "PolicyName": "mornings", "PolicyType": "PredictiveScaling", "PredictiveScalingConfiguration": {{ {configuration} }} }}"#
    )
}

/// A machine, and demand that peaks at nine.
const MORNINGS: &str = r#", "instance": { "type": "c5.xlarge", "usd_per_hour": 0.17 }, "demand": [
    { "shape": { "steady": { "rps": 8 } } },
    { "shape": { "office_hours": { "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "from": "09:00", "to": "10:00", "rps": 60, "ramp_min": 0 } } } ]"#;

const SCALES: &str = r#""Mode": "ForecastAndScale""#;

#[test]
fn forecasts_tell_their_numbers() {
    let cpu = r#""Mode": "ForecastAndScale", "MetricSpecifications": [{ "TargetValue": 50,
        "PredefinedMetricPairSpecification": { "PredefinedMetricType": "ASGCPUUtilization" } }]"#;
    let raises = r#""Mode": "ForecastAndScale", "MaxCapacityBreachBehavior": "IncreaseMaxCapacity", "MaxCapacityBuffer": 10"#;
    let max = r#", "scalable_target": { "MinCapacity": 1, "MaxCapacity": 5 }"#;
    for (policies, beside, expected) in [
        (
            policy(SCALES),
            "",
            "2 → 7 | predictive scaling | Successful | Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7.",
        ),
        (
            policy(cpu),
            "",
            "2 → 7 | predictive scaling | Successful | Forecast for 09:00: ASGCPUUtilization 340; ceil(340 ÷ 50) = 7.",
        ),
        (
            policy(SCALES),
            max,
            "1 → 5 | predictive scaling | Successful | Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7, capped by MaxCapacity 5.",
        ),
        (
            policy(raises),
            max,
            "1 → 7 | predictive scaling | Successful | Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7. MaxCapacity is raised to 8, and stays so.",
        ),
        (
            policy(""),
            "",
            "stays 2 | not scaled | ForecastOnly | Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7. It only forecasts (ForecastOnly): else it would scale out to 7.",
        ),
    ] {
        let beside = [MORNINGS, beside].concat();
        let told = lines(EN, &policies, &beside);
        assert_eq!(
            told.first().map(String::as_str),
            Some(expected),
            "{policies}"
        );
        assert_eq!(lines(KO, &policies, &beside).len(), told.len());
    }
}

#[test]
fn what_a_forecast_holds_is_told() {
    // What was busy for two weeks is busy no longer: target tracking would remove what nobody needs.
    let tracking = r#"{ "PolicyName": "tracking", "TargetTrackingConfiguration": {
        "PredefinedMetricSpecification": { "PredefinedMetricType": "ALBRequestCountPerTarget" } } }"#;
    let policies = [tracking, &policy(SCALES)].join(",");
    let fades = r#", "hours": 6, "instance": { "type": "c5.xlarge", "usd_per_hour": 0.17, "initial": 12 },
        "scalable_target": { "MinCapacity": 1 }, "demand": [
            { "shape": { "steady": { "rps": 68 } } },
            { "shape": { "growth": { "by": { "percent": -99 }, "per": "day" } } } ],
        "assumptions": { "alarm_low_datapoints": 120 }"#;
    let told = lines(EN, &policies, fades);
    assert!(told[0].starts_with("12 → 7 | "), "{told:?}");
    assert!(
        told[0].ends_with(", held by the forecast of 7."),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("stays 7 | not scaled | Forecast | "),
        "{told:?}"
    );
    let holds = "Predictive scaling has forecast 7 for this hour or the next: fewer are not left.";
    assert!(told[1].contains(holds), "{told:?}");
    assert_eq!(lines(KO, &policies, fades).len(), told.len());
}
