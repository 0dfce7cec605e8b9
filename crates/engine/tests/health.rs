//! Failures of instances and Availability Zones, and what health checks make of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    alarm, changes, curve, group_of, instances, let_fail, make_group, one_more, plan,
    random::failing_plan,
};
use engine::{
    demand::Timeline,
    plan::{
        AdjustmentType, Comparison, Failing, Failure, Health, Launch, Plan, ScalableResource,
        ScalableTarget, ScheduledAction, WarmPool, WarmUp,
    },
    run::{Cause, Outcome, Replacement, ReplacementReason, Run},
};
use proptest::prelude::*;

/// Of an EC2 Auto Scaling group in three zones behind a load balancer whose checks it looks at.
fn checks(failures: &[(f64, Failing)]) -> Health {
    Health {
        failures: (failures.iter().enumerate())
            .map(|(index, &(at_s, what))| Failure { at_s, index, what })
            .collect(),
        zones: 3,
        rebalances: true,
        unrouted_s: 60.0,
        status_check_s: 180.0,
        load_balancer_s: Some(60.0),
        start_within_s: None,
    }
}

/// A group of so many instances of 20 requests per second, four minutes of launch and no policy, under 10 each.
fn group(instances: u32, health: Health) -> Plan {
    let rps = 10.0 * f64::from(instances);
    let mut plan = plan(&[curve(&[(0.0, rps)])], 7200);
    plan.fleet.initial = instances;
    plan.scalable_target = ScalableTarget {
        min: instances,
        max: instances,
    };
    plan.target_tracking.clear();
    make_group(
        &mut plan,
        WarmUp {
            default_s: 120.0,
            by_policy: Vec::new(),
        },
    );
    let_fail(&mut plan, health);
    plan
}

/// The fleet at each change: when, in service, pending.
fn fleet(run: &Run) -> Vec<(f64, u32, u32)> {
    let changes = run.fleet.iter();
    changes
        .map(|change| (change.at_s, change.in_service, change.pending))
        .collect()
}

/// What was replaced: when, until when, how many, why, how often.
fn replacements(run: &Run) -> Vec<(f64, Option<f64>, u32, ReplacementReason, u32)> {
    let of = |activity: &engine::run::Activity| match activity.cause {
        Cause::Replacement(Replacement { instances, reason }) => Some((
            activity.start_s,
            activity.end_s,
            instances,
            reason,
            activity.evaluations,
        )),
        _ => None,
    };
    run.activities.iter().filter_map(of).collect()
}

fn conserves(run: &Run) {
    let t = &run.totals;
    let sum = t.served + t.failed + t.queued_at_end;
    assert!((t.requests - sum).abs() <= 1e-9 * t.requests, "{t:?}");
}

#[test]
fn who_notices_what_and_when() {
    use ReplacementReason::{LoadBalancer, StatusCheck};
    // Of six instances two fail after half an hour: whose checks see it, and when replacements are in service.
    let ec2 = None;
    let elb = Some(60.0);
    for (what, load_balancer_s, expected) in [
        (Failing::Instances(2), ec2, Some((1980.0, StatusCheck))),
        (Failing::Instances(2), elb, Some((1860.0, LoadBalancer))),
        (Failing::Applications(2), elb, Some((1860.0, LoadBalancer))),
        // Status checks see nothing of an application that has stopped answering.
        (Failing::Applications(2), ec2, None),
    ] {
        let plan = group(
            6,
            Health {
                load_balancer_s,
                ..checks(&[(1800.0, what)])
            },
        );
        let run = engine::run(&plan);
        let mut steps = vec![(0.0, 6, 0), (1800.0, 4, 0)];
        if let Some((noticed_s, _)) = expected {
            steps.extend([(noticed_s, 4, 2), (noticed_s + 240.0, 6, 0)]);
        }
        assert_eq!(fleet(&run), steps, "{what:?} {load_balancer_s:?}");
        let told = expected.map(|(at_s, reason)| (at_s, Some(at_s + 240.0), 2, reason, 1));
        assert_eq!(replacements(&run), told.into_iter().collect::<Vec<_>>());
        assert!(changes(&run).is_empty() && run.fleet.iter().all(|change| change.desired == 6));
        // For a minute a third of 60 requests per second goes to who does not answer; 40 ms of them were being served.
        let lost = 20.0 * 60.0;
        assert!(
            (lost..lost + 2.0).contains(&run.totals.failed),
            "{}",
            run.totals.failed
        );
        conserves(&run);
    }
}

#[test]
fn a_zone_is_lost_and_comes_back() {
    // Seven instances in three zones: the fullest holds three. Four are left, three launch elsewhere. When it is back, after an
    // hour, two of seven move, one at a time, as MaxCapacity may be exceeded by one: it launches before another goes.
    let zone = Failing::Zone { for_s: 3600.0 };
    let run = engine::run(&group(7, checks(&[(600.0, zone)])));
    assert_eq!(
        fleet(&run),
        [
            (0.0, 7, 0),
            (600.0, 4, 0),
            (660.0, 4, 3),
            (900.0, 7, 0),
            (4200.0, 7, 1),
            (4440.0, 8, 0),
            (4500.0, 7, 1),
            (4740.0, 8, 0),
            (4800.0, 7, 0),
        ]
    );
    assert!(run.fleet.iter().all(|change| change.desired == 7));
    use ReplacementReason::{LoadBalancer, ZoneBalance};
    assert_eq!(
        replacements(&run),
        [
            (660.0, Some(900.0), 3, LoadBalancer, 1),
            (4200.0, Some(4440.0), 1, ZoneBalance, 1),
            (4500.0, Some(4740.0), 1, ZoneBalance, 1),
        ]
    );
    assert_eq!(run.losses[0].instances, 3);
    conserves(&run);
}

#[test]
fn a_zone_that_is_back_before_anybody_acts_serves_again() {
    let zone = Failing::Zone { for_s: 90.0 };
    let health = Health {
        load_balancer_s: None,
        ..checks(&[(600.0, zone)])
    };
    let run = engine::run(&group(6, health));
    assert_eq!(fleet(&run), [(0.0, 6, 0), (600.0, 4, 0), (690.0, 6, 0)]);
    assert!(replacements(&run).is_empty());
    conserves(&run);
}

#[test]
fn without_any_zone_nothing_launches() {
    let zone = Failing::Zone { for_s: 1200.0 };
    let health = Health {
        zones: 1,
        ..checks(&[(600.0, zone)])
    };
    let run = engine::run(&group(3, health));
    assert_eq!(
        fleet(&run),
        [(0.0, 3, 0), (600.0, 0, 0), (660.0, 0, 3), (2040.0, 3, 0)]
    );
    conserves(&run);
}

#[test]
fn an_instance_that_starts_longer_than_its_grace_is_replaced_for_ever() {
    // An action asks for two more; they take four minutes to answer, and three is what they have.
    let mut plan = group(
        2,
        Health {
            start_within_s: Some(180.0),
            ..checks(&[])
        },
    );
    plan.scalable_target.max = 4;
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 600.0,
        index: 0,
        min: Some(4),
        max: None,
        desired: None,
    }];
    let run = engine::run(&plan);
    assert_eq!(run.fleet.last().unwrap().in_service, 2);
    let times = ((7200.0 - 600.0) / 180.0) as u32;
    assert_eq!(
        replacements(&run),
        [(
            780.0,
            None,
            2 * times,
            ReplacementReason::StillStarting,
            times
        )]
    );
    assert_eq!(run.activities[0].outcome, Outcome::Successful);
    // A group that gives them as long as they need has no such trouble, and no replacement.
    let_fail(
        &mut plan,
        Health {
            start_within_s: Some(240.0),
            ..checks(&[])
        },
    );
    let run = engine::run(&plan);
    assert_eq!(fleet(&run), [(0.0, 2, 0), (600.0, 2, 2), (840.0, 4, 0)]);
    // Where some are in time, all get there in the end.
    plan.fleet.launch = Launch::Range {
        from_s: 100.0,
        to_s: 300.0,
    };
    let_fail(
        &mut plan,
        Health {
            start_within_s: Some(180.0),
            ..checks(&[])
        },
    );
    let run = engine::run(&plan);
    assert_eq!(run.fleet.last().unwrap().in_service, 4);
    conserves(&run);
}

#[test]
fn an_endpoint_replaces_what_it_loses_and_scales_meanwhile() {
    let mut plan = plan(
        &[curve(&[(0.0, 30.0), (3000.0, 30.0), (3000.0, 90.0)])],
        7200,
    );
    plan.fleet.initial = 3;
    let_fail(
        &mut plan,
        Health {
            load_balancer_s: None,
            rebalances: false,
            ..checks(&[(2850.0, Failing::Instances(1))])
        },
    );
    let run = engine::run(&plan);
    use ReplacementReason::StatusCheck;
    // 2850 + 180 is noticed at the next whole minute.
    assert_eq!(
        replacements(&run),
        [(3060.0, Some(3300.0), 1, StatusCheck, 1)]
    );
    // An endpoint that replaces an instance is not Updating.
    let (at_s, from, to) = changes(&run)[0];
    assert!(at_s < 3300.0 && from == 3 && to > 6, "{at_s} {from} {to}");
    conserves(&run);
}

#[test]
fn a_group_at_zero_fails_every_request_and_wakes_by_the_clock_alone() {
    let mut plan = group(2, checks(&[]));
    instances(&mut plan).health = None;
    plan.scalable_target = ScalableTarget { min: 0, max: 4 };
    plan.target_tracking = common::plan(&[], 3600).target_tracking;
    let action = |at_s, index, min, max| ScheduledAction {
        at_s,
        index,
        min: Some(min),
        max: Some(max),
        desired: None,
    };
    plan.scheduled_actions = vec![action(1200.0, 0, 0, 0), action(4800.0, 1, 2, 4)];
    let run = engine::run(&plan);
    let told: Vec<(f64, u32, u32)> = changes(&run);
    assert_eq!(told[..2], [(1200.0, 2, 0), (4800.0, 0, 2)]);
    // From the last instance's end to the first's start every request fails.
    let (from_s, until_s) = (1260.0, 5040.0);
    assert!((run.totals.failed - 20.0 * (until_s - from_s)).abs() < 1e-6);
    conserves(&run);
}

/// An action at such a moment.
fn action(at_s: f64, min: u32, max: u32) -> ScheduledAction {
    ScheduledAction {
        at_s,
        index: 0,
        min: Some(min),
        max: Some(max),
        desired: None,
    }
}

#[test]
fn a_warm_pool_launches_nothing_without_a_zone_and_is_filled_up_to_what_is_desired() {
    let health = Health {
        zones: 1,
        ..checks(&[(600.0, Failing::Zone { for_s: 1200.0 })])
    };
    let mut plan = group(4, health);
    group_of(&mut plan).warm_pool = Some(WarmPool {
        launch_s: 30.0,
        most: 6,
        min: 0,
        is_running: true,
    });
    let run = engine::run(&plan);
    // Two of four come out of the pool once the zone is back, at 1800 s, two launch anew.
    let expected = [
        (0.0, 4, 0),
        (600.0, 0, 0),
        (660.0, 0, 4),
        (1830.0, 2, 2),
        (2040.0, 4, 0),
    ];
    assert_eq!(fleet(&run), expected);
    // Six at most in the group and its pool together, all along.
    assert_eq!(run.totals.instance_s, 6.0 * 7200.0);
}

#[test]
fn what_is_removed_after_it_has_failed_gets_no_requests() {
    let mut plan = group(6, checks(&[(1800.0, Failing::Instances(2))]));
    plan.scheduled_actions = vec![action(1810.0, 4, 6)];
    plan.scheduled_actions.push(ScheduledAction {
        desired: Some(4),
        ..action(1810.0, 4, 6)
    });
    let run = engine::run(&plan);
    // A third of 60 requests per second for ten seconds, and what was being served.
    let failed = run.totals.failed;
    assert!((200.0..202.0).contains(&failed), "{failed}");
    assert!(replacements(&run).is_empty());
}

#[test]
fn of_what_was_being_removed_nothing_is_left_to_replace() {
    // Of six two go, at 1800 s and at 1830 s; between the two five of them fail: the four that stay, and the one that would be
    // gone last, whose activity ends then.
    let mut plan = group(6, checks(&[(1850.0, Failing::Instances(5))]));
    plan.scheduled_actions = vec![action(1800.0, 5, 5), action(1830.0, 4, 4)];
    let run = engine::run(&plan);
    let removals: Vec<(f64, Option<f64>)> = (run.activities.iter())
        .filter(|activity| activity.from > activity.to)
        .map(|activity| (activity.start_s, activity.end_s))
        .collect();
    assert_eq!(removals, [(1800.0, Some(1860.0)), (1830.0, Some(1850.0))]);
    let replaced: Vec<u32> = replacements(&run).iter().map(|it| it.2).collect();
    assert_eq!(replaced, [4]);
}

#[test]
fn what_a_busy_instance_serves_fails_with_it() {
    // Three instances under twice what they can serve for ten seconds, then under nothing: the 600 that wait take another ten.
    // One of three fails after five of these, and nothing is sent to it any more: of 300 that still wait it takes 100, and of
    // the 60 a second that are served 20 × the 43 ms that each takes, though nothing comes any more.
    let mut plan = group(3, checks(&[(605.0, Failing::Instances(1))]));
    let demand = [
        (0.0, 0.0),
        (590.0, 0.0),
        (590.0, 120.0),
        (600.0, 120.0),
        (600.0, 0.0),
        (7200.0, 0.0),
    ];
    plan.demand = Timeline::compile(&[curve(&demand)], 7200);
    plan.service.queue_limit_per_instance = None;
    let run = engine::run(&plan);
    let mean_s = engine::idle_s(plan.service.p50_ms, plan.service.p95_ms);
    let expected = 100.0 + 20.0 * mean_s;
    assert!(
        (run.totals.failed - expected).abs() < 1e-9,
        "{} {expected}",
        run.totals.failed
    );
}

#[test]
fn a_replacement_of_an_endpoint_that_is_given_up_is_over() {
    let mut plan = plan(&[curve(&[(0.0, 1.0)])], 7200);
    plan.target_tracking.clear();
    plan.fleet.initial = 3;
    plan.scalable_target = ScalableTarget { min: 3, max: 3 };
    let_fail(
        &mut plan,
        Health {
            rebalances: false,
            ..checks(&[(600.0, Failing::Instances(1))])
        },
    );
    plan.scheduled_actions = vec![action(700.0, 2, 2)];
    let run = engine::run(&plan);
    let times: Vec<(f64, Option<f64>)> = replacements(&run).iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(times, [(660.0, Some(700.0))]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_fails_the_fleet_stays_sound(plan in failing_plan()) {
        let run = engine::run(&plan);
        conserves(&run);
        let health = plan.resource.health().unwrap();
        for loss in &run.losses {
            prop_assert!(loss.instances <= loss.of && loss.unrouted_s >= loss.at_s);
            prop_assert!(loss.noticed_s >= loss.at_s);
        }
        prop_assert!(run.losses.len() <= health.failures.len());
    }

    /// Whatever was lost, everything is there again once it has been replaced and nothing else fails.
    #[test]
    fn all_comes_back(plan in failing_plan(), instances in 1_u32..12) {
        let mut plan = plan;
        let old = plan.resource.health().unwrap();
        let is_seen = |failure: &&Failure| !matches!(failure.what, Failing::Applications(_));
        let failures: Vec<Failure> = old.failures.iter().filter(is_seen).copied().collect();
        let health = Health { failures, start_within_s: None, ..(**old).clone() };
        let_fail(&mut plan, health);
        plan.target_tracking.clear();
        plan.step_scaling.clear();
        if let Some(group) = plan.resource.group_mut() {
            group.predictive = None;
        }
        plan.scheduled_actions.clear();
        plan.scalable_target = ScalableTarget { min: instances, max: instances };
        plan.length_s = 8 * 3600;
        let run = engine::run(&plan);
        let last = run.fleet.last().unwrap();
        prop_assert_eq!((last.in_service, last.pending), (instances, 0));
        let is_open =
            |activity: &&engine::run::Activity| activity.outcome != Outcome::Successful;
        prop_assert_eq!(run.activities.iter().find(is_open), None);
    }
}

#[test]
fn simple_scaling_goes_by_what_is_desired() {
    // Two of four do not answer, which nobody looks at: half of four are taken away, not half of two.
    let mut health = checks(&[(60.0, Failing::Applications(2))]);
    health.load_balancer_s = None;
    let mut plan = group(4, health);
    plan.scalable_target.min = 1;
    let mut half = one_more(0, alarm(Comparison::LessThanThreshold, 1e9), 300.0);
    half.adjustment_type = AdjustmentType::PercentChangeInCapacity;
    half.steps[0].lower = f64::NEG_INFINITY;
    half.steps[0].adjustment = -50;
    half.is_simple = true;
    plan.step_scaling = vec![half];
    let run = engine::run(&plan);
    let first = changes(&run)[0];
    assert_eq!((first.1, first.2), (4, 2));
}

/// An endpoint of so many instances, none of which scales.
fn endpoint(instances: u32, health: Health) -> Plan {
    let mut plan = group(instances, health);
    plan.resource =
        ScalableResource::VariantInstances(std::mem::take(common::instances(&mut plan)));
    plan
}

/// From a moment on there are to be no more than so many.
fn at_most(plan: &mut Plan, max: u32, at_s: f64) {
    plan.scalable_target.min = 1;
    plan.scheduled_actions = vec![ScheduledAction {
        at_s,
        index: 0,
        min: None,
        max: Some(max),
        desired: None,
    }];
}

#[test]
fn each_replacement_ends_with_its_own_instances() {
    // Gone at 60 and 120 s, found a minute later, replaced four minutes after that.
    let failures = [
        (60.0, Failing::Instances(1)),
        (120.0, Failing::Instances(1)),
    ];
    let mut plan = endpoint(4, checks(&failures));
    let ends = |plan: &Plan| -> Vec<(f64, Option<f64>)> {
        let run = engine::run(plan);
        let replaced = run.activities.iter();
        let replaced = replaced.filter(|it| matches!(it.cause, Cause::Replacement(_)));
        replaced.map(|it| (it.start_s, it.end_s)).collect()
    };
    assert_eq!(ends(&plan), [(120.0, Some(360.0)), (180.0, Some(420.0))]);
    // One less is wanted at 310 s: the last of the replacements is given up.
    at_most(&mut plan, 3, 310.0);
    assert_eq!(ends(&plan), [(120.0, Some(360.0)), (180.0, Some(310.0))]);
}

#[test]
fn of_two_failures_one_may_be_scaled_in() {
    // Two of four fail one after the other, one of which a scale-in takes: the other is replaced.
    let failures = [
        (60.0, Failing::Applications(1)),
        (70.0, Failing::Applications(1)),
    ];
    let mut plan = group(4, checks(&failures));
    at_most(&mut plan, 3, 80.0);
    let run = engine::run(&plan);
    let last = run.fleet[run.fleet.len() - 1];
    assert_eq!((last.desired, last.in_service, last.pending), (3, 3, 0));
}

#[test]
fn what_both_checks_find_at_once_is_found_by_status_checks() {
    for (load_balancer_s, reason) in [
        (180.0, ReplacementReason::StatusCheck),
        (119.0, ReplacementReason::LoadBalancer),
    ] {
        let mut health = checks(&[(60.0, Failing::Instances(1))]);
        health.load_balancer_s = Some(load_balancer_s);
        let run = engine::run(&group(4, health));
        let Cause::Replacement(replacement) = run.activities[0].cause else {
            panic!("{:?}", run.activities[0]);
        };
        assert_eq!(replacement.reason, reason, "{load_balancer_s}");
    }
}

#[test]
fn requests_in_flight_are_those_that_an_instance_was_sent() {
    // 40 requests a second to four, of which one is gone at 60 s and another at 90 s, each sent its share for a minute: 10 a second,
    // then 20, then a third of 40. Of the 10 a second that each had, those of 47 ms are lost with it.
    let failures = [(60.0, Failing::Instances(1)), (90.0, Failing::Instances(1))];
    let mut health = checks(&failures);
    health.load_balancer_s = None;
    let mut plan = group(4, health);
    plan.length_s = 180;
    plan.demand = Timeline::compile(&[curve(&[(0.0, 40.0)])], 180);
    let run = engine::run(&plan);
    let in_flight = 10.0 * engine::idle_s(plan.service.p50_ms, plan.service.p95_ms);
    let expected = 30.0 * (10.0 + 20.0 + 40.0 / 3.0) + 2.0 * in_flight;
    let failed = run.totals.failed;
    assert!(
        (failed - expected).abs() < 1e-6,
        "{failed}, and should be {expected}"
    );
}

#[test]
fn steps_count_from_those_that_are_there_once_others_have_moved() {
    // Of four instances in two zones two are replaced at 660 s, and are warm at 1500 s. The zone is back at 1800 s: the other
    // two move, gone at 2100 s; those that came for them are warm at 2640 s. So a step of four makes six of four until then.
    let health = Health {
        zones: 2,
        ..checks(&[(600.0, Failing::Zone { for_s: 1200.0 })])
    };
    let mut plan = group(4, health);
    plan.demand = Timeline::compile(
        &[curve(&[(0.0, 20.0), (2220.0, 20.0), (2220.0, 80.0)])],
        7200,
    );
    plan.scalable_target.max = 20;
    group_of(&mut plan).warm_up.default_s = 600.0;
    let mut step = one_more(0, alarm(Comparison::GreaterThanThreshold, 1000.0), 0.0);
    step.steps[0].adjustment = 4;
    plan.step_scaling = vec![step];
    let run = engine::run(&plan);
    // Then four are warm.
    assert_eq!(changes(&run), [(2400.0, 4, 6), (2640.0, 6, 8)]);
}

#[test]
fn what_begins_anew_elsewhere_stays_part_of_its_activity() {
    // Three replacements launch from 1860 s to 2460 s, three more instances from 1920 s to 2520 s. A zone of three is gone at
    // 2000 s: one of each begins anew. At 2470 s one replacement still launches, and three others, of which one does so again.
    let zone = Failing::Zone { for_s: 30.0 };
    let health = checks(&[
        (1800.0, Failing::Applications(3)),
        (2000.0, zone),
        (2470.0, zone),
    ]);
    let mut plan = group(6, health);
    plan.fleet.launch = Launch::Fixed(600.0);
    plan.scheduled_actions = vec![action(1920.0, 9, 9)];
    let run = engine::run(&plan);
    let ends: Vec<_> = (run.activities.iter())
        .map(|activity| (activity.start_s, activity.to, activity.end_s))
        .collect();
    assert_eq!(ends, [(1860.0, 6, Some(2600.0)), (1920.0, 9, Some(3070.0))]);
}
