//! What becomes of requests at a serverless endpoint: provisioned concurrency takes what it can, environments on demand take the
//! rest up to MaxConcurrency, and what is beyond that fails immediately.
//!
//! Source: SageMaker developer guide, "Deploy models with Amazon SageMaker Serverless Inference". How long an environment is
//! kept, and that ups and downs are those of chance, is assumed: `docs/model.md`.

use std::collections::VecDeque;

use super::environments::{Shares, Table};
use crate::{
    exact,
    flow::{Flow, Waits},
    plan,
    run::PERIOD_S,
};

/// Fewer cold starts than this are rounding.
const MIN_COLD_STARTS: f64 = 1e-9;

/// A serverless endpoint.
#[derive(Clone, Debug)]
pub(crate) struct OnDemand {
    plan: plan::OnDemand,
    duration_s: f64,
    late_s: f64,
    provisioned: u32,
    /// The tables by provisioned concurrency, each computed when it is first needed.
    tables: Vec<Option<Table>>,
    /// The most environments kept beside provisioned concurrency in each of the last minutes, and in this one.
    minutes: VecDeque<f64>,
    kept: f64,
    /// Environments that are still to be started, because no request has come yet that could wait for them.
    missing: f64,
    /// The requests of this minute so far.
    pub minute: ServedRequests,
}

/// Requests by what took them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ServedRequests {
    pub provisioned: f64,
    pub on_demand: f64,
    /// Requests on demand that waited for their environment to start.
    pub cold_starts: f64,
}

impl ServedRequests {
    /// Returns them, rounded as `exact` says.
    pub(crate) fn rounded(&self) -> Self {
        Self {
            provisioned: exact::number(self.provisioned),
            on_demand: exact::number(self.on_demand),
            cold_starts: exact::number(self.cold_starts),
        }
    }
}

impl OnDemand {
    pub(super) fn boxed(plan: plan::OnDemand, max_rps: f64, late_s: f64) -> Box<Self> {
        let minutes = (plan.keep_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 60.0);
        Box::new(Self {
            plan,
            duration_s: 1.0 / max_rps,
            late_s,
            provisioned: 0,
            tables: vec![None; plan.max_concurrency as usize + 1],
            minutes: VecDeque::from(vec![0.0; minutes as usize]),
            kept: f64::NAN,
            missing: 0.0,
            minute: ServedRequests::default(),
        })
    }

    /// Sets the provisioned concurrency in service from now on.
    pub(super) fn set_provisioned(&mut self, provisioned: u32) {
        self.provisioned = provisioned.min(self.plan.max_concurrency);
    }

    /// Lets demand flow for `seconds`, in a straight line between two rates.
    // rule: serverless.throttled
    // rule: serverless.provisioned-first
    // rule: serverless.cold-start
    pub(super) fn advance(&mut self, from_rps: f64, to_rps: f64, seconds: f64, flow: &mut Flow) {
        if seconds <= 0.0 {
            return;
        }
        let duration_s = self.duration_s;
        let (from, to) = (from_rps * duration_s, to_rps * duration_s);
        let Some((mean, ends)) = self.look_up(from, to) else {
            return;
        };
        let requests = |at_once: f64| at_once / duration_s * seconds;
        let arrived = 0.5 * (from_rps + to_rps) * seconds;
        let failed = requests(mean.throttled).clamp(0.0, arrived);
        let spilled = requests(mean.spilled).clamp(failed, arrived);
        let (on_demand, served) = (spilled - failed, arrived - failed);
        for warm in ends {
            self.keep(warm);
        }
        let steady = requests(mean.started).clamp(0.0, on_demand);
        let grown = self.missing.min(on_demand - steady);
        self.missing -= grown;
        let cold_starts = steady + grown;

        let provisioned = arrived - spilled;
        flow.arrived += arrived;
        flow.failed += failed;
        flow.served += served;
        self.minute.provisioned += provisioned;
        self.minute.on_demand += on_demand;
        self.minute.cold_starts += cold_starts;
        flow.undivided += provisioned;
        flow.free += served - cold_starts;
        if cold_starts > MIN_COLD_STARTS {
            let setup_s = self.plan.setup_s;
            flow.wait_s += cold_starts * setup_s;
            if setup_s > self.late_s {
                flow.late += cold_starts;
            }
            flow.waits.push(Waits {
                from_s: setup_s,
                to_s: setup_s,
                requests: cold_starts,
                load: 0.0,
            });
        } else {
            flow.free += cold_starts;
        }
    }

    /// Returns the mean between two numbers of requests at once, and the environments kept at both.
    fn look_up(&mut self, from: f64, to: f64) -> Option<(Shares, [f64; 2])> {
        let (provisioned, max) = (self.provisioned, self.plan.max_concurrency);
        let keep = self.plan.keep_s / self.duration_s;
        let place = self.tables.get_mut(provisioned as usize)?;
        let table = place.get_or_insert_with(|| Table::new(provisioned, max, keep));
        let warm = [table.at(from).warm, table.at(to).warm];
        Some((table.mean(from, to), warm))
    }

    /// Keeps `warm` environments beside provisioned concurrency. Those that are not there yet are missing.
    // rule: serverless.keep-alive
    fn keep(&mut self, warm: f64) {
        if self.kept.is_nan() {
            // When the run begins, the environments for its demand are there.
            self.kept = warm;
            return;
        }
        let there = self.minutes.iter().fold(self.kept, |most, &m| most.max(m));
        self.missing += (warm - there).max(0.0);
        self.kept = self.kept.max(warm);
    }

    /// Ends the minute and begins the next. Returns the minute's requests.
    pub(crate) fn end_minute(&mut self) -> ServedRequests {
        self.minutes.push_back(self.kept.max(0.0));
        self.minutes.pop_front();
        self.kept = 0.0;
        core::mem::take(&mut self.minute).rounded()
    }

    /// Returns what requests cost beside provisioned concurrency, US dollars.
    // rule: serverless.cost
    pub(crate) fn usd(&self, served: &ServedRequests) -> f64 {
        served.provisioned * self.plan.provisioned_usd_per_request
            + served.on_demand * self.plan.usd_per_request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: plan::OnDemand = plan::OnDemand {
        max_concurrency: 200,
        setup_s: 5.0,
        keep_s: 300.0,
        usd_per_request: 0.0,
        provisioned_usd_per_request: 0.0,
    };

    #[test]
    fn no_more_start_cold_than_come() {
        // From nothing to 100 requests at once, of 4 s each: 25 a second come, and the first of them all start cold.
        let mut on_demand = OnDemand::boxed(PLAN, 0.25, 2.0);
        let mut flow = Flow::default();
        on_demand.advance(0.0, 0.0, 60.0, &mut flow);
        on_demand.end_minute();
        let mut cold_starts = 0.0;
        for second in 1..=10 {
            on_demand.advance(25.0, 25.0, 1.0, &mut flow);
            let now = on_demand.minute.cold_starts;
            assert!(
                (0.0..=25.0 + 1e-9).contains(&(now - cold_starts)),
                "{second}: {now}"
            );
            cold_starts = now;
        }
        assert!(
            cold_starts > 100.0 && cold_starts < 150.0,
            "as many as environments: {cold_starts}"
        );
        // A cold start is late here, and a wait of its own; all others are free.
        assert_eq!(flow.late, cold_starts);
        assert!((flow.wait_s - 5.0 * cold_starts).abs() < 1e-6);
        assert!((flow.free + cold_starts - flow.served).abs() < 1e-6);
        let waited: f64 = flow.waits.iter().map(|waits| waits.requests).sum();
        assert!((waited - cold_starts).abs() < 1e-6);
    }

    #[test]
    fn where_nothing_starts_cold_every_request_is_free() {
        let mut on_demand = OnDemand::boxed(PLAN, 0.25, 2.0);
        let mut flow = Flow::default();
        on_demand.set_provisioned(20);
        on_demand.advance(0.01, 0.01, 60.0, &mut flow);
        assert_eq!(flow.free, flow.served);
        assert!((flow.undivided - 0.6).abs() < 1e-9);
    }
}
