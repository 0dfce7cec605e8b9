//! Random fleets of which one instance is slow for a time, among others that may fail.

use super::{
    super::common::{let_fail, slow_down},
    failing, group, variant,
};
use engine::plan::{Failing, Failure, Health, Plan, SlowInstance};
use proptest::prelude::*;

/// Two zones at least, one of which fails first, for long enough for all that was in it to be replaced.
fn moving(health: &Health, (at_s, for_s): (u32, u32)) -> Health {
    let first = Failure {
        at_s: f64::from(at_s),
        index: health.failures.len(),
        what: Failing::Zone {
            for_s: f64::from(for_s),
        },
    };
    let later = (health.failures.iter()).filter(|failure| failure.at_s >= first.at_s);
    Health {
        failures: std::iter::once(first).chain(later.copied()).collect(),
        zones: health.zones.max(2),
        ..health.clone()
    }
}

/// When the first zone that fails is back.
fn zone_back_s(plan: &Plan) -> Option<f64> {
    let back_s = |failure: &Failure| match failure.what {
        Failing::Zone { for_s } => Some(failure.at_s + for_s),
        _ => None,
    };
    plan.resource.health()?.failures.iter().find_map(back_s)
}

prop_compose! {
    /// A variant or a group, never empty, whose oldest instance slows down; it may fail, or leave its place to one in another zone.
    pub fn slow()(
        plan in prop_oneof![2 => variant().boxed(), 2 => group().boxed(), 3 => failing().boxed()],
        (at_s, for_s) in (0_u32..5000, 1_u32..5000),
        moves in prop::option::of((0_u32..1200, 700_u32..2000)),
        // Where a zone fails, how long before or after it is back.
        beside_s in prop::option::weighted(0.7, -900_i32..600),
        times in prop_oneof![1 => Just(1.0), 4 => 1.1..20.0_f64],
    ) -> Plan {
        let mut plan = plan;
        plan.scalable_target.min = plan.scalable_target.min.max(1);
        for action in &mut plan.scheduled_actions {
            action.min = action.min.map(|min| min.max(1));
        }
        let moved = plan.resource.health().zip(moves).map(|(health, zone)| moving(health, zone));
        if let Some(health) = moved {
            let_fail(&mut plan, health);
        }
        let beside = zone_back_s(&plan).zip(beside_s);
        let at_s = beside.map_or(f64::from(at_s), |(back_s, by_s)| (back_s + f64::from(by_s)).max(0.0));
        slow_down(&mut plan, SlowInstance { at_s, times, for_s: f64::from(for_s) });
        plan
    }
}
