//! What one period leaves behind: its sample, its share of the totals, its distress.

use super::Simulation;
use crate::{
    latency::{self, mixture},
    run::{Distress, PERIOD_S},
};

/// Fewer requests than this, failed or late in a period, are rounding.
const NOTICED: f64 = 1e-6;

impl Simulation<'_> {
    /// Closes the period: its sample, its share of the totals.
    #[inline]
    pub(super) fn record(&mut self) {
        let per_second = 1.0 / f64::from(PERIOD_S);
        if self.queue.on_demand.is_some() {
            self.record_on_demand();
        }
        let flow = &self.flow;
        self.totals.requests += flow.arrived;
        self.totals.served += flow.served;
        self.totals.failed += flow.failed;
        let latency_ms = if self.slowness != 1.0 {
            self.latency_slowed()
        } else if flow.waits.is_empty() {
            if flow.free > 0.0 {
                let place = latency::place((flow.free_load / flow.free) as f32);
                self.mixture.add_free(flow.free, place);
                self.table.row(place)
            } else {
                latency::Row::default()
            }
        } else {
            self.latency_with_queue()
        };
        let flow = &self.flow;
        if flow.failed != 0.0 || flow.late != 0.0 {
            self.note_distress();
        }
        let flow = &self.flow;
        let cost_usd = self.cost_usd();
        let [mean_ms, p50_ms, p95_ms, p99_ms] = latency_ms;
        let series = &mut self.series;
        let write = |column: &mut [f32], value: f32| {
            if let Some(place) = column.get_mut(self.done) {
                *place = value;
            }
        };
        write(&mut series.demand_rps, (flow.arrived * per_second) as f32);
        write(
            &mut series.capacity_rps,
            (self.capacity_s * per_second) as f32,
        );
        write(&mut series.served_rps, (flow.served * per_second) as f32);
        write(&mut series.failed_rps, (flow.failed * per_second) as f32);
        write(&mut series.queue, self.queue.waiting as f32);
        write(&mut series.mean_ms, mean_ms);
        write(&mut series.p50_ms, p50_ms);
        write(&mut series.p95_ms, p95_ms);
        write(&mut series.p99_ms, p99_ms);
        // Nobody reports anything where nothing was in service.
        let invocations = match self.capacity_s > 0.0 {
            true => flow.invocations_per_instance as f32,
            false => f32::NAN,
        };
        write(&mut series.invocations_per_instance, invocations);
        write(&mut series.cost_usd, cost_usd as f32);
        self.done += 1;
        self.capacity_s = 0.0;
        self.flow.reset();
    }

    /// Latency of a period in which requests met a queue: percentiles of the wait in the queue and of the rest are
    /// added (as if the same requests were slow in both), the mean is exact.
    #[cold]
    fn latency_with_queue(&mut self) -> latency::Row {
        let flow = &self.flow;
        let queued: f64 = flow.waits.iter().map(|waits| waits.requests).sum();
        let queued_load: f64 = flow.waits.iter().map(|waits| waits.load).sum();
        let accepted = flow.free + queued;
        if accepted <= 0.0 {
            return latency::Row::default();
        }
        if flow.free > 0.0 {
            let place = latency::place((flow.free_load / flow.free) as f32);
            self.mixture.add_free(flow.free, place);
        }
        self.mixture.add_waits(&flow.waits, flow.wait_s);
        let load = (flow.free_load + queued_load) / accepted;
        let row = self.table.row(latency::place(load as f32));
        self.after_waits(row, accepted)
    }

    /// Latency of a period's requests that, once they had waited, took as long as `row` says.
    pub(super) fn after_waits(&self, row: latency::Row, accepted: f64) -> latency::Row {
        let (flow, [mean, p50, p95, p99]) = (&self.flow, row);
        let [w50, w95, w99] = mixture::wait_percentiles(&flow.waits, flow.free);
        let plus = |ms: f32, wait_s: f64| ms + (1000.0 * wait_s) as f32;
        [
            plus(mean, flow.wait_s / accepted),
            plus(p50, w50),
            plus(p95, w95),
            plus(p99, w99),
        ]
    }

    #[cold]
    fn note_distress(&mut self) {
        self.totals.late += self.flow.late;
        let (failed, late) = (self.flow.failed, self.flow.late.max(0.0));
        if failed + late > self.noticed(NOTICED) {
            self.distress.push(Distress {
                start_s: self.counted_s - f64::from(PERIOD_S),
                failed,
                late,
                longest_wait_s: self.flow.longest_wait_s(),
            });
        }
    }
}
