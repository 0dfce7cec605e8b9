//! Requests served by an instance that was in service all the period: the metric of warmed-up instances does not depend on others
//! that come into service meanwhile. The load balancer sends the same number to all instances in service.

use super::{observers::Observer, target::Target};
use crate::{exact, fleet::FleetEvent, flow::Flow, plan::Plan, service::Queue};

/// The requests of a period so far.
#[derive(Clone, Copy, Debug, Default)]
struct WarmServed {
    /// Requests served by one instance.
    served: f64,
    /// Requests served by all instances that have been counted.
    counted: f64,
}

/// Returns who observes that in a group; `None` where instances count as soon as they are in service.
pub(super) fn of(plan: &Plan, _instances: u32) -> Option<Box<dyn Observer>> {
    plan.resource.group().map(|_| WarmServed::boxed())
}

impl WarmServed {
    fn boxed() -> Box<dyn Observer> {
        Box::<Self>::default()
    }

    /// Counts what has been served since the last call, shared by the instances that the queue has now.
    // rule: group.metric-of-warm-instances
    fn count(&mut self, flow: &Flow, queue: &Queue) {
        let served = exact::number_of(flow.served - self.counted, flow.served);
        self.served += served / queue.shared_by();
        self.counted = flow.served;
    }
}

impl Observer for WarmServed {
    fn on_instances(&mut self, _events: &[FleetEvent], target: &mut Target<'_>) {
        self.count(&target.flow, &target.queue);
    }

    /// What was served stays counted until the next period begins, because instances may come and go at that very moment.
    fn on_minute(&mut self, target: &mut Target<'_>) {
        self.count(&target.flow, &target.queue);
        target.observed.served_by_each = Some(core::mem::take(&mut self.served));
    }

    fn after_minute(&mut self, _end_s: f64, _target: &mut Target<'_>) {
        self.counted = 0.0;
    }
}
