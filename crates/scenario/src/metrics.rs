//! The metrics that policies look at, each declared once: how AWS names it, who publishes it, what it says, and what it is in the
//! engine. The engine knows how each is worked out (`engine::plan::Metric`); what a person reads of one is in `locales/`.
//!
//! Source: SageMaker developer guide, "Monitor Amazon SageMaker with Amazon CloudWatch"; Amazon EC2 user guide and user guide
//! for Application Load Balancers, "CloudWatch metrics"; Application Auto Scaling API reference, PredefinedMetricSpecification.

use engine::plan::{self, EndpointMetric};

use crate::{
    catalogue::InstanceType,
    compile::{Machine, ProblemKind},
    document::{LoadTest, Platform, PredictivePairType, Statistic},
    field::{Field, Unit, choices},
    platform::ScalableDimension,
};

choices! {
    /// The metrics that follow from a load test.
    pub enum MetricName default CpuUtilization {
        /// `AWS/SageMaker`: requests per instance and minute (only `Sum` says anything).
        InvocationsPerInstance = "InvocationsPerInstance",
        /// `/aws/sagemaker/Endpoints`: percent, summed over cores; `AWS/EC2`: percent of the machine.
        CpuUtilization = "CPUUtilization",
        /// `/aws/sagemaker/Endpoints`: percent, summed over GPUs.
        GpuUtilization = "GPUUtilization",
        /// `AWS/SageMaker`: requests in flight per instance, every ten seconds.
        ConcurrentRequestsPerModel = "ConcurrentRequestsPerModel",
        /// `AWS/ApplicationELB`: requests per target and minute (only `Sum` says anything).
        RequestCountPerTarget = "RequestCountPerTarget",
        /// `AWS/SageMaker`: requests in an asynchronous endpoint's queue.
        ApproximateBacklogSize = "ApproximateBacklogSize",
        /// `AWS/SageMaker`: the same per instance.
        ApproximateBacklogSizePerInstance = "ApproximateBacklogSizePerInstance",
        /// `AWS/SageMaker`: 1 while there are requests in the queue and no instances.
        HasBacklogWithoutCapacity = "HasBacklogWithoutCapacity",
        /// `AWS/SageMaker`: share of a serverless endpoint's provisioned concurrency in use, 0 to 1.
        ServerlessProvisionedConcurrencyUtilization = "ServerlessProvisionedConcurrencyUtilization",
        /// `AWS/SageMaker`: requests per copy of an inference component and minute (only `Sum` says anything).
        InvocationsPerCopy = "InvocationsPerCopy",
        /// `AWS/SageMaker`: requests in flight per copy, every ten seconds.
        ConcurrentRequestsPerCopy = "ConcurrentRequestsPerCopy",
        /// `AWS/SageMaker`: requests of a minute that failed because an inference component had no copies.
        NoCapacityInvocationFailures = "NoCapacityInvocationFailures",
    }
}

choices! {
    /// `PredefinedMetricType`.
    pub enum PredefinedMetricType {
        /// SageMaker: requests per instance and minute.
        SageMakerVariantInvocationsPerInstance = "SageMakerVariantInvocationsPerInstance",
        /// SageMaker: requests in flight per instance, every ten seconds.
        SageMakerVariantConcurrentRequestsPerModelHighResolution = "SageMakerVariantConcurrentRequestsPerModelHighResolution",
        /// SageMaker: requests per copy of an inference component and minute.
        SageMakerInferenceComponentInvocationsPerCopy = "SageMakerInferenceComponentInvocationsPerCopy",
        /// SageMaker: requests in flight per copy, every ten seconds.
        SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution = "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
        /// EC2 Auto Scaling: percent of the machine, as the mean over instances.
        AsgAverageCpuUtilization = "ASGAverageCPUUtilization",
        /// EC2 Auto Scaling: requests per target of a load balancer and minute.
        AlbRequestCountPerTarget = "ALBRequestCountPerTarget",
        /// EC2 Auto Scaling: bytes received, of which a scenario knows nothing.
        AsgAverageNetworkIn = "ASGAverageNetworkIn",
        /// EC2 Auto Scaling: bytes sent, of which a scenario knows nothing.
        AsgAverageNetworkOut = "ASGAverageNetworkOut",
        /// SageMaker, serverless: share of provisioned concurrency in use, 0 to 1.
        SageMakerVariantProvisionedConcurrencyUtilization = "SageMakerVariantProvisionedConcurrencyUtilization",
    }
}

/// A metric.
pub struct MetricSpec {
    /// Its name in CloudWatch.
    pub name: MetricName,
    /// Its type in a `PredefinedMetricSpecification`, and what may be scaled by that.
    pub predefined: Option<(PredefinedMetricType, ScalableDimension)>,
    /// The pair with the load that predictive scaling forecasts for it.
    pub pair: Option<PredictivePairType>,
    /// Who publishes it.
    pub sources: &'static [Source],
    /// The statistic that is meant where none is named. Of one that is `Sum` nothing else says anything.
    pub statistic: Statistic,
    /// What it counts.
    pub unit: MetricUnit,
    /// What it says, whatever a platform calls it.
    pub measures: Measure,
    /// Whether it is published every ten seconds rather than every minute.
    pub is_high_resolution: bool,
    /// Whether it falls as capacity is added, so that target tracking can keep it at a target.
    pub is_tracked: bool,
    /// What an empty TargetValue or Threshold stands for.
    pub usual: Usual,
    /// What it is in the engine.
    pub(crate) engine: fn(&Machine) -> Result<plan::Metric, ProblemKind>,
}

/// Who publishes metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The variant of an endpoint, of requests at its instances.
    Variant,
    /// The machines under an endpoint.
    Hosts,
    /// The queue of an asynchronous endpoint.
    Queue,
    /// An inference component, of requests at its copies.
    Component,
    /// The provisioned concurrency of a serverless endpoint.
    ProvisionedConcurrency,
    /// An Application Load Balancer, of requests at its targets.
    LoadBalancer,
    /// EC2, of a group's machines.
    Ec2,
}

impl Source {
    /// Returns the namespace that it publishes in.
    #[must_use]
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Variant | Self::Queue | Self::Component | Self::ProvisionedConcurrency => {
                "AWS/SageMaker"
            }
            Self::Hosts => "/aws/sagemaker/Endpoints",
            Self::LoadBalancer => "AWS/ApplicationELB",
            Self::Ec2 => "AWS/EC2",
        }
    }
}

/// What a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricUnit {
    /// Requests of a minute.
    RequestsPerMinute,
    /// Requests being served at a moment.
    RequestsInFlight,
    /// Requests that wait at a moment.
    RequestsInQueue,
    /// Percent of a machine's cores or GPUs.
    Percent,
    /// A share, 0 to 1.
    Share,
    /// 1 or 0.
    Flag,
}

/// What a metric says, whatever a platform calls it: a scenario that goes to another platform looks at the metric there that says
/// the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Requests of a minute at each of what scales.
    Requests,
    /// Requests in flight at each of what scales.
    InFlight,
    /// How busy processors are.
    Cpu,
    /// How busy accelerators are.
    Gpu,
    /// Requests in a queue.
    Backlog,
    /// The same for each instance.
    BacklogPerInstance,
    /// Whether requests wait although nothing is in service.
    BacklogWithoutCapacity,
    /// Requests that failed as nothing was in service.
    FailedWithoutCapacity,
    /// How much of provisioned concurrency is in use.
    ProvisionedConcurrency,
}

/// What an empty TargetValue or Threshold stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Usual {
    /// What the load test's formula comes to.
    Formula,
    /// This.
    Value(f64),
}

/// All there are. Of those that a platform publishes, the first is what its policies usually look at.
pub static METRICS: [MetricSpec; 12] = [
    MetricSpec {
        predefined: Some((
            PredefinedMetricType::SageMakerVariantInvocationsPerInstance,
            ScalableDimension::VariantInstances,
        )),
        ..requests(MetricName::InvocationsPerInstance, &[Source::Variant])
    },
    MetricSpec {
        predefined: Some((
            PredefinedMetricType::AlbRequestCountPerTarget,
            ScalableDimension::GroupInstances,
        )),
        pair: Some(PredictivePairType::AlbRequestCount),
        ..requests(MetricName::RequestCountPerTarget, &[Source::LoadBalancer])
    },
    MetricSpec {
        predefined: Some((
            PredefinedMetricType::SageMakerInferenceComponentInvocationsPerCopy,
            ScalableDimension::ComponentCopies,
        )),
        ..requests(MetricName::InvocationsPerCopy, &[Source::Component])
    },
    in_flight(
        MetricName::ConcurrentRequestsPerModel,
        &[Source::Variant],
        PredefinedMetricType::SageMakerVariantConcurrentRequestsPerModelHighResolution,
        ScalableDimension::VariantInstances,
    ),
    in_flight(
        MetricName::ConcurrentRequestsPerCopy,
        &[Source::Component],
        PredefinedMetricType::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution,
        ScalableDimension::ComponentCopies,
    ),
    MetricSpec {
        measures: Measure::FailedWithoutCapacity,
        // There are no copies whose number it could follow.
        is_tracked: false,
        usual: Usual::Value(1.0),
        engine: |_| {
            Ok(plan::Metric::Endpoint(
                EndpointMetric::NoCapacityInvocationFailures,
            ))
        },
        ..requests(
            MetricName::NoCapacityInvocationFailures,
            &[Source::Component],
        )
    },
    MetricSpec {
        measures: Measure::BacklogPerInstance,
        engine: |_| {
            Ok(plan::Metric::Endpoint(
                EndpointMetric::BacklogSizePerInstance,
            ))
        },
        ..of_queue(MetricName::ApproximateBacklogSizePerInstance)
    },
    of_queue(MetricName::ApproximateBacklogSize),
    MetricSpec {
        unit: MetricUnit::Flag,
        measures: Measure::BacklogWithoutCapacity,
        usual: Usual::Value(1.0),
        engine: |_| {
            Ok(plan::Metric::Endpoint(
                EndpointMetric::HasBacklogWithoutCapacity,
            ))
        },
        ..of_queue(MetricName::HasBacklogWithoutCapacity)
    },
    MetricSpec {
        predefined: Some((
            PredefinedMetricType::SageMakerVariantProvisionedConcurrencyUtilization,
            ScalableDimension::ProvisionedConcurrency,
        )),
        unit: MetricUnit::Share,
        measures: Measure::ProvisionedConcurrency,
        engine: |machine| Ok(machine.provisioned()),
        ..average(
            MetricName::ServerlessProvisionedConcurrencyUtilization,
            &[Source::ProvisionedConcurrency],
        )
    },
    MetricSpec {
        predefined: Some((
            PredefinedMetricType::AsgAverageCpuUtilization,
            ScalableDimension::GroupInstances,
        )),
        pair: Some(PredictivePairType::AsgCpuUtilization),
        engine: |machine| machine.cpu(),
        ..average(MetricName::CpuUtilization, &[Source::Hosts, Source::Ec2])
    },
    MetricSpec {
        measures: Measure::Gpu,
        engine: |machine| machine.gpu(),
        ..average(MetricName::GpuUtilization, &[Source::Hosts])
    },
];

/// Returns a metric of requests a minute.
const fn requests(name: MetricName, sources: &'static [Source]) -> MetricSpec {
    MetricSpec {
        statistic: Statistic::Sum,
        unit: MetricUnit::RequestsPerMinute,
        measures: Measure::Requests,
        engine: |_| Ok(plan::Metric::InvocationsPerInstance),
        ..average(name, sources)
    }
}

/// Returns a metric of requests in flight, published every ten seconds.
const fn in_flight(
    name: MetricName,
    sources: &'static [Source],
    predefined: PredefinedMetricType,
    scales: ScalableDimension,
) -> MetricSpec {
    MetricSpec {
        predefined: Some((predefined, scales)),
        unit: MetricUnit::RequestsInFlight,
        measures: Measure::InFlight,
        is_high_resolution: true,
        engine: |machine| Ok(machine.concurrent()),
        ..average(name, sources)
    }
}

/// Returns a metric of how many requests wait in an asynchronous endpoint's queue; its usual values are the developer guide's
/// examples.
const fn of_queue(name: MetricName) -> MetricSpec {
    MetricSpec {
        unit: MetricUnit::RequestsInQueue,
        measures: Measure::Backlog,
        usual: Usual::Value(5.0),
        engine: |_| Ok(plan::Metric::Endpoint(EndpointMetric::BacklogSize)),
        ..average(name, &[Source::Queue])
    }
}

/// Returns a metric that is a mean over instances.
const fn average(name: MetricName, sources: &'static [Source]) -> MetricSpec {
    MetricSpec {
        name,
        predefined: None,
        pair: None,
        sources,
        statistic: Statistic::Average,
        unit: MetricUnit::Percent,
        measures: Measure::Cpu,
        is_high_resolution: false,
        is_tracked: true,
        usual: Usual::Formula,
        engine: |machine| machine.cpu(),
    }
}

impl MetricName {
    /// Returns what is known of it.
    #[must_use]
    pub fn spec(self) -> &'static MetricSpec {
        let [first, ..] = &METRICS;
        (METRICS.iter())
            .find(|metric| metric.name == self)
            .unwrap_or(first)
    }

    /// Returns what a target or threshold on it counts, as a field shows it.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self.spec().unit {
            MetricUnit::RequestsPerMinute if self.counts_requests() => Unit::PerMinute,
            MetricUnit::RequestsInFlight | MetricUnit::RequestsInQueue => Unit::Requests,
            MetricUnit::Percent => Unit::Percent,
            MetricUnit::RequestsPerMinute | MetricUnit::Share | MetricUnit::Flag => Unit::None,
        }
    }

    /// Whether it counts requests of a minute.
    #[must_use]
    pub fn counts_requests(self) -> bool {
        self.spec().measures == Measure::Requests
    }

    /// Whether it has datapoints there. SageMaker publishes metrics of requests at instances for no asynchronous endpoint, and
    /// those of a queue only for these (developer guide, "Monitor asynchronous endpoint").
    // rule: asynchronous.published-metrics
    #[must_use]
    pub fn is_published_by(self, platform: Platform) -> bool {
        platform.rules().publishes(self.spec())
    }

    /// Returns the metric that is published there and serves the same end.
    #[must_use]
    pub fn instead(self, platform: Platform) -> Self {
        let first = platform.rules().metrics().next();
        first.map_or(self, |metric| metric.name)
    }

    /// Returns the namespace that it is published in.
    #[must_use]
    pub fn namespace(self, platform: Platform) -> &'static str {
        let (sources, there) = (self.spec().sources, platform.rules().sources);
        let published = sources.iter().find(|source| there.contains(source));
        published
            .or(sources.first())
            .map_or("", |source| source.namespace())
    }

    /// Returns how many vCPUs or accelerators a type has, over which SageMaker sums up how busy they are.
    #[must_use]
    pub fn units(self, instance: &InstanceType) -> Option<u32> {
        match self.spec().measures {
            Measure::Cpu => instance.vcpu,
            Measure::Gpu => instance.gpu.as_ref().map(|gpu| gpu.count),
            _ => None,
        }
    }

    /// Returns the field of what a request costs in it, milliseconds of a vCPU or of an accelerator.
    #[must_use]
    pub fn cost(self) -> Option<Field> {
        match self.spec().measures {
            Measure::Cpu => Some(LoadTest::cpu_ms_per_request),
            Measure::Gpu => Some(LoadTest::gpu_ms_per_request),
            _ => None,
        }
    }

    /// Returns the statistic that is meant where none is named.
    #[must_use]
    pub fn statistic(self) -> Statistic {
        self.spec().statistic
    }
}

impl PredefinedMetricType {
    /// Returns what is known of the metric, and what may be scaled by it; `None`: no engine knows it.
    #[must_use]
    pub fn spec(self) -> Option<(&'static MetricSpec, ScalableDimension)> {
        METRICS.iter().find_map(|metric| match metric.predefined {
            Some((predefined, scales)) if predefined == self => Some((metric, scales)),
            _ => None,
        })
    }

    /// Returns its name without what it is a metric of.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        let name = self.name();
        let name = name.strip_prefix("SageMakerVariant").unwrap_or(name);
        let name = (name.strip_prefix("SageMakerInferenceComponent")).unwrap_or(name);
        name.strip_suffix("HighResolution").unwrap_or(name)
    }

    /// Returns the metric in CloudWatch; of those that no engine knows the first that it does.
    #[must_use]
    pub fn metric_name(self) -> MetricName {
        self.spec()
            .map_or(MetricName::InvocationsPerInstance, |(metric, _)| {
                metric.name
            })
    }
}

impl PredictivePairType {
    /// Returns the metric of an instance; of those that no engine knows the first that it does.
    #[must_use]
    pub fn metric_name(self) -> MetricName {
        let mut metrics = METRICS.iter();
        let known = metrics.find(|metric| metric.pair == Some(self));
        known.map_or(MetricName::RequestCountPerTarget, |metric| metric.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TRACKED;
    use std::collections::BTreeSet;

    #[test]
    fn every_metric_is_declared_once_and_published_somewhere() {
        for name in MetricName::ALL {
            assert_eq!(METRICS.iter().filter(|it| it.name == *name).count(), 1);
            let published = Platform::ALL.iter().filter(|it| name.is_published_by(**it));
            assert!(published.count() > 0, "{}", name.name());
        }
        // Target tracking may be set to each by its own name, and to what is predefined by a short one.
        let short = PredefinedMetricType::ALL.iter().map(|it| it.short_name());
        let all = short.chain(MetricName::NAMES.iter().copied());
        assert_eq!(
            all.collect::<BTreeSet<_>>(),
            TRACKED.iter().copied().collect::<BTreeSet<_>>()
        );
        // Where target tracking takes a metric as a predefined one, it is published.
        for metric in &METRICS {
            let Some((_, scales)) = metric.predefined else {
                continue;
            };
            let mut there = Platform::ALL.iter().map(|it| it.rules());
            assert!(there.any(|it| it.scales == scales && it.publishes(metric)));
        }
    }
}
