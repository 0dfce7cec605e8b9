//! A minute in which requests meet a queue: its latency, and whether anybody notices.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{curve, give_credits, plan};
use engine::{
    Run,
    plan::{CpuCredits, CreditMode, Metric, Plan, ScalableTarget, TargetTracking},
};

/// One instance of 20 requests per second, that stays alone.
fn alone(points: &[(f64, f64)], length_s: u32) -> Plan {
    let mut plan = plan(&[curve(points)], length_s);
    plan.scalable_target = ScalableTarget { min: 1, max: 1 };
    plan.target_tracking.clear();
    plan
}

/// Latency where demand stays at a share of capacity.
fn steady(load: f64) -> Run {
    engine::run(&alone(&[(0.0, 20.0 * load)], 60))
}

fn near(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{got}, and should be {want}");
}

#[test]
fn a_wait_in_the_queue_comes_on_top_of_what_chance_waits() {
    // 30 s at half of capacity, then 30 s at one and a half times: 900 requests that wait 0 to 15 s, evenly.
    let run = engine::run(&alone(&[(0.0, 10.0), (30.0, 10.0), (30.0, 30.0)], 60));
    let (free, queued, wait_s) = (300.0, 900.0, 900.0 * 7.5);
    // Half of capacity, mirrored, less what the queue leaves to chance.
    let queued_load = 450.0 - std::f64::consts::FRAC_PI_4 / 300.0 * wait_s;
    let mean_load = (150.0 + queued_load) / (free + queued);
    let (minute, alike) = (&run.series, steady(mean_load).series);
    near(
        f64::from(minute.mean_ms[0]),
        f64::from(alike.mean_ms[0]) + 1000.0 * wait_s / (free + queued),
        0.5,
    );
    // Half of all requests have waited no longer than 300 of 900, 95 % no longer than 840.
    for (got, alike, wait_ms) in [
        (minute.p50_ms[0], alike.p50_ms[0], 5000.0),
        (minute.p95_ms[0], alike.p95_ms[0], 14_000.0),
        (minute.p99_ms[0], alike.p99_ms[0], 14_800.0),
    ] {
        near(f64::from(got), f64::from(alike) + wait_ms, 2.0);
    }
    // Over the run each counts with what it met.
    let met = [(free, 0.5), (queued, queued_load / queued)];
    let served_ms = met.map(|(requests, load)| requests * steady(load).totals.mean_ms);
    let mean_ms = (served_ms[0] + served_ms[1] + 1000.0 * wait_s) / (free + queued);
    near(run.totals.mean_ms, mean_ms, 0.5);
}

#[test]
fn who_is_refused_at_once_is_noticed() {
    let mut plan = alone(&[(0.0, 10.0), (60.0, 10.0), (60.0, 30.0)], 120);
    plan.service.queue_limit_per_instance = Some(0.0);
    let run = engine::run(&plan);
    assert_eq!(run.distress.len(), 1);
    let minute = run.distress[0];
    assert_eq!((minute.start_s, minute.failed), (60.0, 600.0));
    assert!(minute.late < 1e-9, "{minute:?}");
}

/// The same, with a policy on requests in flight.
fn in_flight(points: &[(f64, f64)], length_s: u32) -> Plan {
    let mut plan = alone(points, length_s);
    plan.target_tracking = vec![TargetTracking {
        index: 0,
        metric: Metric::ConcurrentRequests { idle_s: 0.05 },
        target: 5.0,
        scale_out_cooldown_s: 300.0,
        scale_in_cooldown_s: 300.0,
        disable_scale_in: false,
    }];
    plan
}

#[test]
fn requests_in_flight_wait_or_are_served() {
    // One and a half times of capacity: each ten seconds 300 come, 200 are served, and what chance waits is that of half of capacity
    // less what the queue leaves to it.
    let run = engine::run(&in_flight(&[(0.0, 30.0)], 60));
    let mut mean = 0.0;
    for tick in 0..6 {
        let queue = 100.0 * f64::from(tick) + 50.0;
        let wait_s = 300.0 * queue / 20.0;
        let load = 150.0 - std::f64::consts::FRAC_PI_4 / 300.0 * wait_s;
        let served_s = steady(load / 300.0).totals.mean_ms / 1000.0;
        mean += (20.0 * served_s + queue) / 6.0;
    }
    near(f64::from(run.series.metric()[0]), mean, 0.002);
}

#[test]
fn an_instance_without_cpu_credits_has_more_in_flight() {
    // Held back to 30 % it can serve 6 requests a second: 3 are half of that, and take as many times as long.
    let mut plan = in_flight(&[(0.0, 20.0), (60.0, 20.0), (60.0, 3.0)], 600);
    let credits = CpuCredits {
        vcpu: 2.0,
        earned_per_hour: 36.0,
        most: 864.0,
        launch: 0.0,
        initial: Some(0.0),
        mode: CreditMode::Standard,
        is_choice: true,
        usd_per_vcpu_hour: 0.05,
        cpu_s_per_request: 0.1,
    };
    give_credits(&mut plan, credits);
    let run = engine::run(&plan);
    let capacity = f64::from(run.series.capacity_rps[1]);
    near(capacity, 6.0, 1e-5);
    let served_s = steady(3.0 / capacity).totals.mean_ms / 1000.0;
    near(
        f64::from(run.series.metric()[1]),
        3.0 * served_s * 20.0 / capacity,
        0.002,
    );
}
