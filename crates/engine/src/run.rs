//! The run: one sample per metric period, every change of the fleet, every scaling activity, and totals.

use crate::{
    forecast::Forecast,
    latency::Latency,
    plan::{AdjustmentType, Failing, StepAdjustment},
};

/// Length of a metric period in seconds: SageMaker publishes `InvocationsPerInstance` by the minute.
pub const PERIOD_S: u32 = 60;

/// Length of a period of a high-resolution metric in seconds.
pub const TICK_S: u32 = 10;

/// Returns the period of a moment. A moment between two periods belongs to the one that ends with it.
#[inline]
pub(crate) fn period_of(at_s: f64) -> usize {
    ((at_s / f64::from(PERIOD_S)).ceil() - 1.0) as usize
}

/// The result of [`crate::run()`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Run {
    /// Length of one sample in seconds (60).
    pub period_s: u32,
    /// One value per period each.
    pub series: Series,
    /// Every moment at which the fleet or its bounds changed, in order, the first at 0 s.
    pub fleet: Vec<FleetChange>,
    /// Every scaling activity, and every alarm that led to none, in order of time.
    pub activities: Vec<Activity>,
    /// The periods in which requests failed, or more of them were late than the objective allows, in order of time.
    pub distress: Vec<Distress>,
    /// What each predictive scaling policy forecast, hour by hour.
    pub forecasts: Vec<Forecast>,
    /// What became of CPU credits; `None` where instances have none.
    pub credits: Option<CreditSums>,
    /// What failed, in order of time.
    pub losses: Vec<Loss>,
    /// What clients that try again make of it; `None` where nobody does.
    pub retried: Option<Retried>,
    /// Sums over the run.
    pub totals: Totals,
    /// The latency table, which another run of the same load test reuses.
    pub latency: Latency,
}

impl Run {
    /// Returns the forecast by which a policy scales, or else the first.
    #[must_use]
    pub fn forecast(&self) -> Option<&Forecast> {
        let scales = |forecast: &&Forecast| forecast.scales;
        self.forecasts
            .iter()
            .find(scales)
            .or(self.forecasts.first())
    }
}

/// Instances that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// When, seconds from the start.
    pub at_s: f64,
    /// Which failure of the scenario it was.
    pub index: usize,
    /// What failed.
    pub what: Failing,
    /// Instances in service that were lost, of `of`.
    pub instances: u32,
    /// Instances in service before.
    pub of: u32,
    /// Until when requests were still routed to them.
    pub unrouted_s: f64,
    /// When they are replaced, because a health check noticed the failure; infinity: never.
    pub noticed_s: f64,
}

/// Requests, and the attempts that their clients have made: `requests = served + given_up`, and those that wait;
/// `attempts = requests + retries`.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct RetrySums {
    /// Requests that came.
    pub requests: f64,
    /// Attempts that came, the first of each request included.
    pub attempts: f64,
    /// Requests that were answered while their client waited.
    pub served: f64,
    /// Requests whose clients have given up.
    pub given_up: f64,
    /// Attempts that were served though nobody waited for them any more.
    pub wasted: f64,
    /// Requests that were answered late, counted from when they first came.
    pub late: f64,
}

impl RetrySums {
    /// Adds other sums to these.
    pub(crate) fn add(&mut self, others: &Self) {
        self.requests += others.requests;
        self.attempts += others.attempts;
        self.served += others.served;
        self.given_up += others.given_up;
        self.wasted += others.wasted;
        self.late += others.late;
    }
}

/// What clients that try again make of a run.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Retried {
    /// Sums over the run.
    pub sums: RetrySums,
    /// Requests that wait at the end, in the queue or to be tried again.
    pub waiting: f64,
    /// Mean rate of attempts of each period, per second.
    pub attempts_rps: Vec<f32>,
}

/// Columns of equal length: the value of period `i` covers `[i × period_s, (i + 1) × period_s)`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Series {
    /// Mean demand, requests per second.
    pub demand_rps: Vec<f32>,
    /// Mean capacity in service, requests per second.
    pub capacity_rps: Vec<f32>,
    /// Desired capacity at the period's end.
    pub desired: Vec<u32>,
    /// Instances in service at the period's end.
    pub in_service: Vec<u32>,
    /// Instances pending (launching) at the period's end.
    pub pending: Vec<u32>,
    /// Mean rate of requests served, requests per second.
    pub served_rps: Vec<f32>,
    /// Mean rate of requests failed (timed out or refused by a full queue), requests per second.
    pub failed_rps: Vec<f32>,
    /// Requests waiting in the queue at the period's end.
    pub queue: Vec<f32>,
    /// Mean latency of the requests that came in the period and were accepted, milliseconds; this and the three
    /// percentiles are 0 where there were none.
    pub mean_ms: Vec<f32>,
    /// Median latency, milliseconds.
    pub p50_ms: Vec<f32>,
    /// 95th percentile, milliseconds.
    pub p95_ms: Vec<f32>,
    /// 99th percentile, milliseconds.
    pub p99_ms: Vec<f32>,
    /// InvocationsPerInstance: requests of the period, each divided by the instances in service when it came. NaN where it has no
    /// datapoint: nothing was in service, or the endpoint is asynchronous and does not publish it.
    pub invocations_per_instance: Vec<f32>,
    /// The metric of the first policy (of target tracking, if there is one); empty where that is `invocations_per_instance`.
    /// NaN where it has no datapoint.
    pub other_metric: Vec<f32>,
    /// Requests of the period that a serverless endpoint served on demand; empty on other platforms.
    pub on_demand: Vec<f32>,
    /// Requests on demand that waited for their environment to start; empty on other platforms.
    pub cold_starts: Vec<f32>,
    /// Instances that cost at the period's end, under the copies of an inference component: launching, in service, being
    /// released. Empty where instances are what scales.
    pub instances: Vec<u32>,
    /// CPUCreditBalance of an instance at the period's end, as a mean; empty where instances have none.
    pub credits: Vec<f32>,
    /// CPUSurplusCreditBalance of an instance at the period's end, as a mean; empty but in unlimited mode.
    pub surplus_credits: Vec<f32>,
    /// The alarms: of each target-tracking policy AlarmHigh and AlarmLow, then of each step scaling policy its own.
    pub alarms: Vec<AlarmColumn>,
    /// Cost of the run up to the period's end, US dollars.
    pub cost_usd: Vec<f32>,
}

/// An alarm's states.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmColumn {
    /// Index of its policy in the scenario.
    pub policy: usize,
    /// Which of the policy's alarms it is.
    pub role: AlarmRole,
    /// The state after the evaluation at each period's end.
    pub states: Vec<AlarmState>,
}

/// Which of a policy's alarms one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmRole {
    /// Target tracking's AlarmHigh.
    High,
    /// Target tracking's AlarmLow.
    Low,
    /// That of a step scaling policy.
    Own,
}

impl Series {
    /// The metric of the first policy.
    #[must_use]
    pub fn metric(&self) -> &[f32] {
        if self.other_metric.is_empty() {
            &self.invocations_per_instance
        } else {
            &self.other_metric
        }
    }

    /// Returns the states of the first alarm of that role; empty where there is none.
    #[must_use]
    pub fn alarm(&self, role: AlarmRole) -> &[AlarmState] {
        let mut alarms = self.alarms.iter();
        let found = alarms.find(|alarm| alarm.role == role);
        found.map_or(&[], |alarm| alarm.states.as_slice())
    }
}

/// A period in which requests failed, or more of them were late than the objective allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distress {
    /// Start of the period, seconds from the start of the run.
    pub start_s: f64,
    /// Requests that failed in it.
    pub failed: f64,
    /// Requests that came in it and were late.
    pub late: f64,
    /// Longest wait of a request that came in it, seconds: in the queue, or at random (the longest to expect of one of them).
    pub longest_wait_s: f64,
}

/// What became of the CPU credits of all instances together:
/// `given + earned + lent + charged + outstanding = spent + balance + lost`, to 1e-9 relative.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreditSums {
    /// Credits that instances came with: launch credits, or what they had at the start.
    pub given: f64,
    /// Credits earned.
    pub earned: f64,
    /// Credits spent.
    pub spent: f64,
    /// Credits lost: earned beyond the most that an instance keeps, or removed with it.
    pub lost: f64,
    /// Credits that instances of standard mode spent without having them, in the minute before they were throttled.
    pub lent: f64,
    /// Credits of the instances that are in service at the end.
    pub balance: f64,
    /// Surplus credits charged.
    pub charged: f64,
    /// Surplus credits neither charged nor paid down at the end.
    pub outstanding: f64,
    /// What surplus credits charged cost, US dollars.
    pub charged_usd: f64,
    /// What surplus credits outstanding at the end cost, unless instances then earn more than they spend, US dollars.
    pub outstanding_usd: f64,
    /// When at least one instance was throttled, in order of time.
    pub throttled: Vec<Throttled>,
    /// Instance-seconds throttled.
    pub throttled_instance_s: f64,
}

/// A stretch in which at least one instance had used up its CPU credits and was throttled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throttled {
    /// From, seconds from the start of the run.
    pub from_s: f64,
    /// Until.
    pub until_s: f64,
}

/// A CloudWatch alarm's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum AlarmState {
    /// `INSUFFICIENT_DATA`
    #[default]
    InsufficientData,
    /// `OK`
    Ok,
    /// `ALARM`
    Alarm,
}

/// The fleet from this moment on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FleetChange {
    /// Seconds from the start.
    pub at_s: f64,
    /// Desired capacity.
    pub desired: u32,
    /// Instances in service (those being removed included, until they are gone).
    pub in_service: u32,
    /// Instances launching.
    pub pending: u32,
    /// MinCapacity in force.
    pub min: u32,
    /// MaxCapacity in force.
    pub max: u32,
}

/// A scaling activity as Application Auto Scaling reports it, or an alarm that led to none.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// When it was decided, seconds from the start.
    pub start_s: f64,
    /// When its last instance was in service or gone; for an entry that changed nothing, when the same answer was last given.
    /// `None`: still in progress at the end of the run.
    pub end_s: Option<f64>,
    /// Desired capacity before.
    pub from: u32,
    /// Desired capacity after; equal to `from` where nothing changed.
    pub to: u32,
    /// What asked for it.
    pub cause: Cause,
    /// Its outcome.
    pub outcome: Outcome,
    /// How many evaluations in a row had this same answer (1 for an activity that changed something).
    pub evaluations: u32,
}

/// What asked for an activity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// A policy's alarm.
    Policy(Decision),
    /// A scheduled action, by its index in the scenario.
    Scheduled {
        /// Index of the action.
        action: usize,
        /// MinCapacity that it set.
        min: Option<u32>,
        /// MaxCapacity that it set.
        max: Option<u32>,
        /// Desired capacity that it set.
        desired: Option<u32>,
    },
    /// The forecast of a predictive scaling policy.
    Predictive(Prediction),
    /// Instances are replaced, or move to another Availability Zone; desired capacity stays.
    Replacement(Replacement),
}

/// Instances that others replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// How many instances; of an activity that goes on (`Activity::evaluations`) all that it has replaced.
    pub instances: u32,
    /// Why.
    pub reason: ReplacementReason,
}

/// Why instances are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplacementReason {
    /// Their status checks failed: they are gone.
    StatusCheck,
    /// The load balancer's health checks failed.
    LoadBalancer,
    /// The load balancer's health checks failed before they first answered: they take longer to start than the grace period
    /// allows.
    StillStarting,
    /// A zone is back, and instances are spread evenly again.
    ZoneBalance,
    /// AWS has refused to launch them before. They are tried again: there are fewer than desired.
    Refused,
}

/// What a predictive scaling policy acts on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Index of the policy in the scenario.
    pub policy: usize,
    /// Start of the hour, seconds from the start of the run.
    pub hour_s: f64,
    /// Mean demand expected in it, requests per second.
    pub rps: f64,
    /// Instances forecast for it, before any bound.
    pub capacity: u32,
    /// MaxCapacity afterwards (of a policy that only forecasts: as it would be).
    pub max: u32,
    /// MaxCapacity was lower before.
    pub raises_max: bool,
}

/// The numbers behind a policy's answer: enough to print its computation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// Index of the policy in the scenario.
    pub policy: usize,
    /// Which way it asks to scale.
    pub direction: Direction,
    /// Most recent visible datapoint.
    pub metric: f64,
    /// The alarm's threshold.
    pub threshold: f64,
    /// The rule that led to `wanted`.
    pub rule: Rule,
    /// Datapoints that breached, of `datapoints`.
    pub breaching: u32,
    /// Datapoints that the alarm evaluates.
    pub datapoints: u32,
    /// Capacity that the formula started from: the capacity before an activity that is in progress or cooling down.
    pub base: u32,
    /// What the rule makes of `base`, before any bound.
    pub wanted: u32,
    /// MinCapacity in force, or the capacity that a forecast holds.
    pub min: u32,
    /// Whether a forecast holds `min`, above MinCapacity.
    pub min_is_forecast: bool,
    /// MaxCapacity in force.
    pub max: u32,
    /// When the alarm went into ALARM, seconds from the start.
    pub alarm_since_s: f64,
}

/// How a policy gets from a metric to a capacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// `ceil(base × metric / target)`.
    TargetTracking {
        /// TargetValue.
        target: f64,
    },
    /// The adjustment of the step that the metric lies in; `None`: it lies in none.
    StepScaling(Option<Step>),
}

/// A step that a metric lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// AdjustmentType.
    pub adjustment_type: AdjustmentType,
    /// The step: bounds relative to the threshold, and ScalingAdjustment.
    pub step: StepAdjustment,
    /// Instances that it adds to or removes from `base`, rounded, and at least MinAdjustmentMagnitude.
    pub change: i32,
}

impl Step {
    /// Returns whether it is simple scaling's only adjustment: AWS accepts no step without both bounds.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        self.step.lower == f64::NEG_INFINITY && self.step.upper == f64::INFINITY
    }
}

/// Which way an alarm asks to scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More capacity.
    Out,
    /// Less capacity.
    In,
}

/// What became of an activity, with AWS's status codes and not-scaled reasons (DescribeScalingActivities).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Done: `Successful`.
    Successful,
    /// Not done when the run ended: `InProgress`.
    InProgress,
    /// A larger or later activity replaced it: `Overridden`.
    Overridden,
    /// Nothing changed, and why.
    NotScaled(NotScaledReason),
    /// `Failed`: launches were refused. An endpoint stays as it was; a group's desired capacity is `Activity::to` all the same.
    Failed(LaunchFailure),
}

/// Launches that AWS has refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaunchFailure {
    /// How many instances.
    pub instances: u32,
    /// Why.
    pub reason: LaunchFailureReason,
}

/// Why AWS refuses to launch instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaunchFailureReason {
    /// `InsufficientInstanceCapacity`: AWS has too few of the type.
    Shortage,
    /// `ResourceLimitExceeded` (SageMaker), `VcpuLimitExceeded` (EC2): more than the account may run.
    Quota {
        /// How many it may run.
        quota: u32,
        /// How many it runs.
        running: u32,
    },
}

/// Why an alarm or action changed nothing. The first five carry AWS's code; AWS reports no code for the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NotScaledReason {
    /// `AlreadyAtMaxCapacity`
    AlreadyAtMaxCapacity,
    /// `AlreadyAtMinCapacity`
    AlreadyAtMinCapacity,
    /// `AlreadyAtDesiredCapacity`
    AlreadyAtDesiredCapacity,
    /// `AutoScalingAnticipatedFlapping`: one instance fewer would push the metric over the target again.
    AutoScalingAnticipatedFlapping,
    /// `TargetServicePutResourceAsUnscalable`: the endpoint is `Updating`.
    TargetServicePutResourceAsUnscalable {
        /// When it is `InService` again, as far as the engine knows, seconds from the start.
        until_s: f64,
    },
    /// A scale-out cooldown runs, and no larger capacity is asked for.
    ScaleOutCooldown {
        /// End of the cooldown; `None` while the activity that starts it is still going.
        until_s: Option<f64>,
    },
    /// A scale-in cooldown runs.
    ScaleInCooldown {
        /// End of the cooldown; `None` while the activity that starts it is still going.
        until_s: Option<f64>,
    },
    /// EC2 Auto Scaling: instances launch or warm up. The answer does not exceed them, or would scale in meanwhile.
    InstancesWarmingUp {
        /// When the last has warmed up; `None` while some still launch.
        until_s: Option<f64>,
    },
    /// EC2 Auto Scaling: simple scaling waits for the last activity and its cooldown.
    SimpleScalingCooldown {
        /// End of the cooldown; `None` while the activity is still going.
        until_s: Option<f64>,
    },
    /// Another policy with scale-in enabled is not ready to scale in (target tracking scales in only when all agree).
    OtherPolicyNotReady {
        /// Index of that policy.
        policy: usize,
    },
    /// The metric lies in none of a step scaling policy's steps.
    NoMatchingStep,
    /// A scheduled action fails: its new minimum exceeds the maximum in force.
    MinAboveMax,
    /// DisableScaleIn is set.
    ScaleInDisabled,
    /// The scalable target's SuspendedState suspends this.
    Suspended,
    /// Predictive scaling has forecast more for this hour, or the next one: of all policies the largest capacity wins.
    HeldByForecast {
        /// Instances forecast.
        capacity: u32,
    },
    /// A predictive scaling policy only forecasts.
    ForecastOnly {
        /// Desired capacity that it would scale out to.
        to: u32,
    },
}

/// Sums over a run. `requests = served + failed + queued_at_end`, to 1e-9 relative.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Totals {
    /// Requests that arrived.
    pub requests: f64,
    /// Requests served.
    pub served: f64,
    /// Requests that timed out or were refused.
    pub failed: f64,
    /// Of the served, and of those in an asynchronous endpoint's queue at the end, those that waited longer than the objective
    /// allows, random waits at instances included.
    pub late: f64,
    /// Requests still waiting at the end.
    pub queued_at_end: f64,
    /// Instance-seconds paid for: from launch to the end of removal.
    pub instance_s: f64,
    /// Instance-seconds in service.
    pub in_service_s: f64,
    /// Cost, US dollars.
    pub cost_usd: f64,
    /// The part that requests cost beside instances: of a serverless endpoint.
    pub requests_usd: f64,
    /// The part that surplus CPU credits cost, including those outstanding at the end.
    pub surplus_usd: f64,
    /// Requests that a serverless endpoint served on demand.
    pub on_demand: f64,
    /// Requests on demand that waited for their environment to start.
    pub cold_starts: f64,
    /// Mean latency over the run, milliseconds.
    pub mean_ms: f64,
    /// Median latency over the run.
    pub p50_ms: f64,
    /// 95th percentile over the run.
    pub p95_ms: f64,
    /// 99th percentile over the run.
    pub p99_ms: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_scaling_has_one_step_without_bounds() {
        let infinity = f64::INFINITY;
        for (lower, upper, is_simple) in [
            (-infinity, infinity, true),
            (0.0, infinity, false),
            (-infinity, 0.0, false),
            (0.0, 10.0, false),
        ] {
            let step = Step {
                adjustment_type: AdjustmentType::ChangeInCapacity,
                step: StepAdjustment {
                    lower,
                    upper,
                    adjustment: 1,
                },
                change: 1,
            };
            assert_eq!(step.is_simple(), is_simple, "{lower} to {upper}");
        }
    }
}
