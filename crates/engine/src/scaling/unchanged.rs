//! How long an answer holds: most minutes no policy needs to be asked.

use crate::{
    cloudwatch::{
        alarm::Alarm,
        breach::{Datapoint, MetricSource},
    },
    run::period_of,
};

/// The range of datapoints in which the last answer holds while no alarm changes its state, and until when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unchanged {
    source: MetricSource,
    from: f64,
    below: f64,
    until_s: f64,
    /// The first period at whose end it no longer holds.
    until: usize,
}

impl Unchanged {
    /// The last answer holds with every datapoint.
    pub(super) const ALWAYS: Self = Self {
        source: MetricSource::Arrived,
        from: f64::NEG_INFINITY,
        below: f64::INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };
    /// Policies have to be asked with every datapoint.
    pub(crate) const NEVER: Self = Self {
        source: MetricSource::Arrived,
        from: f64::INFINITY,
        below: f64::NEG_INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };

    /// Returns the range in which an alarm's metric is at least `from` and less than `below`, evaluated before `until_s`.
    pub(super) fn new(alarm: &Alarm, from: f64, below: f64, until_s: f64) -> Self {
        let metric = alarm.configuration().metric;
        Self {
            source: alarm.request_threshold.source,
            from: metric.requests_at(from),
            below: metric.requests_at(below),
            until_s,
            until: period_of(until_s),
        }
    }

    #[inline]
    pub(super) fn covers(&self, now_s: f64, datapoint: &Datapoint) -> bool {
        self.covers_requests(datapoint.value(self.source)) & (now_s < self.until_s)
    }

    #[inline]
    pub(crate) fn covers_requests(&self, requests: f64) -> bool {
        (requests >= self.from) & (requests < self.below)
    }

    /// Returns the first period at whose end it no longer holds; if that is by the end of `period`, it is `NEVER` from here on.
    #[inline]
    pub(super) fn until_period(&mut self, period: usize) -> usize {
        if self.until <= period {
            *self = Self::NEVER;
        }
        self.until
    }
}
