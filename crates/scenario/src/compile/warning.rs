//! What is odd about a scenario but not wrong: it runs, and the person should know.

use engine::sizing::TargetSlip;

use crate::{catalogue::Price, document::MetricName};

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
    /// A policy looks at a metric that SageMaker does not publish for this kind of endpoint: it never scales.
    NotPublished {
        /// Index of the policy.
        policy: usize,
        /// The metric.
        metric: MetricName,
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
