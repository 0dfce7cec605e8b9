use super::*;
use crate::{fleet::FailedInstances, plan};

fn fleet(launch: Launch, start_within_s: Option<f64>, pool: Option<plan::WarmPool>) -> Fleet {
    let plan = plan::Fleet {
        initial: 5,
        launch,
        removal_s: 60.0,
    };
    let resource = plan::ScalableResource::GroupInstances(plan::AutoScalingGroup {
        warm_pool: pool,
        ..Default::default()
    });
    let mut fleet = Fleet::new(&plan, &resource, 1, 5);
    fleet.may_fail(start_within_s);
    fleet
}

fn in_all(batches: &[Batch]) -> u32 {
    batches.iter().map(|batch| batch.instances).sum()
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
        let mut fleet = fleet(launch, Some(200.0), None);
        fleet.scale_to(0.0, 45);
        assert_eq!(fleet.pending, 40);
        let coming = in_all(&fleet.arrivals);
        assert!(in_time.contains(&coming), "{launch:?}: {coming}");
        assert!(fleet.arrivals.iter().all(|batch| batch.at_s <= 200.0));
        let overdue = &fleet.repairs.as_ref().unwrap().overdue;
        assert_eq!(in_all(overdue), 40 - coming, "{launch:?}");
        let given_up_s = if coming == 40 { f64::INFINITY } else { 240.0 };
        assert_eq!(fleet.given_up_s(), given_up_s, "{launch:?}");
    }
}

#[test]
fn an_instance_that_moves_is_not_one_that_is_removed() {
    let mut fleet = fleet(Launch::Fixed(240.0), None, None);
    fleet.move_instances(0.0, 2);
    assert_eq!((fleet.desired(), fleet.pending), (5, 2));
    let settled = fleet.settle(240.0);
    let now = (
        fleet.desired(),
        fleet.in_service,
        fleet.displaced(),
        fleet.leaving(),
    );
    assert_eq!((now, settled.came, settled.moved), ((5, 7, 2, 0), 2, 0));
    let settled = fleet.settle(300.0);
    let now = (
        fleet.desired(),
        fleet.in_service,
        fleet.displaced(),
        fleet.leaving(),
    );
    assert_eq!((now, settled.moved, settled.gone), ((5, 5, 0, 0), 2, 0));
    fleet.move_instances(600.0, 1);
    fleet.settle(840.0);
    assert_eq!(fleet.settle(900.0).moved, 1);
}

#[test]
fn of_those_that_leave_already_none_is_lost() {
    let mut fleet = fleet(Launch::Fixed(240.0), None, None);
    fleet.scale_to(0.0, 3);
    // Four of five are gone: one of the two that leave at least.
    fleet.fail(FailedInstances::of(4));
    assert_eq!(
        (fleet.in_service, fleet.failed(), fleet.leaving()),
        (1, 3, 1)
    );
    assert_eq!(fleet.desired(), 3);
}

#[test]
fn what_a_warm_pool_gives_for_one_that_has_failed_is_prepared_anew() {
    let pool = plan::WarmPool {
        launch_s: 30.0,
        most: 7,
        min: 0,
        is_running: true,
    };
    let mut fleet = fleet(Launch::Fixed(240.0), None, Some(pool));
    fleet.fail(FailedInstances::of(1));
    fleet.take_noticed(100.0);
    fleet.replace(100.0, 1);
    assert_eq!((fleet.pending, fleet.next_s()), (1, 130.0));
    fleet.settle(130.0);
    // One of two is ready until the other is, too.
    let mut later = fleet.clone();
    fleet.scale_to(339.0, 7);
    assert_eq!((fleet.pending, fleet.next_s()), (2, 369.0));
    fleet.settle(369.0);
    assert_eq!((fleet.pending, fleet.next_s()), (1, 579.0));
    later.scale_to(340.0, 7);
    later.settle(370.0);
    assert_eq!((later.pending, later.in_service), (0, 7));
}
