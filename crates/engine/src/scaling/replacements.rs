//! Activities that replace instances or move them between Availability Zones. They leave desired capacity as it is.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "View the reason for health check failures" (terminating and launching are
//! activities beside others) and "Suspend and resume processes" (ReplaceUnhealthy, AZRebalance).

use super::{
    Scaler,
    pace::{BegunActivity, BegunBy},
};
use crate::{
    fleet::Fleet,
    run::{Cause, Outcome, Replacement, ReplacementReason},
};

impl Scaler {
    /// Adapts to instances that have failed or serve again: the capacities that answers are computed from have changed.
    #[cold]
    pub(crate) fn instances_changed(&mut self, now_s: f64, fleet: &Fleet) {
        self.end_repeated_answer();
        (self.pace).instances_changed(now_s, fleet, &mut self.log);
    }

    /// Replaces failed instances. Returns the activity's entry.
    // rule: health.replacement
    #[cold]
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

    /// Gives up launches that do not answer in time and launches them anew. `again`: the entry of an activity that does so
    /// already. Returns the entry.
    #[cold]
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
        (self.pace).launch_under(now_s, fleet, (entry, instances), &mut self.log);
        Some(entry)
    }

    /// Moves instances to a zone that is back.
    #[cold]
    pub(crate) fn rebalance(&mut self, now_s: f64, instances: u32, fleet: &mut Fleet) {
        fleet.move_instances(now_s, instances);
        self.begin_replacement(now_s, instances, ReplacementReason::ZoneBalance, fleet);
    }

    /// Ends the replacement of an endpoint's instances. A group ends its activities itself.
    pub(crate) fn end_replacement(&mut self, now_s: f64, entry: usize) {
        (self.pace).end_replacement(now_s, entry, &mut self.log);
    }

    /// Logs that an activity begins. Returns its entry.
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

    /// Logs that an activity begins whose instances already launch. Returns its entry.
    fn begin_replacement(
        &mut self,
        now_s: f64,
        instances: u32,
        reason: ReplacementReason,
        fleet: &Fleet,
    ) -> usize {
        let entry = self.log_replacement(now_s, instances, reason, fleet);
        let activity = BegunActivity {
            entry,
            by: BegunBy::Event,
            removed: 0,
        };
        self.began(now_s, fleet, activity);
        entry
    }
}
