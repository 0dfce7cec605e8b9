//! Key figures of a run: what a person reads before any chart. Everything is derived from a [`Plan`] and its [`Run`].

use crate::{plan::Plan, run::Run};

/// The key figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Requests that arrived.
    pub requests: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Requests served too late.
    pub late: f64,
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
    /// A fixed fleet sized for the peak with the same safety factor.
    pub fixed_fleet: Baseline,
    /// Perfect foresight: in each minute the fewest instances that serve its demand, at least one.
    pub foresight: Baseline,
    /// Contiguous stretches in which requests failed or were late, worst (most failed + late) first, at most 20.
    pub incidents: Vec<Incident>,
    /// How the run compares with the objective.
    pub standing: Standing,
}

/// How a run compares with the person's objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No request failed and none was late.
    Holds,
    /// Some did, but within the objective.
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

/// Another way to run the same demand, for comparison.
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

/// A stretch in which users noticed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// First period with failed or late requests: its start, seconds from the start of the run.
    pub start_s: f64,
    /// End of the last such period.
    pub end_s: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Requests that were late.
    pub late: f64,
    /// Longest wait in the queue, seconds.
    pub worst_wait_s: f64,
    /// When demand first exceeded capacity in service in the run-up to it.
    pub overload_s: f64,
    /// Demand one detection-plus-launch time before its highest point, and that highest point: "rose fourfold in 6 minutes".
    pub rise: Rise,
    /// What kept capacity back.
    pub bottleneck: Bottleneck,
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
    /// The fleet was at MaxCapacity, and that is less than demand needed.
    MaxCapacity {
        /// MaxCapacity in force.
        max: u32,
        /// Instances that would have served the highest demand.
        needed: u32,
    },
    /// Scaling out came, but too late.
    TooLate {
        /// From demand exceeding the target's share of capacity (metric above target) to the decision.
        detection_s: f64,
        /// From the decision to the last of its instances in service.
        launch_s: f64,
    },
    /// No scale-out was decided before it ended.
    NoScaleOut,
    /// A scale-in had removed capacity that was needed shortly after.
    ScaledInTooFar {
        /// When that scale-in was decided.
        at_s: f64,
    },
}

impl Report {
    /// Derives the key figures of `run`, which must come from `plan`.
    #[must_use]
    pub fn new(plan: &Plan, run: &Run) -> Self {
        todo!("{} {}", plan.length_s, run.period_s)
    }
}
