use super::*;
use crate::plan::{self, Launch};

fn fleet(
    launch: Launch,
    start_within_s: Option<f64>,
    pool: Option<plan::WarmPool>,
) -> Box<Instances> {
    let plan = plan::Fleet {
        initial: 5,
        launch,
        removal_s: 60.0,
        capacity: None,
    };
    let mut instances = Instances::boxed(&plan, pool, 1, 5);
    if let Some(seconds) = start_within_s {
        instances.must_start_within(seconds);
    }
    instances
}

/// An activity whose instances warm up for ten minutes.
fn activity(entry: usize) -> FleetActivity {
    FleetActivity {
        entry,
        warm_up_s: 600.0,
    }
}

/// Returns desired capacity, how many are in service, and how many of these leave.
fn counts(instances: &Instances) -> (u32, u32, u32) {
    let counts = instances.counts();
    let leaving = counts.removing - instances.displaced();
    (counts.desired(), counts.in_service, leaving)
}

#[test]
fn who_would_take_too_long_to_answer_is_given_up_at_the_next_look() {
    let range = |from_s, to_s| Launch::Range { from_s, to_s };
    // Of 40 as many answer within 200 s as that is of the range, give or take one.
    for (launch, in_time) in [
        (Launch::Fixed(200.0), 40..=40),
        (Launch::Fixed(201.0), 0..=0),
        (range(50.0, 200.0), 40..=40),
        (range(100.0, 300.0), 20..=21),
        (range(150.0, 250.0), 20..=21),
        (range(150.0, 350.0), 10..=11),
        (range(200.0, 300.0), 0..=0),
    ] {
        let mut instances = fleet(launch, Some(200.0), None);
        instances.scale_to(0.0, 45, activity(0));
        assert_eq!(instances.counts().pending, 40);
        let in_time_s =
            |phase: &Phase| matches!(phase, Phase::Launching { at_s, .. } if *at_s <= 200.0);
        let coming = instances.cohorts.count(&in_time_s);
        assert!(in_time.contains(&coming), "{launch:?}: {coming}");
        assert_eq!(instances.overdue(240.0), 40 - coming, "{launch:?}");
        let given_up_s = if coming == 40 { f64::INFINITY } else { 240.0 };
        assert_eq!(instances.given_up_s(), given_up_s, "{launch:?}");
    }
}

#[test]
fn what_begins_anew_is_part_of_the_activity_that_gave_it_up() {
    let mut instances = fleet(Launch::Fixed(201.0), Some(200.0), None);
    instances.scale_to(0.0, 7, activity(3));
    assert!(instances.are_under_way_by(3));
    assert_eq!((instances.overdue(239.0), instances.overdue(240.0)), (0, 2));
    instances.give_up_launches(240.0, 8);
    assert!(!instances.are_under_way_by(3) && instances.are_under_way_by(8));
    assert_eq!(
        (instances.given_up_s(), instances.counts().pending),
        (480.0, 2)
    );
}

#[test]
fn what_launches_in_a_zone_that_fails_stays_part_of_its_activity() {
    let mut instances = fleet(Launch::Fixed(100.0), None, None);
    instances.scale_to(0.0, 7, activity(1));
    instances.scale_to(50.0, 9, activity(2));
    // Half of four launch anew, those that would come last.
    instances.launch_elsewhere(60.0, 2, 0.0);
    let in_service = [100.0, 150.0, 160.0].map(|now_s| {
        instances.settle(now_s);
        (instances.counts().in_service, instances.are_under_way_by(1))
    });
    assert_eq!(in_service, [(7, false), (7, false), (9, false)]);
}

#[test]
fn an_instance_that_moves_is_not_one_that_is_removed() {
    let mut instances = fleet(Launch::Fixed(240.0), None, None);
    instances.move_instances(0.0, 2, activity(0));
    assert_eq!(
        (counts(&instances), instances.counts().pending),
        ((5, 5, 0), 2)
    );
    let settled = instances.settle(240.0);
    assert_eq!(
        (counts(&instances), instances.displaced(), settled.removed),
        ((5, 7, 0), 2, 0)
    );
    let settled = instances.settle(300.0);
    assert_eq!(
        (counts(&instances), instances.displaced(), settled.removed),
        ((5, 5, 0), 0, 0)
    );
    instances.move_instances(600.0, 1, activity(1));
    instances.settle(840.0);
    assert_eq!((counts(&instances), instances.displaced()), ((5, 6, 0), 1));
    instances.settle(900.0);
    assert!(instances.is_not_rebalancing());
}

#[test]
fn of_those_that_leave_already_none_is_lost() {
    let mut instances = fleet(Launch::Fixed(240.0), None, None);
    instances.scale_to(0.0, 3, activity(0));
    // Four of five are gone: one of the two that leave at least.
    instances.fail(4, 0);
    assert_eq!((counts(&instances), instances.failed_in(0)), ((3, 1, 1), 3));
}

#[test]
fn who_serves_again_is_warm() {
    let mut instances = fleet(Launch::Fixed(240.0), None, None);
    instances.scale_to(0.0, 7, activity(0));
    instances.settle(240.0);
    instances.fail(6, 0);
    let warm = instances.warming(300.0);
    assert_eq!((warm.instances, warm.warm_to_stay), (1, 0));
    instances.restore(300.0, 0);
    let warm = instances.warming(300.0);
    assert_eq!((warm.instances, warm.warm_to_stay), (1, 6));
}

#[test]
fn what_a_warm_pool_gives_for_one_that_has_failed_is_prepared_anew() {
    let pool = plan::WarmPool {
        launch_s: 30.0,
        most: 7,
        min: 0,
        is_running: true,
    };
    let mut instances = fleet(Launch::Fixed(240.0), None, Some(pool));
    instances.fail(1, 0);
    instances.replace(100.0, 0, activity(0));
    let next = |instances: &Instances| (instances.counts().pending, instances.next_s());
    assert_eq!(next(&instances), (1, 130.0));
    instances.settle(130.0);
    // One of two is ready until the other is, too.
    let mut later = instances.clone();
    instances.scale_to(339.0, 7, activity(1));
    assert_eq!(next(&instances), (2, 369.0));
    instances.settle(369.0);
    assert_eq!(next(&instances), (1, 579.0));
    later.scale_to(340.0, 7, activity(1));
    later.settle(370.0);
    assert_eq!((later.counts().pending, later.counts().in_service), (0, 7));
}
