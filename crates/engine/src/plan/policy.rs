//! Scaling policies and the metrics they look at, as numbers.

use super::{Service, TreatMissingData};
use crate::exact;

/// A metric of a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Metric {
    /// `SageMakerVariantInvocationsPerInstance`: requests of a minute, each divided by the instances in service when it
    /// came.
    InvocationsPerInstance,
    /// CPUUtilization or GPUUtilization, percent summed over cores or GPUs, as the mean over instances and the minute:
    /// requests served keep the machine busy.
    Utilization {
        /// Percent of one core or GPU × seconds that a request costs (> 0).
        percent_s_per_request: f64,
        /// 100 × cores or GPUs.
        most_percent: f64,
    },
    /// ConcurrentRequestsPerModel: requests in flight at each instance, served or waiting, as the mean over instances and
    /// ten seconds.
    ConcurrentRequests {
        /// Seconds that a request takes on an idle instance (> 0).
        idle_s: f64,
    },
    /// Of the endpoint as a whole, not of the requests of each instance.
    Endpoint(EndpointMetric),
    /// A metric that this platform does not publish: it never has a datapoint.
    Unpublished,
}

/// Metrics of an endpoint as a whole. Each is 0 in a minute in which all requests that came were served and none waited.
///
/// Source: Amazon SageMaker developer guide, "Monitor asynchronous endpoint" and "Monitor inference components". Those of a queue
/// are gauges: of a minute their mean is taken, whatever an alarm's statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointMetric {
    /// `ApproximateBacklogSize`: requests in the queue. AWS counts those being processed, too, which are few; here they are not.
    BacklogSize,
    /// `ApproximateBacklogSizePerInstance`: the same, divided by the instances in service. Without any it is the queue
    /// itself: assumed, AWS does not say.
    BacklogSizePerInstance,
    /// `HasBacklogWithoutCapacity`: 1 while there are requests in the queue and no instances, else 0.
    HasBacklogWithoutCapacity,
    /// `NoCapacityInvocationFailures`: requests of a minute that failed because an inference component had no copy in
    /// service; 0 in a minute without any (assumed).
    NoCapacityInvocationFailures,
}

impl Metric {
    /// Returns whether it follows from the requests of each instance.
    #[must_use]
    pub fn follows_requests(&self) -> bool {
        !matches!(self, Self::Endpoint(_) | Self::Unpublished)
    }

    /// Returns what one request per instance and minute adds to it; 1 for a metric that does not follow from requests.
    #[must_use]
    pub fn per_invocation(&self) -> f64 {
        match self {
            Self::Utilization {
                percent_s_per_request,
                ..
            } => percent_s_per_request / 60.0,
            Self::ConcurrentRequests { idle_s } => idle_s / 60.0,
            _ => 1.0,
        }
    }

    /// Returns the requests per instance and minute from which on it is at least `value`; infinity where it never is.
    pub(crate) fn requests_at(&self, value: f64) -> f64 {
        match self {
            Self::Utilization { most_percent, .. } if value > *most_percent => f64::INFINITY,
            _ => value / self.per_invocation(),
        }
    }

    /// Returns its value where each instance serves the load test's maximum and no request waits; `None` for a metric that does
    /// not follow from requests.
    #[must_use]
    pub fn at_maximum(&self, service: &Service) -> Option<f64> {
        let most = || self.of_requests(60.0 * service.max_rps);
        self.follows_requests().then(most)
    }

    /// Returns its highest possible value, however many requests come; `None` where it grows without bounds.
    #[must_use]
    pub fn limit(&self, service: &Service) -> Option<f64> {
        match self {
            Self::Utilization { .. } => self.at_maximum(service),
            Self::Endpoint(EndpointMetric::HasBacklogWithoutCapacity) => Some(1.0),
            _ => None,
        }
    }

    /// Returns whether it is published every ten seconds rather than every minute.
    #[must_use]
    pub fn is_high_resolution(&self) -> bool {
        matches!(self, Self::ConcurrentRequests { .. })
    }

    /// Returns its value where each instance had `per_instance` requests in the minute, none of which had to wait. For a metric
    /// that does not follow from requests it returns `per_instance` itself.
    // rule: sagemaker.utilization
    #[must_use]
    pub fn of_requests(&self, per_instance: f64) -> f64 {
        match self {
            Self::Utilization { most_percent, .. } => {
                exact::number(per_instance * self.per_invocation()).min(*most_percent)
            }
            Self::ConcurrentRequests { .. } => exact::number(per_instance * self.per_invocation()),
            _ => per_instance,
        }
    }
}

/// A target-tracking policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetTracking {
    /// Which policy of the scenario it is, for the log.
    pub index: usize,
    /// What it keeps near the target.
    pub metric: Metric,
    /// TargetValue, in the metric's unit.
    pub target: f64,
    /// ScaleOutCooldown, seconds.
    pub scale_out_cooldown_s: f64,
    /// ScaleInCooldown, seconds.
    pub scale_in_cooldown_s: f64,
    /// DisableScaleIn.
    pub disable_scale_in: bool,
}

/// A step scaling policy and the alarm that triggers it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepScaling {
    /// Which policy of the scenario it is, for the log.
    pub index: usize,
    /// The alarm, which is the person's own.
    pub alarm: MetricAlarm,
    /// AdjustmentType.
    pub adjustment_type: AdjustmentType,
    /// StepAdjustments, without gap or overlap, in order of their bounds.
    pub steps: Vec<StepAdjustment>,
    /// MinAdjustmentMagnitude; 0: none.
    pub min_adjustment_magnitude: u32,
    /// Cooldown, seconds.
    pub cooldown_s: f64,
    /// Simple scaling (EC2 Auto Scaling): it answers nothing before the last activity is done and its cooldown over.
    pub is_simple: bool,
}

impl StepScaling {
    /// Returns the steps that a breaching metric can lie in: those on the side of the threshold where the alarm fires; of simple
    /// scaling its only one.
    pub fn steps_there(&self) -> impl Iterator<Item = &StepAdjustment> {
        let above = self.alarm.comparison.is_upward();
        let there = move |step: &&StepAdjustment| match above {
            true => step.upper > 0.0,
            false => step.lower < 0.0,
        };
        self.steps.iter().filter(there)
    }

    /// Returns whether it adds capacity. ExactCapacity counts as adding where the alarm fires above its threshold.
    #[must_use]
    pub fn adds(&self) -> bool {
        let is_exact = self.adjustment_type == AdjustmentType::ExactCapacity;
        (!is_exact || self.alarm.comparison.is_upward())
            && self.steps_there().any(|step| step.adjustment > 0)
    }

    /// Returns whether it removes capacity. ExactCapacity counts as removing where the alarm fires below its threshold.
    #[must_use]
    pub fn removes(&self) -> bool {
        match self.adjustment_type {
            AdjustmentType::ExactCapacity => !self.alarm.comparison.is_upward(),
            _ => self.steps_there().any(|step| step.adjustment < 0),
        }
    }
}

/// A CloudWatch alarm on a metric (PutMetricAlarm).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricAlarm {
    /// The metric.
    pub metric: Metric,
    /// Statistic of the minutes of a period.
    pub statistic: Statistic,
    /// Period, seconds: a whole number of minutes up to a day; of a high-resolution metric also 10, 20 or 30.
    pub period_s: u32,
    /// EvaluationPeriods: N (1 to 126).
    pub evaluation_periods: u32,
    /// DatapointsToAlarm: M (1 to N).
    pub datapoints_to_alarm: u32,
    /// Threshold, in the metric's unit.
    pub threshold: f64,
    /// ComparisonOperator.
    pub comparison: Comparison,
    /// TreatMissingData.
    pub treat_missing_data: TreatMissingData,
}

/// `Statistic` of an alarm, over the minutes of its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// `Sum`
    Sum,
    /// `Average`
    Average,
    /// `Minimum`
    Minimum,
    /// `Maximum`
    Maximum,
}

/// `ComparisonOperator` of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `GreaterThanThreshold`
    GreaterThanThreshold,
    /// `GreaterThanOrEqualToThreshold`
    GreaterThanOrEqualToThreshold,
    /// `LessThanThreshold`
    LessThanThreshold,
    /// `LessThanOrEqualToThreshold`
    LessThanOrEqualToThreshold,
}

impl Comparison {
    /// Returns whether a metric above the threshold breaches.
    #[must_use]
    pub fn is_upward(self) -> bool {
        matches!(
            self,
            Self::GreaterThanThreshold | Self::GreaterThanOrEqualToThreshold
        )
    }

    /// Returns whether a metric just at the threshold breaches.
    #[must_use]
    pub fn includes_threshold(self) -> bool {
        matches!(
            self,
            Self::GreaterThanOrEqualToThreshold | Self::LessThanOrEqualToThreshold
        )
    }
}

/// `AdjustmentType`: what a step's ScalingAdjustment means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdjustmentType {
    /// Adds it.
    ChangeInCapacity,
    /// Is the new capacity.
    ExactCapacity,
    /// Adds so many percent.
    PercentChangeInCapacity,
}

/// One of a policy's StepAdjustments; bounds are relative to the alarm's threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepAdjustment {
    /// MetricIntervalLowerBound; negative infinity where there is none.
    pub lower: f64,
    /// MetricIntervalUpperBound; infinity where there is none.
    pub upper: f64,
    /// ScalingAdjustment.
    pub adjustment: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_follows_from_requests_and_they_from_it() {
        // A request keeps a core busy for 50 ms, of four cores; or is in flight for 900 ms.
        let cpu = Metric::Utilization {
            percent_s_per_request: 5.0,
            most_percent: 400.0,
        };
        let in_flight = Metric::ConcurrentRequests { idle_s: 0.9 };
        // Requests of an instance and minute; the metric.
        for (metric, requests, value) in [
            (Metric::InvocationsPerInstance, 600.0, 600.0),
            (cpu, 600.0, 50.0),
            (cpu, 4800.0, 400.0),
            (in_flight, 600.0, 9.0),
        ] {
            assert!(metric.follows_requests());
            assert_eq!(metric.is_high_resolution(), metric == in_flight);
            assert!((metric.per_invocation() - value / requests).abs() < 1e-12);
            assert!((metric.of_requests(requests) - value).abs() < 1e-9);
            assert!((metric.requests_at(value) - requests).abs() < 1e-9);
        }
        // Busier than busy there is not.
        assert_eq!(cpu.of_requests(6000.0), 400.0);
        assert_eq!(cpu.requests_at(400.1), f64::INFINITY);
        for metric in [
            Metric::Endpoint(EndpointMetric::BacklogSize),
            Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures),
            Metric::Unpublished,
        ] {
            assert!(!metric.follows_requests() && !metric.is_high_resolution());
            assert_eq!(
                (metric.per_invocation(), metric.of_requests(7.0)),
                (1.0, 7.0)
            );
        }
    }
}
