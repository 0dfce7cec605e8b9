//! What metrics of a machine follow from, and what AWS takes of how a policy names one.

use engine::{plan, sizing};

use super::super::{check::ItemChecks, problem::ProblemKind};
use crate::{
    catalogue::InstanceType,
    document::{Dimension, LoadTest, MetricAlarm, MetricName, Platform, Statistic},
    limits::{MOST_DIMENSIONS, MOST_RPS},
    metrics::{MetricUnit, Source, Usual},
    platform::PlatformRules,
};

/// What a metric of the machine follows from.
pub(crate) struct Machine<'a> {
    pub rules: &'static PlatformRules,
    pub load_test: &'a LoadTest,
    /// Its virtual processors; `None`: not known.
    pub vcpu: Option<u32>,
    pub instance: Option<&'a InstanceType>,
}

impl Machine<'_> {
    /// Returns the load test's formula, as requests per instance and minute.
    pub(super) fn formula(&self) -> f64 {
        let max_rps = (self.rules.max_rps)(self.load_test);
        sizing::target(max_rps, self.load_test.safety_factor)
    }

    /// A metric by its name. One of SageMaker's that has no datapoints there is no mistake of the document's: there is a warning.
    // rule: group.request-count
    // rule: asynchronous.unpublished-metric
    pub(super) fn metric(&self, name: MetricName) -> Result<plan::Metric, ProblemKind> {
        let (metric, rules) = (name.spec(), self.rules);
        if rules.publishes(metric) {
            return (metric.engine)(self);
        }
        if metric.sources.iter().any(|it| rules.silent.contains(it)) {
            return Ok(plan::Metric::Unpublished);
        }
        let is_percent = metric.unit == MetricUnit::Percent;
        let mut published = rules.metrics();
        let other = published.find(|it| is_percent && it.unit == MetricUnit::Percent);
        let right = other.map_or_else(|| rules.requests(), |it| it.name).name();
        Err(ProblemKind::OtherThan { right })
    }

    /// EC2's CPUUtilization is percent of the machine, whose number of vCPUs matters only to a request's cost on one; an
    /// endpoint's is summed over vCPUs.
    // rule: group.cpu-utilization
    pub(crate) fn cpu(&self) -> Result<plan::Metric, ProblemKind> {
        let ms_per_request = self.load_test.cpu_ms_per_request;
        let vcpu = self.vcpu.ok_or(ProblemKind::UnknownVcpu);
        if !self.rules.sources.contains(&Source::Ec2) {
            return Ok(self.utilization(vcpu?, ms_per_request));
        }
        let percent_s_per_request = match ms_per_request {
            None => 100.0 / self.load_test.max_rps,
            Some(ms) => ms / 10.0 / f64::from(vcpu?),
        };
        Ok(plan::Metric::Utilization {
            percent_s_per_request,
            most_percent: 100.0,
        })
    }

    /// Returns the utilisation of accelerators as the engine has it.
    pub(crate) fn gpu(&self) -> Result<plan::Metric, ProblemKind> {
        let gpu = self.instance.and_then(|instance| instance.gpu.as_ref());
        gpu.filter(|gpu| gpu.count > 0)
            .map(|gpu| self.utilization(gpu.count, self.load_test.gpu_ms_per_request))
            .ok_or(ProblemKind::NoGpu)
    }

    /// Requests in flight.
    // rule: component.concurrent-requests-per-copy
    pub(crate) fn concurrent(&self) -> plan::Metric {
        let LoadTest { p50_ms, p95_ms, .. } = self.load_test;
        plan::Metric::ConcurrentRequests {
            idle_s: engine::idle_s(*p50_ms, *p95_ms),
        }
    }

    /// ServerlessProvisionedConcurrencyUtilization: requests at once that provisioned concurrency serves, as a share of it
    /// (developer guide, "Alarms and logs for tracking metrics from serverless endpoints"). That it never exceeds 1 is assumed.
    // rule: serverless.utilization
    pub(crate) fn provisioned(&self) -> plan::Metric {
        plan::Metric::Utilization {
            percent_s_per_request: 1.0 / (self.rules.max_rps)(self.load_test),
            most_percent: 1.0,
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

/// Returns what an empty TargetValue or Threshold stands for; `formula`: what the load test's formula comes to, as requests per
/// instance and minute.
#[must_use]
pub fn usual(name: MetricName, metric: &plan::Metric, formula: f64) -> f64 {
    match name.spec().usual {
        Usual::Value(value) if *metric != plan::Metric::Unpublished => value,
        _ => metric.of_requests(formula),
    }
}

/// Returns the most that a metric can be.
pub(super) fn most(metric: &plan::Metric) -> f64 {
    match metric {
        plan::Metric::Utilization { most_percent, .. } => *most_percent,
        plan::Metric::ConcurrentRequests { .. } => MOST_CONCURRENT,
        _ => MOST_RPS * 60.0,
    }
}

/// Checks a metric's namespace, dimensions and statistic, as far as they are given; an alarm's are called as a customized metric's.
// rule: sagemaker.invocations-statistic
pub(super) fn check(
    name: MetricName,
    platform: Platform,
    namespace: Option<&str>,
    dimensions: &[Dimension],
    statistic: Option<Statistic>,
    checks: &mut ItemChecks<'_>,
) {
    let right = name.namespace(platform);
    if namespace.is_some_and(|namespace| namespace != right) {
        checks.problem(MetricAlarm::namespace, ProblemKind::OtherThan { right });
    }
    checks.list(MetricAlarm::dimensions, dimensions.len(), MOST_DIMENSIONS);
    let right = match (name.statistic(), statistic) {
        (Statistic::Sum, Some(other)) if other != Statistic::Sum => "Sum",
        (usual, Some(Statistic::Sum)) if usual != Statistic::Sum => "Average",
        _ => return,
    };
    checks.problem(MetricAlarm::statistic, ProblemKind::OtherThan { right });
}
