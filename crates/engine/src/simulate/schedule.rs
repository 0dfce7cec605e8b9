//! Scheduled actions fire.

use super::{actors::Actor, target::Target};
use crate::plan::{Plan, ScheduledAction};

/// The scheduled actions of a plan, which are in order of time.
struct Schedule {
    /// How many have fired.
    done: usize,
}

/// Returns the schedule of a plan; `None` where nothing is scheduled.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let is_empty = plan.scheduled_actions.is_empty();
    (!is_empty).then(|| Box::new(Schedule { done: 0 }) as Box<dyn Actor>)
}

impl Schedule {
    fn next<'a>(&self, plan: &'a Plan) -> Option<&'a ScheduledAction> {
        plan.scheduled_actions.get(self.done)
    }
}

impl Actor for Schedule {
    fn next_s(&self, target: &Target<'_>) -> f64 {
        self.next(target.plan)
            .map_or(f64::INFINITY, |action| action.at_s)
    }

    fn act(&mut self, now_s: f64, target: &mut Target<'_>) {
        if let Some(action) = self.next(target.plan) {
            self.done += 1;
            (target.scaler).fire_scheduled_action(now_s, action, &mut target.fleet);
        }
    }
}
