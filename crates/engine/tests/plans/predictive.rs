//! Random groups that scale by a forecast: history of none to more than counts.

use super::{corners, demand, group};
use engine::{
    demand::{Layer, Timeline},
    plan::{Metric, Plan, Predictive, PredictiveScaling},
};
use proptest::prelude::*;
use std::sync::Arc;

prop_compose! {
    /// Hours of history, each with a share of the most, much alike every day: none, a day or so, a week or so, more than counts.
    fn history()(
        day in prop::collection::vec(0.0..1.0_f32, 24),
        hours in prop_oneof![1 => Just(0_usize), 3 => 16_usize..32, 2 => 150_usize..180, 2 => 300_usize..400],
        noise in prop::collection::vec(0.7..1.3_f32, 400),
    ) -> Vec<f32> {
        (0..hours).map(|hour| day[hour % 24] * noise[hour]).collect()
    }
}

prop_compose! {
    /// A group that also scales by a forecast.
    pub fn predictive()(
        plan in group(),
        hours in 3_u32..7,
        history in history(),
        (share, cores) in (0.1..1.2_f64, prop::option::of(1_u32..5)),
        (buffer_s, max_capacity_buffer) in (0_u32..3600, prop::option::of(0.0..1.0_f64)),
        scales in prop::bool::weighted(0.9),
        times_capacity in 0.2..1.5_f64,
        corners in corners(),
    ) -> Plan {
        let mut plan = plan;
        plan.length_s = 3600 * hours;
        let most_rps = times_capacity * f64::from(plan.scalable_target.max) * plan.service.max_rps;
        let corners = corners.into_iter().map(|(at, share, jump)| (at * 4, share, jump));
        plan.demand = demand(corners.collect(), most_rps, plan.length_s);
        let counts: Arc<[u32]> = history.iter().map(|share| (share * 1e6) as u32).collect();
        let length_s = 3600 * counts.len() as u32;
        let requests_per_count = most_rps * 3600.0 / 1e6;
        let history = Layer::Steps { start_s: 0.0, step_s: 3600.0, counts, requests_per_count };
        let history = match length_s {
            0 => Timeline::compile(&[], 0),
            _ => Timeline::compile(&[history], length_s),
        };
        let (metric, at_full_speed) = match cores {
            None => (Metric::InvocationsPerInstance, 60.0 * plan.service.max_rps),
            Some(cores) => {
                let most_percent = 100.0 * f64::from(cores);
                let percent_s_per_request = most_percent / plan.service.max_rps;
                (Metric::Utilization { percent_s_per_request, most_percent }, most_percent / 1.2)
            }
        };
        let policy = PredictiveScaling {
            index: 9,
            metric,
            target: share * at_full_speed,
            scales,
            scheduling_buffer_s: f64::from(buffer_s),
            max_capacity_buffer,
        };
        if let Some(group) = plan.resource.group_mut() {
            group.predictive = Some(Arc::new(Predictive { policies: vec![policy], history }));
        }
        plan
    }
}
