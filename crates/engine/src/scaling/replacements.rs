//! Activities that replace instances or move them between Availability Zones. They leave desired capacity as it is.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "View the reason for health check failures" (terminating and launching are
//! activities beside others) and "Suspend and resume processes" (ReplaceUnhealthy, AZRebalance).

use super::{Scaler, pace::BegunBy};
use crate::{
    fleet::{Fleet, FleetActivity},
    run::{Cause, Outcome, Replacement, ReplacementReason},
};

impl Scaler {
    /// Takes account of instances that have failed or serve again: the capacities that answers are computed from have changed.
    #[cold]
    pub(crate) fn instances_changed(&mut self, now_s: f64, fleet: &Fleet) {
        self.end_repeated_answer();
        self.end_activities(now_s, fleet);
    }

    /// Replaces the instances of a loss.
    #[cold]
    pub(crate) fn replace(
        &mut self,
        now_s: f64,
        (loss, reason): (usize, ReplacementReason),
        fleet: &mut Fleet,
    ) {
        let failed = fleet.instances().map_or(0, |it| it.failed_in(loss));
        let activity = self.begin_replacement(now_s, failed, reason, fleet);
        if let Some(instances) = fleet.instances_mut() {
            instances.replace(now_s, loss, activity);
        }
        self.end_activities(now_s, fleet);
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
        let overdue = fleet.instances().map_or(0, |it| it.overdue(now_s));
        if overdue == 0 {
            return again;
        }
        let entry = match again {
            Some(entry) => {
                self.end_repeated_answer();
                self.log.replace_again(entry, overdue);
                if !self.side_by_side.contains(&entry) {
                    self.side_by_side.push(entry);
                }
                entry
            }
            None => {
                let reason = ReplacementReason::StillStarting;
                self.begin_replacement(now_s, overdue, reason, fleet).entry
            }
        };
        if let Some(instances) = fleet.instances_mut() {
            instances.give_up_launches(now_s, entry);
        }
        self.end_activities(now_s, fleet);
        Some(entry)
    }

    /// Moves instances to a zone that is back.
    #[cold]
    pub(crate) fn rebalance(&mut self, now_s: f64, instances: u32, fleet: &mut Fleet) {
        let reason = ReplacementReason::ZoneBalance;
        let activity = self.begin_replacement(now_s, instances, reason, fleet);
        if let Some(fleet) = fleet.instances_mut() {
            fleet.move_instances(now_s, instances, activity);
        }
        self.end_activities(now_s, fleet);
    }

    /// Logs that an activity begins.
    fn begin_replacement(
        &mut self,
        now_s: f64,
        instances: u32,
        reason: ReplacementReason,
        fleet: &Fleet,
    ) -> FleetActivity {
        self.end_repeated_answer();
        let desired = fleet.desired();
        let cause = Cause::Replacement(Replacement { instances, reason });
        let entry = (self.log).add(now_s, desired, desired, cause, Outcome::InProgress);
        self.began(now_s, entry, &BegunBy::Event)
    }
}
