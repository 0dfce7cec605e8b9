//! What a change is held against, and what it leaves as it was.

use crate::{
    common::{CHECKS, curve, let_fail, make_group, plan},
    trial::search,
};
use engine::{
    Report,
    advice::{Change, apply},
    plan::{Failing, Failure, Health, Plan, ScheduledAction, WarmUp},
};

/// Five requests per second but for ten minutes of 50 from 7,200 s on, and a minute of 210 at some other time; what exceeds
/// capacity fails at once.
fn with_another(at_s: f64) -> Plan {
    let mut points = vec![(0.0, 5.0)];
    let mut bursts = [(7200.0, 600.0, 50.0), (at_s, 60.0, 210.0)];
    bursts.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (from_s, for_s, rps) in bursts {
        let until_s = from_s + for_s;
        points.extend([(from_s, 5.0), (from_s, rps), (until_s, rps), (until_s, 5.0)]);
    }
    let mut plan = plan(&[curve(&points)], 4 * 3600);
    plan.service.queue_limit_per_instance = Some(0.0);
    plan.target_tracking.clear();
    plan.objective.availability = 0.5;
    plan
}

#[test]
fn a_change_must_leave_nothing_to_notice_for_a_quarter_of_an_hour_around() {
    // Three instances do for 50 requests per second, no ten for 210: that is within the objective, but not to be noticed soon
    // before or after.
    for (at_s, is_near) in [
        (6240.0, false),
        (6300.0, true),
        (8640.0, true),
        (8700.0, false),
    ] {
        let plan = with_another(at_s);
        let worst = Report::new(&plan, &engine::run(&plan)).incidents[0];
        assert_eq!((worst.overload_s, worst.end_s), (7200.0, 7800.0));
        let (found, _) = search(&plan);
        let does = found.contains(&Change::MinCapacity(3));
        assert!(
            does != is_near && found.is_empty() == is_near,
            "{at_s} {found:?}"
        );
    }
}

#[test]
fn what_goes_to_an_instance_that_has_failed_is_lost_whatever_is_changed() {
    // Two of three instances fail, and 50 requests per second take three: with five that many are left. For a minute two in
    // five fail all the same.
    let mut plan = plan(&[curve(&[(0.0, 50.0)])], 7200);
    plan.fleet.initial = 3;
    plan.scalable_target.min = 3;
    plan.target_tracking.clear();
    plan.objective.availability = 0.9;
    make_group(&mut plan, WarmUp::default());
    let_fail(
        &mut plan,
        Health {
            failures: vec![Failure {
                at_s: 3600.0,
                index: 0,
                what: Failing::Instances(2),
            }],
            ..CHECKS
        },
    );
    let (found, _) = search(&plan);
    assert!(found.contains(&Change::MinCapacity(5)), "{found:?}");
}

#[test]
fn a_scheduled_minimum_ends_with_the_minimum_that_would_be_in_force() {
    let action = |at_s, index, min, max| ScheduledAction {
        at_s,
        index,
        min,
        max,
        desired: None,
    };
    let others = [
        action(900.0, 2, Some(2), None),
        action(3600.0, 0, None, Some(8)),
        action(5400.0, 5, Some(4), None),
    ];
    // The minimum from when until when; the action that ends it, and the place of both among the others.
    for (from_s, until_s, end, places) in [
        (900.0, 3600.0, Some(2), (1, 3)),
        (900.0, 5400.0, Some(4), (1, 4)),
        (0.0, 899.0, Some(1), (0, 1)),
        (1800.0, 5399.0, Some(2), (1, 3)),
        // With the run.
        (6300.0, 7200.0, None, (3, 4)),
    ] {
        let mut before = plan(&[curve(&[(0.0, 5.0)])], 7200);
        before.scheduled_actions = others.to_vec();
        let mut expected = before.clone();
        let actions = &mut expected.scheduled_actions;
        actions.insert(places.0, action(from_s, 6, Some(9), None));
        if end.is_some() {
            actions.insert(places.1, action(until_s, 7, end, None));
        }
        let change = Change::ScheduledMin {
            min: 9,
            from_s,
            until_s,
        };
        assert!(apply(&before, change) == expected, "{from_s} {until_s}");
    }
    let mut alone = plan(&[curve(&[(0.0, 5.0)])], 7200);
    let change = Change::ScheduledMin {
        min: 9,
        from_s: 900.0,
        until_s: 1800.0,
    };
    let changed = apply(&alone, change);
    alone.scheduled_actions = vec![
        action(900.0, 0, Some(9), None),
        action(1800.0, 1, Some(1), None),
    ];
    assert!(changed == alone);
}
