//! Instances that have failed, until they are replaced, serve again or are removed. They still count towards desired capacity.

use super::Fleet;
use crate::run::ReplacementReason;

/// Instances that failed together and are not replaced yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedInstances {
    /// How many are left.
    pub instances: u32,
    /// The index of their loss in the run.
    pub loss: usize,
    /// Until when requests are routed to them, when they are replaced, and when they serve again by themselves; infinity: never.
    pub unrouted_s: f64,
    pub noticed_s: f64,
    pub back_s: f64,
    /// Why they are replaced.
    pub reason: ReplacementReason,
}

impl FailedInstances {
    fn next_s(&self) -> f64 {
        self.unrouted_s.min(self.noticed_s).min(self.back_s)
    }

    fn is_routed(&self) -> bool {
        self.unrouted_s < f64::INFINITY
    }
}

#[cfg(test)]
impl FailedInstances {
    /// Returns so many that are noticed at once.
    pub(crate) fn of(instances: u32) -> Self {
        Self {
            instances,
            loss: 0,
            unrouted_s: 0.0,
            noticed_s: 0.0,
            back_s: f64::INFINITY,
            reason: ReplacementReason::StatusCheck,
        }
    }
}

impl Fleet {
    /// Returns how many instances have failed and are not replaced yet.
    pub(super) fn failed(&self) -> u32 {
        self.failed.iter().map(|failed| failed.instances).sum()
    }

    /// Lets instances in service fail, at most as many as there are. Those that were being removed are gone.
    pub(crate) fn fail(&mut self, failed: FailedInstances) {
        let instances = failed.instances.min(self.in_service);
        self.in_service -= instances;
        // The oldest fail first.
        self.has_slow &= instances == 0;
        let gone = self.removing.saturating_sub(self.in_service);
        self.give_up_removals(gone);
        self.failed.push(FailedInstances {
            instances: instances - gone,
            ..failed
        });
    }

    /// Lets instances serve again that had failed.
    pub(crate) fn restore(&mut self, instances: u32) {
        self.in_service += instances;
    }

    /// Takes failed instances out of the list, the first to fail first. Returns how many were not there.
    pub(super) fn remove_first_failed(&mut self, instances: u32) -> u32 {
        let mut left = instances;
        for failed in &mut self.failed {
            let removed = left.min(failed.instances);
            failed.instances -= removed;
            left -= removed;
        }
        left
    }

    /// Forgets failures of which no instance is left.
    pub(crate) fn forget_removed(&mut self) {
        self.failed.retain(|failed| failed.instances > 0);
    }

    /// Returns when something next happens to failed instances; infinity if nothing does.
    pub(crate) fn failed_next_s(&self) -> f64 {
        let next = self.failed.iter().map(FailedInstances::next_s);
        next.fold(f64::INFINITY, f64::min)
    }

    /// Takes failed instances that serve again by now.
    pub(crate) fn take_restored(&mut self, now_s: f64) -> Option<FailedInstances> {
        let at = self
            .failed
            .iter()
            .position(|failed| failed.back_s <= now_s)?;
        Some(self.failed.remove(at))
    }

    /// Stops routing requests to the first failed instances that the load balancer has found by now. Returns whether there are any.
    pub(crate) fn stop_routing(&mut self, now_s: f64) -> bool {
        let found = self
            .failed
            .iter_mut()
            .find(|failed| failed.unrouted_s <= now_s);
        found
            .map(|failed| failed.unrouted_s = f64::INFINITY)
            .is_some()
    }

    /// Takes failed instances that have been found by now, to be replaced.
    pub(crate) fn take_noticed(&mut self, now_s: f64) -> Option<FailedInstances> {
        let at = self
            .failed
            .iter()
            .position(|failed| failed.noticed_s <= now_s)?;
        Some(self.failed.remove(at))
    }

    /// Returns whether requests are still routed to failed instances.
    pub(crate) fn is_losing(&self) -> bool {
        self.failed.iter().any(FailedInstances::is_routed)
    }

    /// Returns the share of requests that is routed to failed instances.
    // rule: health.routed-share
    pub(crate) fn share_lost(&self) -> f64 {
        let routed = self.failed.iter().filter(|failed| failed.is_routed());
        let routed: u32 = routed.map(|failed| failed.instances).sum();
        if routed == 0 {
            return 0.0;
        }
        f64::from(routed) / (f64::from(routed) + f64::from(self.in_service))
    }
}
