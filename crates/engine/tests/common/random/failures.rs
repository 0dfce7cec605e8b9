//! Random failures: instances, applications, zones, and start-up that outlasts its grace.

use super::super::let_fail;
use engine::plan::{Failing, Failure, Health, Plan};
use proptest::prelude::*;

fn what() -> impl Strategy<Value = Failing> {
    prop_oneof![
        2 => (0_u32..9).prop_map(Failing::Instances),
        1 => (0_u32..9).prop_map(Failing::Applications),
        2 => (0_u32..5000).prop_map(|for_s| Failing::Zone { for_s: f64::from(for_s) }),
    ]
}

/// Health as drawn: failures with their seconds, zones, seconds until nothing is sent to what has failed and until status checks
/// find it, and whether a load balancer's checks are looked at. Zones are not balanced anew, and launches may take their time.
pub fn drawn_health(
    mut failures: Vec<(u32, Failing)>,
    zones: u32,
    (unrouted_s, status_check_s): (u32, u32),
    looks_at_balancer: bool,
) -> Health {
    failures.sort_by_key(|(at_s, _)| *at_s);
    let failures = failures.into_iter().enumerate();
    Health {
        failures: failures
            .map(|(index, (at_s, what))| Failure {
                at_s: f64::from(at_s),
                index,
                what,
            })
            .collect(),
        zones,
        rebalances: false,
        unrouted_s: f64::from(unrouted_s),
        status_check_s: f64::from(status_check_s),
        load_balancer_s: looks_at_balancer.then_some(f64::from(unrouted_s)),
        start_within_s: None,
    }
}

prop_compose! {
    fn health()(
        failures in prop::collection::vec((0_u32..14_000, what()), 0..6),
        zones in 1_u32..5,
        (unrouted_s, status_check_s) in (10_u32..300, 0_u32..600),
        looks_at_balancer in any::<bool>(),
        start_within_s in prop::option::weighted(0.3, 30_u32..600),
    ) -> Health {
        Health {
            start_within_s: start_within_s.map(f64::from),
            ..drawn_health(failures, zones, (unrouted_s, status_check_s), looks_at_balancer)
        }
    }
}

prop_compose! {
    /// The same plan, in which something may fail; only groups give launches up, balance zones and may be empty.
    pub fn failing(plan: impl Strategy<Value = Plan>)(mut plan in plan, health in health(), may_be_empty in any::<bool>()) -> Plan {
        let is_group = plan.resource.group().is_some();
        if is_group && may_be_empty {
            plan.scalable_target.min = 0;
        }
        let_fail(&mut plan, Health {
            rebalances: is_group,
            start_within_s: health.start_within_s.filter(|_| is_group),
            ..health
        });
        plan
    }
}
