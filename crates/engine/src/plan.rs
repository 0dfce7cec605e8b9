//! The plan: what the engine runs, a whole experiment as numbers, already validated.
//!
//! Seconds count from the start of the run; wall clocks, time zones and names stay with the caller. Nothing here is checked:
//! `scenario::compile` finds and explains a wrong value.

mod capacity;
mod credits;
mod failures;
mod group;
mod hosts;
mod missing_metric;
mod on_demand;
mod policy;
mod predictive;
mod resource;
mod retries;
mod slow;

use crate::demand::Timeline;

pub use capacity::{LaunchCapacity, Shortage};
pub use credits::{CpuCredits, CreditMode};
pub use failures::{Failing, Failure, Health};
pub use group::{AutoScalingGroup, WarmPool, WarmUp};
pub use hosts::{Consolidation, Hosts, Placement};
pub use missing_metric::MissingMetric;
pub use on_demand::{MAX_CONCURRENCY, OnDemand};
pub use policy::{
    AdjustmentType, Comparison, EndpointMetric, Metric, MetricAlarm, Statistic, StepAdjustment,
    StepScaling, TargetTracking,
};
pub(crate) use predictive::MAX_FORECAST_INSTANCES;
pub use predictive::{Predictive, PredictiveScaling};
pub use resource::{InstanceSpeed, Instances, ScalableResource};
pub use retries::{Backoff, ClientRetries, Jitter, MAX_ATTEMPTS, MAX_BACKOFF_S};
pub use slow::SlowInstance;

/// One experiment. Any `Plan` whose fields keep the ranges named below can be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Length of the run in seconds: a whole number of metric periods, one hour to 366 days.
    pub length_s: u32,
    /// Seed of everything drawn at random (launch times).
    pub seed: u64,
    /// Requests per second that arrive, over the whole run.
    pub demand: Timeline,
    /// What scales, and what only that has. Elsewhere in a plan each of it is an instance, whatever it is.
    pub resource: ScalableResource,
    /// What one instance can do, and what happens to requests that it cannot serve at once.
    pub service: Service,
    /// How instances come and go.
    pub fleet: Fleet,
    /// The bounds of desired capacity at the start (Application Auto Scaling's scalable target).
    pub scalable_target: ScalableTarget,
    /// The target-tracking policies, in the order the person gave them.
    pub target_tracking: Vec<TargetTracking>,
    /// The step and simple scaling policies, in the order the person gave them.
    pub step_scaling: Vec<StepScaling>,
    /// Changes of the bounds by the clock, in order of time.
    pub scheduled_actions: Vec<ScheduledAction>,
    /// A time in which no metric that policies look at has datapoints. History that forecasts are made of is not concerned.
    pub missing_metric: Option<MissingMetric>,
    /// Scaling activities that are suspended, for the whole run.
    pub suspended: SuspendedState,
    /// Price of one instance.
    pub usd_per_hour: f64,
    /// What the person demands of availability and waiting.
    pub objective: Objective,
    /// What AWS does not publish, each with the default that `docs/model.md` argues for.
    pub assumptions: Assumptions,
}

impl Plan {
    /// Returns whether a policy looks at more than arrivals: at a utilisation, or at a queue.
    pub(crate) fn looks_beyond_arrivals(&self) -> bool {
        use Metric::{ConcurrentRequests, InvocationsPerInstance};
        let of_arrivals =
            |metric| matches!(metric, InvocationsPerInstance | ConcurrentRequests { .. });
        !self.metrics().all(of_arrivals)
    }

    /// Returns the metrics that policies look at.
    pub(crate) fn metrics(&self) -> impl Iterator<Item = Metric> {
        let tracked = self.target_tracking.iter().map(|policy| policy.metric);
        let stepped = self.step_scaling.iter().map(|policy| policy.alarm.metric);
        tracked.chain(stepped)
    }

    /// Returns whether there may be a time without instances in service, in which no metric is published.
    // rule: health.nothing-in-service
    pub(crate) fn may_report_nothing(&self) -> bool {
        let is_group = self.resource.group().is_some();
        self.resource.health().is_some() || (is_group && self.may_have_none())
    }

    /// Returns whether MinCapacity is 0 at some time.
    pub(crate) fn may_have_none(&self) -> bool {
        let mut mins = self.scheduled_actions.iter().map(|action| action.min);
        self.scalable_target.min == 0 || mins.any(|min| min == Some(0))
    }

    /// Returns the most of what scales that the account may run from the start on.
    pub(crate) fn most_at_start(&self) -> u32 {
        let quota = self.fleet.capacity.and_then(|capacity| capacity.quota);
        let of_copies = |quota: u32| match self.resource.hosts() {
            Some(hosts) => quota.saturating_mul(hosts.copies_per_instance),
            None => quota,
        };
        let quota = quota.filter(|_| self.resource.launches_instances());
        quota.map_or(u32::MAX, of_copies)
    }

    /// Returns the fewest instances for a capacity: copies of an inference component share instances.
    #[must_use]
    pub fn instances_for(&self, capacity: u32) -> u32 {
        let hosts = self.resource.hosts();
        hosts.map_or(capacity, |hosts| hosts.instances_for(capacity))
    }

    /// Returns the fewest instances that serve a rate, at least one.
    pub(crate) fn fewest_instances(&self, rps: f64) -> u32 {
        ((rps / self.service.max_rps - 1e-9).ceil() as u32).max(1)
    }

    /// Returns the instances of a fleet that never changes: enough for the highest minute at the load test's safety factor.
    pub(crate) fn instances_for_peak(&self, peak_rps: f64) -> u32 {
        let safe_rps = self.service.max_rps * self.service.safety_factor;
        ((peak_rps / safe_rps - 1e-9).ceil() as u32).max(self.scalable_target.min)
    }

    /// Returns the index in the scenario and the metric of the first policy: of target tracking if there is one.
    #[must_use]
    pub fn first_policy(&self) -> Option<(usize, Metric)> {
        let tracked = self.target_tracking.first();
        let tracked = tracked.map(|policy| (policy.index, policy.metric));
        let stepped = self.step_scaling.first();
        tracked.or(stepped.map(|policy| (policy.index, policy.alarm.metric)))
    }

    /// Returns the metric of the first policy; InvocationsPerInstance without a policy.
    #[must_use]
    pub fn first_metric(&self) -> Metric {
        self.first_policy()
            .map_or(Metric::InvocationsPerInstance, |(_, metric)| metric)
    }
}

/// One instance's speed and patience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// Requests per second that one instance sustained in a load test (> 0).
    pub max_rps: f64,
    /// The load test's safety factor, 0 < f ≤ 1. Used for baselines (a fixed fleet for the peak), never by the queue.
    pub safety_factor: f64,
    /// Median latency of a request on an idle instance, milliseconds (> 0).
    pub p50_ms: f64,
    /// 95th percentile of the same (≥ `p50_ms`).
    pub p95_ms: f64,
    /// A request that would wait longer than this fails (SageMaker's container must answer in 60 s).
    pub timeout_s: f64,
    /// Requests that may wait per instance in service; `None`: only the timeout bounds the queue.
    pub queue_limit_per_instance: Option<f64>,
}

/// How long instances take to come and go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fleet {
    /// Instances in service when the run starts; clamped into the bounds of the scalable target.
    pub initial: u32,
    /// Seconds from the decision to in service.
    pub launch: Launch,
    /// Seconds from the decision to the end of an instance; it serves and costs meanwhile.
    pub removal_s: f64,
    /// What launches may run into; `None`: there is always enough capacity. Provisioned concurrency needs none of it.
    pub capacity: Option<LaunchCapacity>,
}

/// Launch time of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Launch {
    /// Always this many seconds.
    Fixed(f64),
    /// Each instance draws its own, uniformly between the two.
    Range {
        /// Shortest, seconds.
        from_s: f64,
        /// Longest, seconds.
        to_s: f64,
    },
}

/// Bounds of desired capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalableTarget {
    /// MinCapacity (≥ 1 of `ScalableResource::VariantInstances`).
    pub min: u32,
    /// MaxCapacity (≥ `min`).
    pub max: u32,
}

/// Scaling activities that are suspended (SuspendedState). None is made up for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SuspendedState {
    /// DynamicScalingInSuspended: policies remove nothing.
    pub scale_in: bool,
    /// DynamicScalingOutSuspended: policies add nothing.
    pub scale_out: bool,
    /// ScheduledScalingSuspended: scheduled actions do nothing.
    pub scheduled: bool,
}

/// A scheduled action's effect at one moment; a recurring action appears once per firing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduledAction {
    /// When it fires, seconds from the start of the run.
    pub at_s: f64,
    /// Which action of the scenario it is, for the log.
    pub index: usize,
    /// New MinCapacity, if it sets one.
    pub min: Option<u32>,
    /// New MaxCapacity, if it sets one.
    pub max: Option<u32>,
    /// New desired capacity, if it sets one (EC2 Auto Scaling).
    pub desired: Option<u32>,
}

/// What counts as keeping the objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// Share of requests that must be served in time, 0..=1 (0.999).
    pub availability: f64,
    /// A served request that waited longer than this is late, seconds: in the queue and at its instance together.
    pub late_s: f64,
}

/// How a missing datapoint is treated by an alarm (CloudWatch's TreatMissingData).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreatMissingData {
    /// `missing`
    Missing,
    /// `ignore`
    Ignore,
    /// `breaching`
    Breaching,
    /// `notBreaching`
    NotBreaching,
}

/// What AWS does not publish. Each default is argued in `docs/` and can be changed in the scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// Seconds after its period's end at which a datapoint becomes visible to alarms.
    pub metric_delay_s: f64,
    /// Datapoints that must breach before the high alarm fires, out of the same number (AlarmHigh 3 of 3); 1 to 126.
    pub alarm_high_datapoints: u32,
    /// Datapoints that must breach before the low alarm fires, out of the same number (AlarmLow 15 of 15); 1 to 126.
    pub alarm_low_datapoints: u32,
    /// AlarmLow's threshold as a share of the target (0.9).
    pub alarm_low_factor: f64,
    /// CloudWatch looks at this many more datapoints than it needs when some are missing (2).
    pub extra_evaluation_range: u32,
    /// TreatMissingData of both alarms (`missing`).
    pub treat_missing_data: TreatMissingData,
    /// Most instances that one scale-in removes; `None`: as many as the formula says.
    pub max_scale_in_step: Option<u32>,
    /// Whether an endpoint that is `Updating` refuses another change.
    pub updating_blocks: bool,
    /// Whether, once a scale-out cooldown is over, a datapoint whose period began before the scale-out was done is worked out
    /// from the new capacity; else such a datapoint goes by the capacity before, as in the cooldown.
    pub datapoints_from_before_act: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            metric_delay_s: 60.0,
            alarm_high_datapoints: 3,
            alarm_low_datapoints: 15,
            alarm_low_factor: 0.9,
            extra_evaluation_range: 2,
            treat_missing_data: TreatMissingData::Missing,
            max_scale_in_step: None,
            updating_blocks: true,
            datapoints_from_before_act: true,
        }
    }
}
