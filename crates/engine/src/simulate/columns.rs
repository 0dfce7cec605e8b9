//! The columns of a run: there from the start, all zero, so that nobody writes a zero.

use crate::{
    cloudwatch::breach,
    plan::{BacklogMetric, Metric},
    run::{FleetChange, PERIOD_S, Series},
};

impl Series {
    /// Columns of so many zeros; the alarms' come from elsewhere.
    pub(super) fn zeros(periods: usize) -> Self {
        Self {
            demand_rps: floats(periods),
            capacity_rps: floats(periods),
            desired: vec![0; periods],
            in_service: vec![0; periods],
            pending: vec![0; periods],
            served_rps: floats(periods),
            failed_rps: floats(periods),
            queue: floats(periods),
            mean_ms: floats(periods),
            p50_ms: floats(periods),
            p95_ms: floats(periods),
            p99_ms: floats(periods),
            invocations_per_instance: floats(periods),
            other_metric: Vec::new(),
            alarms: Vec::new(),
            cost_usd: floats(periods),
        }
    }

    /// Works the first policy's metric out, where it is a utilisation: from requests served by each instance.
    pub(super) fn write_metric(&mut self, metric: &Metric, max_rps: f64) {
        if matches!(metric, Metric::Utilization { .. }) {
            self.write_other_metric(metric, max_rps);
        }
    }

    /// Writes what a period leaves of a queue, where that is the first policy's metric; it is zero where nobody writes it.
    pub(super) fn write_backlog(
        &mut self,
        metric: &Metric,
        period: usize,
        published: &breach::Backlog,
    ) {
        let Metric::Backlog(metric) = metric else {
            return;
        };
        if self.other_metric.is_empty() {
            self.other_metric = floats(self.queue.len());
        }
        if let Some(place) = self.other_metric.get_mut(period) {
            *place = match metric {
                BacklogMetric::Size => published.size,
                BacklogMetric::SizePerInstance => published.per_instance,
                BacklogMetric::WithoutCapacity => published.without_capacity,
            } as f32;
        }
    }

    #[inline(never)]
    fn write_other_metric(&mut self, metric: &Metric, max_rps: f64) {
        let flow = self.served_rps.iter().zip(&self.capacity_rps);
        self.other_metric = flow
            .map(|(&served, &capacity)| {
                if capacity <= 0.0 {
                    return 0.0;
                }
                let instances = f64::from(capacity) / max_rps;
                let each = f64::from(served) * f64::from(PERIOD_S) / instances;
                metric.of_requests(each) as f32
            })
            .collect();
    }

    /// Writes a fleet that stayed as it is at the end of these periods.
    pub(super) fn write_fleet(&mut self, from: usize, until: usize, fleet: &FleetChange) {
        fill(&mut self.desired, from, until, fleet.desired);
        fill(&mut self.in_service, from, until, fleet.in_service);
        if fleet.pending > 0 {
            fill(&mut self.pending, from, until, fleet.pending);
        }
    }
}

#[inline(never)]
fn floats(periods: usize) -> Vec<f32> {
    vec![0.0; periods]
}

#[inline(never)]
fn fill(column: &mut [u32], from: usize, until: usize, value: u32) {
    if let Some(stretch) = column.get_mut(from..until) {
        stretch.fill(value);
    }
}
