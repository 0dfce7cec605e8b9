//! What holds for every plan.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    changes,
    random::{any_plan, extreme_plan, plan},
};
use engine::{
    Report,
    demand::{Layer, Node, Timeline},
    plan::{Plan, ScalableTarget, ScheduledAction},
    run::{Activity, Cause, Outcome, Run, Totals},
};
use proptest::prelude::*;

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

/// What it takes to be equal where a minute without anything in service has no datapoint, which is NaN.
fn bits(column: &[f32]) -> Vec<u32> {
    column.iter().map(|value| value.to_bits()).collect()
}

/// Whether every number of the columns is one: finite and not below 0. A metric has no datapoint where nothing was in service for a
/// part of the minute at least.
fn are_sound(plan: &Plan, run: &Run) -> bool {
    let s = &run.series;
    let is_metric = |column: &[f32]| std::ptr::eq(column, &s.invocations_per_instance[..]);
    columns(run).into_iter().all(|column| {
        column
            .iter()
            .zip(&s.capacity_rps)
            .all(|(value, capacity_rps)| {
                let may_be_missing =
                    is_metric(column) && f64::from(*capacity_rps) < plan.service.max_rps;
                (value.is_finite() && *value >= 0.0) || (value.is_nan() && may_be_missing)
            })
    })
}

/// Whether as many were late in both, to such a share of them, or to a thousandth of all requests: a tenth of what is promised
/// against the simulation of single requests.
fn late_alike(a: &Totals, b: &Totals, within: f64) -> bool {
    near(a.late, b.late, within) || (a.late - b.late).abs() <= 1e-3 * a.requests
}

/// Which of the columns are latency.
const LATENCY: std::ops::Range<usize> = 5..9;

/// Whether requests may have met a queue in a period: there was one, or a line that touches the period goes higher than
/// what the fewest instances of the run serve.
fn may_queue(plan: &Plan, run: &Run, period: usize) -> bool {
    let fewest = run
        .fleet
        .iter()
        .map(|change| change.in_service)
        .min()
        .unwrap();
    let capacity_rps = f64::from(fewest) * plan.service.max_rps;
    let (start_s, end_s) = (60.0 * period as f64, 60.0 * (period as f64 + 1.0));
    let touches = |line: &&[Node]| line[0].at_s <= end_s && line[1].at_s >= start_s;
    let mut lines = plan.demand.nodes().windows(2).filter(touches);
    let waited = period > 0 && run.series.queue[period - 1] > 0.0;
    waited || lines.any(|line| line[0].rps.max(line[1].rps) > capacity_rps)
}

/// How many evaluations of policies led to nothing.
fn refusals(run: &Run) -> u32 {
    let refused = |activity: &&Activity| {
        matches!(activity.cause, Cause::Policy(_))
            && matches!(activity.outcome, Outcome::NotScaled(_))
    };
    let refusals = run.activities.iter().filter(refused);
    refusals.map(|a| a.evaluations).sum()
}

fn sums(run: &Run) -> [f64; 7] {
    let t = &run.totals;
    [
        t.requests,
        t.served,
        t.failed,
        t.queued_at_end,
        t.instance_s,
        t.in_service_s,
        t.cost_usd,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_are_sound(plan in any_plan()) {
        let run = engine::run(&plan);
        let periods = (plan.length_s / 60) as usize;
        for column in columns(&run) {
            prop_assert_eq!(column.len(), periods);
        }
        prop_assert!(are_sound(&plan, &run));
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
        prop_assert!(t.requests - t.failed < 1e-3 || (t.p50_ms > 0.0 && t.mean_ms > 0.0));
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

    /// Nothing overflows, nothing is lost.
    #[test]
    fn no_plan_is_too_extreme(plan in extreme_plan()) {
        let run = engine::run(&plan);
        for column in columns(&run) {
            prop_assert!(column.iter().all(|value| value.is_finite() && *value >= 0.0));
        }
        let t = &run.totals;
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9));
        prop_assert!(t.failed >= 0.0 && t.late >= 0.0 && t.late <= t.served * (1.0 + 1e-9));
        for change in &run.fleet {
            prop_assert!((1..=10_000).contains(&change.desired) && change.in_service >= 1);
        }
        let report = Report::new(&plan, &run);
        prop_assert!((0.0..=1.0).contains(&report.availability) && (0.0..=1.0).contains(&report.utilisation));
    }

    #[test]
    fn a_run_can_be_repeated(plan in any_plan()) {
        let (a, b) = (engine::run(&plan), engine::run(&plan.clone()));
        prop_assert_eq!(a.fingerprint(), b.fingerprint());
        prop_assert_eq!(columns(&a).map(bits), columns(&b).map(bits));
        prop_assert_eq!((a.fleet, a.activities, a.distress, a.totals), (b.fleet, b.activities, b.distress, b.totals));
    }

    /// A node in the middle of a line says nothing new.
    #[test]
    fn splitting_a_line_changes_nothing(plan in any_plan(), cuts in prop::collection::vec(0.0..1.0_f64, 1..40)) {
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
        // Waits are binned for the run's latency, piece by piece, and even within a piece for who is late by chance after the
        // queue: those alone are no closer than that, and mean little where there is no room to wait.
        let room_s = plan.service.queue_limit_per_instance.map_or(f64::INFINITY, |limit| limit / plan.service.max_rps);
        let binned = if room_s.min(plan.service.timeout_s) > 1.0 { 0.05 } else { f64::INFINITY };
        for (a, b, within) in [
            (a.requests, b.requests, 1e-6),
            (a.served, b.served, 1e-6),
            (a.failed, b.failed, 1e-6),
            (a.cost_usd, b.cost_usd, 1e-9),
            (a.mean_ms, b.mean_ms, binned),
        ] {
            prop_assert!(near(a, b, within), "{a} {b}");
        }
        prop_assert!(late_alike(a, b, binned), "{a:?} {b:?}");
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
            plan.step_scaling.clear();
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
        plan.step_scaling.clear();
        plan.assumptions.max_scale_in_step = None;
        let run = engine::run(&plan);
        let last = run.fleet.last().unwrap();
        if plan.target_tracking.is_empty() {
            return Ok(());
        }
        prop_assert_eq!((last.desired, last.in_service, last.pending), (last.min, last.min, 0));
        prop_assert!(run.totals.queued_at_end < 1e-9);
    }

    /// A run is the beginning of a longer one.
    #[test]
    fn nothing_depends_on_when_a_run_ends(plan in any_plan(), more_min in 1_u32..200) {
        let length_s = plan.length_s + more_min * 60;
        // What comes after its end is another matter.
        let mut nodes = plan.demand.nodes().to_vec();
        let last = nodes[nodes.len() - 1];
        nodes.extend([last, Node { at_s: last.at_s, rps: 77.0 }, Node { at_s: f64::from(length_s), rps: 3.0 }]);
        let long = engine::run(&Plan {
            length_s,
            demand: Timeline::compile(&[Layer::Curve(nodes)], length_s),
            ..plan.clone()
        });
        let short = engine::run(&plan);
        let periods = short.series.desired.len();
        for (column, (a, b)) in columns(&short).iter().zip(columns(&long)).enumerate() {
            prop_assert_eq!(a.len(), periods);
            if LATENCY.contains(&column) {
                // A minute may be walked alone or together with others: close to full use its last bit shows in the wait.
                let mut pairs = a.iter().zip(b);
                prop_assert!(pairs.all(|(x, y)| near(f64::from(*x), f64::from(*y), 1e-5)), "column {column}");
            } else {
                prop_assert_eq!(bits(a), bits(&b[..periods]));
            }
        }
        prop_assert_eq!(&short.series.desired[..], &long.series.desired[..periods]);
        for (a, b) in short.series.alarms.iter().zip(&long.series.alarms) {
            prop_assert_eq!(&a.states[..], &b.states[..periods]);
        }
        let within = long.fleet.iter().filter(|change| change.at_s <= f64::from(plan.length_s));
        prop_assert_eq!(short.fleet.iter().collect::<Vec<_>>(), within.collect::<Vec<_>>());
        prop_assert_eq!(changes(&short), changes(&long)[..changes(&short).len()].to_vec());
    }

    /// The loop goes through many quiet periods at once. Actions that set nothing cut them anywhere.
    #[test]
    fn nothing_depends_on_where_a_run_is_cut(plan in plan(), cuts in prop::collection::vec(0.0..14_400.0_f64, 1..30), whole in any::<bool>()) {
        let index = plan.scheduled_actions.len();
        // A change that waits for an endpoint that is `Updating` is also tried when another action fires.
        let mut plan = plan;
        plan.assumptions.updating_blocks &= plan.scheduled_actions.is_empty();
        let mut cut = plan.clone();
        cut.scheduled_actions.extend(cuts.iter().map(|&at_s| ScheduledAction {
            at_s: if whole { (at_s / 60.0).floor() * 60.0 } else { at_s },
            index,
            min: None,
            max: None,
            desired: None,
        }));
        cut.scheduled_actions.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        let (a, b) = (engine::run(&plan), engine::run(&cut));
        prop_assert_eq!(changes(&a), changes(&b));
        prop_assert_eq!(&a.series.desired, &b.series.desired);
        prop_assert_eq!(&a.series.in_service, &b.series.in_service);
        prop_assert_eq!(&a.series.alarms, &b.series.alarms);
        for (column, (of_a, of_b)) in columns(&a).iter().zip(columns(&b)).enumerate() {
            for (period, (x, y)) in of_a.iter().zip(of_b).enumerate() {
                // Waits in the queue are taken as even from one end of a piece to the other: only latency knows pieces.
                let is_latency = LATENCY.contains(&column);
                if !(is_latency && may_queue(&plan, &a, period)) {
                    // Close to full use, what rounding does to the load is many times as much of the wait.
                    let within = if is_latency { 1e-3 } else { 1e-5 };
                    prop_assert!(near(f64::from(*x), f64::from(*y), within), "column {column} of {period}: {x} {y}");
                }
            }
        }
        for (a, b) in sums(&a).iter().zip(sums(&b)) {
            prop_assert!(near(*a, b, 1e-6), "{a} {b}");
        }
        // Who is late by chance after the queue follows from pieces.
        prop_assert!(late_alike(&a.totals, &b.totals, 0.05), "{:?} {:?}", a.totals, b.totals);
        // Refusals are as many, though a line of the log may be two.
        prop_assert_eq!(refusals(&a), refusals(&b));
    }

    /// What the fleet costs follows from its changes alone.
    #[test]
    fn instance_seconds_are_those_of_the_fleet(plan in plan()) {
        let run = engine::run(&plan);
        let length_s = f64::from(plan.length_s);
        let (mut paid_s, mut served_s) = (0.0, 0.0);
        for (i, change) in run.fleet.iter().enumerate() {
            let seconds = run.fleet.get(i + 1).map_or(length_s, |next| next.at_s) - change.at_s;
            paid_s += seconds * f64::from(change.in_service + change.pending);
            served_s += seconds * f64::from(change.in_service);
        }
        prop_assert!(near(run.totals.instance_s, paid_s, 1e-9));
        prop_assert!(near(run.totals.in_service_s, served_s, 1e-9));
        let last = run.series.cost_usd.last().unwrap();
        prop_assert!(near(f64::from(*last), paid_s * plan.usd_per_hour / 3600.0, 1e-6));
        for (period, desired) in run.series.desired.iter().enumerate() {
            let end_s = 60.0 * (period as f64 + 1.0);
            let now = run.fleet.iter().rev().find(|change| change.at_s <= end_s).unwrap();
            prop_assert_eq!(*desired, now.desired);
            prop_assert_eq!((run.series.in_service[period], run.series.pending[period]), (now.in_service, now.pending));
        }
    }
}
