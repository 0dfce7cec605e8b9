use super::*;
use crate::fleet::InstanceChange::{Failed, Gone, InService, Restored};

/// Two instances that are warm; others launch in 100 s, warm up for 600 s, and take a minute to go.
fn instances() -> Box<Instances> {
    let plan = plan::Fleet {
        initial: 2,
        launch: Launch::Fixed(100.0),
        removal_s: 60.0,
        capacity: None,
    };
    Instances::boxed(&plan, None, 1, 2)
}

fn activity(entry: usize) -> FleetActivity {
    FleetActivity {
        entry,
        warm_up_s: 600.0,
    }
}

#[test]
fn those_that_warm_up_are_told_from_those_that_are_warm() {
    let mut instances = instances();
    instances.scale_to(0.0, 5, activity(0));
    instances.settle(100.0);
    let warming = |instances: u32, until_s: Option<f64>, warm_to_stay: u32| Warming {
        instances,
        until_s,
        warm_to_stay,
    };
    assert_eq!(instances.warming(100.0), warming(3, Some(700.0), 2));
    assert_eq!(instances.warming(700.0), warming(0, None, 5));
    // The youngest leave, and count as warming up until they are gone.
    instances.scale_to(200.0, 4, activity(1));
    assert_eq!(instances.warming(200.0), warming(3, Some(700.0), 2));
    assert_eq!(instances.warming(700.0), warming(0, None, 4));
    // Those whose place is taken are the oldest.
    instances.displace(300.0, 1);
    assert_eq!(instances.warming(200.0), warming(3, Some(700.0), 1));
    instances.displace(300.0, 2);
    assert_eq!(instances.warming(200.0), warming(3, Some(700.0), 0));
    assert_eq!(instances.warming(700.0), warming(0, None, 1));
}

#[test]
fn an_activity_is_over_once_none_of_its_instances_launches_or_leaves() {
    let mut instances = instances();
    instances.scale_to(0.0, 5, activity(7));
    instances.scale_to(50.0, 6, activity(8));
    let under_way = |instances: &Instances| [7, 8, 9].map(|it| instances.are_under_way_by(it));
    assert_eq!(under_way(&instances), [true, true, false]);
    instances.settle(100.0);
    assert_eq!(under_way(&instances), [false, true, false]);
    // What still launches is given up, others leave.
    instances.scale_to(110.0, 3, activity(9));
    assert_eq!(under_way(&instances), [false, false, true]);
    instances.settle(170.0);
    assert_eq!(under_way(&instances), [false; 3]);
}

#[test]
fn every_instance_is_told_of_by_its_arrival() {
    let mut instances = instances();
    instances.note_events();
    let take = |instances: &mut Instances| {
        let mut events = Vec::new();
        instances.take_events(&mut events);
        let told = events.into_iter();
        told.map(|it| (it.what, it.arrival, it.instances))
            .collect::<Vec<_>>()
    };
    instances.scale_to(0.0, 4, activity(0));
    instances.scale_to(0.0, 5, activity(1));
    assert_eq!(take(&mut instances), []);
    instances.settle(100.0);
    assert_eq!(take(&mut instances), [(InService, 1, 3)]);
    instances.scale_to(100.0, 1, activity(2));
    instances.settle(160.0);
    assert_eq!(take(&mut instances), [(Gone, 1, 3), (Gone, 0, 1)]);
    instances.scale_to(160.0, 2, activity(3));
    instances.settle(260.0);
    instances.scale_to(260.0, 1, activity(4));
    // One stays, one leaves, and both are gone.
    instances.fail(2, 0);
    assert_eq!(
        take(&mut instances),
        [(InService, 2, 1), (Failed, 0, 1), (Failed, 2, 1)]
    );
    instances.restore(300.0, 0);
    assert_eq!(take(&mut instances), [(Restored, 3, 1)]);
}

#[test]
fn nothing_is_noted_that_nobody_needs_to_know() {
    let mut instances = instances();
    for now_s in [0.0, 200.0, 400.0] {
        instances.scale_to(now_s, 5, activity(0));
        instances.settle(now_s + 100.0);
        instances.scale_to(now_s + 100.0, 2, activity(1));
        instances.settle(now_s + 160.0);
    }
    let mut events = Vec::new();
    instances.take_events(&mut events);
    assert_eq!(events, []);
    // Those that are alike are one cohort once they are warm.
    instances.scale_to(600.0, 4, activity(2));
    instances.settle(700.0);
    instances.scale_to(1300.0, 5, activity(3));
    instances.settle(1400.0);
    assert_eq!(instances.cohorts.youngest_first().count(), 2);
}
