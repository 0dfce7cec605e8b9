//! Random asynchronous endpoints: their queue's metrics, its TTL, from and to zero.

use super::{
    super::common::{alarm, one_more},
    PER_SECOND, corners, demand, retarget, rethreshold, variant,
};
use engine::plan::{
    Comparison, EndpointMetric, Metric, MetricAlarm, Plan, ScalableResource, Statistic,
};
use proptest::prelude::*;

fn backlog_metric() -> impl Strategy<Value = Metric> {
    prop_oneof![
        6 => Just(Metric::Endpoint(EndpointMetric::BacklogSizePerInstance)),
        3 => Just(Metric::Endpoint(EndpointMetric::BacklogSize)),
        1 => Just(Metric::Unpublished),
    ]
}

prop_compose! {
    /// An asynchronous endpoint, mostly from and to zero, often with a step policy that wakes it.
    pub fn asynchronous()(
        plan in variant(),
        metrics in prop::collection::vec((backlog_metric(), 0.5..300.0_f64), 8),
        (ttl_10_s, late_s) in (6_u32..300, 1.0..900.0_f64),
        is_zero in prop::bool::weighted(0.8),
        (corners, times_capacity) in (corners(), 0.1..2.0_f64),
        wakes in prop::option::weighted(0.7, (0.3..1.3_f64, 1_u32..3)),
    ) -> Plan {
        let mut plan = plan;
        // Rates change over many steps or at once: within a step a queue is taken for a straight line.
        let apart = 10 * PER_SECOND;
        let corners = corners.into_iter().map(|(at, share, jump)| (at - at % apart, share, jump));
        let most_rps = times_capacity * f64::from(plan.scalable_target.max) * plan.service.max_rps;
        plan.demand = demand(corners.collect(), most_rps, plan.length_s);
        plan.resource = ScalableResource::AsynchronousInstances { cpu_credits: None };
        plan.service.queue_limit_per_instance = None;
        (plan.service.timeout_s, plan.objective.late_s) = (f64::from(10 * ttl_10_s), late_s);
        if is_zero {
            (plan.scalable_target.min, plan.fleet.initial) = (0, 0);
            for action in &mut plan.scheduled_actions {
                action.min = action.min.map(|min| min / 4);
            }
        }
        let (some, others) = metrics.split_at(4);
        let in_seconds = |seconds: f64| seconds * plan.service.max_rps;
        for (policy, &(metric, seconds)) in plan.target_tracking.iter_mut().zip(some) {
            if policy.metric == Metric::InvocationsPerInstance {
                retarget(policy, metric, in_seconds(seconds));
            }
        }
        for (policy, &(metric, seconds)) in plan.step_scaling.iter_mut().zip(others) {
            if policy.alarm.metric == Metric::InvocationsPerInstance {
                rethreshold(policy, metric, in_seconds(seconds));
            }
        }
        if let Some((threshold, datapoints)) = wakes {
            let alarm = MetricAlarm {
                metric: Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity),
                statistic: Statistic::Average,
                evaluation_periods: datapoints,
                datapoints_to_alarm: datapoints,
                ..alarm(Comparison::GreaterThanOrEqualToThreshold, threshold.min(1.0))
            };
            plan.step_scaling.push(one_more(40, alarm, 300.0));
        }
        plan
    }
}
