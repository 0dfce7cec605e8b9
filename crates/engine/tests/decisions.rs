//! What holds for every decision of every plan, all policies on: bounds, cooldowns, the sum behind each, and that no fleet
//! runs away while its instances start. Read off the log alone, as a person would check it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::random::{any_plan, cooldown_s, group_plan, plan};
use engine::{
    demand::Timeline,
    plan::{AdjustmentType, Plan},
    run::{Activity, Cause, Decision, Direction, NotScaledReason, Outcome, Rule, Run},
};
use proptest::prelude::*;

/// Activities that changed capacity.
fn changes(run: &Run) -> Vec<&Activity> {
    run.activities.iter().filter(|a| a.from != a.to).collect()
}

fn decision(activity: &Activity) -> Option<Decision> {
    match activity.cause {
        Cause::Policy(decision) => Some(decision),
        Cause::Scheduled { .. } | Cause::Predictive(_) | Cause::Replacement(_) => None,
    }
}

/// What a policy's rule makes of a base, worked out anew.
fn wanted(plan: &Plan, decision: &Decision) -> u32 {
    let base = f64::from(decision.base);
    match decision.rule {
        Rule::TargetTracking { target } => (base * decision.metric / target - 1e-9).ceil() as u32,
        Rule::StepScaling(None) => decision.base,
        Rule::StepScaling(Some(step)) => {
            let policies = &plan.step_scaling;
            let policy = policies
                .iter()
                .find(|p| p.index == decision.policy)
                .unwrap();
            assert!(policy.steps.contains(&step.step));
            let distance = decision.metric - decision.threshold;
            assert!(step.step.lower <= distance && distance <= step.step.upper);
            let by = f64::from(step.step.adjustment);
            let change = match step.adjustment_type {
                AdjustmentType::ChangeInCapacity => by,
                AdjustmentType::ExactCapacity => by - base,
                AdjustmentType::PercentChangeInCapacity if by == 0.0 => 0.0,
                AdjustmentType::PercentChangeInCapacity => {
                    let least = f64::from(policy.min_adjustment_magnitude.max(1));
                    (base * by.abs() / 100.0).floor().max(least).copysign(by)
                }
            };
            (base + change).max(0.0) as u32
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fleet_keeps_its_bounds(plan in any_plan()) {
        let run = engine::run(&plan);
        prop_assert_eq!(run.fleet[0].at_s, 0.0);
        for pair in run.fleet.windows(2) {
            prop_assert!(pair[0].at_s < pair[1].at_s);
        }
        let waiting = run.activities.iter().filter(|activity| matches!(
            (activity.cause, activity.outcome),
            (Cause::Scheduled { .. }, Outcome::NotScaled(NotScaledReason::TargetServicePutResourceAsUnscalable { .. }))
        ));
        let waiting: Vec<_> = waiting.map(|activity| (activity.start_s, activity.end_s.unwrap() + 60.0)).collect();
        for change in &run.fleet {
            // New bounds may have to wait for an endpoint that is `Updating`.
            let waits = waiting.iter().any(|(from, until)| (*from..=*until).contains(&change.at_s));
            prop_assert!(waits || (change.min <= change.desired && change.desired <= change.max), "{change:?}");
            prop_assert!(plan.resource.health().is_some() || change.in_service >= 1);
        }
        for activity in &run.activities {
            let by_the_clock = !matches!(activity.cause, Cause::Policy(_));
            prop_assert_eq!(
                activity.from == activity.to,
                matches!(activity.outcome, Outcome::NotScaled(_)) || (by_the_clock && activity.from == activity.to)
            );
            if let Some(end_s) = activity.end_s {
                prop_assert!(end_s >= activity.start_s);
            } else {
                prop_assert_eq!(activity.outcome, Outcome::InProgress);
            }
        }
    }

    #[test]
    fn every_decision_is_the_sum_that_it_shows(plan in plan()) {
        let run = engine::run(&plan);
        for activity in &run.activities {
            let Some(decision) = decision(activity) else { continue };
            prop_assert!(decision.breaching <= decision.datapoints && decision.alarm_since_s <= activity.start_s);
            prop_assert_eq!(decision.wanted, wanted(&plan, &decision));
            let tracks = matches!(decision.rule, Rule::TargetTracking { .. });
            let bounded = decision.wanted.clamp(decision.min, decision.max);
            match decision.direction {
                Direction::Out => {
                    prop_assert!(decision.base <= activity.from);
                    prop_assert!(!tracks || decision.metric > decision.threshold);
                    if activity.to != activity.from {
                        prop_assert!(activity.to > activity.from);
                        prop_assert_eq!(activity.to, bounded);
                    }
                }
                Direction::In => {
                    prop_assert_eq!(decision.base, activity.from);
                    prop_assert!(!tracks || decision.metric < decision.threshold);
                    if activity.to != activity.from {
                        prop_assert!(activity.to < activity.from);
                        let most = plan.assumptions.max_scale_in_step.filter(|_| tracks);
                        let least = most.map_or(0, |most| activity.from.saturating_sub(most));
                        prop_assert_eq!(activity.to, bounded.max(least));
                    }
                }
            }
        }
    }

    #[test]
    fn cooldowns_are_kept(plan in plan()) {
        let run = engine::run(&plan);
        let changes = changes(&run);
        for (i, activity) in changes.iter().enumerate() {
            let Some(now) = decision(activity) else { continue };
            let earlier = &changes[..i];
            if plan.assumptions.updating_blocks {
                prop_assert!(earlier.iter().all(|other| other.end_s.is_some_and(|end_s| end_s <= activity.start_s)));
            }
            // A scale-in keeps the cooldown of the last one, unless a scale-out came between.
            let last = earlier.iter().rev().find_map(|other| Some((other, decision(other)?)));
            if let Some((other, before)) = last
                && now.direction == Direction::In
                && before.direction == Direction::In
            {
                let cooldown_s = cooldown_s(&plan, before.policy, false);
                prop_assert!(activity.start_s >= other.end_s.unwrap() + cooldown_s);
            }
        }
    }

    /// In a group nothing scales in but simple scaling while instances launch, and that waits for its own cooldown.
    #[test]
    fn a_group_waits_for_what_launches(plan in group_plan()) {
        let run = engine::run(&plan);
        let changes = changes(&run);
        let is_simple = |decision: &Decision| plan.step_scaling.iter().any(|p| p.index == decision.policy && p.is_simple);
        for (i, activity) in changes.iter().enumerate() {
            let Some(now) = decision(activity) else { continue };
            for other in &changes[..i] {
                let is_done = other.end_s.is_some_and(|end_s| end_s <= activity.start_s);
                let launches = other.to > other.from;
                prop_assert!(is_done || !(is_simple(&now) || launches && now.direction == Direction::In), "{activity:?} {other:?}");
                if let Some(before) = decision(other).filter(|before| is_simple(before) && is_simple(&now)) {
                    let cooldown_s = cooldown_s(&plan, before.policy, launches);
                    prop_assert!(activity.start_s >= other.end_s.unwrap() + cooldown_s);
                }
            }
        }
    }

    /// Predictive scaling never scales in, goes beyond MaxCapacity only where it may, and nobody scales in below its forecast.
    #[test]
    fn what_is_forecast_holds(plan in group_plan()) {
        let run = engine::run(&plan);
        let Some(policy) = plan.resource.predictive().map(|predictive| predictive.policies[0]) else {
            return Ok(());
        };
        let forecast = |at_s: f64| {
            let hour = run.forecasts[0].hours.iter().rfind(|hour| hour.at_s <= at_s);
            hour.map_or(0, |hour| hour.capacity)
        };
        for activity in &run.activities {
            if let Cause::Predictive(prediction) = activity.cause {
                prop_assert!(activity.to >= activity.from && activity.to <= prediction.max);
                prop_assert!(policy.scales || activity.to == activity.from);
                prop_assert!(policy.max_capacity_buffer.is_some() || !prediction.raises_max);
                prop_assert!(activity.to == activity.from || activity.to == prediction.capacity.min(prediction.max));
                prop_assert_eq!(prediction.capacity, forecast(prediction.hour_s));
                let at_max = activity.outcome == Outcome::NotScaled(NotScaledReason::AlreadyAtMaxCapacity);
                prop_assert!(!at_max || prediction.capacity > activity.from);
                let before = run.fleet.iter().rfind(|change| change.at_s < activity.start_s);
                let by_the_clock = plan.scheduled_actions.iter().any(|action| action.at_s == activity.start_s);
                if let Some(before) = before.filter(|_| !by_the_clock) {
                    prop_assert_eq!(prediction.raises_max, prediction.max > before.max);
                }
            }
            let Some(now) = decision(activity) else { continue };
            prop_assert!(policy.scales || !now.min_is_forecast);
            if policy.scales && now.direction == Direction::In {
                let held = forecast(activity.start_s).min(activity.from).min(now.max);
                prop_assert!(activity.to >= held, "{activity:?} below {held}");
            }
        }
    }

    /// However long instances take to launch: while they do, and until the cooldown after it is over, every scale-out is
    /// worked out from the capacity before the first of them. So desired capacity never exceeds what one activity gives.
    #[test]
    fn the_fleet_does_not_run_away(plan in plan()) {
        let run = engine::run(&plan);
        // The base, and until when it holds.
        let mut chain: Option<(u32, f64)> = None;
        for activity in &run.activities {
            let Some(now) = decision(activity) else {
                // What the clock added or took was not added by a policy: the base moves along.
                if let Some((base, _)) = &mut chain {
                    *base = (*base + activity.to).saturating_sub(activity.from).max(1);
                }
                continue;
            };
            let held = chain.filter(|(_, until_s)| activity.start_s < *until_s);
            if now.direction == Direction::Out {
                if let Some((base, _)) = held {
                    prop_assert!(now.base <= base, "{activity:?} from more than {base} in {:#?}", run.activities);
                }
                if activity.to > activity.from {
                    let cooldown_s = cooldown_s(&plan, now.policy, true);
                    let until_s = activity.end_s.map_or(f64::INFINITY, |end_s| end_s + cooldown_s);
                    chain = Some((now.base, until_s));
                }
            }
        }
    }

    /// The same, as it looks from outside: demand that steps up once never gets more than it needs.
    #[test]
    fn a_step_of_demand_gets_what_it_needs(plan in plan(), from in 1.0..50.0_f64, factor in 1.0..8.0_f64) {
        let target = 60.0;
        let mut plan = plan;
        // A step that stays: what it needs is known.
        plan.demand = Timeline::compile(&[common::curve(&[(0.0, from), (1800.0, from), (1800.0, from * factor)])], plan.length_s);
        plan.scheduled_actions.clear();
        plan.step_scaling.clear();
        plan.target_tracking.truncate(1);
        for policy in &mut plan.target_tracking {
            policy.metric = engine::plan::Metric::InvocationsPerInstance;
            policy.target = target;
            policy.scale_out_cooldown_s = 300.0;
        }
        plan.assumptions.alarm_low_factor = 0.9;
        plan.assumptions.metric_delay_s = plan.assumptions.metric_delay_s.min(120.0);
        plan.scalable_target.max = 5000;
        let run = engine::run(&plan);
        let most = run.fleet.iter().map(|change| change.desired).max().unwrap();
        let start = plan.fleet.initial.max(plan.scalable_target.min);
        let needed = (from * factor).ceil() as u32 + 1;
        prop_assert!(most <= needed.max(start), "{most} instead of {needed}");
    }
}
