use super::*;
use crate::plan::Consolidation;

fn plan(placement: Placement, consolidation: Option<Consolidation>) -> Plan {
    Plan {
        copies_per_instance: 4,
        copy_start_s: 10.0,
        min: 0,
        max: 10,
        placement,
        idle_s: 600.0,
        consolidation,
    }
}

/// Instances by when they are ready and by the copies that serve on them.
fn hosts(plan: Plan, instances: &[(f64, u32)]) -> Box<Hosts> {
    let fleet = plan::Fleet {
        initial: 0,
        launch: Launch::Fixed(100.0),
        removal_s: 60.0,
        capacity: None,
    };
    let mut hosts = Hosts::boxed(plan, &fleet, 1, 0);
    for &(ready_s, serving) in instances {
        hosts.add(ready_s);
        let host = hosts.hosts.last_mut().unwrap();
        host.serving = serving;
        if serving > 0 {
            host.empty_s = f64::INFINITY;
        }
        hosts.counts.in_service += serving;
    }
    hosts.look_for_empty();
    hosts.restart_consolidation_cooldown(0.0);
    hosts
}

fn loads(hosts: &Hosts, of: fn(&Host) -> u32) -> Vec<u32> {
    hosts.hosts.iter().map(of).collect()
}

#[test]
fn copies_are_spread_out_or_packed() {
    use Placement::{BinPack, Spread};
    let now =
        |serving: &[u32]| -> Vec<(f64, u32)> { serving.iter().map(|it| (0.0, *it)).collect() };
    for (placement, instances, more, expected) in [
        (Spread, now(&[3, 1]), 2, [3, 3]),
        (BinPack, now(&[3, 1]), 2, [4, 2]),
        (BinPack, now(&[1, 3]), 2, [2, 4]),
        // Of two that are alike the older.
        (Spread, now(&[2, 2]), 1, [3, 2]),
        (BinPack, now(&[2, 2]), 1, [3, 2]),
        // What is there is sooner in service than what launches.
        (Spread, vec![(100.0, 0), (0.0, 3)], 1, [0, 4]),
        (Spread, vec![(100.0, 0), (0.0, 3)], 2, [1, 4]),
    ] {
        let mut hosts = hosts(plan(placement, None), &instances);
        hosts.scale_out(0.0, more);
        assert_eq!(
            loads(&hosts, Host::holds),
            expected,
            "{placement:?} {instances:?}"
        );
    }
}

#[test]
fn copies_go_from_the_fullest_instance_or_from_the_emptiest() {
    use Placement::{BinPack, Spread};
    for (placement, serving, fewer, expected) in [
        (Spread, [4, 2], 2, [2, 2]),
        (Spread, [4, 2], 3, [2, 1]),
        (Spread, [2, 2], 1, [2, 1]),
        (BinPack, [4, 2], 2, [4, 0]),
        (BinPack, [3, 4], 1, [2, 4]),
        (BinPack, [2, 2], 1, [2, 1]),
    ] {
        let instances = serving.map(|serving| (0.0, serving));
        let mut hosts = hosts(plan(placement, None), &instances);
        hosts.scale_in(0.0, fewer);
        let serving_on = |host: &Host| host.serving;
        assert_eq!(
            loads(&hosts, serving_on),
            expected,
            "{placement:?} {serving:?}"
        );
    }
}

#[test]
fn a_part_of_the_copies_that_start_can_be_given_up() {
    let mut hosts = hosts(plan(Placement::Spread, None), &[(100.0, 0)]);
    hosts.scale_out(0.0, 3);
    hosts.scale_in(5.0, 1);
    assert_eq!((hosts.counts.pending, hosts.next_s()), (2, 110.0));
    hosts.settle(110.0);
    assert_eq!((hosts.counts.in_service, hosts.counts.pending), (2, 0));
    assert_eq!(loads(&hosts, Host::holds), [2]);
}

const EVERY_5_MINUTES: Option<Consolidation> = Some(Consolidation {
    cooldown_s: 300.0,
    step: 1,
});

#[test]
fn the_emptiest_instance_is_released_and_its_copies_move() {
    let instances = [(0.0, 3), (0.0, 1), (0.0, 1)];
    let mut hosts = hosts(plan(Placement::Spread, EVERY_5_MINUTES), &instances);
    assert!(!hosts.settle(299.0));
    assert!(hosts.settle(300.0));
    assert_eq!(
        (loads(&hosts, Host::holds), hosts.counts.in_service),
        (vec![3, 2], 5)
    );
    // The copy starts where it goes to, then the instance is removed: it costs until then.
    hosts.settle(369.0);
    assert_eq!(hosts.billed(), 3);
    hosts.settle(370.0);
    assert_eq!(hosts.billed(), 2);
}

#[test]
fn nothing_is_moved_together_while_an_instance_launches() {
    for (ready_s, left) in [(400.0, 3), (300.0, 2)] {
        let instances = [(0.0, 1), (0.0, 1), (ready_s, 0)];
        let mut hosts = hosts(plan(Placement::Spread, EVERY_5_MINUTES), &instances);
        hosts.settle(300.0);
        assert_eq!(hosts.hosts.len(), left, "{ready_s}");
    }
}

#[test]
fn an_instance_without_copies_has_none_to_wait_for() {
    let mut hosts = hosts(
        plan(Placement::Spread, EVERY_5_MINUTES),
        &[(0.0, 1), (0.0, 0)],
    );
    hosts.settle(300.0);
    hosts.settle(359.0);
    assert_eq!(hosts.billed(), 2);
    hosts.settle(360.0);
    assert_eq!(hosts.billed(), 1);
}

#[test]
fn copies_that_wait_for_room_are_given_up_before_others() {
    let full = Plan {
        max: 1,
        ..plan(Placement::Spread, None)
    };
    let mut hosts = hosts(full, &[(0.0, 3)]);
    hosts.scale_out(0.0, 4);
    assert_eq!((hosts.counts.pending, hosts.waiting), (4, 3));
    hosts.scale_in(1.0, 2);
    assert_eq!(
        (hosts.counts.pending, hosts.waiting, hosts.counts.removing),
        (2, 1, 0)
    );
    hosts.scale_in(2.0, 2);
    assert_eq!(
        (hosts.counts.pending, hosts.waiting, hosts.counts.removing),
        (0, 0, 0)
    );
    assert_eq!(loads(&hosts, Host::holds), [3]);
}
