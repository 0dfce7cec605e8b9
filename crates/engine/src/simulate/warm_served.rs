//! Requests served by an instance that was in service all the period: the metric of warmed-up instances does not depend on others
//! that come into service meanwhile. The load balancer sends the same number to all instances in service.

use crate::{exact, flow::Flow, plan::Plan, service::Queue};

/// The requests of a period so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WarmServed {
    /// Requests served by one instance.
    pub served: f64,
    /// Requests served by all instances that have been counted.
    counted: f64,
}

impl WarmServed {
    /// Returns it for a group; `None` where instances count as soon as they are in service.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        plan.resource.group().map(|_| Self::boxed())
    }

    fn boxed() -> Box<Self> {
        Box::default()
    }

    /// Counts what has been served since the last call, shared by the instances that the queue has now.
    // rule: group.metric-of-warm-instances
    pub(super) fn count(&mut self, flow: &Flow, queue: &Queue) {
        let served = exact::number_of(flow.served - self.counted, flow.served);
        self.served += served / queue.shared_by();
        self.counted = flow.served;
    }

    /// Returns what one instance has served in the period that ends. What was served stays counted until the next period begins,
    /// because instances may come and go at that very moment.
    pub(super) fn take_minute(&mut self, flow: &Flow, queue: &Queue) -> f64 {
        self.count(flow, queue);
        core::mem::take(&mut self.served)
    }

    /// Begins the next period.
    pub(super) fn begin(&mut self) {
        self.counted = 0.0;
    }
}
