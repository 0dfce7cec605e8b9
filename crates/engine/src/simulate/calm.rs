//! Periods in which nothing happens but demand: no queue, no instance that comes or goes, no bound that changes.
//!
//! Most of a year is like that. Such periods are gathered and written to their columns together.

use super::Simulation;
use crate::{cost, latency, run::PERIOD_S};

/// Periods gathered before they are written.
const MOST: usize = 64;

const SECONDS: f64 = PERIOD_S as f64;

/// What one calm period leaves behind.
#[derive(Clone, Copy, Default)]
struct Period {
    requests: f64,
    /// Sum over requests of the utilisation they met.
    load: f64,
}

/// Calm periods in a row.
pub(super) struct Calm {
    periods: [Period; MOST],
    count: usize,
}

impl Calm {
    pub(super) fn new() -> Self {
        Self {
            periods: [Period::default(); MOST],
            count: 0,
        }
    }

    /// Adds a period; `true` once it is time to write.
    #[inline]
    fn push(&mut self, period: Period) -> bool {
        if let Some(place) = self.periods.get_mut(self.count) {
            *place = period;
            self.count += 1;
        }
        self.count >= MOST
    }

    /// What was gathered, and its place in a column if the first of it is period `from`.
    fn places(&self, from: usize) -> (&[Period], impl Fn(&mut [f32]) -> &mut [f32]) {
        let until = from + self.count;
        (
            self.periods.get(..self.count).unwrap_or_default(),
            move |column| column.get_mut(from..until).unwrap_or_default(),
        )
    }
}

impl Simulation<'_> {
    /// Runs calm periods as long as there are any, the first of them ending at `end_s`. Gives the end of the first
    /// period that is not known to be calm.
    #[inline(never)]
    pub(super) fn calm_periods(&mut self, mut end_s: f64, length_s: f64) -> f64 {
        if self.queue.waiting > 0.0 {
            return end_s;
        }
        let (per_instance, per_capacity) = (self.queue.per_instance(), self.queue.per_capacity());
        let capacity_rps = self.queue.capacity_rps();
        let beyond_s = self.next_s.min(length_s + SECONDS);
        let mut demand = self.demand.clone();
        while end_s < beyond_s
            && let Some(line) = demand.walk_below(end_s, capacity_rps)
        {
            let invocations = line.requests * per_instance;
            let load = line.squares * per_capacity;
            let datapoint = self.metric.publish(invocations);
            if self.scaler.evaluate(end_s, datapoint, &mut self.fleet) {
                self.settle_calm();
                self.count_until(end_s);
                self.flow.arrived = line.requests;
                self.flow.invocations_per_instance = invocations;
                self.flow.served = line.requests;
                self.flow.free = line.requests;
                self.flow.free_load = load;
                self.changed(end_s);
                self.record();
                end_s += SECONDS;
                break;
            }
            self.calm_until_s = end_s;
            end_s += SECONDS;
            if self.calm.push(Period {
                requests: line.requests,
                load,
            }) {
                self.settle_calm();
            }
        }
        self.demand = demand;
        end_s
    }

    /// Writes the calm periods gathered so far, all of them before anything changes.
    #[inline(never)]
    pub(super) fn settle_calm(&mut self) {
        if self.calm.count == 0 {
            return;
        }
        let seconds = self.calm_until_s - self.counted_s;
        self.counted_s = self.calm_until_s;
        self.totals.in_service_s += seconds * f64::from(self.still.in_service);
        self.write_calm_flow();
        self.write_calm_latency();
        self.done += self.calm.count;
        self.calm.count = 0;
    }

    fn write_calm_flow(&mut self) {
        let (periods, part) = self.calm.places(self.done);
        let (series, still, totals) = (&mut self.series, &self.still, &mut self.totals);
        let capacity_rps = f64::from(still.in_service) * self.plan.service.max_rps;
        part(&mut series.capacity_rps).fill(capacity_rps as f32);

        let each_s = f64::from(still.in_service + still.pending) * SECONDS;
        let cost_usd = |instance_s| cost::of_instance_seconds(instance_s, self.plan.usd_per_hour);
        let (before_usd, each_usd) = (cost_usd(totals.instance_s), cost_usd(each_s));
        totals.instance_s += periods.len() as f64 * each_s;

        let per_instance = 1.0 / f64::from(still.in_service.max(1));
        let (mut requests, mut nth) = (0.0, 0.0);
        for ((((period, demand), served), invocations), cost) in periods
            .iter()
            .zip(part(&mut series.demand_rps))
            .zip(part(&mut series.served_rps))
            .zip(part(&mut series.invocations_per_instance))
            .zip(part(&mut series.cost_usd))
        {
            let rate = (period.requests * (1.0 / SECONDS)) as f32;
            (*demand, *served) = (rate, rate);
            *invocations = (period.requests * per_instance) as f32;
            nth += 1.0;
            *cost = (before_usd + nth * each_usd) as f32;
            requests += period.requests;
        }
        totals.requests += requests;
        totals.served += requests;
    }

    fn write_calm_latency(&mut self) {
        let (periods, part) = self.calm.places(self.done);
        let series = &mut self.series;
        for ((((period, mean), p50), p95), p99) in periods
            .iter()
            .zip(part(&mut series.mean_ms))
            .zip(part(&mut series.p50_ms))
            .zip(part(&mut series.p95_ms))
            .zip(part(&mut series.p99_ms))
        {
            if period.requests > 0.0 {
                let place = latency::place(period.load as f32 / period.requests as f32);
                self.mixture.add_free(period.requests, place);
                [*mean, *p50, *p95, *p99] = self.table.row(place);
            }
        }
    }
}
