//! What is looked at, minute by minute, as long as no alarm turns and nobody needs to be asked: so little that it stays in
//! registers. It decides nothing: with the first datapoint that might matter, everything is evaluated as ever.

use super::policy::Policies;
use crate::{
    cloudwatch::{
        alarm::{Alarm, Left},
        breach::{Breach, Datapoint, Part},
    },
    run::period_of,
};

/// Datapoints for which nobody needs to be asked while no alarm turns: a range of requests per instance, and until when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    part: Part,
    from: f64,
    below: f64,
    until_s: f64,
    /// The first period at whose end it is over.
    until: usize,
}

impl Content {
    /// All that there are.
    pub(super) const ALWAYS: Self = Self {
        part: Part::Arrived,
        from: f64::NEG_INFINITY,
        below: f64::INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };
    /// None.
    pub(super) const NEVER: Self = Self {
        part: Part::Arrived,
        from: f64::INFINITY,
        below: f64::NEG_INFINITY,
        until_s: f64::INFINITY,
        until: usize::MAX,
    };

    /// Those in which an alarm's metric is at least `from`, but not `below`, evaluated before `until_s`.
    pub(super) fn new(alarm: &Alarm, from: f64, below: f64, until_s: f64) -> Self {
        let metric = alarm.looks_at().metric;
        Self {
            part: alarm.breach.part,
            from: metric.requests_at(from),
            below: metric.requests_at(below),
            until_s,
            until: period_of(until_s),
        }
    }

    #[inline]
    pub(super) fn is(&self, now_s: f64, datapoint: &Datapoint) -> bool {
        self.has(datapoint.of(self.part)) & (now_s < self.until_s)
    }

    #[inline]
    fn has(&self, requests: f64) -> bool {
        (requests >= self.from) & (requests < self.below)
    }

    /// The first period at whose end it is over; that is seen to if it is over by the end of `period`.
    #[inline]
    pub(super) fn until(&mut self, period: usize) -> usize {
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
pub(crate) struct OnOne {
    content: Content,
    high: Left,
    low: Left,
    above: Breach,
    below: Breach,
}

impl OnOne {
    #[inline]
    pub(super) fn new(policies: &Policies, content: Content) -> Self {
        match policies.only() {
            Some(policy) => Self {
                content: if policy.high.streak.may_stay() && policy.low.streak.may_stay() {
                    content
                } else {
                    Content::NEVER
                },
                high: policy.high.streak.left(),
                low: policy.low.streak.left(),
                above: policy.high.plain,
                below: policy.low.plain,
            },
            None => Self {
                content,
                high: Left::ALWAYS,
                low: Left::ALWAYS,
                above: Breach::NEVER,
                below: Breach::NEVER,
            },
        }
    }

    /// Takes over what has been watched.
    #[inline]
    pub(super) fn return_to(&self, policies: &mut Policies) {
        if let Some(policy) = policies.only_mut() {
            policy.high.streak.leave(self.high);
            policy.low.streak.leave(self.low);
        }
    }
}

impl Watch for OnOne {
    #[inline]
    fn stays(&mut self, requests: f64) -> bool {
        let high = self.high.with(self.above.is_above(requests));
        let low = self.low.with(self.below.is_below(requests));
        let stays = self.content.has(requests) & high.stays() & low.stays();
        if stays {
            (self.high, self.low) = (high, low);
        }
        stays
    }
}

/// A watch over the alarms of several policies, at most `N`; of more, every datapoint is evaluated.
pub(crate) struct OnSeveral<const N: usize> {
    content: Content,
    left: [Left; N],
    breaches: [Breach; N],
}

impl<const N: usize> OnSeveral<N> {
    pub(super) fn new(policies: &Policies, content: Content) -> Self {
        let mut watch = Self {
            content,
            left: [Left::ALWAYS; N],
            breaches: [Breach::NEVER; N],
        };
        let mut alarms = policies.alarms();
        for ((left, breach), alarm) in
            (watch.left.iter_mut().zip(&mut watch.breaches)).zip(&mut alarms)
        {
            (*left, *breach) = (alarm.streak.left(), alarm.plain);
            if !alarm.streak.may_stay() {
                watch.content = Content::NEVER;
            }
        }
        if alarms.next().is_some() {
            watch.content = Content::NEVER;
        }
        watch
    }

    /// Takes over what has been watched.
    pub(super) fn return_to(&self, policies: &mut Policies) {
        for (left, alarm) in self.left.iter().zip(policies.alarms_mut()) {
            alarm.streak.leave(*left);
        }
    }
}

impl<const N: usize> Watch for OnSeveral<N> {
    #[inline]
    fn stays(&mut self, requests: f64) -> bool {
        let mut stays = self.content.has(requests);
        let mut all_left = self.left;
        for (left, breach) in all_left.iter_mut().zip(&self.breaches) {
            *left = left.with(breach.is_at(requests));
            stays &= left.stays();
        }
        if stays {
            self.left = all_left;
        }
        stays
    }
}
