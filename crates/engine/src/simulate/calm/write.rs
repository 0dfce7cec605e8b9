//! Calm periods are written to the columns together, before anything changes.

use super::{
    super::{Simulation, met::Free},
    lanes,
};
use crate::{cost, run::PERIOD_S};
use core::ops::Range;

const SECONDS: f64 = PERIOD_S as f64;

impl Simulation<'_> {
    /// Writes the calm periods that are not written yet. This has to be done before anything changes.
    pub(in crate::simulate) fn settle_calm(&mut self) {
        let periods = self.target.written..self.target.period;
        if periods.is_empty() {
            return;
        }
        let now_s = self.target.now_s();
        let seconds = now_s - self.target.counted_s;
        self.target.counted_s = now_s;
        self.target.totals.in_service_s +=
            seconds * f64::from(self.target.current_fleet.in_service);
        self.write_calm_flow(periods.clone());
        self.write_calm_latency(periods);
        self.target.written = self.target.period;
    }

    fn write_calm_flow(&mut self, periods: Range<usize>) {
        let minutes = self.calm.ahead.minutes(periods.start, periods.end);
        let (series, still, totals) = (
            &mut self.target.series,
            &self.target.current_fleet,
            &mut self.target.totals,
        );
        let capacity_rps = f64::from(still.in_service) * self.target.plan.service.max_rps;
        let each_s = f64::from(self.target.billed_instances) * SECONDS;
        let cost_usd =
            |instance_s| cost::of_instance_seconds(instance_s, self.target.plan.usd_per_hour);
        let (before_usd, each_usd) = (cost_usd(totals.instance_s), cost_usd(each_s));
        totals.instance_s += minutes.requests.len() as f64 * each_s;

        lanes::write_rates(
            part(&mut series.demand_rps, &periods),
            part(&mut series.served_rps, &periods),
            part(&mut series.invocations_per_instance, &periods),
            minutes.requests,
            f64::from(still.in_service.max(1)),
        );
        lanes::write_cost(
            part(&mut series.capacity_rps, &periods),
            part(&mut series.cost_usd, &periods),
            capacity_rps as f32,
            before_usd,
            each_usd,
        );
    }

    fn write_calm_latency(&mut self, periods: Range<usize>) {
        let per_capacity = self.target.queue.per_capacity();
        let minutes = self.calm.ahead.minutes(periods.start, periods.end);
        lanes::locate(&mut self.calm.positions, minutes, per_capacity);
        let watched = self.target.table.slow_from.min(self.target.late_from);
        if !self.target.build_up.is_settled()
            || lanes::any_from(&self.calm.positions, minutes, watched)
        {
            self.write_watched_latency(periods);
            return;
        }
        self.target
            .build_up
            .settle(self.calm.positions.last(minutes));
        let columns = (self.target.series.latency_columns()).map(|column| part(column, &periods));
        let came = lanes::write_latency(
            columns,
            minutes.requests,
            &self.calm.positions,
            &self.target.table,
            &mut self.target.mixture,
        );
        self.target.totals.requests += came;
        self.target.totals.served += came;
    }

    /// Writes latency one period after the other, where random waits may have to be followed or requests may be late.
    #[cold]
    fn write_watched_latency(&mut self, periods: Range<usize>) {
        let per_capacity = self.target.queue.per_capacity();
        for period in periods {
            let minutes = self.calm.ahead.minutes(period, period + 1);
            let (Some(&requests), Some(&square)) =
                (minutes.requests.first(), minutes.squares.first())
            else {
                return;
            };
            self.target.record_calm_latency(Free {
                period,
                requests,
                load: square * per_capacity,
            });
        }
    }
}

/// Returns the part of a column that belongs to some periods.
fn part<'a>(column: &'a mut [f32], periods: &Range<usize>) -> &'a mut [f32] {
    column.get_mut(periods.clone()).unwrap_or_default()
}
