//! What is odd about a scenario but not wrong: it runs, and the person should know.

use engine::{report::Standing, sizing::TargetSlip};

use crate::{
    catalogue::Price,
    document::{
        Asynchronous, LaunchCapacity, MetricAlarm, MetricName, MissingMetric, Retries,
        ScalableTargetAction, Scenario, ScheduledAction, SimpleScaling, SlowInstance, StepScaling,
        TargetTracking,
    },
    field::{Field, ItemField, List, Place},
};

/// Something odd.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// SageMaker refuses to autoscale burstable types (developer guide, "Register a model"): the run has a fixed
    /// number of instances, and neither policies nor scheduled actions.
    BurstableCannotScale {
        /// How many instances it has: `instance.initial` where given, else MinCapacity.
        instances: u32,
    },
    /// A target of CPUUtilization that an instance without CPU credits, held to its baseline, never reaches: policies then see
    /// nothing to do.
    TargetAboveBaseline {
        /// Index of the policy.
        policy: usize,
        /// TargetValue.
        target: f64,
        /// The metric at most of such an instance, in its unit.
        baseline: f64,
    },
    /// A type of EC2 where SageMaker's are meant; it counts as a machine of that name and price.
    TypeOfEc2 {
        /// How SageMaker calls such a machine.
        right: String,
    },
    /// Nobody quotes this price; it is computed from EC2's.
    PriceIsEstimate {
        /// The price.
        price: Price,
    },
    /// Prices of provisioned concurrency are worked out from Lambda's.
    ProvisionedPriceIsEstimate {
        /// A unit of provisioned concurrency, US dollars.
        usd_per_hour: f64,
    },
    /// MaxConcurrency of a serverless endpoint is less than comes at once at the peak.
    MaxConcurrencyBelowPeak {
        /// MaxConcurrency.
        max: u32,
        /// Requests at once at the peak.
        needed: u64,
    },
    /// A target value that a known slip gives.
    TargetSlip {
        /// Index of the policy.
        policy: usize,
        /// The slip.
        slip: TargetSlip,
        /// What the formula gives.
        right: f64,
    },
    /// A target value other than the formula's.
    TargetDiffers {
        /// Index of the policy.
        policy: usize,
        /// The value typed.
        typed: f64,
        /// What the formula gives.
        formula: f64,
    },
    /// A target of a utilisation that is summed over cores or GPUs, typed as if it were percent of the machine.
    UtilizationOfCores {
        /// Index of the policy.
        policy: usize,
        /// The value typed.
        typed: f64,
        /// What the whole machine is: 100 × cores or GPUs.
        most: f64,
    },
    /// A step scaling policy whose alarm fires on the side of its threshold where it has no step.
    NoStepThere {
        /// Index of the policy.
        policy: usize,
        /// Whether the alarm fires above the threshold.
        above: bool,
    },
    /// A scale-out cooldown is over before a datapoint from after the scale-out can be seen: one from before may act on the new
    /// capacity, beyond what the peak needs.
    CooldownWithinDelay {
        /// Index of the policy.
        policy: usize,
        /// Whether it is of target tracking.
        is_tracking: bool,
        /// The cooldown, seconds.
        cooldown_s: f64,
        /// `metric_delay_s`.
        delay_s: f64,
    },
    /// A policy looks at a metric that SageMaker does not publish for this kind of endpoint: it never scales.
    NotPublished {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
        /// One that it does publish, and that serves the same end.
        right: MetricName,
    },
    /// A target or threshold above all that the metric can be: the alarm never fires.
    OutOfReach {
        /// Index of the policy.
        policy: usize,
        /// The metric at the load test's maximum.
        load: Load,
        /// The target, or the threshold as one of a minute.
        threshold: f64,
        /// It is a TargetValue.
        is_target: bool,
    },
    /// A target or threshold above what the metric is at the load test's maximum: it is reached only once requests wait.
    BeyondMaximum {
        /// Index of the policy.
        policy: usize,
        /// The metric at the load test's maximum.
        load: Load,
        /// The target, or the threshold as one of a minute.
        threshold: f64,
        /// It is a TargetValue.
        is_target: bool,
    },
    /// An alarm below a threshold that no metric falls below.
    NeverFires {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
        /// The threshold.
        threshold: f64,
    },
    /// An alarm that fires whatever the metric is.
    AlwaysInAlarm {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
        /// The threshold.
        threshold: f64,
        /// The metric at the load test's maximum, where the alarm fires below its threshold; `None`: it fires above it, or at it,
        /// and the metric is never less.
        most: Option<f64>,
    },
    /// MaxCapacity is so low that the metric stays above the target or threshold even when demand is quiet.
    StaysAtMax {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
        /// What it is when quiet, with MaxCapacity in service.
        quiet: f64,
        /// The target, or the threshold as one of a minute.
        threshold: f64,
        /// The highest MaxCapacity.
        max: u32,
        /// It is a TargetValue.
        is_target: bool,
    },
    /// A step that lies where the alarm does not fire.
    StepNotThere {
        /// Index of the policy.
        policy: usize,
        /// Index of the step.
        step: usize,
        /// Whether the alarm fires above the threshold.
        above: bool,
    },
    /// A step that begins above all that the metric can be.
    StepOutOfReach {
        /// Index of the policy.
        policy: usize,
        /// Index of the step.
        step: usize,
        /// The metric at the load test's maximum.
        load: Load,
        /// Where the step begins: the threshold plus its lower bound.
        from: f64,
    },
    /// A policy that takes capacity away where its metric is high, or adds some where it is low.
    ScalesTheWrongWay {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
        /// Whether the alarm fires above the threshold.
        above: bool,
    },
    /// A policy takes capacity away below a threshold that lies above the one from which another adds some: they undo each other.
    ThresholdsCross {
        /// Index of the policy that takes away.
        policy: usize,
        /// Name of the one that adds.
        other: String,
        /// The metric of both.
        metric: MetricName,
        /// Below this it is taken away; as one of a minute.
        scale_in: f64,
        /// Above this it is added.
        scale_out: f64,
    },
    /// A policy that is to wake an endpoint with nothing in service, and does so only for several requests.
    WakesAtSeveral {
        /// Index of the policy.
        policy: usize,
        /// How many have to come in one minute; `None`: no number does it.
        requests: Option<u32>,
        /// In how many minutes, or other periods of the alarm.
        datapoints: u32,
    },
    /// A scheduled action that AWS refuses when it is due: MinCapacity would be above MaxCapacity.
    ActionBoundsCross {
        /// Index of the action.
        action: usize,
        /// MinCapacity that it would come to.
        min: u32,
        /// MaxCapacity that it would come to.
        max: u32,
        /// The bound that it sets is MinCapacity; else it is MaxCapacity.
        sets_min: bool,
    },
    /// A scheduled action without a time zone, which AWS reads in UTC, where the scenario has another.
    ActionInUtc {
        /// Index of the action.
        action: usize,
        /// The scenario's time zone.
        zone: String,
    },
    /// An asynchronous endpoint at zero instances comes back late or never: no step scaling policy wakes it.
    WakesLate {
        /// The backlog above which target tracking does; `None`: nothing does.
        backlog: Option<f64>,
    },
    /// More than 5 % of requests take longer than InvocationTimeoutSeconds. SageMaker gives them up; here they are served.
    AnswersTooLate {
        /// InvocationTimeoutSeconds.
        timeout_s: u32,
    },
    /// MaxConcurrentInvocationsPerInstance keeps an instance from what it did in the load test.
    ConcurrencyLimits {
        /// Requests per second that are left.
        max_rps: f64,
    },
    /// A predictive scaling policy without the day of data that a forecast needs.
    NoForecast {
        /// Index of the policy.
        policy: usize,
    },
    /// Predictive scaling launches instances that are in service only after the hour for which they are meant has begun.
    LaunchedTooLate {
        /// Index of the policy.
        policy: usize,
        /// SchedulingBufferTime, seconds.
        buffer_s: f64,
        /// Longest launch, seconds.
        launch_s: f64,
    },
    /// An inference component without copies stays so: no step scaling policy on NoCapacityInvocationFailures brings one back.
    NoCopyWakes,
    /// MaxInstanceCount leaves room for fewer copies than MaxCapacity: the others wait.
    NoRoomForCopies {
        /// Copies that there is room for.
        copies: u32,
        /// MaxInstanceCount.
        instances: u32,
        /// MaxCapacity.
        max: u32,
    },
    /// MinCapacity is 0, but MinInstanceCount keeps instances that cost.
    InstancesStay {
        /// MinInstanceCount.
        instances: u32,
    },
    /// MaxCapacity is less than target tracking wants at the peak.
    MaxBelowPeak {
        /// MaxCapacity.
        max: u32,
        /// Instances that target tracking wants at the peak.
        needed: u64,
    },
    /// The same of an inference component's copies.
    MaxBelowPeakOfCopies {
        /// MaxCapacity.
        max: u32,
        /// Copies that target tracking wants at the peak.
        needed: u64,
    },
    /// At MinCapacity 1, two instances stay for ever: to remove one, the metric would have to be half the target or less.
    StaysAtTwo {
        /// InvocationsPerInstance of two instances when quiet.
        metric: f64,
        /// Half the target: what it would have to be.
        half_target: f64,
    },
    /// An instance of a group takes longer to answer than the load balancer's health checks give it: it is replaced for ever.
    StartsTooLong {
        /// HealthCheckGracePeriod, seconds.
        grace_s: u32,
        /// Seconds from its launch on that it is given.
        within_s: f64,
        /// The longest launch, seconds.
        launch_s: f64,
    },
    /// A group may have no instance. It publishes no metric then, so no policy adds one.
    NothingWakesGroup {
        /// A scheduled action does.
        by_the_clock: bool,
    },
    /// A failure lies outside the run.
    FailureOutsideRun {
        /// Index of the failure.
        failure: usize,
    },
    /// An instance would slow down outside the run.
    SlowOutsideRun,
    /// Metrics would go missing outside the run.
    MissingOutsideRun,
    /// Clients wait longer than the service lets a request wait: their timeout never matters.
    ClientTimeoutTooLong {
        /// Longest that an attempt takes: in the queue, and served; seconds.
        longest_s: f64,
    },
    /// More than 5 % of requests take longer than clients wait. They would give them up; here they are served.
    ClientTimeoutTooShort {
        /// The 95th percentile under light load, milliseconds.
        p95_ms: f64,
    },
    /// A shortage of instances lies outside the run.
    ShortageOutsideRun,
    /// A shortage in some of the zones, while the others have enough.
    OtherZonesHaveEnough,
    /// The account may run fewer instances than policies may ask for.
    QuotaBelowMax {
        /// How many it may run.
        quota: u32,
        /// MaxCapacity; of an inference component MaxInstanceCount.
        max: u32,
    },
    /// There is no scaling policy: capacity changes by scheduled actions alone.
    NoPolicy,
    /// Nothing makes demand.
    NoDemand,
    /// A layer of demand lies outside the run.
    LayerOutsideRun {
        /// Index of the layer.
        layer: usize,
    },
    /// A scheduled action has no firing within the run: it is due before or after, or at a date or time that does not come.
    ActionOutsideRun {
        /// Index of the action.
        action: usize,
    },
}

impl Warning {
    /// Whether a run that stands so leaves it standing: one that keeps the objective has shown that fewer than the target asks for are
    /// enough.
    #[must_use]
    pub fn remains(&self, standing: Standing) -> bool {
        let is_of_peak = matches!(
            self,
            Self::MaxBelowPeak { .. } | Self::MaxBelowPeakOfCopies { .. }
        );
        !is_of_peak || standing == Standing::Short
    }

    /// Returns the field of a scenario that it is about, as a problem has one; `None` where it is about none alone.
    #[must_use]
    pub fn field(&self, scenario: &Scenario) -> Option<Field> {
        let policy_id = |policy: &usize| scenario.policies.id(*policy);
        let of_policy = |policy: &usize, field: ItemField| field.of(policy_id(policy));
        let value = |policy: &usize, is_target: bool| match is_target {
            true => of_policy(policy, TargetTracking::target_value),
            false => of_policy(policy, MetricAlarm::threshold),
        };
        let action_id = |action: &usize| scenario.scheduled_actions.id(*action);
        Some(match self {
            Self::TargetSlip { policy, .. }
            | Self::TargetDiffers { policy, .. }
            | Self::NotPublished { policy, .. } => List::Policies.item(policy_id(policy)),
            Self::SlowOutsideRun => SlowInstance::at,
            Self::MissingOutsideRun => MissingMetric::at,
            Self::ClientTimeoutTooLong { .. } | Self::ClientTimeoutTooShort { .. } => {
                Retries::timeout_s
            }
            Self::ShortageOutsideRun => LaunchCapacity::at,
            Self::OtherZonesHaveEnough => LaunchCapacity::zones,
            Self::QuotaBelowMax { .. } => LaunchCapacity::quota,
            Self::LayerOutsideRun { layer } => List::Demand.item(scenario.demand.id(*layer)),
            Self::CooldownWithinDelay {
                policy,
                is_tracking,
                ..
            } => match is_tracking {
                true => of_policy(policy, TargetTracking::scale_out_cooldown),
                false => of_policy(policy, StepScaling::cooldown),
            },
            Self::WakesLate { .. } => List::Policies.whole(),
            Self::AnswersTooLate { .. } => Asynchronous::invocation_timeout_seconds,
            Self::ConcurrencyLimits { .. } => Asynchronous::max_concurrent_invocations_per_instance,
            Self::ActionOutsideRun { action } => List::Actions.item(action_id(action)),
            Self::OutOfReach {
                policy, is_target, ..
            }
            | Self::BeyondMaximum {
                policy, is_target, ..
            }
            | Self::StaysAtMax {
                policy, is_target, ..
            } => value(policy, *is_target),
            Self::NeverFires { policy, .. }
            | Self::AlwaysInAlarm { policy, .. }
            | Self::ThresholdsCross { policy, .. }
            | Self::WakesAtSeveral { policy, .. } => value(policy, false),
            Self::StepNotThere { policy, step, .. } | Self::StepOutOfReach { policy, step, .. } => {
                let steps = (scenario.policies.get(*policy))
                    .and_then(|policy| policy.step_scaling.as_ref());
                let step = steps.map(|steps| steps.steps.id(*step))?;
                Place::Step(policy_id(policy), step).field("")
            }
            Self::NoStepThere { policy, .. } => of_policy(policy, StepScaling::steps),
            Self::ScalesTheWrongWay { policy, .. } => of_policy(policy, SimpleScaling::adjustment),
            Self::ActionBoundsCross {
                action, sets_min, ..
            } => match sets_min {
                true => ScalableTargetAction::min_capacity.of(action_id(action)),
                false => ScalableTargetAction::max_capacity.of(action_id(action)),
            },
            Self::ActionInUtc { action, .. } => ScheduledAction::time_zone.of(action_id(action)),
            _ => return None,
        })
    }
}

/// What a metric is at the load test's maximum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// The metric.
    pub metric: MetricName,
    /// Its value.
    pub most: f64,
    /// How that comes about, where it is a sum of what was typed.
    pub sum: Option<Sum>,
}

/// The sum behind a metric's value at the load test's maximum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sum {
    /// Requests per second × milliseconds that each keeps a core or GPU busy, ÷ the cores that it is percent of.
    Busy {
        /// The load test's maximum, requests per second.
        max_rps: f64,
        /// What a request costs, milliseconds.
        ms: f64,
        /// Cores that the metric is a share of; 1 where it is summed over them.
        cores: u32,
    },
    /// Requests per second × 60.
    Minute {
        /// The load test's maximum, requests per second.
        max_rps: f64,
    },
}
