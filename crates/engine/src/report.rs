//! Key figures of a run, all derived from a [`Plan`] and its [`Run`]. What the figures mean is explained in other crates.

mod minutes;

use crate::{
    baseline, cost, incident,
    plan::Plan,
    run::{CreditSums, NotScaledReason, Run},
    runner::{self, AtOnce, Runner},
};
use minutes::Minutes;
pub(crate) use minutes::Needed;

/// The key figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Requests that arrived.
    pub requests: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Requests served after waiting longer than the objective allows, wherever they waited.
    pub late: f64,
    /// Requests that still wait at the end.
    pub waiting: f64,
    /// Served in any time, as a share of those that arrived (1.0 where none arrived).
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

/// How a run compares with the person's objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No request failed and none was late.
    Holds,
    /// Some failed or were late, but no more than the objective allows.
    WithinObjective,
    /// The objective is missed.
    Short,
}

/// The minute with the highest p95.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorstMinute {
    /// Its start, seconds from the start of the run.
    pub at_s: f64,
    /// Its p95, milliseconds.
    pub p95_ms: f64,
}

/// Elasticity measures of the SPEC Research Group ("Ready for Rain?", Herbst et al., 2016): supply `s` is
/// instances in service, demand `d` the fewest instances that can serve the arrivals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elasticity {
    /// θ_U: mean of max(d − s, 0) / d, percent.
    pub under_accuracy_pct: f64,
    /// θ_O: mean of max(s − d, 0) / d, percent.
    pub over_accuracy_pct: f64,
    /// τ_U: share of time with s < d, percent.
    pub under_time_pct: f64,
    /// τ_O: share of time with s > d, percent.
    pub over_time_pct: f64,
    /// υ: share of time in which supply and demand do not move the same way, percent.
    pub instability_pct: f64,
}

/// What serving the same demand in another way takes, for comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// Most instances it needs.
    pub instances: u32,
    /// Mean instances over time.
    pub mean_instances: f64,
    /// Cost over the run, US dollars.
    pub cost_usd: f64,
    /// Per month of 730 hours.
    pub usd_per_month: f64,
    /// Per million requests.
    pub usd_per_million: Option<f64>,
}

/// A stretch of distress, and its cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// First period in which requests failed or too many were late: its start, seconds from the start of the run.
    pub start_s: f64,
    /// End of the last such period.
    pub end_s: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Requests that were late.
    pub late: f64,
    /// Longest wait, seconds.
    pub worst_wait_s: f64,
    /// When demand first exceeded capacity in service in the run-up to it; its start if it never did.
    pub overload_s: f64,
    /// Most requests that waited since then in the queue of an asynchronous endpoint.
    pub backlog: Option<f64>,
    /// Demand one detection-plus-launch time before its highest point, and that highest point: "rose fourfold in 6 minutes".
    pub rise: Rise,
    /// What kept capacity back.
    pub bottleneck: Bottleneck,
    /// Why nothing scaled out, where nothing did: with `NoScaleOut`, and with `FromZero` where nothing asked for a copy.
    pub unanswered: Option<Unanswered>,
}

/// Why nothing scaled out. `policy` is the policy's index in the scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unanswered {
    /// No policy adds capacity by a metric.
    NoPolicy,
    /// The metric had no datapoint: it is not published, or nothing was in service to publish it.
    NoData {
        /// The policy.
        policy: usize,
    },
    /// The metric never breached the threshold.
    NotReached {
        /// The policy.
        policy: usize,
        /// The datapoint closest to breaching: the highest, or the lowest where the alarm fires below its threshold. `None` where
        /// a run does not keep it.
        closest: Option<f64>,
        /// The threshold: of target tracking its target.
        threshold: f64,
        /// Whether it cannot breach even at the load test's maximum, however many requests come.
        never: bool,
    },
    /// Too few datapoints breached in a row while it lasted.
    TooFewDatapoints {
        /// The policy.
        policy: usize,
        /// Most datapoints that breached, of `of` in a row.
        breaching: u32,
        /// Datapoints that must breach.
        needed: u32,
        /// Datapoints that the alarm evaluates.
        of: u32,
        /// Its period, seconds.
        period_s: u32,
    },
    /// DynamicScalingOutSuspended.
    Suspended,
    /// The policy asked for more capacity, and was refused.
    Refused {
        /// The policy.
        policy: usize,
        /// The most frequent reason.
        reason: NotScaledReason,
    },
    /// The metric breached, but the incident was over before an alarm fired.
    TooShort {
        /// The policy.
        policy: usize,
    },
}

/// How demand rose before and during an incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rise {
    /// Rate at the start of the rise, requests per second.
    pub from_rps: f64,
    /// Highest rate, requests per second.
    pub to_rps: f64,
    /// Seconds from one to the other.
    pub over_s: f64,
}

/// Why capacity was not there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bottleneck {
    /// The fleet was at MaxCapacity, which is less than demand, or working off the backlog in time, needed.
    MaxCapacity {
        /// MaxCapacity in force.
        max: u32,
        /// Instances that would have served the highest demand, or worked off the backlog in time if those are fewer.
        needed: u32,
    },
    /// MaxInstanceCount left no room for the copies that demand needed.
    MaxInstances {
        /// MaxInstanceCount.
        max: u32,
        /// Copies that there is room for.
        room: u32,
        /// Copies that would have served the highest demand.
        needed: u32,
    },
    /// No copy of an inference component was in service.
    FromZero {
        /// Seconds from the first request to the decision to start one; `None`: there was no decision.
        detection_s: Option<f64>,
        /// Seconds from the decision to the last of its copies in service.
        launch_s: f64,
    },
    /// A scale-out came too late.
    TooLate {
        /// Seconds from the metric rising above the target to the decision.
        detection_s: f64,
        /// Seconds from the decision to the last of its instances in service.
        launch_s: f64,
    },
    /// No scale-out was decided before it ended.
    NoScaleOut,
    /// A serverless endpoint was at MaxConcurrency.
    MaxConcurrency {
        /// MaxConcurrency.
        max: u32,
        /// MaxConcurrency that would have kept throttled requests within the objective.
        needed: u32,
    },
    /// A serverless endpoint without provisioned concurrency had to start environments.
    ColdStarts {
        /// How long a request waits for one, seconds.
        setup_s: f64,
    },
    /// Instances had used up their CPU credits and were throttled to their baseline.
    CpuCredits {
        /// When the first one was throttled, seconds from the start of the run.
        at_s: f64,
        /// Their speed from then on, as a share of the load test's.
        speed: f64,
        /// What target tracking saw of them, where the first policy follows CPUUtilization.
        seen: Option<MetricWhileThrottled>,
    },
    /// Instances had failed.
    InstancesLost {
        /// When, seconds from the start of the run.
        at_s: f64,
        /// How many failed, of `of` in service.
        instances: u32,
        /// Instances in service before.
        of: u32,
        /// Whether a whole Availability Zone failed.
        is_zone: bool,
        /// Seconds from the failure to the decision to replace them; `None`: no health check noticed it.
        detection_s: Option<f64>,
        /// Seconds from that decision to the last replacement in service.
        launch_s: f64,
    },
    /// Instances were replaced again and again because they took longer to answer than the grace period allows.
    StartsTooLong {
        /// The longest launch, seconds.
        launch_s: f64,
        /// Seconds that an instance is given from its launch.
        within_s: f64,
        /// Instances that were replaced so.
        instances: u32,
    },
    /// A scale-in had removed capacity that was needed shortly after.
    ScaledInTooFar {
        /// When that scale-in was decided.
        at_s: f64,
    },
}

/// What target tracking sees of throttled instances, in its metric's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricWhileThrottled {
    /// The highest value of the metric.
    pub metric: f64,
    /// TargetValue.
    pub target: f64,
    /// Whether capacity was scaled in while instances were throttled, because they looked idle.
    pub scaled_in: bool,
}

impl Report {
    /// Derives the key figures of `run`, which must come from `plan`.
    #[must_use]
    pub fn new(plan: &Plan, run: &Run) -> Self {
        runner::at_once(Self::with(plan, run, &mut AtOnce))
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
                ((totals.served - totals.on_demand) / could_serve).min(1.0)
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
            on_demand: plan.overflow.on_demand().map(|_| OnDemand {
                provisioned: totals.served - totals.on_demand,
                on_demand: totals.on_demand,
                cold_starts: totals.cold_starts,
                provisioned_usd: totals.cost_usd - totals.requests_usd,
                requests_usd: totals.requests_usd,
            }),
            credits: run.credits.as_ref().map(CreditFigures::of),
        }
    }
}

/// Returns the share of requests that did not fail.
pub(crate) fn availability(run: &Run) -> f64 {
    let totals = &run.totals;
    if totals.requests > 0.0 {
        (1.0 - totals.failed / totals.requests).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

/// Returns how a run compares with the objective: the share of requests that failed or were late against the share allowed.
pub(crate) fn standing(plan: &Plan, run: &Run) -> Standing {
    let noticed = run.totals.failed + run.totals.late;
    // By chance alone, some fail or wait in a period that is no distress.
    if run.distress.is_empty() && noticed < 1.0 {
        Standing::Holds
    } else if noticed <= (1.0 - plan.objective.availability) * run.totals.requests * (1.0 + 1e-9) {
        Standing::WithinObjective
    } else {
        Standing::Short
    }
}

/// Returns the instances of a fleet that never changes: enough for the highest minute at the load test's safety factor.
pub(crate) fn fixed_fleet(plan: &Plan, peak_rps: f64) -> u32 {
    let safe_rps = plan.service.max_rps * plan.service.safety_factor;
    ((peak_rps / safe_rps - 1e-9).ceil() as u32).max(plan.scalable_target.min)
}

/// Returns the fewest instances that serve a rate, at least one.
pub(crate) fn needed(rps: f64, plan: &Plan) -> u32 {
    ((rps / plan.service.max_rps - 1e-9).ceil() as u32).max(1)
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
