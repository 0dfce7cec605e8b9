//! Step scaling, alone and beside target tracking, and metrics of the machine.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{alarm, changes_by, curve, plan};
use engine::{
    plan::{
        AdjustmentType, Comparison, Metric, MetricAlarm, Plan, ScalableTarget, StepAdjustment,
        StepScaling, TargetTracking, TreatMissingData,
    },
    run::{AlarmRole, AlarmState, Cause, NotScaledReason, Outcome, Rule},
};

const INF: f64 = f64::INFINITY;

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
        assert_eq!(changes_by(&run), expected, "{rps}");
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
    assert_eq!(changes_by(&run)[..2], [(180.0, 1, 3, 1), (480.0, 3, 4, 1)]);
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
    assert_eq!(changes_by(&run)[0], (180.0, 3, 2, 1));
    // Then target tracking sees 840 an instance, and wants three again: the larger answer wins.
    assert_eq!((changes_by(&run)[1].2, changes_by(&run)[1].3), (3, 0));
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
    assert_eq!(changes_by(&run)[0], (180.0, 8, 6, 1));
}

#[test]
fn a_policy_without_a_step_for_the_metric_keeps_nobody_from_scaling_in() {
    // Its alarm is in ALARM at 300, but its only step begins at 1,100; target tracking wants two of four.
    let policy = step(
        alarm(Comparison::GreaterThanThreshold, 100.0),
        &[(1000.0, INF, 1)],
    );
    let mut plan = plan(&[curve(&[(0.0, 20.0)])], 1200);
    plan.fleet.initial = 4;
    plan.step_scaling = vec![policy];
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(960.0, 4, 2, 0)]);
}

#[test]
fn the_largest_capacity_is_the_one_that_would_be_left() {
    // Target tracking wants one of eight but removes one at most; the step policy would leave four.
    let mut policy = step(
        alarm(Comparison::LessThanThreshold, 300.0),
        &[(-INF, 0.0, -4)],
    );
    policy.alarm.evaluation_periods = 15;
    policy.alarm.datapoints_to_alarm = 15;
    let mut plan = plan(&[curve(&[(0.0, 10.0)])], 1080);
    plan.fleet.initial = 8;
    plan.step_scaling = vec![policy];
    plan.assumptions.max_scale_in_step = Some(1);
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(960.0, 8, 7, 0)]);
}

#[test]
fn each_policy_that_is_refused_has_an_entry_of_its_own() {
    // At the maximum; above 600 the first asks for five more, above 1,200 the second for nine.
    let above = |threshold, by| {
        step(
            alarm(Comparison::GreaterThanThreshold, threshold),
            &[(0.0, INF, by)],
        )
    };
    let policies = [above(600.0, 5), above(1200.0, 9)];
    let corners = [(0.0, 15.0), (600.0, 15.0), (600.0, 25.0)];
    let mut plan = with(policies.to_vec(), 1, &corners, 1200);
    plan.step_scaling[1].index = 2;
    plan.scalable_target = ScalableTarget { min: 1, max: 1 };
    let run = engine::run(&plan);
    let refused = Outcome::NotScaled(NotScaledReason::AlreadyAtMaxCapacity);
    let entries: Vec<_> = run
        .activities
        .iter()
        .map(|activity| match activity.cause {
            Cause::Policy(decision) if activity.outcome == refused => {
                (activity.start_s, decision.policy, activity.evaluations)
            }
            _ => panic!("{activity:?}"),
        })
        .collect();
    assert_eq!(entries, [(180.0, 1, 10), (780.0, 2, 8)]);
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
    assert_eq!(changes_by(&run), []);
    let Cause::Policy(decision) = run.activities[0].cause else {
        panic!("{:?}", run.activities[0]);
    };
    assert_eq!(decision.rule, Rule::StepScaling(None));
    // A step of nothing is met, and asks for what is there.
    plan.step_scaling[0].steps[0].lower = 0.0;
    plan.step_scaling[0].steps[0].adjustment = 0;
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), []);
    let already = Outcome::NotScaled(NotScaledReason::AlreadyAtDesiredCapacity);
    assert_eq!(run.activities[0].outcome, already);
    plan.step_scaling = vec![step(
        alarm(Comparison::LessThanThreshold, 5000.0),
        &[(-INF, 0.0, -5)],
    )];
    plan.fleet.initial = 3;
    plan.scalable_target = ScalableTarget { min: 2, max: 9 };
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(180.0, 3, 2, 1)]);
    // At the minimum it is asked every minute, which is one entry of the log.
    let last = run.activities.last().unwrap();
    assert_eq!((last.from, last.to, last.evaluations), (2, 2, 7));
}

#[test]
fn a_policy_that_adds_and_takes_is_asked_as_its_metric_moves() {
    // Below 600 it is in ALARM all the time: it takes one where the metric is below 300, and adds one above that.
    let policy = step(
        alarm(Comparison::LessThanThreshold, 600.0),
        &[(-INF, -300.0, -1), (-300.0, 0.0, 1)],
    );
    let corners = [(0.0, 1.0), (1800.0, 1.0), (1800.0, 8.0)];
    let run = engine::run(&with(vec![policy], 1, &corners, 2100));
    assert_eq!(changes_by(&run), [(1920.0, 1, 2, 1)]);
}

#[test]
fn a_policy_without_a_step_is_asked_as_its_metric_moves() {
    // At the minimum, AlarmLow in ALARM, and a policy whose alarm is above 100 but whose only step begins at 400.
    let policy = step(
        alarm(Comparison::GreaterThanThreshold, 100.0),
        &[(300.0, INF, 1)],
    );
    let corners = [(0.0, 3.0), (1800.0, 3.0), (1800.0, 7.5)];
    let mut plan = plan(&[curve(&corners)], 2100);
    plan.step_scaling = vec![policy];
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(1920.0, 1, 2, 1)]);
}

#[test]
fn a_policy_that_loses_is_asked_as_its_metric_moves() {
    // Target tracking keeps two where the step policy would take one; above 350 that one adds one.
    let mut policy = step(
        alarm(Comparison::LessThanThreshold, 600.0),
        &[(-INF, -250.0, -1), (-250.0, 0.0, 1)],
    );
    policy.alarm.evaluation_periods = 15;
    policy.alarm.datapoints_to_alarm = 15;
    let corners = [(0.0, 10.4), (1800.0, 10.4), (1800.0, 12.0)];
    let mut plan = plan(&[curve(&corners)], 2100);
    plan.fleet.initial = 2;
    plan.step_scaling = vec![policy];
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(1920.0, 2, 3, 1)]);
}

#[test]
fn a_longer_period_is_looked_at_every_minute() {
    // Five minutes at 600 are 3,000. Demand doubles after ten minutes: the sum passes 3,500 with the first of them.
    let mut policy = step(
        alarm(Comparison::GreaterThanThreshold, 3500.0),
        &[(0.0, INF, 1)],
    );
    policy.alarm.period_s = 300;
    policy.alarm.evaluation_periods = 1;
    policy.alarm.datapoints_to_alarm = 1;
    let corners = [(0.0, 10.0), (600.0, 10.0), (600.0, 20.0)];
    let run = engine::run(&with(vec![policy.clone()], 1, &corners, 1200));
    assert_eq!(changes_by(&run)[0].0, 720.0);
    // Two windows of five minutes side by side are ten minutes.
    policy.alarm.evaluation_periods = 2;
    policy.alarm.datapoints_to_alarm = 2;
    let run = engine::run(&with(vec![policy], 1, &corners, 1200));
    assert_eq!(changes_by(&run)[0].0, 1020.0);
}

#[test]
fn before_the_first_whole_period_there_is_no_metric_to_act_on() {
    // Missing data breaches, so the alarm is in ALARM at once; the first five minutes are seen at 360 s: 3,000 an instance.
    let mut policy = step(
        alarm(Comparison::LessThanThreshold, 100.0),
        &[(-INF, 0.0, -1)],
    );
    policy.alarm.period_s = 300;
    policy.alarm.treat_missing_data = TreatMissingData::Breaching;
    let run = engine::run(&with(vec![policy], 3, &[(0.0, 30.0)], 900));
    let states = run.series.alarm(AlarmRole::Own);
    assert_eq!(states[4..6], [AlarmState::Alarm, AlarmState::Ok]);
    assert_eq!(changes_by(&run), []);
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
    assert_eq!(changes_by(&run), [(840.0, 1, 2, 1)]);
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
    assert_eq!(changes_by(&run), []);
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
    assert_eq!(changes_by(&run)[0], (840.0, 1, 2, 0));
    let high = run.series.alarm(AlarmRole::High);
    assert_eq!((high[12], high[13]), (AlarmState::Ok, AlarmState::Alarm));
}

#[test]
fn cpu_that_falls_further_is_heard_while_alarm_low_stays() {
    // 200 of 250 on three instances: two would be too busy. 146.7: two are enough, and AlarmLow has not cleared meanwhile.
    let metric = Metric::Utilization {
        percent_s_per_request: 20.0,
        most_percent: 400.0,
    };
    let mut plan = plan(
        &[curve(&[(0.0, 30.0), (1800.0, 30.0), (1800.0, 22.0)])],
        2100,
    );
    plan.fleet.initial = 3;
    plan.target_tracking[0].metric = metric;
    plan.target_tracking[0].target = 250.0;
    let run = engine::run(&plan);
    assert_eq!(changes_by(&run), [(1920.0, 3, 2, 0)]);
    let refused = Outcome::NotScaled(NotScaledReason::AutoScalingAnticipatedFlapping);
    let first = &run.activities[0];
    assert_eq!((first.outcome, first.evaluations), (refused, 16));
}

#[test]
fn a_cooldown_is_a_reason_only_while_it_runs() {
    // One is added at 180 s and there at 420 s; from 600 s on the metric lies in a step that adds nothing.
    let policy = step(
        alarm(Comparison::GreaterThanThreshold, 600.0),
        &[(0.0, 300.0, 0), (300.0, INF, 1)],
    );
    let corners = [(0.0, 16.0), (600.0, 16.0), (600.0, 26.0)];
    let run = engine::run(&with(vec![policy], 1, &corners, 1200));
    assert_eq!(changes_by(&run), [(180.0, 1, 2, 1)]);
    let refused: Vec<_> = run
        .activities
        .iter()
        .filter(|activity| activity.start_s > 600.0)
        .map(|activity| (activity.start_s, activity.outcome, activity.evaluations))
        .collect();
    let already = Outcome::NotScaled(NotScaledReason::AlreadyAtDesiredCapacity);
    assert_eq!(refused, [(780.0, already, 8)]);
}
