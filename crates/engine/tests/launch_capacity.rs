//! Launches for which there is no capacity: AWS has too few instances for a time, or the account may run no more.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{changes, curve, let_fail, make_group, plan as usual, random::drawn_health};
use engine::{
    Plan, Run,
    plan::{Failing, Hosts, LaunchCapacity, ScalableResource, Shortage, WarmPool, WarmUp},
    report::Bottleneck,
    run::{Cause, LaunchFailure, LaunchFailureReason, Outcome, ReplacementReason},
};

/// Ten requests per second on one instance of 20, for which target tracking wants one; from minute 10 on 55, for which it wants
/// six. Launches take four minutes.
fn plan() -> Plan {
    usual(&[curve(&[(0.0, 8.0), (600.0, 8.0), (600.0, 55.0)])], 7200)
}

fn group() -> Plan {
    let mut plan = plan();
    let warm_up = WarmUp {
        default_s: 120.0,
        ..WarmUp::default()
    };
    make_group(&mut plan, warm_up);
    plan
}

fn short(mut plan: Plan, at_s: f64, for_s: f64, available: u32) -> Plan {
    plan.fleet.capacity = Some(LaunchCapacity {
        shortage: Some(Shortage {
            at_s,
            for_s,
            available,
            zones: None,
        }),
        quota: None,
        provision_timeout_s: 1800.0,
    });
    plan
}

fn with_quota(mut plan: Plan, quota: u32) -> Plan {
    plan.fleet.capacity = Some(LaunchCapacity {
        shortage: None,
        quota: Some(quota),
        provision_timeout_s: 1800.0,
    });
    plan
}

/// Start, end, instances refused and attempts of everything that failed.
fn failures(run: &Run) -> Vec<(f64, f64, u32, u32)> {
    let failed = run.activities.iter().filter_map(|it| match it.outcome {
        Outcome::Failed(failure) => Some((
            it.start_s,
            it.end_s.unwrap_or(f64::NAN),
            failure.instances,
            it.evaluations,
        )),
        _ => None,
    });
    failed.collect()
}

/// Instances in service at the end of minutes.
fn in_service(run: &Run, minutes: &[usize]) -> Vec<u32> {
    minutes
        .iter()
        .map(|minute| run.series.in_service[*minute])
        .collect()
}

#[test]
fn without_a_shortage_a_plan_runs_as_without_limits() {
    for plan in [plan(), group()] {
        let free = engine::run(&plan);
        for limited in [
            short(plan.clone(), 8000.0, 600.0, 0),
            short(plan.clone(), 0.0, 7200.0, 100),
            with_quota(plan.clone(), 100),
        ] {
            assert_eq!(engine::run(&limited).fingerprint(), free.fingerprint());
        }
    }
}

#[test]
fn a_group_keeps_its_desired_capacity_and_tries_again_every_minute() {
    let free = engine::run(&group());
    let (decided_s, _, to) = changes(&free)[0];
    let run = engine::run(&short(group(), 0.0, 2400.0, 2));
    let decided = changes(&run)[0];
    assert_eq!(decided, (decided_s, 1, to));
    // Two of them launch, the others are tried again each minute until the shortage is over.
    let refused = to - 1 - 2;
    assert!(refused > 0);
    let minutes = ((2400.0 - decided_s) / 60.0) as u32;
    assert_eq!(
        failures(&run),
        [
            (decided_s, decided_s + 240.0, refused, 1),
            (decided_s + 60.0, 2340.0, refused, minutes - 1)
        ]
    );
    assert_eq!(in_service(&run, &[39, 42, 43]), [3, 3, 3 + refused]);
    let again = run.activities.iter().find(|it| it.start_s == 2400.0);
    let again = again.map(|it| (it.cause, it.outcome, it.end_s, it.from, it.to));
    let Some((Cause::Replacement(cause), Outcome::Successful, end_s, from, desired)) = again else {
        panic!("{again:?}");
    };
    assert_eq!(
        (cause.instances, cause.reason),
        (refused, ReplacementReason::Refused)
    );
    assert_eq!((end_s, from, desired), (Some(2640.0), to, to));
}

#[test]
fn an_endpoint_waits_for_all_of_its_instances_and_gives_up() {
    let free = engine::run(&plan());
    let (decided_s, _, to) = changes(&free)[0];
    // All or nothing: the two that there would be do not help. Half an hour later the update has failed, and is asked for again.
    let run = engine::run(&short(plan(), 0.0, 6000.0, to - 2));
    let given_up_s = decided_s + 1800.0;
    assert_eq!(
        failures(&run)[..2],
        [
            (decided_s, given_up_s, to - 1, 1),
            (given_up_s, given_up_s + 1800.0, to - 1, 1)
        ]
    );
    let minute = (decided_s / 60.0) as usize;
    assert_eq!(run.series.desired[minute], to);
    assert_eq!(in_service(&run, &[minute, 60, 99]), [1, 1, 1]);
    // Where the shortage ends in time, the instances launch then.
    let run = engine::run(&short(plan(), 0.0, 1500.0, 0));
    assert!(failures(&run).is_empty());
    assert_eq!(in_service(&run, &[27, 28]), [1, to]);
}

#[test]
fn a_failed_update_leads_to_no_cooldown() {
    // A scheduled action's scale-in would heed none; a policy's would. The first update fails, so the second comes at once.
    let run = engine::run(&short(plan(), 0.0, 6000.0, 0));
    let starts: Vec<f64> = changes(&run).iter().map(|it| it.0).collect();
    assert_eq!(starts[1] - starts[0], 1800.0);
}

#[test]
fn a_quota_ends_growth() {
    // An endpoint's update beyond it fails whole, and is asked for again with every evaluation.
    let free = engine::run(&plan());
    let (decided_s, _, to) = changes(&free)[0];
    let run = engine::run(&with_quota(plan(), to - 1));
    assert!(run.series.desired.iter().all(|desired| *desired == 1));
    let failed = failures(&run);
    assert_eq!((failed[0].0, failed[0].2), (decided_s, to - 1));
    let attempts: u32 = failed.iter().map(|it| it.3).sum();
    assert_eq!(f64::from(attempts), (7200.0 - decided_s) / 60.0 + 1.0);
    let reason = LaunchFailureReason::Quota {
        quota: to - 1,
        running: 1,
    };
    let first = run.activities.iter().find(|it| it.from != it.to);
    let outcome = first.map(|it| it.outcome);
    let instances = to - 1;
    let failure = LaunchFailure { instances, reason };
    assert_eq!(outcome, Some(Outcome::Failed(failure)));
    // A group launches as many as it may, and goes on trying.
    let run = engine::run(&with_quota(group(), to - 1));
    let minute = (decided_s / 60.0) as usize;
    assert_eq!(run.series.desired[minute], to);
    assert_eq!(in_service(&run, &[minute + 5, 119]), [to - 1, to - 1]);
}

#[test]
fn an_incident_names_what_was_refused() {
    let shortage = |until_s| (LaunchFailureReason::Shortage, Some(until_s));
    let quota = |quota| {
        let running = 1;
        (LaunchFailureReason::Quota { quota, running }, None)
    };
    for (plan, expected) in [
        (short(group(), 0.0, 2400.0, 0), Some(shortage(2400.0))),
        (short(plan(), 0.0, 6000.0, 0), Some(shortage(6000.0))),
        // It had to wait, and did not fail.
        (short(plan(), 0.0, 2400.0, 0), Some(shortage(2400.0))),
        (with_quota(plan(), 2), Some(quota(2))),
        (with_quota(group(), 2), Some(quota(2))),
        (plan(), None),
        (short(plan(), 2400.0, 600.0, 0), None),
    ] {
        let run = engine::run(&plan);
        let report = engine::Report::new(&plan, &run);
        let found = match report.incidents[0].bottleneck {
            Bottleneck::LaunchesRefused {
                reason,
                until_s,
                failed,
                of,
                ..
            } => {
                assert!(0 < failed && failed <= of);
                Some((reason, until_s))
            }
            _ => None,
        };
        assert_eq!(found, expected, "{:?}", plan.fleet.capacity);
    }
}

#[test]
fn replacements_are_launches_too() {
    for make in [plan as fn() -> Plan, group] {
        let mut failing = make();
        failing.target_tracking.clear();
        failing.fleet.initial = 4;
        failing.scalable_target.min = 4;
        let fails = vec![(600, Failing::Instances(2))];
        let_fail(&mut failing, drawn_health(fails, 3, (10, 0), false));
        let run = engine::run(&short(failing, 0.0, 3000.0, 1));
        assert_eq!(in_service(&run, &[11, 40, 52, 53]), [2, 3, 3, 4]);
        assert!(run.series.desired.iter().all(|desired| *desired == 4));
        let reasons = failures(&run);
        assert_eq!(reasons.len(), 2, "{reasons:?}");
    }
}

#[test]
fn other_zones_have_enough_until_one_of_them_fails() {
    let mut plan = group();
    plan.target_tracking.clear();
    plan.fleet.initial = 4;
    plan.scalable_target.min = 4;
    // One of two zones is short, so what fails is replaced in the other; then the other is gone.
    let fails = vec![
        (600, Failing::Instances(1)),
        (1800, Failing::Zone { for_s: 3000.0 }),
    ];
    let_fail(&mut plan, drawn_health(fails, 2, (10, 0), false));
    let mut plan = short(plan, 0.0, 6600.0, 0);
    if let Some(shortage) = plan
        .fleet
        .capacity
        .as_mut()
        .and_then(|it| it.shortage.as_mut())
    {
        shortage.zones = Some(1);
    }
    let run = engine::run(&plan);
    // Once the zone is back at minute 80 there is one with enough, as the next attempt finds.
    assert_eq!(in_service(&run, &[28, 79, 84]), [4, 2, 4]);
}

#[test]
fn a_stopped_instance_of_a_warm_pool_needs_capacity_to_start() {
    for (is_running, expected) in [(true, [6, 6]), (false, [1, 6])] {
        let mut plan = group();
        common::group_of(&mut plan).warm_pool = Some(WarmPool {
            launch_s: 30.0,
            most: 10,
            min: 0,
            is_running,
        });
        let run = engine::run(&short(plan, 0.0, 3600.0, 0));
        assert_eq!(in_service(&run, &[30, 63]), expected, "{is_running}");
    }
}

#[test]
fn copies_wait_until_their_instances_can_be_launched() {
    let mut plan = plan();
    plan.resource = ScalableResource::ComponentCopies(Hosts {
        copies_per_instance: 2,
        copy_start_s: 60.0,
        min: 1,
        max: 10,
        placement: engine::plan::Placement::Spread,
        idle_s: 3600.0,
        consolidation: None,
    });
    let run = engine::run(&short(plan, 0.0, 3600.0, 1));
    // One of the instances comes, with what there was room for four copies; the others once the shortage is over.
    assert_eq!(in_service(&run, &[59, 63, 64]), [4, 4, 6]);
    assert_eq!(failures(&run).len(), 1);
}
