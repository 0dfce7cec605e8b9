use super::*;

/// A vCPU that earns 6 credits an hour; no instances yet.
fn credits() -> Credits {
    let plan = CpuCredits {
        vcpu: 1.0,
        earned_per_hour: 6.0,
        most: 1000.0,
        launch: 0.0,
        initial: None,
        mode: CreditMode::Standard,
        is_choice: true,
        usd_per_vcpu_hour: 0.05,
        cpu_s_per_request: 0.1,
    };
    Credits::new(&plan, 10.0)
}

fn balances(credits: &Credits) -> Vec<(u32, f64)> {
    let cohorts = credits.cohorts.iter();
    cohorts.map(|it| (it.instances, it.credits())).collect()
}

/// Two of an arrival with 10 credits each, and two of the next one with 4.
fn of_two_arrivals() -> Credits {
    let mut credits = credits();
    credits.add(0, 2, Some(10.0));
    credits.add(1, 2, Some(4.0));
    credits
}

fn told(credits: &mut Credits, what: InstanceChange, arrival: u32, instances: u32) {
    credits.on_fleet(&FleetEvent {
        what,
        arrival,
        instances,
    });
}

#[test]
fn those_that_go_take_what_they_have_with_them() {
    use InstanceChange::{Failed, Gone};
    for (what, arrival, instances, left, lost) in [
        (Gone, 0, 1, vec![(1, 10.0), (2, 4.0)], 10.0),
        (Gone, 1, 2, vec![(2, 10.0)], 8.0),
        (Failed, 0, 2, vec![(2, 4.0)], 20.0),
        // Those of the third arrival have been merged with those of the second.
        (Failed, 2, 1, vec![(2, 10.0), (1, 4.0)], 4.0),
    ] {
        let mut credits = of_two_arrivals();
        told(&mut credits, what, arrival, instances);
        assert_eq!(
            (balances(&credits), credits.sums.lost),
            (left, lost),
            "{what:?} {arrival}"
        );
    }
}

#[test]
fn those_that_serve_again_have_what_the_others_have() {
    let mut credits = of_two_arrivals();
    told(&mut credits, InstanceChange::Restored, 2, 1);
    assert_eq!(balances(&credits), [(2, 10.0), (2, 4.0), (1, 7.0)]);
}

#[test]
fn those_that_come_have_launch_credits() {
    let mut credits = credits();
    credits.plan.launch = 30.0;
    told(&mut credits, InstanceChange::InService, 1, 3);
    assert_eq!(
        (balances(&credits), credits.sums.given),
        (vec![(3, 30.0)], 90.0)
    );
}

#[test]
fn of_more_cohorts_than_are_told_apart_the_most_alike_become_one() {
    let mut credits = credits();
    for i in 0..MAX_COHORTS {
        // All ten apart, but for the sixth, which is 1 from the fifth.
        let more = if i == 5 { -9.0 } else { 0.0 };
        credits.add(i as u32, 1, Some(10.0 * i as f64 + more));
    }
    assert_eq!(credits.cohorts.len(), MAX_COHORTS);
    credits.add(MAX_COHORTS as u32, 3, Some(900.0));
    let now = balances(&credits);
    assert_eq!(now.len(), MAX_COHORTS);
    assert_eq!(now[3..6], [(1, 30.0), (2, 40.5), (1, 60.0)]);
    assert_eq!(now[MAX_COHORTS - 1], (3, 900.0));
    // What they have in all stays, and who owes is apart from who has.
    let all: f64 = now.iter().map(|it| f64::from(it.0) * it.1).sum();
    assert!((all - credits.sums.given).abs() < 1e-9);
}

#[test]
fn what_becomes_one_has_the_mean_of_all_and_waits_if_any_does() {
    for held in [(false, true), (true, false)] {
        let mut credits = credits();
        credits.add(0, 2, Some(7.0));
        credits.add(1, 6, Some(5.0));
        (credits.cohorts[1].surplus, credits.cohorts[1].spent) = (2.0, 0.4);
        (credits.cohorts[0].speed, credits.cohorts[1].speed) = (1.0, 0.2);
        // At the end of a minute nobody can pay for 20 a minute: held are those that were, and those that spent as much.
        for (cohort, held) in credits.cohorts.iter_mut().zip([held.0, held.1]) {
            cohort.spent = if held { 20.0 } else { cohort.spent };
            cohort.throttle(0.1, 20.0);
        }
        credits.merge_two();
        let mut one = credits.cohorts[0];
        assert_eq!((one.arrival, one.instances, one.credits()), (0, 8, 5.5));
        assert_eq!(one.surplus, 1.5);
        // It could pay for its last minute, but not for one at full speed, which those that are held wait for.
        one.spent = 1.0;
        one.throttle(0.1, 20.0);
        assert!((one.speed - 5.6 / 20.0).abs() < 1e-12, "{held:?}");
    }
}

#[test]
fn what_is_outstanding_is_owed_by_instances_or_due_at_the_next_hour() {
    let mut credits = credits();
    credits.add(0, 2, Some(1.0));
    credits.cohorts[0].surplus = 3.0;
    credits.surplus_due = 24.0;
    let sums = credits.into_sums();
    assert_eq!((sums.outstanding, sums.balance), (30.0, 2.0));
    // 60 credits are a vCPU-hour.
    assert!((sums.outstanding_usd - 0.5 * 0.05).abs() < 1e-12);
}

#[test]
fn work_is_shared_evenly_as_far_as_speed_allows() {
    let mut credits = credits();
    credits.add(0, 1, Some(0.0));
    credits.add(1, 3, Some(100.0));
    credits.cohorts[0].speed = 0.1;
    // The one that is held back serves 60 of 1,500 requests of a minute, the others 480 each.
    credits.account_until(60.0, 1500.0);
    let spent: Vec<f64> = credits.cohorts.iter().map(|it| it.spent).collect();
    assert!((spent[0] - 0.1).abs() < 1e-9 && (spent[1] - 0.8).abs() < 1e-9);
    // 60 requests took ten times as long.
    assert!((credits.slowness() - (600.0 + 1440.0) / 1500.0).abs() < 1e-9);
    assert!((credits.speed() - 3.1 / 4.0).abs() < 1e-9);
    assert_eq!(credits.in_service_s(), 240.0);
    assert_eq!(credits.sums.throttled_instance_s, 60.0);
}

#[test]
fn those_are_alike_who_stand_alike_whether_they_owe_or_not() {
    let mut credits = credits();
    for (arrival, balance, surplus) in [(0, 5.0, 0.0), (1, 3.0, 2.0), (2, 2.0, 0.0)] {
        credits.add(arrival, 1, Some(balance));
        credits.cohorts.last_mut().unwrap().surplus = surplus;
    }
    credits.merge_two();
    assert_eq!(balances(&credits), [(1, 5.0), (2, 2.5)]);
}
