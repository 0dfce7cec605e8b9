//! Latency, and who is late, against a simulation of every single request.
//!
//! `rows.csv` holds what that simulation gave for many stations; it is compared here, and as a table in `docs/fidelity.md`.
//! `cargo test --release -p engine --test latency_referee -- --ignored` simulates every request anew (some minutes) and writes
//! the file; `UPDATE_DOCS=1 cargo test -p engine --test latency_referee` writes the table.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
mod every_request;
mod rows;
mod table;

use common::{curve, plan};
use engine::plan::{Objective, Plan, ScalableTarget, Service};
use every_request::{Instance, Random, Work};

struct Outcome {
    /// Latency of each request served, seconds.
    served: Vec<f64>,
    failed: f64,
    longest_wait_s: f64,
}

/// Every request of `plan`, whose fleet must never change and whose instances serve `k` requests at once.
fn every_request(plan: &Plan, k: f64, work: Work, seed: u64) -> Outcome {
    let mut random = Random::new(seed);
    let instances = plan.scalable_target.min as usize;
    let mut all: Vec<_> = (0..instances).map(|_| Instance::new(k)).collect();
    let (mut served, mut failed, mut longest_wait_s) = (Vec::new(), 0.0, 0.0_f64);
    for line in plan.demand.nodes().windows(2) {
        let (from, to) = (line[0], line[1]);
        let highest = from.rps.max(to.rps);
        if highest <= 0.0 || to.at_s <= from.at_s {
            continue;
        }
        let mut now = from.at_s;
        loop {
            // Thinning: candidates at the highest rate, kept with the share the rate has of it.
            now += random.exponential(1.0 / highest);
            if now >= to.at_s {
                break;
            }
            let rate = from.rps + (to.rps - from.rps) * (now - from.at_s) / (to.at_s - from.at_s);
            if random.uniform() * highest > rate {
                continue;
            }
            let instance = &mut all[(random.uniform() * instances as f64) as usize];
            instance.work_until(now, |it| served.push(it.latency_s));
            let wait_s = instance.will_wait_s();
            if wait_s > plan.service.timeout_s {
                failed += 1.0;
                continue;
            }
            longest_wait_s = longest_wait_s.max(wait_s);
            instance.take(work.draw(&mut random));
        }
    }
    for mut instance in all {
        instance.work_until(f64::INFINITY, |it| served.push(it.latency_s));
    }
    Outcome {
        served,
        failed,
        longest_wait_s,
    }
}

/// A fleet of `instances` that each serve `k` requests at once, with `load` of what they sustain.
fn fixed(instances: u32, k: f64, work: Work, load: &[(f64, f64)], length_s: u32) -> Plan {
    let max_rps = k / work.mean_s();
    let scaled: Vec<_> = load
        .iter()
        .map(|&(at_s, load)| (at_s, load * max_rps * f64::from(instances)))
        .collect();
    let base = plan(&[curve(&scaled)], length_s);
    Plan {
        service: Service {
            max_rps,
            p50_ms: 1000.0 * work.exceeded_s(0.5),
            p95_ms: 1000.0 * work.exceeded_s(0.05),
            ..base.service
        },
        scalable_target: ScalableTarget {
            min: instances,
            max: instances,
        },
        objective: Objective {
            late_s: 5.0,
            ..base.objective
        },
        ..base
    }
}

/// Mean, median, 95th and 99th percentile, seconds.
fn figures(mut latencies: Vec<f64>) -> [f64; 4] {
    let mean = latencies.iter().sum::<f64>() / latencies.len() as f64;
    latencies.sort_by(f64::total_cmp);
    let percentile = |share: f64| latencies[(share * latencies.len() as f64) as usize];
    [mean, percentile(0.5), percentile(0.95), percentile(0.99)]
}

#[track_caller]
fn check(name: &str, got: f64, real: f64, within: f64) {
    assert!(
        (got / real - 1.0).abs() <= within,
        "{name}: {got}, every request: {real}"
    );
}

#[test]
fn overload() {
    let case = |instances, servers: u32, mean_s, high, until_s, low| {
        let profile = [
            (0.0, 0.4),
            (600.0, 0.4),
            (660.0, high),
            (until_s, high),
            (until_s, low),
        ];
        let work = Work::new(mean_s, 0.6);
        let k = f64::from(servers);
        (fixed(instances, k, work, &profile, 1800), k, work)
    };
    // Two minutes that the queue outlasts, ten that overwhelm it slowly, four that overwhelm it at once.
    for (plan, k, work) in [
        case(2, 1, 0.05, 1.6, 720.0, 0.4),
        case(4, 4, 0.2, 1.2, 1200.0, 0.7),
        case(2, 2, 0.1, 2.6, 900.0, 0.5),
    ] {
        let runs: Vec<_> = (1..=4)
            .map(|seed| every_request(&plan, k, work, seed * 7919))
            .collect();
        let runs_count = runs.len() as f64;
        let failed = runs.iter().map(|run| run.failed).sum::<f64>() / runs_count;
        let longest = runs.iter().map(|run| run.longest_wait_s).sum::<f64>() / runs_count;
        let real = figures(runs.into_iter().flat_map(|run| run.served).collect());
        let got = engine::run(&plan);
        let name = format!("{k} at once");
        let arrived = got.totals.requests;
        check(
            &format!("served, {name}"),
            arrived - got.totals.failed,
            arrived - failed,
            0.01,
        );
        if failed > 0.0 {
            check(&format!("failed, {name}"), got.totals.failed, failed, 0.03);
        }
        let waits = got.distress.iter().map(|distress| distress.longest_wait_s);
        check(
            &format!("longest, {name}"),
            waits.fold(0.0, f64::max),
            longest,
            0.08,
        );
        let told = [
            got.totals.mean_ms,
            got.totals.p50_ms,
            got.totals.p95_ms,
            got.totals.p99_ms,
        ];
        for ((name_of, got), (real, within)) in ["mean", "p50", "p95", "p99"]
            .into_iter()
            .zip(told)
            .zip(real.into_iter().zip([0.08, 0.06, 0.06, 0.06]))
        {
            check(&format!("{name_of}, {name}"), got / 1000.0, real, within);
        }
    }
}
