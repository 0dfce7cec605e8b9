//! Random inference components: copies on instances, from and to zero, released and moved together.

use super::{
    super::common::{alarm, drawn_hosts, one_more},
    ten_seconds, variant,
};
use engine::plan::{
    Comparison, Consolidation, EndpointMetric, Hosts, Metric, MetricAlarm, Placement, Plan,
    ScalableResource, ScalableTarget, ScheduledAction,
};
use proptest::prelude::*;

prop_compose! {
    /// An inference component, whose metrics may come every ten seconds, mostly from and to zero.
    pub fn component()(
        plan in prop_oneof![2 => variant(), 1 => ten_seconds()],
        (copies_per_instance, start_s, idle_s) in (1_u32..5, 1_u32..400, 1_u32..600),
        (min, more) in (0_u32..4, 0_u32..20),
        is_spread in any::<bool>(),
        consolidation in prop::option::of((5_u32..15, 1_u32..4)),
        is_zero in prop::bool::weighted(0.85),
        wakes in prop::option::weighted(0.9, 1_u32..3),
        initial in prop_oneof![Just(0_u32), 1_u32..12],
        shrinks in prop::bool::weighted(0.35),
    ) -> Plan {
        let mut plan = plan;
        plan.assumptions.updating_blocks = false;
        if is_zero {
            (plan.scalable_target.min, plan.fleet.initial) = (0, initial);
            for action in &mut plan.scheduled_actions {
                action.min = action.min.map(|min| min / 4);
            }
        }
        if let Some(datapoints) = wakes {
            let alarm = MetricAlarm {
                metric: Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures),
                evaluation_periods: datapoints,
                datapoints_to_alarm: datapoints,
                ..alarm(Comparison::GreaterThanThreshold, 1.0)
            };
            plan.step_scaling.push(one_more(40, alarm, 60.0));
        }
        let hosts = drawn_hosts(copies_per_instance, start_s, (min, more), is_spread, idle_s, consolidation);
        plan.resource = ScalableResource::ComponentCopies(if shrinks { shrink(&mut plan, hosts) } else { hosts });
        plan
    }
}

/// Nine copies, spread out, become four: what is left can be moved together. Returns the instances under them.
fn shrink(plan: &mut Plan, hosts: Hosts) -> Hosts {
    plan.fleet.initial = 9;
    plan.scalable_target = ScalableTarget { min: 2, max: 12 };
    plan.step_scaling.clear();
    plan.scheduled_actions = vec![ScheduledAction {
        at_s: 300.0,
        index: 0,
        min: None,
        max: Some(4),
        desired: None,
    }];
    Hosts {
        max: 12,
        copies_per_instance: hosts.copies_per_instance.max(2),
        placement: Placement::Spread,
        consolidation: hosts.consolidation.or(Some(Consolidation {
            cooldown_s: 300.0,
            step: 2,
        })),
        ..hosts
    }
}
