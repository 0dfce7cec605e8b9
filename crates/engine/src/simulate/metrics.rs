//! What a period leaves for metrics: the datapoint that alarms will see, and the column of the first policy's metric.
//!
//! Calm periods write no metric: what it was in them is worked out at the end ([`Series::complete_metric`]).

use super::target::Target;
use crate::{cloudwatch::breach::Datapoint, exact, plan::Metric, run::PERIOD_S};

/// What a period leaves for metrics.
#[derive(Clone, Copy)]
pub(super) struct MinuteMetrics {
    pub datapoint: Datapoint,
    /// The requests that an instance has served, as a utilisation follows from them; `None`: from the columns of what was served
    /// and of capacity.
    served: Option<f64>,
    /// Requests in flight at an instance, a mean over the period's ticks; NaN without any.
    pub in_flight: f64,
}

impl Target<'_> {
    /// Returns what the period that ends leaves for metrics.
    // rule: target-tracking.no-traffic-is-zero
    // rule: asynchronous.no-utilization-without-instances
    // rule: component.no-capacity-failures
    pub(super) fn metrics_of_minute(&mut self) -> MinuteMetrics {
        self.tell(|observer, target| observer.on_minute(target));
        let full_speed_s = self.capacity_s / self.plan.service.max_rps;
        let observed = self.observed;
        let in_service_s = observed.in_service_s.unwrap_or(full_speed_s);
        let each_s = exact::number(in_service_s);
        let in_a_minute = self.flow.served * f64::from(PERIOD_S);
        // Without instances each of these is 0 ÷ 0, NaN: the datapoint is missing.
        let (served, shown) = match (observed.served_by_each, &self.queue.on_demand) {
            // Those that have not warmed up do not thin it out, as they would in the mean of all.
            (Some(served), _) => (served, Some(served).filter(|_| full_speed_s > 0.0)),
            (None, Some(on_demand)) => {
                let shown = on_demand.minute.rounded().each_minute(full_speed_s);
                (on_demand.minute.each_minute(each_s), Some(shown))
            }
            (None, None) => {
                let shown = in_a_minute / in_service_s;
                let is_apart = observed.in_service_s.is_some() || self.retries.is_some();
                (in_a_minute / each_s, Some(shown).filter(|_| is_apart))
            }
        };
        let datapoint = match self.may_report_nothing && self.capacity_s <= 0.0 {
            true => Datapoint::MISSING,
            false => self.datapoint(served),
        };
        MinuteMetrics {
            datapoint,
            served: shown.filter(|shown| !shown.is_nan()),
            in_flight: f64::NAN,
        }
    }

    fn datapoint(&mut self, served: f64) -> Datapoint {
        let arrived = self.flow.invocations_per_instance;
        Datapoint {
            arrived: match self.plan.resource.hosts() {
                None => arrived,
                Some(_) => self.per_copy(arrived),
            },
            served,
            unserved: self.flow.unserved,
            backlog: match &mut self.backlog {
                None => Default::default(),
                Some(backlog) => backlog.publish(),
            },
        }
    }

    /// Returns what copies report of the period that ends; NaN where no copy was in service.
    // rule: component.no-datapoint-without-copies
    #[cold]
    fn per_copy(&self, arrived: f64) -> f64 {
        if self.capacity_s > 0.0 {
            arrived
        } else {
            f64::NAN
        }
    }

    /// Writes the first policy's metric of the period that ends.
    pub(super) fn write_metric(&mut self, minute: &MinuteMetrics) {
        let metric = self.plan.first_metric();
        let value = match metric {
            Metric::InvocationsPerInstance | Metric::Unpublished => None,
            Metric::Utilization { .. } => minute.served.map(|served| metric.of_requests(served)),
            Metric::ConcurrentRequests { .. } => Some(minute.in_flight),
            Metric::Endpoint(of_endpoint) => {
                Some(minute.datapoint.endpoint_value(of_endpoint)).filter(|value| !value.is_nan())
            }
        };
        if let Some(value) = value {
            self.series.write_metric(&metric, self.period, value);
        }
    }
}
