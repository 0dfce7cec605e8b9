//! The document that people edit, save and share. Every field has a default, so that `{}` is a scenario.
//!
//! Policies, the scalable target and scheduled actions keep AWS's own request shapes and names.
//! Nothing here is checked: [`crate::compile`] finds every problem at once.

mod asynchronous;
mod capacity;
mod component;
mod credits;
mod failures;
mod group;
mod layer;
mod missing_metric;
mod other_machine;
mod policy;
mod predictive;
mod retries;
mod scheduled;
mod serverless;
mod simple;
mod slow;
mod suspended;

pub use asynchronous::Asynchronous;
pub use capacity::LaunchCapacity;
pub use component::{
    ComputeResourceRequirements, InferenceComponent, ManagedInstanceScaling, PlacementStrategy,
    ScaleInPolicy, ScaleInStrategy, ScalingStatus, SchedulingConfig,
};
pub use credits::{CpuCredits, CreditSpecification};
pub use failures::{Failing, Failure, HealthCheckType};
pub use group::{AutoScalingGroup, PoolState, WarmPool};
pub(crate) use layer::MOST_RAMP_MIN;
pub use layer::{GrowthBy, GrowthPer, Layer, NoiseFactor, Shape, shape};
pub use missing_metric::MissingMetric;
pub use other_machine::OtherMachine;
#[cfg(test)]
pub(crate) use policy::TRACKED;
pub use policy::{
    AdjustmentType, ComparisonOperator, CustomizedMetricSpecification, Dimension,
    MetricAggregationType, MetricAlarm, PolicyType, PredefinedMetricSpecification, ScalingPolicy,
    Statistic, StepAdjustment, StepScaling, TargetTracking,
};
pub(crate) use policy::{MOST_ADJUSTMENT, MOST_DATAPOINTS};
pub use predictive::{
    History, MaxCapacityBreachBehavior, PredefinedMetricPair, PredictiveMetricSpecification,
    PredictivePairType, PredictiveScaling, PredictiveScalingMode, Unsupported,
};
pub use retries::{BackoffStrategy, Jitter, Retries};
pub use serverless::Serverless;
pub use simple::SimpleScaling;
pub use slow::SlowInstance;
pub use suspended::SuspendedState;

use crate::{
    compile::VERSION,
    defaults,
    field::{Field, Fixed, ItemField, Items, List, choices, section},
    limits::{MOST_INSTANCES, MOST_RPS},
    time::{LocalDate, UtcDateTime},
};
pub use crate::{
    metrics::{MetricName, PredefinedMetricType},
    platform::Platform,
};

section! {
    /// A whole experiment, as a person describes it.
    pub struct Scenario at Fixed::Scenario => Field {
        /// Version of the document's format (2).
        headroom: u32 = VERSION;
        /// Title, up to 80 characters; empty: the page names it by its preset.
        name: String = String::new(), characters(80);
        /// First day of the run; it begins at 00:00 local time.
        start: LocalDate = defaults::start();
        /// Length of the run in hours, 1 to 8784.
        hours: u32 = 24, range(1.0..=8784.0), hours;
        /// IANA name of the time zone in which all local times are meant.
        time_zone: String = "Europe/London".to_owned();
        /// Seed of everything random.
        seed: u64 = 1;
        /// What serves the model.
        platform: Platform = Platform::default(), later;
        /// What only an asynchronous endpoint has.
        asynchronous: Asynchronous = Asynchronous::default(), later;
        /// What only an inference component has.
        inference_component: InferenceComponent = InferenceComponent::default(), later;
        /// What a load test of one instance gave.
        load_test: LoadTest = LoadTest::default();
        /// What the person expects, for sizing.
        expected: Expected = Expected::default();
        /// The machine.
        instance: Instance = Instance::default();
        /// Bounds of desired capacity.
        scalable_target: ScalableTarget = defaults::scalable_target();
        /// Settings of an EC2 Auto Scaling group.
        auto_scaling_group: AutoScalingGroup = AutoScalingGroup::default(), later;
        /// Settings of a serverless endpoint.
        serverless: Serverless = Serverless::default(), later;
        /// Scaling policies (at most 50).
        policies: Items<ScalingPolicy> = defaults::policies();
        /// Changes of the bounds by the clock (at most 200).
        scheduled_actions: Items<ScheduledAction> = Items::default();
        /// What fails (at most 100).
        failures: Items<Failure> = Items::default(), later;
        /// An instance that slows down without failing.
        slow_instance: SlowInstance = SlowInstance::default(), later;
        /// What launches may run into.
        launch_capacity: LaunchCapacity = LaunchCapacity::default(), later;
        /// A time in which CloudWatch has no datapoints of the metrics that policies look at.
        missing_metric: MissingMetric = MissingMetric::default(), later;
        /// Availability Zones that instances are spread over, 1 to 6.
        availability_zones: u32 = 3, range(1.0..=6.0), later;
        /// What demand is made of (at most 100).
        demand: Items<Layer> = defaults::demand();
        /// How clients retry; absent: nobody does.
        retries: Option<Retries> = None;
        /// Queue and patience.
        service: Service = Service::default();
        /// What counts as "it holds".
        objective: Objective = Objective::default();
        /// Machines to compare its own with (at most 8).
        other_machines: Items<OtherMachine> = Items::default(), later;
        /// What AWS does not publish.
        assumptions: Assumptions = Assumptions::default();
    }
}

impl Scenario {
    /// Whether it is the one that a page opens with.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

section! {
    /// A load test of one instance.
    pub struct LoadTest at Fixed::LoadTest => Field {
        /// Requests per second sustained.
        max_rps: f64 = 20.0, range(0.001..=MOST_RPS), rps;
        /// 0 < f ≤ 1.
        safety_factor: f64 = 0.5, range(0.01..=1.0);
        /// Median latency under light load, milliseconds.
        p50_ms: f64 = 80.0, range(0.01..=600_000.0), millis;
        /// 95th percentile under light load, milliseconds.
        p95_ms: f64 = 140.0, range(0.01..=600_000.0), millis;
        /// Milliseconds of one vCPU that a request costs; absent: `max_rps` keeps all vCPUs busy.
        cpu_ms_per_request: Option<f64> = None, range(0.001..=6e6), millis;
        /// Milliseconds of one GPU that a request costs; absent: `max_rps` keeps all GPUs busy.
        gpu_ms_per_request: Option<f64> = None, range(0.001..=6e6), millis;
    }
}

section! {
    /// Inputs of the sizing calculator that demand can also tell.
    pub struct Expected at Fixed::Expected => Field {
        /// Highest demand; absent: the peak minute of `demand`.
        peak_rps: Option<f64> = None, range(0.0..=MOST_RPS), rps;
        /// Demand when quiet; absent: what `demand` exceeds 90 % of the time.
        quiet_rps: Option<f64> = None, range(0.0..=MOST_RPS), rps;
        /// Fewest instances wanted for availability; absent: 2 (two Availability Zones).
        fewest_instances: Option<u32> = None, range(1.0..=MOST_INSTANCES), instances;
    }
}

section! {
    /// The machine and how long it takes to come and go.
    pub struct Instance at Fixed::Instance => Field {
        /// Type, as AWS spells it (`ml.c5.xlarge`, `c5.xlarge`).
        instance_type as "type": String = "ml.c5.xlarge".to_owned();
        /// The person's own price; absent: the catalogue's.
        usd_per_hour: Option<f64> = None, range(0.0..=10_000.0), usd_per_hour;
        /// Seconds from decision to in service (the shortest, where `launch_to_s` is given).
        launch_s: f64 = 240.0, range(0.0..=3600.0), seconds;
        /// Longest launch; absent: always `launch_s`.
        launch_to_s: Option<f64> = None, range(0.0..=3600.0), seconds;
        /// Seconds that a removal takes.
        removal_s: f64 = 60.0, range(0.0..=3600.0), seconds;
        /// Instances in service at the start; absent: as many as the target wants for the first minute.
        initial: Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
        /// What a burstable type does without CPU credits; absent: AWS's default of the type.
        credit_specification: Option<CreditSpecification> = None;
        /// CPU credits of each instance at the start; absent: what a new one has.
        initial_cpu_credits: Option<f64> = None;
    }
}

section! {
    /// Application Auto Scaling's scalable target.
    pub struct ScalableTarget at Fixed::ScalableTarget => Field {
        /// Absent: what sizing says.
        min_capacity as "MinCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
        /// Absent: what sizing says.
        max_capacity as "MaxCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
        /// What it does not do.
        suspended as "SuspendedState": SuspendedState = SuspendedState::default(), later;
    }
}

section! {
    /// What a scheduled action sets.
    pub struct ScalableTargetAction at List::Actions => ItemField {
        /// Absent: it stays.
        min_capacity as "MinCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
        /// Absent: it stays.
        max_capacity as "MaxCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
    }
}

section! {
    /// A scheduled action, as `PutScheduledAction` takes it.
    #[schemars(from = "scheduled::Fields")]
    pub struct ScheduledAction, rewritten, at List::Actions => ItemField {
        /// Name, 1 to 256 characters.
        name as "ScheduledActionName": String = String::new(), characters(256), text("schedule_name");
        /// `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` or `cron(minutes hours day-of-month month day-of-week year)`.
        schedule as "Schedule": String = String::new(), later;
        /// EC2 Auto Scaling, in place of `Schedule`: `minute hour day-of-month month day-of-week`, weekdays from 0 (Sunday), or a
        /// name such as `@daily`.
        recurrence as "Recurrence": Option<String> = None;
        /// IANA name, for `at` and `cron`; absent: UTC, as AWS has it.
        time_zone as "Timezone": Option<String> = None;
        /// When a schedule that recurs begins; it fires then, too. Absent: it holds all along.
        start_time as "StartTime": Option<UtcDateTime> = None;
        /// After this it fires no more. Absent: it goes on.
        end_time as "EndTime": Option<UtcDateTime> = None;
        /// What it sets.
        action as "ScalableTargetAction": ScalableTargetAction = ScalableTargetAction::default();
        /// The capacity that it sets, of an EC2 Auto Scaling group.
        desired_capacity as "DesiredCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
    }
    beside [
        scheduled::piece("Schedule.kind", "schedule_kind"),
        scheduled::piece("Schedule.at", "schedule_at"),
        scheduled::piece("Schedule.days", "schedule_days"),
        scheduled::piece("Schedule.date", "schedule_date"),
        scheduled::piece("Schedule.time", "schedule_time"),
        scheduled::piece("Schedule.every", "schedule_every"),
        scheduled::piece("Schedule.unit", "schedule_unit"),
    ]
}

section! {
    /// Queue and patience.
    pub struct Service at Fixed::Service => Field {
        /// A request that would wait longer fails, seconds.
        timeout_s: f64 = 60.0, range(0.1..=3600.0), seconds;
        /// Requests that may wait per instance; absent: only the timeout bounds the queue.
        queue_limit_per_instance: Option<f64> = None, range(0.0..=1e6), requests;
    }
}

section! {
    /// What counts as "it holds".
    pub struct Objective at Fixed::Objective => Field {
        /// Requests to serve in time, percent.
        availability_pct: f64 = 99.9, range(0.0..=100.0), percent;
        /// A request that waits longer is late, milliseconds: in the queue and at a busy instance together.
        late_ms: f64 = 1000.0, range(0.0..=21_600_000.0), millis;
    }
}

section! {
    /// What AWS does not publish.
    pub struct Assumptions at Fixed::Assumptions => Field {
        /// Seconds until a datapoint is visible after its minute ended.
        metric_delay_s: f64 = defaults::engine().metric_delay_s, range(0.0..=3600.0), seconds;
        /// Breaching minutes before AlarmHigh fires.
        alarm_high_datapoints: u32 = defaults::engine().alarm_high_datapoints, range(1.0..=MOST_MINUTES), datapoints;
        /// Minutes below before AlarmLow fires.
        alarm_low_datapoints: u32 = defaults::engine().alarm_low_datapoints, range(1.0..=MOST_MINUTES), datapoints;
        /// AlarmLow's threshold as a share of the target; absent: the platform's.
        alarm_low_factor: Option<f64> = None, range(0.01..=1.0);
        /// Datapoints that CloudWatch looks at beyond those it needs.
        extra_evaluation_range: u32 = defaults::engine().extra_evaluation_range, range(0.0..=100.0), datapoints;
        /// `TreatMissingData`.
        treat_missing_data: TreatMissingData = TreatMissingData::Missing;
        /// Most instances that one scale-in removes; absent: as many as the formula says.
        max_scale_in_step: Option<u32> = None, range(1.0..=MOST_INSTANCES), instances;
        /// Seconds until an instance that is gone is found to be, and replaced.
        // EC2 looks at an instance every minute, and EC2 Auto Scaling waits "a few minutes" for one that is impaired.
        status_check_s: f64 = 180.0, range(0.0..=3600.0), seconds, later;
        /// Whether an endpoint that is `Updating` refuses another change.
        updating_blocks: bool = defaults::engine().updating_blocks;
        /// Whether, once a scale-out cooldown is over, a datapoint from before the scale-out was done acts on the new capacity.
        datapoints_from_before_act: bool = true, later;
    }
}

/// CloudWatch: period times datapoints is a day at most.
const MOST_MINUTES: f64 = 1440.0;

choices! {
    /// `TreatMissingData`.
    pub enum TreatMissingData {
        /// `missing`
        Missing = "missing",
        /// `ignore`
        Ignore = "ignore",
        /// `breaching`
        Breaching = "breaching",
        /// `notBreaching`
        NotBreaching = "notBreaching",
    }
}
