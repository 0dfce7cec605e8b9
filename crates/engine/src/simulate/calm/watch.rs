//! The watch over alarms while no alarm changes its state and the last answer holds. It is so small that it stays in registers.
//! It decides nothing: the first datapoint that might matter is evaluated as usual.

use crate::{
    cloudwatch::{alarm::RemainingBreaches, breach::RequestThreshold},
    scaling::{Policies, Unchanged},
};

/// A watch over alarms. Its datapoints are of arrivals alone.
pub(super) trait Watch {
    /// Takes the datapoint that becomes visible, if no alarm changes its state with it and the last answer holds. Returns
    /// `false`, and does not take it, if it has to be evaluated.
    fn stays(&mut self, requests: f64) -> bool;
}

/// A watch over the alarms of one target-tracking policy, if there is one.
pub(super) struct SinglePolicyWatch {
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
pub(super) struct AlarmsWatch<const N: usize> {
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
