//! An instance that slows down without failing: it serves fewer requests, each takes longer, and no health check sees it.
//!
//! It is the oldest in service, and counts as that until it is over: it stays through scale-in, and is the first to go where
//! instances fail or leave their place to others in another zone. The load balancer sends requests to those that have the fewest
//! open, so what it cannot serve goes to the others: assumed, as of instances without CPU credits.

use super::{actors::Actor, target::Target};
use crate::{
    fleet::Fleet,
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
    let slow = plan.slow_instance?;
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
#[derive(Clone, Copy, Debug)]
pub(super) struct SlowMinute {
    plan: SlowInstance,
    max_rps: f64,
    /// Requests served so far, and the sum over them of how many times as long as usual each took beyond once.
    served: f64,
    extra: f64,
    /// Instance-seconds in service so far.
    pub in_service_s: f64,
}

impl SlowMinute {
    /// Returns it for a plan; `None` where no instance is slow.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        let slow = plan.slow_instance?;
        Some(Box::new(Self {
            plan: slow,
            max_rps: plan.service.max_rps,
            served: 0.0,
            extra: 0.0,
            in_service_s: 0.0,
        }))
    }

    /// Returns the mean speed of instances as a share of full speed, where one of them is slow or none is.
    // rule: slow.speed
    pub(super) fn mean_speed(&self, fleet: &Fleet) -> f64 {
        match has_slow(fleet) {
            true => 1.0 - (1.0 - 1.0 / self.plan.times) / f64::from(fleet.in_service()),
            false => 1.0,
        }
    }

    /// Counts what the instances in service have served in some seconds; `served`: in the period so far. Requests are shared evenly, and what
    /// the slow one cannot serve the others do.
    // rule: slow.shared-requests
    pub(super) fn count(&mut self, seconds: f64, served: f64, fleet: &Fleet) {
        let instances = fleet.in_service();
        let done = (served - self.served).max(0.0);
        self.served = served;
        self.in_service_s += f64::from(instances) * seconds;
        if has_slow(fleet) {
            let most = self.max_rps / self.plan.times * seconds;
            let each = (done / f64::from(instances)).min(most);
            self.extra += each * (self.plan.times - 1.0);
        }
    }

    /// Returns the requests served so far, each as often as many times as long it took as usual.
    pub(super) fn slowed(&self) -> f64 {
        self.served + self.extra
    }

    /// Returns how many times as long as at full speed a request of the period took, as a mean.
    pub(super) fn slowness(&self) -> f64 {
        match self.served > 0.0 {
            true => 1.0 + self.extra / self.served,
            false => 1.0,
        }
    }

    /// Begins the next period.
    pub(super) fn begin(&mut self) {
        (self.served, self.extra, self.in_service_s) = (0.0, 0.0, 0.0);
    }
}

/// Returns whether an instance in service is slow.
fn has_slow(fleet: &Fleet) -> bool {
    fleet.in_service() > 0 && (fleet.instances()).is_some_and(|instances| instances.has_slow())
}
