//! What CloudWatch is told: of each minute all that metrics are made of, of each ten seconds what is in flight. All of it is
//! kept, the oldest first; nothing is there where nobody reports.

use engine::plan::{EndpointMetric, Metric};

/// Of a minute.
#[derive(Clone, Copy, Debug, Default)]
pub struct Point {
    /// None of it has come to CloudWatch.
    pub is_missing: bool,
    /// Requests that came, each divided by what was in service; none where nothing was.
    pub arrived: Option<f64>,
    /// Requests that each in service has served, as a utilisation counts them.
    pub served: Option<f64>,
    /// Requests that found nothing in service.
    pub without_capacity: f64,
    /// An asynchronous endpoint's queue, the same per instance, and the share of the minute with a queue and no instances.
    pub backlog: f64,
    pub backlog_each: f64,
    pub backlog_without: f64,
}

impl Point {
    fn of(&self, metric: &Metric) -> Option<f64> {
        match metric {
            _ if self.is_missing => None,
            Metric::InvocationsPerInstance => self.arrived,
            Metric::Utilization {
                percent_s_per_request,
                most_percent,
            } => {
                let percent = self.served? * percent_s_per_request / 60.0;
                Some(percent.min(*most_percent))
            }
            Metric::Endpoint(EndpointMetric::BacklogSize) => Some(self.backlog),
            Metric::Endpoint(EndpointMetric::BacklogSizePerInstance) => Some(self.backlog_each),
            Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity) => {
                Some(self.backlog_without)
            }
            Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures) => {
                Some(self.without_capacity)
            }
            Metric::ConcurrentRequests { .. } => unreachable!("it comes every ten seconds"),
            Metric::Unpublished => None,
        }
    }
}

/// All that there is.
#[derive(Default)]
pub struct Published {
    pub minutes: Vec<Point>,
    pub ticks: Vec<Option<f64>>,
}

/// What can be seen of it.
#[derive(Clone, Copy)]
pub struct Visible<'a> {
    pub minutes: &'a [Point],
    pub ticks: &'a [Option<f64>],
}

/// Whether a metric comes every ten seconds.
pub fn is_fine(metric: &Metric) -> bool {
    matches!(metric, Metric::ConcurrentRequests { .. })
}

impl Published {
    /// What becomes visible so long after its period has ended.
    pub fn visible(&self, delay_s: f64) -> Visible<'_> {
        let late = |period_s: f64| (delay_s / period_s).ceil() as usize;
        Visible {
            minutes: &self.minutes[..self.minutes.len().saturating_sub(late(60.0))],
            ticks: &self.ticks[..self.ticks.len().saturating_sub(late(10.0))],
        }
    }
}

impl Visible<'_> {
    /// The values of a metric in the newest of its periods, the oldest first.
    pub fn values(&self, metric: &Metric, newest: usize) -> Vec<Option<f64>> {
        if is_fine(metric) {
            self.ticks[self.ticks.len().saturating_sub(newest)..].to_vec()
        } else {
            let minutes = &self.minutes[self.minutes.len().saturating_sub(newest)..];
            minutes.iter().map(|point| point.of(metric)).collect()
        }
    }
}
