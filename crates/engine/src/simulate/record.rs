//! What one period leaves behind: its sample, its share of the totals, its distress.

use super::{met::Free, target::Target};
use crate::run::{Distress, PERIOD_S};

impl Target<'_> {
    /// Adds a calm period to the totals, and writes what its requests met, none of them a queue.
    #[inline]
    pub(super) fn record_calm_latency(&mut self, free: Free) {
        let met = self.met_no_queue(free);
        self.totals.requests += free.requests;
        self.totals.served += free.requests;
        self.series.write_latency(free.period, met.row);
        if met.late != 0.0 {
            let distress = Distress {
                start_s: free.period as f64 * f64::from(PERIOD_S),
                failed: 0.0,
                late: met.late,
                longest_wait_s: met.longest_wait_s,
            };
            self.note_distress(free.requests, distress);
        }
    }

    /// Ends the period: writes its sample, and adds to the totals.
    #[inline]
    pub(super) fn record(&mut self) {
        let per_second = 1.0 / f64::from(PERIOD_S);
        if self.queue.on_demand.is_some() {
            self.record_on_demand();
        }
        let requests = self.requests_of_period();
        let flow = &self.flow;
        self.totals.requests += requests.came;
        self.totals.served += requests.served;
        self.totals.failed += requests.failed;
        let free = Free {
            period: self.written,
            requests: flow.free,
            load: flow.free_load,
        };
        let met = if self.observed.slowness != 1.0 {
            self.met_slowed()
        } else if flow.waits.is_empty() {
            self.met_no_queue(free)
        } else {
            self.met_queue()
        };
        let flow = &self.flow;
        if requests.failed != 0.0 || requests.late != 0.0 || met.late != 0.0 {
            self.totals.late += requests.late;
            let distress = Distress {
                start_s: self.counted_s - f64::from(PERIOD_S),
                failed: requests.failed,
                late: (requests.late + met.late).max(0.0),
                longest_wait_s: flow.longest_wait_s().max(met.longest_wait_s),
            };
            self.note_distress(requests.came, distress);
        }
        let flow = &self.flow;
        let cost_usd = self.cost_usd();
        let series = &mut self.series;
        series.write_latency(self.written, met.row);
        let write = |column: &mut [f32], value: f32| {
            if let Some(place) = column.get_mut(self.written) {
                *place = value;
            }
        };
        write(&mut series.demand_rps, (requests.came * per_second) as f32);
        write(
            &mut series.capacity_rps,
            (self.capacity_s * per_second) as f32,
        );
        write(
            &mut series.served_rps,
            (requests.served * per_second) as f32,
        );
        write(
            &mut series.failed_rps,
            (requests.failed * per_second) as f32,
        );
        write(&mut series.queue, self.queue.waiting as f32);
        // There is no datapoint where nothing was in service.
        let invocations = match self.capacity_s > 0.0 {
            true => flow.invocations_per_instance as f32,
            false => f32::NAN,
        };
        write(&mut series.invocations_per_instance, invocations);
        write(&mut series.cost_usd, cost_usd as f32);
        self.written += 1;
        self.capacity_s = 0.0;
        self.flow.reset();
    }
}
