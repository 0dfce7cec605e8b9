//! Random fleets of which something fails: instances, applications, zones, and launches that take too long.

use super::{
    super::common::{let_fail, random::drawn_health},
    group, variant,
};
use engine::plan::{Failing, Health, Launch, Plan};
use proptest::prelude::*;

fn what() -> impl Strategy<Value = Failing> {
    prop_oneof![
        2 => (0_u32..9).prop_map(Failing::Instances),
        1 => (0_u32..9).prop_map(Failing::Applications),
        3 => prop_oneof![0_u32..400, 400_u32..2400].prop_map(|for_s| Failing::Zone { for_s: f64::from(for_s) }),
    ]
}

prop_compose! {
    fn health()(
        failures in prop::collection::vec((0_u32..4000, what()), 1..6),
        zones in 1_u32..5,
        (unrouted_s, status_check_s) in (10_u32..300, 0_u32..600),
        looks_at_balancer in any::<bool>(),
        rebalances in prop::bool::weighted(0.9),
    ) -> Health {
        Health {
            rebalances,
            ..drawn_health(failures, zones, (unrouted_s, status_check_s), looks_at_balancer)
        }
    }
}

prop_compose! {
    /// A group, or a variant; only groups give launches up, balance zones and may be empty.
    pub fn failing()(
        plan in prop_oneof![1 => variant().boxed(), 3 => group().boxed()],
        health in health(),
        may_be_empty in prop::bool::weighted(0.3),
        launch_s in prop::option::of(10_u32..200),
        // Of the launch: too little, or enough.
        within in prop::option::weighted(0.5, 0.3..1.2_f64),
    ) -> Plan {
        let mut plan = plan;
        if let Some(launch_s) = launch_s {
            plan.fleet.launch = Launch::Fixed(f64::from(launch_s));
        }
        let Launch::Fixed(launch_s) = plan.fleet.launch else {
            unreachable!("launch times are not drawn here");
        };
        let is_group = plan.resource.group().is_some();
        if is_group && may_be_empty {
            plan.scalable_target.min = 0;
            for action in &mut plan.scheduled_actions {
                action.min = action.min.map(|min| min / 4);
                action.desired = action.desired.map(|desired| desired.saturating_sub(5));
            }
        }
        // Percentiles that are the same leave no exponential time, which the engine then makes a millionth of the fixed one.
        plan.service.p95_ms = plan.service.p95_ms.max(1.01 * plan.service.p50_ms);
        let_fail(&mut plan, Health {
            rebalances: health.rebalances && is_group,
            start_within_s: within.filter(|_| is_group).map(|share| (share * launch_s).ceil().max(1.0)),
            ..health
        });
        plan
    }
}
