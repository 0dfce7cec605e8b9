//! Random fleets of which one instance is slow for a time, among others that may fail.

use super::{
    super::common::{let_fail, slow_down},
    failing, group, variant,
};
use engine::plan::{Health, Plan, SlowInstance};
use proptest::prelude::*;

prop_compose! {
    /// A variant or a group, never empty, whose oldest instance slows down; it may fail, but nothing moves between zones.
    pub fn slow()(
        plan in prop_oneof![2 => variant().boxed(), 2 => group().boxed(), 1 => failing().boxed()],
        (at_s, for_s) in (0_u32..5000, 1_u32..5000),
        times in prop_oneof![1 => Just(1.0), 4 => 1.1..20.0_f64],
    ) -> Plan {
        let mut plan = plan;
        plan.scalable_target.min = plan.scalable_target.min.max(1);
        for action in &mut plan.scheduled_actions {
            action.min = action.min.map(|min| min.max(1));
        }
        if let Some(health) = plan.resource.health().cloned() {
            let_fail(&mut plan, Health { rebalances: false, ..Health::clone(&health) });
        }
        let slow = SlowInstance { at_s: f64::from(at_s), times, for_s: f64::from(for_s) };
        slow_down(&mut plan, slow);
        plan
    }
}
