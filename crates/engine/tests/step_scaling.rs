//! Step scaling, alone and beside target tracking, and metrics of the machine.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{curve, plan};
use engine::{
    plan::{
        AdjustmentType, Comparison, Metric, MetricAlarm, Plan, ScalableTarget, Statistic,
        StepAdjustment, StepScaling, TargetTracking, TreatMissingData,
    },
    run::{AlarmRole, AlarmState, Cause, Rule, Run},
};

const INF: f64 = f64::INFINITY;

fn alarm(comparison: Comparison, threshold: f64) -> MetricAlarm {
    MetricAlarm {
        metric: Metric::InvocationsPerInstance,
        statistic: Statistic::Sum,
        period_min: 1,
        evaluation_periods: 2,
        datapoints_to_alarm: 2,
        threshold,
        comparison,
        treat_missing_data: TreatMissingData::Missing,
    }
}

fn step(alarm: MetricAlarm, steps: &[(f64, f64, i32)]) -> StepScaling {
    StepScaling {
        index: 1,
        alarm,
        adjustment_type: AdjustmentType::ChangeInCapacity,
        steps: steps
            .iter()
            .map(|&(lower, upper, adjustment)| StepAdjustment {
                lower,
                upper,
                adjustment,
            })
            .collect(),
        min_adjustment_magnitude: 0,
        cooldown_s: 300.0,
        is_simple: false,
    }
}

/// Instances of 20 rps each under a demand of corners, no target tracking.
fn with(steps: Vec<StepScaling>, initial: u32, corners: &[(f64, f64)], length_s: u32) -> Plan {
    let mut plan = plan(&[curve(corners)], length_s);
    plan.target_tracking.clear();
    plan.step_scaling = steps;
    plan.fleet.initial = initial;
    plan
}

/// Start, from, to and policy of each change of capacity.
fn changes(run: &Run) -> Vec<(f64, u32, u32, usize)> {
    let changed = run.activities.iter().filter(|a| a.from != a.to);
    changed
        .map(|activity| {
            let policy = match activity.cause {
                Cause::Policy(decision) => decision.policy,
                Cause::Scheduled { action, .. } => action,
            };
            (activity.start_s, activity.from, activity.to, policy)
        })
        .collect()
}

#[test]
fn the_step_that_the_metric_lies_in_decides() {
    let steps = [(0.0, 300.0, 1), (300.0, INF, 3)];
    let above = Comparison::GreaterThanOrEqualToThreshold;
    for (rps, expected) in [
        // 599.4 of 600: nothing. 600 and 899 lie in the first step, 900 in the second.
        (9.99, vec![]),
        (10.0, vec![(180.0, 1, 2, 1)]),
        (14.9, vec![(180.0, 1, 2, 1)]),
        (15.0, vec![(180.0, 1, 4, 1)]),
    ] {
        let policy = step(alarm(above, 600.0), &steps);
        let run = engine::run(&with(vec![policy], 1, &[(0.0, rps)], 300));
        assert_eq!(changes(&run), expected, "{rps}");
    }
}

#[test]
fn what_a_cooldown_has_added_counts_towards_the_next_step() {
    // The user guide's example: two were added, three are asked for within the cooldown, so one more comes.
    let steps = [(0.0, 600.0, 2), (600.0, INF, 3)];
    let policy = step(alarm(Comparison::GreaterThanThreshold, 600.0), &steps);
    let mut plan = with(
        vec![policy],
        1,
        &[(0.0, 15.0), (400.0, 15.0), (400.0, 80.0)],
        900,
    );
    plan.assumptions.updating_blocks = false;
    let run = engine::run(&plan);
    assert_eq!(changes(&run)[..2], [(180.0, 1, 3, 1), (480.0, 3, 4, 1)]);
}

#[test]
fn a_step_policy_scales_in_though_target_tracking_is_not_ready() {
    let policy = step(
        alarm(Comparison::LessThanThreshold, 570.0),
        &[(-INF, 0.0, -1)],
    );
    // 560 is not below 0.9 × 600.
    let mut plan = plan(&[curve(&[(0.0, 28.0)])], 1800);
    plan.fleet.initial = 3;
    plan.step_scaling = vec![policy];
    let run = engine::run(&plan);
    assert_eq!(changes(&run)[0], (180.0, 3, 2, 1));
    // Then target tracking sees 840 an instance, and wants three again: the larger answer wins.
    assert_eq!((changes(&run)[1].2, changes(&run)[1].3), (3, 0));
}

#[test]
fn of_several_answers_the_largest_capacity_wins() {
    // Of eight, -3 leaves 5 and -25 % leaves 6.
    let mut by_three = step(
        alarm(Comparison::LessThanThreshold, 300.0),
        &[(-INF, 0.0, -3)],
    );
    by_three.index = 0;
    let mut by_percent = step(
        alarm(Comparison::LessThanThreshold, 300.0),
        &[(-INF, 0.0, -25)],
    );
    by_percent.adjustment_type = AdjustmentType::PercentChangeInCapacity;
    let run = engine::run(&with(vec![by_three, by_percent], 8, &[(0.0, 10.0)], 300));
    assert_eq!(changes(&run)[0], (180.0, 8, 6, 1));
}

#[test]
fn nothing_is_asked_for_outside_the_steps_or_the_bounds() {
    let mut plan = with(
        vec![step(
            alarm(Comparison::GreaterThanThreshold, 600.0),
            &[(100.0, INF, 1)],
        )],
        1,
        &[(0.0, 11.0)],
        600,
    );
    let run = engine::run(&plan);
    assert_eq!(changes(&run), []);
    let Cause::Policy(decision) = run.activities[0].cause else {
        panic!("{:?}", run.activities[0]);
    };
    assert_eq!(decision.rule, Rule::StepScaling(None));
    plan.step_scaling = vec![step(
        alarm(Comparison::LessThanThreshold, 5000.0),
        &[(-INF, 0.0, -5)],
    )];
    plan.fleet.initial = 3;
    plan.scalable_target = ScalableTarget { min: 2, max: 9 };
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(180.0, 3, 2, 1)]);
    // At the minimum it is asked every minute, which is one entry of the log.
    let last = run.activities.last().unwrap();
    assert_eq!((last.from, last.to, last.evaluations), (2, 2, 7));
}

#[test]
fn a_longer_period_is_looked_at_every_minute() {
    // Five minutes at 600 are 3,000. Demand doubles after ten minutes: the sum passes 3,500 with the first of them.
    let mut policy = step(
        alarm(Comparison::GreaterThanThreshold, 3500.0),
        &[(0.0, INF, 1)],
    );
    policy.alarm.period_min = 5;
    policy.alarm.evaluation_periods = 1;
    policy.alarm.datapoints_to_alarm = 1;
    let corners = [(0.0, 10.0), (600.0, 10.0), (600.0, 20.0)];
    let run = engine::run(&with(vec![policy.clone()], 1, &corners, 1200));
    assert_eq!(changes(&run)[0].0, 720.0);
    // Two windows of five minutes side by side are ten minutes.
    policy.alarm.evaluation_periods = 2;
    policy.alarm.datapoints_to_alarm = 2;
    let run = engine::run(&with(vec![policy], 1, &corners, 1200));
    assert_eq!(changes(&run)[0].0, 1020.0);
}

#[test]
fn two_of_three_datapoints_are_enough_where_so_few_are_asked_for() {
    let mut policy = step(
        alarm(Comparison::GreaterThanThreshold, 600.0),
        &[(0.0, INF, 1)],
    );
    policy.alarm.evaluation_periods = 3;
    // A minute above, one below, one above.
    let corners = [
        (0.0, 5.0),
        (600.0, 5.0),
        (600.0, 15.0),
        (660.0, 15.0),
        (660.0, 5.0),
        (720.0, 5.0),
        (720.0, 15.0),
        (780.0, 15.0),
        (780.0, 5.0),
    ];
    let run = engine::run(&with(vec![policy.clone()], 1, &corners, 1200));
    assert_eq!(changes(&run), [(840.0, 1, 2, 1)]);
    let states = run.series.alarm(AlarmRole::Own);
    assert_eq!(
        states[12..16],
        [
            AlarmState::Ok,
            AlarmState::Alarm,
            AlarmState::Ok,
            AlarmState::Ok
        ]
    );
    policy.alarm.datapoints_to_alarm = 3;
    let run = engine::run(&with(vec![policy], 1, &corners, 1200));
    assert_eq!(changes(&run), []);
}

#[test]
fn cpu_follows_what_is_served_and_never_exceeds_the_machine() {
    // Four vCPUs, busy all at 20 rps: 20 percent-seconds a request.
    let metric = Metric::Utilization {
        percent_s_per_request: 20.0,
        most_percent: 400.0,
    };
    let mut plan = plan(&[curve(&[(0.0, 10.0), (600.0, 10.0), (600.0, 50.0)])], 1200);
    plan.target_tracking = vec![TargetTracking {
        metric,
        target: 250.0,
        ..plan.target_tracking[0]
    }];
    let run = engine::run(&plan);
    let cpu = run.series.metric();
    assert!((cpu[5] - 200.0).abs() < 1e-3, "{}", cpu[5]);
    assert!((cpu[11] - 400.0).abs() < 1e-3, "{}", cpu[11]);
    // ceil(1 × 400 / 250) = 2, however many more are needed: the metric has a ceiling.
    assert_eq!(changes(&run)[0], (840.0, 1, 2, 0));
    let high = run.series.alarm(AlarmRole::High);
    assert_eq!((high[12], high[13]), (AlarmState::Ok, AlarmState::Alarm));
}
