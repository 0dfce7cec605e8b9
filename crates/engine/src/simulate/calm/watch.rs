//! The watch over alarms while no alarm changes its state and the last answer holds. It is so small that it stays in registers.
//! It decides nothing: the first datapoint that might matter is evaluated as usual.

use super::policy::Policies;
use crate::{
    cloudwatch::{
        alarm::{Alarm, RemainingBreaches},
        breach::{Datapoint, MetricSource, RequestThreshold},
    },
    run::period_of,
};

/// The range of datapoints in which the last answer holds while no alarm changes its state, and until when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unchanged {
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
    pub(super) const NEVER: Self = Self {
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
    fn covers_requests(&self, requests: f64) -> bool {
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

/// A watch over alarms. Its datapoints are of arrivals alone.
pub(crate) trait Watch {
    /// Takes the datapoint that becomes visible, if no alarm changes its state with it and the last answer holds. Returns
    /// `false`, and does not take it, if it has to be evaluated.
    fn stays(&mut self, requests: f64) -> bool;
}

/// A watch over the alarms of one target-tracking policy, if there is one.
pub(crate) struct SinglePolicyWatch {
    unchanged: Unchanged,
    high: RemainingBreaches,
    low: RemainingBreaches,
    above: RequestThreshold,
    below: RequestThreshold,
}

impl SinglePolicyWatch {
    #[inline]
    pub(super) fn new(policies: &Policies, unchanged: Unchanged) -> Self {
        match policies.only() {
            Some(policy) => Self {
                unchanged: if policy.high.streak.may_stay() && policy.low.streak.may_stay() {
                    unchanged
                } else {
                    Unchanged::NEVER
                },
                high: policy.high.streak.remaining(),
                low: policy.low.streak.remaining(),
                above: policy.high.arrivals_threshold,
                below: policy.low.arrivals_threshold,
            },
            None => Self {
                unchanged,
                high: RemainingBreaches::UNLIMITED,
                low: RemainingBreaches::UNLIMITED,
                above: RequestThreshold::NEVER,
                below: RequestThreshold::NEVER,
            },
        }
    }

    /// Sets the alarms to what the watch has counted down to.
    #[inline]
    pub(super) fn return_to(&self, policies: &mut Policies) {
        if let Some(policy) = policies.only_mut() {
            policy.high.streak.set_remaining(self.high);
            policy.low.streak.set_remaining(self.low);
        }
    }
}

impl Watch for SinglePolicyWatch {
    #[inline]
    fn stays(&mut self, requests: f64) -> bool {
        let high = self.high.with(self.above.is_above(requests));
        let low = self.low.with(self.below.is_below(requests));
        let stays = self.unchanged.covers_requests(requests) & high.stays() & low.stays();
        if stays {
            (self.high, self.low) = (high, low);
        }
        stays
    }
}

/// A watch over at most `N` alarms of several policies. If there are more, every datapoint is evaluated.
pub(crate) struct AlarmsWatch<const N: usize> {
    unchanged: Unchanged,
    remaining: [RemainingBreaches; N],
    thresholds: [RequestThreshold; N],
}

impl<const N: usize> AlarmsWatch<N> {
    pub(super) fn new(policies: &Policies, unchanged: Unchanged) -> Self {
        let mut watch = Self {
            unchanged,
            remaining: [RemainingBreaches::UNLIMITED; N],
            thresholds: [RequestThreshold::NEVER; N],
        };
        let mut alarms = policies.alarms();
        for ((remaining, threshold), alarm) in
            (watch.remaining.iter_mut().zip(&mut watch.thresholds)).zip(&mut alarms)
        {
            (*remaining, *threshold) = (alarm.streak.remaining(), alarm.arrivals_threshold);
            if !alarm.streak.may_stay() {
                watch.unchanged = Unchanged::NEVER;
            }
        }
        if alarms.next().is_some() {
            watch.unchanged = Unchanged::NEVER;
        }
        watch
    }

    /// Sets the alarms to what the watch has counted down to.
    pub(super) fn return_to(&self, policies: &mut Policies) {
        for (remaining, alarm) in self.remaining.iter().zip(policies.alarms_mut()) {
            alarm.streak.set_remaining(*remaining);
        }
    }
}

impl<const N: usize> Watch for AlarmsWatch<N> {
    #[inline]
    fn stays(&mut self, requests: f64) -> bool {
        let mut stays = self.unchanged.covers_requests(requests);
        let mut all_remaining = self.remaining;
        for (remaining, threshold) in all_remaining.iter_mut().zip(&self.thresholds) {
            *remaining = remaining.with(threshold.is_breached_by(requests));
            stays &= remaining.stays();
        }
        if stays {
            self.remaining = all_remaining;
        }
        stays
    }
}
