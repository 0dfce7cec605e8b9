//! Asynchronous endpoints: AWS's facts about their metrics, scaling from zero and back, and what holds of any queue.
//!
//! Source: Amazon SageMaker developer guide, "Autoscale an asynchronous endpoint".

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{changes_by, curve, one_more, plan};
use engine::{
    Report,
    plan::{
        Comparison, EndpointMetric, Launch, Metric, MetricAlarm, Plan, ScalableResource,
        ScalableTarget, ScheduledAction, Statistic, StepScaling, SuspendedState, TargetTracking,
        TreatMissingData,
    },
    report::{Bottleneck, Standing},
    run::{AlarmRole, AlarmState, Cause, Direction, NotScaledReason, Outcome, Run},
};
use proptest::prelude::*;

fn track(metric: Metric, target: f64) -> TargetTracking {
    TargetTracking {
        index: 0,
        metric,
        target,
        scale_out_cooldown_s: 300.0,
        scale_in_cooldown_s: 300.0,
        disable_scale_in: false,
    }
}

fn per_instance(target: f64) -> TargetTracking {
    track(
        Metric::Endpoint(EndpointMetric::BacklogSizePerInstance),
        target,
    )
}

/// The developer guide's step policy: one more once there was a backlog without capacity for two minutes.
fn wake() -> StepScaling {
    let alarm = MetricAlarm {
        metric: Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity),
        statistic: Statistic::Average,
        period_s: 60,
        evaluation_periods: 2,
        datapoints_to_alarm: 2,
        threshold: 1.0,
        comparison: Comparison::GreaterThanOrEqualToThreshold,
        treat_missing_data: TreatMissingData::Missing,
    };
    one_more(1, alarm, 300.0)
}

/// None to ten instances that take two requests a minute each, backlog per instance kept near 5.
fn asynchronous(demand: &[(f64, f64)], hours: u32) -> Plan {
    let mut plan = plan(&[curve(demand)], hours * 3600);
    plan.service.max_rps = 1.0 / 30.0;
    (plan.service.p50_ms, plan.service.p95_ms) = (25_000.0, 40_000.0);
    plan.service.timeout_s = 21_600.0;
    plan.resource = ScalableResource::AsynchronousInstances { cpu_credits: None };
    plan.fleet.initial = 0;
    plan.scalable_target = ScalableTarget { min: 0, max: 10 };
    plan.target_tracking = vec![per_instance(5.0)];
    plan.objective.late_s = 3600.0;
    plan
}

/// So many requests, one each second from ten minutes on.
fn batch(requests: f64) -> [(f64, f64); 4] {
    let end_s = 600.0 + requests;
    [(600.0, 0.0), (600.0, 1.0), (end_s, 1.0), (end_s, 0.0)]
}

#[test]
fn from_zero_target_tracking_waits_for_a_backlog_above_the_target() {
    for (requests, wakes) in [(4.0, false), (5.0, false), (6.0, true)] {
        let run = engine::run(&asynchronous(&batch(requests), 3));
        assert_eq!(!changes_by(&run).is_empty(), wakes, "{requests}");
        if !wakes {
            assert_eq!(run.totals.queued_at_end, requests);
            assert_eq!((run.totals.served, run.totals.cost_usd), (0.0, 0.0));
        }
    }
    // Six came by 606 s: the minutes that end at 660, 720 and 780 s are above 5 on average, the last visible a minute later. Of six,
    // at zero as if at one: 6 / 5 is more than 1.
    let run = engine::run(&asynchronous(&batch(6.0), 3));
    assert_eq!(changes_by(&run)[0], (840.0, 0, 2, 0));
}

#[test]
fn the_step_policy_wakes_it_at_once() {
    let mut plan = asynchronous(&batch(1.0), 3);
    plan.step_scaling = vec![wake()];
    let run = engine::run(&plan);
    // A backlog all through the minutes that end at 660 and 720 s, visible a minute later.
    let changes = changes_by(&run);
    assert_eq!(changes[0], (780.0, 0, 1, 1));
    // Served, and back at zero after fifteen minutes without a backlog.
    assert_eq!((changes.len(), changes[1].1, changes[1].2), (2, 1, 0));
    let last = run.fleet.last().unwrap();
    assert_eq!((last.desired, last.in_service), (0, 0));
    assert!((run.totals.served - 1.0).abs() < 1e-9 && run.totals.queued_at_end == 0.0);
    let hours = (last.at_s - 780.0) / 3600.0;
    assert!((run.totals.cost_usd - hours * plan.usd_per_hour).abs() < 1e-9);
}

#[test]
fn metrics_are_those_of_the_queue() {
    // A request a second from 600 s on, and nobody to serve it.
    let metrics = [
        (EndpointMetric::BacklogSize, [30.0, 90.0]),
        (EndpointMetric::BacklogSizePerInstance, [30.0, 90.0]),
        (EndpointMetric::HasBacklogWithoutCapacity, [1.0, 1.0]),
    ];
    for (metric, expected) in metrics {
        let mut plan = asynchronous(&[(600.0, 0.0), (600.0, 1.0)], 1);
        plan.target_tracking = vec![track(Metric::Endpoint(metric), 1e9)];
        let run = engine::run(&plan);
        let column = run.series.metric();
        assert_eq!(column[9], 0.0);
        for (minute, value) in expected.iter().enumerate() {
            assert!((column[10 + minute] - value).abs() < 1e-4, "{metric:?}");
        }
    }
    // Four instances take one in thirty seconds each: what is left is shared by them, and there is capacity.
    for (metric, expected) in [
        (EndpointMetric::BacklogSize, 90.0 * (1.0 - 4.0 / 30.0)),
        (
            EndpointMetric::BacklogSizePerInstance,
            22.5 * (1.0 - 4.0 / 30.0),
        ),
        (EndpointMetric::HasBacklogWithoutCapacity, 0.0),
    ] {
        let mut plan = asynchronous(&[(600.0, 0.0), (600.0, 1.0)], 1);
        plan.fleet.initial = 4;
        plan.scalable_target.min = 4;
        plan.target_tracking = vec![track(Metric::Endpoint(metric), 1e9)];
        let got = f64::from(engine::run(&plan).series.metric()[11]);
        assert!((got - expected).abs() < 1e-3, "{metric:?}: {got}");
    }
}

#[test]
fn a_policy_on_a_metric_that_is_not_published_never_scales() {
    for treat_missing_data in [
        TreatMissingData::Missing,
        TreatMissingData::Ignore,
        TreatMissingData::Breaching,
        TreatMissingData::NotBreaching,
    ] {
        let mut plan = asynchronous(&batch(600.0), 6);
        plan.target_tracking = vec![track(Metric::Unpublished, 5.0)];
        plan.assumptions.treat_missing_data = treat_missing_data;
        let run = engine::run(&plan);
        assert_eq!(changes_by(&run), []);
        assert!(run.activities.is_empty(), "{:?}", run.activities);
        if treat_missing_data == TreatMissingData::Missing {
            let high = run.series.alarm(AlarmRole::High);
            assert!(
                high.iter()
                    .all(|&state| state == AlarmState::InsufficientData)
            );
        }
    }
}

#[test]
fn a_policy_without_data_keeps_others_from_scaling_in() {
    let mut plan = asynchronous(&batch(60.0), 6);
    plan.fleet.initial = 2;
    let mut other = track(Metric::Unpublished, 5.0);
    other.index = 2;
    plan.target_tracking.push(other);
    let run = engine::run(&plan);
    assert!(changes_by(&run).iter().all(|change| change.2 > change.1));
    let blocked = NotScaledReason::OtherPolicyNotReady { policy: 2 };
    let is_blocked = |a: &engine::run::Activity| a.outcome == Outcome::NotScaled(blocked);
    assert!(run.activities.iter().any(is_blocked));
}

#[test]
fn utilisation_has_no_datapoints_without_instances() {
    let mut plan = asynchronous(&batch(30.0), 4);
    plan.target_tracking = vec![track(
        Metric::Utilization {
            percent_s_per_request: 3000.0,
            most_percent: 100.0,
        },
        50.0,
    )];
    plan.step_scaling = vec![wake()];
    let run = engine::run(&plan);
    let low = run.series.alarm(AlarmRole::Low);
    let in_service = &run.series.in_service;
    let begins = in_service.iter().position(|&n| n > 0).unwrap();
    // Visible a minute after the first whole minute.
    assert!(
        low[..begins]
            .iter()
            .all(|&state| state == AlarmState::InsufficientData)
    );
    // It was busy, then idle for fifteen minutes, then gone; and with it the data.
    assert_eq!(changes_by(&run).last().map(|change| change.2), Some(0));
    assert_eq!(low.last(), Some(&AlarmState::InsufficientData));
    let metric = run.series.metric();
    for (minute, value) in metric.iter().enumerate() {
        let nothing = run.series.capacity_rps[minute] == 0.0;
        assert_eq!(value.is_nan(), nothing, "minute {minute}: {value}");
        assert!(nothing || (0.0..=100.0).contains(value));
    }
    assert!(metric[0].is_nan() && metric[metric.len() - 1].is_nan());
    assert!(metric.iter().any(|value| *value > 0.0));
}

#[test]
fn what_is_not_published_has_no_datapoints_and_what_is_has_one_each_minute() {
    let cpu = Metric::Utilization {
        percent_s_per_request: 3000.0,
        most_percent: 100.0,
    };
    for (metric, is_published) in [
        (Metric::Unpublished, false),
        (cpu, true),
        (Metric::Endpoint(EndpointMetric::BacklogSize), true),
        (
            Metric::Endpoint(EndpointMetric::BacklogSizePerInstance),
            true,
        ),
        (
            Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity),
            true,
        ),
    ] {
        // Calm throughout, so that no minute is gone through by itself; and not.
        for rps in [0.01, 1.0] {
            let mut plan = asynchronous(&[(0.0, rps)], 1);
            plan.fleet.initial = 1;
            plan.scalable_target.min = 1;
            plan.target_tracking = vec![track(metric, 1e9)];
            let series = engine::run(&plan).series;
            let told = series.metric().iter().filter(|value| !value.is_nan());
            let minutes = series.queue.len();
            let expected = if is_published { minutes } else { 0 };
            assert_eq!(told.count(), expected, "{metric:?} {rps}");
            // InvocationsPerInstance is not published by any such endpoint.
            let invocations = &series.invocations_per_instance;
            assert!(invocations.len() == minutes && invocations.iter().all(|it| it.is_nan()));
            if matches!(metric, Metric::Endpoint(_)) && rps < 0.1 {
                assert!(series.metric().iter().all(|it| *it == 0.0), "{metric:?}");
            }
        }
    }
}

#[test]
fn a_request_expires_in_the_queue() {
    let mut plan = asynchronous(&batch(60.0), 4);
    plan.target_tracking.clear();
    plan.service.timeout_s = 1800.0;
    let run = engine::run(&plan);
    // Each exactly half an hour after it came.
    let failed: Vec<f32> = run.series.failed_rps.clone();
    assert_eq!(failed.iter().position(|&rps| rps > 0.0), Some(40));
    assert!((failed[40] - 1.0).abs() < 1e-6);
    assert!(failed[41..].iter().all(|&rps| rps < 1e-9));
    assert!((run.totals.failed - 60.0).abs() < 1e-6);
    assert!(run.totals.queued_at_end.abs() < 1e-6);
}

#[test]
fn who_still_waits_at_the_end_may_be_late() {
    let mut plan = asynchronous(&batch(60.0), 2);
    plan.target_tracking.clear();
    for (late_s, late) in [(3600.0, 60.0), (7200.0 - 640.0, 40.0), (7000.0, 0.0)] {
        plan.objective.late_s = late_s;
        let run = engine::run(&plan);
        assert!((run.totals.late - late).abs() < 1e-6, "{late_s}");
        assert_eq!(run.totals.queued_at_end, 60.0);
        let noticed = run.distress.last().map(|it| (it.start_s, it.late.round()));
        assert_eq!(noticed, (late > 0.0).then_some((7140.0, late)));
        let standing = Report::new(&plan, &run).standing;
        assert_eq!(standing == Standing::Holds, late == 0.0, "{standing:?}");
    }
}

#[test]
fn why_it_was_late_is_told_by_the_backlog() {
    type Case = (f64, u32, f64, f64, f64, fn(Bottleneck) -> bool);
    // So many requests in as many seconds, MaxCapacity, the target, seconds that they may wait; the backlog, and why.
    let cases: [Case; 4] = [
        // Below the target: it sleeps on.
        (4.0, 10, 5.0, 1800.0, 4.0, |why| {
            why == Bottleneck::NoScaleOut
        }),
        // Twenty in ten minutes are an instance's: thirty are needed, as many as at the peak of demand.
        (600.0, 2, 5.0, 600.0, 600.0, |why| {
            why == Bottleneck::MaxCapacity { max: 2, needed: 30 }
        }),
        // Thirty would serve the peak at once; who may wait for an hour and a half is served by five.
        (300.0, 5, 5.0, 5400.0, 0.0, |_| false),
        // Sixty in five minutes need six; it wakes four minutes after the first of them has come.
        (60.0, 10, 5.0, 300.0, 60.0, |why| {
            let (detection_s, launch_s) = (240.0, 240.0);
            why == Bottleneck::TooLate {
                detection_s,
                launch_s,
            }
        }),
    ];
    for (requests, max, target, late_s, backlog, is_right) in cases {
        let mut plan = asynchronous(&batch(requests), 6);
        plan.scalable_target.max = max;
        plan.target_tracking = vec![per_instance(target)];
        plan.objective.late_s = late_s;
        let report = Report::new(&plan, &engine::run(&plan));
        match report.incidents.first() {
            Some(incident) => {
                assert!(is_right(incident.bottleneck), "{incident:?}");
                let waited = incident.backlog.unwrap();
                assert!((waited - backlog).abs() <= 0.1 * backlog, "{waited}");
            }
            None => assert_eq!(backlog, 0.0, "{requests}"),
        }
    }
}

#[test]
fn what_waits_is_served_in_order_and_its_wait_is_its_own() {
    // 60 requests by 660 s, one instance from 1200 s on, by the clock: two a minute.
    let mut plan = asynchronous(&batch(60.0), 2);
    plan.target_tracking.clear();
    plan.fleet.launch = Launch::Fixed(0.0);
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 1200.0,
        index: 0,
        min: Some(1),
        max: None,
        desired: None,
    }];
    let run = engine::run(&plan);
    assert_eq!(run.totals.served, 60.0);
    // The n-th came at 600 + n and is served at 1200 + 30 n: on average 600 + 29 × 30 later.
    let mean_s = run.totals.mean_ms / 1000.0 - 1470.0;
    assert!((20.0..35.0).contains(&mean_s), "{mean_s}");
}

#[test]
fn what_is_suspended_is_not_done_and_the_log_says_so() {
    let plain = asynchronous(&batch(60.0), 4);
    let with = |suspended: SuspendedState, action: bool| {
        let mut plan = plain.clone();
        plan.suspended = suspended;
        if action {
            plan.scheduled_actions = vec![ScheduledAction {
                at_s: 60.0,
                index: 0,
                min: Some(2),
                max: None,
                desired: None,
            }];
        }
        engine::run(&plan)
    };
    let none = SuspendedState::default();
    let suspended = Outcome::NotScaled(NotScaledReason::Suspended);
    let entries = |run: &Run| {
        let said = run.activities.iter().filter(|a| a.outcome == suspended);
        said.map(|a| a.evaluations).collect::<Vec<u32>>()
    };
    let out = with(
        SuspendedState {
            scale_out: true,
            ..none
        },
        false,
    );
    assert_eq!(changes_by(&out), []);
    // From 840 s on every minute says so: one entry.
    assert_eq!(entries(&out), [(4 * 60 - 14) + 1]);
    let scale_in = with(
        SuspendedState {
            scale_in: true,
            ..none
        },
        false,
    );
    assert!(
        changes_by(&scale_in)
            .iter()
            .all(|change| change.2 > change.1)
    );
    assert_eq!(entries(&scale_in).len(), 1);
    let scheduled = with(
        SuspendedState {
            scheduled: true,
            ..none
        },
        true,
    );
    assert_eq!(changes_by(&scheduled), changes_by(&with(none, false)));
    assert_eq!(entries(&scheduled), [1]);
    assert_eq!(changes_by(&with(none, true))[0], (60.0, 0, 2, 0));
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * a.abs().max(b.abs()).max(1.0)
}

prop_compose! {
    fn any_plan()(
        points in prop::collection::vec((0.0..1.0_f64, prop_oneof![Just(0.0), 0.0..2.0_f64]), 2..12),
        hours in 1_u32..7,
        (min, initial, more) in (0_u32..3, 0_u32..4, 1_u32..8),
        target in 0.5..20.0_f64,
        waking in any::<bool>(),
        utilisation in any::<bool>(),
        life_s in prop_oneof![Just(21_600.0), 60.0..3600.0_f64],
        (launch_s, removal_s) in (0.0..600.0_f64, 0.0..200.0_f64),
        delay in 0.0..200.0_f64,
        m_of_n in (1_u32..4, 0_u32..3),
    ) -> Plan {
        let length_s = f64::from(hours * 3600);
        let mut times: Vec<_> = points.iter().map(|(share, _)| share * length_s).collect();
        times.sort_by(f64::total_cmp);
        let demand: Vec<_> = times.iter().zip(&points).map(|(&at_s, &(_, rps))| (at_s, rps)).collect();
        let mut plan = asynchronous(&demand, hours);
        plan.service.timeout_s = life_s;
        plan.fleet.initial = initial;
        plan.fleet.removal_s = removal_s;
        plan.fleet.launch = Launch::Fixed(launch_s);
        plan.scalable_target = ScalableTarget { min, max: min + more };
        plan.target_tracking = vec![per_instance(target)];
        if waking {
            let mut wake = wake();
            wake.alarm.datapoints_to_alarm = m_of_n.0;
            wake.alarm.evaluation_periods = m_of_n.0 + m_of_n.1;
            plan.step_scaling = vec![wake];
        }
        if utilisation {
            plan.target_tracking.push(track(Metric::Utilization { percent_s_per_request: 3000.0, most_percent: 100.0 }, 60.0));
        }
        plan.assumptions.metric_delay_s = delay.round();
        plan
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_are_sound(plan in any_plan()) {
        let run = engine::run(&plan);
        let (t, s) = (&run.totals, &run.series);
        for column in [&s.demand_rps, &s.capacity_rps, &s.served_rps, &s.failed_rps, &s.queue, &s.mean_ms, &s.p50_ms, &s.p95_ms, &s.p99_ms, &s.cost_usd] {
            prop_assert!(column.iter().all(|value| value.is_finite() && *value >= 0.0));
        }
        prop_assert!(s.invocations_per_instance.iter().all(|value| value.is_nan()));
        prop_assert!(s.other_metric.iter().all(|value| value.is_nan() || (value.is_finite() && *value >= 0.0)));
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9), "{t:?}");
        prop_assert!(t.late >= 0.0 && t.late <= (t.served + t.queued_at_end) * (1.0 + 1e-9) && t.failed >= 0.0);
        prop_assert!(t.served <= t.in_service_s * plan.service.max_rps * (1.0 + 1e-9) + 1e-9);
        for change in &run.fleet {
            prop_assert!(change.min <= change.desired && change.desired <= change.max);
        }
        for minute in 0..s.queue.len() {
            prop_assert!(s.p50_ms[minute] <= s.p95_ms[minute] && s.p95_ms[minute] <= s.p99_ms[minute]);
        }
        let report = Report::new(&plan, &run);
        prop_assert!((0.0..=1.0).contains(&report.availability) && (0.0..=1.0).contains(&report.utilisation));
        for incident in &report.incidents {
            prop_assert!(incident.worst_wait_s <= plan.service.timeout_s * (1.0 + 1e-9) + 1e-3);
        }
        prop_assert!(t.cost_usd > 0.0 || t.served <= 1e-9 * t.requests);
        let again = engine::run(&plan);
        prop_assert_eq!(run.fingerprint(), again.fingerprint());
        prop_assert_eq!(run.activities, again.activities);
    }

    /// It leaves zero only over a backlog: above the target, or, with the step policy, any.
    #[test]
    fn nobody_wakes_it_without_a_backlog(plan in any_plan()) {
        let run = engine::run(&plan);
        for activity in run.activities.iter().filter(|activity| activity.from == 0 && activity.to > 0) {
            let Cause::Policy(decision) = activity.cause else { continue };
            prop_assert_eq!(decision.direction, Direction::Out);
            prop_assert!(decision.metric >= decision.threshold && decision.metric > 0.0);
        }
        if plan.step_scaling.is_empty() && plan.target_tracking.len() == 1 && plan.fleet.initial.max(plan.scalable_target.min) == 0 {
            let highest = run.series.metric().iter().fold(0.0_f32, |most, value| most.max(*value));
            if f64::from(highest) <= plan.target_tracking[0].target {
                prop_assert_eq!(changes_by(&run), []);
            }
        }
    }

    /// With the step policy a backlog that stays does not stay without instances: two to five minutes, the metric's delay.
    #[test]
    fn a_backlog_wakes_it(plan in any_plan()) {
        let mut plan = plan;
        plan.step_scaling = vec![wake()];
        plan.service.timeout_s = 21_600.0;
        plan.scalable_target.min = 0;
        let run = engine::run(&plan);
        let s = &run.series;
        for minute in 0..s.queue.len().saturating_sub(8) {
            let asleep = |at: usize| s.queue[at] > 1e-3 && s.desired[at] == 0 && s.in_service[at] == 0;
            prop_assert!(!(minute..minute + 8).all(asleep), "{minute}");
        }
    }

    /// How the clock cuts a run changes nothing: actions that set what holds already.
    #[test]
    fn cutting_a_run_changes_nothing(plan in any_plan(), cuts in prop::collection::vec(0.0..1.0_f64, 1..20)) {
        let mut cut = plan.clone();
        cut.step_scaling.clear();
        let mut whole = cut.clone();
        for plan in [&mut cut, &mut whole] {
            plan.target_tracking.clear();
            plan.scalable_target.min = plan.fleet.initial.max(plan.scalable_target.min);
            plan.scalable_target.max = plan.scalable_target.max.max(plan.scalable_target.min);
        }
        let mut times: Vec<_> = cuts.iter().map(|share| share * f64::from(plan.length_s)).collect();
        times.sort_by(f64::total_cmp);
        cut.scheduled_actions = times.iter().map(|&at_s| ScheduledAction {
            at_s, index: 0, min: Some(cut.scalable_target.min), max: None, desired: None,
        }).collect();
        let (a, b) = (engine::run(&whole).totals, engine::run(&cut).totals);
        for (a, b) in [(a.served, b.served), (a.failed, b.failed), (a.queued_at_end, b.queued_at_end)] {
            prop_assert!(near(a, b, 1e-6), "{a} {b}");
        }
    }
}

#[test]
fn lateness_is_exact_where_demand_goes_down() {
    // From 2 a second to none in 100 s, served from 100 s on, 2 a second: who came at x waits 100 − x² / 200 seconds, and more
    // than 80 up to x = √4000.
    let mut plan = asynchronous(&[(0.0, 2.0), (100.0, 0.0)], 1);
    plan.target_tracking.clear();
    plan.service.max_rps = 2.0;
    plan.fleet.launch = Launch::Fixed(10.0);
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 90.0,
        index: 0,
        min: Some(1),
        max: None,
        desired: None,
    }];
    for (late_s, until) in [(80.0, 4000.0_f64.sqrt()), (100.5, 0.0), (49.0, 100.0)] {
        plan.objective.late_s = late_s;
        let late = engine::run(&plan).totals.late;
        let expected = 2.0 * until - 0.01 * until * until;
        assert!(
            (late - expected).abs() < 1e-6,
            "{late_s}: {late} {expected}"
        );
    }
}

#[test]
fn what_has_expired_is_no_backlog() {
    // Sums over lines that leave a rest of a billionth of a billionth; the same of billions of requests.
    let few: &[(f64, f64)] = &[
        (0.0, 1.321_667_830_781_333_4),
        (501.0, 1.321_667_830_781_333_4),
        (3987.0, 2.220_844_904_596_505),
        (3987.0, 0.0),
    ];
    let many: &[(f64, f64)] = &[
        (0.0, 5_954_926.522_212_957),
        (350.0, 5_954_926.522_212_957),
        (1250.0, 5_611_750.107_884_455),
        (1250.0, 8_244_863.312_210_188),
        (1390.0, 0.0),
    ];
    let without = Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity);
    let busy = Metric::Utilization {
        percent_s_per_request: 3000.0,
        most_percent: 100.0,
    };
    // Gone at 4,495 s, and at 2,240 s.
    for (demand, life_s, gone) in [(few, 508.0, 75), (many, 850.0, 38)] {
        let mut plan = asynchronous(demand, 2);
        plan.service.timeout_s = life_s;
        plan.scalable_target.max = 0;
        for metric in [without, busy] {
            plan.target_tracking = vec![track(metric, 0.5)];
            let run = engine::run(&plan);
            assert!(run.series.queue[gone..].iter().all(|&queue| queue == 0.0));
            // Without instances a utilisation has none.
            let nothing = |value: &f32| match metric == busy {
                true => value.is_nan(),
                false => *value == 0.0,
            };
            assert!(run.series.metric()[gone..].iter().all(nothing));
            if metric == busy {
                let high = run.series.alarm(AlarmRole::High);
                let has_no_data = |state: &AlarmState| *state == AlarmState::InsufficientData;
                assert!(high.iter().all(has_no_data));
            }
        }
    }
}
