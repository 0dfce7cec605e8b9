//! The loop's part of CPU credits: when they are accounted, what they leave behind, and how slow instances are.

use super::{observers::Observer, target::Target};
use crate::{credits::Credits, fleet::FleetEvent, plan::Plan};

/// Returns who observes credits; `None` where instances have none.
pub(super) fn of(plan: &Plan, instances: u32) -> Option<Box<dyn Observer>> {
    let credits = Credits::of(plan, instances)?;
    Some(credits)
}

impl Observer for Credits {
    /// Prepares the columns of balances.
    fn begin(&mut self, periods: usize, target: &mut Target<'_>) {
        let column = || vec![0.0; periods];
        target.series.credits = column();
        if self.is_unlimited() {
            target.series.surplus_credits = column();
        }
    }

    #[cold]
    fn on_instances(&mut self, events: &[FleetEvent], target: &mut Target<'_>) {
        self.account_until(target.counted_s, target.flow.served);
        for event in events {
            self.on_fleet(event);
        }
        target.queue.speed = self.speed();
    }

    // rule: credits.utilization-when-held
    fn on_minute(&mut self, target: &mut Target<'_>) {
        self.account_until(target.counted_s, target.flow.served);
        target.observed.in_service_s = Some(self.in_service_s());
    }

    /// Writes the minute's balances, and decides which instances are throttled in the next one.
    fn after_minute(&mut self, end_s: f64, target: &mut Target<'_>) {
        self.account_until(end_s, target.flow.served);
        target.observed.slowness = self.slowness();
        self.end_minute(end_s);
        target.totals.surplus_usd = self.charged_usd();
        let (balances, speed) = (self.balances(), self.speed());
        let write = |column: &mut [f32], value: f64| {
            if let Some(place) = column.get_mut(target.period) {
                *place = value as f32;
            }
        };
        write(&mut target.series.credits, balances.balance);
        write(&mut target.series.surplus_credits, balances.surplus);
        if speed != target.queue.speed {
            target.queue.speed = speed;
            let instances = target.fleet.in_service();
            target.queue.set_instances(instances, &mut target.flow);
        }
    }

    fn needs_events(&self) -> bool {
        true
    }

    fn allows_calm(&self) -> bool {
        false
    }

    /// Leaves the sums behind. Surplus credits that are outstanding at the end are part of the cost.
    fn finish(self: Box<Self>, target: &mut Target<'_>) {
        let sums = self.into_sums();
        target.totals.surplus_usd = sums.charged_usd + sums.outstanding_usd;
        target.credits = Some(sums);
    }
}
