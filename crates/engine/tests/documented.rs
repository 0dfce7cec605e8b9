//! AWS's own examples, run from end to end: so many instances under just the demand that gives the metric of the example,
//! and what the first decision makes of them. Examples that need a moment's story stand in `scaling` and `step_scaling`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{alarm, curve, plan};
use engine::{
    plan::{
        AdjustmentType, Comparison, MetricAlarm, Plan, ScalableTarget, StepAdjustment, StepScaling,
        TreatMissingData,
    },
    run::{AlarmRole, AlarmState, NotScaledReason, Outcome, Run},
};
use serde_json::Value;

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

/// `capacity` instances that each get `metric` requests a minute, for as long as AlarmLow takes and a minute more.
fn at(capacity: u32, metric: f64) -> Plan {
    let mut plan = plan(
        &[curve(&[(0.0, metric * f64::from(capacity) / 60.0)])],
        1020,
    );
    plan.service.max_rps = 1e6;
    plan.scalable_target = ScalableTarget { min: 1, max: 5000 };
    plan.fleet.initial = capacity;
    plan
}

/// Capacity after the first activity that changed it, or at the end where none did.
fn first_change(run: &Run, capacity: u32) -> u32 {
    let mut changed = run.activities.iter().filter(|a| a.from != a.to);
    changed.next().map_or(capacity, |activity| activity.to)
}

fn policy(
    alarm: MetricAlarm,
    adjustment_type: AdjustmentType,
    steps: Vec<StepAdjustment>,
) -> StepScaling {
    StepScaling {
        index: 0,
        alarm,
        adjustment_type,
        steps,
        min_adjustment_magnitude: 0,
        cooldown_s: 300.0,
        is_simple: false,
    }
}

/// A policy whose one step is always met.
fn always(adjustment_type: AdjustmentType, adjustment: i32) -> StepScaling {
    let step = StepAdjustment {
        lower: 0.0,
        upper: f64::INFINITY,
        adjustment,
    };
    let alarm = alarm(Comparison::GreaterThanOrEqualToThreshold, 1.0);
    policy(alarm, adjustment_type, vec![step])
}

/// Capacity after the first decision of step policies alone.
fn stepped(capacity: u32, policies: &[StepScaling], metric: f64) -> u32 {
    let mut plan = at(capacity, metric);
    plan.target_tracking.clear();
    plan.step_scaling = policies.to_vec();
    first_change(&engine::run(&plan), capacity)
}

/// Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works".
#[test]
fn target_tracking_keeps_the_metric_at_its_target() {
    let vectors = vectors(include_str!("vectors/target_tracking.json"));
    for case in vectors["cases"].as_array().unwrap() {
        let (capacity, new) = (whole(&case[0]), whole(&case[5]));
        let mut plan = at(capacity, number(&case[1]));
        plan.target_tracking[0].target = number(&case[2]);
        plan.scalable_target = ScalableTarget {
            min: whole(&case[3]),
            max: whole(&case[4]),
        };
        let run = engine::run(&plan);
        assert_eq!(first_change(&run, capacity), new, "{case}");
        // Above the target it is heard by AlarmHigh, below 0.9 of it by AlarmLow; each says why it changed nothing.
        let refused = run.activities.iter().find_map(|a| match a.outcome {
            Outcome::NotScaled(reason) if new == capacity => Some(reason),
            _ => None,
        });
        let expected = match (new == capacity, number(&case[1]) > number(&case[2])) {
            (false, _) => None,
            (true, true) => Some(NotScaledReason::AlreadyAtMaxCapacity),
            (true, false) => Some(NotScaledReason::AutoScalingAnticipatedFlapping),
        };
        assert_eq!(refused, expected, "{case}");
    }
}

/// Application Auto Scaling user guide, "Step scaling policies for Application Auto Scaling": the worked example.
#[test]
fn the_worked_example_of_step_scaling() {
    let vectors = vectors(include_str!("vectors/step_scaling.json"));
    let given = &vectors["policy"];
    let side = |name: &str, comparison| {
        let bound = |value: &Value, open: f64| value.as_f64().unwrap_or(open);
        let steps = given[name].as_array().unwrap().iter();
        let steps = steps.map(|step| StepAdjustment {
            lower: bound(&step[0], f64::NEG_INFINITY),
            upper: bound(&step[1], f64::INFINITY),
            adjustment: step[2].as_i64().unwrap() as i32,
        });
        let alarm = alarm(comparison, number(&given["threshold"]));
        let kind = AdjustmentType::PercentChangeInCapacity;
        policy(alarm, kind, steps.collect())
    };
    let out = side("out", Comparison::GreaterThanOrEqualToThreshold);
    let scale_in = side("in", Comparison::LessThanOrEqualToThreshold);
    for case in vectors["cases"].as_array().unwrap() {
        let policies = [out.clone(), scale_in.clone()];
        let got = stepped(whole(&case["capacity"]), &policies, number(&case["metric"]));
        assert_eq!(got, whole(&case["new"]), "{case}");
    }
}

/// Amazon EC2 Auto Scaling user guide, "Step and simple scaling policies": rounding; MinAdjustmentMagnitude.
#[test]
fn percentages_are_rounded_and_have_a_least_magnitude() {
    let vectors = vectors(include_str!("vectors/step_scaling.json"));
    let kind = AdjustmentType::PercentChangeInCapacity;
    for case in vectors["percent_rounding"].as_array().unwrap() {
        let (capacity, percent) = (whole(&case["capacity"]), case["percent"].as_i64().unwrap());
        let exact = f64::from(capacity) * percent as f64 / 100.0;
        assert_eq!(exact, number(&case["exact"]));
        let got = stepped(capacity, &[always(kind, percent as i32)], 60.0);
        let change = i64::from(got) - i64::from(capacity);
        assert_eq!(change, case["change"].as_i64().unwrap(), "{case}");
    }
    let case = &vectors["min_adjustment_magnitude"];
    let mut policy = always(kind, case["percent"].as_i64().unwrap() as i32);
    policy.min_adjustment_magnitude = whole(&case["min_adjustment_magnitude"]);
    assert_eq!(
        stepped(whole(&case["capacity"]), &[policy], 60.0),
        whole(&case["new"])
    );
}

/// Amazon EC2 Auto Scaling user guide, "Dynamic scaling for Amazon EC2 Auto Scaling", "Multiple dynamic scaling policies"; Application
/// Auto Scaling has the same rule: of several answers the one that leaves the largest capacity.
#[test]
fn of_several_policies_the_largest_capacity_wins() {
    use AdjustmentType::{
        ChangeInCapacity as Change, ExactCapacity as Exact, PercentChangeInCapacity as Percent,
    };
    type Case<'a> = (u32, &'a [(AdjustmentType, i32)], u32);
    let cases: &[Case] = &[
        // AWS's example: removing three of eight against removing a quarter of them.
        (8, &[(Change, -3), (Percent, -25)], 6),
        (8, &[(Change, 3), (Percent, 25)], 11),
        (8, &[(Change, 1), (Percent, 25)], 10),
        // One that scales out beats one that scales in, and one that stays beats it, too.
        (8, &[(Change, -3), (Change, 1)], 9),
        (8, &[(Change, -3), (Exact, 8)], 8),
        (8, &[(Exact, 5), (Exact, 3), (Change, -4)], 5),
        (8, &[(Exact, 0), (Percent, -100)], 1),
    ];
    for (capacity, adjustments, new) in cases {
        let policies: Vec<_> = adjustments
            .iter()
            .map(|&(kind, by)| always(kind, by))
            .collect();
        assert_eq!(stepped(*capacity, &policies, 60.0), *new, "{adjustments:?}");
        let reversed: Vec<_> = policies.into_iter().rev().collect();
        assert_eq!(stepped(*capacity, &reversed, 60.0), *new, "{adjustments:?}");
    }
}

/// Amazon SageMaker developer guide, "Scaling policy": target 70, ScaleInCooldown 600, ScaleOutCooldown 300. Each cooldown
/// begins once its activity is done (Application Auto Scaling user guide, "Define cooldown periods").
#[test]
fn cooldowns_begin_when_an_activity_is_done() {
    let mut plan = plan(
        &[curve(&[(0.0, 4.0), (1200.0, 4.0), (1200.0, 1.0)])],
        2 * 3600,
    );
    plan.target_tracking[0].target = 70.0;
    plan.target_tracking[0].scale_out_cooldown_s = 300.0;
    plan.target_tracking[0].scale_in_cooldown_s = 600.0;
    plan.assumptions.max_scale_in_step = Some(1);
    let run = engine::run(&plan);
    let changes: Vec<_> = run
        .activities
        .iter()
        .filter(|a| a.from != a.to)
        .map(|a| (a.start_s, a.end_s.unwrap(), a.from, a.to))
        .collect();
    assert_eq!(
        changes,
        [
            (240.0, 480.0, 1, 4),
            // Four are in service from 480 s on; the fifteenth minute below 63 ends at 1380 s and is seen at 1440 s.
            (1440.0, 1500.0, 4, 3),
            (2100.0, 2160.0, 3, 2),
            (2760.0, 2820.0, 2, 1),
        ]
    );
}

/// Amazon CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data": the rows that the beginning of a
/// run can show, where nothing older is there. All rows are with the rule itself, in `cloudwatch::judge`.
#[test]
fn datapoints_before_the_first_are_missing() {
    use AlarmState::{Alarm, InsufficientData, Ok};
    // The table's columns: missing, ignore, breaching, notBreaching. Of the state before, INSUFFICIENT_DATA is kept.
    let columns = [
        TreatMissingData::Missing,
        TreatMissingData::Ignore,
        TreatMissingData::Breaching,
        TreatMissingData::NotBreaching,
    ];
    type Case = (u32, f64, [[AlarmState; 4]; 3]);
    let cases: [Case; 4] = [
        // - - - - -, then - - - - 0, then - - - 0 0.
        (
            2,
            10.0,
            [
                [InsufficientData, InsufficientData, Alarm, Ok],
                [Ok, Ok, Alarm, Ok],
                [Ok, Ok, Ok, Ok],
            ],
        ),
        (
            3,
            10.0,
            [
                [InsufficientData, InsufficientData, Alarm, Ok],
                [Ok, Ok, Ok, Ok],
                [Ok, Ok, Ok, Ok],
            ],
        ),
        // - - - - -, then - - - - X, then - - - X X.
        (
            2,
            90.0,
            [
                [InsufficientData, InsufficientData, Alarm, Ok],
                [InsufficientData, InsufficientData, Alarm, Ok],
                [Alarm, InsufficientData, Alarm, Alarm],
            ],
        ),
        (
            3,
            90.0,
            [
                [InsufficientData, InsufficientData, Alarm, Ok],
                [InsufficientData, InsufficientData, Alarm, Ok],
                [InsufficientData, InsufficientData, Alarm, Ok],
            ],
        ),
    ];
    for (m, metric, rows) in cases {
        for (column, treat_missing_data) in columns.into_iter().enumerate() {
            let mut plan = at(2, metric);
            plan.target_tracking.clear();
            let mut policy = always(AdjustmentType::ChangeInCapacity, 0);
            policy.alarm = MetricAlarm {
                evaluation_periods: 3,
                datapoints_to_alarm: m,
                treat_missing_data,
                ..alarm(Comparison::GreaterThanThreshold, 50.0)
            };
            plan.step_scaling = vec![policy];
            let run = engine::run(&plan);
            let states = &run.series.alarm(AlarmRole::Own)[..3];
            let expected: Vec<_> = rows.iter().map(|row| row[column]).collect();
            assert_eq!(
                states, expected,
                "{m} of 3 at {metric}, {treat_missing_data:?}"
            );
        }
    }
}
