//! The engine against a plain second one, written from the rules alone and sharing no code with it: it goes a hundredth of a
//! second at a time, keeps every datapoint in a list and asks everybody every minute.
//!
//! Demand bends, actions fire and instances come and go on the grid of its steps. So what it adds up is exact but where
//! demand crosses capacity within a step, and such steps it splits.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod alarms;
#[path = "../common/mod.rs"]
mod common;
mod control;
mod traffic;

use alarms::{Point, Seen};
use common::{curve, random};
use control::Control;
use engine::{
    demand::Timeline,
    plan::{Launch, Plan},
    run::{AlarmState, Cause, Direction, Run},
};
use proptest::prelude::*;
use traffic::{Minute, PER_SECOND, Traffic};

const STEPS_PER_MINUTE: u32 = 60 * PER_SECOND;

/// What the second engine gives; a value per minute.
#[derive(Default)]
struct Second {
    desired: Vec<u32>,
    in_service: Vec<u32>,
    pending: Vec<u32>,
    bounds: Vec<(u32, u32)>,
    alarms: Vec<Vec<Seen>>,
    queue: Vec<f64>,
    flow: Vec<Minute>,
    metric: Vec<f64>,
    /// Hundredths of a second times instances, paid for and in service.
    paid_steps: u64,
    in_service_steps: u64,
}

fn second(plan: &Plan) -> Second {
    let mut control = Control::new(plan);
    let mut traffic = Traffic::new(plan, control.in_service);
    let delay = (plan.assumptions.metric_delay_s / 60.0).ceil() as usize;
    let mut points: Vec<Point> = Vec::new();
    let mut all = Second::default();
    control.happen(0);
    traffic.set_instances(control.in_service);
    for step in 0..plan.length_s * PER_SECOND {
        traffic.step(step);
        all.paid_steps += u64::from(control.in_service + control.pending());
        let next = step + 1;
        if next % PER_SECOND != 0 {
            continue;
        }
        let now_s = next / PER_SECOND;
        control.happen(now_s);
        traffic.set_instances(control.in_service);
        if next % STEPS_PER_MINUTE != 0 {
            continue;
        }
        let minute = std::mem::take(&mut traffic.minute);
        let instances = minute.in_service_steps as f64 / f64::from(STEPS_PER_MINUTE);
        points.push(Point {
            arrived: minute.per_instance,
            served: minute.served / instances,
        });
        let visible = &points[..points.len().saturating_sub(delay)];
        control.evaluate(now_s, visible);
        traffic.set_instances(control.in_service);
        all.desired.push(control.desired());
        all.in_service.push(control.in_service);
        all.pending.push(control.pending());
        all.bounds.push((control.min, control.max));
        all.alarms.push(control.seen(visible));
        all.queue.push(traffic.queue);
        all.metric.push(minute.per_instance);
        all.flow.push(minute);
        all.in_service_steps += minute.in_service_steps;
    }
    all
}

prop_compose! {
    /// Everything on, with whatever happens on the grid.
    fn plan()(
        mut plan in random::plan(),
        hours in 1_u32..3,
        points in prop::collection::vec((0_u32..720_000, 0.0..1.0_f64, prop::option::weighted(0.3, 0.0..1.0_f64)), 2..10),
        times_capacity in 0.1..3.0_f64,
        removal_s in 1_u32..120,
    ) -> Plan {
        plan.length_s = hours * 3600;
        // As much as the fleet can serve, and more.
        let most_rps = times_capacity * f64::from(plan.scalable_target.max) * plan.service.max_rps;
        let mut points = points;
        points.sort_by_key(|point| point.0);
        points.dedup_by_key(|point| point.0);
        let corners: Vec<(f64, f64)> = points
            .iter()
            .flat_map(|&(at, share, jump)| {
                let at_s = f64::from(at) / f64::from(PER_SECOND);
                std::iter::once(share).chain(jump).map(move |share| (at_s, share * most_rps))
            })
            .collect();
        plan.demand = Timeline::compile(&[curve(&corners)], plan.length_s);
        plan.fleet.removal_s = f64::from(removal_s);
        let launch_s = match plan.fleet.launch {
            Launch::Fixed(launch_s) => launch_s,
            Launch::Range { from_s, .. } => from_s,
        };
        plan.fleet.launch = Launch::Fixed(launch_s.round().max(1.0));
        plan
    }
}

/// What the log says of alarms is what they had seen then.
fn check_log(plan: &Plan, run: &Run, second: &Second) -> Result<(), TestCaseError> {
    let tracked = plan.target_tracking.len();
    for activity in &run.activities {
        let Cause::Policy(decision) = activity.cause else {
            continue;
        };
        let place = match decision.direction {
            Direction::Out if decision.policy < tracked => 2 * decision.policy,
            Direction::In if decision.policy < tracked => 2 * decision.policy + 1,
            _ => tracked + decision.policy,
        };
        let seen = second.alarms[(activity.start_s / 60.0) as usize - 1][place];
        prop_assert_eq!(seen.state, AlarmState::Alarm);
        prop_assert_eq!(seen.since_s, decision.alarm_since_s);
        prop_assert_eq!(seen.breaching, decision.breaching, "{:?}", activity);
        if let Some(value) = seen.value {
            prop_assert!(near(decision.metric, value, value), "{activity:?} {value}");
        }
    }
    Ok(())
}

/// Within a millionth.
fn near(a: f64, b: f64, of: f64) -> bool {
    (a - b).abs() <= 1e-6 * of.max(1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_agree(plan in plan()) {
        let (run, second) = (engine::run(&plan), second(&plan));
        let s = &run.series;
        prop_assert_eq!(&s.desired, &second.desired);
        prop_assert_eq!(&s.in_service, &second.in_service);
        prop_assert_eq!(&s.pending, &second.pending);
        for (minute, bounds) in second.bounds.iter().enumerate() {
            let end_s = 60.0 * (minute as f64 + 1.0);
            let now = run.fleet.iter().rev().find(|change| change.at_s <= end_s).unwrap();
            prop_assert_eq!((now.min, now.max), *bounds);
        }
        for (place, alarm) in s.alarms.iter().enumerate() {
            let states: Vec<_> = second.alarms.iter().map(|minute| minute[place].state).collect();
            prop_assert_eq!(&alarm.states, &states, "alarm {}", place);
        }
        check_log(&plan, &run, &second)?;
        for (minute, flow) in second.flow.iter().enumerate() {
            let of = flow.arrived.max(second.queue[minute]);
            for (name, got, want, of) in [
                ("demand", s.demand_rps[minute], flow.arrived / 60.0, of),
                ("served", s.served_rps[minute], flow.served / 60.0, of),
                ("failed", s.failed_rps[minute], flow.failed / 60.0, of),
                ("queue", s.queue[minute], second.queue[minute], of),
                ("metric", s.invocations_per_instance[minute], second.metric[minute], flow.per_instance),
            ] {
                prop_assert!(near(f64::from(got), want, of), "{name} of minute {minute}: {got} {want}");
            }
        }
        let sum = |of: fn(&Minute) -> f64| second.flow.iter().map(of).sum::<f64>();
        let (t, arrived) = (&run.totals, sum(|minute| minute.arrived));
        let instance_s = second.paid_steps as f64 / f64::from(PER_SECOND);
        let served = sum(|minute| minute.served);
        for (name, got, want, of) in [
            ("requests", t.requests, arrived, arrived),
            ("served", t.served, served, served),
            ("failed", t.failed, sum(|minute| minute.failed), arrived),
            ("late", t.late, sum(|minute| minute.late).clamp(0.0, served), arrived),
            ("queued", t.queued_at_end, *second.queue.last().unwrap(), arrived),
            ("instance_s", t.instance_s, instance_s, instance_s),
            ("in_service_s", t.in_service_s, second.in_service_steps as f64 / f64::from(PER_SECOND), instance_s),
            ("cost", t.cost_usd, instance_s * plan.usd_per_hour / 3600.0, t.cost_usd),
        ] {
            prop_assert!(near(got, want, of), "{name}: {got} {want}");
        }
    }
}
