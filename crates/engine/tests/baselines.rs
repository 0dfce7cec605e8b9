//! What a run is compared with, on random plans of every platform: the fleet that never changes costs what the engine's own run of it
//! costs, and perfect foresight never more than a run that serves as well.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    curve, drawn_hosts, give_credits, plan,
    random::{any_plan, credits},
};
use engine::{
    Report,
    demand::Timeline,
    fixed_plan,
    plan::{CpuCredits, CreditMode, Objective, OnDemand, Plan, ScalableResource, ScalableTarget},
    report::Standing,
    run::Run,
};
use proptest::prelude::*;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6)
}

const ASYNCHRONOUS: ScalableResource =
    ScalableResource::AsynchronousInstances { cpu_credits: None };

/// Copies (units) that a fleet of so many instances holds, and the run of it.
fn run_of_fixed(plan: &Plan, instances: u32) -> Run {
    let each = (plan.resource.hosts()).map_or(1, |hosts| hosts.copies_per_instance);
    engine::run(&fixed_plan(plan, instances * each))
}

/// A plan on burstable instances.
fn burstable() -> impl Strategy<Value = Plan> {
    any_plan().prop_flat_map(|plan| {
        let credits = credits(&plan.service);
        (Just(plan), credits).prop_map(|(mut plan, credits)| {
            give_credits(&mut plan, credits);
            plan
        })
    })
}

prop_compose! {
    /// A plan of an asynchronous endpoint, from and to zero.
    fn asynchronous()(
        mut plan in any_plan(),
        (min, initial) in (0_u32..2, 0_u32..4),
        life_s in 60.0..21_600.0_f64,
        share in 0.0..1.0_f64,
        late_s in 1.0..7200.0_f64,
        credits in prop::option::weighted(0.3, Just(())),
        drawn in credits(&plan(&[], 3600).service),
    ) -> Plan {
        plan.service.timeout_s = life_s;
        plan.service.queue_limit_per_instance = None;
        plan.objective = Objective { availability: 1.0 - 0.1 * share, late_s };
        (plan.scalable_target.min, plan.fleet.initial) = (min, initial);
        let cpu_credits = credits.map(|()| CpuCredits {
            cpu_s_per_request: drawn.cpu_s_per_request / plan.service.max_rps,
            ..drawn
        });
        plan.resource = ScalableResource::AsynchronousInstances { cpu_credits };
        plan
    }
}

prop_compose! {
    /// A plan of an inference component.
    fn component()(
        mut plan in any_plan(),
        (each, min, more) in (1_u32..5, 0_u32..4, 1_u32..12),
        least in 0_u32..3,
    ) -> Plan {
        let hosts = drawn_hosts(each, 60, (min, more), true, 720, None);
        plan.resource = ScalableResource::ComponentCopies(hosts);
        plan.scalable_target.min = least.min(plan.scalable_target.max);
        plan
    }
}

prop_compose! {
    /// A plan of a serverless endpoint, with or without provisioned concurrency.
    fn serverless()(
        mut plan in any_plan(),
        (max_concurrency, provisioned) in (1_u32..60, 0_u32..20),
        max_rps in 0.2..8.0_f64,
        (usd, cheaper) in (1e-6..1e-3_f64, 0.1..1.0_f64),
        usd_per_hour in 0.001..0.2_f64,
        rates in prop::collection::vec(0.0..20.0_f64, 2..9),
    ) -> Plan {
        let points: Vec<_> = rates.iter().enumerate().map(|(i, &rps)| (900.0 * i as f64, rps)).collect();
        plan.demand = Timeline::compile(&[curve(&points)], plan.length_s);
        plan.service.max_rps = max_rps;
        plan.usd_per_hour = usd_per_hour;
        plan.resource = ScalableResource::ProvisionedConcurrency(OnDemand {
            max_concurrency,
            setup_s: 2.0,
            keep_s: 300.0,
            usd_per_request: usd,
            provisioned_usd_per_request: usd * cheaper,
        });
        let provisioned = provisioned.min(max_concurrency);
        plan.scalable_target = ScalableTarget { min: provisioned, max: max_concurrency };
        plan.fleet.initial = provisioned;
        plan
    }
}

/// A plan of any kind. Often with few requests, so that many runs hold.
fn of_any_kind() -> impl Strategy<Value = Plan> {
    let kinds = prop_oneof![
        any_plan().boxed(),
        burstable().boxed(),
        asynchronous().boxed(),
        component().boxed(),
        serverless().boxed(),
    ];
    (kinds, prop_oneof![Just(1.0), 0.02..0.5_f64], any::<bool>()).prop_map(
        |(mut plan, share, is_ready)| {
            let mut points = Vec::new();
            for node in plan.demand.nodes() {
                points.push((node.at_s, share * node.rps));
            }
            plan.demand = Timeline::compile(&[curve(&points)], plan.length_s);
            if is_ready {
                plan.fleet.initial = plan.scalable_target.max;
            }
            plan
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fixed_fleet_costs_what_its_run_costs(plan in of_any_kind()) {
        let run = engine::run(&plan);
        let fixed = Report::new(&plan, &run).fixed_fleet;
        let own = run_of_fixed(&plan, fixed.instances);
        prop_assert!(near(fixed.cost_usd, own.totals.cost_usd), "{fixed:?}, {:?}", own.totals);
        let length_s = f64::from(plan.length_s);
        prop_assert!(near(fixed.mean_instances * length_s, own.totals.instance_s));
    }

    #[test]
    fn foresight_is_a_bound(plan in of_any_kind()) {
        let run = engine::run(&plan);
        let report = Report::new(&plan, &run);
        let foresight = report.foresight;
        prop_assert!(foresight.cost_usd.is_finite() && foresight.cost_usd >= 0.0);
        prop_assert!(f64::from(foresight.instances) >= foresight.mean_instances * (1.0 - 1e-9), "{foresight:?}");
        if report.standing != Standing::Short {
            prop_assert!(foresight.cost_usd <= run.totals.cost_usd, "{foresight:?}, {:?}", run.totals);
        }
        // A queue's instances are busy all the time that they are there, and so those of a run cannot do more.
        if plan.resource == ASYNCHRONOUS && run.totals.failed == 0.0 {
            let busy_s = run.totals.served / plan.service.max_rps;
            let paid_s = foresight.mean_instances * f64::from(plan.length_s);
            // What is rounding alone is dropped from a queue.
            prop_assert!((paid_s - busy_s).abs() <= 1e-6 * busy_s.max(1.0), "{paid_s} {busy_s}");
            prop_assert!(busy_s <= run.totals.instance_s * (1.0 + 1e-9));
        }
    }

    /// A sum of nothing is −0 in floating point; nobody is told so.
    #[test]
    fn no_zero_has_a_sign(plan in of_any_kind()) {
        let run = engine::run(&plan);
        let told = format!("{:?} {:?}", run.totals, Report::new(&plan, &run));
        prop_assert!(!told.contains("-0.0,") && !told.contains("-0.0 "), "{told}");
        let s = &run.series;
        let columns = [&s.demand_rps, &s.capacity_rps, &s.served_rps, &s.failed_rps, &s.queue, &s.mean_ms, &s.p99_ms,
            &s.invocations_per_instance, &s.other_metric, &s.on_demand, &s.cold_starts, &s.credits, &s.surplus_credits, &s.cost_usd];
        for column in columns {
            prop_assert!(column.iter().all(|value| *value != 0.0 || value.is_sign_positive()));
        }
    }

    /// One fewer all the time would miss it.
    #[test]
    fn the_fixed_fleet_of_a_queue_is_the_smallest_that_holds(plan in asynchronous()) {
        let run = engine::run(&plan);
        let fixed = Report::new(&plan, &run).fixed_fleet.instances;
        let holds = |instances: u32| {
            let plan = fixed_plan(&plan, instances);
            let always = engine::run(&plan);
            let standing = Report::new(&plan, &always).standing;
            standing != Standing::Short && always.totals.queued_at_end <= run.totals.queued_at_end + 1e-6
        };
        let least = plan.scalable_target.min.max(1);
        prop_assert!(fixed >= least);
        if fixed > least {
            prop_assert!(!holds(fixed - 1));
        }
        // With as many as serve its highest minute more of them would not help.
        let peak_rps = Report::new(&plan, &run).peak_demand_rps;
        if f64::from(fixed) * plan.service.max_rps < peak_rps {
            prop_assert!(holds(fixed));
        }
    }
}

/// Of 1,200 requests that come in ten minutes each takes half a minute; they may wait for five hours.
fn batch() -> Plan {
    let mut plan = plan(
        &[curve(&[
            (3600.0, 0.0),
            (3600.0, 2.0),
            (4200.0, 2.0),
            (4200.0, 0.0),
        ])],
        8 * 3600,
    );
    plan.service.max_rps = 1.0 / 30.0;
    plan.service.timeout_s = 18_000.0;
    plan.resource = ASYNCHRONOUS;
    plan.objective.late_s = 18_000.0;
    plan.scalable_target = ScalableTarget { min: 0, max: 100 };
    plan.fleet.initial = 0;
    plan
}

#[test]
fn a_queue_needs_no_fleet_for_its_peak() {
    let plan = batch();
    let report = Report::new(&plan, &engine::run(&plan));
    // Sixty would serve the peak at once; ten hours of work are done in five and a few minutes by two.
    assert_eq!(report.fixed_fleet.instances, 2);
    assert!(near(report.fixed_fleet.cost_usd, 16.0 * plan.usd_per_hour));
    // 1,200 half minutes.
    assert!(near(report.foresight.cost_usd, 10.0 * plan.usd_per_hour));
}

#[test]
fn surplus_credits_are_paid_by_all() {
    // Half of each of two vCPUs is busy, a fifth is earned for ever.
    let mut plan = plan(&[curve(&[(0.0, 40.0)])], 4 * 3600);
    plan.service.max_rps = 20.0;
    let credits = CpuCredits {
        vcpu: 2.0,
        earned_per_hour: 24.0,
        most: 576.0,
        launch: 0.0,
        initial: None,
        mode: CreditMode::Unlimited,
        is_choice: true,
        usd_per_vcpu_hour: 0.05,
        cpu_s_per_request: 0.1,
    };
    give_credits(&mut plan, credits);
    plan.scalable_target = ScalableTarget { min: 3, max: 3 };
    plan.fleet.initial = 3;
    let report = Report::new(&plan, &engine::run(&plan));
    // Four vCPUs are busy for four hours: sixteen hours of a vCPU, of which each instance earns 0.4 an hour.
    let surplus_usd = |instances: f64| 0.05 * (16.0 - 4.0 * 0.4 * instances);
    let usd = |instances: f64| 4.0 * instances * plan.usd_per_hour + surplus_usd(instances);
    assert!(near(report.cost_usd, usd(3.0)), "{}", report.cost_usd);
    assert_eq!(report.fixed_fleet.instances, 4);
    assert!(near(report.fixed_fleet.cost_usd, usd(4.0)));
    assert!(near(report.foresight.cost_usd, usd(2.0)));
    // Where an hour costs less than the surplus that it saves, foresight keeps as many as earn all that is spent.
    plan.usd_per_hour = 0.01;
    let report = Report::new(&plan, &engine::run(&plan));
    assert!(near(report.foresight.mean_instances, 10.0));
    assert!(near(report.foresight.cost_usd, 0.4));
}
