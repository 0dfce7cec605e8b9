//! Instances that fail, are replaced, or move to another Availability Zone. None of this changes desired capacity. When it
//! happens is decided in `simulate::failures`.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Health checks for instances in an Auto Scaling group" and "View the reason for
//! health check failures" (what is unhealthy is terminated, and a new instance launches meanwhile).

use super::{
    InstanceChange,
    cohort::{Cohort, FleetActivity, LaunchPurpose, Order, Phase},
    instances::Instances,
};

impl Instances {
    /// Lets instances in service fail, at most as many as there are: the oldest that stay. Of more than these, those that were
    /// being removed are gone.
    pub(crate) fn fail(&mut self, instances: u32, loss: usize) {
        let instances = instances.min(self.counts.in_service);
        let left = self.counts.in_service - instances;
        let gone = self.counts.removing.saturating_sub(left);
        let which = (instances - gone, Order::OldestFirst);
        let failed = Phase::Failed {
            loss,
            is_routed: true,
        };
        self.counts.failed +=
            self.end_service(which, &Phase::stays, InstanceChange::Failed, Some(failed));
        // The oldest fail first.
        self.has_slow &= instances == 0;
        self.end_removals(gone);
    }

    /// Takes away instances that were being removed, those that would be gone last first.
    fn end_removals(&mut self, gone: u32) {
        self.counts.removing -= gone;
        let mut left = gone;
        while left > 0 {
            let leaving = (self.cohorts.youngest_first()).filter_map(|cohort| match cohort.phase {
                Phase::Leaving {
                    gone_s, removed_by, ..
                } => Some((gone_s, removed_by)),
                _ => None,
            });
            let Some(last) = leaving.reduce(|a, b| if b > a { b } else { a }) else {
                break;
            };
            let is = |phase: &Phase| matches!(*phase, Phase::Leaving { gone_s, removed_by, .. } if (gone_s, removed_by) == last);
            let which = (left, Order::OldestFirst);
            left -= self.end_service(which, &is, InstanceChange::Failed, None);
        }
        self.take_oldest(left, InstanceChange::Failed);
        for displaced in &mut self.displaced {
            let given_up = displaced.instances.min(left);
            displaced.instances -= given_up;
            left -= given_up;
        }
        self.displaced.retain(|displaced| displaced.instances > 0);
    }

    /// Returns how many instances of a loss are not replaced yet.
    pub(crate) fn failed_in(&self, loss: usize) -> u32 {
        self.cohorts.count(&is_of(loss))
    }

    /// Lets the instances of a loss serve again. They are warm.
    pub(crate) fn restore(&mut self, now_s: f64, loss: usize) {
        let arrival = self.new_arrival();
        let mut instances = 0;
        let which = (u32::MAX, Order::OldestFirst);
        self.cohorts.change(which, &is_of(loss), &mut |cohort| {
            instances += cohort.instances;
            Some(Phase::InService {
                arrival,
                warm_s: now_s,
            })
        });
        self.counts.failed -= instances;
        self.counts.in_service += instances;
        self.note(InstanceChange::Restored, arrival, instances);
    }

    /// Removes failed instances, the first to fail first. Returns how many other instances are still to be removed.
    pub(super) fn remove_failed(&mut self, instances: u32) -> u32 {
        let mut left = instances;
        while left > 0 && self.counts.failed > 0 {
            let losses = (self.cohorts.youngest_first()).filter_map(|cohort| match cohort.phase {
                Phase::Failed { loss, .. } => Some(loss),
                _ => None,
            });
            let Some(first) = losses.min() else { break };
            let failed = self.terminate(left, first);
            left -= failed;
        }
        left
    }

    /// Takes away instances of a loss, at most so many. Returns how many.
    fn terminate(&mut self, instances: u32, loss: usize) -> u32 {
        let which = (instances, Order::OldestFirst);
        let left = (self.cohorts).change(which, &is_of(loss), &mut |_| None);
        self.counts.failed -= instances - left;
        instances - left
    }

    /// Stops routing requests to the instances of a loss.
    pub(crate) fn stop_routing(&mut self, loss: usize) {
        let which = (u32::MAX, Order::OldestFirst);
        self.cohorts.change(which, &is_of(loss), &mut |_| {
            let is_routed = false;
            Some(Phase::Failed { loss, is_routed })
        });
    }

    /// Returns how many failed instances requests are still routed to.
    fn routed_to_failed(&self) -> u32 {
        let is_routed = |phase: &Phase| {
            matches!(
                phase,
                Phase::Failed {
                    is_routed: true,
                    ..
                }
            )
        };
        match self.counts.failed {
            0 => 0,
            _ => self.cohorts.count(&is_routed),
        }
    }

    /// Returns whether requests are still routed to failed instances.
    pub(crate) fn is_losing(&self) -> bool {
        self.routed_to_failed() > 0
    }

    /// Returns the share of requests that is routed to failed instances.
    // rule: health.routed-share
    pub(crate) fn share_lost(&self) -> f64 {
        let routed = f64::from(self.routed_to_failed());
        if routed == 0.0 {
            return 0.0;
        }
        routed / (routed + f64::from(self.counts.in_service))
    }

    /// Terminates the instances of a loss and launches others in their place.
    // rule: health.replacement
    pub(crate) fn replace(&mut self, now_s: f64, loss: usize, activity: FleetActivity) {
        let instances = self.failed_in(loss);
        self.terminate(instances, loss);
        let warm = self.take_warm(now_s, instances, activity);
        let mut asked = [(instances - warm, activity)];
        self.launch(now_s, LaunchPurpose::Replacement, &mut asked);
        // New instances are prepared for those that have been taken from a warm pool.
        self.resize_pool(now_s, self.counts.desired());
    }

    /// Launches the share of a failed zone in what launches anew in the others. Where no zone is available, nothing launches
    /// before `no_zone_until_s`.
    // rule: health.launches-elsewhere
    pub(crate) fn launch_elsewhere(&mut self, now_s: f64, zones: u32, no_zone_until_s: f64) {
        self.no_zone_until_s = no_zone_until_s;
        let anew = [LaunchPurpose::Capacity, LaunchPurpose::Replacement].map(|of| {
            let launching = self.cohorts.count(&|phase| phase.launches_for(of));
            let mut asked = Vec::new();
            self.give_up_launching(launching / zones, of, Some(&mut asked));
            asked.reverse();
            (of, asked)
        });
        for (purpose, mut asked) in anew {
            self.launch(now_s, purpose, &mut asked);
        }
    }

    /// Returns when launches are next given up; infinity if none are.
    pub(crate) fn given_up_s(&self) -> f64 {
        let given_up_s = |cohort: &Cohort| match cohort.phase {
            Phase::Overdue { given_up_s, .. } => Some(given_up_s),
            Phase::Refused { .. } => Some(f64::INFINITY),
            _ => None,
        };
        let given_up_s = self.cohorts.youngest_first().map_while(given_up_s);
        given_up_s.fold(f64::INFINITY, f64::min)
    }

    /// Returns how many launches are given up by `now_s`.
    pub(crate) fn overdue(&self, now_s: f64) -> u32 {
        self.cohorts.count(&is_overdue(now_s))
    }

    /// Launches anew what has not answered in time by `now_s`, for another activity.
    // rule: health.launches-given-up
    pub(crate) fn give_up_launches(&mut self, now_s: f64, entry: usize) {
        let mut asked = Vec::new();
        self.give_up(u32::MAX, &is_overdue(now_s), Some(&mut asked));
        asked.reverse();
        for (_, activity) in &mut asked {
            activity.entry = entry;
        }
        self.launch(now_s, LaunchPurpose::Capacity, &mut asked);
    }

    /// Returns whether no instance moves between zones.
    pub(crate) fn is_not_rebalancing(&self) -> bool {
        self.counts.beyond_desired == 0 && self.displaced.is_empty()
    }

    /// Launches instances in a zone that is back. As each comes into service, one in another zone is removed.
    pub(crate) fn move_instances(&mut self, now_s: f64, instances: u32, activity: FleetActivity) {
        self.counts.beyond_desired += instances;
        self.take_capacity(instances);
        let phase = Phase::Launching {
            at_s: self.launch_begins_s(now_s) + self.longest_launch_s(),
            purpose: LaunchPurpose::Rebalancing,
            activity,
        };
        self.add_launch(instances, phase);
    }
}

/// Returns whether instances have failed in a loss.
fn is_of(loss: usize) -> impl Fn(&Phase) -> bool {
    move |phase| matches!(phase, Phase::Failed { loss: of, .. } if *of == loss)
}

/// Returns whether launches are given up by `now_s`.
fn is_overdue(now_s: f64) -> impl Fn(&Phase) -> bool {
    move |phase| matches!(phase, Phase::Overdue { given_up_s, .. } if *given_up_s <= now_s)
}

#[cfg(test)]
mod tests;
