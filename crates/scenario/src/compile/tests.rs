//! What is wrong with scenarios, what is odd, what is filled in, and what their demand comes to in seconds.

use engine::sizing::TargetSlip;

use super::*;
use crate::field::{Field, ItemId};
use crate::{
    document::{
        GrowthBy, GrowthPer, Layer, NoiseFactor, PolicyType, ScalableTargetAction, ScalingPolicy,
        ScheduledAction, Shape, StepAdjustment,
    },
    file, presets,
    schedule::{CronField, FieldProblem, RecurrenceProblem},
    time::{LocalDateTime, LocalTime, Weekday},
    trace::Trace,
};

/// The default scenario with a merge patch on it.
fn with(patch: &str) -> Scenario {
    file::from_json(patch).unwrap_or_else(|error| panic!("{patch}: {error:?}"))
}

fn field(path: &str) -> Field {
    path.parse().unwrap_or_else(|_| panic!("{path}"))
}

fn problems(scenario: &Scenario) -> Vec<(String, ProblemKind)> {
    let problems = compile(scenario).err().unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| (problem.field.to_string(), problem.kind))
        .collect()
}

fn one_layer(shape: Shape) -> Scenario {
    Scenario {
        demand: vec![Layer {
            shape,
            ..Layer::default()
        }]
        .into(),
        ..Scenario::default()
    }
}

#[test]
fn every_field_has_its_range() {
    use ProblemKind::*;
    let cases = [
        (
            r#"{"headroom":0}"#,
            "headroom",
            UnknownVersion { newest: 2 },
        ),
        (
            r#"{"start":"1995-12-31"}"#,
            "start",
            YearOutOfRange {
                from: 1996,
                to: 2099,
            },
        ),
        (
            r#"{"start":"2100-01-01"}"#,
            "start",
            YearOutOfRange {
                from: 1996,
                to: 2099,
            },
        ),
        (r#"{"hours":0}"#, "hours", TooSmall { min: 1.0 }),
        (r#"{"hours":8785}"#, "hours", TooLarge { max: 8784.0 }),
        (
            r#"{"time_zone":"Europe/Londn"}"#,
            "time_zone",
            UnknownTimeZone,
        ),
        (
            r#"{"load_test":{"max_rps":0}}"#,
            "load_test.max_rps",
            TooSmall { min: 0.001 },
        ),
        (
            r#"{"load_test":{"max_rps":1e308}}"#,
            "load_test.max_rps",
            TooLarge { max: 1e7 },
        ),
        (
            r#"{"load_test":{"safety_factor":1.01}}"#,
            "load_test.safety_factor",
            TooLarge { max: 1.0 },
        ),
        (
            r#"{"load_test":{"safety_factor":0}}"#,
            "load_test.safety_factor",
            TooSmall { min: 0.01 },
        ),
        (
            r#"{"load_test":{"p50_ms":0,"p95_ms":1}}"#,
            "load_test.p50_ms",
            TooSmall { min: 0.01 },
        ),
        (
            r#"{"load_test":{"p50_ms":200}}"#,
            "load_test.p95_ms",
            BelowOther {
                other: field("load_test.p50_ms"),
                value: 200.0,
            },
        ),
        (
            r#"{"expected":{"peak_rps":-1}}"#,
            "expected.peak_rps",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"expected":{"peak_rps":5,"quiet_rps":6}}"#,
            "expected.quiet_rps",
            AboveOther {
                other: field("expected.peak_rps"),
                value: 5.0,
            },
        ),
        (
            r#"{"expected":{"fewest_instances":0}}"#,
            "expected.fewest_instances",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"instance":{"type":"c5.xlarge"}}"#,
            "instance.type",
            UnknownInstanceType,
        ),
        (
            r#"{"instance":{"type":"x","usd_per_hour":1}}"#,
            "instance.type",
            UnknownInstanceType,
        ),
        (
            r#"{"instance":{"type":"ml.trn2.48xlarge"}}"#,
            "instance.usd_per_hour",
            Missing,
        ),
        (
            r#"{"instance":{"usd_per_hour":-1}}"#,
            "instance.usd_per_hour",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"instance":{"launch_s":3601}}"#,
            "instance.launch_s",
            TooLarge { max: 3600.0 },
        ),
        (
            r#"{"instance":{"launch_to_s":239}}"#,
            "instance.launch_to_s",
            BelowOther {
                other: field("instance.launch_s"),
                value: 240.0,
            },
        ),
        (
            r#"{"instance":{"removal_s":-1}}"#,
            "instance.removal_s",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"instance":{"initial":0}}"#,
            "instance.initial",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"scalable_target":{"MinCapacity":0}}"#,
            "scalable_target.MinCapacity",
            NoneInService,
        ),
        (
            r#"{"scalable_target":{"MaxCapacity":10001}}"#,
            "scalable_target.MaxCapacity",
            TooLarge { max: 10_000.0 },
        ),
        (
            r#"{"scalable_target":{"MinCapacity":13}}"#,
            "scalable_target.MinCapacity",
            AboveOther {
                other: field("scalable_target.MaxCapacity"),
                value: 12.0,
            },
        ),
        (
            r#"{"service":{"timeout_s":0}}"#,
            "service.timeout_s",
            TooSmall { min: 0.1 },
        ),
        (
            r#"{"service":{"queue_limit_per_instance":-1}}"#,
            "service.queue_limit_per_instance",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"objective":{"availability_pct":100.1}}"#,
            "objective.availability_pct",
            TooLarge { max: 100.0 },
        ),
        (
            r#"{"objective":{"late_ms":-1}}"#,
            "objective.late_ms",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"assumptions":{"metric_delay_s":-1}}"#,
            "assumptions.metric_delay_s",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"assumptions":{"alarm_high_datapoints":0}}"#,
            "assumptions.alarm_high_datapoints",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"assumptions":{"alarm_low_datapoints":1441}}"#,
            "assumptions.alarm_low_datapoints",
            TooLarge { max: 1440.0 },
        ),
        (
            r#"{"assumptions":{"alarm_low_factor":1.1}}"#,
            "assumptions.alarm_low_factor",
            TooLarge { max: 1.0 },
        ),
        (
            r#"{"assumptions":{"extra_evaluation_range":101}}"#,
            "assumptions.extra_evaluation_range",
            TooLarge { max: 100.0 },
        ),
        (
            r#"{"assumptions":{"max_scale_in_step":0}}"#,
            "assumptions.max_scale_in_step",
            TooSmall { min: 1.0 },
        ),
        (
            r#"{"policies":[{"PolicyName":""}]}"#,
            "policies[0].PolicyName",
            Missing,
        ),
        (
            r#"{"policies":[{"PolicyName":"a"},{"PolicyName":"b"},{"PolicyName":"a"}]}"#,
            "policies[2].PolicyName",
            NotUnique { other: 0 },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"TargetValue":0}}]}"#,
            "policies[0].TargetValue",
            TooSmall { min: 0.001 },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"ScaleInCooldown":86401}}]}"#,
            "policies[0].ScaleInCooldown",
            TooLarge { max: 86_400.0 },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"TargetValue":401,"CustomizedMetricSpecification":{"MetricName":"CPUUtilization"}}}]}"#,
            "policies[0].TargetValue",
            TooLarge { max: 400.0 },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"CustomizedMetricSpecification":{"MetricName":"CPUUtilization","Namespace":"AWS/SageMaker"}}}]}"#,
            "policies[0].Namespace",
            OtherThan {
                right: "/aws/sagemaker/Endpoints",
            },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"CustomizedMetricSpecification":{"MetricName":"GPUUtilization"}}}]}"#,
            "policies[0].MetricName",
            NoGpu,
        ),
        (
            r#"{"instance":{"type":"ml.made.up","usd_per_hour":1},"policies":[{"TargetTrackingScalingPolicyConfiguration":{"CustomizedMetricSpecification":{}}}]}"#,
            "policies[0].MetricName",
            UnknownVcpu,
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","Statistic":"Average"}}]}"#,
            "policies[0].Statistic",
            OtherThan { right: "Sum" },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","Period":90}}]}"#,
            "policies[0].Period",
            NotWholeMinutes,
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","Period":10}}]}"#,
            "policies[0].Period",
            TooSmall { min: 60.0 },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"ConcurrentRequestsPerModel","Period":15}}]}"#,
            "policies[0].Period",
            TooSmall { min: 60.0 },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"ConcurrentRequestsPerModel","Statistic":"Sum"}}]}"#,
            "policies[0].Statistic",
            OtherThan { right: "Average" },
        ),
        (
            r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"CustomizedMetricSpecification":{"MetricName":"ConcurrentRequestsPerModel"}}}]}"#,
            "policies[0].MetricName",
            OtherThan {
                right: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
            },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","Period":1800,"EvaluationPeriods":60}}]}"#,
            "policies[0].EvaluationPeriods",
            TooLarge { max: 48.0 },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","Period":7200,"EvaluationPeriods":85}}]}"#,
            "policies[0].EvaluationPeriods",
            TooLarge { max: 84.0 },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance","EvaluationPeriods":2,"DatapointsToAlarm":3}}]}"#,
            "policies[0].DatapointsToAlarm",
            AboveOther {
                other: field("policies[0].EvaluationPeriods"),
                value: 2.0,
            },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance"},"StepScalingPolicyConfiguration":{"StepAdjustments":[]}}]}"#,
            "policies[0].StepAdjustments",
            Missing,
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance"},"StepScalingPolicyConfiguration":{"MinAdjustmentMagnitude":2}}]}"#,
            "policies[0].MinAdjustmentMagnitude",
            OnlyForPercent,
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","Alarm":{"MetricName":"InvocationsPerInstance"},"StepScalingPolicyConfiguration":{"AdjustmentType":"ExactCapacity","StepAdjustments":[{"MetricIntervalLowerBound":0,"ScalingAdjustment":-1}]}}]}"#,
            "policies[0].StepAdjustments[0].ScalingAdjustment",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"policies":[{"PolicyType":"StepScaling","StepScalingPolicyConfiguration":{"Cooldown":300}}]}"#,
            "policies[0].Alarm",
            NoAlarm { is_simple: false },
        ),
        (
            r#"{"headroom":1,"policies":[{"PolicyType":"StepScaling"}]}"#,
            "policies[0].Alarm",
            NoAlarm { is_simple: false },
        ),
        (
            r#"{"platform":"sagemaker_asynchronous","policies":[{"PolicyType":"StepScaling","Alarm":null}]}"#,
            "policies[0].Alarm",
            NoAlarm { is_simple: false },
        ),
        (
            r#"{"platform":"ec2_auto_scaling_group","instance":{"type":"c5.xlarge"},"policies":[{"ScalingAdjustment":1}]}"#,
            "policies[0].Alarm",
            NoAlarm { is_simple: true },
        ),
        (
            r#"{"demand":[{"shape":{"steady":{"rps":-1}}}]}"#,
            "demand[0].steady.rps",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"demand":[{"shape":{"daily_curve":{"quiet_rps":9,"peak_rps":8,"peak_at":"12:00"}}}]}"#,
            "demand[0].daily_curve.peak_rps",
            BelowOther {
                other: field("demand[0].daily_curve.quiet_rps"),
                value: 9.0,
            },
        ),
        (
            r#"{"demand":[{"shape":{"office_hours":{"days":[],"from":"08:00","to":"18:00","rps":1,"ramp_min":0}}}]}"#,
            "demand[0].office_hours.days",
            Missing,
        ),
        (
            r#"{"demand":[{"shape":{"office_hours":{"days":["mon"],"from":"08:00","to":"09:00","rps":1,"ramp_min":31}}}]}"#,
            "demand[0].office_hours.ramp_min",
            RampTooLong { max_min: 30.0 },
        ),
        (
            r#"{"demand":[{"shape":{"month_start":{"days":29,"from":"08:00","to":"09:00","rps":1,"ramp_min":0}}}]}"#,
            "demand[0].month_start.days",
            TooLarge { max: 28.0 },
        ),
        (
            r#"{"demand":[{"shape":{"event":{"at":"2026-11-28T20:00","rps":1,"ramp_up_min":-1,"hold_min":0,"decay_min":0}}}]}"#,
            "demand[0].event.ramp_up_min",
            TooSmall { min: 0.0 },
        ),
        (
            r#"{"demand":[{"shape":{"growth":{"by":{"percent":-100},"per":"day"}}}]}"#,
            "demand[0].growth.by",
            TooSmall { min: -99.0 },
        ),
        (
            r#"{"hours":240,"demand":[{"shape":{"growth":{"by":{"percent":1000},"per":"day"}}}]}"#,
            "demand[0].growth.by",
            TooLarge { max: 298.1 },
        ),
        (
            r#"{"demand":[{"shape":{"noise":{"percent":101}}}]}"#,
            "demand[0].noise.percent",
            TooLarge { max: 100.0 },
        ),
        (
            r#"{"demand":[{"shape":{"trace":{"scale":-1,"trace":{"start":"2026-11-28T00:00","step_s":60,"counts":[1]}}}}]}"#,
            "demand[0].trace.scale",
            TooSmall { min: 0.0 },
        ),
    ];
    for (patch, field, kind) in cases {
        assert_eq!(
            problems(&with(patch)),
            [(field.to_owned(), kind)],
            "{patch}"
        );
    }
}

#[test]
fn texts_and_lists_have_their_lengths() {
    use ProblemKind::*;
    let mut scenario = Scenario {
        name: "가".repeat(81),
        ..Scenario::default()
    };
    scenario.demand = vec![Layer::default(); 101].into();
    scenario.scheduled_actions = vec![ScheduledAction::default(); 201].into();
    scenario.policies = vec![ScalingPolicy::default(); 51].into();
    let expected = [
        ("name", TooLong { max: 80 }),
        ("demand", TooMany { max: 100 }),
        ("policies", TooMany { max: 50 }),
        ("scheduled_actions", TooMany { max: 200 }),
    ];
    assert_eq!(
        problems(&scenario),
        expected.map(|(field, kind)| (field.to_owned(), kind))
    );
    scenario.name = "가".repeat(80);
    scenario.demand = scenario.demand.into_iter().take(100).collect();
    scenario.scheduled_actions.clear();
    scenario.policies = scenario.policies.into_iter().take(1).collect();
    assert_eq!(problems(&scenario), []);
    let mut policy = ScalingPolicy::step("steps");
    policy.step_scaling.as_mut().unwrap().steps = vec![StepAdjustment::default(); 21].into();
    let steps = Scenario {
        policies: vec![policy].into(),
        ..Scenario::default()
    };
    assert_eq!(
        problems(&steps),
        [(
            "policies[0].StepAdjustments".to_owned(),
            TooMany { max: 20 }
        )]
    );
    scenario.demand[7].name = "x".repeat(81);
    assert_eq!(
        problems(&scenario),
        [("demand[7].name".to_owned(), TooLong { max: 80 })]
    );
}

#[test]
fn what_is_no_number_is_found_wherever_it_is() {
    let mut scenario = Scenario::default();
    scenario.load_test.max_rps = f64::NAN;
    scenario.instance.launch_s = f64::INFINITY;
    scenario.service.queue_limit_per_instance = Some(f64::NEG_INFINITY);
    scenario.policies[0]
        .target_tracking
        .as_mut()
        .unwrap()
        .target_value = Some(f64::NAN);
    scenario.demand[0].shape = Shape::Steady { rps: f64::NAN };
    scenario.demand[1].shape = Shape::Growth {
        by: GrowthBy::Percent(f64::NAN),
        per: GrowthPer::Day,
    };
    let found = problems(&scenario);
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    let expected = [
        "demand[0].steady.rps",
        "demand[1].growth.by",
        "load_test.max_rps",
        "instance.launch_s",
        "service.queue_limit_per_instance",
        "policies[0].TargetValue",
    ];
    assert_eq!(fields, expected, "all at once");
    assert!(
        found
            .iter()
            .all(|(_, kind)| *kind == ProblemKind::NotANumber)
    );
}

#[test]
fn schedules_are_read_or_explained() {
    use ProblemKind::Schedule;
    let action = |schedule: &str| ScheduledAction {
        name: "a".to_owned(),
        schedule: schedule.to_owned(),
        action: ScalableTargetAction {
            min_capacity: Some(6),
            max_capacity: None,
        },
        ..ScheduledAction::default()
    };
    let cases = [
        ("at(2026-11-28T19:30:00)", None),
        ("", Some(ProblemKind::Missing)),
        (
            "at(2026-11-28T19:30)",
            Some(Schedule(ScheduleProblem::NotADateTime)),
        ),
        (
            "at(2026-11-28 19:30:00)",
            Some(Schedule(ScheduleProblem::NotADateTime)),
        ),
        (
            "at(2026-11-31T19:30:00)",
            Some(Schedule(ScheduleProblem::NotADateTime)),
        ),
        ("at()", Some(Schedule(ScheduleProblem::NotADateTime))),
        (
            "at(2026-11-28T19:30:00Z)",
            Some(Schedule(ScheduleProblem::ZoneInside)),
        ),
        (
            "at(2026-11-28T19:30:00+09:00)",
            Some(Schedule(ScheduleProblem::ZoneInside)),
        ),
        ("cron(30 6 * * ? *)", None),
        ("rate(1 hour)", None),
        (
            "rate(1 hours)",
            Some(Schedule(ScheduleProblem::RateIsOne { unit: "hour" })),
        ),
        (
            "AT(2026-11-28T19:30:00)",
            Some(Schedule(ScheduleProblem::Unknown)),
        ),
        ("19:30", Some(Schedule(ScheduleProblem::Unknown))),
    ];
    for (schedule, problem) in cases {
        let scenario = Scenario {
            scheduled_actions: vec![action(schedule)].into(),
            ..Scenario::default()
        };
        let expected: Vec<_> = problem
            .into_iter()
            .map(|kind| ("scheduled_actions[0].Schedule".to_owned(), kind))
            .collect();
        assert_eq!(problems(&scenario), expected, "{schedule}");
    }
    let mut bad = action("at(2026-11-28T19:30:00)");
    bad.name = " a/b".to_owned();
    bad.time_zone = Some("Nowhere".to_owned());
    bad.action = ScalableTargetAction::default();
    let scenario = Scenario {
        scheduled_actions: vec![bad].into(),
        ..Scenario::default()
    };
    let expected = [
        (
            "scheduled_actions[0].ScheduledActionName",
            ProblemKind::BadCharacters,
        ),
        ("scheduled_actions[0].MinCapacity", ProblemKind::Missing),
        (
            "scheduled_actions[0].Timezone",
            ProblemKind::UnknownTimeZone,
        ),
    ];
    assert_eq!(
        problems(&scenario),
        expected.map(|(field, kind)| (field.to_owned(), kind))
    );
}

/// An action of a group as a file has it, and what is wrong with it, by its field.
#[test]
fn an_action_of_a_group_is_taken_or_explained() {
    use ProblemKind::{AboveOther, BelowOther, Missing, NotBeside, TooLarge, TooLong};
    let below = |value| BelowOther {
        other: field("scheduled_actions[0].MinCapacity"),
        value,
    };
    let above = |value| AboveOther {
        other: field("scheduled_actions[0].MaxCapacity"),
        value,
    };
    let long = format!(r#""Recurrence": "{}", "MinSize": 1"#, "0,".repeat(130));
    let cases: [(&str, Option<(&str, ProblemKind)>); 14] = [
        (
            r#""Recurrence": "0 20 * * *", "MinSize": 0, "MaxSize": 10, "DesiredCapacity": 0"#,
            None,
        ),
        (r#""Recurrence": "0 8 1 * 1", "DesiredCapacity": 3"#, None),
        (r#""Recurrence": "@daily", "DesiredCapacity": 0"#, None),
        (
            r#""Recurrence": "0 8 * * *", "MinSize": 3, "MaxSize": 3, "DesiredCapacity": 3"#,
            None,
        ),
        (r#""Schedule": "rate(1 hour)", "DesiredCapacity": 3"#, None),
        (
            r#""Recurrence": "0 8 * * *", "MinSize": 5, "DesiredCapacity": 3"#,
            Some(("DesiredCapacity", below(5.0))),
        ),
        (
            r#""Recurrence": "0 8 * * *", "MaxSize": 2, "DesiredCapacity": 3"#,
            Some(("DesiredCapacity", above(2.0))),
        ),
        (
            r#""Recurrence": "0 8 * * *", "MaxSize": 0, "DesiredCapacity": 1"#,
            Some(("DesiredCapacity", above(0.0))),
        ),
        (
            r#""Recurrence": "0 8 * * *", "MinSize": 1, "DesiredCapacity": 0"#,
            Some(("DesiredCapacity", below(1.0))),
        ),
        (
            r#""Recurrence": "0 8 * * *", "DesiredCapacity": 10001"#,
            Some(("DesiredCapacity", TooLarge { max: 10_000.0 })),
        ),
        (r#""DesiredCapacity": 3"#, Some(("Schedule", Missing))),
        (
            r#""Schedule": "rate(1 hour)", "Recurrence": "0 8 * * *", "MinSize": 1"#,
            Some((
                "Recurrence",
                NotBeside {
                    other: field("scheduled_actions[0].Schedule"),
                },
            )),
        ),
        (
            r#""Recurrence": "0 8 ? * 1", "MinSize": 1"#,
            Some((
                "Recurrence",
                ProblemKind::Schedule(ScheduleProblem::Recurrence(RecurrenceProblem::Field {
                    field: CronField::DayOfMonth,
                    problem: FieldProblem::NotHere { mark: '?' },
                })),
            )),
        ),
        (&long, Some(("Recurrence", TooLong { max: 255 }))),
    ];
    for (fields, problem) in cases {
        let action = format!(r#"{{ "ScheduledActionName": "n", {fields} }}"#);
        let mut scenario = group(
            "",
            r#", "scalable_target": { "MinCapacity": 0, "MaxCapacity": 10 }"#,
        );
        scenario.scheduled_actions = vec![serde_json::from_str(&action).unwrap()].into();
        is_kept(&scenario);
        let expected: Vec<_> = problem
            .into_iter()
            .map(|(field, kind)| (format!("scheduled_actions[0].{field}"), kind))
            .collect();
        assert_eq!(problems(&scenario), expected, "{fields}");
    }
}

#[test]
fn schedules_that_recur_fire_all_through_the_run() {
    let action = |name: &str, schedule: &str| ScheduledAction {
        name: name.to_owned(),
        schedule: schedule.to_owned(),
        action: ScalableTargetAction {
            min_capacity: Some(2),
            max_capacity: None,
        },
        ..ScheduledAction::default()
    };
    let run = |actions: Vec<ScheduledAction>, hours: u32| Scenario {
        start: "2026-12-01".parse().unwrap(),
        hours,
        demand: vec![Layer::default()].into(),
        scheduled_actions: actions.into(),
        ..Scenario::default()
    };
    let scenario = run(
        vec![
            action("noon", "cron(0 12 * * ? *)"),
            action("rate", "rate(18 hours)"),
            action("never", "cron(0 0 30 2 ? *)"),
            action("noon too", "cron(0 12 * * ? *)"),
        ],
        48,
    );
    let compiled = compile(&scenario).unwrap();
    let due: Vec<_> = (compiled.plan.scheduled_actions.iter())
        .map(|action| (action.at_s / 3600.0, action.index))
        .collect();
    let expected = [
        (12.0, 0),
        (12.0, 3),
        (18.0, 1),
        (36.0, 0),
        (36.0, 1),
        (36.0, 3),
    ];
    assert_eq!(due, expected);
    let outside = |action| Warning::ActionOutsideRun { action };
    assert!(compiled.warnings.contains(&outside(2)) && !compiled.warnings.contains(&outside(0)));

    // 20,000 minutes are 333 hours and 20 minutes, of all actions together.
    for (schedules, hours, wrong) in [
        (&["rate(1 minute)"][..], 333, None),
        (&["rate(1 minute)"], 334, Some(0)),
        (&["cron(* * * * ? *)", "rate(2 minutes)"], 223, Some(1)),
        (&["cron(* * * * ? *)", "rate(2 minutes)"], 222, None),
        (
            &["cron(* * * * ? *)", "rate(1 minute)", "rate(1 day)"],
            8784,
            Some(0),
        ),
    ] {
        let actions = (schedules.iter().enumerate())
            .map(|(index, schedule)| action(&index.to_string(), schedule))
            .collect();
        let found = compile(&run(actions, hours)).err().unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|problem| (problem.field, &problem.kind))
            .collect();
        let many = ProblemKind::Schedule(ScheduleProblem::TooOften { max: 20_000 });
        let schedule = |id| ScheduledAction::schedule.of(ItemId(id));
        let first: Vec<_> = wrong.iter().map(|id| (schedule(*id), &many)).collect();
        assert_eq!(
            found.get(..1).unwrap_or_default(),
            first,
            "{schedules:?} {hours}"
        );
    }
}

#[test]
fn start_and_end_of_an_action_are_checked() {
    let moment = |text: &str| text.parse().unwrap();
    for (start, end, expected) in [
        ("2026-11-28T00:00:00Z", "2026-11-28T00:00:01Z", vec![]),
        (
            "2026-11-28T00:00:00Z",
            "2026-11-28T00:00:00Z",
            vec![(
                "EndTime",
                ProblemKind::NotAfter {
                    other: field("scheduled_actions[0].StartTime"),
                },
            )],
        ),
        (
            "1995-12-31T23:59:59Z",
            "2101-01-01T00:00:00Z",
            ["StartTime", "EndTime"]
                .map(|field| {
                    (
                        field,
                        ProblemKind::YearOutOfRange {
                            from: 1996,
                            to: 2100,
                        },
                    )
                })
                .to_vec(),
        ),
    ] {
        let scenario = Scenario {
            scheduled_actions: vec![ScheduledAction {
                name: "a".to_owned(),
                schedule: "rate(1 hour)".to_owned(),
                start_time: Some(moment(start)),
                end_time: Some(moment(end)),
                action: ScalableTargetAction {
                    min_capacity: Some(2),
                    max_capacity: None,
                },
                ..ScheduledAction::default()
            }]
            .into(),
            ..Scenario::default()
        };
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(field, kind)| (format!("scheduled_actions[0].{field}"), kind))
            .collect();
        assert_eq!(problems(&scenario), expected, "{start} {end}");
    }
    let long = Scenario {
        scheduled_actions: vec![ScheduledAction {
            name: "a".to_owned(),
            schedule: format!("cron({}* * * * ? *)", " ".repeat(1600)),
            action: ScalableTargetAction {
                min_capacity: Some(2),
                max_capacity: None,
            },
            ..ScheduledAction::default()
        }]
        .into(),
        ..Scenario::default()
    };
    let too_long = ProblemKind::TooLong { max: 1600 };
    assert_eq!(
        problems(&long),
        [("scheduled_actions[0].Schedule".to_owned(), too_long)]
    );
}

#[test]
fn scheduled_actions_fire_by_their_own_clock_in_order() {
    let action = |name: &str, schedule: &str, zone: Option<&str>, min, max| ScheduledAction {
        name: name.to_owned(),
        schedule: schedule.to_owned(),
        time_zone: zone.map(str::to_owned),
        action: ScalableTargetAction {
            min_capacity: min,
            max_capacity: max,
        },
        ..ScheduledAction::default()
    };
    let scenario = Scenario {
        start: "2026-07-07".parse().unwrap(),
        demand: vec![Layer::default()].into(),
        scheduled_actions: vec![
            action(
                "b",
                "at(2026-07-07T20:00:00)",
                Some("Europe/London"),
                Some(6),
                None,
            ),
            action("a", "at(2026-07-07T18:00:00)", None, None, Some(20)),
            action("early", "at(2026-07-06T22:59:59)", None, Some(1), None),
            action("late", "at(2026-07-07T23:00:00)", None, Some(1), None),
        ]
        .into(),
        ..Scenario::default()
    };
    let compiled = compile(&scenario).unwrap();
    let due: Vec<_> = (compiled.plan.scheduled_actions.iter())
        .map(|action| (action.at_s, action.index, action.min, action.max))
        .collect();
    // British summer time: 18:00 UTC is 19:00 in London.
    assert_eq!(
        due,
        [(68_400.0, 1, None, Some(20)), (72_000.0, 0, Some(6), None)]
    );
    for action in [2, 3] {
        assert!(
            compiled
                .warnings
                .contains(&Warning::ActionOutsideRun { action })
        );
    }
}

#[test]
fn what_is_left_open_is_filled_in() {
    let resolved = |patch: &str| compile(&with(patch)).unwrap().resolved;
    let default = resolved("{}");
    assert_eq!((default.target, default.formula_target), (600.0, 600.0));
    assert_eq!(
        (default.min, default.max, default.fewest_instances),
        (2, 12, 2)
    );
    // 34 requests per second at midnight ask for 4 instances at 10 each.
    assert_eq!(default.initial, 4);
    assert_eq!(
        (default.price.usd_per_hour, default.price.kind),
        (0.204, PriceKind::Quoted)
    );
    assert!(
        (147.0..149.0).contains(&default.peak_rps),
        "{}",
        default.peak_rps
    );
    // A bound that is given pulls the other along.
    let open = resolved(r#"{"scalable_target":{"MaxCapacity":null}}"#);
    assert_eq!((open.min, open.max), (2, 15));
    let low = resolved(r#"{"scalable_target":{"MaxCapacity":1}}"#);
    assert_eq!((low.min, low.max, low.initial), (1, 1, 1));
    let high = resolved(r#"{"scalable_target":{"MinCapacity":30,"MaxCapacity":null}}"#);
    assert_eq!((high.min, high.max, high.initial), (30, 30, 30));
    let typed = resolved(
        r#"{"expected":{"peak_rps":50,"quiet_rps":25,"fewest_instances":1},"scalable_target":{"MaxCapacity":null},"instance":{"usd_per_hour":0.5,"initial":4}}"#,
    );
    assert_eq!(
        (typed.peak_rps, typed.quiet_rps, typed.min, typed.max),
        (50.0, 25.0, 3, 5)
    );
    assert_eq!((typed.initial, typed.price.kind), (4, PriceKind::Own));
    // An EC2 type is simulated at the price that was given with it.
    let ec2 = resolved(r#"{"instance":{"type":"c5.xlarge","usd_per_hour":0.17}}"#);
    assert_eq!((ec2.instance, ec2.price.usd_per_hour), (None, 0.17));
}

#[test]
fn demand_beyond_all_bounds_is_refused() {
    let scenario = with(
        r#"{"scalable_target":{"MaxCapacity":null},"demand":[{"shape":{"steady":{"rps":1e7}}}]}"#,
    );
    let expected = ProblemKind::TooManyInstances {
        needed: 1_000_000,
        max: 10_000,
    };
    assert_eq!(
        problems(&scenario),
        [("scalable_target.MaxCapacity".to_owned(), expected)]
    );
}

#[test]
fn what_is_odd_is_told() {
    let warnings = |patch: &str| compile(&with(patch)).unwrap().warnings;
    let policy = |target: f64| {
        format!(
            r#"{{"scalable_target":{{"MaxCapacity":null}},"policies":[{{"TargetTrackingScalingPolicyConfiguration":{{"TargetValue":{target}}}}}]}}"#
        )
    };
    for (typed, slip) in [
        (10.0, TargetSlip::MinuteForgotten),
        (1200.0, TargetSlip::SafetyFactorForgotten),
        (2400.0, TargetSlip::SafetyFactorDivided),
        (30.0, TargetSlip::MaximumForgotten),
    ] {
        let expected = Warning::TargetSlip {
            policy: 0,
            slip,
            right: 600.0,
        };
        assert_eq!(warnings(&policy(typed)), [expected]);
    }
    assert_eq!(
        warnings(&policy(31.0)),
        [Warning::TargetDiffers {
            policy: 0,
            typed: 31.0,
            formula: 600.0
        }]
    );
    assert_eq!(warnings(&policy(600.0)), []);
    assert_eq!(
        warnings("{}"),
        [Warning::MaxBelowPeak {
            max: 12,
            needed: 15
        }]
    );
    assert_eq!(
        warnings(r#"{"demand":[],"policies":[]}"#),
        [Warning::NoPolicy, Warning::NoDemand]
    );
    let steady = |rps: f64, min: u32| {
        format!(
            r#"{{"scalable_target":{{"MinCapacity":{min}}},"demand":[{{"shape":{{"steady":{{"rps":{rps}}}}}}}]}}"#
        )
    };
    let stays = Warning::StaysAtTwo {
        metric: 360.0,
        half_target: 300.0,
    };
    assert_eq!(warnings(&steady(12.0, 1)), [stays]);
    assert_eq!(warnings(&steady(10.0, 1)), [], "half the target: scales in");
    assert_eq!(warnings(&steady(18.5, 1)), [], "above the low alarm");
    assert_eq!(warnings(&steady(12.0, 2)), [], "two are wanted");
    let outside = r#"{"demand":[{"shape":{"steady":{"rps":30}}},{"shape":{"event":{"at":"2026-11-29T00:00","rps":1,"ramp_up_min":1,"hold_min":1,"decay_min":1}}}]}"#;
    assert_eq!(warnings(outside), [Warning::LayerOutsideRun { layer: 1 }]);
    let estimate =
        warnings(r#"{"instance":{"type":"ml.c6i.xlarge"},"scalable_target":{"MaxCapacity":null}}"#);
    assert!(
        matches!(&estimate[..], [Warning::PriceIsEstimate { price }] if price.usd_per_hour == 0.204)
    );
}

#[test]
fn a_burstable_type_is_a_fixed_fleet() {
    let mut scenario =
        with(r#"{"instance":{"type":"ml.t2.medium"},"scalable_target":{"MinCapacity":3}}"#);
    scenario.scheduled_actions = vec![ScheduledAction {
        name: "a".to_owned(),
        schedule: "at(2026-11-28T19:30:00)".to_owned(),
        action: ScalableTargetAction {
            min_capacity: Some(6),
            max_capacity: None,
        },
        ..ScheduledAction::default()
    }]
    .into();
    for (initial, instances) in [(None, 3), (Some(5), 5)] {
        scenario.instance.initial = initial;
        let compiled = compile(&scenario).unwrap();
        let plan = &compiled.plan;
        assert_eq!(
            (plan.scalable_target.min, plan.scalable_target.max),
            (instances, instances)
        );
        assert_eq!(plan.fleet.initial, instances);
        assert!(plan.target_tracking.is_empty() && plan.scheduled_actions.is_empty());
        assert!(
            compiled
                .warnings
                .contains(&Warning::BurstableCannotScale { instances })
        );
    }
}

/// Demand of one layer at moments of the wall clock.
fn rates(scenario: &Scenario, moments: &[&str]) -> Vec<f64> {
    let compiled = compile(scenario).unwrap();
    let nodes = compiled.plan.demand.nodes();
    let at = |moment: &&str| {
        let at_s = compiled.clock.at_s(moment.parse().unwrap());
        let next = nodes
            .partition_point(|node| node.at_s <= at_s)
            .clamp(1, nodes.len() - 1);
        let (from, to) = (nodes[next - 1], nodes[next]);
        let share = (at_s - from.at_s) / (to.at_s - from.at_s);
        let rps = from.rps + (to.rps - from.rps) * share;
        (rps * 1e6).round() / 1e6
    };
    moments.iter().map(at).collect()
}

fn clock_time(text: &str) -> LocalTime {
    text.parse().unwrap()
}

#[test]
fn a_daily_curve_follows_the_wall_clock_through_a_change() {
    for (zone, start) in [
        ("Europe/London", "2026-10-24"),
        ("Asia/Kathmandu", "2026-10-24"),
        ("Australia/Lord_Howe", "2026-10-03"),
    ] {
        let mut scenario = one_layer(Shape::DailyCurve {
            quiet_rps: 10.0,
            peak_rps: 30.0,
            peak_at: clock_time("21:00"),
        });
        scenario.start = start.parse().unwrap();
        scenario.hours = 72;
        scenario.time_zone = zone.to_owned();
        let day = |plus| scenario.start.plus_days(plus);
        let moments: Vec<String> = (0..3)
            .flat_map(|plus| {
                ["09:00", "15:00", "21:00"].map(|time| day(plus).at(clock_time(time)).to_string())
            })
            .collect();
        let moments: Vec<&str> = moments.iter().map(String::as_str).collect();
        assert_eq!(
            rates(&scenario, &moments),
            [10.0, 20.0, 30.0, 10.0, 20.0, 30.0, 10.0, 20.0, 30.0],
            "{zone}"
        );
    }
}

#[test]
fn office_hours_keep_their_days_and_cross_midnight() {
    let mut scenario = one_layer(Shape::OfficeHours {
        days: vec![Weekday::Fri, Weekday::Sat],
        from: clock_time("22:00"),
        to: clock_time("02:00"),
        rps: 60.0,
        ramp_min: 60.0,
    });
    // 2026-11-28 is a Saturday: the first plateau began the evening before the run.
    scenario.hours = 96;
    let moments = [
        "2026-11-28T00:30",
        "2026-11-28T01:30",
        "2026-11-28T02:00",
        "2026-11-28T22:00",
        "2026-11-28T22:30",
        "2026-11-28T23:00",
        "2026-11-29T01:00",
        "2026-11-29T01:45",
        "2026-11-29T22:30",
        "2026-11-30T23:00",
    ];
    assert_eq!(
        rates(&scenario, &moments),
        [60.0, 30.0, 0.0, 0.0, 30.0, 60.0, 60.0, 15.0, 0.0, 0.0]
    );
}

#[test]
fn days_without_end_are_one_plateau() {
    let all_day = |shape: fn(LocalTime) -> Shape| {
        let mut scenario = one_layer(shape(LocalTime::MIDNIGHT));
        scenario.start = "2026-11-29".parse().unwrap();
        scenario.hours = 24 * 6;
        scenario
    };
    let month = all_day(|midnight| Shape::MonthStart {
        days: 3,
        from: midnight,
        to: midnight,
        rps: 8.0,
        ramp_min: 120.0,
    });
    let moments = [
        "2026-11-30T23:00",
        "2026-12-01T01:00",
        "2026-12-02T00:00",
        "2026-12-03T00:00",
        "2026-12-03T23:00",
        "2026-12-04T01:00",
    ];
    assert_eq!(rates(&month, &moments), [0.0, 4.0, 8.0, 8.0, 4.0, 0.0]);
    let week = all_day(|midnight| Shape::OfficeHours {
        days: Weekday::ALL.to_vec(),
        from: midnight,
        to: midnight,
        rps: 8.0,
        ramp_min: 0.0,
    });
    let compiled = compile(&week).unwrap();
    assert!(
        compiled
            .plan
            .demand
            .nodes()
            .iter()
            .all(|node| node.rps == 8.0)
    );
}

#[test]
fn a_plateau_whose_start_the_clock_skips_never_goes_back_in_time() {
    // New York, 8 March 2026: 02:30 does not exist and becomes 03:30, after the plateau's end.
    let mut scenario = one_layer(Shape::OfficeHours {
        days: Weekday::ALL.to_vec(),
        from: clock_time("02:30"),
        to: clock_time("03:00"),
        rps: 60.0,
        ramp_min: 10.0,
    });
    scenario.start = "2026-03-08".parse().unwrap();
    scenario.time_zone = "America/New_York".to_owned();
    scenario.hours = 12;
    scenario.demand.push(Layer {
        shape: Shape::Growth {
            by: GrowthBy::Rps(24.0),
            per: GrowthPer::Day,
        },
        ..Layer::default()
    });
    let timeline = demand_preview(&scenario).unwrap();
    let nodes = timeline.nodes();
    assert!(nodes.is_sorted_by_key(|node| node.at_s), "{nodes:?}");
    assert!(nodes.iter().all(|node| node.rps <= 12.0), "{nodes:?}");
}

#[test]
fn an_event_rises_holds_and_falls() {
    let at: LocalDateTime = "2026-11-28T20:00".parse().unwrap();
    let scenario = one_layer(Shape::Event {
        at,
        rps: 110.0,
        ramp_up_min: 6.0,
        hold_min: 120.0,
        decay_min: 44.0,
    });
    let moments = [
        "2026-11-28T19:59",
        "2026-11-28T20:03",
        "2026-11-28T20:06",
        "2026-11-28T22:06",
        "2026-11-28T22:28",
        "2026-11-28T22:50",
    ];
    assert_eq!(
        rates(&scenario, &moments),
        [0.0, 55.0, 110.0, 110.0, 55.0, 0.0]
    );
}

#[test]
fn growth_adds_or_multiplies() {
    let mut scenario = one_layer(Shape::Growth {
        by: GrowthBy::Rps(7.0),
        per: GrowthPer::Week,
    });
    scenario.hours = 24 * 8;
    assert_eq!(
        rates(&scenario, &["2026-11-29T00:00", "2026-12-05T00:00"]),
        [1.0, 7.0]
    );
    scenario.demand = vec![
        Layer {
            shape: Shape::Growth {
                by: GrowthBy::Percent(10.0),
                per: GrowthPer::Day,
            },
            ..Layer::default()
        },
        Layer {
            shape: Shape::Steady { rps: 100.0 },
            ..Layer::default()
        },
    ]
    .into();
    let grown = rates(
        &scenario,
        &["2026-11-28T00:00", "2026-11-29T00:00", "2026-11-30T00:00"],
    );
    assert_eq!(
        grown,
        [100.0, 110.0, 121.0],
        "wherever in the list it stands"
    );
}

#[test]
fn a_trace_stands_at_its_own_time_and_scale() {
    let trace = Trace::new(
        "2026-11-27T23:00".parse().unwrap(),
        3600,
        0,
        vec![3600, 7200, 36_000],
    )
    .unwrap();
    let scenario = one_layer(Shape::Trace { trace, scale: 2.0 });
    let moments = [
        "2026-11-28T00:00",
        "2026-11-28T00:59",
        "2026-11-28T01:30",
        "2026-11-28T02:30",
    ];
    assert_eq!(rates(&scenario, &moments), [4.0, 4.0, 20.0, 0.0]);
}

#[test]
fn noise_is_the_scenario_s_and_the_layer_s_own() {
    let noisy = |seed: u64, before: usize| {
        let mut scenario = one_layer(Shape::Steady { rps: 100.0 });
        scenario.seed = seed;
        for _ in 0..before {
            scenario.demand.push(Layer {
                shape: Shape::Steady { rps: 0.0 },
                ..Layer::default()
            });
        }
        scenario.demand.push(Layer {
            shape: Shape::Noise {
                percent: 5.0,
                factor: NoiseFactor::default(),
            },
            ..Layer::default()
        });
        compile(&scenario).unwrap().plan.demand
    };
    assert_eq!(noisy(1, 0), noisy(1, 0));
    assert_ne!(noisy(1, 0), noisy(2, 0));
    assert_ne!(noisy(1, 0), noisy(1, 1));
}

#[test]
fn a_layer_that_is_off_adds_nothing_but_is_checked() {
    let mut scenario = Scenario::default();
    for layer in &mut scenario.demand {
        layer.off = true;
    }
    assert!(
        compile(&scenario)
            .unwrap()
            .warnings
            .contains(&Warning::NoDemand)
    );
    scenario.demand[0].shape = Shape::Noise {
        percent: -1.0,
        factor: NoiseFactor::default(),
    };
    assert_eq!(problems(&scenario).len(), 1);
}

#[test]
fn a_preview_needs_no_more_than_demand() {
    let mut scenario = Scenario::default();
    scenario.load_test.max_rps = f64::NAN;
    scenario.instance.instance_type.clear();
    let preview = demand_preview(&scenario).unwrap();
    assert_eq!(preview, compile(&Scenario::default()).unwrap().plan.demand);
    scenario.demand[0].shape = Shape::Noise {
        percent: f64::NAN,
        factor: NoiseFactor::default(),
    };
    assert_eq!(demand_preview(&scenario), None);
    let hours = Scenario {
        hours: u32::MAX,
        ..Scenario::default()
    };
    assert_eq!(demand_preview(&hours), None);
}

#[test]
fn demand_is_built_anew_only_where_it_changed() {
    // A layer outside the run: its warning must stay.
    let mut scenario = one_layer(Shape::Event {
        at: "2030-01-01T00:00".parse().unwrap(),
        rps: 1.0,
        ramp_up_min: 1.0,
        hold_min: 1.0,
        decay_min: 1.0,
    });
    scenario.demand.extend(Scenario::default().demand);
    scenario.demand.push(Layer {
        shape: Shape::Noise {
            percent: 5.0,
            factor: NoiseFactor::default(),
        },
        ..Layer::default()
    });
    let last = compile(&scenario).unwrap();
    let nodes = |compiled: &Compiled| compiled.plan.demand.nodes().as_ptr();
    type Edit = fn(&mut Scenario);
    let cases: [(&str, bool, Edit); 14] = [
        ("nothing", true, |_| {}),
        ("name", true, |to| to.name.push('x')),
        ("load test", true, |to| to.load_test.max_rps = 31.0),
        ("expected", true, |to| to.expected.peak_rps = Some(70.0)),
        ("type", true, |to| {
            to.instance.instance_type = "ml.t2.medium".to_owned();
        }),
        ("price", true, |to| to.instance.usd_per_hour = Some(9.0)),
        ("policies", true, |to| to.policies.clear()),
        ("objective", true, |to| to.objective.late_ms = 5.0),
        ("wrong", true, |to| to.service.timeout_s = -1.0),
        ("start", false, |to| to.start = to.start.plus_days(1)),
        ("time_zone", false, |to| {
            to.time_zone = "Asia/Seoul".to_owned();
        }),
        ("hours", false, |to| to.hours += 1),
        ("seed", false, |to| to.seed += 1),
        ("demand", false, |to| to.demand[1].off = true),
    ];
    for (what, kept, edit) in cases {
        let mut edited = scenario.clone();
        edit(&mut edited);
        let again = Compiling::new(&edited, Some(&last)).and_then(|mut compiling| {
            compiling.advance(usize::MAX);
            compiling.finish()
        });
        assert_eq!(again, compile(&edited), "{what}");
        if let Ok(again) = again {
            assert_eq!(nodes(&again) == nodes(&last), kept, "{what}");
            assert_eq!(again.warnings[0], Warning::LayerOutsideRun { layer: 0 });
        }
    }
}

#[test]
fn the_first_minute_is_averaged() {
    let rates = |nodes: &[(f64, f64)]| {
        let nodes = nodes
            .iter()
            .map(|&(at_s, rps)| engine::demand::Node { at_s, rps })
            .collect();
        first_minute_rps(&Timeline::compile(
            &[engine::demand::Layer::Curve(nodes)],
            3600,
        ))
    };
    for (nodes, mean) in [
        (&[(0.0, 5.0)][..], 5.0),
        (&[(0.0, 0.0), (60.0, 10.0)], 5.0),
        (&[(0.0, 0.0), (120.0, 10.0)], 2.5),
        (&[(30.0, 0.0), (30.0, 10.0)], 5.0),
    ] {
        assert!(
            (rates(nodes) - mean).abs() < 1e-9,
            "{nodes:?}: {}",
            rates(nodes)
        );
    }
}

/// A scenario for a year, with every kind of layer, compiles and stays within bounds.
#[test]
fn a_year_of_everything_compiles() {
    let mut scenario = Scenario {
        hours: 8784,
        ..Scenario::default()
    };
    for preset in presets::all() {
        scenario.demand.extend(preset.scenario().demand);
    }
    let compiled = compile(&scenario).unwrap();
    assert_eq!(compiled.plan.length_s, 8784 * 3600);
    let nodes = compiled.plan.demand.nodes();
    assert!(nodes.windows(2).all(|pair| pair[0].at_s <= pair[1].at_s));
    assert!(
        nodes
            .iter()
            .all(|node| node.rps.is_finite() && node.rps >= 0.0)
    );
}

#[test]
fn steps_are_what_aws_takes() {
    use StepProblem::*;
    type Steps<'a> = &'a [(Option<f64>, Option<f64>)];
    type Wrong<'a> = &'a [(usize, &'a str, StepProblem)];
    let cases: [(Steps, Wrong); 13] = [
        (&[(Some(0.0), None)], &[]),
        (&[(None, Some(0.0))], &[]),
        (
            &[
                (Some(0.0), Some(10.0)),
                (Some(10.0), Some(20.0)),
                (Some(20.0), None),
            ],
            &[],
        ),
        (
            &[
                (None, Some(-20.0)),
                (Some(-10.0), Some(0.0)),
                (Some(-20.0), Some(-10.0)),
            ],
            &[],
        ),
        (&[(None, None)], &[(0, "Lower", NoBounds)]),
        (
            &[(Some(5.0), Some(5.0)), (Some(5.0), None)],
            &[(0, "Upper", NotAboveLower)],
        ),
        (
            &[(Some(0.0), Some(10.0)), (Some(9.0), None)],
            &[(1, "Lower", Overlaps)],
        ),
        (
            &[(Some(0.0), Some(10.0)), (Some(11.0), None)],
            &[(1, "Lower", LeavesGap)],
        ),
        (
            &[(None, Some(0.0)), (None, Some(5.0))],
            &[(1, "Lower", TwoWithoutLower), (1, "Upper", OpenAboveNeeded)],
        ),
        (
            &[(Some(0.0), None), (Some(5.0), None)],
            &[(1, "Upper", TwoWithoutUpper)],
        ),
        (
            &[(Some(-10.0), Some(0.0))],
            &[(0, "Lower", OpenBelowNeeded)],
        ),
        (&[(Some(0.0), Some(10.0))], &[(0, "Upper", OpenAboveNeeded)]),
        (&[(Some(10.0), None), (Some(0.0), Some(10.0))], &[]),
    ];
    for (steps, expected) in cases {
        let mut scenario = Scenario::default();
        let mut policy = ScalingPolicy::step("steps");
        policy.step_scaling.as_mut().unwrap().steps = steps
            .iter()
            .map(|&(lower, upper)| StepAdjustment {
                lower,
                upper,
                adjustment: 1,
            })
            .collect();
        scenario.policies = vec![policy].into();
        let expected: Vec<Problem> = expected
            .iter()
            .map(|(step, bound, problem)| Problem {
                field: field(&format!(
                    "policies[0].StepAdjustments[{step}].MetricInterval{bound}Bound"
                )),
                kind: ProblemKind::Step(*problem),
            })
            .collect();
        let found = compile(&scenario).err().unwrap_or_default();
        assert_eq!(found, expected, "{steps:?}");
    }
}

/// A file's scenario, which another file and a link keep as it is.
#[track_caller]
fn kept(json: &str) -> Scenario {
    let scenario = file::from_json(json).unwrap();
    is_kept(&scenario);
    scenario
}

/// A group of `c5.xlarge` at $0.17 with these policies and this beside them.
pub(crate) fn group(policies: &str, beside: &str) -> Scenario {
    let text = format!(
        r#"{{ "platform": "ec2_auto_scaling_group", "instance": {{ "type": "c5.xlarge", "usd_per_hour": 0.17 }},
              "policies": [{policies}] {beside} }}"#
    );
    file::from_json(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// A scenario comes back from a file and from a link as it was.
pub(crate) fn is_kept(scenario: &Scenario) {
    assert_eq!(
        file::from_json(&file::to_json(scenario)).as_ref(),
        Ok(scenario)
    );
    let link = crate::link::encode(scenario).unwrap();
    assert_eq!(crate::link::decode(&link).as_ref(), Ok(scenario));
}

#[test]
fn policies_become_numbers() {
    let file = r#"{
        "load_test": { "max_rps": 20 },
        "policies": [
            { "PolicyName": "cpu", "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": 200, "ScaleInCooldown": 300, "ScaleOutCooldown": 60,
                "CustomizedMetricSpecification": {
                    "MetricName": "CPUUtilization", "Namespace": "/aws/sagemaker/Endpoints",
                    "Dimensions": [{ "Name": "EndpointName", "Value": "E" }, { "Name": "VariantName", "Value": "V" }],
                    "Statistic": "Average", "Unit": "Percent" } } },
            { "PolicyName": "step", "PolicyType": "StepScaling",
              "StepScalingPolicyConfiguration": {
                "AdjustmentType": "PercentChangeInCapacity", "MinAdjustmentMagnitude": 2, "Cooldown": 120,
                "StepAdjustments": [
                    { "MetricIntervalLowerBound": 100, "ScalingAdjustment": 30 },
                    { "MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 100, "ScalingAdjustment": 10 }] },
              "Alarm": { "MetricName": "InvocationsPerInstance", "Period": 300, "EvaluationPeriods": 3, "DatapointsToAlarm": 2 } }
        ]
    }"#;
    let compiled = compile(&kept(file)).unwrap();
    let [cpu] = compiled.plan.target_tracking.as_slice() else {
        panic!("{:?}", compiled.plan.target_tracking);
    };
    // Four vCPUs, all busy at 20 rps.
    let metric = plan::Metric::Utilization {
        percent_s_per_request: 20.0,
        most_percent: 400.0,
    };
    assert_eq!((cpu.metric, cpu.target, cpu.index), (metric, 200.0, 0));
    assert_eq!(compiled.resolved.metric, MetricName::CpuUtilization);
    let [step] = compiled.plan.step_scaling.as_slice() else {
        panic!("{:?}", compiled.plan.step_scaling);
    };
    let bounds: Vec<_> = step
        .steps
        .iter()
        .map(|s| (s.lower, s.upper, s.adjustment))
        .collect();
    assert_eq!(bounds, [(0.0, 100.0, 10), (100.0, f64::INFINITY, 30)]);
    // The formula's 600 a minute, over five minutes.
    assert_eq!((step.alarm.threshold, step.alarm.period_s), (3000.0, 300));
    assert_eq!((step.alarm.datapoints_to_alarm, step.index), (2, 1));
    // "50 %" of four cores is 200.
    let half = file.replace("\"TargetValue\": 200", "\"TargetValue\": 50");
    let compiled = compile(&file::from_json(&half).unwrap()).unwrap();
    let of_cores = Warning::UtilizationOfCores {
        policy: 0,
        typed: 50.0,
        most: 400.0,
    };
    assert!(
        compiled.warnings.contains(&of_cores),
        "{:?}",
        compiled.warnings
    );
}

/// What a file leaves unsaid is what AWS takes: 300 seconds each (API reference of Application Auto Scaling,
/// TargetTrackingScalingPolicyConfiguration and StepScalingPolicyConfiguration). Files of version 1 keep what that took.
#[test]
fn cooldowns_that_nobody_wrote_are_aws_s() {
    for (version, out_s) in [
        ("", 300.0),
        (r#""headroom": 2,"#, 300.0),
        (r#""headroom": 1,"#, 60.0),
    ] {
        for policy in [
            "{}",
            r#"{ "TargetTrackingScalingPolicyConfiguration": {} }"#,
            r#"{ "TargetTrackingConfiguration": { "TargetValue": 600 } }"#,
        ] {
            let file = format!(r#"{{ {version} "policies": [{policy}] }}"#);
            let plan = compile(&with(&file)).unwrap().plan;
            let [tracking] = plan.target_tracking.as_slice() else {
                panic!("{file}");
            };
            let cooldowns = (tracking.scale_out_cooldown_s, tracking.scale_in_cooldown_s);
            assert_eq!(cooldowns, (out_s, 300.0), "{file}");
        }
        let file = format!(
            r#"{{ {version} "policies": [{{ "PolicyType": "StepScaling",
                 "Alarm": {{ "MetricName": "InvocationsPerInstance" }} }}] }}"#
        );
        let plan = compile(&with(&file)).unwrap().plan;
        assert_eq!(plan.step_scaling[0].cooldown_s, 300.0, "{file}");
    }
    let plan = compile(&Scenario::default()).unwrap().plan;
    assert_eq!(plan.target_tracking[0].scale_out_cooldown_s, 60.0);
}

/// It bites where nothing but the datapoint's age would keep capacity from going beyond what the peak needs.
#[test]
fn a_cooldown_within_the_metric_s_delay_is_told() {
    let told = |file: &str| {
        let warnings = compile(&with(file)).unwrap().warnings.into_iter();
        let told = warnings.filter_map(|warning| match warning {
            Warning::CooldownWithinDelay { policy, .. } => Some(policy),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let tracking = |seconds: u32, beside: &str| {
        format!(
            r#"{{ "scalable_target": {{ "MaxCapacity": 100 }} {beside}, "policies": [{{
                "TargetTrackingScalingPolicyConfiguration": {{ "ScaleOutCooldown": {seconds} }} }}] }}"#
        )
    };
    let step = |configuration: &str| {
        format!(
            r#"{{ "scalable_target": {{ "MaxCapacity": 100 }}, "policies": [{{}}, {{
                "PolicyName": "step", "PolicyType": "StepScaling",
                "StepScalingPolicyConfiguration": {{ {configuration} }},
                "Alarm": {{ "MetricName": "InvocationsPerInstance" }} }}] }}"#
        )
    };
    let cases = [
        (tracking(60, ""), vec![0]),
        (tracking(0, ""), vec![0]),
        (tracking(61, ""), vec![]),
        (
            tracking(120, r#", "assumptions": { "metric_delay_s": 120 }"#),
            vec![0],
        ),
        (
            tracking(60, r#", "assumptions": { "metric_delay_s": 59 }"#),
            vec![],
        ),
        (
            tracking(
                60,
                r#", "assumptions": { "datapoints_from_before_act": false }"#,
            ),
            vec![],
        ),
        (
            r#"{ "platform": "ec2_auto_scaling_group", "instance": { "type": "c5.xlarge" },
                "scalable_target": { "MaxCapacity": 100 }, "policies": [{ "TargetTrackingConfiguration": {
                "ScaleOutCooldown": 60, "PredefinedMetricSpecification": {
                "PredefinedMetricType": "ALBRequestCountPerTarget" } } }] }"#
                .to_owned(),
            vec![],
        ),
        (step(r#""Cooldown": 60"#), vec![1]),
        (step(r#""Cooldown": 300"#), vec![]),
        (
            step(
                r#""Cooldown": 60, "AdjustmentType": "ExactCapacity", "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 9 }]"#,
            ),
            vec![],
        ),
        // MaxCapacity 12 is less than the peak needs.
        ("{}".to_owned(), vec![]),
        (r#"{ "headroom": 1, "policies": [{}] }"#.to_owned(), vec![]),
    ];
    for (file, expected) in cases {
        assert_eq!(told(&file), expected, "{file}");
    }
}

/// EC2 Auto Scaling takes a policy without a type for simple scaling; what is plainly of another kind is of that.
#[test]
fn a_policy_that_does_not_name_its_kind_is_of_the_kind_of_its_fields() {
    for (fields, kind) in [
        ("", PolicyType::TargetTrackingScaling),
        (
            r#","TargetTrackingConfiguration":{"TargetValue":50}"#,
            PolicyType::TargetTrackingScaling,
        ),
        (
            r#","AdjustmentType":"ChangeInCapacity","ScalingAdjustment":2"#,
            PolicyType::SimpleScaling,
        ),
        (
            r#","AdjustmentType":"ChangeInCapacity","StepAdjustments":[]"#,
            PolicyType::StepScaling,
        ),
        (
            r#","StepScalingPolicyConfiguration":{"Cooldown":60}"#,
            PolicyType::StepScaling,
        ),
        (
            r#","PredictiveScalingConfiguration":{}"#,
            PolicyType::PredictiveScaling,
        ),
    ] {
        let file = format!(r#"{{"policies":[{{"PolicyName":"p"{fields}}}]}}"#);
        assert_eq!(with(&file).policies[0].policy_type, kind, "{file}");
    }
}

#[test]
fn an_alarm_that_fires_where_no_step_is_is_told() {
    let with = |comparison: &str, lower: &str, upper: &str| {
        let file = format!(
            r#"{{"policies":[{{"PolicyType":"StepScaling","Alarm":{{"MetricName":"InvocationsPerInstance","ComparisonOperator":"{comparison}"}},
                "StepScalingPolicyConfiguration":{{"StepAdjustments":[{{"ScalingAdjustment":1{lower}{upper}}}]}}}}]}}"#
        );
        let compiled = compile(&file::from_json(&file).unwrap()).unwrap();
        let mut told = compiled.warnings.into_iter();
        told.find(|warning| matches!(warning, Warning::NoStepThere { .. }))
    };
    let (from, to) = (
        r#","MetricIntervalLowerBound":0"#,
        r#","MetricIntervalUpperBound":0"#,
    );
    for (comparison, lower, upper, told) in [
        ("GreaterThanThreshold", from, "", None),
        ("LessThanThreshold", "", to, None),
        ("GreaterThanOrEqualToThreshold", "", to, Some(true)),
        ("LessThanOrEqualToThreshold", from, "", Some(false)),
    ] {
        let told = told.map(|above| Warning::NoStepThere { policy: 0, above });
        assert_eq!(with(comparison, lower, upper), told, "{comparison}");
    }
}

#[test]
fn policies_by_ten_seconds_become_numbers() {
    let file = r#"{
        "load_test": { "max_rps": 20, "safety_factor": 0.5, "p50_ms": 40, "p95_ms": 40 },
        "policies": [
            { "PolicyName": "in-flight", "TargetTrackingScalingPolicyConfiguration": {
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "SageMakerVariantConcurrentRequestsPerModelHighResolution" } } },
            { "PolicyName": "step", "PolicyType": "StepScaling",
              "Alarm": { "MetricName": "ConcurrentRequestsPerModel", "Period": 20, "Threshold": 2 } }
        ]
    }"#;
    let compiled = compile(&kept(file)).unwrap();
    let tracking = compiled.plan.target_tracking[0];
    assert!(tracking.metric.is_high_resolution());
    // Ten requests a second of 40 ms each.
    assert!((tracking.target - 0.4).abs() < 1e-3, "{}", tracking.target);
    let alarm = compiled.plan.step_scaling[0].alarm;
    assert_eq!((alarm.period_s, alarm.threshold), (20, 2.0));
    assert_eq!(
        compiled.resolved.metric,
        MetricName::ConcurrentRequestsPerModel
    );
}
