//! Random plans of each platform, with whatever happens on the grid of the second engine's steps, and launch times that are not
//! drawn.

use super::{
    common::{alarm, curve, one_more, random},
    traffic::PER_SECOND,
};
use engine::{
    demand::{Layer, Timeline},
    plan::{
        BacklogMetric, Comparison, Consolidation, Hosts, Launch, Metric, MetricAlarm, OnDemand,
        Overflow, Placement, Plan, Predictive, PredictiveScaling, ScalableTarget, ScheduledAction,
        Statistic, StepScaling, SuspendedState, TargetTracking, WarmPool,
    },
};
use proptest::prelude::*;
use std::sync::Arc;

/// Moments and rates of demand, as shares of the most; some jump.
type Corners = Vec<(u32, f64, Option<f64>)>;

fn corners() -> impl Strategy<Value = Corners> {
    let share = || prop_oneof![1 => Just(0.0), 6 => 0.0..1.0_f64];
    let jump = prop::option::weighted(0.3, share());
    prop::collection::vec((0_u32..720_000, share(), jump), 2..10)
}

/// Demand through such corners.
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
    Timeline::compile(&[curve(&points)], length_s)
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

prop_compose! {
    /// An Auto Scaling group.
    pub fn group()(
        base in random::group_plan(),
        variant in variant(),
        rush in prop::option::weighted(0.4, (300_u32..3000, 20_u32..60)),
    ) -> Plan {
        let mut plan = variant;
        plan.pacing = base.pacing;
        plan.fleet.warm_pool = base.fleet.warm_pool.map(|pool| WarmPool {
            launch_s: pool.launch_s.max(1.0),
            ..pool
        });
        for (action, by) in plan.scheduled_actions.iter_mut().zip(base.scheduled_actions) {
            action.desired = by.desired;
        }
        // Two changes one soon after the other.
        if let Some((at_s, apart_s)) = rush {
            let action = |index, at_s, desired| ScheduledAction {
                at_s: f64::from(at_s),
                index,
                min: None,
                max: None,
                desired: Some(desired),
            };
            let max = plan.scalable_target.max;
            plan.scheduled_actions.extend([
                action(20, at_s, max / 2 + 1),
                action(21, at_s + apart_s, max),
            ]);
            plan.scheduled_actions.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        }
        // Simple scaling, one adjustment wherever the metric lies.
        if let Some(by) = base.step_scaling.first().filter(|by| by.is_simple) {
            plan.step_scaling = vec![by.clone()];
        }
        plan
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

fn backlog_metric() -> impl Strategy<Value = Metric> {
    prop_oneof![
        6 => Just(Metric::Backlog(BacklogMetric::SizePerInstance)),
        3 => Just(Metric::Backlog(BacklogMetric::Size)),
        1 => Just(Metric::Unpublished),
    ]
}

prop_compose! {
    /// An asynchronous endpoint, mostly from and to zero, often with a step policy that wakes it.
    pub fn asynchronous()(
        plan in variant(),
        metrics in prop::collection::vec((backlog_metric(), 0.5..300.0_f64), 8),
        (ttl_s, late_s) in (60_u32..3000, 1.0..900.0_f64),
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
        plan.service.shared_queue = true;
        plan.service.queue_limit_per_instance = None;
        (plan.service.timeout_s, plan.objective.late_s) = (f64::from(ttl_s), late_s);
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
                metric: Metric::Backlog(BacklogMetric::WithoutCapacity),
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
        plan.overflow = Overflow::OnDemand(OnDemand {
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
                metric: Metric::NoCapacityInvocationFailures,
                evaluation_periods: datapoints,
                datapoints_to_alarm: datapoints,
                ..alarm(Comparison::GreaterThanThreshold, 1.0)
            };
            plan.step_scaling.push(one_more(40, alarm, 60.0));
        }
        let hosts = Hosts {
            copies_per_instance,
            copy_start_s: f64::from(start_s),
            min,
            max: (min + more).max(1),
            placement: if is_spread { Placement::Spread } else { Placement::BinPack },
            idle_s: f64::from(idle_s),
            consolidation: consolidation.map(|(minutes, step)| Consolidation {
                cooldown_s: 60.0 * f64::from(minutes),
                step,
            }),
        };
        plan.fleet.hosts = Some(hosts);
        if shrinks {
            shrink(&mut plan, hosts);
        }
        plan
    }
}

/// Nine copies, spread out, become four: what is left can be moved together.
fn shrink(plan: &mut Plan, hosts: Hosts) {
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
    plan.fleet.hosts = Some(Hosts {
        max: 12,
        copies_per_instance: hosts.copies_per_instance.max(2),
        placement: Placement::Spread,
        consolidation: hosts.consolidation.or(Some(Consolidation {
            cooldown_s: 300.0,
            step: 2,
        })),
        ..hosts
    });
}

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
        let rates: Vec<f32> = history.iter().map(|share| share * most_rps as f32).collect();
        let length_s = 3600 * rates.len() as u32;
        let history = match length_s {
            0 => Timeline::compile(&[], 0),
            _ => Timeline::compile(&[Layer::Steps { start_s: 0.0, step_s: 3600.0, rps: rates.into() }], length_s),
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
        plan.predictive = Some(Arc::new(Predictive { policies: vec![policy], history }));
        plan
    }
}
