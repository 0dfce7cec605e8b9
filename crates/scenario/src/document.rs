//! The document that people edit, save and share. Every field has a default, so that `{}` is a scenario.
//!
//! Policies, the scalable target and scheduled actions keep AWS's own request shapes and names.
//! Nothing here is checked: [`crate::compile`] finds every problem at once.

mod asynchronous;
mod component;
mod credits;
mod group;
pub(crate) mod health;
mod policy;
mod predictive;
mod rare;
mod scheduled;
mod serverless;
mod simple;
mod suspended;

use serde::{Deserialize, Serialize};

pub use asynchronous::Asynchronous;
pub use component::{
    ComputeResourceRequirements, InferenceComponent, ManagedInstanceScaling, PlacementStrategy,
    ScaleInPolicy, ScaleInStrategy, ScalingStatus, SchedulingConfig,
};
pub use credits::{CpuCredits, CreditSpecification};
pub use group::{AutoScalingGroup, PoolState, WarmPool};
pub use health::{Failing, Failure, HealthCheckType};
pub use policy::{
    AdjustmentType, ComparisonOperator, CustomizedMetricSpecification, Dimension,
    MetricAggregationType, MetricAlarm, MetricName, PolicyType, PredefinedMetricSpecification,
    PredefinedMetricType, ScalingPolicy, Statistic, StepAdjustment, StepScaling, TargetTracking,
};
pub use predictive::{
    History, MaxCapacityBreachBehavior, PredefinedMetricPair, PredictiveMetricSpecification,
    PredictivePairType, PredictiveScaling, PredictiveScalingMode, Unsupported,
};
pub use rare::Rare;
pub use serverless::Serverless;
pub use simple::SimpleScaling;
pub use suspended::SuspendedState;

pub use crate::platform::Platform;
use crate::{
    time::{LocalDate, LocalDateTime, LocalTime, UtcDateTime, Weekday},
    trace::Trace,
};

/// A whole experiment, as a person describes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Version of the document's format (2).
    pub headroom: u32,
    /// Title, up to 80 characters; empty: the page names it by its preset.
    pub name: String,
    /// First day of the run; it begins at 00:00 local time.
    pub start: LocalDate,
    /// Length of the run in hours, 1 to 8784.
    pub hours: u32,
    /// IANA name of the time zone in which all local times are meant.
    pub time_zone: String,
    /// Seed of everything random.
    pub seed: u64,
    /// What serves the model.
    #[serde(skip_serializing_if = "Platform::is_default")]
    pub platform: Platform,
    /// What only an asynchronous endpoint has.
    #[serde(skip_serializing_if = "Asynchronous::is_default")]
    #[cfg_attr(feature = "schema", schemars(with = "Asynchronous"))]
    pub asynchronous: Rare<Asynchronous>,
    /// What only an inference component has.
    #[serde(skip_serializing_if = "InferenceComponent::is_default")]
    #[cfg_attr(feature = "schema", schemars(with = "InferenceComponent"))]
    pub inference_component: Rare<InferenceComponent>,
    /// What a load test of one instance gave.
    pub load_test: LoadTest,
    /// What the person expects, for sizing.
    pub expected: Expected,
    /// The machine.
    pub instance: Instance,
    /// Bounds of desired capacity.
    pub scalable_target: ScalableTarget,
    /// Settings of an EC2 Auto Scaling group.
    #[serde(skip_serializing_if = "AutoScalingGroup::is_default")]
    #[cfg_attr(feature = "schema", schemars(with = "AutoScalingGroup"))]
    pub auto_scaling_group: Rare<AutoScalingGroup>,
    /// Settings of a serverless endpoint.
    #[serde(skip_serializing_if = "Serverless::is_default")]
    #[cfg_attr(feature = "schema", schemars(with = "Serverless"))]
    pub serverless: Rare<Serverless>,
    /// Scaling policies (at most 50).
    pub policies: Vec<ScalingPolicy>,
    /// Changes of the bounds by the clock (at most 200).
    pub scheduled_actions: Vec<ScheduledAction>,
    /// What fails (at most 100).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure>,
    /// Availability Zones that instances are spread over, 1 to 6.
    #[serde(skip_serializing_if = "health::is_usual_zones")]
    pub availability_zones: u32,
    /// What demand is made of (at most 100).
    pub demand: Vec<Layer>,
    /// Queue and patience.
    pub service: Service,
    /// What counts as "it holds".
    pub objective: Objective,
    /// What AWS does not publish.
    pub assumptions: Assumptions,
}

/// Field by field, in one place: what is derived would be made anew in each crate that compares.
impl PartialEq for Scenario {
    #[inline(never)]
    fn eq(&self, other: &Self) -> bool {
        let Self {
            headroom,
            name,
            start,
            hours,
            time_zone,
            seed,
            platform,
            asynchronous,
            inference_component,
            load_test,
            expected,
            instance,
            scalable_target,
            auto_scaling_group,
            serverless,
            policies,
            scheduled_actions,
            failures,
            availability_zones,
            demand,
            service,
            objective,
            assumptions,
        } = self;
        *headroom == other.headroom
            && *name == other.name
            && *start == other.start
            && *hours == other.hours
            && *time_zone == other.time_zone
            && *seed == other.seed
            && *platform == other.platform
            && *asynchronous == other.asynchronous
            && *inference_component == other.inference_component
            && *load_test == other.load_test
            && *expected == other.expected
            && *instance == other.instance
            && *scalable_target == other.scalable_target
            && *auto_scaling_group == other.auto_scaling_group
            && *serverless == other.serverless
            && *policies == other.policies
            && *scheduled_actions == other.scheduled_actions
            && *failures == other.failures
            && *availability_zones == other.availability_zones
            && *demand == other.demand
            && *service == other.service
            && *objective == other.objective
            && *assumptions == other.assumptions
    }
}

impl Scenario {
    /// Whether it is the one that a page opens with. In one place, as comparing is much code.
    #[inline(never)]
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A load test of one instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LoadTest {
    /// Requests per second sustained.
    pub max_rps: f64,
    /// 0 < f ≤ 1.
    pub safety_factor: f64,
    /// Median latency under light load, milliseconds.
    pub p50_ms: f64,
    /// 95th percentile under light load, milliseconds.
    pub p95_ms: f64,
    /// Milliseconds of one vCPU that a request costs; absent: `max_rps` keeps all vCPUs busy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_ms_per_request: Option<f64>,
    /// Milliseconds of one GPU that a request costs; absent: `max_rps` keeps all GPUs busy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gpu_ms_per_request: Option<f64>,
}

/// Inputs of the sizing calculator that demand can also tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// Highest demand; absent: the peak minute of `demand`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_rps: Option<f64>,
    /// Demand when quiet; absent: what `demand` exceeds 90 % of the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_rps: Option<f64>,
    /// Fewest instances wanted for availability; absent: 2 (two Availability Zones).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fewest_instances: Option<u32>,
}

/// The machine and how long it takes to come and go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Instance {
    /// Type, as AWS spells it (`ml.c5.xlarge`, `c5.xlarge`).
    #[serde(rename = "type")]
    pub instance_type: String,
    /// The person's own price; absent: the catalogue's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd_per_hour: Option<f64>,
    /// Seconds from decision to in service (the shortest, where `launch_to_s` is given).
    pub launch_s: f64,
    /// Longest launch; absent: always `launch_s`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub launch_to_s: Option<f64>,
    /// Seconds that a removal takes.
    pub removal_s: f64,
    /// Instances in service at the start; absent: as many as the target wants for the first minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial: Option<u32>,
    /// What a burstable type does without CPU credits; absent: AWS's default of the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_specification: Option<CreditSpecification>,
    /// CPU credits of each instance at the start; absent: what a new one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_cpu_credits: Option<f64>,
}

/// Application Auto Scaling's scalable target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ScalableTarget {
    /// Absent: what sizing says.
    #[serde(rename = "MinCapacity", skip_serializing_if = "Option::is_none")]
    pub min_capacity: Option<u32>,
    /// Absent: what sizing says.
    #[serde(rename = "MaxCapacity", skip_serializing_if = "Option::is_none")]
    pub max_capacity: Option<u32>,
    /// What it does not do.
    #[serde(
        rename = "SuspendedState",
        skip_serializing_if = "SuspendedState::is_default"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "SuspendedState"))]
    pub suspended: Rare<SuspendedState>,
}

/// What a scheduled action sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ScalableTargetAction {
    /// Absent: it stays.
    #[serde(rename = "MinCapacity", skip_serializing_if = "Option::is_none")]
    pub min_capacity: Option<u32>,
    /// Absent: it stays.
    #[serde(rename = "MaxCapacity", skip_serializing_if = "Option::is_none")]
    pub max_capacity: Option<u32>,
}

/// A scheduled action, as `PutScheduledAction` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "scheduled::Fields")]
pub struct ScheduledAction {
    /// Name, 1 to 256 characters.
    #[serde(rename = "ScheduledActionName")]
    pub name: String,
    /// `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` or `cron(minutes hours day-of-month month day-of-week year)`.
    #[serde(rename = "Schedule", skip_serializing_if = "String::is_empty")]
    pub schedule: String,
    /// EC2 Auto Scaling, in place of `Schedule`: `minute hour day-of-month month day-of-week`, weekdays from 0 (Sunday), or a
    /// name such as `@daily`.
    #[serde(rename = "Recurrence", skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// IANA name, for `at` and `cron`; absent: UTC, as AWS has it.
    #[serde(rename = "Timezone", skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// When a schedule that recurs begins; it fires then, too. Absent: it holds all along.
    #[serde(rename = "StartTime", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<UtcDateTime>,
    /// After this it fires no more. Absent: it goes on.
    #[serde(rename = "EndTime", skip_serializing_if = "Option::is_none")]
    pub end_time: Option<UtcDateTime>,
    /// What it sets.
    #[serde(rename = "ScalableTargetAction")]
    pub action: ScalableTargetAction,
    /// The capacity that it sets, of an EC2 Auto Scaling group.
    #[serde(rename = "DesiredCapacity", skip_serializing_if = "Option::is_none")]
    pub desired_capacity: Option<u32>,
}

/// One thing that demand is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Layer {
    /// The person's own name for it; empty: named by its kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Left out of demand while set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// What it does.
    pub shape: Shape,
}

/// What a layer does. All but growth and noise add requests per second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// Always the same.
    Steady {
        /// Requests per second.
        rps: f64,
    },
    /// A wave over the day: highest at `peak_at`, lowest twelve hours away.
    DailyCurve {
        /// Lowest rate.
        quiet_rps: f64,
        /// Highest rate.
        peak_rps: f64,
        /// Local time of the highest rate.
        peak_at: LocalTime,
    },
    /// A plateau on some weekdays.
    OfficeHours {
        /// On which days it begins.
        days: Vec<Weekday>,
        /// Local time at which it begins to rise.
        from: LocalTime,
        /// Local time at which it is back at nothing; before `from`: on the next day.
        to: LocalTime,
        /// Rate of the plateau.
        rps: f64,
        /// Minutes to rise, and to fall.
        ramp_min: f64,
    },
    /// A plateau on the first days of each month.
    MonthStart {
        /// How many days, 1 to 28.
        days: u32,
        /// Local time at which it begins each day.
        from: LocalTime,
        /// Local time at which it ends each day; equal to `from`: all day.
        to: LocalTime,
        /// Rate of the plateau.
        rps: f64,
        /// Minutes to rise, and to fall.
        ramp_min: f64,
    },
    /// A single surge: a game, a sale, breaking news.
    Event {
        /// When it begins to rise.
        at: LocalDateTime,
        /// Rate at its height.
        rps: f64,
        /// Minutes to rise.
        ramp_up_min: f64,
        /// Minutes at its height.
        hold_min: f64,
        /// Minutes to fall back.
        decay_min: f64,
    },
    /// Growth from the start of the run on.
    Growth {
        /// How much per period.
        by: GrowthBy,
        /// The period.
        per: GrowthPer,
    },
    /// Random ups and downs, seeded.
    Noise {
        /// Standard deviation of a minute's requests in percent of demand, 0 to 100.
        percent: f64,
        /// How its factor goes on within a minute.
        #[serde(default, skip_serializing_if = "NoiseFactor::is_usual")]
        factor: NoiseFactor,
    },
    /// Recorded traffic.
    Trace {
        /// The recording.
        trace: Trace,
        /// Factor on its rates.
        scale: f64,
    },
}

impl Default for Shape {
    fn default() -> Self {
        Self::Steady { rps: 10.0 }
    }
}

/// How the factor of a noise, which is drawn for each minute, goes on within the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoiseFactor {
    /// It stays the same.
    #[default]
    ConstantWithinMinutes,
    /// It goes in a straight line to that of the next minute, as it did in links of version 1: a minute's requests then have
    /// about 0.7 of the standard deviation, and those of neighbours go together.
    StraightBetweenMinutes,
}

impl NoiseFactor {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How much demand grows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrowthBy {
    /// Adds this many requests per second each period, evenly.
    Rps(f64),
    /// Multiplies all demand: percent each period, compounding.
    Percent(f64),
}

/// A period of growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrowthPer {
    /// 24 hours.
    #[default]
    Day,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
}

/// Queue and patience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// A request that would wait longer fails, seconds.
    pub timeout_s: f64,
    /// Requests that may wait per instance; absent: only the timeout bounds the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_limit_per_instance: Option<f64>,
}

/// What counts as "it holds".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Objective {
    /// Requests to serve in time, percent.
    pub availability_pct: f64,
    /// A request that waits longer is late, milliseconds: in the queue and at a busy instance together.
    pub late_ms: f64,
}

/// What AWS does not publish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Assumptions {
    /// Seconds until a datapoint is visible after its minute ended.
    pub metric_delay_s: f64,
    /// Breaching minutes before AlarmHigh fires.
    pub alarm_high_datapoints: u32,
    /// Minutes below before AlarmLow fires.
    pub alarm_low_datapoints: u32,
    /// AlarmLow's threshold as a share of the target; absent: the platform's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_low_factor: Option<f64>,
    /// Datapoints that CloudWatch looks at beyond those it needs.
    pub extra_evaluation_range: u32,
    /// `TreatMissingData`.
    pub treat_missing_data: TreatMissingData,
    /// Most instances that one scale-in removes; absent: as many as the formula says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_scale_in_step: Option<u32>,
    /// Seconds until an instance that is gone is found to be, and replaced.
    #[serde(skip_serializing_if = "health::is_usual_status_check")]
    pub status_check_s: f64,
    /// Whether an endpoint that is `Updating` refuses another change.
    pub updating_blocks: bool,
    /// Whether, once a scale-out cooldown is over, a datapoint from before the scale-out was done acts on the new capacity.
    #[serde(skip_serializing_if = "is_true")]
    pub datapoints_from_before_act: bool,
}

fn is_true(is: &bool) -> bool {
    *is
}

/// `TreatMissingData`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TreatMissingData {
    /// `missing`
    #[default]
    Missing,
    /// `ignore`
    Ignore,
    /// `breaching`
    Breaching,
    /// `notBreaching`
    NotBreaching,
}
