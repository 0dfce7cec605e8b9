//! An instance that slows down without failing: it serves fewer requests, each takes longer, and no health check sees it.
//!
//! It is the oldest in service, and counts as that until it is over: it stays through scale-in, and is the first to go where
//! instances fail or leave their place to others in another zone. The load balancer sends requests to those that have the fewest
//! open, so what it cannot serve goes to the others: assumed, as of instances without CPU credits.

use super::{actors::Actor, observers::Observer, target::Target};
use crate::{
    fleet::{Fleet, FleetEvent},
    plan::{Plan, SlowInstance},
};

/// The slow instance of a plan.
struct Slow {
    plan: SlowInstance,
    /// Whether it has begun to be slow, and whether that is over.
    has_begun: bool,
    is_over: bool,
}

/// Returns the slow instance of a plan; `None` where none is slow.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let slow = *plan.resource.slow_instance()?;
    Some(Box::new(Slow {
        plan: slow,
        has_begun: false,
        is_over: false,
    }))
}

impl Actor for Slow {
    fn next_s(&self, _: &Target<'_>) -> f64 {
        match (self.has_begun, self.is_over) {
            (false, _) => self.plan.at_s,
            (true, false) => self.plan.at_s + self.plan.for_s,
            (true, true) => f64::INFINITY,
        }
    }

    // rule: slow.oldest-in-service
    fn act(&mut self, _now_s: f64, target: &mut Target<'_>) {
        (self.is_over, self.has_begun) = (self.has_begun, true);
        if let Some(instances) = target.fleet.instances_mut() {
            instances.slow_down(!self.is_over);
        }
        target.on_instances_changed();
    }

    fn allows_calm(&self) -> bool {
        !self.has_begun || self.is_over
    }
}

/// What a slow instance makes of a period.
struct SlowMinute {
    plan: SlowInstance,
    max_rps: f64,
    /// Requests served so far, and the sum over them of how many times as long as usual each took beyond once.
    served: f64,
    extra: f64,
    /// Instance-seconds in service so far.
    in_service_s: f64,
}

/// Returns who observes a slow instance; `None` where none is slow.
pub(super) fn observer_of(plan: &Plan, _instances: u32) -> Option<Box<dyn Observer>> {
    let slow = *plan.resource.slow_instance()?;
    Some(Box::new(SlowMinute {
        plan: slow,
        max_rps: plan.service.max_rps,
        served: 0.0,
        extra: 0.0,
        in_service_s: 0.0,
    }))
}

impl Observer for SlowMinute {
    /// Sets the mean speed of instances as a share of full speed, where one of them is slow or none is.
    // rule: slow.speed
    fn on_instances(&mut self, _events: &[FleetEvent], target: &mut Target<'_>) {
        let instances = f64::from(target.fleet.in_service());
        target.queue.speed = match has_slow(&target.fleet) {
            true => 1.0 - (1.0 - 1.0 / self.plan.times) / instances,
            false => 1.0,
        };
    }

    /// Counts what the instances in service have served. Requests are shared evenly, and what the slow one cannot serve the others
    /// do.
    // rule: slow.shared-requests
    fn on_seconds(&mut self, seconds: f64, target: &mut Target<'_>) {
        let instances = f64::from(target.fleet.in_service());
        let done = (target.flow.served - self.served).max(0.0);
        self.served = target.flow.served;
        self.in_service_s += instances * seconds;
        if has_slow(&target.fleet) {
            let most = self.max_rps / self.plan.times * seconds;
            let each = (done / instances).min(most);
            self.extra += each * (self.plan.times - 1.0);
        }
        target.observed.in_service_s = Some(self.in_service_s);
        target.observed.slowed = Some(self.served + self.extra);
    }

    fn after_minute(&mut self, _end_s: f64, target: &mut Target<'_>) {
        target.observed.slowness = match self.served > 0.0 {
            true => 1.0 + self.extra / self.served,
            false => 1.0,
        };
        (self.served, self.extra, self.in_service_s) = (0.0, 0.0, 0.0);
    }
}

/// Returns whether an instance in service is slow.
fn has_slow(fleet: &Fleet) -> bool {
    fleet.in_service() > 0 && (fleet.instances()).is_some_and(|instances| instances.has_slow())
}
