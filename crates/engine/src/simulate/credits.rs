//! The loop's part of CPU credits: when they are accounted, what they leave behind, and how slow instances are.

use super::{speeds::Speeds, target::Target};
use crate::{fleet::Fleet, run::CreditSums};
use core::mem;

impl Target<'_> {
    /// Prepares the columns of credits.
    #[cold]
    pub(super) fn prepare_credits(&mut self, periods: usize) {
        let Speeds::Credits(credits) = &self.speeds else {
            return;
        };
        let column = || vec![0.0; periods];
        self.series.credits = column();
        if credits.is_unlimited() {
            self.series.surplus_credits = column();
        }
    }

    /// Takes account of what has happened to instances in service at this moment.
    #[cold]
    pub(super) fn tell_credits(&mut self) {
        if let (Speeds::Credits(credits), Fleet::Instances(instances)) =
            (&mut self.speeds, &mut self.fleet)
        {
            credits.account_until(self.counted_s, self.flow.served);
            instances.take_events(|event| credits.on_fleet(event));
            self.queue.speed = credits.speed();
        }
    }

    /// Ends the minute: writes its balances, and decides which instances are throttled in the next one.
    pub(super) fn end_credits_minute(&mut self, end_s: f64) {
        let Speeds::Credits(credits) = &mut self.speeds else {
            return;
        };
        let served = self.flow.served;
        credits.account_until(end_s, served);
        self.slowness = credits.slowness();
        credits.end_minute(end_s);
        self.totals.surplus_usd = credits.charged_usd();
        let (balances, speed) = (credits.balances(), credits.speed());
        let write = |column: &mut [f32], value: f64| {
            if let Some(place) = column.get_mut(self.period) {
                *place = value as f32;
            }
        };
        write(&mut self.series.credits, balances.balance);
        write(&mut self.series.surplus_credits, balances.surplus);
        if speed != self.queue.speed {
            self.queue.speed = speed;
            let instances = self.fleet.in_service();
            self.queue.set_instances(instances, &mut self.flow);
        }
    }

    /// Returns the sums, where there are credits. Surplus credits that are outstanding at the end are part of the cost.
    pub(super) fn finish_credits(&mut self) -> Option<CreditSums> {
        let Speeds::Credits(credits) = mem::replace(&mut self.speeds, Speeds::Full) else {
            return None;
        };
        let sums = credits.into_sums();
        self.totals.surplus_usd = sums.charged_usd + sums.outstanding_usd;
        Some(sums)
    }
}
