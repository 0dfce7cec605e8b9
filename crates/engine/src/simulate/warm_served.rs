//! Requests that an instance has served which was in service all along: the metric of those that have warmed up, whichever
//! others come into service meanwhile. The load balancer gives all in service as much.

use crate::{
    exact,
    plan::{Pacing, Plan},
    service::{Flow, Queue},
};

/// What a period has brought so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WarmServed {
    /// Requests served by one instance.
    pub served: f64,
    /// Those of all that are counted.
    counted: f64,
}

impl WarmServed {
    /// `None` where instances count as soon as they are in service.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        matches!(plan.pacing, Pacing::WarmUp(_)).then(Self::boxed)
    }

    #[inline(never)]
    fn boxed() -> Box<Self> {
        Box::default()
    }

    /// Counts what was served with as many instances as the queue has now.
    // rule: group.metric-of-warm-instances
    #[inline(never)]
    pub(super) fn count(&mut self, flow: &Flow, queue: &Queue) {
        let served = exact::number_of(flow.served - self.counted, flow.served);
        self.served += served / queue.shared_by();
        self.counted = flow.served;
    }

    /// What one instance has served when the period ends. Until the next one begins, what was served in it stays counted:
    /// instances may come and go at that very moment.
    #[inline(never)]
    pub(super) fn take_minute(&mut self, flow: &Flow, queue: &Queue) -> f64 {
        self.count(flow, queue);
        core::mem::take(&mut self.served)
    }

    /// The next period begins.
    pub(super) fn begin(&mut self) {
        self.counted = 0.0;
    }
}
