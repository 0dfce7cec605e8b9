//! Metrics: what they follow from, and how AWS names them.
//!
//! Source: SageMaker developer guide, "Monitor Amazon SageMaker with Amazon CloudWatch"; Amazon EC2 user guide and user guide
//! for Application Load Balancers, "CloudWatch metrics".

use engine::{plan, sizing};

use super::super::{
    asynchronous, check::Checks, demand::MOST_RPS, problem::ProblemKind, serverless,
};
use crate::{
    catalogue::InstanceType,
    document::{
        CustomizedMetricSpecification, Dimension, LoadTest, MetricName, Platform, Statistic,
    },
    limits::MOST_DIMENSIONS,
};

/// What a metric of the machine follows from.
pub(super) struct Machine<'a> {
    pub platform: Platform,
    pub load_test: &'a LoadTest,
    /// Its virtual processors; `None`: not known.
    pub vcpu: Option<u32>,
    pub instance: Option<&'a InstanceType>,
}

impl Machine<'_> {
    /// The load test's formula, as requests per instance and minute.
    pub(super) fn formula(&self) -> f64 {
        let max_rps = if self.platform.is_serverless() {
            serverless::max_rps(self.load_test)
        } else {
            self.load_test.max_rps
        };
        sizing::target(max_rps, self.load_test.safety_factor)
    }

    /// The metric that counts requests.
    // rule: group.request-count
    pub(super) fn requests(&self) -> MetricName {
        match self.platform {
            Platform::Ec2AutoScalingGroup => MetricName::RequestCountPerTarget,
            Platform::SagemakerInferenceComponent => MetricName::InvocationsPerCopy,
            _ => MetricName::InvocationsPerInstance,
        }
    }

    // rule: asynchronous.unpublished-metric
    pub(super) fn metric(&self, name: MetricName) -> Result<plan::Metric, ProblemKind> {
        if self.platform.is_serverless() {
            return self.of_serverless(name);
        }
        match name {
            _ if self.platform.is_component() => self.of_copies(name),
            MetricName::ServerlessProvisionedConcurrencyUtilization => {
                let right = match self.requests() {
                    MetricName::RequestCountPerTarget => "RequestCountPerTarget",
                    _ => "InvocationsPerInstance",
                };
                Err(ProblemKind::OtherThan { right })
            }
            MetricName::InvocationsPerInstance | MetricName::RequestCountPerTarget
                if name != self.requests() =>
            {
                let right = match self.requests() {
                    MetricName::RequestCountPerTarget => "RequestCountPerTarget",
                    _ => "InvocationsPerInstance",
                };
                Err(ProblemKind::OtherThan { right })
            }
            MetricName::CpuUtilization if !self.platform.is_sagemaker() => self.cpu_of_group(),
            MetricName::GpuUtilization if !self.platform.is_sagemaker() => {
                let right = "CPUUtilization";
                Err(ProblemKind::OtherThan { right })
            }
            MetricName::RequestCountPerTarget => Ok(plan::Metric::InvocationsPerInstance),
            _ if !self.platform.is_sagemaker() => {
                let right = "RequestCountPerTarget";
                Err(ProblemKind::OtherThan { right })
            }
            // Nobody has these, and so they are no mistake of the document's: there is a warning.
            _ if !name.is_published_by(self.platform) => Ok(plan::Metric::Unpublished),
            MetricName::InvocationsPerInstance => Ok(plan::Metric::InvocationsPerInstance),
            MetricName::CpuUtilization => self.cpu(),
            MetricName::GpuUtilization => self.gpu(),
            MetricName::ConcurrentRequestsPerModel => Ok(self.concurrent()),
            _ => {
                Ok(asynchronous::metric(name)
                    .map_or(plan::Metric::Unpublished, plan::Metric::Backlog))
            }
        }
    }

    /// What a component's copies publish. CPU and GPU are the machine's, which copies share.
    // rule: component.concurrent-requests-per-copy
    #[inline(never)]
    fn of_copies(&self, name: MetricName) -> Result<plan::Metric, ProblemKind> {
        match name {
            MetricName::InvocationsPerCopy => Ok(plan::Metric::InvocationsPerInstance),
            MetricName::ConcurrentRequestsPerCopy => Ok(self.concurrent()),
            MetricName::NoCapacityInvocationFailures => {
                Ok(plan::Metric::NoCapacityInvocationFailures)
            }
            _ => {
                let right = "InvocationsPerCopy";
                Err(ProblemKind::OtherThan { right })
            }
        }
    }

    #[inline(never)]
    pub(super) fn of_provisioned(&self) -> plan::Metric {
        serverless::utilization(self.load_test)
    }

    /// A serverless endpoint has one metric that says how much of it is in use.
    #[inline(never)]
    fn of_serverless(&self, name: MetricName) -> Result<plan::Metric, ProblemKind> {
        if name == MetricName::ServerlessProvisionedConcurrencyUtilization {
            Ok(self.of_provisioned())
        } else {
            let right = "ServerlessProvisionedConcurrencyUtilization";
            Err(ProblemKind::OtherThan { right })
        }
    }

    #[inline(never)]
    fn cpu(&self) -> Result<plan::Metric, ProblemKind> {
        self.vcpu
            .map(|vcpu| self.utilization(vcpu, self.load_test.cpu_ms_per_request))
            .ok_or(ProblemKind::UnknownVcpu)
    }

    /// EC2's CPUUtilization is percent of the machine; the number of vCPUs matters only to a request's cost on one.
    // rule: group.cpu-utilization
    #[inline(never)]
    fn cpu_of_group(&self) -> Result<plan::Metric, ProblemKind> {
        let percent_s_per_request = match self.load_test.cpu_ms_per_request {
            None => 100.0 / self.load_test.max_rps,
            Some(ms) => ms / 10.0 / f64::from(self.vcpu.ok_or(ProblemKind::UnknownVcpu)?),
        };
        Ok(plan::Metric::Utilization {
            percent_s_per_request,
            most_percent: 100.0,
        })
    }

    #[inline(never)]
    fn gpu(&self) -> Result<plan::Metric, ProblemKind> {
        let gpu = self.instance.and_then(|instance| instance.gpu.as_ref());
        gpu.filter(|gpu| gpu.count > 0)
            .map(|gpu| self.utilization(gpu.count, self.load_test.gpu_ms_per_request))
            .ok_or(ProblemKind::NoGpu)
    }

    #[inline(never)]
    pub(super) fn concurrent(&self) -> plan::Metric {
        let LoadTest { p50_ms, p95_ms, .. } = self.load_test;
        plan::Metric::ConcurrentRequests {
            idle_s: engine::idle_s(*p50_ms, *p95_ms),
        }
    }

    /// Where the cost of a request is not given, the load test's maximum keeps all units busy.
    // rule: sagemaker.utilization-over-cores
    fn utilization(&self, units: u32, ms_per_request: Option<f64>) -> plan::Metric {
        let most_percent = 100.0 * f64::from(units);
        plan::Metric::Utilization {
            percent_s_per_request: ms_per_request
                .map_or(most_percent / self.load_test.max_rps, |ms| ms / 10.0),
            most_percent,
        }
    }
}

/// More requests than this are never in flight at an instance that is to be kept there.
const MOST_CONCURRENT: f64 = 1e6;
/// What an empty TargetValue or Threshold stands for; `formula`: what the load test's formula comes to, as requests per
/// instance and minute.
#[must_use]
pub fn usual(metric: &plan::Metric, formula: f64) -> f64 {
    match metric {
        plan::Metric::Backlog(metric) => asynchronous::usual(*metric),
        plan::Metric::NoCapacityInvocationFailures => 1.0,
        _ => metric.of_requests(formula),
    }
}

/// The most that a metric can be.
pub(super) fn most(metric: &plan::Metric) -> f64 {
    match metric {
        plan::Metric::Utilization { most_percent, .. } => *most_percent,
        plan::Metric::ConcurrentRequests { .. } => MOST_CONCURRENT,
        _ => MOST_RPS * 60.0,
    }
}

/// Checks how a customized metric is named.
#[inline(never)]
pub(super) fn check_customized(
    given: &CustomizedMetricSpecification,
    platform: Platform,
    checks: &mut Checks,
) {
    let namespace = given.namespace.as_deref();
    let (dimensions, statistic) = (&given.dimensions, given.statistic);
    let name = given.metric_name;
    check(name, platform, namespace, dimensions, statistic, checks);
}

/// A metric's namespace, dimensions and statistic, as far as they are given.
// rule: sagemaker.invocations-statistic
pub(super) fn check(
    name: MetricName,
    platform: Platform,
    namespace: Option<&str>,
    dimensions: &[Dimension],
    statistic: Option<Statistic>,
    checks: &mut Checks,
) {
    let right = name.namespace(platform);
    if namespace.is_some_and(|namespace| namespace != right) {
        checks.problem("Namespace", ProblemKind::OtherThan { right });
    }
    checks.list("Dimensions", dimensions.len(), MOST_DIMENSIONS);
    let is_sum = matches!(statistic, Some(Statistic::Sum));
    let right = match name {
        MetricName::InvocationsPerInstance
        | MetricName::RequestCountPerTarget
        | MetricName::InvocationsPerCopy
        | MetricName::NoCapacityInvocationFailures => {
            if statistic.is_none() || is_sum {
                return;
            }
            "Sum"
        }
        _ if is_sum => "Average",
        _ => return,
    };
    checks.problem("Statistic", ProblemKind::OtherThan { right });
}
