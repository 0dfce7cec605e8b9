//! An instance that slows down without failing: what it cannot serve the others do, and nobody replaces it.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{curve, let_fail, plan as usual, random::drawn_health, slow_down};
use engine::{
    Plan,
    plan::{Failing, Health, ScalableTarget, SlowInstance},
};

/// So many instances of 20 rps without policies, an hour of such demand, and one of them four times as slow from minute 10 to 30.
fn plan(instances: u32, rps: f64) -> Plan {
    let mut plan = usual(&[curve(&[(0.0, rps)])], 3600);
    plan.scalable_target = ScalableTarget {
        min: instances,
        max: instances,
    };
    plan.target_tracking.clear();
    let slow = SlowInstance {
        at_s: 600.0,
        times: 4.0,
        for_s: 1200.0,
    };
    slow_down(&mut plan, slow);
    plan
}

/// That capacity is so much in a minute, requests per second.
fn capacity(plan: &Plan, minutes: &[(usize, f32)]) {
    let run = engine::run(plan);
    for (minute, rps) in minutes {
        let found = run.series.capacity_rps[*minute];
        assert!((found - rps).abs() < 1e-3, "minute {minute}: {found}");
    }
}

#[test]
fn what_it_cannot_serve_the_others_do() {
    // Two instances serve 25 of 40 requests per second while one of them is slow.
    for (instances, rps, served) in [(2, 24.0, 24.0), (2, 30.0, 25.0), (1, 8.0, 5.0)] {
        let plan = plan(instances, rps);
        let (full, slow) = (20.0 * instances as f32, 20.0 * instances as f32 - 15.0);
        capacity(&plan, &[(9, full), (10, slow), (29, slow), (30, full)]);
        let run = engine::run(&plan);
        assert!((f64::from(run.series.served_rps[15]) - served).abs() < 1e-3);
        // Requests are sent there all the same, as health checks are answered: this metric says nothing.
        let each = run.series.invocations_per_instance[15];
        assert!((f64::from(each) - 60.0 * rps / f64::from(instances)).abs() < 1e-3);
        assert!(run.activities.is_empty() && run.losses.is_empty());
    }
}

#[test]
fn requests_take_longer_by_what_it_serves() {
    // So few come that hardly any waits: half of them take four times as long: two and a half times, as a mean.
    let run = engine::run(&plan(2, 0.2));
    let (before, then) = (run.series.mean_ms[5], run.series.mean_ms[15]);
    assert!((then / before - 2.5).abs() < 0.01, "{before}, {then}");
    assert_eq!(run.series.mean_ms[5], run.series.mean_ms[40]);
}

#[test]
fn the_oldest_is_the_first_to_fail_and_the_last_to_go() {
    let mut failing = plan(3, 8.0);
    // Status checks have it replaced at once, in four minutes.
    let fails = vec![(900, Failing::Instances(1))];
    let_fail(&mut failing, drawn_health(fails, 3, (10, 0), false));
    capacity(&failing, &[(14, 45.0), (16, 40.0), (22, 60.0)]);
    // One of two zones is gone for twenty minutes. Once it is back two move there, the oldest first: four minutes and one later.
    let mut moving = plan(4, 8.0);
    let fails = vec![(300, Failing::Zone { for_s: 1200.0 })];
    let health = drawn_health(fails, 2, (10, 0), false);
    let_fail(
        &mut moving,
        Health {
            rebalances: true,
            ..health
        },
    );
    let slow = SlowInstance {
        at_s: 600.0,
        times: 4.0,
        for_s: 3000.0,
    };
    slow_down(&mut moving, slow);
    capacity(&moving, &[(12, 65.0), (28, 65.0), (30, 80.0)]);
    let mut leaving = plan(1, 2.0);
    // Three of four go, the slow one stays.
    leaving.fleet.initial = 4;
    leaving.scalable_target.max = 4;
    leaving.target_tracking = usual(&[], 3600).target_tracking;
    let run = engine::run(&leaving);
    assert_eq!(
        (run.series.in_service[9], run.series.in_service[29]),
        (4, 1)
    );
    capacity(&leaving, &[(10, 65.0), (29, 5.0), (30, 20.0)]);
}
