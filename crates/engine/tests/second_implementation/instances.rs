//! Instances, before which requests wait in one queue as long as they may.

use super::traffic::{Flow, STEP_S, Step};
use engine::plan::{Plan, Service};

/// Parts into which a step is split in which demand crosses capacity, or the queue ends, reaches its limit, or is long enough
/// to make requests late.
const PARTS: u32 = 1000;

pub struct Instances {
    service: Service,
    late_s: f64,
    in_service: u32,
    /// The sum of their speeds: as many at full speed would do as much.
    speeds: f64,
    pub queue: f64,
}

impl Instances {
    pub fn new(plan: &Plan) -> Self {
        Self {
            service: plan.service,
            late_s: plan.objective.late_s,
            in_service: 0,
            speeds: 0.0,
            queue: 0.0,
        }
    }

    fn capacity(&self) -> f64 {
        self.speeds * self.service.max_rps
    }

    /// The most requests that may wait.
    fn limit(&self) -> f64 {
        let by_time = self.service.timeout_s * self.capacity();
        let each = self.service.queue_limit_per_instance;
        each.map_or(by_time, |each| {
            by_time.min(each * f64::from(self.in_service))
        })
    }

    /// Instances come or go, or change their speed: who would wait too long now fails, and is late no more.
    pub fn set_fleet(&mut self, in_service: u32, speeds: f64, flow: &mut Flow) {
        let late_from = self.late_s * self.capacity();
        (self.in_service, self.speeds) = (in_service, speeds);
        let limit = self.limit();
        if self.queue > limit {
            flow.failed += self.queue - limit;
            flow.late -= (self.queue - limit.max(late_from)).max(0.0);
            self.queue = limit;
        }
    }

    /// Some of the instances fail, and with them the requests that wait for them, late or not.
    pub fn lose(&mut self, share: f64, flow: &mut Flow) {
        let late = (self.queue - self.late_s * self.capacity()).max(0.0);
        flow.failed += self.queue * share;
        flow.late -= late * share;
        self.queue *= 1.0 - share;
        self.speeds *= 1.0 - share;
    }

    /// Requests per second that are served, where so many come.
    pub fn served_rps(&self, rps: f64) -> f64 {
        if self.queue > 0.0 {
            self.capacity()
        } else {
            rps.min(self.capacity())
        }
    }

    pub fn step(&mut self, step: &Step, flow: &mut Flow) {
        let (capacity, limit) = (self.capacity(), self.limit());
        let (a, b) = (step.start_rps, step.end_rps);
        let crosses = (a - capacity) * (b - capacity) < 0.0;
        let after = self.queue + (0.5 * (a + b) - capacity) * STEP_S;
        let ends = self.queue > 0.0 && after < 0.0;
        let fills = self.queue < limit && after > limit;
        let late_from = self.late_s * capacity;
        let turns_late = (self.queue - late_from) * (after - late_from) < 0.0;
        let parts = if crosses || ends || fills || turns_late {
            PARTS
        } else {
            1
        };
        let part_s = STEP_S / f64::from(parts);
        for part in 0..parts {
            let share = (f64::from(part) + 0.5) / f64::from(parts);
            self.flow(
                (a + (b - a) * share) * part_s,
                capacity * part_s,
                part_s,
                flow,
            );
        }
    }

    /// So many requests come while so many could be served.
    fn flow(&mut self, arrivals: f64, could: f64, seconds: f64, flow: &mut Flow) {
        let (before, limit) = (self.queue, self.limit());
        let raw = before + arrivals - could;
        self.queue = raw.max(0.0).min(limit);
        let failed = (raw - limit).max(0.0).min(arrivals);
        let accepted = arrivals - failed;
        let late_from = self.late_s * self.capacity();
        let (low, high) = (before.min(self.queue), before.max(self.queue));
        let late = if low >= late_from && high > late_from {
            1.0
        } else if high > late_from {
            (high - late_from) / (high - low)
        } else {
            0.0
        };
        flow.arrived += arrivals;
        flow.failed += failed;
        flow.served += accepted - (self.queue - before);
        flow.late += late * accepted;
        flow.queue_s += 0.5 * (before + self.queue) * seconds;
    }
}
