use super::{cohort::Phase, *};
use crate::plan::Launch;

fn planned(launch: Launch) -> plan::Fleet {
    plan::Fleet {
        initial: 2,
        launch,
        removal_s: 60.0,
        capacity: None,
    }
}

fn fleet(launch: Launch) -> Fleet {
    let resource = ScalableResource::VariantInstances(plan::Instances::default());
    Fleet::new(&planned(launch), &resource, 1, 2)
}

fn with_pool(pool: plan::WarmPool) -> Fleet {
    let resource = ScalableResource::GroupInstances(plan::AutoScalingGroup {
        warm_pool: Some(pool),
        ..Default::default()
    });
    Fleet::new(&planned(Launch::Fixed(240.0)), &resource, 1, 2)
}

fn scale_to(fleet: &mut Fleet, now_s: f64, desired: u32) {
    let activity = FleetActivity {
        entry: 0,
        warm_up_s: 0.0,
    };
    fleet.scale_to(now_s, desired, activity);
}

/// Returns how many are in service, how many launch, and desired capacity.
fn counts(fleet: &Fleet) -> (u32, u32, u32) {
    let Counts {
        in_service,
        pending,
        ..
    } = fleet.counts();
    (in_service, pending, fleet.desired())
}

#[test]
fn instances_come_together_and_go_while_they_serve() {
    let mut fleet = fleet(Launch::Fixed(240.0));
    scale_to(&mut fleet, 0.0, 5);
    assert_eq!(counts(&fleet), (2, 3, 5));
    assert_eq!((fleet.next_s(), fleet.busy_until_s()), (240.0, Some(240.0)));
    assert!(!fleet.settle(239.0).changed);
    assert!(fleet.settle(240.0).changed);
    assert_eq!(counts(&fleet), (5, 0, 5));
    scale_to(&mut fleet, 300.0, 1);
    assert_eq!(counts(&fleet), (5, 0, 1));
    fleet.settle(360.0);
    assert_eq!((fleet.in_service(), fleet.busy_until_s()), (1, None));
}

#[test]
fn a_range_draws_each_instance_its_own_time() {
    let mut fleet = fleet(Launch::Range {
        from_s: 100.0,
        to_s: 200.0,
    });
    scale_to(&mut fleet, 0.0, 42);
    let mut times = Vec::new();
    while fleet.next_s().is_finite() {
        times.push(fleet.next_s());
        fleet.settle(fleet.next_s());
    }
    assert_eq!(times.len(), 40);
    assert!(times.is_sorted() && times[0] >= 100.0 && times[39] < 200.0);
    assert!(times[0] < 120.0 && times[39] > 180.0, "{times:?}");
}

#[test]
fn instances_under_copies_draw_times_of_their_own() {
    let hosts = plan::Hosts {
        copies_per_instance: 1,
        copy_start_s: 0.0,
        min: 0,
        max: 100,
        placement: plan::Placement::Spread,
        idle_s: 600.0,
        consolidation: None,
    };
    let plan = planned(Launch::Range {
        from_s: 100.0,
        to_s: 200.0,
    });
    let mut fleet = Fleet::new(&plan, &ScalableResource::ComponentCopies(hosts), 1, 2);
    scale_to(&mut fleet, 0.0, 42);
    let mut times = Vec::new();
    while fleet.next_s().is_finite() {
        times.push(fleet.next_s());
        fleet.settle(fleet.next_s());
    }
    assert_eq!(fleet.in_service(), 42);
    assert!(times[0] >= 100.0 && times[0] < 120.0, "{times:?}");
    let last = times[times.len() - 1];
    assert!(last > 180.0 && last < 200.0, "{times:?}");
}

#[test]
fn what_launches_for_one_activity_until_one_moment_is_one_cohort() {
    let activity = |entry| FleetActivity {
        entry,
        warm_up_s: 0.0,
    };
    let mut fleet = fleet(Launch::Fixed(100.0));
    for (now_s, desired, entry) in [(0.0, 5, 0), (0.0, 7, 0), (0.0, 8, 1), (10.0, 9, 1)] {
        fleet.scale_to(now_s, desired, activity(entry));
    }
    let instances = fleet.instances().unwrap();
    let launches: Vec<_> = (instances.cohorts.youngest_first())
        .filter_map(|cohort| match cohort.phase {
            Phase::Launching { at_s, activity, .. } => {
                Some((at_s, activity.entry, cohort.instances))
            }
            _ => None,
        })
        .collect();
    assert_eq!(launches, [(110.0, 1, 1), (100.0, 1, 1), (100.0, 0, 5)]);
}

#[test]
fn an_empty_warm_pool_has_nothing_to_launch() {
    let mut fleet = with_pool(plan::WarmPool {
        launch_s: 30.0,
        most: 2,
        min: 0,
        is_running: false,
    });
    scale_to(&mut fleet, 0.0, 4);
    assert_eq!((fleet.counts().pending, fleet.next_s()), (2, 240.0));
}

#[test]
fn what_still_launches_is_given_up_first() {
    let mut fleet = fleet(Launch::Fixed(100.0));
    scale_to(&mut fleet, 0.0, 5);
    scale_to(&mut fleet, 10.0, 1);
    assert_eq!(counts(&fleet), (2, 0, 1));
    scale_to(&mut fleet, 20.0, 3);
    fleet.settle(70.0);
    assert_eq!(counts(&fleet), (1, 2, 3));
    fleet.settle(120.0);
    assert_eq!(counts(&fleet), (3, 0, 3));
}

#[test]
fn a_warm_pool_comes_sooner_and_is_filled_up_again() {
    let mut fleet = with_pool(plan::WarmPool {
        launch_s: 30.0,
        most: 8,
        min: 1,
        is_running: true,
    });
    let counts = |fleet: &Fleet| {
        let (in_service, pending, _) = counts(fleet);
        (in_service, pending, fleet.billed() - in_service - pending)
    };
    assert_eq!(counts(&fleet), (2, 0, 6));
    scale_to(&mut fleet, 0.0, 6);
    assert_eq!((counts(&fleet), fleet.next_s()), ((2, 4, 2), 30.0));
    fleet.settle(30.0);
    // Two of four are ready, the others are new; MinSize keeps one in the pool, which is being prepared.
    scale_to(&mut fleet, 40.0, 10);
    assert_eq!((counts(&fleet), fleet.next_s()), ((6, 4, 1), 70.0));
    fleet.settle(280.0);
    assert_eq!(counts(&fleet), (10, 0, 1));
    // What is removed does not come back: seven more are prepared.
    scale_to(&mut fleet, 300.0, 3);
    fleet.settle(360.0);
    assert_eq!(counts(&fleet), (3, 0, 5));
    scale_to(&mut fleet, 400.0, 5);
    assert_eq!(fleet.next_s(), 430.0, "the one that was ready comes sooner");
    fleet.settle(639.0);
    assert_eq!(counts(&fleet), (4, 1, 3));
}
