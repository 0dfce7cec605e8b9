//! Requests, a hundredth of a second at a time: what arrives, waits, is served, fails, and what instances cost meanwhile.

use engine::plan::{Plan, Service};

/// Hundredths of a second.
pub const PER_SECOND: u32 = 100;
const STEP_S: f64 = 0.01;

/// Parts into which a step is split in which demand crosses capacity.
const PARTS: u32 = 1000;

/// What has flowed since somebody last looked.
#[derive(Clone, Copy, Default)]
pub struct Minute {
    pub arrived: f64,
    pub served: f64,
    pub failed: f64,
    pub late: f64,
    /// Sum of arrivals, each divided by the instances in service.
    pub per_instance: f64,
    pub in_service_steps: u64,
}

pub struct Traffic<'a> {
    plan: &'a Plan,
    /// The line of demand that time has come to.
    line: usize,
    in_service: u32,
    pub queue: f64,
    pub minute: Minute,
}

impl<'a> Traffic<'a> {
    pub fn new(plan: &'a Plan, in_service: u32) -> Self {
        Self {
            plan,
            line: 0,
            in_service,
            queue: 0.0,
            minute: Minute::default(),
        }
    }

    fn capacity(&self) -> f64 {
        f64::from(self.in_service) * self.plan.service.max_rps
    }

    /// The most requests that may wait.
    fn limit(&self) -> f64 {
        let Service {
            timeout_s,
            queue_limit_per_instance: limit,
            ..
        } = self.plan.service;
        let by_time = timeout_s * self.capacity();
        limit.map_or(by_time, |each| {
            by_time.min(each * f64::from(self.in_service))
        })
    }

    /// Instances come or go: who would wait too long now fails, and is late no more.
    pub fn set_instances(&mut self, in_service: u32) {
        let late_from = self.plan.objective.late_s * self.capacity();
        self.in_service = in_service;
        let limit = self.limit();
        if self.queue > limit {
            self.minute.failed += self.queue - limit;
            self.minute.late -= (self.queue - limit.max(late_from)).max(0.0);
            self.queue = limit;
        }
    }

    /// One hundredth of a second, the `step`th of the run.
    pub fn step(&mut self, step: u32) {
        let start_s = f64::from(step) * STEP_S;
        let nodes = self.plan.demand.nodes();
        while nodes[self.line + 1].at_s <= start_s + 0.5 * STEP_S {
            self.line += 1;
        }
        let (a, b) = (nodes[self.line], nodes[self.line + 1]);
        let slope = (b.rps - a.rps) / (b.at_s - a.at_s);
        let rate = |after_s: f64| a.rps + slope * (start_s + after_s - a.at_s);
        let capacity = self.capacity();
        let crosses = (rate(0.0) - capacity) * (rate(STEP_S) - capacity) < 0.0;
        let parts = if crosses { PARTS } else { 1 };
        let part_s = STEP_S / f64::from(parts);
        for part in 0..parts {
            let middle_s = (f64::from(part) + 0.5) * part_s;
            self.flow(rate(middle_s) * part_s, capacity * part_s);
        }
        self.minute.in_service_steps += u64::from(self.in_service);
    }

    /// So many requests come while so many could be served.
    fn flow(&mut self, arrivals: f64, could: f64) {
        let before = self.queue;
        let raw = before + arrivals - could;
        self.queue = raw.clamp(0.0, self.limit());
        let failed = (raw - self.limit()).max(0.0);
        let accepted = arrivals - failed;
        let late_from = self.plan.objective.late_s * self.capacity();
        let (low, high) = (before.min(self.queue), before.max(self.queue));
        let late = if low >= late_from && high > late_from {
            1.0
        } else if high > late_from {
            (high - late_from) / (high - low)
        } else {
            0.0
        };
        let minute = &mut self.minute;
        minute.arrived += arrivals;
        minute.failed += failed;
        minute.served += accepted - (self.queue - before);
        minute.late += late * accepted;
        minute.per_instance += arrivals / f64::from(self.in_service);
    }
}
