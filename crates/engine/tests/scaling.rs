//! What the log says happened, and why, in situations worked out by hand.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{curve, plan};
use engine::{
    plan::{
        AdjustmentType, Comparison, Launch, Metric, MetricAlarm, Plan, ScalableTarget,
        ScheduledAction, Statistic, StepAdjustment, StepScaling, TargetTracking, TreatMissingData,
    },
    run::{AlarmRole, AlarmState, Cause, Direction, Outcome, Run},
};

/// The log as lines of: start, end, from → to, what asked, what became of it, evaluations.
fn log(run: &Run) -> Vec<String> {
    run.activities
        .iter()
        .map(|activity| {
            let cause = match activity.cause {
                Cause::Policy(decision) => {
                    let name = if decision.direction == Direction::Out {
                        "high"
                    } else {
                        "low"
                    };
                    format!(
                        "{name} {} of {} at {}",
                        decision.breaching, decision.datapoints, decision.metric
                    )
                }
                Cause::Scheduled { action, .. } => format!("action {action}"),
                Cause::Predictive(prediction) => format!("forecast {}", prediction.capacity),
                Cause::Replacement(_) => "replacement".to_owned(),
            };
            let outcome = match activity.outcome {
                Outcome::NotScaled(reason) => format!("{reason:?}"),
                other => format!("{other:?}"),
            };
            let end = activity
                .end_s
                .map_or("-".to_owned(), |end_s| end_s.to_string());
            format!(
                "{}..{end} {}→{} {cause}: {outcome} ×{}",
                activity.start_s, activity.from, activity.to, activity.evaluations
            )
        })
        .collect()
}

#[track_caller]
fn check(plan: &Plan, expected: &[&str]) -> Run {
    let run = engine::run(plan);
    let log = log(&run);
    assert_eq!(log, expected, "\n{}", log.join("\n"));
    run
}

#[test]
fn a_rise_is_answered_after_three_datapoints_and_their_delay() {
    // 8 rps are 480 an instance and minute: above AlarmLow's 540 would be 9. 30 rps need three instances.
    let mut plan = plan(&[curve(&[(0.0, 9.5), (1800.0, 9.5), (1800.0, 30.0)])], 3600);
    plan.objective.late_s = 1e9;
    let run = check(
        &plan,
        &[
            // Breaching from 1800 s; the third datapoint ends at 1980 s and is seen at 2040 s.
            "2040..2280 1→3 high 3 of 3 at 1800: Successful ×1",
            // While it launches, the old fleet's metric gives the old answer from the old base.
            "2100..2340 3→3 high 3 of 3 at 1800: ScaleOutCooldown { until_s: Some(2580.0) } ×5",
        ],
    );
    let states: Vec<_> = run
        .series
        .alarm(AlarmRole::High)
        .iter()
        .enumerate()
        .filter(|(i, _)| [0, 1, 2, 3, 33, 38, 39].contains(i))
        .map(|(_, state)| *state)
        .collect();
    let (none, ok, alarm) = (
        AlarmState::InsufficientData,
        AlarmState::Ok,
        AlarmState::Alarm,
    );
    assert_eq!(states, [none, ok, ok, ok, alarm, alarm, ok]);
    assert_eq!(run.totals.instance_s, 3600.0 + 2.0 * (3600.0 - 2040.0));
    assert_eq!(run.totals.in_service_s, 3600.0 + 2.0 * (3600.0 - 2280.0));
}

#[test]
fn two_instances_scale_in_only_at_half_the_target() {
    // 312 of 600, as 26 of 50 would be. AlarmLow fires, and nothing can be removed.
    let two = |rps: f64| {
        let mut plan = plan(&[curve(&[(0.0, rps)])], 2400);
        plan.fleet.initial = 2;
        plan
    };
    check(
        &two(10.4),
        &["960..2400 2→2 low 15 of 15 at 312: AutoScalingAnticipatedFlapping ×25"],
    );
    check(
        &two(9.6),
        &[
            "960..1020 2→1 low 15 of 15 at 288: Successful ×1",
            "1020..1080 1→1 low 15 of 15 at 288: AlreadyAtMinCapacity ×2",
        ],
    );
}

#[test]
fn at_the_minimum_a_quiet_night_is_one_entry() {
    check(
        &plan(&[curve(&[(0.0, 1.0)])], 86_400),
        &["960..86400 1→1 low 15 of 15 at 60: AlreadyAtMinCapacity ×1425"],
    );
}

#[test]
fn at_the_maximum_the_log_says_so() {
    let mut plan = plan(&[curve(&[(0.0, 30.0)])], 1800);
    plan.scalable_target.max = 2;
    check(
        &plan,
        &[
            "240..480 1→2 high 3 of 3 at 1800: Successful ×1",
            "300..1800 2→2 high 3 of 3 at 1800: AlreadyAtMaxCapacity ×26",
        ],
    );
}

#[test]
fn a_larger_scale_out_goes_on_in_a_cooldown_from_the_same_base() {
    // 30 rps, then 50 while three instances launch: the endpoint is Updating, then the base is still one.
    let plan = plan(&[curve(&[(0.0, 30.0), (300.0, 30.0), (300.0, 50.0)])], 1800);
    check(
        &plan,
        &[
            "240..480 1→3 high 3 of 3 at 1800: Successful ×1",
            "300..360 3→3 high 3 of 3 at 1800: ScaleOutCooldown { until_s: None } ×2",
            "420..420 3→3 high 3 of 3 at 3000: TargetServicePutResourceAsUnscalable { until_s: 480.0 } ×1",
            "480..720 3→5 high 3 of 3 at 3000: Successful ×1",
            "540..780 5→5 high 3 of 3 at 3000: ScaleOutCooldown { until_s: Some(1020.0) } ×5",
        ],
    );
}

#[test]
fn a_scale_out_ends_a_scale_in_cooldown() {
    // Quiet enough to go from four to one, then a rise while the scale-in cooldown of an hour still runs.
    let mut plan = plan(
        &[curve(&[
            (0.0, 8.0),
            (1200.0, 8.0),
            (1200.0, 15.0),
            (1800.0, 15.0),
            (1800.0, 4.0),
        ])],
        5400,
    );
    plan.fleet.initial = 4;
    plan.target_tracking[0].scale_in_cooldown_s = 3600.0;
    check(
        &plan,
        &[
            "960..1020 4→1 low 15 of 15 at 120: Successful ×1",
            "1020..1260 1→1 low 15 of 15 at 120: AlreadyAtMinCapacity ×5",
            "1440..1680 1→2 high 3 of 3 at 900: Successful ×1",
            "1500..1740 2→2 high 3 of 3 at 900: ScaleOutCooldown { until_s: Some(1980.0) } ×5",
            "2640..2700 2→1 low 15 of 15 at 120: Successful ×1",
            "2700..5400 1→1 low 15 of 15 at 120: AlreadyAtMinCapacity ×46",
        ],
    );
}

#[test]
fn a_scale_in_cooldown_holds_the_next_one_back() {
    let mut plan = plan(&[curve(&[(0.0, 8.0), (120.0, 8.0)])], 3000);
    plan.fleet.initial = 4;
    plan.assumptions.max_scale_in_step = Some(1);
    check(
        &plan,
        &[
            "960..1020 4→3 low 15 of 15 at 120: Successful ×1",
            "1020..1260 3→3 low 15 of 15 at 120: ScaleInCooldown { until_s: Some(1320.0) } ×5",
            "1320..1380 3→2 low 15 of 15 at 160: Successful ×1",
            "1380..1620 2→2 low 15 of 15 at 160: ScaleInCooldown { until_s: Some(1680.0) } ×5",
            "1680..1740 2→1 low 15 of 15 at 240: Successful ×1",
            "1740..3000 1→1 low 15 of 15 at 240: AlreadyAtMinCapacity ×22",
        ],
    );
}

fn at(at_s: f64, index: usize, min: Option<u32>, max: Option<u32>) -> ScheduledAction {
    ScheduledAction {
        at_s,
        index,
        min,
        max,
        desired: None,
    }
}

#[test]
fn scheduled_actions_set_bounds_and_capacity() {
    let mut plan = plan(&[curve(&[(0.0, 9.5)])], 3600);
    plan.target_tracking.clear();
    plan.scalable_target = ScalableTarget { min: 1, max: 5 };
    plan.scheduled_actions = vec![
        at(600.0, 0, Some(3), None),
        // The minimum would exceed the maximum in force: the action fails, and changes neither.
        at(1200.0, 1, Some(6), None),
        at(1500.0, 2, Some(1), Some(2)),
        at(1530.0, 3, Some(4), Some(9)),
        at(2400.0, 4, None, Some(8)),
    ];
    let run = check(
        &plan,
        &[
            "600..840 1→3 action 0: Successful ×1",
            "1200..1200 3→3 action 1: MinAboveMax ×1",
            "1500..1560 3→2 action 2: Successful ×1",
            // Bounds change at once, capacity once the endpoint is InService again.
            "1530..1530 2→2 action 3: TargetServicePutResourceAsUnscalable { until_s: 1560.0 } ×1",
            "1560..1800 2→4 action 3: Successful ×1",
            "2400..2400 4→4 action 4: Successful ×1",
        ],
    );
    let bounds: Vec<_> = run
        .fleet
        .iter()
        .map(|change| {
            (
                change.at_s,
                change.min,
                change.max,
                change.desired,
                change.in_service,
            )
        })
        .collect();
    assert_eq!(
        bounds,
        [
            (0.0, 1, 5, 1, 1),
            (600.0, 3, 5, 3, 1),
            (840.0, 3, 5, 3, 3),
            (1500.0, 1, 2, 2, 3),
            (1530.0, 4, 9, 2, 3),
            (1560.0, 4, 9, 4, 2),
            (1800.0, 4, 9, 4, 4),
            (2400.0, 4, 8, 4, 4),
        ]
    );
}

#[test]
fn several_policies_scale_out_if_any_and_in_if_all() {
    let policy = |target, disable_scale_in| TargetTracking {
        index: 0,
        metric: Metric::InvocationsPerInstance,
        target,
        scale_out_cooldown_s: 300.0,
        scale_in_cooldown_s: 300.0,
        disable_scale_in,
    };
    let with = |policies: &[TargetTracking], initial, rps| {
        let mut plan = plan(&[curve(&[(0.0, rps)])], 1500);
        plan.fleet.initial = initial;
        plan.target_tracking = policies.to_vec();
        for (index, policy) in plan.target_tracking.iter_mut().enumerate() {
            policy.index = index;
        }
        plan
    };
    // Both ready: the larger capacity wins.
    let run = engine::run(&with(
        &[policy(1000.0, false), policy(600.0, false)],
        1,
        30.0,
    ));
    assert_eq!(
        (run.activities[0].to, run.activities[0].start_s),
        (3, 240.0)
    );
    assert!(matches!(run.activities[0].cause, Cause::Policy(decision) if decision.policy == 1));
    // 300 is below 0.9 × 600, but not below 0.9 × 330.
    check(
        &with(&[policy(600.0, false), policy(330.0, false)], 4, 20.0),
        &["960..1500 4→4 low 15 of 15 at 300: OtherPolicyNotReady { policy: 1 } ×10"],
    );
    // A policy that never scales in is not asked then; it still scales out.
    check(
        &with(&[policy(600.0, false), policy(330.0, true)], 4, 20.0),
        &[
            "960..1020 4→2 low 15 of 15 at 300: Successful ×1",
            "1020..1080 2→2 low 15 of 15 at 300: ScaleInCooldown { until_s: Some(1320.0) } ×2",
            "1260..1500 2→4 high 3 of 3 at 600: Successful ×1",
            "1320..1500 4→4 high 3 of 3 at 600: ScaleOutCooldown { until_s: Some(1800.0) } ×4",
        ],
    );
    check(
        &with(&[policy(600.0, true)], 4, 20.0),
        &["960..1500 4→4 low 15 of 15 at 300: ScaleInDisabled ×10"],
    );
    // All ready: the larger capacity wins here too.
    check(
        &with(&[policy(600.0, false), policy(400.0, false)], 5, 20.0),
        &[
            "960..1020 5→3 low 15 of 15 at 240: Successful ×1",
            "1020..1080 3→3 low 15 of 15 at 240: ScaleInCooldown { until_s: Some(1320.0) } ×2",
            "1140..1500 3→3 low 15 of 15 at 400: OtherPolicyNotReady { policy: 1 } ×7",
        ],
    );
}

#[test]
fn without_blocking_a_later_scale_out_overrides_the_first() {
    let mut plan = plan(&[curve(&[(0.0, 30.0), (180.0, 30.0), (180.0, 50.0)])], 1500);
    plan.assumptions.updating_blocks = false;
    check(
        &plan,
        &[
            "240..300 1→3 high 3 of 3 at 1800: Overridden ×1",
            "300..540 3→5 high 3 of 3 at 3000: Successful ×1",
            "360..600 5→5 high 3 of 3 at 3000: ScaleOutCooldown { until_s: Some(840.0) } ×5",
        ],
    );
}

#[test]
fn a_scale_out_over_a_scheduled_one_keeps_the_base_before_both() {
    // The clock adds one instance, which launches while the metric still shows one: four are wanted, and not eight a minute later.
    let mut plan = plan(&[curve(&[(0.0, 40.0)])], 900);
    plan.assumptions.updating_blocks = false;
    plan.scheduled_actions = vec![at(200.0, 0, Some(2), None)];
    check(
        &plan,
        &[
            "200..240 1→2 action 0: Overridden ×1",
            "240..480 2→4 high 3 of 3 at 2400: Successful ×1",
            "300..540 4→4 high 3 of 3 at 2400: ScaleOutCooldown { until_s: Some(780.0) } ×5",
        ],
    );
}

#[test]
fn a_refusal_that_comes_back_is_a_new_entry() {
    // AlarmLow clears for five minutes in between: 570 lies between 540 and the target.
    let corners = [
        (0.0, 10.4),
        (1800.0, 10.4),
        (1800.0, 19.0),
        (2100.0, 19.0),
        (2100.0, 10.4),
    ];
    let mut plan = plan(&[curve(&corners)], 3600);
    plan.fleet.initial = 2;
    check(
        &plan,
        &[
            "960..1860 2→2 low 15 of 15 at 312: AutoScalingAnticipatedFlapping ×16",
            "3060..3600 2→2 low 15 of 15 at 312: AutoScalingAnticipatedFlapping ×10",
        ],
    );
}

#[test]
fn each_action_that_waits_has_an_entry_of_its_own() {
    let mut plan = plan(&[curve(&[(0.0, 9.5)])], 1500);
    plan.target_tracking.clear();
    plan.fleet.initial = 3;
    plan.fleet.removal_s = 300.0;
    plan.scheduled_actions = vec![
        at(600.0, 0, None, Some(1)),
        at(630.0, 1, Some(4), Some(9)),
        at(640.0, 2, Some(5), None),
    ];
    check(
        &plan,
        &[
            "600..900 3→1 action 0: Successful ×1",
            "630..630 1→1 action 1: TargetServicePutResourceAsUnscalable { until_s: 900.0 } ×1",
            "640..840 1→1 action 2: TargetServicePutResourceAsUnscalable { until_s: 900.0 } ×5",
            "900..1140 1→5 action 2: Successful ×1",
        ],
    );
}

#[test]
fn a_scale_out_cooldown_does_not_hold_a_scale_in_back() {
    let mut plan = plan(&[curve(&[(0.0, 30.0), (600.0, 30.0), (600.0, 2.0)])], 2400);
    plan.target_tracking[0].scale_out_cooldown_s = 7200.0;
    check(
        &plan,
        &[
            "240..480 1→3 high 3 of 3 at 1800: Successful ×1",
            "300..540 3→3 high 3 of 3 at 1800: ScaleOutCooldown { until_s: Some(7680.0) } ×5",
            "1560..1620 3→1 low 15 of 15 at 40: Successful ×1",
            "1620..2400 1→1 low 15 of 15 at 40: AlreadyAtMinCapacity ×14",
        ],
    );
}

/// An answer that a cooldown refuses stands no longer than what a scheduled action has begun: the base is another then.
#[test]
fn a_cooldown_s_answer_is_asked_for_anew_once_a_scheduled_activity_is_done() {
    let mut plan = plan(&[curve(&[(0.0, 400.0)])], 1800);
    plan.fleet.launch = Launch::Fixed(60.0);
    plan.scalable_target.max = 2;
    // Every core is busy all the time, so each answer is a quarter more than the base.
    plan.target_tracking[0].metric = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    plan.target_tracking[0].target = 79.0;
    plan.target_tracking[0].scale_out_cooldown_s = 410.0;
    plan.assumptions.alarm_low_datapoints = 1;
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 570.0,
        index: 0,
        min: Some(5),
        max: Some(6),
        desired: None,
    }];
    let run = engine::run(&plan);
    let changed = run.activities.iter().filter(|a| a.from != a.to);
    let changes: Vec<_> = changed.map(|a| (a.start_s, a.from, a.to)).collect();
    assert_eq!(
        changes,
        [(240.0, 1, 2), (570.0, 2, 5), (660.0, 5, 6)],
        "{:#?}",
        run.activities
    );
}

/// A cooldown no longer than the metric's delay ends while all that can be seen is from before the instances came.
#[test]
fn a_datapoint_from_before_a_scale_out_acts_on_what_it_led_to_or_not() {
    let with = |acts: bool, cooldown_s: f64, delay_s: f64| {
        let layers = [curve(&[(0.0, 9.5), (1800.0, 9.5), (1800.0, 40.0)])];
        let mut plan = plan(&layers, 2760);
        plan.scalable_target.max = 100;
        plan.target_tracking[0].scale_out_cooldown_s = cooldown_s;
        plan.assumptions.metric_delay_s = delay_s;
        plan.assumptions.datapoints_from_before_act = acts;
        plan
    };
    let first = "2040..2280 1→4 high 3 of 3 at 2400: Successful ×1";
    let cools = "2100..2280 4→4 high 3 of 3 at 2400: ScaleOutCooldown { until_s: Some(2340.0) } ×4";
    // 4 × 2,400 ÷ 600.
    let again = "2340..2580 4→16 high 3 of 3 at 2400: Successful ×1";
    check(&with(true, 60.0, 60.0), &[first, cools, again]);
    // 1 × 2,400 ÷ 600, until the first datapoint that is all from after is seen, which fires nothing.
    let waits = "2340..2340 4→4 high 3 of 3 at 2400: AlreadyAtDesiredCapacity ×1";
    check(&with(false, 60.0, 60.0), &[first, cools, waits]);
    let cools = "2100..2220 4→4 high 3 of 3 at 2400: ScaleOutCooldown { until_s: None } ×3";
    let waits = "2280..2340 4→4 high 3 of 3 at 2400: AlreadyAtDesiredCapacity ×2";
    check(&with(false, 0.0, 60.0), &[first, cools, waits]);
    // A longer cooldown is what AWS has against it.
    let cools = "2100..2340 4→4 high 3 of 3 at 2400: ScaleOutCooldown { until_s: Some(2400.0) } ×5";
    check(&with(true, 120.0, 60.0), &[first, cools]);
}

/// The same of steps, over a period of five minutes: what began before the instances came does not act.
#[test]
fn a_long_period_from_before_a_scale_out_goes_by_the_capacity_before() {
    let with = |acts: bool| {
        let mut plan = plan(&[curve(&[(0.0, 60.0)])], 2400);
        plan.target_tracking.clear();
        plan.scalable_target.max = 100;
        plan.fleet.launch = Launch::Fixed(60.0);
        plan.assumptions.datapoints_from_before_act = acts;
        plan.step_scaling = vec![StepScaling {
            index: 0,
            alarm: MetricAlarm {
                metric: Metric::InvocationsPerInstance,
                statistic: Statistic::Sum,
                period_s: 300,
                evaluation_periods: 1,
                datapoints_to_alarm: 1,
                threshold: 3100.0,
                comparison: Comparison::GreaterThanThreshold,
                treat_missing_data: TreatMissingData::Missing,
            },
            adjustment_type: AdjustmentType::ChangeInCapacity,
            steps: vec![StepAdjustment {
                lower: 0.0,
                upper: f64::INFINITY,
                adjustment: 5,
            }],
            min_adjustment_magnitude: 0,
            cooldown_s: 60.0,
            is_simple: false,
        }];
        let run = engine::run(&plan);
        let changed = run.activities.iter().filter(|it| it.from != it.to);
        let changes: Vec<_> = changed.map(|it| (it.start_s, it.from, it.to)).collect();
        changes
    };
    let first = (360.0, 1, 6);
    let more = [(480.0, 6, 11), (600.0, 11, 16), (720.0, 16, 21)];
    assert_eq!(with(true), [&[first], &more[..]].concat());
    assert_eq!(with(false), [first]);
}
