//! Random plans of each platform, with whatever happens on the grid of the second engine's steps, and launch times that are not
//! drawn. Here are variants, from which the others are made. Shared by the tests that run every kind of plan.

mod asynchronous;
mod capacity;
mod component;
mod counted;
mod credits;
mod failures;
mod group;
mod missing_metric;
mod predictive;
mod retries;
mod serverless;
mod slow;

use super::common::{curve, random};
use engine::{
    demand::{Layer, NoiseFactor, Timeline},
    plan::{Launch, Metric, Plan, Statistic, StepScaling, SuspendedState, TargetTracking},
};
use proptest::prelude::*;

pub use asynchronous::asynchronous;
pub use capacity::short;
pub use component::component;
pub use counted::counted;
pub use credits::{failing_on_credits, on_credits};
pub use failures::failing;
pub use group::group;
pub use missing_metric::missing_metric;
pub use predictive::predictive;
pub use retries::retried;
pub use serverless::serverless;
pub use slow::slow;

/// Demand bends on a grid of hundredths of a second.
pub const PER_SECOND: u32 = 100;

/// Moments and rates of demand, as shares of the most; some jump.
type Corners = Vec<(u32, f64, Option<f64>)>;

fn corners() -> impl Strategy<Value = Corners> {
    let share = || prop_oneof![1 => Just(0.0), 6 => 0.0..1.0_f64];
    let jump = prop::option::weighted(0.3, share());
    prop::collection::vec((0_u32..720_000, share(), jump), 2..10)
}

/// Demand through such corners, of every third with noise: other draws would change all after them.
fn demand(mut corners: Corners, most_rps: f64, length_s: u32) -> Timeline {
    corners.sort_by_key(|corner| corner.0);
    corners.dedup_by_key(|corner| corner.0);
    let points: Vec<(f64, f64)> = corners
        .iter()
        .flat_map(|&(at, share, jump)| {
            let at_s = f64::from(at) / f64::from(PER_SECOND);
            std::iter::once(share)
                .chain(jump)
                .map(move |share| (at_s, share * most_rps))
        })
        .collect();
    let seed = corners.first().map_or(0, |corner| u64::from(corner.0));
    let noise = Layer::Noise {
        share: 0.1,
        seed,
        factor: NoiseFactor::ConstantWithinMinutes,
    };
    let mut layers = vec![curve(&points)];
    layers.extend(seed.is_multiple_of(3).then_some(noise));
    Timeline::compile(&layers, length_s)
}

/// Something is suspended in few plans.
fn suspended() -> impl Strategy<Value = SuspendedState> {
    let is = || prop::bool::weighted(0.05);
    (is(), is(), is()).prop_map(|(scale_in, scale_out, scheduled)| SuspendedState {
        scale_in,
        scale_out,
        scheduled,
    })
}

/// Onto the grid.
fn on_grid(plan: &mut Plan, removal_s: u32) {
    plan.fleet.removal_s = f64::from(removal_s);
    let launch_s = match plan.fleet.launch {
        Launch::Fixed(launch_s) => launch_s,
        Launch::Range { from_s, .. } => from_s,
    };
    plan.fleet.launch = Launch::Fixed(launch_s.round().max(1.0));
}

prop_compose! {
    /// A variant with everything on.
    pub fn variant()(
        mut plan in random::plan(),
        hours in 1_u32..3,
        corners in corners(),
        times_capacity in 0.1..3.0_f64,
        removal_s in 1_u32..120,
        suspended in suspended(),
    ) -> Plan {
        plan.length_s = hours * 3600;
        // As much as the fleet can serve, and more.
        let most_rps = times_capacity * f64::from(plan.scalable_target.max) * plan.service.max_rps;
        plan.demand = demand(corners, most_rps, plan.length_s);
        plan.suspended = suspended;
        on_grid(&mut plan, removal_s);
        plan
    }
}

/// What a policy by ten seconds draws: whether it is one, an alarm's period, and a share of what is in flight at full speed.
type Fine = (bool, u32, f64);

fn fine() -> impl Strategy<Value = Vec<Fine>> {
    let period_s = prop::sample::select(vec![10, 20, 30, 60, 120]);
    prop::collection::vec((prop::bool::weighted(0.7), period_s, 0.05..1.5_f64), 8)
}

prop_compose! {
    /// The same with policies by ten seconds. Chance makes nobody wait: instances are so large that this is far below a
    /// millionth of a request's time, so that latency is no part of the comparison.
    pub fn ten_seconds()(
        plan in variant(),
        fine in fine(),
        (p50_ms, ratio) in (40e3..60e3_f64, 1.0..2.5_f64),
        delay_s in prop::sample::select(vec![0.0, 5.0, 10.0, 30.0, 60.0, 95.0]),
    ) -> Plan {
        let mut plan = plan;
        let times = 1e13 / plan.service.max_rps;
        let nodes = plan.demand.nodes().iter().map(|node| (node.at_s, node.rps * times));
        plan.demand = Timeline::compile(&[curve(&nodes.collect::<Vec<_>>())], plan.length_s);
        let service = &mut plan.service;
        (service.max_rps, service.p50_ms, service.p95_ms) = (1e13, p50_ms, p50_ms * ratio);
        service.queue_limit_per_instance = service.queue_limit_per_instance.map(|limit| limit * 1e12);
        plan.assumptions.metric_delay_s = delay_s;
        let mean_s = engine::idle_s(p50_ms, p50_ms * ratio);
        let at_full_speed = 1e13 * mean_s;
        let metric = Metric::ConcurrentRequests { idle_s: mean_s };
        let (some, others) = fine.split_at(4);
        for (policy, &(is_fine, _, share)) in plan.target_tracking.iter_mut().zip(some) {
            if is_fine {
                (policy.metric, policy.target) = (metric, share * at_full_speed);
            } else {
                grow(&mut policy.metric, &mut policy.target, times);
            }
        }
        for (policy, &(is_fine, period_s, share)) in plan.step_scaling.iter_mut().zip(others) {
            let before = policy.alarm.threshold;
            if is_fine {
                policy.alarm.metric = metric;
                policy.alarm.period_s = period_s;
                policy.alarm.threshold = share * at_full_speed;
                if policy.alarm.statistic == Statistic::Sum {
                    policy.alarm.threshold *= f64::from(period_s / 10);
                }
            } else {
                grow(&mut policy.alarm.metric, &mut policy.alarm.threshold, times);
            }
            let by = policy.alarm.threshold / before;
            for step in &mut policy.steps {
                (step.lower, step.upper) = (step.lower * by, step.upper * by);
            }
        }
        plan
    }
}

/// A metric of instances that are so many times as fast.
fn grow(metric: &mut Metric, value: &mut f64, times: f64) {
    match metric {
        Metric::Utilization {
            percent_s_per_request,
            ..
        } => *percent_s_per_request /= times,
        _ => *value *= times,
    }
}

/// Puts a target-tracking policy on another metric.
fn retarget(policy: &mut TargetTracking, metric: Metric, target: f64) {
    (policy.metric, policy.target) = (metric, target);
}

/// The same of a step policy, whose steps move along.
fn rethreshold(policy: &mut StepScaling, metric: Metric, value: f64) {
    let by = value / policy.alarm.threshold;
    (policy.alarm.metric, policy.alarm.threshold) = (metric, value);
    for step in &mut policy.steps {
        (step.lower, step.upper) = (step.lower * by, step.upper * by);
    }
}
