//! What is looked at, minute by minute, as long as no alarm turns and nobody needs to be asked: so little that it stays in
//! registers. It decides nothing: with the first datapoint that might matter, everything is evaluated as ever.

use super::policy::Policies;
use crate::{
    cloudwatch::{
        alarm::{Alarm, RemainingBreaches},
        breach::{Datapoint, MetricSource, RequestThreshold},
    },
    run::period_of,
};

/// Datapoints for which nobody needs to be asked while no alarm turns: a range of requests per instance, and until when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unchanged {
    source: MetricSource,
    from: f64,
    below: f64,
    until_s: f64,
    /// The first period at whose end it is over.
    until: usize,
}

impl Unchanged {
    /// All that there are.
    pub(super) const ALWAYS: Self = Self {
        source: MetricSource::Arrived,
        from: f64::NEG_INFINITY,
        below: f64::INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };
    /// None.
    pub(super) const NEVER: Self = Self {
        source: MetricSource::Arrived,
        from: f64::INFINITY,
        below: f64::NEG_INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };

    /// Those in which an alarm's metric is at least `from`, but not `below`, evaluated before `until_s`.
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

    /// The first period at whose end it is over; that is seen to if it is over by the end of `period`.
    #[inline]
    pub(super) fn until_period(&mut self, period: usize) -> usize {
        if self.until <= period {
            *self = Self::NEVER;
        }
        self.until
    }
}

/// A watch over alarms. Datapoints are requests per instance, as many of them served as came.
pub(crate) trait Watch {
    /// Takes the datapoint that becomes visible, if with it no alarm turns and nobody needs to be asked. `false` if it is
    /// to be evaluated; it is not taken then.
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

    /// Takes over what has been watched.
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

/// A watch over the alarms of several policies, at most `N`; of more, every datapoint is evaluated.
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

    /// Takes over what has been watched.
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
