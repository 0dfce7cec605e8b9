//! Random fleets for whose launches there is not always capacity.

use super::{asynchronous, component, failing, group, predictive, variant};
use engine::plan::{LaunchCapacity, Plan, Shortage};
use proptest::prelude::*;

fn shortage() -> impl Strategy<Value = Shortage> {
    let zones = prop::option::weighted(0.3, 1_u32..4);
    (0_u32..5000, 1_u32..4000, 0_u32..5, zones).prop_map(|(at_s, for_s, available, zones)| {
        Shortage {
            at_s: f64::from(at_s),
            for_s: f64::from(for_s),
            available,
            zones,
        }
    })
}

/// Instances that there are at the start.
fn at_start(plan: &Plan) -> u32 {
    let bounds = plan.scalable_target;
    let capacity = plan.fleet.initial.clamp(bounds.min, bounds.max);
    let hosts = plan.resource.hosts();
    hosts.map_or(capacity, |hosts| {
        hosts.instances_for(capacity).clamp(hosts.min, hosts.max)
    })
}

/// Bounds the launches of a plan; the quota is so many more than there are at the start.
fn limit(plan: &mut Plan, shortage: Option<Shortage>, more: Option<u32>, provision_timeout_s: f64) {
    plan.fleet.capacity = Some(LaunchCapacity {
        shortage,
        quota: more.map(|more| at_start(plan) + more),
        provision_timeout_s,
    });
}

prop_compose! {
    /// Any fleet of instances, or of copies on them.
    pub fn short()(
        plan in prop_oneof![
            3 => variant().boxed(),
            3 => group().boxed(),
            4 => failing().boxed(),
            2 => component().boxed(),
            1 => asynchronous().boxed(),
            1 => predictive().boxed(),
        ],
        shortage in prop::option::weighted(0.8, shortage()),
        more in prop::option::weighted(0.4, 0_u32..5),
        timeout_s in 30_u32..2400,
    ) -> Plan {
        let mut plan = plan;
        limit(&mut plan, shortage, more, f64::from(timeout_s));
        plan
    }
}
