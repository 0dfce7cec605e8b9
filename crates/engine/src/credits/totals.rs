//! What credits leave behind in a run: the times of throttling, the cost of surplus credits, and the sums.

use super::{Cohort, Credits};
use crate::run::{CreditSums, Throttled};

impl Credits {
    /// Notes that instances were throttled from one moment to another.
    pub(super) fn note_throttled(&mut self, from_s: f64, until_s: f64, instances: u32) {
        self.sums.throttled_instance_s += (until_s - from_s) * f64::from(instances);
        match self.sums.throttled.last_mut() {
            Some(last) if last.until_s >= from_s => last.until_s = until_s,
            _ => self.sums.throttled.push(Throttled { from_s, until_s }),
        }
    }

    /// Returns what surplus credits cost, US dollars.
    // rule: credits.surplus-price
    fn usd(&self, credits: f64) -> f64 {
        credits / 60.0 * self.plan.usd_per_vcpu_hour
    }

    /// Returns what surplus credits have cost so far, US dollars.
    pub(crate) fn charged_usd(&self) -> f64 {
        self.usd(self.sums.charged)
    }

    /// Returns the sums, once the run is over.
    pub(crate) fn into_sums(mut self) -> CreditSums {
        let (_, balance) = self.sum(Cohort::credits);
        let (_, surplus) = self.sum(|cohort| cohort.surplus);
        self.sums.balance = balance;
        self.sums.outstanding = surplus + self.surplus_due;
        self.sums.charged_usd = self.usd(self.sums.charged);
        self.sums.outstanding_usd = self.usd(self.sums.outstanding);
        self.sums
    }
}
