//! What a platform's table holds.

use engine::plan::{Instances, Plan, ScalableResource, Service};

use super::Platform;
use crate::{
    catalogue::{self, InstanceType, Price, PriceKind},
    compile::{
        Problem, ProblemKind, Resolved, Warning,
        check::Checks,
        failures::{self, HealthChecks},
        looks_like_type,
    },
    document::{Instance, LoadTest, MetricName, ScalingPolicy, Scenario},
    metrics::{METRICS, Measure, MetricSpec, Source},
};

/// What AWS does on a platform: what a scenario may say there, what compiling adds, what is odd, and what becomes of a scenario
/// that comes or goes. What is usual is `PlatformRules::ENDPOINT`'s.
pub struct PlatformRules {
    /// Whose rules they are.
    pub platform: Platform,
    /// What scales.
    pub scales: ScalableDimension,
    /// Whose types of machines there are.
    pub machines: Machines,
    /// Who publishes metrics of it.
    pub sources: &'static [Source],
    /// Whose metrics AWS takes there, although they never have a datapoint.
    pub(crate) silent: &'static [Source],
    /// What a scenario that comes here looks at in place of what is not published here.
    pub(crate) instead: &'static [(Measure, MetricName)],
    /// The same for whatever else there may be; `None`: it stays as it is, and is found wrong.
    pub(crate) otherwise: Option<MetricName>,
    /// Fewest instances (or whatever scales) that AWS takes for MinCapacity.
    pub least_capacity: u32,
    /// Fewest instances that sizing wants where nobody says.
    pub(crate) fewest_instances: u32,
    /// AlarmLow's threshold as a share of the target: read off real accounts. AWS documents only "usually more than 10 % lower".
    pub alarm_low_factor: f64,
    /// Whether instances serve, rather than environments that are started for each request.
    pub has_instances: bool,
    /// Whether requests wait in a queue of the endpoint's own, which is there without instances.
    pub has_queue: bool,
    /// Whether what waits or fails where nothing is in service can bring the first of it back.
    pub(crate) wakes_from_zero: bool,
    /// Whether instances may fail, each by itself.
    pub fails: bool,
    /// Whether clients that retry are simulated.
    pub has_retries: bool,
    /// Whether burstable instances there have CPU credits.
    pub burns_credits: bool,
    /// Whether a number of burstable instances scales, and their credit mode is one's own choice.
    pub burstable_scales: bool,
    /// Whether the endpoint is `Updating` while instances come and go, and takes no other change.
    pub endpoint_updates: bool,
    /// The cards of its form, in their order.
    pub cards: &'static [Card],
    /// A step scaling policy that is added there.
    pub(crate) new_step: fn(&str) -> ScalingPolicy,
    /// Checks what only a scenario of this platform has to keep to.
    pub(crate) check: fn(&Scenario, &mut Checks),
    /// The same, once the machine is known.
    pub(crate) check_machine: fn(&Scenario, Option<&InstanceType>, &mut Checks),
    /// What the machine costs, which may have a price of one's own.
    pub(crate) price: fn(&Scenario, Option<Price>, &mut Checks) -> Priced,
    /// Requests per second that one of what scales can serve.
    pub(crate) max_rps: fn(&LoadTest) -> f64,
    /// What it makes of what a load test and its patience give.
    pub(crate) service: fn(&Scenario, Service) -> Service,
    /// What scales, as far as it is known before bounds and demand are; of instances that can be what a scenario says of them.
    pub(crate) resource: fn(&Scenario, Instances) -> ScalableResource,
    /// Who notices that an instance fails, and after how long.
    pub(crate) health_checks: fn(&Scenario) -> HealthChecks,
    /// Longest time from decision to in service, seconds.
    pub(crate) longest_launch_s: fn(&Scenario) -> f64,
    /// How many there are at the start, where somebody says.
    pub(crate) initial: fn(&Scenario) -> Option<u32>,
    /// Most that sizing may say, of what it would say.
    pub limit: fn(&Scenario, u64) -> u64,
    /// Adds what only this platform's plan has, once bounds are known.
    pub(crate) complete: fn(&Scenario, &mut Plan, Option<&InstanceType>) -> Result<(), Problem>,
    /// Fills in what nothing else can know.
    pub(crate) resolve: fn(&Scenario, &mut Plan, &mut Resolved),
    /// Finds what is odd about its machine and its price.
    pub(crate) warn_of_machine: fn(&Scenario, &Resolved, &mut Vec<Warning>),
    /// Finds what is odd about all else that only this platform has.
    pub(crate) warn: fn(&Scenario, &Plan, &mut Vec<Warning>),
    /// A scenario goes to another platform: what only this one has becomes what instances of an endpoint have.
    pub(crate) leave: fn(&mut Scenario, to: &PlatformRules),
    /// A scenario has come that has what instances of an endpoint have.
    pub(crate) enter: fn(&mut Scenario),
}

/// The price in force, and the catalogue's entry.
pub(crate) type Priced = (Option<Price>, Option<&'static InstanceType>);

/// What policies change the number of: Application Auto Scaling's `ScalableDimension`, or a group's DesiredCapacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalableDimension {
    /// `sagemaker:variant:DesiredInstanceCount`
    VariantInstances,
    /// `sagemaker:inference-component:DesiredCopyCount`
    ComponentCopies,
    /// `sagemaker:variant:DesiredProvisionedConcurrency`
    ProvisionedConcurrency,
    /// EC2 Auto Scaling's own.
    GroupInstances,
}

impl ScalableDimension {
    /// Whether EC2 Auto Scaling scales it rather than Application Auto Scaling: with warm-up in place of cooldowns, simple and
    /// predictive scaling, and actions that set the capacity itself.
    #[must_use]
    pub fn is_of_ec2(self) -> bool {
        self == Self::GroupInstances
    }
}

/// Whose types of machines there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machines {
    /// SageMaker's: `ml.c5.xlarge`.
    SageMaker,
    /// EC2's: `c5.xlarge`.
    Ec2,
}

/// A card of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// What a load test of one instance or copy gave.
    LoadTest,
    /// What a load test of one request gave.
    RequestTest,
    /// What is expected, and what follows.
    Sizing,
    /// The machine.
    Instance,
    /// A serverless endpoint's memory and limits.
    Serverless,
    /// Bounds, policies and scheduled actions.
    Scaling,
    /// What demand is made of.
    Demand,
    /// How clients retry.
    Retries,
    /// Patience, and what counts as holding.
    Service,
    /// Machines to compare its own with.
    OtherMachines,
    /// What AWS does not publish.
    Assumptions,
}

impl Card {
    /// The cards of machines that serve.
    const OF_INSTANCES: &'static [Self] = &[
        Self::LoadTest,
        Self::Sizing,
        Self::Instance,
        Self::Scaling,
        Self::Demand,
        Self::Retries,
        Self::Service,
        Self::OtherMachines,
        Self::Assumptions,
    ];
}

impl PlatformRules {
    /// What is usual: instances of a SageMaker endpoint, scaled by Application Auto Scaling.
    pub(super) const ENDPOINT: Self = Self {
        platform: Platform::SagemakerRealTime,
        scales: ScalableDimension::VariantInstances,
        machines: Machines::SageMaker,
        sources: &[Source::Variant, Source::Hosts],
        silent: &[
            Source::Variant,
            Source::Hosts,
            Source::Queue,
            Source::Component,
        ],
        instead: &[],
        otherwise: None,
        least_capacity: 0,
        // Two Availability Zones.
        fewest_instances: 2,
        alarm_low_factor: 0.9,
        has_instances: true,
        has_queue: false,
        wakes_from_zero: false,
        fails: false,
        has_retries: false,
        burns_credits: true,
        burstable_scales: false,
        endpoint_updates: true,
        cards: Card::OF_INSTANCES,
        new_step: ScalingPolicy::step,
        check: |_, _| {},
        check_machine: |_, _, _| {},
        price: price_of_sagemaker,
        max_rps: |load_test| load_test.max_rps,
        service: |_, of_instances| of_instances,
        resource: |_, instances| ScalableResource::VariantInstances(instances),
        health_checks: failures::of_sagemaker,
        longest_launch_s: failures::longest_launch_s,
        initial: |scenario| scenario.instance.initial,
        limit: |_, max| max,
        complete: |_, _, _| Ok(()),
        resolve: |_, _, _| {},
        warn_of_machine: warn_of_estimate,
        warn: warn_of_type,
        leave: |_, _| {},
        enter: |_| {},
    };

    /// Whether metrics of a source have datapoints there.
    #[must_use]
    pub(crate) fn publishes(&self, metric: &MetricSpec) -> bool {
        metric.sources.iter().any(|it| self.sources.contains(it))
    }

    /// Returns the metrics that have datapoints there; the first is what a policy usually looks at.
    pub fn metrics(&self) -> impl Iterator<Item = &'static MetricSpec> {
        METRICS.iter().filter(|metric| self.publishes(metric))
    }

    /// Returns the metrics that target tracking can look at, as a person chooses them: by their predefined types where there are
    /// some.
    #[must_use]
    pub fn tracked_names(&self) -> Vec<&'static str> {
        let tracked = self.metrics().filter(|metric| metric.is_tracked);
        let predefined = |metric: &MetricSpec| match metric.predefined {
            Some((predefined, scales)) if scales == self.scales => predefined.short_name(),
            _ => metric.name.name(),
        };
        tracked.map(predefined).collect()
    }

    /// Returns a step scaling policy that is added there.
    #[must_use]
    pub fn new_step(&self, name: &str) -> ScalingPolicy {
        (self.new_step)(name).on(self.platform)
    }

    /// Returns a target tracking policy that is added there.
    #[must_use]
    pub fn new_tracking(&self) -> ScalingPolicy {
        let mut policy = ScalingPolicy::default();
        if let Some(usual) = self.metrics().next() {
            policy.look_at(usual.name, self);
        }
        policy
    }
}

/// Returns the catalogue's price of an instance that SageMaker rents.
fn price_of_sagemaker(scenario: &Scenario, own: Option<Price>, checks: &mut Checks) -> Priced {
    let name = &scenario.instance.instance_type;
    let known = catalogue::find(name);
    if known.is_none() && (own.is_none() || !looks_like_type(name)) {
        checks.problem(Instance::instance_type, ProblemKind::UnknownInstanceType);
    }
    let price = own.or_else(|| known?.price.clone());
    if known.is_some() && price.is_none() {
        checks.problem(Instance::usd_per_hour, ProblemKind::Missing);
    }
    (price, known)
}

/// Warns of a price that is none of AWS's.
fn warn_of_estimate(_: &Scenario, resolved: &Resolved, warnings: &mut Vec<Warning>) {
    if resolved.price.kind == PriceKind::Estimate {
        warnings.push(Warning::PriceIsEstimate {
            price: resolved.price.clone(),
        });
    }
}

/// Warns of a type of EC2 that SageMaker has under another name.
pub(super) fn warn_of_type(scenario: &Scenario, _: &Plan, warnings: &mut Vec<Warning>) {
    let name = &scenario.instance.instance_type;
    if name.starts_with("ml.") {
        return;
    }
    warnings.extend(
        catalogue::find_ec2(name).map(|(twin, _)| Warning::TypeOfEc2 {
            right: twin.name.clone().into_owned(),
        }),
    );
}
