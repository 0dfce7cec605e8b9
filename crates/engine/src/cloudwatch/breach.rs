//! Datapoints, and which of them breach an alarm's threshold.

use crate::{
    exact,
    plan::{Comparison, EndpointMetric, Metric},
};

/// What a minute leaves for metrics: requests per instance, from which most metrics follow.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Datapoint {
    /// Requests that came, each divided by the instances in service then (InvocationsPerInstance); NaN where there were no
    /// copies to report anything.
    pub arrived: f64,
    /// Requests served, divided by the mean of the instances in service; NaN where there were none to report anything.
    pub served: f64,
    pub backlog: BacklogDatapoint,
    /// Requests that failed because nothing was in service.
    pub unserved: f64,
}

/// The metrics of an asynchronous endpoint's queue, as means over a minute: see `EndpointMetric`.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct BacklogDatapoint {
    pub size: f64,
    pub per_instance: f64,
    pub without_capacity: f64,
}

/// The value of a datapoint that a metric follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MetricSource {
    Arrived,
    Served,
    Endpoint(EndpointMetric),
    Nothing,
}

impl MetricSource {
    fn of(metric: &Metric) -> Self {
        match metric {
            Metric::InvocationsPerInstance => Self::Arrived,
            Metric::Utilization { .. } => Self::Served,
            Metric::Endpoint(metric) => Self::Endpoint(*metric),
            Metric::ConcurrentRequests { .. } | Metric::Unpublished => Self::Nothing,
        }
    }
}

impl Datapoint {
    /// The datapoint of a minute in which nothing was in service to report any.
    pub(crate) const MISSING: Self = Self {
        arrived: f64::NAN,
        served: f64::NAN,
        backlog: BacklogDatapoint {
            size: f64::NAN,
            per_instance: f64::NAN,
            without_capacity: f64::NAN,
        },
        unserved: 0.0,
    };

    /// The datapoint of a minute of which nothing is published.
    pub(crate) const NOT_PUBLISHED: Self = Self {
        unserved: f64::NAN,
        ..Self::MISSING
    };

    /// Returns the datapoint of a minute in which all requests that came were served and none waited: arrivals are all there is
    /// to know.
    #[inline]
    pub(crate) fn of_arrivals(requests: f64) -> Self {
        Self {
            arrived: requests,
            served: requests,
            backlog: BacklogDatapoint::default(),
            unserved: 0.0,
        }
    }

    /// Returns one of its values; NaN where that is missing.
    #[inline]
    pub(crate) fn value(&self, source: MetricSource) -> f64 {
        match source {
            MetricSource::Arrived => self.arrived,
            MetricSource::Served => self.served,
            MetricSource::Endpoint(metric) => self.endpoint_value(metric),
            MetricSource::Nothing => f64::NAN,
        }
    }

    /// Returns the value of a metric of the endpoint.
    pub(crate) fn endpoint_value(&self, metric: EndpointMetric) -> f64 {
        match metric {
            EndpointMetric::BacklogSize => self.backlog.size,
            EndpointMetric::BacklogSizePerInstance => self.backlog.per_instance,
            EndpointMetric::HasBacklogWithoutCapacity => self.backlog.without_capacity,
            EndpointMetric::NoCapacityInvocationFailures => self.unserved,
        }
    }
}

/// An alarm's threshold in requests per instance, so that a minute's datapoint is compared without computing the metric.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestThreshold {
    /// The value of a datapoint that is compared.
    pub source: MetricSource,
    /// 1 where what is above the bound breaches, -1 where what is below it does; the bound is multiplied by it too.
    sign: f64,
    bound: f64,
}

impl RequestThreshold {
    /// A threshold that nothing breaches.
    pub(crate) const NEVER: Self = Self {
        source: MetricSource::Arrived,
        sign: 1.0,
        bound: f64::INFINITY,
    };

    pub(crate) fn new(metric: &Metric, comparison: Comparison, threshold: f64) -> Self {
        let sign = if comparison.is_upward() { 1.0 } else { -1.0 };
        let unbounded = threshold / metric.per_invocation();
        let bound = match metric {
            Metric::Utilization { most_percent, .. } => {
                utilization_bound(comparison, *most_percent, threshold, unbounded)
            }
            // Requests in flight do not follow from a minute's requests.
            Metric::ConcurrentRequests { .. } => return Self::NEVER,
            _ => unbounded,
        };
        let bound = sign * bound;
        // rule: target-tracking.strict-comparison
        let strict = matches!(
            comparison,
            Comparison::GreaterThanThreshold | Comparison::LessThanThreshold
        );
        Self {
            source: MetricSource::of(metric),
            sign,
            // A value that differs from the threshold by rounding alone is at the threshold.
            bound: if strict {
                exact::at_most(bound)
            } else {
                exact::at_least(bound).next_down()
            },
        }
    }

    /// Returns the value of a datapoint that is compared; NaN where that is missing.
    #[inline]
    pub(crate) fn requests(&self, datapoint: &Datapoint) -> f64 {
        datapoint.value(self.source)
    }

    /// Returns the same threshold for datapoints of arrivals alone, in which the queue is empty and no request fails, however
    /// many come.
    pub(super) fn over_arrivals(self) -> Self {
        match self.source {
            MetricSource::Endpoint(_) if self.is_breached_by(0.0) => Self {
                bound: f64::NEG_INFINITY,
                ..self
            },
            MetricSource::Endpoint(_) | MetricSource::Nothing => Self::NEVER,
            MetricSource::Arrived | MetricSource::Served => self,
        }
    }

    /// Returns whether a number of requests per instance breaches a threshold that is breached from above.
    #[inline]
    pub(crate) fn is_above(&self, requests: f64) -> bool {
        requests > self.bound
    }

    /// The same for a threshold that is breached from below, or never.
    #[inline]
    pub(crate) fn is_below(&self, requests: f64) -> bool {
        -requests > self.bound
    }

    /// Returns whether a number of requests per instance breaches the threshold.
    #[inline]
    pub(crate) fn is_breached_by(&self, requests: f64) -> bool {
        self.sign * requests > self.bound
    }
}

/// Returns the bound of a utilisation, which is never higher than that of all cores.
fn utilization_bound(comparison: Comparison, most: f64, threshold: f64, unbounded: f64) -> f64 {
    match (
        comparison.is_upward(),
        breaches(comparison, most, threshold),
    ) {
        (true, false) | (false, true) => f64::INFINITY,
        _ => unbounded,
    }
}

/// Returns whether a value breaches a threshold. A value that differs from it by rounding alone is at the threshold.
pub(crate) fn breaches(comparison: Comparison, value: f64, threshold: f64) -> bool {
    let is_at = exact::are_equal(value, threshold);
    match comparison {
        Comparison::GreaterThanThreshold => value > threshold && !is_at,
        Comparison::GreaterThanOrEqualToThreshold => value > threshold || is_at,
        Comparison::LessThanThreshold => value < threshold && !is_at,
        Comparison::LessThanOrEqualToThreshold => value < threshold || is_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datapoint_breaches_as_its_metric_does() {
        use Comparison::*;
        let metrics = [
            Metric::InvocationsPerInstance,
            Metric::Utilization {
                percent_s_per_request: 6.0,
                most_percent: 100.0,
            },
        ];
        for metric in metrics {
            for comparison in [
                GreaterThanThreshold,
                GreaterThanOrEqualToThreshold,
                LessThanThreshold,
                LessThanOrEqualToThreshold,
            ] {
                for threshold in [0.0, 25.0, 50.0, 99.0, 100.0, 101.0] {
                    let breach = RequestThreshold::new(&metric, comparison, threshold);
                    for requests in [0.0, 24.0, 25.0, 250.0, 500.0, 501.0, 999.0, 1000.0, 2000.0] {
                        let datapoint = Datapoint::of_arrivals(requests);
                        let value = metric.of_requests(requests);
                        assert_eq!(
                            breach.is_breached_by(breach.requests(&datapoint)),
                            breaches(comparison, value, threshold),
                            "{metric:?} {comparison:?} {threshold}: {value}"
                        );
                    }
                }
            }
        }
        assert!(!RequestThreshold::NEVER.is_breached_by(f64::INFINITY));
    }
}
