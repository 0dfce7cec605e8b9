//! Latency against a simulation of every single request: Poisson arrivals, random routing, k servers an instance.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{curve, plan};
use engine::plan::{Objective, Plan, ScalableTarget, Service};

/// xorshift64* (Vigna, 2016): another generator than the engine's own.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.uniform()).ln()
    }
}

struct Outcome {
    /// Arrival and latency of each request served, seconds.
    served: Vec<(f64, f64)>,
    failed: f64,
    longest_wait_s: f64,
}

/// Every request of `plan`, whose fleet must never change and whose instances serve `servers` requests at once.
fn every_request(plan: &Plan, servers: usize, seed: u64) -> Outcome {
    let mut random = Random(seed);
    let instances = plan.scalable_target.min as usize;
    let mut free_at = vec![vec![0.0_f64; servers]; instances];
    let scale = (plan.service.p95_ms - plan.service.p50_ms) / 1000.0 / 10_f64.ln();
    let shift = plan.service.p50_ms / 1000.0 - scale * 2_f64.ln();
    let mut outcome = Outcome {
        served: Vec::new(),
        failed: 0.0,
        longest_wait_s: 0.0,
    };
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
            let instance = &mut free_at[(random.uniform() * instances as f64) as usize];
            let server = instance.iter_mut().min_by(|a, b| a.total_cmp(b)).unwrap();
            let wait = (*server - now).max(0.0);
            if wait > plan.service.timeout_s {
                outcome.failed += 1.0;
                continue;
            }
            let service = shift + random.exponential(scale);
            *server = now + wait + service;
            outcome.longest_wait_s = outcome.longest_wait_s.max(wait);
            outcome.served.push((now, wait + service));
        }
    }
    outcome
}

/// A fleet of `instances` that each serve `servers` requests at once, so many seconds a piece on average.
fn fixed(
    instances: u32,
    servers: f64,
    mean_s: f64,
    exponential_share: f64,
    demand: &[(f64, f64)],
    length_s: u32,
) -> Plan {
    let scale = mean_s * exponential_share;
    let shift = mean_s - scale;
    let max_rps = servers / mean_s;
    let scaled: Vec<_> = demand
        .iter()
        .map(|&(at_s, load)| (at_s, load * max_rps * f64::from(instances)))
        .collect();
    let base = plan(&[curve(&scaled)], length_s);
    Plan {
        service: Service {
            max_rps,
            p50_ms: 1000.0 * (shift + scale * 2_f64.ln()),
            p95_ms: 1000.0 * (shift + scale * 20_f64.ln()),
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

fn check_figures(plan: &Plan, real: [f64; 4], within: [f64; 4], case: &str) {
    let totals = engine::run(plan).totals;
    let got = [totals.mean_ms, totals.p50_ms, totals.p95_ms, totals.p99_ms];
    for (i, name) in ["mean", "p50", "p95", "p99"].iter().enumerate() {
        check(
            &format!("{name}, {case}"),
            got[i] / 1000.0,
            real[i],
            within[i],
        );
    }
}

#[test]
fn steady_load() {
    // Instances, requests at once, load, mean seconds of service, how much of it is exponential, hours.
    for (instances, servers, load, mean_s, share, hours) in [
        (1, 1, 0.5, 0.05, 0.5, 2),
        (3, 1, 0.8, 0.05, 0.99, 2),
        (2, 1, 0.9, 0.02, 0.3, 3),
        (4, 4, 0.7, 0.2, 0.5, 1),
        (2, 4, 0.9, 0.1, 0.9, 3),
        (2, 16, 0.9, 0.4, 0.6, 2),
        (2, 2, 0.95, 0.02, 0.7, 3),
    ] {
        let demand = [(0.0, load)];
        let plan = fixed(
            instances,
            f64::from(servers),
            mean_s,
            share,
            &demand,
            hours * 3600,
        );
        let real = every_request(&plan, servers as usize, 42).served;
        let real = figures(real.iter().map(|served| served.1).collect());
        let case = format!("{instances} × {servers} at {load}");
        check_figures(&plan, real, [0.05, 0.05, 0.06, 0.08], &case);
    }
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
        fixed(instances, f64::from(servers), mean_s, 0.6, &profile, 1800)
    };
    // Two minutes that the queue outlasts, ten that overwhelm it slowly, four that overwhelm it at once.
    for (plan, servers) in [
        (case(2, 1, 0.05, 1.6, 720.0, 0.4), 1),
        (case(4, 4, 0.2, 1.2, 1200.0, 0.7), 4),
        (case(2, 2, 0.1, 2.6, 900.0, 0.5), 2),
    ] {
        let runs: Vec<_> = (1..=4)
            .map(|seed| every_request(&plan, servers, seed * 7919))
            .collect();
        let runs_count = runs.len() as f64;
        let failed = runs.iter().map(|run| run.failed).sum::<f64>() / runs_count;
        let longest = runs.iter().map(|run| run.longest_wait_s).sum::<f64>() / runs_count;
        let served = runs
            .iter()
            .flat_map(|run| &run.served)
            .map(|served| served.1);
        let real = figures(served.collect());
        let got = engine::run(&plan);
        let name = format!("{servers} at once");
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
        check_figures(&plan, real, [0.08, 0.06, 0.06, 0.06], &name);
    }
}
