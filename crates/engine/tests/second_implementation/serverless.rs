//! A serverless endpoint: who finds an environment free, by Erlang's formula as textbooks print it, which environments are
//! kept, and who waits for one to start.
//!
//! The engine reads the formula off a table. Random plans have demand that stays at points of that table and jumps between them, so
//! that nothing lies between two.

use super::traffic::{Flow, PER_SECOND, STEP_S, Step};
use engine::plan::{OnDemand, Plan};

/// At some rate and with some provisioned concurrency: shares of requests, and environments.
#[derive(Clone, Copy, Default)]
struct Steady {
    spilled: f64,
    throttled: f64,
    /// Requests at once for whom the environment has gone that would have been next.
    started: f64,
    /// Environments beside provisioned concurrency that are kept.
    kept: f64,
}

pub struct Serverless {
    on_demand: OnDemand,
    duration_s: f64,
    late_s: f64,
    /// What the last step went by.
    went_by: Option<(f64, u32)>,
    steady: Steady,
    /// Each minute's environments that were kept at any moment of it.
    needed: Vec<(u32, f64)>,
    /// Environments that are missing still, as no request has come for them.
    missing: f64,
}

/// Erlang's B of no environment, of one, and so on: a^n / n! over the sum of all a^i / i! up to there.
fn blocked(at_once: f64, most: u32) -> Vec<f64> {
    let (mut term, mut sum) = (1.0, 0.0);
    (0..=most)
        .map(|n| {
            term *= if n > 0 { at_once / f64::from(n) } else { 1.0 };
            sum += term;
            term / sum
        })
        .collect()
}

impl Serverless {
    pub fn new(plan: &Plan, on_demand: OnDemand) -> Self {
        Self {
            on_demand,
            duration_s: 1.0 / plan.service.max_rps,
            late_s: plan.objective.late_s,
            went_by: None,
            steady: Steady::default(),
            needed: Vec::new(),
            missing: 0.0,
        }
    }

    /// What a rate comes to that stays.
    fn steady(&self, rps: f64, provisioned: u32) -> Steady {
        let most = self.on_demand.max_concurrency;
        let at_once = rps * self.duration_s;
        let blocked = blocked(at_once, most);
        let beyond = |environments: u32| at_once * blocked[environments as usize];
        // One in a million is none.
        let is_never = blocked[most as usize] < 1e-6;
        let throttled = if is_never { 0.0 } else { beyond(most) };
        let mut steady = Steady {
            spilled: if provisioned < most {
                beyond(provisioned)
            } else {
                throttled
            },
            throttled,
            ..Steady::default()
        };
        for environment in provisioned..most {
            let (offered, left) = (beyond(environment), beyond(environment + 1));
            // None of those that are offered to it came while it was kept.
            let is_gone = (-offered / self.duration_s * self.on_demand.keep_s).exp();
            steady.started += (offered - left) * is_gone;
            steady.kept += 1.0 - is_gone;
        }
        steady
    }

    pub fn step(&mut self, step: &Step, in_service: u32, flow: &mut Flow) {
        let rps = 0.5 * (step.start_rps + step.end_rps);
        let goes_by = Some((rps, in_service));
        let is_new = self.went_by != goes_by;
        if is_new {
            (self.steady, self.went_by) = (self.steady(rps, in_service), goes_by);
        }
        if is_new || step.number.is_multiple_of(60 * PER_SECOND) {
            self.keep(step.number / (60 * PER_SECOND));
        }
        let came = rps * STEP_S;
        let steady = self.steady;
        let requests = |at_once: f64| at_once / self.duration_s * STEP_S;
        let (spilled, failed) = (requests(steady.spilled), requests(steady.throttled));
        let on_demand = spilled - failed;
        let grown = self
            .missing
            .min(on_demand - requests(steady.started))
            .max(0.0);
        self.missing -= grown;
        let cold = requests(steady.started) + grown;
        flow.arrived += came;
        flow.failed += failed;
        flow.served += came - failed;
        flow.provisioned += came - spilled;
        flow.on_demand += on_demand;
        flow.cold += cold;
        if self.on_demand.setup_s > self.late_s {
            flow.late += cold;
        }
    }

    /// Environments that are needed beyond those of the minutes in which one is kept are started.
    fn keep(&mut self, minute: u32) {
        let kept = self.steady.kept;
        if self.needed.is_empty() {
            // A run begins in the middle of its demand.
            self.needed.push((minute, kept));
        }
        let keep_min = (self.on_demand.keep_s / 60.0).ceil() as u32;
        self.needed.retain(|(then, _)| then + keep_min >= minute);
        let most = self
            .needed
            .iter()
            .map(|(_, kept)| *kept)
            .fold(0.0, f64::max);
        if kept > most {
            self.missing += kept - most;
        }
        match self.needed.last_mut() {
            Some((then, most)) if *then == minute => *most = most.max(kept),
            _ => self.needed.push((minute, kept)),
        }
    }
}
