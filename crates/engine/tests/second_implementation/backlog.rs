//! An asynchronous endpoint's queue, request by request as far as a fluid has any: what came in each step waits as a parcel
//! of its own, in a list, until it is served or too old.

use super::traffic::{Flow, PER_SECOND, STEP_S, Step};
use engine::plan::Plan;
use std::collections::VecDeque;

/// What came in one step, and how much of it has not been served.
#[derive(Clone, Copy)]
struct Parcel {
    step: u32,
    came: f64,
    left: f64,
}

impl Parcel {
    /// When the first came of those that are left, seconds.
    fn first_s(&self) -> f64 {
        (f64::from(self.step) + 1.0 - self.left / self.came) * STEP_S
    }

    fn last_s(&self) -> f64 {
        (f64::from(self.step) + 1.0) * STEP_S
    }
}

pub struct Backlog {
    max_rps: f64,
    /// Steps after which a request expires.
    expires: u32,
    late_s: f64,
    parcels: VecDeque<Parcel>,
    /// All that they hold.
    waiting: f64,
}

/// The share of a straight line between two values that lies above a third.
fn above(a: f64, b: f64, limit: f64) -> f64 {
    let (low, high) = (a.min(b), a.max(b));
    if low >= limit {
        1.0
    } else if high <= limit {
        0.0
    } else {
        (high - limit) / (high - low)
    }
}

impl Backlog {
    pub fn new(plan: &Plan) -> Self {
        Self {
            max_rps: plan.service.max_rps,
            expires: plan.service.timeout_s as u32 * PER_SECOND,
            late_s: plan.objective.late_s,
            parcels: VecDeque::new(),
            waiting: 0.0,
        }
    }

    pub fn waiting(&self) -> f64 {
        self.waiting
    }

    /// Those in the queue that have waited for too long when a run ends.
    pub fn overdue(&self, length_s: u32) -> f64 {
        let late_from = f64::from(length_s) - self.late_s;
        let share = |parcel: &Parcel| 1.0 - above(parcel.first_s(), parcel.last_s(), late_from);
        self.parcels
            .iter()
            .map(|parcel| parcel.left * share(parcel))
            .sum()
    }

    pub fn step(&mut self, step: &Step, in_service: u32, flow: &mut Flow) {
        let came = 0.5 * (step.start_rps + step.end_rps) * STEP_S;
        if came > 0.0 {
            self.parcels.push_back(Parcel {
                step: step.number,
                came,
                left: came,
            });
        }
        let (before, served, failed) = (self.waiting, flow.served, flow.failed);
        let instances = f64::from(in_service);
        self.serve(step.number, instances * self.max_rps, flow);
        self.expire(step.number, flow);
        self.waiting = if self.parcels.is_empty() {
            0.0
        } else {
            before + came - (flow.served - served) - (flow.failed - failed)
        };
        flow.arrived += came;
        // Where it ends within the step, until then.
        let could = instances * self.max_rps * STEP_S;
        let ends = before > 0.0 && self.waiting == 0.0 && could > came;
        let lasts = if ends {
            (before / (could - came)).min(1.0)
        } else {
            1.0
        };
        let queue_s = 0.5 * (before + self.waiting) * lasts * STEP_S;
        flow.queue_s += queue_s;
        // Without instances the queue itself.
        flow.queue_each_s += queue_s / instances.max(1.0);
        if in_service == 0 && before.max(self.waiting) > 0.0 {
            flow.without_steps += 1;
        }
    }

    /// Serves from the front as much as there is capacity for in a step.
    fn serve(&mut self, step: u32, capacity: f64, flow: &mut Flow) {
        let could = capacity * STEP_S;
        let mut served = 0.0;
        while let Some(parcel) = self.parcels.front_mut()
            && served < could
        {
            let taken = parcel.left.min(could - served);
            // The first and the last of them, how long each has waited.
            let at_s = |served: f64| (f64::from(step) + served / could) * STEP_S;
            let first_s = at_s(served) - parcel.first_s();
            parcel.left -= taken;
            let last_s = at_s(served + taken) - parcel.first_s();
            flow.late += taken * above(first_s, last_s, self.late_s);
            flow.served += taken;
            served += taken;
            if parcel.left <= 0.0 {
                self.parcels.pop_front();
            }
        }
    }

    /// Those fail that are too old when a step is over.
    fn expire(&mut self, step: u32, flow: &mut Flow) {
        while let Some(parcel) = self.parcels.front()
            && parcel.step + self.expires <= step
        {
            flow.failed += parcel.left;
            self.parcels.pop_front();
        }
    }
}
