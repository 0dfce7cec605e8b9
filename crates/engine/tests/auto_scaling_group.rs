//! EC2 Auto Scaling groups: warm-up in place of cooldowns, and simple scaling, which waits.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{changes, curve, group_of, make_group, plan};
use engine::{
    plan::{
        AdjustmentType, Comparison, Launch, Metric, MetricAlarm, Plan, ScalableTarget,
        ScheduledAction, Statistic, StepAdjustment, StepScaling, SuspendedState, TargetTracking,
        TreatMissingData, WarmPool, WarmUp,
    },
    run::{AlarmRole, AlarmState, Cause, NotScaledReason, Outcome, Run},
};

const INF: f64 = f64::INFINITY;

/// CPU in percent of the machine, of which 20 requests per second need all.
const CPU: Metric = Metric::Utilization {
    percent_s_per_request: 5.0,
    most_percent: 100.0,
};

fn step(comparison: Comparison, steps: &[(f64, f64, i32)]) -> StepScaling {
    StepScaling {
        index: 0,
        alarm: MetricAlarm {
            metric: CPU,
            statistic: Statistic::Average,
            period_s: 60,
            evaluation_periods: 1,
            datapoints_to_alarm: 1,
            threshold: 50.0,
            comparison,
            treat_missing_data: TreatMissingData::Missing,
        },
        adjustment_type: AdjustmentType::PercentChangeInCapacity,
        steps: (steps.iter())
            .map(|&(lower, upper, adjustment)| StepAdjustment {
                lower,
                upper,
                adjustment,
            })
            .collect(),
        min_adjustment_magnitude: 0,
        cooldown_s: 0.0,
        is_simple: false,
    }
}

/// Keeps CPUs at 50 %.
fn tracking() -> TargetTracking {
    TargetTracking {
        index: 0,
        metric: CPU,
        target: 50.0,
        scale_out_cooldown_s: 300.0,
        scale_in_cooldown_s: 300.0,
        disable_scale_in: false,
    }
}

/// A group of so many instances, whose warm-up is this long, under demand that keeps their CPUs at so many percent from
/// each of these moments on.
fn group(instances: u32, warm_up_s: f64, load: &[(f64, f64)], length_s: u32) -> Plan {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for &(at_s, percent) in load {
        let rps = percent / 100.0 * 20.0 * f64::from(instances);
        corners.extend(corners.last().map(|&(_, last)| (at_s, last)));
        corners.push((at_s, rps));
    }
    let mut plan = plan(&[curve(&corners)], length_s);
    plan.fleet.initial = instances;
    plan.scalable_target = ScalableTarget { min: 1, max: 100 };
    plan.target_tracking.clear();
    plan.assumptions.metric_delay_s = 0.0;
    make_group(
        &mut plan,
        WarmUp {
            default_s: warm_up_s,
            by_policy: Vec::new(),
        },
    );
    plan
}

/// The reasons for which nothing changed, each as often as it was given in a row.
fn refusals(run: &Run) -> Vec<(f64, NotScaledReason, u32)> {
    let told = run.activities.iter().filter_map(|a| match a.outcome {
        Outcome::NotScaled(reason) => Some((a.start_s, reason, a.evaluations)),
        _ => None,
    });
    told.collect()
}

const ABOVE: Comparison = Comparison::GreaterThanOrEqualToThreshold;
const BELOW: Comparison = Comparison::LessThanOrEqualToThreshold;

#[test]
fn the_user_guides_example_of_instance_warm_up() {
    // "Step and simple scaling policies", instance warm-up: ten instances, +10 % from 60 on, +30 % from 70 on. At 60 one
    // comes, at 62 none more while it warms up, at 70 two more: 13, not 14.
    let steps = [(0.0, 10.0, 0), (10.0, 20.0, 10), (20.0, INF, 30)];
    for (load, expected) in [
        (vec![(0.0, 60.0), (60.0, 62.0)], vec![(60.0, 10, 11)]),
        (
            vec![(0.0, 60.0), (60.0, 62.0), (120.0, 70.0)],
            vec![(60.0, 10, 11), (180.0, 11, 13)],
        ),
        // Several breaches within one step are one activity.
        (vec![(0.0, 70.0), (60.0, 95.0)], vec![(60.0, 10, 13)]),
    ] {
        let mut plan = group(10, 600.0, &load, 840);
        plan.step_scaling = vec![step(ABOVE, &steps)];
        let run = engine::run(&plan);
        assert_eq!(changes(&run), expected, "{load:?}");
    }
}

#[test]
fn suspended_processes_change_nothing() {
    // Ten instances at 70 % from the start, at 10 % from an hour on; two more by the clock in the middle.
    let with = |suspended: SuspendedState| {
        let mut plan = group(10, 60.0, &[(0.0, 70.0), (3600.0, 10.0)], 7200);
        plan.target_tracking = vec![tracking()];
        plan.scheduled_actions = vec![ScheduledAction {
            at_s: 1800.0,
            index: 0,
            min: None,
            max: None,
            desired: Some(20),
        }];
        plan.suspended = suspended;
        let run = engine::run(&plan);
        let refused = refusals(&run);
        let is_suspended = |refusal: &&(_, _, _)| refusal.1 == NotScaledReason::Suspended;
        let times = refused.iter().filter(is_suspended).count();
        (changes(&run), times)
    };
    let (changed, times) = with(SuspendedState::default());
    assert!(changed.len() >= 3 && times == 0, "{changed:?}");
    let alarms = SuspendedState {
        scale_in: true,
        scale_out: true,
        scheduled: false,
    };
    let (changed, times) = with(alarms);
    assert_eq!(changed, [(1800.0, 10, 20)]);
    assert!(times >= 2, "{times}");
    let all = SuspendedState {
        scheduled: true,
        ..alarms
    };
    assert_eq!(with(all).0, []);
}

#[test]
fn an_instance_counts_once_it_has_warmed_up() {
    // The same example: "If the metric value rises to 70 even after this increase", 30 % of 11 are 3 more, so 14. The instance
    // is in service 240 s after it was asked for, and warm 300 s later: 60 + 240 + 300 = 600.
    let steps = [(0.0, 10.0, 0), (10.0, 20.0, 10), (20.0, INF, 30)];
    for (warm_up_s, expected) in [(300.0, (660.0, 11, 14)), (420.0, (660.0, 11, 13))] {
        let load = [(0.0, 60.0), (60.0, 55.0), (600.0, 78.0)];
        let mut plan = group(10, warm_up_s, &load, 660);
        plan.step_scaling = vec![step(ABOVE, &steps)];
        let run = engine::run(&plan);
        assert_eq!(changes(&run), [(60.0, 10, 11), expected], "{warm_up_s}");
    }
}

#[test]
fn target_tracking_counts_from_warm_instances_and_knows_no_cooldown() {
    // Four at 60 % of a target of 50 need 5, at 70 % 6: those that are asked for already count.
    let load = [(0.0, 60.0), (300.0, 70.0)];
    let mut plan = group(4, 300.0, &load, 540);
    plan.target_tracking = vec![tracking()];
    plan.target_tracking[0].scale_out_cooldown_s = 86_400.0;
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(180.0, 4, 5), (360.0, 5, 6)]);
    // From 240 s on the same answer is given again and again.
    let waiting = NotScaledReason::InstancesWarmingUp { until_s: None };
    assert_eq!(refusals(&run)[0], (240.0, waiting, 2));
}

#[test]
fn nothing_scales_in_until_warm_up_ends() {
    // "Set the default instance warmup": scale-in is blocked until instances have finished warming up. One comes at 60 s, is in
    // service at 300 s; demand is gone from 120 s on.
    let out = step(ABOVE, &[(0.0, INF, 10)]);
    let mut down = step(BELOW, &[(-INF, 0.0, -10)]);
    down.index = 1;
    for (default_s, own_s, from_s) in [
        (0.0, None, 300.0),
        (120.0, None, 420.0),
        (3600.0, Some(180.0), 480.0),
    ] {
        let mut plan = group(10, default_s, &[(0.0, 60.0), (60.0, 10.0)], 600);
        plan.step_scaling = vec![out.clone(), down.clone()];
        let warm_up = &mut group_of(&mut plan).warm_up;
        warm_up.by_policy = own_s.map(|own_s| (0, own_s)).into_iter().collect();
        let run = engine::run(&plan);
        let expected = [(60.0, 10, 11), (from_s, 11, 10)];
        assert_eq!(changes(&run)[..2], expected, "{default_s} {own_s:?}");
        let (since_s, reason, _) = refusals(&run)[0];
        assert_eq!(since_s, 120.0);
        // Known once it is in service, if it then has to warm up.
        let until_s = (from_s > 300.0).then_some(from_s);
        assert_eq!(reason, NotScaledReason::InstancesWarmingUp { until_s });
    }
}

#[test]
fn instances_that_terminate_count_when_scaling_in() {
    // The user guide's example: of 14, 10 % are 1. While it terminates the answer is the same 13; then 10 % of 13 are 1 again.
    let mut plan = group(14, 300.0, &[(0.0, 30.0)], 240);
    plan.fleet.removal_s = 170.0;
    plan.step_scaling = vec![step(BELOW, &[(-INF, 0.0, -10)])];
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(60.0, 14, 13), (240.0, 13, 12)]);
}

#[test]
fn target_tracking_does_not_remove_twice_what_a_late_datapoint_still_shows() {
    // Ten at 20 % of a target of 50 are four. The datapoints that show ten come until two minutes after six are gone.
    let mut plan = group(10, 300.0, &[(0.0, 20.0)], 3600);
    plan.assumptions.metric_delay_s = 60.0;
    plan.target_tracking = vec![tracking()];
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(960.0, 10, 4)]);
}

#[test]
fn what_a_datapoint_no_longer_shows_is_asked_for_anew() {
    // Ten at 20 % of a target of 50 are four. Six are gone at 1,080 s, when demand falls again: four at 30 % are three, once no
    // datapoint shows ten any more, two minutes later.
    let mut plan = group(10, 300.0, &[(0.0, 20.0), (1080.0, 12.0)], 2400);
    plan.assumptions.metric_delay_s = 60.0;
    plan.fleet.removal_s = 120.0;
    plan.target_tracking = vec![tracking()];
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(960.0, 10, 4), (1200.0, 4, 3)]);
}

#[test]
fn two_activities_of_one_moment_are_done_when_all_instances_are_there() {
    let mut plan = group(2, 0.0, &[(0.0, 40.0)], 600);
    plan.scheduled_actions = desired_at(&[(60.0, 3), (60.0, 5)]);
    let run = engine::run(&plan);
    let done: Vec<_> = (run.activities.iter())
        .map(|a| (a.start_s, a.from, a.to, a.end_s))
        .collect();
    assert_eq!(done, [(60.0, 2, 3, Some(300.0)), (60.0, 3, 5, Some(300.0))]);
}

#[test]
fn who_warms_up_is_told_until_when() {
    // One more at 60 s, which comes at 300 s and is warm at 600 s: known once it has come.
    let mut by_one = step(ABOVE, &[(0.0, INF, 1)]);
    by_one.adjustment_type = AdjustmentType::ChangeInCapacity;
    for (length_s, until_s) in [(290, None), (310, Some(600.0)), (660, Some(600.0))] {
        let mut plan = group(2, 300.0, &[(0.0, 100.0)], length_s);
        plan.step_scaling = vec![by_one.clone()];
        let refused = refusals(&engine::run(&plan))[0];
        let reason = NotScaledReason::InstancesWarmingUp { until_s };
        assert_eq!((refused.0, refused.1), (120.0, reason), "{length_s}");
    }
}

#[test]
fn activities_side_by_side_end_each_by_itself() {
    let steps = [(0.0, 20.0, 10), (20.0, INF, 30)];
    let mut plan = group(10, 300.0, &[(0.0, 60.0), (60.0, 75.0)], 600);
    plan.step_scaling = vec![step(ABOVE, &steps)];
    let run = engine::run(&plan);
    let done: Vec<_> = (run.activities.iter())
        .filter(|a| a.from != a.to)
        .map(|a| (a.start_s, a.end_s, a.outcome))
        .collect();
    let expected = [(60.0, 300.0), (120.0, 360.0)];
    assert_eq!(
        done,
        expected.map(|(start_s, end_s)| (start_s, Some(end_s), Outcome::Successful))
    );
}

#[test]
fn simple_scaling_waits_for_its_activity_and_its_cooldown() {
    // "Scaling cooldowns": it launches one, and answers no alarm until the instance is launched and the cooldown over.
    let mut simple = step(ABOVE, &[(-INF, INF, 1)]);
    simple.adjustment_type = AdjustmentType::ChangeInCapacity;
    simple.is_simple = true;
    for (cooldown_s, next_s, until_s) in [
        (300.0, 600.0, Some(600.0)),
        (180.0, 480.0, Some(480.0)),
        (0.0, 300.0, None),
    ] {
        let mut plan = group(2, 0.0, &[(0.0, 100.0)], 660);
        simple.cooldown_s = cooldown_s;
        plan.step_scaling = vec![simple.clone()];
        let run = engine::run(&plan);
        let expected = [(60.0, 2, 3), (next_s, 3, 4)];
        assert_eq!(changes(&run)[..2], expected, "{cooldown_s}");
        let waits = NotScaledReason::SimpleScalingCooldown { until_s };
        assert_eq!(refusals(&run)[0].1, waits);
    }
    // It waits for what others do, too; they do not wait for it.
    let mut tracked = group(2, 0.0, &[(0.0, 100.0)], 660);
    simple.cooldown_s = 300.0;
    simple.index = 1;
    tracked.step_scaling = vec![simple];
    tracked.target_tracking = vec![tracking()];
    let run = engine::run(&tracked);
    assert_eq!(changes(&run)[..2], [(60.0, 2, 3), (180.0, 3, 4)]);
}

#[test]
fn the_clock_waits_for_nothing() {
    let mut plan = group(4, 3600.0, &[(0.0, 50.0)], 3600);
    plan.scheduled_actions = [(600.0, 8, 20), (660.0, 1, 5), (720.0, 6, 20)]
        .into_iter()
        .enumerate()
        .map(|(index, (at_s, min, max))| ScheduledAction {
            at_s,
            index,
            min: Some(min),
            max: Some(max),
            desired: None,
        })
        .collect();
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(600.0, 4, 8), (660.0, 8, 5), (720.0, 5, 6)]);
    // Of four that launched three were given up.
    let last = run.fleet.last().unwrap();
    assert_eq!((last.in_service, last.pending), (6, 0));
}

#[test]
fn the_clock_may_set_desired_capacity() {
    let mut plan = group(4, 60.0, &[(0.0, 50.0)], 1800);
    let action = |index: usize, at_s, desired, max| ScheduledAction {
        at_s,
        index,
        min: None,
        max,
        desired: Some(desired),
    };
    plan.scheduled_actions = vec![
        action(0, 600.0, 9, None),
        action(1, 900.0, 9, None),
        action(2, 1200.0, 9, Some(7)),
        action(3, 1500.0, 3, None),
    ];
    let run = engine::run(&plan);
    assert_eq!(
        changes(&run),
        [(600.0, 4, 9), (1200.0, 9, 7), (1500.0, 7, 3)]
    );
}

#[test]
fn an_instance_that_comes_in_service_does_not_thin_out_what_the_warm_ones_do() {
    // Two at 60 %; a third comes half-way through the sixth minute: 60 % and then 40 % are 50 %, not 24 rps on 2.5 instances.
    let mut plan = group(2, 300.0, &[(0.0, 60.0)], 360);
    plan.fleet.launch = Launch::Fixed(270.0);
    let mut policy = step(ABOVE, &[(-INF, INF, 1)]);
    policy.adjustment_type = AdjustmentType::ChangeInCapacity;
    plan.step_scaling = vec![policy];
    let run = engine::run(&plan);
    let last = run.activities.last().unwrap();
    let Cause::Policy(decision) = last.cause else {
        panic!("{last:?}");
    };
    assert_eq!(last.end_s, Some(360.0));
    assert!((decision.metric - 60.0).abs() < 1e-9 && decision.breaching == 1);
    // What is shown is what the alarm sees.
    assert!((run.series.metric()[5] - 50.0).abs() < 1e-4);
    assert_eq!(
        last.evaluations, 5,
        "from 120 s to 360 s, when it is just 50 %"
    );
}

#[test]
fn a_group_without_instances_reports_nothing() {
    // None from the start; or one, which the clock takes away after ten minutes.
    let gone = ScheduledAction {
        at_s: 600.0,
        index: 0,
        min: Some(0),
        max: None,
        desired: Some(0),
    };
    for (instances, actions) in [(0, vec![]), (1, vec![gone])] {
        let mut plan = group(instances, 60.0, &[(0.0, 0.0)], 7200);
        plan.scalable_target.min = instances;
        plan.scheduled_actions = actions;
        plan.target_tracking = vec![TargetTracking {
            metric: Metric::InvocationsPerInstance,
            target: 600.0,
            ..tracking()
        }];
        let run = engine::run(&plan);
        assert_eq!(run.series.in_service.last(), Some(&0));
        // Nothing comes, which is below the target; but nobody is there to say so.
        for role in [AlarmRole::High, AlarmRole::Low] {
            let last = run.series.alarm(role).last();
            assert_eq!(last, Some(&AlarmState::InsufficientData), "{instances}");
        }
    }
}

#[test]
fn a_warm_pool_shortens_launches_and_costs_where_it_runs() {
    let mut plan = group(2, 60.0, &[(0.0, 100.0)], 3600);
    plan.scalable_target.max = 4;
    plan.target_tracking = vec![tracking()];
    let pool = |is_running| WarmPool {
        launch_s: 30.0,
        most: 4,
        min: 0,
        is_running,
    };
    let hours = |warm_pool| {
        let mut plan = plan.clone();
        group_of(&mut plan).warm_pool = warm_pool;
        let run = engine::run(&plan);
        let first = run.activities.first().unwrap();
        (first.end_s.unwrap(), run.totals.instance_s)
    };
    // Asked for at 180 s. Without a pool two launch in 240 s; of a pool, in 30 s, and paid for from then on, or all along.
    assert_eq!(hours(None), (420.0, 2.0 * 3600.0 + 2.0 * 3420.0));
    assert_eq!(
        hours(Some(pool(false))),
        (210.0, 2.0 * 3600.0 + 2.0 * 3420.0)
    );
    assert_eq!(hours(Some(pool(true))), (210.0, 4.0 * 3600.0));
}

/// What instances have served before a minute ends counts for that minute alone, even where others come at its very end.
#[test]
fn an_instance_that_comes_as_the_minute_ends_does_not_count_it_twice() {
    // One instance serves 20 of 100 requests per second, and the others wait.
    let mut plan = plan(&[curve(&[(0.0, 100.0), (3600.0, 100.0)])], 3600);
    let metric = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 500.0,
    };
    make_group(
        &mut plan,
        WarmUp {
            default_s: 120.0,
            by_policy: Vec::new(),
        },
    );
    plan.fleet.launch = Launch::Fixed(0.0);
    plan.target_tracking = vec![TargetTracking {
        metric,
        ..tracking()
    }];
    let run = engine::run(&plan);
    assert!(changes(&run).len() > 2);
    for activity in &run.activities {
        let Cause::Policy(decision) = activity.cause else {
            continue;
        };
        assert!(decision.metric < 100.0 + 1e-6, "{activity:?}");
    }
}

/// Desired capacity set by the clock.
fn desired_at(moments: &[(f64, u32)]) -> Vec<ScheduledAction> {
    let moments = moments.iter().enumerate();
    let action = |(index, &(at_s, desired))| ScheduledAction {
        at_s,
        index,
        min: None,
        max: None,
        desired: Some(desired),
    };
    moments.map(action).collect()
}

#[test]
fn those_that_are_gone_count_until_no_datapoint_shows_them() {
    // One at a time of ten at 20 %, each gone after a minute: the newest datapoint shows the last two minutes' fleet, no older one.
    let mut plan = group(10, 0.0, &[(0.0, 20.0)], 1200);
    plan.assumptions.max_scale_in_step = Some(1);
    plan.target_tracking = vec![tracking()];
    let run = engine::run(&plan);
    let bases = run.activities.iter().filter(|a| a.from != a.to);
    let bases: Vec<u32> = bases
        .filter_map(|activity| match activity.cause {
            Cause::Policy(decision) => Some(decision.base),
            _ => None,
        })
        .collect();
    assert_eq!(bases, [10, 10, 9, 8, 7, 6]);
}

#[test]
fn those_that_leave_are_the_youngest_of_when_that_was_decided() {
    // Two of four leave from 100 s to 400 s; two more are asked for at 110 s, in service at 350 s, warm at 950 s. They are not
    // the ones that are gone at 400 s.
    let mut plan = group(4, 600.0, &[(0.0, 10.0)], 1020);
    plan.fleet.removal_s = 300.0;
    plan.scheduled_actions = desired_at(&[(100.0, 2), (110.0, 4)]);
    plan.step_scaling = vec![step(BELOW, &[(-INF, 0.0, -25)])];
    // In ALARM from 180 s on, once the clock has acted.
    plan.step_scaling[0].alarm.evaluation_periods = 3;
    plan.step_scaling[0].alarm.datapoints_to_alarm = 3;
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(100.0, 4, 2), (110.0, 2, 4), (960.0, 4, 3)]);
}

#[test]
fn a_step_adds_to_what_stays() {
    // Two of ten leave for ten minutes: one more than eight is nine.
    for (adjustment, expected) in [
        (1, vec![(90.0, 10, 8), (120.0, 8, 9)]),
        (0, vec![(90.0, 10, 8)]),
    ] {
        let mut plan = group(10, 300.0, &[(0.0, 100.0)], 240);
        plan.fleet.removal_s = 600.0;
        plan.scheduled_actions = desired_at(&[(90.0, 8)]);
        let mut policy = step(ABOVE, &[(0.0, INF, adjustment)]);
        policy.adjustment_type = AdjustmentType::ChangeInCapacity;
        (
            policy.alarm.evaluation_periods,
            policy.alarm.datapoints_to_alarm,
        ) = (2, 2);
        plan.step_scaling = vec![policy];
        assert_eq!(changes(&engine::run(&plan)), expected, "{adjustment}");
    }
}

#[test]
fn one_of_the_pool_comes_before_an_earlier_one_that_is_new() {
    // The pool's one is taken at 60 s and replaced at 300 s: what is asked for at 200 s is new and comes at 440 s, what is
    // asked for at 310 s comes of the pool at 340 s.
    let mut plan = group(2, 60.0, &[(0.0, 50.0)], 600);
    group_of(&mut plan).warm_pool = Some(WarmPool {
        launch_s: 30.0,
        most: 0,
        min: 1,
        is_running: false,
    });
    plan.scheduled_actions = desired_at(&[(60.0, 3), (200.0, 4), (310.0, 5)]);
    let run = engine::run(&plan);
    let ends: Vec<_> = run.activities.iter().map(|a| a.end_s).collect();
    assert_eq!(ends, [Some(90.0), Some(440.0), Some(340.0)]);
}
