//! The columns of a run: allocated at the start, and zero where calm periods write nothing.
//!
//! Where a metric has no datapoint, its column holds NaN.

use crate::{
    latency::Row,
    plan::Metric,
    run::{FleetChange, PERIOD_S, Series},
};

impl Series {
    /// Returns columns for all periods, in the memory of `recycled`, without those of alarms. The ones that calm periods do not
    /// write are zero; the others hold old values, which every period overwrites.
    pub(super) fn columns(recycled: Self, periods: usize) -> Self {
        Self {
            demand_rps: floats(recycled.demand_rps, periods),
            capacity_rps: floats(recycled.capacity_rps, periods),
            desired: counts(recycled.desired, periods),
            in_service: counts(recycled.in_service, periods),
            pending: zeros(recycled.pending, periods, counts),
            served_rps: floats(recycled.served_rps, periods),
            failed_rps: zeros(recycled.failed_rps, periods, floats),
            queue: zeros(recycled.queue, periods, floats),
            mean_ms: floats(recycled.mean_ms, periods),
            p50_ms: floats(recycled.p50_ms, periods),
            p95_ms: floats(recycled.p95_ms, periods),
            p99_ms: floats(recycled.p99_ms, periods),
            invocations_per_instance: floats(recycled.invocations_per_instance, periods),
            other_metric: Vec::new(),
            on_demand: Vec::new(),
            cold_starts: Vec::new(),
            instances: Vec::new(),
            credits: Vec::new(),
            surplus_credits: Vec::new(),
            alarms: Vec::new(),
            cost_usd: floats(recycled.cost_usd, periods),
        }
    }

    /// Writes the value that the first policy's metric has in a period; NaN where it has none. What no period writes is worked
    /// out at the end ([`Self::complete_metric`]).
    pub(super) fn write_metric(&mut self, metric: &Metric, period: usize, value: f64) {
        if self.other_metric.is_empty() {
            self.other_metric = vec![unwritten(metric); self.queue.len()];
        }
        if let Some(place) = self.other_metric.get_mut(period) {
            *place = value as f32;
        }
    }

    /// Works out what no period has written of the first policy's metric. A utilisation follows from the requests that each
    /// instance served. InvocationsPerInstance has a column of its own.
    pub(super) fn complete_metric(&mut self, metric: &Metric, max_rps: f64) {
        if *metric == Metric::InvocationsPerInstance {
            return;
        }
        if !matches!(metric, Metric::Utilization { .. }) {
            self.other_metric
                .resize(self.queue.len(), unwritten(metric));
            return;
        }
        let flow = self.served_rps.iter().zip(&self.capacity_rps);
        let computed = flow.map(|(&served, &capacity)| {
            // Without capacity nobody reports anything.
            if capacity <= 0.0 {
                return f32::NAN;
            }
            let instances = f64::from(capacity) / max_rps;
            let each = f64::from(served) * f64::from(PERIOD_S) / instances;
            metric.of_requests(each) as f32
        });
        if self.other_metric.is_empty() {
            self.other_metric = computed.collect();
            return;
        }
        for (place, computed) in self.other_metric.iter_mut().zip(computed) {
            if place.is_nan() {
                *place = computed;
            }
        }
    }

    /// Returns the columns of latency, in the order of a [`Row`].
    #[inline]
    pub(super) fn latency_columns(&mut self) -> [&mut Vec<f32>; 4] {
        [
            &mut self.mean_ms,
            &mut self.p50_ms,
            &mut self.p95_ms,
            &mut self.p99_ms,
        ]
    }

    /// Writes the latency of a period.
    #[inline]
    pub(super) fn write_latency(&mut self, period: usize, row: Row) {
        for (column, ms) in self.latency_columns().into_iter().zip(row) {
            if let Some(place) = column.get_mut(period) {
                *place = ms;
            }
        }
    }

    /// Empties the column of InvocationsPerInstance, for an endpoint that does not publish it.
    // rule: asynchronous.no-invocations-metric
    pub(super) fn leave_invocations_out(&mut self) {
        self.invocations_per_instance.fill(f32::NAN);
    }

    /// Writes the instances under copies, the same for all these periods.
    #[cold]
    pub(super) fn write_instances(&mut self, from: usize, until: usize, instances: u32) {
        if self.instances.is_empty() {
            self.instances = vec![0; self.queue.len()];
        }
        fill(&mut self.instances, from, until, instances);
    }

    /// Writes the fleet, the same for all these periods.
    pub(super) fn write_fleet(&mut self, from: usize, until: usize, fleet: &FleetChange) {
        fill(&mut self.desired, from, until, fleet.desired);
        fill(&mut self.in_service, from, until, fleet.in_service);
        if fleet.pending > 0 {
            fill(&mut self.pending, from, until, fleet.pending);
        }
    }
}

/// The value of a metric in calm periods, which write none: of a metric of the endpoint 0, of others none.
fn unwritten(metric: &Metric) -> f32 {
    match metric {
        Metric::Endpoint(_) => 0.0,
        _ => f32::NAN,
    }
}

/// Returns a column in the memory of `recycled`, or a fresh one of zeros where that is too short.
fn floats(mut recycled: Vec<f32>, periods: usize) -> Vec<f32> {
    if recycled.capacity() < periods {
        return vec![0.0; periods];
    }
    recycled.resize(periods, 0.0);
    recycled
}

fn counts(mut recycled: Vec<u32>, periods: usize) -> Vec<u32> {
    if recycled.capacity() < periods {
        return vec![0; periods];
    }
    recycled.resize(periods, 0);
    recycled
}

/// Returns the same, with all values zero.
fn zeros<T: Copy + Default>(
    mut recycled: Vec<T>,
    periods: usize,
    column: fn(Vec<T>, usize) -> Vec<T>,
) -> Vec<T> {
    recycled.fill(T::default());
    column(recycled, periods)
}

fn fill(column: &mut [u32], from: usize, until: usize, value: u32) {
    if let Some(stretch) = column.get_mut(from..until) {
        stretch.fill(value);
    }
}
