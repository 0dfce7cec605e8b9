//! Inference components: AWS's recipe for scaling to zero and back, copies on instances, and what holds of any of them.
//!
//! Source: Amazon SageMaker developer guide, "Scale an endpoint to zero instances"; Amazon SageMaker API reference,
//! "ProductionVariantManagedInstanceScalingScaleInPolicy" and "InferenceComponentSchedulingConfig".

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{changes_by, curve, drawn_hosts, one_more, plan};
use engine::{
    Report,
    plan::{
        Comparison, Consolidation, EndpointMetric, Hosts, Launch, Metric, MetricAlarm, Placement,
        Plan, ScalableResource, ScalableTarget, ScheduledAction, Statistic, StepScaling,
        TreatMissingData,
    },
    run::{AlarmState, Cause, NotScaledReason, Outcome, Run},
};
use proptest::prelude::*;

/// The developer guide's step policy: one copy more once more than one request of a minute has found none.
fn wake(threshold: f64, comparison: Comparison) -> StepScaling {
    let alarm = MetricAlarm {
        metric: Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures),
        statistic: Statistic::Sum,
        period_s: 60,
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        threshold,
        comparison,
        treat_missing_data: TreatMissingData::Missing,
    };
    one_more(1, alarm, 60.0)
}

fn hosts(copies_per_instance: u32) -> Hosts {
    Hosts {
        copies_per_instance,
        copy_start_s: 120.0,
        min: 0,
        max: 10,
        placement: Placement::Spread,
        idle_s: 720.0,
        consolidation: None,
    }
}

/// None to ten copies of 1 rps each, two on an instance; the developer guide's policies, target 30 a minute and copy.
fn component(demand: &[(f64, f64)], hours: u32) -> Plan {
    let mut plan = plan(&[curve(demand)], hours * 3600);
    plan.service.max_rps = 1.0;
    (plan.service.p50_ms, plan.service.p95_ms) = (800.0, 1500.0);
    plan.fleet.initial = 0;
    plan.resource = ScalableResource::ComponentCopies(hosts(2));
    plan.scalable_target = ScalableTarget { min: 0, max: 10 };
    plan.target_tracking[0].target = 30.0;
    plan.step_scaling = vec![wake(1.0, Comparison::GreaterThanThreshold)];
    plan.assumptions.updating_blocks = false;
    plan
}

/// A steady rate from ten minutes on, for so many seconds.
fn visit(rps: f64, seconds: f64) -> [(f64, f64); 4] {
    let end_s = 600.0 + seconds;
    [(600.0, 0.0), (600.0, rps), (end_s, rps), (end_s, 0.0)]
}

/// From when on the run has had so many instances, seconds (to a minute's end).
fn instances_at(run: &Run) -> Vec<(u32, u32)> {
    let mut at = vec![(0, run.series.instances[0])];
    for (minute, &instances) in run.series.instances.iter().enumerate() {
        if at[at.len() - 1].1 != instances {
            at.push((minute as u32 + 1, instances));
        }
    }
    at
}

#[test]
fn the_recipe_leaves_zero_and_returns() {
    let mut patient = component(&visit(0.47, 3600.0), 4);
    patient.objective.late_s = 60.0;
    let run = engine::run(&patient);
    // The minute that ends at 660 s has 28 failures and is visible at 720 s. The instance takes 240 s, then the copy 120 s.
    let changes = changes_by(&run);
    assert_eq!(changes[0], (720.0, 0, 1, 1));
    assert_eq!(run.activities[0].end_s, Some(1080.0));
    let in_service = |at_s: usize| run.series.in_service[at_s / 60 - 1];
    assert_eq!((in_service(1020), in_service(1080)), (0, 1));
    // Until then every request fails; none waits.
    let t = &run.totals;
    assert!((t.failed - 0.47 * 480.0).abs() < 1e-9, "{}", t.failed);
    assert_eq!(t.queued_at_end, 0.0);
    assert!(t.late < 1e-6, "{}", t.late);
    // Where its alarm looks at nothing else, the failures are the metric that is shown.
    let mut alone = component(&visit(0.47, 3600.0), 4);
    alone.target_tracking.clear();
    let alone = engine::run(&alone);
    let shown: f64 = alone.series.metric().iter().map(|it| f64::from(*it)).sum();
    assert!((shown - alone.totals.failed).abs() < 1e-3, "{shown}");
    // When the cooldown is over, failures of the minute before the copy came are still the newest: one more, which goes again.
    assert_eq!(changes[1], (1140.0, 1, 2, 1));
    assert_eq!((changes[2].1, changes[2].2), (2, 1));
    // 28 requests a minute stay between AlarmLow and the target. 15 minutes without any, visible a minute later, and it goes.
    assert_eq!(changes[3..], [(5160.0, 1, 0, 0)]);
    // The copy is gone after 60 s, its instance is empty for 12 minutes and then takes 60 s to go.
    let gone_min = (5160 + 60 + 720 + 60) / 60;
    assert_eq!(instances_at(&run), [(0, 0), (12, 1), (gone_min, 0)]);
    let paid_s = 60.0 * f64::from(gone_min) - 720.0;
    assert!((t.instance_s - paid_s).abs() < 1e-6, "{}", t.instance_s);
}

#[test]
fn only_the_step_policy_leaves_zero() {
    let cases = [
        // As AWS prints it, a minute needs two failures; with "at least 1" one is enough.
        (Some((1.0, Comparison::GreaterThanThreshold)), 60.0, true),
        (Some((1.0, Comparison::GreaterThanThreshold)), 1.0, false),
        (
            Some((1.0, Comparison::GreaterThanOrEqualToThreshold)),
            1.0,
            true,
        ),
        (None, 3600.0, false),
    ];
    for (alarm, seconds, wakes) in cases {
        let mut plan = component(&visit(1.0, seconds), 3);
        plan.step_scaling = (alarm.iter())
            .map(|&(threshold, comparison)| wake(threshold, comparison))
            .collect();
        let run = engine::run(&plan);
        assert_eq!(!changes_by(&run).is_empty(), wakes, "{alarm:?} {seconds}");
        if !wakes {
            assert_eq!((run.totals.failed, run.totals.cost_usd), (seconds, 0.0));
        }
    }
}

#[test]
fn without_copies_nothing_is_published_per_copy() {
    for metric in [
        Metric::InvocationsPerInstance,
        Metric::ConcurrentRequests { idle_s: 0.9 },
    ] {
        let mut plan = component(&visit(5.0, 3600.0), 2);
        plan.target_tracking[0].metric = metric;
        plan.step_scaling.clear();
        let run = engine::run(&plan);
        for alarm in &run.series.alarms {
            let state = |state: &AlarmState| *state == AlarmState::InsufficientData;
            assert!(alarm.states.iter().all(state), "{metric:?}");
        }
    }
}

#[test]
fn a_copy_starts_where_there_is_room_and_an_instance_comes_where_there_is_none() {
    // Two copies on an instance: the second of them needs none.
    let cases = [(2, 120.0, 1), (3, 360.0, 2), (4, 360.0, 2), (1, 360.0, 2)];
    for (copies_per_instance, seconds, instances) in cases {
        let mut plan = component(&[(0.0, 0.0)], 1);
        plan.resource = ScalableResource::ComponentCopies(hosts(copies_per_instance));
        plan.fleet.initial = if copies_per_instance == 1 {
            1
        } else {
            copies_per_instance - 1
        };
        let to = if seconds > 120.0 && copies_per_instance > 1 {
            copies_per_instance + 1
        } else {
            plan.fleet.initial + 1
        };
        plan.scheduled_actions = vec![ScheduledAction {
            at_s: 60.0,
            index: 0,
            min: Some(to),
            max: None,
            desired: None,
        }];
        let run = engine::run(&plan);
        let ends_s = run.activities[0].end_s.unwrap() - 60.0;
        assert_eq!(ends_s, seconds, "{copies_per_instance}");
        assert_eq!(run.series.instances[1], instances, "{copies_per_instance}");
    }
}

#[test]
fn copies_for_which_instances_have_no_room_wait() {
    let mut plan = component(&visit(4.0, 7200.0), 3);
    plan.resource = ScalableResource::ComponentCopies(Hosts { max: 2, ..hosts(2) });
    let run = engine::run(&plan);
    let most = |column: &[u32]| column.iter().copied().max().unwrap();
    assert!(most(&run.series.desired) > 4);
    assert_eq!(
        (most(&run.series.in_service), most(&run.series.instances)),
        (4, 2)
    );
    let last = run.series.in_service.len() - 1;
    assert_eq!(run.series.desired[last], 0, "{:?}", run.fleet.last());
}

#[test]
fn copies_without_room_at_the_start_serve_nobody() {
    // Copies, instances, room on each: 3 requests a second are shared by those that have room.
    for (copies, max, room, serve) in [(4, 1, 2, 2), (2, 1, 1, 1), (9, 2, 3, 6)] {
        let mut plan = component(&[(0.0, 3.0)], 1);
        plan.fleet.initial = copies;
        plan.resource = ScalableResource::ComponentCopies(Hosts { max, ..hosts(room) });
        let run = engine::run(&plan);
        let first = &run.fleet[0];
        assert_eq!((first.in_service, first.pending), (serve, copies - serve));
        let each = f64::from(run.series.invocations_per_instance[0]);
        assert!(
            (each - 180.0 / f64::from(serve)).abs() < 1e-3,
            "{copies}: {each}"
        );
    }
}

#[test]
fn placement_decides_what_is_left_empty_and_consolidation_what_is_moved() {
    // Eight copies on four instances, then four.
    let consolidation = Some(Consolidation {
        cooldown_s: 1200.0,
        step: 1,
    });
    let cases = [
        (Placement::Spread, None, 4),
        (Placement::BinPack, None, 2),
        (Placement::Spread, consolidation, 2),
    ];
    for (placement, consolidation, left) in cases {
        let mut plan = component(&[(0.0, 0.0)], 3);
        plan.fleet.initial = 8;
        plan.target_tracking.clear();
        plan.scalable_target.min = 4;
        plan.resource = ScalableResource::ComponentCopies(Hosts {
            placement,
            consolidation,
            ..hosts(2)
        });
        plan.scheduled_actions = vec![ScheduledAction {
            at_s: 60.0,
            index: 0,
            min: Some(4),
            max: Some(4),
            desired: None,
        }];
        let run = engine::run(&plan);
        let instances = &run.series.instances;
        assert_eq!(instances[0], 4);
        assert_eq!(instances[instances.len() - 1], left, "{placement:?}");
        let copies = &run.series.in_service;
        assert!(copies[3..].iter().all(|&copies| copies == 4));
        if consolidation.is_some() {
            // Gone from 120 s on: twenty minutes later the first moves (120 s) and goes (60 s); then again.
            let first = (120 + 1200 + 120 + 60) / 60;
            let second = (120 + 1200 + 120 + 1200 + 120 + 60) / 60;
            assert_eq!(instances_at(&run), [(0, 4), (first, 3), (second, 2)]);
        }
    }
}

#[test]
fn the_fewest_instances_stay_without_copies() {
    for min in [0, 1, 3] {
        let mut plan = component(&[(0.0, 0.0)], 3);
        plan.fleet.initial = 6;
        plan.resource = ScalableResource::ComponentCopies(Hosts { min, ..hosts(2) });
        let run = engine::run(&plan);
        let last = run.series.instances.len() - 1;
        assert_eq!(run.series.in_service[last], 0);
        assert_eq!(run.series.instances[last], min);
    }
}

#[test]
fn figures_speak_of_instances_where_they_cost() {
    let mut plan = component(&[(0.0, 3.0)], 2);
    plan.fleet.initial = 6;
    plan.scalable_target.min = 6;
    let run = engine::run(&plan);
    let report = Report::new(&plan, &run);
    assert_eq!((report.most_instances, report.fewest_instances), (6, 6));
    // Six copies at half of their load test, three instances.
    assert_eq!(report.fixed_fleet.instances, 3);
    assert_eq!(report.foresight.instances, 2);
    assert!((report.cost_usd - 3.0 * 2.0 * plan.usd_per_hour).abs() < 1e-9);
    assert_eq!(report.fixed_fleet.cost_usd, report.cost_usd);
}

#[test]
fn nothing_is_asked_for_at_zero_that_is_at_its_minimum() {
    let run = engine::run(&component(&[(0.0, 0.0)], 2));
    assert!(run.activities.is_empty(), "{:?}", run.activities);
    let mut plan = component(&[(0.0, 0.0)], 3);
    plan.fleet.initial = 1;
    let run = engine::run(&plan);
    let refused = |outcome| {
        matches!(
            outcome,
            Outcome::NotScaled(NotScaledReason::AlreadyAtMinCapacity)
        )
    };
    assert_eq!(changes_by(&run).len(), 1);
    // The datapoints of the copy that leaves are still to come.
    let rest = run.activities.iter().filter(|a| refused(a.outcome));
    assert!(rest.map(|a| a.evaluations).sum::<u32>() <= 3);
}

prop_compose! {
    /// Any component.
    fn any_component()(
        plan in common::random::plan(),
        (copies_per_instance, start_s, idle_s) in (1_u32..5, 0_u32..400, 0_u32..1500),
        (min, more) in (0_u32..4, 0_u32..20),
        is_spread in any::<bool>(),
        consolidation in prop::option::of((5_u32..60, 1_u32..4)),
        to_zero in any::<bool>(),
        wakes in any::<bool>(),
    ) -> Plan {
        let mut plan = plan;
        plan.assumptions.updating_blocks = false;
        if to_zero {
            plan.scalable_target.min = 0;
            plan.fleet.initial = 0;
        }
        if wakes {
            plan.step_scaling.push(StepScaling {
                index: 40,
                ..wake(1.0, Comparison::GreaterThanThreshold)
            });
        }
        let hosts = drawn_hosts(copies_per_instance, start_s, (min, more), is_spread, idle_s, consolidation);
        plan.resource = ScalableResource::ComponentCopies(hosts);
        plan
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_holds_of_any_component(plan in any_component()) {
        let run = engine::run(&plan);
        let hosts = plan.resource.hosts().unwrap();
        let t = &run.totals;
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end));
        prop_assert!(t.late >= 0.0 && t.late <= t.served * (1.0 + 1e-9) && t.failed >= 0.0);
        prop_assert!(run.series.cost_usd.is_sorted());
        prop_assert!(near(t.cost_usd, t.instance_s / 3600.0 * plan.usd_per_hour));
        for column in [&run.series.mean_ms, &run.series.p99_ms] {
            prop_assert!(column.iter().all(|value| value.is_finite() && *value >= 0.0));
        }
        // Without copies nothing is published per copy; what tells that there are none is published all the time.
        let per_copy = plan.first_metric() != Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures);
        for (minute, (requests, metric)) in run.series.invocations_per_instance.iter().zip(run.series.metric()).enumerate() {
            let nothing = run.series.capacity_rps[minute] <= 0.0;
            prop_assert!(requests.is_nan() == nothing && (nothing || *requests >= 0.0), "{minute}: {requests}");
            prop_assert!(metric.is_nan() == (nothing && per_copy) && (metric.is_nan() || *metric >= 0.0), "{minute}: {metric}");
        }
        for change in &run.fleet {
            prop_assert!(change.desired <= change.max.max(plan.scalable_target.max));
        }
        for activity in &run.activities {
            if let Cause::Policy(decision) = activity.cause {
                prop_assert!(activity.from == activity.to || (decision.min..=decision.max).contains(&activity.to));
            }
        }
        let s = &run.series;
        let released: u32 = s.instances.iter().copied().max().unwrap();
        prop_assert!(released <= 2 * hosts.max);
        for i in 0..s.instances.len() {
            prop_assert!(s.instances[i] >= hosts.min);
            prop_assert!(hosts.instances_for(s.in_service[i]) <= s.instances[i]);
            prop_assert!(s.in_service[i] <= hosts.max * hosts.copies_per_instance);
        }
        let again = engine::run(&plan);
        prop_assert_eq!(run.fingerprint(), again.fingerprint());
        let report = Report::new(&plan, &run);
        prop_assert!((0.0..=1.0).contains(&report.availability) && (0.0..=1.0).contains(&report.utilisation));
    }

    /// With an instance for each copy, and none that takes time to start, it is a variant. (An instance that launches for a
    /// copy that is given up stays, and serves the next one sooner.)
    #[test]
    fn one_copy_an_instance_is_a_variant(plan in common::random::plan()) {
        let mut plan = plan;
        plan.assumptions.updating_blocks = false;
        plan.fleet.launch = Launch::Fixed(0.0);
        let variant = engine::run(&plan);
        plan.resource = ScalableResource::ComponentCopies(Hosts { copy_start_s: 0.0, max: 10_000, idle_s: 0.0, ..hosts(1) });
        let copies = engine::run(&plan);
        prop_assert_eq!(changes_by(&variant), changes_by(&copies));
        prop_assert_eq!(&variant.series.desired, &copies.series.desired);
        prop_assert_eq!(&variant.series.in_service, &copies.series.in_service);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
        prop_assert!(near(variant.totals.served, copies.totals.served));
        prop_assert!(variant.totals.instance_s <= copies.totals.instance_s * (1.0 + 1e-9));
    }
}
