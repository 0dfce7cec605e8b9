//! What holds for every plan.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use engine::{
    Report,
    demand::{Layer, Node, Timeline},
    plan::{
        Assumptions, Fleet, Launch, Metric, Objective, Plan, ScalableTarget, ScheduledAction,
        Service, TargetTracking, TreatMissingData,
    },
    run::{Cause, Direction, NotScaledReason, Outcome, Run},
};
use proptest::prelude::*;

fn layer() -> impl Strategy<Value = Layer> {
    let node = (0.0..14_400.0_f64, 0.0..300.0_f64);
    let curve = prop::collection::vec(node, 1..12).prop_map(|mut points| {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Every third node makes a jump.
        for i in (2..points.len()).step_by(3) {
            points[i].0 = points[i - 1].0;
        }
        common::curve(&points)
    });
    let steps = prop::collection::vec(0.0..200.0_f32, 1..80).prop_map(|rps| Layer::Steps {
        start_s: 300.0,
        step_s: 90.0,
        rps: rps.into(),
    });
    let noise = (0.0..0.6_f64, any::<u64>()).prop_map(|(share, seed)| Layer::Noise { share, seed });
    let growth = (-0.5..2.0_f64).prop_map(|share| Layer::Growth {
        share,
        per_s: 7200.0,
    });
    prop_oneof![3 => curve, 1 => steps, 1 => noise, 1 => growth]
}

fn service() -> impl Strategy<Value = Service> {
    // Mostly what endpoints are like, sometimes what nobody would think of.
    let max_rps = prop_oneof![6 => 0.5..60.0_f64, 1 => 1e-3..0.1_f64, 1 => 1e3..1e6_f64];
    let p50_ms = prop_oneof![6 => 1.0..900.0_f64, 1 => 1e-3..1.0_f64, 1 => 1e3..6e4_f64];
    let ratio = prop_oneof![6 => 1.0..5.0_f64, 1 => Just(1.0), 1 => 5.0..1e3_f64];
    let timeout_s = prop_oneof![6 => 5.0..90.0_f64, 1 => Just(0.0), 1 => 90.0..4e3_f64];
    let limit = prop::option::of(prop_oneof![6 => 0.0..500.0_f64, 1 => Just(0.0)]);
    (max_rps, 0.1..1.0_f64, p50_ms, ratio, timeout_s, limit).prop_map(
        |(max_rps, safety_factor, p50_ms, ratio, timeout_s, limit)| Service {
            max_rps,
            safety_factor,
            p50_ms,
            p95_ms: p50_ms * ratio,
            timeout_s,
            shared_queue: false,
            queue_limit_per_instance: limit,
        },
    )
}

fn fleet() -> impl Strategy<Value = Fleet> {
    let launch = prop_oneof![
        (0.0..900.0_f64).prop_map(Launch::Fixed),
        (0.0..300.0_f64, 0.0..600.0_f64).prop_map(|(from_s, more_s)| Launch::Range {
            from_s,
            to_s: from_s + more_s
        }),
    ];
    let removal = prop_oneof![Just(0.0), Just(60.0), 0.0..200.0_f64];
    (1_u32..12, launch, removal).prop_map(|(initial, launch, removal_s)| Fleet {
        initial,
        launch,
        removal_s,
    })
}

fn policies() -> impl Strategy<Value = Vec<TargetTracking>> {
    let policy = (
        50.0..2000.0_f64,
        0.0..900.0_f64,
        0.0..900.0_f64,
        any::<bool>(),
    )
        .prop_map(
            |(target, scale_out_cooldown_s, scale_in_cooldown_s, disable)| TargetTracking {
                index: 0,
                metric: Metric::InvocationsPerInstance,
                target,
                scale_out_cooldown_s: scale_out_cooldown_s.round(),
                scale_in_cooldown_s: scale_in_cooldown_s.round(),
                disable_scale_in: disable,
            },
        );
    prop::collection::vec(policy, 0..3).prop_map(|mut policies| {
        for (index, policy) in policies.iter_mut().enumerate() {
            policy.index = index;
        }
        policies
    })
}

fn actions() -> impl Strategy<Value = Vec<ScheduledAction>> {
    let action = (
        0.0..14_000.0_f64,
        prop::option::of(1_u32..15),
        prop::option::of(1_u32..25),
    );
    prop::collection::vec(action, 0..4).prop_map(|mut actions| {
        actions.sort_by(|a, b| a.0.total_cmp(&b.0));
        actions
            .into_iter()
            .enumerate()
            .map(|(index, (at_s, min, max))| ScheduledAction {
                at_s: at_s.round(),
                index,
                min,
                max,
            })
            .collect()
    })
}

fn assumptions() -> impl Strategy<Value = Assumptions> {
    let treat = prop_oneof![
        Just(TreatMissingData::Missing),
        Just(TreatMissingData::Ignore),
        Just(TreatMissingData::Breaching),
        Just(TreatMissingData::NotBreaching),
    ];
    (
        0.0..200.0_f64,
        1_u32..6,
        1_u32..20,
        0.5..1.0_f64,
        prop::option::of(1_u32..3),
        any::<bool>(),
        treat,
    )
        .prop_map(
            |(delay, high, low, factor, step, blocks, treat)| Assumptions {
                metric_delay_s: delay.round(),
                alarm_high_datapoints: high,
                alarm_low_datapoints: low,
                alarm_low_factor: factor,
                extra_evaluation_range: 2,
                treat_missing_data: treat,
                max_scale_in_step: step,
                updating_blocks: blocks,
            },
        )
}

prop_compose! {
    fn plan()(
        layers in prop::collection::vec(layer(), 1..4),
        hours in 1_u32..5,
        seed in any::<u64>(),
        service in service(),
        fleet in fleet(),
        (min, more) in (1_u32..8, 0_u32..20),
        target_tracking in policies(),
        scheduled_actions in actions(),
        assumptions in assumptions(),
        late_s in 0.0..20.0_f64,
    ) -> Plan {
        Plan {
            length_s: hours * 3600,
            seed,
            demand: Timeline::compile(&layers, hours * 3600),
            service,
            fleet,
            scalable_target: ScalableTarget { min, max: min + more },
            target_tracking,
            step_scaling: Vec::new(),
            scheduled_actions,
            suspended: Default::default(),
            usd_per_hour: 1.3,
            objective: Objective { availability: 0.999, late_s },
            assumptions,
        }
    }
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * a.abs().max(b.abs()).max(1.0)
}

fn columns(run: &Run) -> [&[f32]; 11] {
    let s = &run.series;
    [
        &s.demand_rps,
        &s.capacity_rps,
        &s.served_rps,
        &s.failed_rps,
        &s.queue,
        &s.mean_ms,
        &s.p50_ms,
        &s.p95_ms,
        &s.p99_ms,
        &s.invocations_per_instance,
        &s.cost_usd,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_are_sound(plan in plan()) {
        let run = engine::run(&plan);
        let periods = (plan.length_s / 60) as usize;
        for column in columns(&run) {
            prop_assert_eq!(column.len(), periods);
            prop_assert!(column.iter().all(|value| value.is_finite() && *value >= 0.0));
        }
        let t = &run.totals;
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9));
        prop_assert!(t.late >= 0.0 && t.late <= t.served * (1.0 + 1e-9) && t.failed >= 0.0);
        prop_assert!(run.series.cost_usd.is_sorted());
        prop_assert!(near(t.cost_usd, t.instance_s / 3600.0 * 1.3, 1e-9));
        prop_assert!(t.in_service_s <= t.instance_s * (1.0 + 1e-9));
        for i in 0..periods {
            let s = &run.series;
            prop_assert!(s.p50_ms[i] <= s.p95_ms[i] && s.p95_ms[i] <= s.p99_ms[i]);
        }
        prop_assert!(t.p50_ms <= t.p95_ms && t.p95_ms <= t.p99_ms);
        // Sums of the columns are the totals.
        let sum = |column: &[f32]| column.iter().map(|&value| f64::from(value)).sum::<f64>() * 60.0;
        prop_assert!(near(sum(&run.series.demand_rps), t.requests, 1e-5));
        prop_assert!(near(sum(&run.series.served_rps), t.served, 1e-5));
        prop_assert!(near(sum(&run.series.capacity_rps), t.in_service_s * plan.service.max_rps, 1e-5));
        let report = Report::new(&plan, &run);
        let shares = [report.availability, report.utilisation];
        prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        prop_assert!(report.incidents.len() <= 20);
        for incident in &report.incidents {
            prop_assert!(incident.overload_s <= incident.end_s && incident.start_s < incident.end_s);
            prop_assert!(incident.worst_wait_s <= plan.service.timeout_s * (1.0 + 1e-9));
        }
    }

    #[test]
    fn the_fleet_keeps_its_bounds(plan in plan()) {
        let run = engine::run(&plan);
        prop_assert_eq!(run.fleet[0].at_s, 0.0);
        for pair in run.fleet.windows(2) {
            prop_assert!(pair[0].at_s < pair[1].at_s);
        }
        let waiting = run.activities.iter().filter(|activity| matches!(
            (activity.cause, activity.outcome),
            (Cause::Scheduled { .. }, Outcome::NotScaled(NotScaledReason::TargetServicePutResourceAsUnscalable { .. }))
        ));
        let waiting: Vec<_> = waiting.map(|activity| (activity.start_s, activity.end_s.unwrap() + 60.0)).collect();
        for change in &run.fleet {
            // New bounds may have to wait for an endpoint that is `Updating`.
            let waits = waiting.iter().any(|(from, until)| (*from..=*until).contains(&change.at_s));
            prop_assert!(waits || (change.min <= change.desired && change.desired <= change.max), "{change:?}");
            prop_assert!(change.in_service >= 1);
        }
        for activity in &run.activities {
            prop_assert_eq!(
                activity.from == activity.to,
                matches!(activity.outcome, Outcome::NotScaled(_)) || (matches!(activity.cause, Cause::Scheduled { .. }) && activity.from == activity.to)
            );
            if let Some(end_s) = activity.end_s {
                prop_assert!(end_s >= activity.start_s);
            } else {
                prop_assert_eq!(activity.outcome, Outcome::InProgress);
            }
        }
    }

    /// No scale-out goes beyond one answer from the capacity before the first activity, however long launching takes.
    #[test]
    fn the_fleet_does_not_run_away(plan in plan(), from in 1.0..50.0_f64, factor in 1.0..8.0_f64) {
        let target = 60.0;
        let mut plan = plan;
        // A step that stays: what it needs is known.
        plan.demand = Timeline::compile(&[common::curve(&[(0.0, from), (1800.0, from), (1800.0, from * factor)])], plan.length_s);
        plan.scheduled_actions.clear();
        plan.target_tracking.truncate(1);
        for policy in &mut plan.target_tracking {
            policy.target = target;
            policy.scale_out_cooldown_s = 300.0;
        }
        plan.assumptions.alarm_low_factor = 0.9;
        plan.assumptions.metric_delay_s = plan.assumptions.metric_delay_s.min(120.0);
        plan.scalable_target.max = 5000;
        let run = engine::run(&plan);
        let most = run.fleet.iter().map(|change| change.desired).max().unwrap();
        let start = plan.fleet.initial.max(plan.scalable_target.min);
        let needed = (from * factor).ceil() as u32 + 1;
        prop_assert!(most <= needed.max(start), "{most} instead of {needed}");
    }

    #[test]
    fn cooldowns_are_kept(plan in plan()) {
        let run = engine::run(&plan);
        let changes: Vec<_> = run.activities.iter().filter(|activity| activity.from != activity.to).collect();
        for (i, activity) in changes.iter().enumerate() {
            let Cause::Policy(decision) = activity.cause else { continue };
            match decision.direction {
                Direction::Out => prop_assert!(activity.to > activity.from && decision.metric > decision.threshold),
                Direction::In => prop_assert!(activity.to < activity.from && decision.metric < decision.threshold),
            }
            let earlier = &changes[..i];
            if plan.assumptions.updating_blocks {
                prop_assert!(earlier.iter().all(|other| other.end_s.is_some_and(|end_s| end_s <= activity.start_s)));
            }
            // A scale-in keeps the cooldown of the last one, unless a scale-out came between.
            if decision.direction == Direction::In {
                let last = earlier.iter().rev().find(|other| matches!(other.cause, Cause::Policy(_)));
                if let Some(other) = last
                    && let Cause::Policy(before) = other.cause
                    && before.direction == Direction::In
                {
                    let cooldown_s = plan.target_tracking[before.policy].scale_in_cooldown_s;
                    prop_assert!(activity.start_s >= other.end_s.unwrap() + cooldown_s);
                }
            }
        }
    }

    #[test]
    fn a_run_can_be_repeated(plan in plan()) {
        let (a, b) = (engine::run(&plan), engine::run(&plan.clone()));
        prop_assert_eq!(a.fingerprint(), b.fingerprint());
        prop_assert_eq!(a, b);
    }

    /// A node in the middle of a line says nothing new.
    #[test]
    fn splitting_a_line_changes_nothing(plan in plan(), cuts in prop::collection::vec(0.0..1.0_f64, 1..40)) {
        let mut split = Vec::new();
        for (i, pair) in plan.demand.nodes().windows(2).enumerate() {
            split.push(pair[0]);
            let share = cuts[i % cuts.len()];
            if pair[1].at_s - pair[0].at_s > 1e-3 {
                let between = |a: f64, b: f64| a + (b - a) * share;
                split.push(Node {
                    at_s: between(pair[0].at_s, pair[1].at_s),
                    rps: between(pair[0].rps, pair[1].rps),
                });
            }
        }
        split.extend(plan.demand.nodes().last());
        let whole = engine::run(&plan);
        let parts = engine::run(&Plan {
            demand: Timeline::compile(&[Layer::Curve(split)], plan.length_s),
            ..plan.clone()
        });
        let (a, b) = (&whole.totals, &parts.totals);
        // Waits are binned for the run's latency, piece by piece: that alone is no closer than its bins, and means
        // little where there is no room to wait.
        let room_s = plan.service.queue_limit_per_instance.map_or(f64::INFINITY, |limit| limit / plan.service.max_rps);
        let binned = if room_s.min(plan.service.timeout_s) > 1.0 { 0.05 } else { f64::INFINITY };
        for (a, b, within) in [
            (a.requests, b.requests, 1e-6),
            (a.served, b.served, 1e-6),
            (a.failed, b.failed, 1e-6),
            (a.late, b.late, 1e-6),
            (a.cost_usd, b.cost_usd, 1e-9),
            (a.mean_ms, b.mean_ms, binned),
        ] {
            prop_assert!(near(a, b, within), "{a} {b}");
        }
        prop_assert_eq!(whole.activities.len(), parts.activities.len());
        prop_assert_eq!(&whole.series.desired, &parts.series.desired);
    }

    /// One instance more never serves fewer requests.
    #[test]
    fn more_instances_serve_no_less(plan in plan(), instances in 1_u32..12) {
        let fixed = |n: u32| {
            let mut plan = plan.clone();
            plan.scheduled_actions.clear();
            plan.target_tracking.clear();
            plan.scalable_target = ScalableTarget { min: n, max: n };
            engine::run(&plan).totals
        };
        let (fewer, more) = (fixed(instances), fixed(instances + 1));
        prop_assert!(more.failed <= fewer.failed * (1.0 + 1e-9) + 1e-9);
        prop_assert!(more.served >= fewer.served * (1.0 - 1e-9));
        prop_assert!(more.cost_usd > fewer.cost_usd);
    }

    /// Where demand stops, the fleet is at its minimum after the alarm, a cooldown and a removal at the latest.
    #[test]
    fn without_demand_the_fleet_ends_at_its_minimum(plan in plan()) {
        let mut plan = plan;
        let nodes = plan.demand.nodes().to_vec();
        plan.length_s = 10 * 3600;
        let mut layer = nodes;
        let stop_s = layer.last().unwrap().at_s;
        layer.extend([Node { at_s: stop_s, rps: 0.0 }]);
        plan.demand = Timeline::compile(&[Layer::Curve(layer)], plan.length_s);
        for policy in &mut plan.target_tracking {
            policy.disable_scale_in = false;
        }
        plan.assumptions.max_scale_in_step = None;
        let run = engine::run(&plan);
        let last = run.fleet.last().unwrap();
        if plan.target_tracking.is_empty() {
            return Ok(());
        }
        prop_assert_eq!((last.desired, last.in_service, last.pending), (last.min, last.min, 0));
        prop_assert!(run.totals.queued_at_end < 1e-9);
    }
}
