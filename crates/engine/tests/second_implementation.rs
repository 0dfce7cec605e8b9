//! The loop against a plain second one, written from the rules alone: it ticks, keeps every datapoint in a list and
//! looks at all of them each minute.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::curve;
use engine::plan::{Launch, Plan, ScalableTarget, ScheduledAction};
use proptest::prelude::*;

const TICKS_PER_SECOND: u32 = 20;

struct Second {
    desired: Vec<u32>,
    in_service: Vec<u32>,
    metric: Vec<f64>,
    served: f64,
    failed: f64,
    late: f64,
    instance_s: f64,
}

fn rate(plan: &Plan, at_s: f64) -> f64 {
    let nodes = plan.demand.nodes();
    let after = nodes.iter().position(|node| node.at_s > at_s).unwrap();
    let (a, b) = (nodes[after - 1], nodes[after]);
    a.rps + (b.rps - a.rps) * (at_s - a.at_s) / (b.at_s - a.at_s)
}

/// One target-tracking policy, a fixed launch time, `Updating` blocks; alarms 3 of 3 and 15 of 15.
fn second(plan: &Plan) -> Second {
    let policy = plan.target_tracking[0];
    let Launch::Fixed(launch_s) = plan.fleet.launch else {
        unreachable!()
    };
    let (mut min, mut max) = (plan.scalable_target.min, plan.scalable_target.max);
    let mut in_service = plan.fleet.initial.clamp(min, max);
    // The change in progress: when it ends, and by how much.
    let mut change: Option<(u32, i64)> = None;
    let mut by_policy_out = false;
    let mut by_policy_in = false;
    let mut out_base: Option<u32> = None;
    let (mut out_until, mut in_until) = (0_u32, 0_u32);
    let (mut queue, mut sum) = (0.0, 0.0);
    let mut owed = false;
    let mut next_action = 0;
    let mut all = Second {
        desired: vec![],
        in_service: vec![],
        metric: vec![],
        served: 0.0,
        failed: 0.0,
        late: 0.0,
        instance_s: 0.0,
    };
    let dt = 1.0 / f64::from(TICKS_PER_SECOND);
    let total = plan.length_s * TICKS_PER_SECOND;
    for tick in 0..=total {
        let second = tick / TICKS_PER_SECOND;
        let whole_second = tick % TICKS_PER_SECOND == 0;
        if whole_second && change.is_some_and(|(end, _)| end == second) {
            let by = change.take().unwrap().1;
            let late_limit = plan.objective.late_s * plan.service.max_rps * f64::from(in_service);
            in_service = u32::try_from(i64::from(in_service) + by).unwrap();
            if by_policy_out {
                out_until = second + policy.scale_out_cooldown_s as u32;
            }
            if by_policy_in {
                in_until = second + policy.scale_in_cooldown_s as u32;
            }
            (by_policy_out, by_policy_in) = (false, false);
            let limit = plan.service.timeout_s * plan.service.max_rps * f64::from(in_service);
            if queue > limit {
                all.failed += queue - limit;
                // Those that had come late are failed now, not late.
                all.late -= (queue - limit.max(late_limit)).max(0.0);
                queue = limit;
            }
        }
        let desired = |in_service: u32, change: Option<(u32, i64)>| {
            u32::try_from(i64::from(in_service) + change.map_or(0, |(_, by)| by)).unwrap()
        };
        let start = |from: u32, to: u32| {
            let seconds = if to > from {
                launch_s as u32
            } else {
                plan.fleet.removal_s as u32
            };
            Some((second + seconds, i64::from(to) - i64::from(from)))
        };
        while whole_second
            && next_action < plan.scheduled_actions.len()
            && plan.scheduled_actions[next_action].at_s <= f64::from(second)
        {
            let action = plan.scheduled_actions[next_action];
            next_action += 1;
            let (new_min, new_max) = (action.min.unwrap_or(min), action.max.unwrap_or(max));
            if new_min <= new_max {
                (min, max) = (new_min, new_max);
                owed = true;
            }
            let now = desired(in_service, change);
            if owed && change.is_none() && now != now.clamp(min, max) {
                let to = now.clamp(min, max);
                change = start(now, to);
                if let Some(base) = &mut out_base {
                    *base = (i64::from(*base) + i64::from(to) - i64::from(now)).max(1) as u32;
                }
                owed = false;
            }
        }
        if tick > 0 && tick % (60 * TICKS_PER_SECOND) == 0 {
            all.metric.push(sum);
            sum = 0.0;
            let delay = (plan.assumptions.metric_delay_s / 60.0).ceil() as usize;
            let visible = &all.metric[..all.metric.len().saturating_sub(delay)];
            let newest = |count: usize, breaches: &dyn Fn(f64) -> bool| {
                visible.len() >= count
                    && visible[visible.len() - count..]
                        .iter()
                        .all(|&m| breaches(m))
            };
            let now = desired(in_service, change);
            if owed && change.is_none() {
                let to = now.clamp(min, max);
                if to != now {
                    change = start(now, to);
                    if let Some(base) = &mut out_base {
                        *base = (i64::from(*base) + i64::from(to) - i64::from(now)).max(1) as u32;
                    }
                }
                owed = false;
            }
            let now = desired(in_service, change);
            let cooling = by_policy_out || second < out_until;
            if change.is_none() && newest(3, &|m| m > policy.target) {
                let base = out_base.filter(|_| cooling).unwrap_or(now).min(now);
                let wanted = (f64::from(base) * visible[visible.len() - 1] / policy.target - 1e-9)
                    .ceil() as u32;
                let to = wanted.clamp(min, max);
                if to > now {
                    out_base = Some(base);
                    change = start(now, to);
                    by_policy_out = true;
                    in_until = 0;
                }
            } else if change.is_none()
                && newest(15, &|m| m < 0.9 * policy.target)
                && second >= in_until
            {
                let wanted = (f64::from(now) * visible[visible.len() - 1] / policy.target - 1e-9)
                    .ceil()
                    .max(0.0) as u32;
                let to = wanted.clamp(min, max);
                if to < now {
                    change = start(now, to);
                    by_policy_in = true;
                }
            }
            all.desired.push(desired(in_service, change));
            all.in_service.push(in_service);
        }
        if tick == total {
            break;
        }
        let arrivals = dt * rate(plan, (f64::from(tick) + 0.5) * dt);
        let capacity = f64::from(in_service) * plan.service.max_rps;
        sum += arrivals / f64::from(in_service);
        let limit = plan.service.timeout_s * capacity;
        let raw: f64 = queue + arrivals - capacity * dt;
        let next = raw.clamp(0.0, limit);
        let failed = (raw - limit).max(0.0);
        all.failed += failed;
        all.served += arrivals - failed - (next - queue);
        if 0.5 * (queue + next) / capacity > plan.objective.late_s {
            all.late += arrivals - failed;
        }
        queue = next;
        let launching = change.map_or(0, |(_, by)| by.max(0)) as f64;
        all.instance_s += dt * (f64::from(in_service) + launching);
    }
    all
}

prop_compose! {
    fn plan()(
        mut points in prop::collection::vec((0_u32..9000, 0.0..240.0_f64), 2..9),
        (min, more, initial) in (1_u32..5, 2_u32..12, 1_u32..8),
        target in 300.0..1100.0_f64,
        (launch, removal, delay) in (1_u32..600, 1_u32..120, 0_u32..190),
        (out, scale_in) in (0_u32..700, 0_u32..700),
        actions in prop::collection::vec((1_u32..9000, prop::option::of(1_u32..9), prop::option::of(3_u32..14)), 0..3),
    ) -> Plan {
        points.sort_by_key(|point| point.0);
        points.dedup_by_key(|point| point.0);
        let points: Vec<_> = points.iter().map(|&(at, rps)| (f64::from(at), rps)).collect();
        let mut plan = common::plan(&[curve(&points)], 9000);
        plan.scalable_target = ScalableTarget { min, max: min + more };
        plan.fleet.initial = initial;
        plan.fleet.launch = Launch::Fixed(f64::from(launch));
        plan.fleet.removal_s = f64::from(removal);
        plan.target_tracking[0].target = target;
        plan.target_tracking[0].scale_out_cooldown_s = f64::from(out);
        plan.target_tracking[0].scale_in_cooldown_s = f64::from(scale_in);
        plan.assumptions.metric_delay_s = f64::from(delay);
        plan.scheduled_actions = actions
            .iter()
            .enumerate()
            .map(|(index, &(at, min, max))| ScheduledAction { at_s: f64::from(at), index, min, max, desired: None })
            .collect();
        plan.scheduled_actions.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        plan
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_agree(plan in plan()) {
        let (run, second) = (engine::run(&plan), second(&plan));
        prop_assert_eq!(&run.series.desired, &second.desired);
        prop_assert_eq!(&run.series.in_service, &second.in_service);
        for (a, b) in run.series.invocations_per_instance.iter().zip(&second.metric) {
            prop_assert!((f64::from(*a) - b).abs() <= 1e-6 * b.max(1.0), "{a} {b}");
        }
        let t = &run.totals;
        let near = |a: f64, b: f64, within: f64| (a - b).abs() <= within * t.requests.max(100.0);
        prop_assert!(near(t.served, second.served, 2e-5), "served {} {}", t.served, second.served);
        prop_assert!(near(t.failed, second.failed, 2e-5), "failed {} {}", t.failed, second.failed);
        // Those who still wait at the end are not served, so not late either.
        let late = second.late.min(second.served);
        prop_assert!(near(t.late, late, 1e-3), "late {} {late}", t.late);
        prop_assert!((t.instance_s - second.instance_s).abs() < 1.0);
    }
}
