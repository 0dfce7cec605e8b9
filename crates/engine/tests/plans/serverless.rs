//! Random serverless endpoints, at points of the engine's table.

use super::{super::common::curve, retarget, rethreshold, variant};
use engine::{
    demand::Timeline,
    plan::{Metric, OnDemand, Plan, ScalableResource, ScalableTarget, Statistic},
};
use proptest::prelude::*;

/// Points of the engine's table over requests at once.
fn at_once() -> impl Strategy<Value = f64> {
    let point = |place: u32| 512.0 * (f64::from(place) / 384.0).powi(4);
    prop_oneof![1 => Just(0.0), 4 => (20_u32..300).prop_map(point), 4 => (140_u32..260).prop_map(point)]
}

prop_compose! {
    /// A serverless endpoint, whose demand stays and jumps.
    pub fn serverless()(
        plan in variant(),
        levels in prop::collection::vec((1_u32..7200, at_once()), 1..8),
        (first, duration_s) in (at_once(), prop::sample::select(vec![0.05, 0.2, 1.0, 4.0])),
        (max_concurrency, keep_s) in (prop_oneof![1_u32..201, 100_u32..201], 0.0..1200.0_f64),
        (setup_s, price) in (0.0..30.0_f64, 1e-6..1e-4_f64),
        shares in prop::collection::vec(0.1..0.95_f64, 8),
        (min, max, initial) in (0_u32..20, 10_u32..200, 0_u32..60),
    ) -> Plan {
        let mut plan = plan;
        let mut levels = levels;
        levels.sort_by_key(|level| level.0);
        levels.dedup_by_key(|level| level.0);
        let mut corners = vec![(0.0, first / duration_s)];
        for (at_s, at_once) in levels {
            let before = corners[corners.len() - 1].1;
            corners.extend([(f64::from(at_s), before), (f64::from(at_s), at_once / duration_s)]);
        }
        plan.demand = Timeline::compile(&[curve(&corners)], plan.length_s);
        plan.service.max_rps = 1.0 / duration_s;
        (plan.service.p50_ms, plan.service.p95_ms) = (1000.0 * duration_s, 1000.0 * duration_s);
        plan.service.queue_limit_per_instance = None;
        plan.resource = ScalableResource::ProvisionedConcurrency(OnDemand {
            max_concurrency,
            setup_s,
            keep_s: keep_s.round(),
            usd_per_request: price,
            provisioned_usd_per_request: 0.6 * price,
        });
        let max = max.min(max_concurrency);
        let has_policies = !(plan.target_tracking.is_empty() && plan.step_scaling.is_empty());
        let least = u32::from(has_policies);
        plan.scalable_target = ScalableTarget { min: min.max(least).min(max), max };
        plan.fleet.initial = initial;
        for action in &mut plan.scheduled_actions {
            action.min = action.min.map(|min| (min - 1).max(least).min(max_concurrency));
            action.max = action.max.map(|max| max.min(max_concurrency));
        }
        let metric = Metric::Utilization { percent_s_per_request: duration_s, most_percent: 1.0 };
        let (some, others) = shares.split_at(4);
        for (policy, share) in plan.target_tracking.iter_mut().zip(some) {
            retarget(policy, metric, *share);
        }
        for (policy, share) in plan.step_scaling.iter_mut().zip(others) {
            let minutes = match policy.alarm.statistic {
                Statistic::Sum => f64::from(policy.alarm.period_s / 60),
                _ => 1.0,
            };
            rethreshold(policy, metric, share * minutes);
        }
        plan
    }
}
