//! Random plans of any platform to which whole requests come each minute, as many in many of them, with thresholds that these
//! may be just at.

use super::{asynchronous, group, retarget, rethreshold, variant};
use engine::{
    demand::{Layer, Timeline},
    plan::{Metric, Plan, Statistic},
};
use proptest::prelude::*;

/// Which of the levels of demand a threshold is at, times so many, shared by so many.
type At = (usize, u32, u32);

fn at() -> impl Strategy<Value = At> {
    let shared_by = prop_oneof![3 => Just(1_u32), 3 => 2_u32..8, 1 => 8_u32..30];
    (
        0_usize..3,
        prop_oneof![4 => Just(1_u32), 1 => 2_u32..5],
        shared_by,
    )
}

/// What a metric is where each of so many has its share of so many requests in a minute.
fn value(metric: &Metric, requests: f64, shared_by: u32) -> f64 {
    match metric {
        Metric::Utilization {
            percent_s_per_request,
            most_percent,
        } => {
            let percent = requests * percent_s_per_request / (60.0 * f64::from(shared_by));
            percent.min(*most_percent)
        }
        _ => requests / f64::from(shared_by),
    }
}

prop_compose! {
    /// Whole requests each minute.
    pub fn counted()(
        // What is drawn of each is on the heap: all three together are too much for a thread's stack.
        plan in prop_oneof![3 => variant().boxed(), 2 => group().boxed(), 1 => asynchronous().boxed()],
        shares in prop::collection::vec(0.02..1.2_f64, 3),
        blocks in prop::collection::vec((0_usize..3, 1_usize..40), 2..12),
        thresholds in prop::collection::vec(at(), 8),
        is_low in any::<bool>(),
    ) -> Plan {
        let mut plan = plan;
        let most = f64::from(plan.scalable_target.max) * plan.service.max_rps * 60.0;
        let levels: Vec<u32> = shares.iter().map(|share| (share * most).ceil() as u32).collect();
        let minutes = plan.length_s as usize / 60;
        let blocks = blocks.iter().cycle().flat_map(|&(level, minutes)| vec![levels[level]; minutes]);
        let counts: Vec<u32> = blocks.take(minutes).collect();
        let steps = Layer::Steps { start_s: 0.0, step_s: 60.0, counts: counts.into(), requests_per_count: 1.0 };
        plan.demand = Timeline::compile(&[steps], plan.length_s);
        if is_low {
            plan.assumptions.alarm_low_factor = 0.9;
        }
        let (some, others) = thresholds.split_at(4);
        for (policy, &(level, times, shared_by)) in plan.target_tracking.iter_mut().zip(some) {
            let at = value(&policy.metric, f64::from(levels[level]) * f64::from(times), shared_by);
            let low = at / plan.assumptions.alarm_low_factor;
            retarget(policy, policy.metric, if is_low && times == 1 { low } else { at });
        }
        for (policy, &(level, times, shared_by)) in plan.step_scaling.iter_mut().zip(others) {
            let minutes = match policy.alarm.statistic {
                Statistic::Sum => policy.alarm.period_s / 60,
                _ => 1,
            };
            let at = value(&policy.alarm.metric, f64::from(levels[level]) * f64::from(times), shared_by);
            let is_share = policy.alarm.threshold <= 1.0;
            if !is_share {
                rethreshold(policy, policy.alarm.metric, at * f64::from(minutes));
            }
        }
        plan
    }
}
