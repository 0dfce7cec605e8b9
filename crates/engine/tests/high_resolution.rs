//! ConcurrentRequestsPerModel: what it is worth, and how fast policies on it answer.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{changes, curve, one_more, plan};
use engine::{
    plan::{Comparison, Metric, MetricAlarm, Plan, Statistic, StepScaling, TreatMissingData},
    run::Run,
};
use proptest::prelude::*;

const CONCURRENT: Metric = Metric::ConcurrentRequests { idle_s: 0.05 };

/// Instances of 20 rps each; demand of corners; the policy tracks requests in flight.
fn tracking(target: f64, initial: u32, corners: &[(f64, f64)], length_s: u32) -> Plan {
    let mut plan = plan(&[curve(corners)], length_s);
    plan.target_tracking[0].metric = CONCURRENT;
    plan.target_tracking[0].target = target;
    plan.fleet.initial = initial;
    plan
}

/// Little's law: what is in flight is the rate times the time each request takes, waiting included.
#[test]
fn in_flight_is_rate_times_latency() {
    for (instances, rps) in [(1, 4.0), (1, 12.0), (2, 30.0), (5, 60.0)] {
        let mut plan = tracking(1e6, instances, &[(0.0, rps)], 7200);
        plan.scalable_target.min = instances;
        let run = engine::run(&plan);
        for (minute, &value) in run.series.metric().iter().enumerate() {
            let expected =
                rps * f64::from(run.series.mean_ms[minute]) / 1000.0 / f64::from(instances);
            let value = f64::from(value);
            assert!(
                (value - expected).abs() < 1e-4 * expected,
                "{instances} {rps}: {value} {expected}"
            );
        }
    }
    // A queue that stands counts too: 60 requests more than are served each minute, for ten minutes.
    let mut plan = tracking(
        1e6,
        1,
        &[(0.0, 20.0), (600.0, 21.0), (1200.0, 21.0), (1260.0, 20.0)],
        1260,
    );
    plan.scalable_target.max = 1;
    plan.service.timeout_s = 1e6;
    let run = engine::run(&plan);
    for minute in 12..20 {
        let between = f64::from(run.series.queue[minute - 1] + run.series.queue[minute]) / 2.0;
        let waiting = f64::from(run.series.metric()[minute]) - between;
        assert!(waiting > 0.0 && waiting < 20.0, "{minute}: {waiting}");
    }
    // And goes on doing so once nobody comes any more: 20 a second leave it until it is empty.
    let corners = [(0.0, 20.0), (600.0, 21.0), (1200.0, 21.0), (1200.0, 0.0)];
    let mut plan = tracking(1e6, 1, &corners, 1260);
    plan.scalable_target.max = 1;
    plan.service.timeout_s = 1e6;
    let run = engine::run(&plan);
    let queue = f64::from(run.series.queue[19]);
    let in_service = queue * engine::idle_s(40.0, 95.0);
    let expected = (in_service + queue * queue / 40.0) / 60.0;
    let value = f64::from(run.series.metric()[20]);
    assert!(
        queue > 600.0 && (value - expected).abs() < 1e-4 * expected,
        "{value} {expected}"
    );
}

/// A rush at minute 30: AlarmHigh after three datapoints of ten seconds instead of three minutes. AlarmLow over fifteen
/// minutes, as AWS says, no sooner than with metrics of a minute.
#[test]
fn scales_out_sooner_and_in_no_sooner() {
    let corners = [
        (0.0, 8.0),
        (1800.0, 8.0),
        (1800.0, 36.0),
        (5400.0, 36.0),
        (5400.0, 8.0),
    ];
    let mut fine = tracking(0.6, 2, &corners, 3600);
    let mut coarse = plan(&[curve(&corners)], 3600);
    coarse.fleet.initial = 2;
    coarse.target_tracking[0].target = 600.0;
    for delay_s in [0.0, 10.0, 60.0] {
        for plan in [&mut fine, &mut coarse] {
            plan.assumptions.metric_delay_s = delay_s;
        }
        let (fine, coarse) = (engine::run(&fine), engine::run(&coarse));
        let out = |run: &Run| changes(run).into_iter().find(|c| c.2 > c.1).unwrap().0;
        assert_eq!(out(&fine), 1830.0 + delay_s);
        assert_eq!(out(&coarse), 1980.0 + (delay_s / 60.0_f64).ceil() * 60.0);
        assert_eq!(changes(&fine)[0], (900.0 + delay_s, 2, 1));
        assert_eq!(
            changes(&coarse)[0].0,
            900.0 + (delay_s / 60.0_f64).ceil() * 60.0
        );
    }
}

fn step(period_s: u32, statistic: Statistic) -> StepScaling {
    let alarm = MetricAlarm {
        metric: CONCURRENT,
        statistic,
        period_s,
        evaluation_periods: 2,
        datapoints_to_alarm: 2,
        threshold: 1.0,
        comparison: Comparison::GreaterThanThreshold,
        treat_missing_data: TreatMissingData::Missing,
    };
    one_more(0, alarm, 300.0)
}

/// Alarms with a period below a minute are evaluated every ten seconds, others every minute, over windows that slide along
/// (Amazon CloudWatch user guide, "Evaluating an alarm").
#[test]
fn periods_of_step_alarms() {
    // A rush begins 30 seconds into a minute.
    let corners = [(0.0, 8.0), (1830.0, 8.0), (1830.0, 36.0)];
    for (period_s, statistic, expected_s) in [
        (10, Statistic::Average, 1850.0),
        (20, Statistic::Average, 1860.0),
        (30, Statistic::Minimum, 1890.0),
        (30, Statistic::Maximum, 1870.0),
        (60, Statistic::Maximum, 1920.0),
        (60, Statistic::Minimum, 1980.0),
        (120, Statistic::Minimum, 2100.0),
    ] {
        let mut plan = plan(&[curve(&corners)], 3600);
        plan.assumptions.metric_delay_s = 0.0;
        plan.target_tracking.clear();
        plan.step_scaling = vec![step(period_s, statistic)];
        plan.fleet.initial = 2;
        let run = engine::run(&plan);
        let first = changes(&run)[0];
        assert_eq!(first, (expected_s, 2, 3), "{period_s} {statistic:?}");
    }
}

/// Beside a policy by the minute, one by ten seconds does not make the other's alarm invoke it more often.
#[test]
fn a_policy_by_the_minute_acts_by_the_minute() {
    let corners = [(0.0, 8.0), (1830.0, 8.0), (1830.0, 36.0)];
    let mut both = tracking(1e6, 2, &corners, 2 * 3600);
    let alone = {
        let mut plan = plan(&[curve(&corners)], 2 * 3600);
        plan.fleet.initial = 2;
        plan
    };
    both.target_tracking.push(alone.target_tracking[0]);
    both.target_tracking[0].disable_scale_in = true;
    both.target_tracking[1].index = 1;
    let (both, alone) = (engine::run(&both), engine::run(&alone));
    assert_eq!(changes(&both), changes(&alone));
    assert!((both.totals.served - alone.totals.served).abs() < 1e-6 * alone.totals.served);
}

/// Where the first policy is one by the minute, its metric is what the run shows.
#[test]
fn the_first_policys_metric_is_shown() {
    let corners = [(0.0, 8.0), (1830.0, 8.0), (1830.0, 36.0)];
    let mut alone = tracking(1e6, 2, &corners, 2 * 3600);
    alone.target_tracking[0].metric = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    let mut both = tracking(1e6, 2, &corners, 2 * 3600);
    both.target_tracking.insert(0, alone.target_tracking[0]);
    let (both, alone) = (engine::run(&both), engine::run(&alone));
    assert_eq!(both.series.metric(), alone.series.metric());
    assert!(!alone.series.other_metric.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What holds of every run holds here, too.
    #[test]
    fn nothing_is_lost_and_bounds_are_kept(
        corners in prop::collection::vec((0.0..7200.0_f64, 0.0..250.0_f64), 1..12),
        target in 0.1..5.0_f64,
        period_s in prop::sample::select(vec![10, 20, 30, 60, 120]),
        delay_s in prop::sample::select(vec![0.0, 5.0, 10.0, 60.0, 95.0]),
        beside in any::<bool>(),
        updating_blocks in any::<bool>(),
    ) {
        let mut corners = corners;
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut plan = tracking(target, 1, &corners, 7200);
        plan.assumptions.metric_delay_s = delay_s;
        plan.assumptions.updating_blocks = updating_blocks;
        plan.step_scaling = vec![step(period_s, Statistic::Maximum)];
        if beside {
            let mut coarse = plan.target_tracking[0];
            (coarse.metric, coarse.target) = (Metric::InvocationsPerInstance, 600.0);
            plan.target_tracking.push(coarse);
        }
        let run = engine::run(&plan);
        let totals = run.totals;
        let left = totals.requests - totals.served - totals.failed - totals.queued_at_end;
        prop_assert!(left.abs() <= 1e-9 * totals.requests.max(1.0));
        for change in &run.fleet {
            prop_assert!((1..=10).contains(&change.desired));
        }
        for &value in run.series.metric() {
            prop_assert!(value.is_finite() && value >= 0.0);
        }
        prop_assert_eq!(engine::run(&plan), run);
    }
}
