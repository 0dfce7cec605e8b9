//! A piece of advice, carried out on the document.

use engine::advice::Change;
use scenario::{
    compile::Compiled,
    document::{Scenario, ScalableTarget, ScheduledAction},
};

use crate::typed::slot::at_schedule;

/// `scenario` with `change` made. `name` is what a scheduled change is called in the log.
pub fn apply(scenario: &Scenario, compiled: &Compiled, change: Change, name: &str) -> Scenario {
    let mut changed = scenario.clone();
    match change {
        Change::MinCapacity(min) => changed.scalable_target.min_capacity = Some(min),
        Change::MaxCapacity(max) => changed.scalable_target.max_capacity = Some(max),
        Change::MinAndMax { min, max } => {
            changed.scalable_target = ScalableTarget { min_capacity: Some(min), max_capacity: Some(max) };
        }
        Change::Target(target) => {
            if let Some(policy) = changed.policies.first_mut() {
                policy.target_tracking.target_value = Some(target);
            }
        }
        Change::ScheduledMin { min, from_s, until_s } => {
            let bounds = |at_s: f64, min: u32| ScheduledAction {
                name: name.to_owned(),
                schedule: at_schedule(compiled.clock.local(at_s)),
                time_zone: Some(scenario.time_zone.clone()),
                action: ScalableTarget { min_capacity: Some(min), max_capacity: None },
            };
            changed.scheduled_actions.push(bounds(from_s, min));
            if until_s < f64::from(compiled.plan.length_s) {
                changed.scheduled_actions.push(bounds(until_s, compiled.resolved.min));
            }
        }
    }
    changed
}
