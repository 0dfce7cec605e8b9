//! Random Auto Scaling groups: warm-up, simple scaling, warm pools, desired capacity by the clock.

use super::{super::common::random, variant};
use engine::plan::{Plan, ScheduledAction, WarmPool};
use proptest::prelude::*;

prop_compose! {
    /// An Auto Scaling group.
    pub fn group()(
        base in random::group_plan(),
        variant in variant(),
        rush in prop::option::weighted(0.4, (300_u32..3000, 20_u32..60)),
    ) -> Plan {
        let mut plan = variant;
        plan.resource = base.resource;
        if let Some(group) = plan.resource.group_mut() {
            group.predictive = None;
            group.warm_pool = group.warm_pool.map(|pool| WarmPool {
                launch_s: pool.launch_s.max(1.0),
                ..pool
            });
        }
        for (action, by) in plan.scheduled_actions.iter_mut().zip(base.scheduled_actions) {
            action.desired = by.desired;
        }
        // Two changes one soon after the other.
        if let Some((at_s, apart_s)) = rush {
            let action = |index, at_s, desired| ScheduledAction {
                at_s: f64::from(at_s),
                index,
                min: None,
                max: None,
                desired: Some(desired),
            };
            let max = plan.scalable_target.max;
            plan.scheduled_actions.extend([
                action(20, at_s, max / 2 + 1),
                action(21, at_s + apart_s, max),
            ]);
            plan.scheduled_actions.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        }
        // Simple scaling, one adjustment wherever the metric lies.
        if let Some(by) = base.step_scaling.first().filter(|by| by.is_simple) {
            plan.step_scaling = vec![by.clone()];
        }
        plan
    }
}
