//! Which datapoints breach an alarm's threshold.

use crate::plan::{Comparison, Metric};

/// What a minute leaves for metrics: requests per instance, from which each of them follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Datapoint {
    /// Requests that came, each divided by the instances in service then (InvocationsPerInstance).
    pub arrived: f64,
    /// Requests served, divided by the mean of the instances in service.
    pub served: f64,
}

impl Datapoint {
    /// Requests that were served, or those that came.
    #[inline]
    pub(crate) fn of(&self, served: bool) -> f64 {
        if served { self.served } else { self.arrived }
    }
}

/// A threshold in requests per instance, so that a minute's datapoint is compared without any sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breach {
    /// It looks at requests served.
    pub of_served: bool,
    /// 1 where what is above the bound breaches, -1 where what is below it does; the bound is multiplied by it too.
    sign: f64,
    bound: f64,
}

impl Breach {
    /// Nothing breaches it.
    pub(crate) const NEVER: Self = Self {
        of_served: false,
        sign: 1.0,
        bound: f64::INFINITY,
    };

    pub(crate) fn new(metric: &Metric, comparison: Comparison, threshold: f64) -> Self {
        let sign = if comparison.is_upward() { 1.0 } else { -1.0 };
        let unbounded = threshold / metric.per_invocation();
        let bound = match metric {
            Metric::InvocationsPerInstance => unbounded,
            Metric::Utilization { most_percent, .. } => {
                utilization_bound(comparison, *most_percent, threshold, unbounded)
            }
        };
        let bound = sign * bound;
        let strict = matches!(
            comparison,
            Comparison::GreaterThanThreshold | Comparison::LessThanThreshold
        );
        Self {
            of_served: matches!(metric, Metric::Utilization { .. }),
            sign,
            bound: if strict { bound } else { bound.next_down() },
        }
    }

    /// What of a datapoint it looks at.
    #[inline]
    pub(crate) fn requests(&self, datapoint: &Datapoint) -> f64 {
        datapoint.of(self.of_served)
    }

    /// Whether a datapoint breaches.
    #[inline]
    pub(crate) fn is(&self, datapoint: &Datapoint) -> bool {
        self.is_at(self.requests(datapoint))
    }

    /// The same, where it is known that what is above the bound breaches.
    #[inline]
    pub(crate) fn is_above(&self, requests: f64) -> bool {
        requests > self.bound
    }

    /// The same, where it is known that what is below the bound breaches (or nothing does).
    #[inline]
    pub(crate) fn is_below(&self, requests: f64) -> bool {
        -requests > self.bound
    }

    /// Whether so many requests per instance breach.
    #[inline]
    pub(crate) fn is_at(&self, requests: f64) -> bool {
        self.sign * requests > self.bound
    }
}

/// The bound of a utilisation: a machine is never busier than all of its cores.
#[inline(never)]
fn utilization_bound(comparison: Comparison, most: f64, threshold: f64, unbounded: f64) -> f64 {
    match (
        comparison.is_upward(),
        breaches(comparison, most, threshold),
    ) {
        (true, false) | (false, true) => f64::INFINITY,
        _ => unbounded,
    }
}

/// Whether a value breaches a threshold.
pub(super) fn breaches(comparison: Comparison, value: f64, threshold: f64) -> bool {
    match comparison {
        Comparison::GreaterThanThreshold => value > threshold,
        Comparison::GreaterThanOrEqualToThreshold => value >= threshold,
        Comparison::LessThanThreshold => value < threshold,
        Comparison::LessThanOrEqualToThreshold => value <= threshold,
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
                    let breach = Breach::new(&metric, comparison, threshold);
                    for requests in [0.0, 24.0, 25.0, 250.0, 500.0, 501.0, 999.0, 1000.0, 2000.0] {
                        let datapoint = Datapoint {
                            arrived: requests,
                            served: requests,
                        };
                        let value = metric.of_requests(requests);
                        assert_eq!(
                            breach.is(&datapoint),
                            breaches(comparison, value, threshold),
                            "{metric:?} {comparison:?} {threshold}: {value}"
                        );
                    }
                }
            }
        }
        let datapoint = Datapoint {
            arrived: f64::INFINITY,
            served: f64::INFINITY,
        };
        assert!(!Breach::NEVER.is(&datapoint));
    }
}
