//! What the requests of a period met: their latency, and which of them were late, all waiting included.
//!
//! Where the random wait of a period is that of the long run at its utilisation, it is looked up in the latency table. In the
//! other periods it builds up or falls back, and is followed.

use super::target::Target;
use crate::{
    flow::Waits,
    latency::{self, Parts, Row, Station, TablePosition, mixture},
    run::{Distress, PERIOD_S},
};

const SECONDS: f64 = PERIOD_S as f64;

/// Fewer failed requests than this in a period are rounding.
const MIN_FAILED: f64 = 1e-6;

/// A period is in distress only if more than this share of its requests is late, however strict the objective.
const MIN_LATE_SHARE: f64 = 1e-6;

/// Returns the share of a period's requests that may fail or be late before it is in distress.
pub(super) fn allowed(availability: f64) -> f64 {
    (1.0 - availability).max(MIN_LATE_SHARE)
}

/// What the requests of a period met.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    /// Latency.
    pub row: Row,
    /// Requests that were late because of a random wait, and the longest of these waits.
    pub late: f64,
    pub longest_wait_s: f64,
}

/// Requests of a period that met no queue, and the sum of the utilisation that each of them met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Free {
    pub period: usize,
    pub requests: f64,
    pub load: f64,
}

impl Target<'_> {
    /// Returns what the requests of a period met in which none met a queue.
    #[inline]
    pub(super) fn met_no_queue(&mut self, free: Free) -> Met {
        if free.requests <= 0.0 {
            return self.met_by_nobody(free.period);
        }
        let position = latency::position_of((free.load / free.requests) as f32);
        if !self.build_up.settles(&self.table, position) {
            return self.met_followed(free, &[], 0.0);
        }
        self.mixture.add_free(free.requests, position);
        let row = self.table.row(position);
        if position.index < self.late_from {
            return Met {
                row,
                ..Met::default()
            };
        }
        let station = self.table.station(position).copied().unwrap_or_default();
        Met {
            row,
            // They are counted at the end of the run, with those of all periods that are looked up.
            late: free.requests * (self.table).late_share(position, self.plan.objective.late_s),
            longest_wait_s: self.longest_wait_s(&station, free.requests),
        }
    }

    /// Returns the longest random wait of so many requests, seconds; no request waits beyond the timeout.
    fn longest_wait_s(&self, station: &Station, requests: f64) -> f64 {
        let longest_s = station.longest_wait_s(requests);
        longest_s.min(self.plan.service.timeout_s)
    }

    fn met_by_nobody(&mut self, period: usize) -> Met {
        if self.build_up.is_settled() {
            self.build_up.settle(TablePosition::default());
        } else {
            self.let_pass(period, 0.0);
        }
        Met::default()
    }

    fn let_pass(&mut self, period: usize, load: f64) -> Parts {
        // Until the first requests have been served none waits for them.
        let since_s = (period + 1) as f64 * SECONDS - self.plan.service.mean_service_s();
        let seconds = since_s.clamp(0.0, SECONDS);
        let capacity_rps = self.queue.capacity_rps();
        self.build_up.pass(&self.table, load, seconds, capacity_rps)
    }

    /// Returns what the requests of a period met whose random wait is followed. Those of `waits` met a queue before, and waited
    /// `wait_s` in it together.
    ///
    /// Percentiles of the wait in the queue and of the rest are added (as if the same requests were slow in both), the mean is
    /// exact.
    #[cold]
    fn met_followed(&mut self, free: Free, waits: &[Waits], wait_s: f64) -> Met {
        let (queued, queued_load) = queued_and_load(waits);
        let accepted = free.requests + queued;
        if accepted <= 0.0 {
            return self.met_by_nobody(free.period);
        }
        let load = (free.load + queued_load) / accepted;
        let parts = self.let_pass(free.period, load);
        self.mixture
            .add_followed(free.requests, waits, wait_s, &parts);
        let guess = self.table.row(latency::position_of(load as f32));
        let figures = mixture::figures_of(&parts, guess.map(|ms| f64::from(ms) / 1000.0));
        let row = figures.map(|seconds| (1000.0 * seconds) as f32);
        let late_s = self.plan.objective.late_s;
        let mut met = Met {
            row: with_queue(row, free.requests, waits, wait_s),
            ..Met::default()
        };
        for (share, station) in parts {
            met.late += share * free.requests * station.waits_longer(late_s);
            met.late += share * late_after_queue(waits, late_s, &station);
            let longest_s = self.longest_wait_s(&station, share * accepted);
            met.longest_wait_s = met.longest_wait_s.max(longest_s);
        }
        self.totals.late += met.late;
        met
    }

    /// Returns what the requests of the period that ends met, some of them a queue.
    #[cold]
    pub(super) fn met_queue(&mut self) -> Met {
        let flow = core::mem::take(&mut self.flow);
        let free = Free {
            period: self.written,
            requests: flow.free,
            load: flow.free_load,
        };
        let met = self.met_followed(free, &flow.waits, flow.wait_s);
        self.flow = flow;
        met
    }

    /// Returns what the requests of the period that ends met where instances were throttled: everything takes longer.
    #[cold]
    pub(super) fn met_slowed(&mut self) -> Met {
        let (flow, slowness) = (&self.flow, self.observed.slowness);
        let (queued, queued_load) = queued_and_load(&flow.waits);
        let accepted = flow.free + queued;
        if accepted <= 0.0 {
            return Met::default();
        }
        self.mixture.add_slowed(flow, slowness);
        let position = latency::position_of(((flow.free_load + queued_load) / accepted) as f32);
        self.build_up.settle(position);
        let row = self.table.row(position).map(|ms| ms * slowness as f32);
        let station = self.table.station(position).copied().unwrap_or_default();
        let station = station.slowed(slowness);
        let late_s = self.plan.objective.late_s;
        let late = flow.free * station.waits_longer(late_s)
            + late_after_queue(&flow.waits, late_s, &station);
        self.totals.late += late;
        Met {
            row: with_queue(row, flow.free, &flow.waits, flow.wait_s),
            late,
            longest_wait_s: self.longest_wait_s(&station, accepted),
        }
    }

    /// Notes a period in distress. With requests on demand chance alone lets some fail at any time, so these count only beyond
    /// the allowed share.
    #[cold]
    pub(super) fn note_distress(&mut self, arrived: f64, distress: Distress) {
        let (failed, late) = (distress.failed, distress.late);
        let allowed = allowed(self.plan.objective.availability) * arrived;
        let fails = failed > MIN_FAILED && self.queue.on_demand.is_none();
        if fails || failed + late > allowed.max(MIN_FAILED) {
            self.distress.push(distress);
        }
    }
}

/// Returns the requests that met a queue, and the sum of their utilisation.
fn queued_and_load(waits: &[Waits]) -> (f64, f64) {
    let sum = |of: fn(&Waits) -> f64| waits.iter().map(of).sum();
    (sum(|waits| waits.requests), sum(|waits| waits.load))
}

/// Returns the latency of requests that took as long as `row` says after they had waited in the queue; `free` of them did not
/// wait.
fn with_queue(row: Row, free: f64, waits: &[Waits], wait_s: f64) -> Row {
    if waits.is_empty() {
        return row;
    }
    let (queued, _) = queued_and_load(waits);
    let [mean, p50, p95, p99] = row;
    let [w50, w95, w99] = mixture::wait_percentiles(waits, free);
    let plus = |ms: f32, wait_s: f64| ms + (1000.0 * wait_s) as f32;
    [
        plus(mean, wait_s / (free + queued)),
        plus(p50, w50),
        plus(p95, w95),
        plus(p99, w99),
    ]
}

/// Returns the requests that were in time when they left the queue, and late after a random wait at `station`.
fn late_after_queue(waits: &[Waits], late_s: f64, station: &Station) -> f64 {
    let in_time = |waits: &Waits| {
        let (low_s, high_s) = (waits.from_s.min(waits.to_s), waits.from_s.max(waits.to_s));
        // Waits are evenly spread from one end to the other.
        let last_s = high_s.min(late_s);
        if low_s > late_s {
            0.0
        } else if high_s - low_s <= 1e-9 * high_s {
            waits.requests * station.waits_longer(late_s - low_s)
        } else {
            let late =
                station.waits_beyond_s(late_s - last_s) - station.waits_beyond_s(late_s - low_s);
            waits.requests * late / (high_s - low_s)
        }
    };
    waits.iter().map(in_time).sum()
}
