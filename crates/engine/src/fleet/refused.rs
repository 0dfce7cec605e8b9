//! Launches that AWS refuses: instances that are wanted and are not there. They are tried again, or an endpoint's update waits for
//! them until it is given up.

use super::{
    capacity::Capacity,
    cohort::{Cohort, FleetActivity, LaunchPurpose, Order, Phase},
    instances::Instances,
};
use crate::run::LaunchFailure;

/// Refused instances: how many, why they were to launch, and for which activity.
type Refused = (u32, LaunchPurpose, FleetActivity);

fn count(refused: &[Refused]) -> u32 {
    refused.iter().map(|(instances, ..)| instances).sum()
}

impl Instances {
    /// Returns the instances that count towards a quota.
    fn running(&self) -> u32 {
        self.counts.in_service + self.counts.pending + self.counts.failed
    }

    /// Returns how many of so many may launch now.
    pub(crate) fn launchable(&self, instances: u32) -> u32 {
        let Some(capacity) = &self.capacity else {
            return instances;
        };
        instances.min(capacity.room(self.running()).0)
    }

    /// Returns why an update to so many instances is refused whole, if it is.
    pub(super) fn refuses(&self, to: u32) -> Option<LaunchFailure> {
        let capacity = self.capacity.as_ref().filter(|it| it.waits())?;
        capacity.refuses(self.counts.desired(), to, self.running())
    }

    /// Takes what AWS refuses out of what is asked for, the last first, and notes it. Returns how many it refuses.
    // rule: capacity.group-keeps-desired
    pub(super) fn refuse(
        &mut self,
        now_s: f64,
        purpose: LaunchPurpose,
        instances: u32,
        asked: &mut [(u32, FleetActivity)],
    ) -> u32 {
        let running = self.running();
        let Some(capacity) = &mut self.capacity else {
            return 0;
        };
        let (room, reason) = capacity.room(running);
        let refused = instances.saturating_sub(room);
        capacity.take(instances - refused);
        let given_up_s = match purpose {
            LaunchPurpose::Capacity => capacity.waits_until_s(now_s),
            LaunchPurpose::Replacement | LaunchPurpose::Rebalancing => f64::INFINITY,
        };
        let mut left = refused;
        // The first to be asked for is the oldest in the list, so that it is the first to be tried again.
        let mut waiting = Vec::new();
        for (instances, activity) in asked.iter_mut().rev() {
            let taken = left.min(*instances);
            *instances -= taken;
            left -= taken;
            if taken > 0 {
                let instances = taken;
                capacity.refuse(activity.entry, LaunchFailure { instances, reason });
                waiting.push((taken, *activity));
            }
        }
        for (instances, activity) in waiting.into_iter().rev() {
            self.wait_for_capacity(now_s, instances, (purpose, activity, given_up_s));
        }
        refused
    }

    /// Adds instances that have been refused.
    fn wait_for_capacity(
        &mut self,
        now_s: f64,
        instances: u32,
        (purpose, activity, given_up_s): (LaunchPurpose, FleetActivity, f64),
    ) {
        if instances == 0 {
            return;
        }
        self.counts.refused += instances;
        let phase = Phase::Refused {
            purpose,
            activity,
            given_up_s,
        };
        self.cohorts.insert(Cohort { instances, phase });
        if let Some(capacity) = &mut self.capacity {
            capacity.try_again_after(now_s);
        }
    }

    /// Takes back what an endpoint's update waits for. Returns how many instances.
    pub(super) fn take_waiting(&mut self) -> u32 {
        let waiting = self.take_refused(u32::MAX, &|phase| phase.waits_until_s().is_some());
        count(&waiting)
    }

    /// Lets an endpoint's update wait for all of its instances, if not all of them are there. Returns whether it does.
    // rule: capacity.endpoint-waits
    pub(super) fn waits_for_all(
        &mut self,
        now_s: f64,
        instances: u32,
        activity: FleetActivity,
    ) -> bool {
        let Some(capacity) = self.capacity.as_ref().filter(|it| it.waits()) else {
            return false;
        };
        let given_up_s = capacity.waits_until_s(now_s);
        let waits = self.launchable(instances) < instances;
        if waits {
            let by = (LaunchPurpose::Capacity, activity, given_up_s);
            self.wait_for_capacity(now_s, instances, by);
        }
        waits
    }

    /// Takes away refused instances that `is` is true of, at most so many. Returns them, the last to be refused first.
    fn take_refused(&mut self, instances: u32, is: &dyn Fn(&Phase) -> bool) -> Vec<Refused> {
        let mut taken = Vec::new();
        if self.counts.refused == 0 {
            return taken;
        }
        let which = (instances, Order::YoungestFirst);
        self.cohorts.change(which, is, &mut |cohort| {
            if let Phase::Refused {
                purpose, activity, ..
            } = cohort.phase
            {
                taken.push((cohort.instances, purpose, activity));
                return None;
            }
            Some(cohort.phase)
        });
        self.counts.refused -= count(&taken);
        taken
    }

    /// Gives up refused instances, at most so many. Returns how many others are still to be removed.
    pub(super) fn remove_refused(&mut self, instances: u32) -> u32 {
        instances - count(&self.take_refused(instances, &Phase::is_refused))
    }

    /// Returns when what has been refused is next tried again; infinity if nothing has.
    pub(super) fn tries_again_s(&self) -> f64 {
        match &self.capacity {
            Some(capacity) if self.counts.refused > 0 => capacity.tries_again_s(),
            _ => f64::INFINITY,
        }
    }

    /// Returns until when an endpoint's update waits for instances, if it does.
    pub(super) fn waits_until_s(&self) -> Option<f64> {
        if self.counts.refused == 0 {
            return None;
        }
        let mut cohorts = self.cohorts.youngest_first();
        cohorts.find_map(|cohort| cohort.phase.waits_until_s())
    }

    /// Launches what an endpoint's update waits for, if all of it is there. Returns whether it does.
    pub(crate) fn launch_waiting(&mut self, now_s: f64) -> bool {
        if let Some(capacity) = &mut self.capacity {
            capacity.try_again_after(now_s);
        }
        let waits = |phase: &Phase| phase.waits_until_s().is_some();
        let waiting = self.cohorts.count(&waits);
        if waiting == 0 || self.launchable(waiting) < waiting {
            return false;
        }
        let waiting = self.take_refused(u32::MAX, &waits).into_iter().rev();
        let mut asked: Vec<_> = waiting
            .map(|(instances, _, activity)| (instances, activity))
            .collect();
        self.launch(now_s, LaunchPurpose::Capacity, &mut asked);
        true
    }

    /// Returns how many refused instances are tried again, and why not all of them can launch now.
    pub(crate) fn tried_again(&self) -> Option<LaunchFailure> {
        let capacity = self.capacity.as_ref()?;
        let instances = self.cohorts.count(&Phase::is_tried_again);
        let (_, reason) = capacity.room(self.running());
        (instances > 0).then_some(LaunchFailure { instances, reason })
    }

    /// Launches so many refused instances for another activity, the first to be refused first.
    pub(crate) fn launch_refused(&mut self, now_s: f64, instances: u32, entry: usize) {
        let mut refused = self.take_refused(u32::MAX, &Phase::is_tried_again);
        refused.reverse();
        let mut left = instances;
        for (instances, purpose, activity) in refused {
            let launched = left.min(instances);
            left -= launched;
            let anew = FleetActivity { entry, ..activity };
            self.launch(now_s, purpose, &mut [(launched, anew)]);
            let by = (purpose, activity, f64::INFINITY);
            self.wait_for_capacity(now_s, instances - launched, by);
        }
    }

    /// Gives up what endpoints' updates have waited for until now. Returns how many instances of each activity, by its entry.
    // rule: capacity.endpoint-gives-up
    pub(crate) fn give_up_waiting(&mut self, now_s: f64) -> Vec<(usize, u32)> {
        let is_due = |phase: &Phase| {
            phase
                .waits_until_s()
                .is_some_and(|until_s| until_s <= now_s)
        };
        let given_up = self.take_refused(u32::MAX, &is_due).into_iter();
        given_up
            .map(|(instances, _, activity)| (activity.entry, instances))
            .collect()
    }

    /// Begins a shortage in which so many instances are to be had, or ends it: then a warm pool is filled again.
    pub(super) fn set_shortage(&mut self, now_s: f64, left: Option<u32>) {
        if let Some(capacity) = &mut self.capacity {
            capacity.set_shortage(left);
        }
        self.resize_pool(now_s, self.counts.desired());
    }

    /// Notes how many zones are available.
    pub(crate) fn set_zones(&mut self, zones: u32) {
        if let Some(capacity) = &mut self.capacity {
            capacity.set_zones(zones);
        }
    }

    /// Returns what an activity has been refused.
    pub(crate) fn failure_of(&self, entry: usize) -> Option<LaunchFailure> {
        (self.capacity.as_ref()).and_then(|capacity| capacity.failure_of(entry))
    }

    /// Takes instances that launch without being asked for here off what is to be had.
    pub(super) fn take_capacity(&mut self, instances: u32) {
        if let Some(capacity) = &mut self.capacity {
            capacity.take(instances);
        }
    }

    /// Returns how many of so many a stopped instance of a warm pool may start now; running ones need no more capacity.
    pub(super) fn startable(&self, instances: u32, is_running: bool) -> u32 {
        if is_running {
            instances
        } else {
            self.launchable(instances)
        }
    }

    /// Returns whether a warm pool may grow now.
    pub(super) fn may_prepare(&self) -> bool {
        self.capacity.as_deref().is_none_or(Capacity::may_prepare)
    }
}
