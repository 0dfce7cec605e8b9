//! A shortage of instances begins and ends; what AWS has refused to launch is tried again, or given up.

use super::{actors::Actor, target::Target};
use crate::plan::{Plan, Shortage};

/// What is due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Begins,
    Ends,
    Over,
}

/// Capacity for launches, as time changes it.
struct LaunchCapacity {
    shortage: Option<Shortage>,
    stage: Stage,
}

/// Returns the capacity for launches of a plan; `None` where there is always enough.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let capacity = plan.fleet.capacity?;
    plan.resource.launches_instances().then(|| {
        Box::new(LaunchCapacity {
            shortage: capacity.shortage,
            stage: Stage::Begins,
        }) as Box<dyn Actor>
    })
}

impl LaunchCapacity {
    /// Returns when the shortage begins or ends next.
    fn turns_s(&self) -> f64 {
        self.shortage
            .map_or(f64::INFINITY, |shortage| match self.stage {
                Stage::Begins => shortage.at_s,
                Stage::Ends => shortage.at_s + shortage.for_s,
                Stage::Over => f64::INFINITY,
            })
    }
}

impl Actor for LaunchCapacity {
    fn next_s(&self, target: &Target<'_>) -> f64 {
        self.turns_s().min(target.fleet.refused_next_s())
    }

    // rule: capacity.shortage
    #[cold]
    fn act(&mut self, now_s: f64, target: &mut Target<'_>) {
        if self.turns_s() <= now_s {
            let begins = self.stage == Stage::Begins;
            self.stage = if begins { Stage::Ends } else { Stage::Over };
            let left = (self.shortage.filter(|_| begins)).map(|shortage| shortage.available);
            target.fleet.set_shortage(now_s, left);
            return;
        }
        target.scaler.launch_refused(now_s, &mut target.fleet);
        target.scaler.give_up_waiting(now_s, &mut target.fleet);
    }
}
