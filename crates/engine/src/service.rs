//! The fluid queue in front of the instances, and what flows through it in a metric period.
//!
//! Demand is linear and capacity constant on each piece, so queue length, requests served, failed and late, and waiting times
//! have closed forms. Random waiting below capacity is not this queue's: see `latency`.

mod backlog;
mod environments;
mod on_demand;

use crate::{
    demand,
    flow::{Flow, Waits},
    latency,
    plan::{ScalableResource, Service},
};
pub(crate) use backlog::{Backlog, DemandLine};
pub use environments::environments_for;
use on_demand::OnDemand;
pub(crate) use on_demand::ServedRequests;

/// One first-in-first-out queue shared by all instances.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    service: Service,
    /// Whether it is an asynchronous endpoint's own, which is there without instances.
    is_shared: bool,
    late_s: f64,
    /// Requests waiting.
    pub waiting: f64,
    /// The mean speed of instances as a share of the load test's: below 1 where instances are throttled.
    pub speed: f64,
    /// The number of instances that a minute's requests are divided by.
    shared_by: f64,
    capacity_rps: f64,
    per_capacity: f64,
    limit: f64,
    late_limit: f64,
    /// A serverless endpoint's environments: requests do not wait, but go there.
    pub on_demand: Option<Box<OnDemand>>,
}

impl Queue {
    pub(crate) fn new(
        service: Service,
        resource: &ScalableResource,
        late_s: f64,
        instances: u32,
    ) -> Self {
        let on_demand = resource.on_demand();
        let mut queue = Self {
            service,
            is_shared: resource.has_shared_queue(),
            late_s,
            on_demand: on_demand.map(|plan| OnDemand::boxed(*plan, service.max_rps, late_s)),
            waiting: 0.0,
            speed: 1.0,
            shared_by: 1.0,
            capacity_rps: 0.0,
            per_capacity: 0.0,
            limit: 0.0,
            late_limit: 0.0,
        };
        queue.set_instances(instances, &mut Flow::default());
        queue
    }

    /// Returns the requests per second that the instances in service can serve.
    pub(crate) fn capacity_rps(&self) -> f64 {
        self.capacity_rps
    }

    /// Returns the requests per second that are served now, while `rps` come.
    #[cold]
    pub(crate) fn served_rps(&self, rps: f64) -> f64 {
        if self.waiting > 0.0 {
            self.capacity_rps
        } else {
            rps.min(self.capacity_rps)
        }
    }

    /// Returns the inverse of the capacity.
    pub(crate) fn per_capacity(&self) -> f64 {
        self.per_capacity
    }

    /// Returns the number of instances that requests are divided by; infinity where no instance gets them.
    pub(crate) fn shared_by(&self) -> f64 {
        self.shared_by
    }

    fn share_by(&mut self, instances: f64, flow: &mut Flow) {
        if self.shared_by != instances {
            flow.divide(self.shared_by);
            self.shared_by = instances;
        }
    }

    /// Changes the instances in service. Requests beyond the new limit fail immediately, the last to come first.
    // rule: sagemaker.timeout
    // rule: run.more-instances-serve-more
    pub(crate) fn set_instances(&mut self, instances: u32, flow: &mut Flow) {
        if let Some(on_demand) = &mut self.on_demand {
            on_demand.set_provisioned(instances);
            self.capacity_rps = f64::from(instances) * self.service.max_rps;
            self.share_by(f64::from(instances.max(1)), flow);
            return;
        }
        let old_late_limit = self.late_limit;
        let each_rps = self.service.max_rps * self.speed;
        self.capacity_rps = f64::from(instances) * each_rps;
        let is_there = instances > 0 || self.is_shared;
        // Without instances an asynchronous queue is divided by one; elsewhere no instance gets the requests.
        let instances = f64::from(instances.max(1));
        self.share_by(if is_there { instances } else { f64::INFINITY }, flow);
        self.per_capacity = 1.0 / (instances * each_rps);
        let refused = self
            .service
            .queue_limit_per_instance
            .map_or(f64::INFINITY, |limit| limit * instances);
        self.limit = if self.is_shared {
            f64::INFINITY
        } else {
            refused.min(self.service.timeout_s * self.capacity_rps)
        };
        self.late_limit = self.late_s * self.capacity_rps;
        if self.waiting > self.limit {
            flow.failed += self.waiting - self.limit;
            // Requests beyond the old limit were counted as late; now they are failed instead.
            flow.late -= (self.waiting - self.limit.max(old_late_limit)).max(0.0);
            self.waiting = self.limit;
        }
    }

    /// Lets a share of the instances fail, and with them the requests that wait for them.
    #[cold]
    pub(crate) fn lose(&mut self, share: f64, flow: &mut Flow) {
        flow.failed += self.waiting * share;
        // The share of late requests is the same among them as among the others.
        flow.late -= (self.waiting - self.late_limit).max(0.0) * share;
        self.waiting *= 1.0 - share;
        self.late_limit *= 1.0 - share;
    }

    /// Lets demand flow for `seconds`, in a straight line between two rates.
    // rule: sagemaker.invocations-per-instance
    // rule: run.requests-add-up
    #[inline]
    pub(crate) fn advance(&mut self, from_rps: f64, to_rps: f64, seconds: f64, flow: &mut Flow) {
        if let Some(on_demand) = &mut self.on_demand {
            on_demand.advance(from_rps, to_rps, seconds, flow);
            return;
        }
        let requests = 0.5 * (from_rps + to_rps) * seconds;
        flow.arrived += requests;
        flow.undivided += requests;
        if self.waiting <= 0.0 && from_rps <= self.capacity_rps && to_rps <= self.capacity_rps {
            self.flow_freely(from_rps, to_rps, seconds, flow);
            return;
        }
        self.advance_with_queue(from_rps, to_rps, seconds, flow);
    }

    #[inline]
    fn flow_freely(&self, from: f64, to: f64, seconds: f64, flow: &mut Flow) {
        let requests = 0.5 * (from + to) * seconds;
        flow.served += requests;
        flow.free += requests;
        flow.free_load += demand::square(from, to, seconds) * self.per_capacity;
    }

    /// Splits the line where demand crosses capacity, so that the queue only grows or only shrinks on each part.
    #[cold]
    fn advance_with_queue(&mut self, from: f64, to: f64, seconds: f64, flow: &mut Flow) {
        let capacity = self.capacity_rps;
        let crossing = if (from - capacity) * (to - capacity) < 0.0 {
            seconds * (capacity - from) / (to - from)
        } else {
            seconds
        };
        let middle = if crossing < seconds { capacity } else { to };
        for (from, to, seconds) in [(from, middle, crossing), (middle, to, seconds - crossing)] {
            if seconds <= 0.0 {
            } else if from > capacity || to > capacity {
                self.grow(from, to, seconds, flow);
            } else {
                self.shrink(from, to, seconds, flow);
            }
        }
    }

    /// Lets demand flow that is at or above capacity throughout.
    // rule: component.no-copy-fails
    fn grow(&mut self, from: f64, to: f64, seconds: f64, flow: &mut Flow) {
        let slope = (to - from) / seconds;
        let filled = self.reaches(self.limit, from, slope, seconds);
        let growing = filled.unwrap_or(seconds);
        let mut rate = from;
        if growing > 0.0 {
            rate = from + slope * growing;
            let start = self.waiting;
            let requests = 0.5 * (from + rate) * growing;
            self.waiting = match filled {
                Some(_) => self.limit,
                None => start + requests - self.capacity_rps * growing,
            };
            flow.served += requests - (self.waiting - start);
            self.note_waits(from, slope, growing, start, flow);
        }
        let full = seconds - growing;
        if full > 0.0 {
            let requests = 0.5 * (rate + to) * full;
            if self.capacity_rps <= 0.0 {
                // No instance in service: the request fails immediately.
                flow.failed += requests;
                flow.unserved += requests;
                return;
            }
            let accepted = self.capacity_rps * full;
            flow.served += accepted;
            flow.failed += requests - accepted;
            let wait_s = self.limit * self.per_capacity;
            flow.wait_s += wait_s * accepted;
            flow.queue_s += self.limit * full;
            if self.limit > self.late_limit {
                flow.late += accepted;
            }
            let used = accepted * 0.5 * (rate + to) * self.per_capacity;
            flow.waits.push(Waits {
                from_s: wait_s,
                to_s: wait_s,
                requests: accepted,
                load: latency::queued_load(accepted, used, wait_s * accepted),
            });
        }
    }

    /// Lets demand flow that is at or below capacity throughout.
    fn shrink(&mut self, from: f64, to: f64, seconds: f64, flow: &mut Flow) {
        let slope = (to - from) / seconds;
        let emptied = if self.waiting > 0.0 {
            self.reaches(0.0, from, slope, seconds)
        } else {
            Some(0.0)
        };
        let shrinking = emptied.unwrap_or(seconds);
        let mut rate = from;
        if shrinking > 0.0 {
            rate = from + slope * shrinking;
            let start = self.waiting;
            let requests = 0.5 * (from + rate) * shrinking;
            self.waiting = match emptied {
                Some(_) => 0.0,
                None => (start + requests - self.capacity_rps * shrinking).max(0.0),
            };
            flow.served += requests - (self.waiting - start);
            self.note_waits(from, slope, shrinking, start, flow);
        }
        let free = seconds - shrinking;
        if free > 0.0 {
            self.waiting = 0.0;
            self.flow_freely(rate, to, free, flow);
        }
    }

    /// Returns the seconds until the queue, from what waits now, first reaches `level`; `None` if not within `seconds`. The queue
    /// must move one way only while demand starts at `rate` and changes by `slope` per second.
    fn reaches(&self, level: f64, rate: f64, slope: f64, seconds: f64) -> Option<f64> {
        let change = level - self.waiting;
        let speed = rate - self.capacity_rps;
        let reached = (speed + 0.5 * slope * seconds) * seconds;
        let within = if change >= 0.0 {
            reached >= change
        } else {
            reached <= change
        };
        within.then(|| time_to(change, speed, slope).clamp(0.0, seconds))
    }

    /// Notes the waits of requests that came in the last `seconds`, in which the queue went from `start` to what waits now.
    fn note_waits(&self, rate: f64, slope: f64, seconds: f64, start: f64, flow: &mut Flow) {
        let end_rate = rate + slope * seconds;
        let requests = 0.5 * (rate + end_rate) * seconds;
        let speed = rate - self.capacity_rps;
        let half = 0.5 * seconds;
        let middle = start + (speed + 0.5 * slope * half) * half;
        // Simpson's rule is exact for the cubic that rate × queue length is.
        let weighted =
            rate * start + 4.0 * (rate + slope * half) * middle + end_rate * self.waiting;
        let wait_s = weighted * seconds / 6.0 * self.per_capacity;
        flow.wait_s += wait_s;
        flow.queue_s += (start + 4.0 * middle + self.waiting) * seconds / 6.0;
        let (low, high) = (start.min(self.waiting), start.max(self.waiting));
        if low >= self.late_limit && high > self.late_limit {
            flow.late += requests;
        } else if high > self.late_limit {
            let crossing = time_to(self.late_limit - start, speed, slope).clamp(0.0, seconds);
            let before = (rate + 0.5 * slope * crossing) * crossing;
            flow.late += if start < self.late_limit {
                requests - before
            } else {
                before
            };
        }
        let used = demand::square(rate, end_rate, seconds) * self.per_capacity;
        flow.waits.push(Waits {
            from_s: start * self.per_capacity,
            to_s: self.waiting * self.per_capacity,
            requests,
            load: latency::queued_load(requests, used, wait_s),
        });
    }
}

/// Returns the first positive root of `speed × t + slope × t² / 2 = change`, written so that nothing cancels.
fn time_to(change: f64, speed: f64, slope: f64) -> f64 {
    let root = (speed * speed + 2.0 * slope * change).max(0.0).sqrt();
    let divisor = speed + if change < 0.0 { -root } else { root };
    if divisor == 0.0 {
        0.0
    } else {
        2.0 * change / divisor
    }
}

#[cfg(test)]
mod tests;
