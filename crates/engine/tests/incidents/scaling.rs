//! What scaling lacked: a higher maximum, an answer, an answer in time, or fewer removals.

use crate::given::{Given, is_cause};
use engine::{
    plan::{OnDemand, ScalableResource},
    report::Bottleneck,
};

/// From ten minutes on 60 requests per second, where an instance does 20, noticed for ten minutes.
fn surge() -> Given {
    Given::new(&[(600.0, 5.0), (600.0, 60.0)], 600.0, 1200.0)
}

fn too_late(detection_s: f64, launch_s: f64) -> Bottleneck {
    Bottleneck::TooLate {
        detection_s,
        launch_s,
    }
}

#[test]
fn a_maximum_is_the_cause_where_it_was_reached_and_is_less_than_needed() {
    let full = |max| Bottleneck::MaxCapacity { max, needed: 3 };
    for (max, changes, expected) in [
        (2, vec![(0.0, 1, 1, 0), (700.0, 2, 1, 1)], full(2)),
        // Not yet: two would not do, but one was asked for.
        (2, vec![(0.0, 1, 1, 0)], Bottleneck::NoScaleOut),
        // When all is over.
        (
            2,
            vec![(0.0, 1, 1, 0), (1201.0, 2, 1, 1)],
            Bottleneck::NoScaleOut,
        ),
        (2, vec![(0.0, 1, 1, 0), (1200.0, 2, 1, 1)], full(2)),
        // Before, when nobody minded.
        (
            2,
            vec![(0.0, 2, 2, 0), (600.0, 1, 1, 0)],
            Bottleneck::NoScaleOut,
        ),
        // As many as are needed.
        (3, vec![(0.0, 3, 1, 2)], Bottleneck::NoScaleOut),
        (2, vec![(0.0, 2, 1, 1)], full(2)),
        // More than there may be, as MaxCapacity was lowered.
        (1, vec![(0.0, 2, 1, 0)], full(1)),
    ] {
        let given = surge().fleet_of(max, &changes);
        assert_eq!(given.incident().bottleneck, expected, "{max} {changes:?}");
    }
}

#[test]
fn a_scale_in_is_the_cause_where_it_was_shortly_before_and_took_what_was_needed() {
    // From 3,000 s on three instances are needed.
    let given = Given::new(&[(3000.0, 5.0), (3000.0, 60.0)], 3000.0, 3600.0);
    let removed = |at_s, from, to| (at_s, Some(at_s + 60.0), from, to);
    let too_far = |at_s| Bottleneck::ScaledInTooFar { at_s };
    for (activities, expected) in [
        (vec![removed(2900.0, 3, 1)], too_far(2900.0)),
        (vec![removed(2900.0, 2, 1)], Bottleneck::NoScaleOut),
        // Half an hour before, and a second longer.
        (vec![removed(1200.0, 3, 1)], too_far(1200.0)),
        (vec![removed(1199.0, 3, 1)], Bottleneck::NoScaleOut),
        // At that moment, and a second later.
        (vec![removed(3000.0, 3, 1)], too_far(3000.0)),
        (vec![removed(3001.0, 3, 1)], Bottleneck::NoScaleOut),
        // The last of them decides; neither what changed nothing nor what added is one.
        (
            vec![removed(2000.0, 4, 3), removed(2900.0, 3, 1)],
            too_far(2900.0),
        ),
        (
            vec![removed(2900.0, 3, 1), removed(2950.0, 1, 1)],
            too_far(2900.0),
        ),
        (
            vec![removed(2900.0, 3, 1), removed(2950.0, 1, 2)],
            too_far(2900.0),
        ),
    ] {
        let given = given.clone().scaled(&activities);
        assert_eq!(given.incident().bottleneck, expected, "{activities:?}");
    }
}

#[test]
fn an_answer_is_timed_from_the_target_to_the_decision_and_to_its_last_instance() {
    // Through 10 requests per second, the target's share, at 750 s, and through 20 at 1,050 s.
    let slow = [(600.0, 5.0), (1200.0, 25.0)];
    let slow = Given::new(&slow, 1080.0, 1500.0).queue(&[(17, 9.0)]);
    let slow = slow.metric(12, &[600.0, 720.0, 840.0, 960.0, 1080.0, 1200.0]);
    // Above the target for a minute, at it for six, and then far above all at once.
    let again = [
        (600.0, 5.0),
        (600.0, 12.0),
        (660.0, 12.0),
        (660.0, 10.0),
        (1020.0, 10.0),
        (1020.0, 50.0),
    ];
    let again = Given::new(&again, 1020.0, 1500.0);
    let again = again.metric(10, &[720.0, 600.0, 600.0, 600.0, 600.0, 600.0, 600.0]);
    // Decided at 1,260 s; before that, answers that changed nothing, or came before the target was crossed.
    let answer = (1260.0, Some(1500.0), 1, 2);
    let others = [
        (700.0, Some(940.0), 1, 2),
        (1100.0, Some(1200.0), 1, 1),
        answer,
        (1320.0, Some(1560.0), 2, 3),
    ];
    let without_policy = |mut given: Given| {
        given.plan.target_tracking.clear();
        given
    };
    for (given, activities, expected) in [
        (slow.clone(), vec![answer], too_late(510.0, 240.0)),
        (again.clone(), vec![answer], too_late(240.0, 240.0)),
        (again.clone(), others.to_vec(), too_late(240.0, 240.0)),
        // Not done when the run ends, at 7,200 s.
        (
            again.clone(),
            vec![(1260.0, None, 1, 2)],
            too_late(240.0, 5940.0),
        ),
        // As demand crosses the target, as it ends, and after.
        (
            again.clone(),
            vec![(1020.0, Some(1260.0), 1, 2)],
            too_late(0.0, 240.0),
        ),
        (
            again.clone(),
            vec![(1500.0, Some(1740.0), 1, 2)],
            too_late(480.0, 240.0),
        ),
        (
            again,
            vec![(1501.0, Some(1740.0), 1, 2)],
            Bottleneck::NoScaleOut,
        ),
        // Where no policy has a target, from the overload on.
        (without_policy(slow), vec![answer], too_late(210.0, 240.0)),
    ] {
        let told = given.scaled(&activities).incident().bottleneck;
        assert!(is_cause(told, expected), "{told:?} for {expected:?}");
    }
}

#[test]
fn a_serverless_endpoint_is_short_of_concurrency_of_warm_environments_or_of_provisioned_ones() {
    // One request at a time on average: by Erlang's loss formula six environments refuse 1 in 1,957, five 1 in 326, and one in
    // a thousand may be.
    let limited = Bottleneck::MaxConcurrency { max: 4, needed: 6 };
    let cold = Bottleneck::ColdStarts { setup_s: 7.0 };
    for (failed, late, provisioned, expected) in [
        (3.0, 2.0, false, limited),
        (2.0, 2.0, true, limited),
        (1.0, 2.0, false, cold),
        // As any fleet, where environments are provisioned.
        (1.0, 2.0, true, Bottleneck::NoScaleOut),
    ] {
        let given = Given::new(&[(0.0, 5.0)], 600.0, 900.0).noticed(600.0, 900.0, failed, late);
        let max = if provisioned { 2 } else { 0 };
        let mut given = given.fleet_of(max, &[(0.0, 0, 0, 0)]);
        given.plan.service.max_rps = 5.0;
        given.plan.resource = ScalableResource::ProvisionedConcurrency(OnDemand {
            max_concurrency: 4,
            setup_s: 7.0,
            keep_s: 300.0,
            usd_per_request: 0.0,
            provisioned_usd_per_request: 0.0,
        });
        assert_eq!(
            given.incident().bottleneck,
            expected,
            "{failed} {late} {provisioned}"
        );
    }
}
