//! What an incident is, and what its cause can be.

use crate::run::{LaunchFailureReason, NotScaledReason};

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
    /// What it has become once its cause was over, where clients try again.
    pub storm: Option<RetryStorm>,
}

/// A retry storm: attempts keep instances busy that would serve all requests if nobody tried again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryStorm {
    /// When what overloaded the instances was over, seconds from the start of the run.
    pub cause_over_s: f64,
    /// Seconds from then to the end of the incident.
    pub lasts_s: f64,
    /// Attempts for each request meanwhile.
    pub attempts_per_request: f64,
    /// Whether it goes on at the end of the run.
    pub goes_on: bool,
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
    /// An instance was slow without failing, so no health check had it replaced.
    SlowInstance {
        /// From when on, seconds from the start of the run.
        at_s: f64,
        /// How many times as long as usual requests took at it.
        times: f64,
        /// Instances in service then, this one included.
        of: u32,
    },
    /// The metrics that policies look at were missing: alarms had no data.
    MissingMetric {
        /// From when to when, seconds from the start of the run.
        from_s: f64,
        /// The end.
        until_s: f64,
        /// When capacity was scaled out at last; `None`: the incident was over before.
        scaled_out_s: Option<f64>,
    },
    /// AWS refused to launch instances.
    LaunchesRefused {
        /// Why, as it was first refused.
        reason: LaunchFailureReason,
        /// How many instances at first.
        instances: u32,
        /// How many attempts failed, of `of`.
        failed: u32,
        /// Attempts to launch.
        of: u32,
        /// Until when AWS had too few; `None`: it was for another reason.
        until_s: Option<f64>,
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
