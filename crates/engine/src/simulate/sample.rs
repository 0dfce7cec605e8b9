//! The columns of a run, row by row.

use crate::{
    latency,
    run::{AlarmState, Series},
};

/// One row of [`Series`].
#[derive(Clone, Copy, Default)]
pub(super) struct Sample {
    pub demand_rps: f32,
    pub capacity_rps: f32,
    pub desired: u32,
    pub in_service: u32,
    pub pending: u32,
    pub served_rps: f32,
    pub failed_rps: f32,
    pub queue: f32,
    pub latency_ms: latency::Row,
    pub invocations_per_instance: f32,
    pub alarm_high: AlarmState,
    pub alarm_low: AlarmState,
    pub cost_usd: f32,
}

impl Series {
    /// Columns that hold `periods` values without growing.
    pub(in crate::simulate) fn with_capacity(periods: usize) -> Self {
        Self {
            demand_rps: Vec::with_capacity(periods),
            capacity_rps: Vec::with_capacity(periods),
            desired: Vec::with_capacity(periods),
            in_service: Vec::with_capacity(periods),
            pending: Vec::with_capacity(periods),
            served_rps: Vec::with_capacity(periods),
            failed_rps: Vec::with_capacity(periods),
            queue: Vec::with_capacity(periods),
            mean_ms: Vec::with_capacity(periods),
            p50_ms: Vec::with_capacity(periods),
            p95_ms: Vec::with_capacity(periods),
            p99_ms: Vec::with_capacity(periods),
            invocations_per_instance: Vec::with_capacity(periods),
            alarm_high: Vec::with_capacity(periods),
            alarm_low: Vec::with_capacity(periods),
            cost_usd: Vec::with_capacity(periods),
        }
    }

    /// Appends one row.
    pub(in crate::simulate) fn push(&mut self, row: &Sample) {
        let [mean_ms, p50_ms, p95_ms, p99_ms] = row.latency_ms;
        self.demand_rps.push(row.demand_rps);
        self.capacity_rps.push(row.capacity_rps);
        self.desired.push(row.desired);
        self.in_service.push(row.in_service);
        self.pending.push(row.pending);
        self.served_rps.push(row.served_rps);
        self.failed_rps.push(row.failed_rps);
        self.queue.push(row.queue);
        self.mean_ms.push(mean_ms);
        self.p50_ms.push(p50_ms);
        self.p95_ms.push(p95_ms);
        self.p99_ms.push(p99_ms);
        self.invocations_per_instance
            .push(row.invocations_per_instance);
        self.alarm_high.push(row.alarm_high);
        self.alarm_low.push(row.alarm_low);
        self.cost_usd.push(row.cost_usd);
    }
}
