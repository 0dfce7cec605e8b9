//! Key figures of a run, all derived from a [`Plan`] and its [`Run`]. What the figures mean is explained in other crates.

mod at_once;

use crate::{
    baseline, cost, incident,
    minutes::Minutes,
    objective::{availability, standing},
    plan::Plan,
    run::{CreditSums, Retried, Run},
    runner::Runner,
};
use at_once::{AtOnce, at_once};

pub use crate::{
    baseline::Baseline,
    elasticity::Elasticity,
    incident::{Bottleneck, Incident, MetricWhileThrottled, RetryStorm, Rise, Unanswered},
    objective::Standing,
};

/// The key figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Requests that arrived.
    pub requests: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Requests served after waiting longer than the objective allows, wherever they waited.
    pub late: f64,
    /// Requests that still wait at the end, or for another attempt.
    pub waiting: f64,
    /// The share of requests that neither failed nor were late, as the objective counts them (1.0 where none arrived).
    pub availability: f64,
    /// Mean latency, milliseconds.
    pub mean_ms: f64,
    /// Median latency.
    pub p50_ms: f64,
    /// 95th percentile.
    pub p95_ms: f64,
    /// 99th percentile.
    pub p99_ms: f64,
    /// The minute with the highest p95.
    pub worst_minute: WorstMinute,
    /// Most requests per second that arrived (mean over one period).
    pub peak_demand_rps: f64,
    /// Fewest instances in service.
    pub fewest_instances: u32,
    /// Most instances in service.
    pub most_instances: u32,
    /// Mean instances in service over time.
    pub mean_instances: f64,
    /// Requests served as a share of what the instances in service could have served.
    pub utilisation: f64,
    /// Elasticity measures.
    pub elasticity: Elasticity,
    /// Cost of the run, US dollars.
    pub cost_usd: f64,
    /// The same per month of 730 hours.
    pub usd_per_month: f64,
    /// Per million requests that arrived; `None` where none did.
    pub usd_per_million: Option<f64>,
    /// A fleet that never changes, simulated in what it costs: sized for the peak with the same safety factor; of an asynchronous
    /// endpoint, whose work may wait, the fewest instances with which the objective holds.
    pub fixed_fleet: Baseline,
    /// Perfect foresight, which costs no more than a run that keeps the objective: in each minute the fewest instances that serve
    /// its demand, at least one unless there may be none; of a serverless endpoint what is cheapest, on demand or provisioned; of
    /// an asynchronous one as much time as its requests take. CPU credits included.
    pub foresight: Baseline,
    /// Contiguous stretches in which requests failed, or more were late than the objective allows, worst (most failed + late) first,
    /// at most 20.
    pub incidents: Vec<Incident>,
    /// How the run compares with the objective.
    pub standing: Standing,
    /// What served the requests of a serverless endpoint; `None` on other platforms.
    pub on_demand: Option<OnDemand>,
    /// What became of CPU credits; `None` where instances have none.
    pub credits: Option<CreditFigures>,
    /// What clients that try again made of it; `None` where none does.
    pub retries: Option<RetryFigures>,
}

/// What clients that try again made of a run. Everything else in a report counts requests, each once, however often it is tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryFigures {
    /// Attempts that came, the first of each request included: what CloudWatch counts as invocations.
    pub attempts: f64,
    /// Attempts that came again.
    pub retries: f64,
    /// Attempts for each request; 1 where no request came.
    pub attempts_per_request: f64,
    /// Attempts that were served though their client no longer waited.
    pub wasted: f64,
}

impl RetryFigures {
    fn of(retried: &Retried) -> Self {
        let sums = &retried.sums;
        let each = match sums.requests > 0.0 {
            true => sums.attempts / sums.requests,
            false => 1.0,
        };
        Self {
            attempts: sums.attempts,
            retries: (sums.attempts - sums.requests).max(0.0),
            attempts_per_request: each,
            wasted: sums.wasted,
        }
    }
}

/// What became of CPU credits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditFigures {
    /// When an instance was first throttled, seconds from the start of the run; `None`: never.
    pub used_up_s: Option<f64>,
    /// Seconds in which at least one instance was throttled.
    pub throttled_s: f64,
    /// Instance-seconds throttled.
    pub throttled_instance_s: f64,
    /// What surplus credits cost, US dollars: charged, or outstanding at the end.
    pub surplus_usd: f64,
    /// The part that is outstanding at the end. It is reduced if instances then earn more than they spend.
    pub outstanding_usd: f64,
}

impl CreditFigures {
    fn of(sums: &CreditSums) -> Self {
        let lengths = sums.throttled.iter().map(|it| it.until_s - it.from_s);
        // From +0 on: the sum of nothing is −0.
        let throttled_s = lengths.fold(0.0, |sum, length_s| sum + length_s);
        Self {
            used_up_s: sums.throttled.first().map(|it| it.from_s),
            throttled_s,
            throttled_instance_s: sums.throttled_instance_s,
            surplus_usd: sums.charged_usd + sums.outstanding_usd,
            outstanding_usd: sums.outstanding_usd,
        }
    }
}

/// What served the requests of a serverless endpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnDemand {
    /// Requests that provisioned concurrency served.
    pub provisioned: f64,
    /// Requests that were served on demand.
    pub on_demand: f64,
    /// Requests on demand that waited for their environment to start.
    pub cold_starts: f64,
    /// What provisioned concurrency cost, US dollars.
    pub provisioned_usd: f64,
    /// What requests cost, US dollars.
    pub requests_usd: f64,
}

/// The minute with the highest p95.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorstMinute {
    /// Its start, seconds from the start of the run.
    pub at_s: f64,
    /// Its p95, milliseconds.
    pub p95_ms: f64,
}

impl Report {
    /// Whether not one request came: then nothing is known of how any is served.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.requests < 0.5
    }

    /// Derives the key figures of `run`, which must come from `plan`.
    #[must_use]
    pub fn new(plan: &Plan, run: &Run) -> Self {
        at_once(Self::with(plan, run, &mut AtOnce))
    }

    /// Derives the same. `runner` does the runs that it is compared with.
    pub async fn with(plan: &Plan, run: &Run, runner: &mut impl Runner) -> Self {
        let totals = &run.totals;
        let length_s = run.series.demand_rps.len() as f64 * f64::from(run.period_s);
        let requests = totals.requests;
        let minutes = Minutes::of(plan, run);
        let fixed_fleet = baseline::fixed(plan, run, minutes.peak_rps, runner).await;
        let in_service = run.fleet.iter().map(|change| change.in_service);
        let could_serve = totals.in_service_s * plan.service.max_rps;
        Self {
            requests,
            failed: totals.failed,
            late: totals.late,
            waiting: totals.queued_at_end,
            availability: availability(run),
            mean_ms: totals.mean_ms,
            p50_ms: totals.p50_ms,
            p95_ms: totals.p95_ms,
            p99_ms: totals.p99_ms,
            worst_minute: worst_minute(run),
            peak_demand_rps: minutes.peak_rps,
            fewest_instances: in_service.clone().min().unwrap_or(0),
            most_instances: in_service.max().unwrap_or(0),
            mean_instances: if length_s > 0.0 {
                totals.in_service_s / length_s
            } else {
                0.0
            },
            utilisation: if could_serve > 0.0 {
                // What nobody waits for any more is work, too.
                let wasted = run.retried.as_ref().map_or(0.0, |it| it.sums.wasted);
                ((totals.served + wasted - totals.on_demand) / could_serve).min(1.0)
            } else {
                0.0
            },
            elasticity: minutes.elasticity,
            cost_usd: totals.cost_usd,
            usd_per_month: cost::per_month(totals.cost_usd, length_s),
            usd_per_million: cost::per_million(totals.cost_usd, requests),
            foresight: baseline::foresight(plan, run, &minutes.needed, fixed_fleet.instances),
            fixed_fleet,
            incidents: incident::all(plan, run),
            standing: standing(plan, run),
            on_demand: plan.resource.on_demand().map(|_| OnDemand {
                provisioned: totals.served - totals.on_demand,
                on_demand: totals.on_demand,
                cold_starts: totals.cold_starts,
                provisioned_usd: totals.cost_usd - totals.requests_usd,
                requests_usd: totals.requests_usd,
            }),
            credits: run.credits.as_ref().map(CreditFigures::of),
            retries: run.retried.as_ref().map(RetryFigures::of),
        }
    }
}

fn worst_minute(run: &Run) -> WorstMinute {
    let mut worst = WorstMinute {
        at_s: 0.0,
        p95_ms: 0.0,
    };
    for (period, &p95_ms) in run.series.p95_ms.iter().enumerate() {
        if f64::from(p95_ms) > worst.p95_ms {
            worst = WorstMinute {
                at_s: period as f64 * f64::from(run.period_s),
                p95_ms: f64::from(p95_ms),
            };
        }
    }
    worst
}
