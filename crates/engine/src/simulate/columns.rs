//! The columns of a run: allocated at the start, and zero where calm periods write nothing.
//!
//! Where a metric has no datapoint, its column holds NaN.

use crate::{
    cloudwatch::breach,
    latency::Row,
    plan::{BacklogMetric, Metric},
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

    /// Writes the column of the first policy's metric, where that is not written period by period: a utilisation from the
    /// requests served by each instance; of other metrics what no eventful period has written.
    pub(super) fn write_metric(&mut self, metric: &Metric, max_rps: f64) {
        match metric {
            Metric::InvocationsPerInstance | Metric::ConcurrentRequests { .. } => {}
            Metric::Utilization { .. } => self.write_other_metric(metric, max_rps),
            Metric::Unpublished => self.other_metric = vec![f32::NAN; self.queue.len()],
            // No request has ever waited, or found no copy.
            Metric::Backlog(_) | Metric::NoCapacityInvocationFailures => {
                if self.other_metric.is_empty() {
                    self.other_metric = vec![0.0; self.queue.len()];
                }
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

    /// Writes the utilisation of an instance of a group that was in service all the period, where that is the first policy's
    /// metric.
    pub(super) fn write_each(&mut self, metric: &Metric, period: usize, served: f64) {
        if !matches!(metric, Metric::Utilization { .. }) {
            return;
        }
        if self.other_metric.is_empty() {
            self.other_metric = vec![f32::NAN; self.queue.len()];
        }
        if let Some(place) = self.other_metric.get_mut(period) {
            *place = metric.of_requests(served) as f32;
        }
    }

    /// Writes a period's metric of a queue, where that is the first policy's. It is zero where it is not written.
    pub(super) fn write_backlog(
        &mut self,
        metric: &Metric,
        period: usize,
        published: &breach::BacklogDatapoint,
    ) {
        let Metric::Backlog(metric) = metric else {
            return;
        };
        if self.other_metric.is_empty() {
            self.other_metric = vec![0.0; self.queue.len()];
        }
        if let Some(place) = self.other_metric.get_mut(period) {
            *place = match metric {
                BacklogMetric::Size => published.size,
                BacklogMetric::SizePerInstance => published.per_instance,
                BacklogMetric::WithoutCapacity => published.without_capacity,
            } as f32;
        }
    }

    /// Writes the requests of a period that found no copy, where that is the first policy's metric.
    pub(super) fn write_unserved(&mut self, metric: &Metric, period: usize, requests: f64) {
        if *metric != Metric::NoCapacityInvocationFailures {
            return;
        }
        if self.other_metric.is_empty() {
            self.other_metric = vec![0.0; self.queue.len()];
        }
        if let Some(place) = self.other_metric.get_mut(period) {
            *place = requests as f32;
        }
    }

    /// Writes the instances under copies, the same for all these periods.
    #[cold]
    pub(super) fn write_instances(&mut self, from: usize, until: usize, instances: u32) {
        if self.instances.is_empty() {
            self.instances = vec![0; self.queue.len()];
        }
        fill(&mut self.instances, from, until, instances);
    }

    fn write_other_metric(&mut self, metric: &Metric, max_rps: f64) {
        let written = core::mem::take(&mut self.other_metric);
        let flow = self.served_rps.iter().zip(&self.capacity_rps);
        self.other_metric = flow
            .map(|(&served, &capacity)| {
                // Nothing is in service to report it.
                if capacity <= 0.0 {
                    return f32::NAN;
                }
                let instances = f64::from(capacity) / max_rps;
                let each = f64::from(served) * f64::from(PERIOD_S) / instances;
                metric.of_requests(each) as f32
            })
            .collect();
        for (place, written) in self.other_metric.iter_mut().zip(written) {
            if !written.is_nan() {
                *place = written;
            }
        }
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
