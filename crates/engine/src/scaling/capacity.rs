//! Launches that AWS refuses: activities that fail, and what is tried again.
//!
//! Source: Amazon SageMaker developer guide, "Check the status of a scaling activity by describing scaling activities" (an update
//! beyond a quota fails); Amazon EC2 Auto Scaling user guide, "Troubleshoot Amazon EC2 Auto Scaling" and "Amazon EC2 Auto Scaling
//! benefits" (launches that fail are tried elsewhere, and again).

use super::{Scaler, pace::BegunBy};
use crate::{
    fleet::Fleet,
    run::{Cause, LaunchFailure, LaunchFailureReason, Outcome, Replacement, ReplacementReason},
};

impl Scaler {
    /// Tries to launch again what AWS has refused before.
    #[cold]
    pub(crate) fn launch_refused(&mut self, now_s: f64, fleet: &mut Fleet) {
        let desired = fleet.desired();
        let refused_again = match fleet {
            Fleet::Copies(hosts) => {
                self.end_repeated_answer();
                hosts.launch_again(now_s)
            }
            Fleet::Instances(instances) => {
                let launches = instances.launch_waiting(now_s);
                if launches {
                    self.end_repeated_answer();
                }
                let refused = instances.tried_again();
                let wanted = refused.map_or(0, |it| it.instances);
                let launched = instances.launchable(wanted);
                if launched > 0 {
                    self.end_repeated_answer();
                    let cause = launched_again(launched);
                    let entry = (self.log).add(now_s, desired, desired, cause, Outcome::InProgress);
                    self.began(now_s, entry, &BegunBy::Event);
                    instances.launch_refused(now_s, launched, entry);
                }
                let left = wanted - launched;
                refused.filter(|_| left > 0).map(|it| LaunchFailure {
                    instances: left,
                    ..it
                })
            }
        };
        if let Some(failure) = refused_again {
            let cause = launched_again(failure.instances);
            self.log.refuse(now_s, (desired, desired), (cause, failure));
        }
        self.end_activities(now_s, fleet);
    }

    /// Ends an update that has waited too long for instances: the endpoint is as it was before.
    #[cold]
    pub(crate) fn give_up_waiting(&mut self, now_s: f64, fleet: &mut Fleet) {
        let Some(instances) = fleet.instances_mut() else {
            return;
        };
        let given_up = instances.give_up_waiting(now_s);
        if given_up.is_empty() {
            return;
        }
        for (entry, instances) in given_up {
            let failure = LaunchFailure {
                instances,
                reason: LaunchFailureReason::Shortage,
            };
            self.pace.failed(now_s, entry, failure, &mut self.log);
        }
        self.end_repeated_answer();
    }
}

fn launched_again(instances: u32) -> Cause {
    Cause::Replacement(Replacement {
        instances,
        reason: ReplacementReason::Refused,
    })
}
