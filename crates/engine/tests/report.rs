//! Key figures of runs put down by hand.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{VARIANT, curve, drawn_hosts, plan};
use engine::{
    Report,
    plan::{Plan, ScalableResource, ScheduledAction},
    report::{CreditFigures, Elasticity, Standing, WorstMinute},
    run::{CreditSums, Distress, FleetChange, PERIOD_S, Run, Throttled, Totals},
};

/// A plan of a rate for each minute, and a run of as many.
fn given(rates: &[f64]) -> (Plan, Run) {
    let step = |(minute, &rps): (usize, &f64)| {
        let at_s = 60.0 * minute as f64;
        [(at_s, rps), (at_s + 60.0, rps)]
    };
    let points: Vec<_> = rates.iter().enumerate().flat_map(step).collect();
    let mut run = Run {
        period_s: PERIOD_S,
        ..Run::default()
    };
    run.series.demand_rps = rates.iter().map(|&rps| rps as f32).collect();
    (plan(&[curve(&points)], 60 * rates.len() as u32), run)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Six minutes that take 2, 3, 2, 1 and 3 instances of 20 requests per second, the last none.
const RATES: [f64; 6] = [40.0, 60.0, 30.0, 20.0, 41.0, 0.0];

#[test]
fn elasticity_goes_by_the_mean_of_each_minute() {
    let (plan, mut run) = given(&RATES);
    // 2 in the first minute, 3 in the second as a mean, 1 in the third, 2 from then on, in the fourth as a mean.
    let changes = [(0.0, 2), (90.0, 4), (120.0, 1), (200.0, 3), (220.0, 2)];
    let change = |&(at_s, in_service): &(f64, u32)| FleetChange {
        at_s,
        desired: in_service,
        in_service,
        pending: 0,
        min: 1,
        max: 10,
    };
    run.fleet = changes.iter().map(change).collect();
    let Elasticity {
        under_accuracy_pct,
        over_accuracy_pct,
        under_time_pct,
        over_time_pct,
        instability_pct,
    } = Report::new(&plan, &run).elasticity;
    // The third minute lacks one of two, the fifth one of three; the fourth and the last, in which nothing comes, have one more
    // than the one that they need.
    assert!(near(
        under_accuracy_pct,
        100.0 * (1.0 / 2.0 + 1.0 / 3.0) / 6.0
    ));
    assert!(near(over_accuracy_pct, 100.0 * (1.0 + 1.0) / 6.0));
    assert!(near(under_time_pct, 100.0 * 2.0 / 6.0));
    assert!(near(over_time_pct, 100.0 * 2.0 / 6.0));
    // Both rise and fall together twice; then supply rises as demand falls, and stays while that rises and falls.
    assert!(near(instability_pct, 100.0 * 3.0 / 5.0));
}

#[test]
fn foresight_needs_an_instance_where_nothing_comes_unless_it_holds_copies() {
    let (mut plan, mut run) = given(&RATES);
    run.totals.cost_usd = 1e3;
    let foresight = |plan: &Plan| {
        let foresight = Report::new(plan, &run).foresight;
        let hours = foresight.mean_instances * 360.0 / 3600.0;
        assert!(near(foresight.cost_usd, hours * plan.usd_per_hour));
        (foresight.instances, foresight.mean_instances)
    };
    assert_eq!(
        foresight(&plan),
        (3, (2.0 + 3.0 + 2.0 + 1.0 + 3.0 + 1.0) / 6.0)
    );
    // Two copies to an instance.
    plan.resource =
        ScalableResource::ComponentCopies(drawn_hosts(2, 120, (0, 10), true, 720, None));
    assert_eq!(
        foresight(&plan),
        (2, (1.0 + 2.0 + 1.0 + 1.0 + 2.0 + 0.0) / 6.0)
    );
    // Nor where MinCapacity is 0 at some time.
    plan.resource = VARIANT;
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 60.0,
        index: 0,
        min: Some(0),
        max: None,
        desired: None,
    }];
    assert_eq!(
        foresight(&plan),
        (3, (2.0 + 3.0 + 2.0 + 1.0 + 3.0 + 0.0) / 6.0)
    );
}

#[test]
fn a_run_that_serves_as_well_is_no_cheaper_than_foresight() {
    let (plan, mut run) = given(&RATES);
    run.fleet = vec![FleetChange {
        at_s: 0.0,
        desired: 2,
        in_service: 2,
        pending: 0,
        min: 1,
        max: 10,
    }];
    run.totals.requests = 1e4;
    let foresight = |run: &Run| Report::new(&plan, run).foresight;
    // By the minute it takes 720 instance-seconds.
    for (cost_usd, late, told_usd, instances) in [
        (0.01, 0.0, 0.01, 2),
        // What holds within the objective serves as well.
        (0.01, 2.0, 0.01, 2),
        (0.01, 5000.0, 0.2 * plan.usd_per_hour, 3),
        (9.0, 0.0, 0.2 * plan.usd_per_hour, 3),
    ] {
        run.totals.late = late;
        run.totals.cost_usd = cost_usd;
        run.totals.instance_s = cost_usd / plan.usd_per_hour * 3600.0;
        let foresight = foresight(&run);
        assert!(near(foresight.cost_usd, told_usd), "{foresight:?}");
        assert_eq!(foresight.instances, instances);
    }
}

#[test]
fn availability_is_the_share_that_neither_failed_nor_was_late() {
    for (requests, failed, late, availability) in [
        (1000.0, 250.0, 0.0, 0.75),
        (1000.0, 250.0, 125.0, 0.625),
        (1000.0, 0.0, 500.0, 0.5),
        (1000.0, 0.0, 0.0, 1.0),
        (1000.0, 1000.0, 0.0, 0.0),
        (0.5, 0.25, 0.0, 0.5),
        // Nobody came, and nobody was turned away.
        (0.0, 0.0, 0.0, 1.0),
    ] {
        let (plan, mut run) = given(&[0.0]);
        run.totals = Totals {
            requests,
            failed,
            late,
            ..Totals::default()
        };
        assert_eq!(Report::new(&plan, &run).availability, availability);
    }
}

#[test]
fn standing_goes_by_the_share_that_failed_or_was_late() {
    use Standing::{Holds, Short, WithinObjective};
    // Of a thousand requests a quarter may.
    for (failed, late, was_noticed, standing) in [
        (0.0, 0.0, false, Holds),
        // By chance, in no minute more than the objective allows of it.
        (0.5, 0.25, false, Holds),
        (0.5, 0.5, false, WithinObjective),
        (0.5, 0.25, true, WithinObjective),
        (150.0, 100.0, true, WithinObjective),
        (150.0, 100.5, true, Short),
        (250.5, 0.0, false, Short),
    ] {
        let (mut plan, mut run) = given(&[0.0]);
        plan.objective.availability = 0.75;
        run.totals = Totals {
            requests: 1000.0,
            failed,
            late,
            ..Totals::default()
        };
        run.distress = Vec::from_iter(was_noticed.then_some(Distress {
            start_s: 0.0,
            failed,
            late,
            longest_wait_s: 3.0,
        }));
        let told = Report::new(&plan, &run).standing;
        assert_eq!(told, standing, "{failed} {late} {was_noticed}");
    }
}

#[test]
fn the_worst_minute_is_the_first_of_the_slowest() {
    for (p95_ms, at_s, worst) in [
        (vec![5.0, 9.0, 9.0, 3.0], 60.0, 9.0),
        (vec![5.0, 3.0, 7.0], 120.0, 7.0),
        (vec![0.0, 0.0], 0.0, 0.0),
    ] {
        let (plan, mut run) = given(&[0.0]);
        run.series.p95_ms.clone_from(&p95_ms);
        let expected = WorstMinute {
            at_s,
            p95_ms: worst,
        };
        assert_eq!(Report::new(&plan, &run).worst_minute, expected);
    }
}

#[test]
fn surplus_credits_cost_what_is_charged_and_what_is_outstanding() {
    let (plan, mut run) = given(&[0.0]);
    let throttled = |from_s, until_s| Throttled { from_s, until_s };
    run.credits = Some(CreditSums {
        charged_usd: 2.0,
        outstanding_usd: 5.0,
        throttled: vec![throttled(60.0, 120.0), throttled(180.0, 300.0)],
        throttled_instance_s: 400.0,
        ..CreditSums::default()
    });
    let expected = CreditFigures {
        used_up_s: Some(60.0),
        throttled_s: 60.0 + 120.0,
        throttled_instance_s: 400.0,
        surplus_usd: 7.0,
        outstanding_usd: 5.0,
    };
    assert_eq!(Report::new(&plan, &run).credits, Some(expected));
}
