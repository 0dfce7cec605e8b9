//! Instances that are replaced because of their health, or move between Availability Zones: activities of their own, which leave
//! desired capacity as it is.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "View the reason for health check failures" (terminating and launching are
//! activities beside others) and "Suspend and resume processes" (ReplaceUnhealthy, AZRebalance).

use super::{Scaler, group::BegunActivity};
use crate::{
    fleet::Fleet,
    run::{Cause, Outcome, Replacement, ReplacementReason},
};

impl Scaler {
    /// Instances have failed, or serve again: nobody knows yet, but they are no longer, or again, among those that count.
    #[cold]
    #[inline(never)]
    pub(crate) fn instances_changed(&mut self, now_s: f64, fleet: &Fleet) {
        self.end_repeated_answer();
        if let Some(group) = &mut self.group {
            group.recount(now_s, fleet, &mut self.log);
        }
    }

    /// Instances that have failed are replaced. Gives the activity's entry.
    // rule: health.replacement
    #[cold]
    #[inline(never)]
    pub(crate) fn replace(
        &mut self,
        now_s: f64,
        instances: u32,
        reason: ReplacementReason,
        fleet: &mut Fleet,
    ) -> usize {
        fleet.replace(now_s, instances);
        self.begin_replacement(now_s, instances, reason, fleet)
    }

    /// Launches that do not answer in time are given up, and begin anew: an activity that goes on where `again` is one.
    #[cold]
    #[inline(never)]
    pub(crate) fn relaunch_overdue(
        &mut self,
        now_s: f64,
        again: Option<usize>,
        fleet: &mut Fleet,
    ) -> Option<usize> {
        let instances = fleet.give_up_launches(now_s);
        if instances == 0 {
            return again;
        }
        let entry = match again {
            Some(entry) => {
                self.end_repeated_answer();
                self.log.replace_again(entry, instances);
                entry
            }
            None => self.log_replacement(now_s, instances, ReplacementReason::StillStarting, fleet),
        };
        if let Some(group) = &mut self.group {
            group.launch_under(now_s, fleet, (entry, instances), &mut self.log);
        }
        Some(entry)
    }

    /// Instances move to a zone that is back.
    #[cold]
    #[inline(never)]
    pub(crate) fn rebalance(&mut self, now_s: f64, instances: u32, fleet: &mut Fleet) {
        fleet.move_instances(now_s, instances);
        self.begin_replacement(now_s, instances, ReplacementReason::ZoneBalance, fleet);
    }

    /// Ends an activity of an endpoint.
    pub(crate) fn end_replacement(&mut self, now_s: f64, entry: usize) {
        if self.group.is_none() {
            self.log.end(entry, now_s, Outcome::Successful);
        }
    }

    /// An activity begins, whose entry it gives.
    fn log_replacement(
        &mut self,
        now_s: f64,
        instances: u32,
        reason: ReplacementReason,
        fleet: &Fleet,
    ) -> usize {
        self.end_repeated_answer();
        let desired = fleet.desired();
        let cause = Cause::Replacement(Replacement { instances, reason });
        (self.log).add(now_s, desired, desired, cause, Outcome::InProgress)
    }

    /// The same where instances have begun to launch.
    fn begin_replacement(
        &mut self,
        now_s: f64,
        instances: u32,
        reason: ReplacementReason,
        fleet: &Fleet,
    ) -> usize {
        let entry = self.log_replacement(now_s, instances, reason, fleet);
        if self.group.is_some() {
            self.began_in_group(now_s, fleet, BegunActivity::of_no_policy(entry));
        }
        entry
    }
}
