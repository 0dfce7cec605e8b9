//! Two runs, held against each other: every decision must be the same, every sum the same to a millionth.

use super::{
    log::{Activity, By},
    metrics::{Point, Visible},
    second::Second,
    traffic::Flow,
};
use engine::{
    plan::{Metric, Plan},
    run::{AlarmState, Cause, Outcome, Run},
};
use proptest::prelude::*;

type Checked = Result<(), TestCaseError>;

/// Within a millionth.
fn near(got: f64, want: f64, of: f64) -> bool {
    (got - want).abs() <= 1e-6 * of.abs().max(1e-6)
}

/// The first minute in which two columns differ.
fn same<T: PartialEq + std::fmt::Debug>(name: &str, got: &[T], want: &[T]) -> Checked {
    let place = (0..got.len().max(want.len())).find(|&i| got.get(i) != want.get(i));
    match place {
        None => Ok(()),
        Some(i) => Err(TestCaseError::fail(format!(
            "{name} of minute {i}: {:?}, and should be {:?}",
            got.get(i),
            want.get(i)
        ))),
    }
}

pub fn check(plan: &Plan, run: &Run, second: &Second) -> Checked {
    check_log(run, &second.log)?;
    let s = &run.series;
    same("desired", &s.desired, &second.desired)?;
    same("in service", &s.in_service, &second.in_service)?;
    same("pending", &s.pending, &second.pending)?;
    if plan.fleet.hosts.is_some() {
        same("instances", &s.instances, &second.paid)?;
    }
    for (minute, bounds) in second.bounds.iter().enumerate() {
        let end_s = 60.0 * (minute as f64 + 1.0);
        let now = run
            .fleet
            .iter()
            .rev()
            .find(|change| change.at_s <= end_s)
            .unwrap();
        prop_assert_eq!((now.min, now.max), *bounds, "bounds of minute {}", minute);
    }
    for (place, alarm) in s.alarms.iter().enumerate() {
        let states: Vec<AlarmState> = (second.alarms.iter())
            .map(|minute| minute[place].state)
            .collect();
        same(&format!("alarm {place}"), &alarm.states, &states)?;
    }
    check_flow(plan, run, second)?;
    check_metric(plan, run, second)?;
    check_totals(plan, run, second)
}

/// Every change of capacity: when, from, to, by whom, why, and what became of it.
fn check_log(run: &Run, log: &[Activity]) -> Checked {
    let mut changes = run
        .activities
        .iter()
        .filter(|activity| activity.from != activity.to);
    for want in log {
        let Some(got) = changes.next() else {
            return Err(TestCaseError::fail(format!("there should be {want:?}")));
        };
        let told = format!("{got:?}\nshould be {want:?}");
        prop_assert_eq!(got.start_s, f64::from(want.start_s), "{}", told);
        prop_assert_eq!((got.from, got.to), (want.from, want.to), "{}", told);
        prop_assert_eq!(got.end_s, want.end_s.map(f64::from), "{}", told);
        let outcome = match want.end_s {
            None => Outcome::InProgress,
            Some(_) if want.is_overridden => Outcome::Overridden,
            Some(_) => Outcome::Successful,
        };
        prop_assert_eq!(got.outcome, outcome, "{}", told);
        match (got.cause, want.by) {
            (Cause::Policy(got), By::Policy(answer, seen, bounds)) => {
                prop_assert_eq!(got.policy, answer.policy, "{}", told);
                prop_assert_eq!(got.direction, answer.direction, "{}", told);
                prop_assert_eq!(
                    (got.base, got.wanted),
                    (answer.base, answer.wanted),
                    "{}",
                    told
                );
                prop_assert_eq!((got.min, got.max), bounds, "{}", told);
                prop_assert_eq!(got.breaching, seen.breaching, "{}", told);
                prop_assert_eq!(got.alarm_since_s, f64::from(seen.since_s), "{}", told);
                let of = answer.metric.max(0.1 * got.threshold);
                prop_assert!(near(got.metric, answer.metric, of), "{}", told);
            }
            (Cause::Scheduled { action, .. }, By::Scheduled(index)) => {
                prop_assert_eq!(action, index, "{}", told);
            }
            (Cause::Predictive(got), By::Predictive(policy, hour_s)) => {
                prop_assert_eq!((got.policy, got.hour_s), (policy, hour_s), "{}", told);
            }
            _ => return Err(TestCaseError::fail(told)),
        }
    }
    let more = changes.next();
    prop_assert!(more.is_none(), "there should not be {more:?}");
    Ok(())
}

fn check_flow(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let s = &run.series;
    // Where InvocationsPerInstance is published.
    let is_published = !plan.service.shared_queue && plan.overflow.on_demand().is_none();
    for (minute, flow) in second.flow.iter().enumerate() {
        let moved = flow.arrived.max(flow.served).max(flow.failed);
        let of = moved.max(second.queue[minute]);
        let arrived = second.points[minute].arrived.filter(|_| is_published);
        let column = |column: &[f32]| column.get(minute).map(|value| f64::from(*value));
        for (name, got, want, of) in [
            (
                "demand",
                column(&s.demand_rps),
                Some(flow.arrived / 60.0),
                of,
            ),
            (
                "served",
                column(&s.served_rps),
                Some(flow.served / 60.0),
                of,
            ),
            (
                "failed",
                column(&s.failed_rps),
                Some(flow.failed / 60.0),
                of,
            ),
            ("queue", column(&s.queue), Some(second.queue[minute]), of),
            ("on demand", column(&s.on_demand), Some(flow.on_demand), of),
            ("cold starts", column(&s.cold_starts), Some(flow.cold), of),
            (
                "requests per instance",
                column(&s.invocations_per_instance),
                arrived,
                flow.arrived_each,
            ),
        ] {
            // Only where both have it: there are platforms without some of these.
            if let (Some(got), Some(want)) = (got, want) {
                let told = format!("{name} of minute {minute}: {got}, and should be {want}");
                prop_assert!(near(got, want, of), "{told}");
            }
        }
    }
    Ok(())
}

/// The metric that the run shows, wherever there is any.
fn check_metric(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let metric = plan.first_metric();
    for (minute, &got) in run.series.other_metric.iter().enumerate() {
        let point: &[Point] = &second.points[minute..=minute];
        let ticks = &second.ticks[6 * minute..6 * minute + 6];
        let visible = Visible {
            minutes: point,
            ticks,
        };
        let values: Vec<f64> = visible.values(&metric, 6).into_iter().flatten().collect();
        if values.is_empty() {
            continue;
        }
        let periods = if matches!(metric, Metric::ConcurrentRequests { .. }) {
            6.0
        } else {
            1.0
        };
        let want = values.iter().sum::<f64>() / periods;
        // What is next to nothing beside a minute's requests is a matter of where steps are cut.
        let of = match metric {
            Metric::Backlog(_) => want.max(0.1 * second.flow[minute].arrived).max(1e-3),
            _ => want,
        };
        prop_assert!(
            near(f64::from(got), want, of),
            "{metric:?} of minute {minute}: {got}, and should be {want}"
        );
    }
    Ok(())
}

fn check_totals(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let sum = |of: fn(&Flow) -> f64| second.flow.iter().map(of).sum::<f64>();
    let (t, arrived) = (&run.totals, sum(|flow| flow.arrived));
    let queued = second.queue.last().copied().unwrap_or(0.0);
    let served = sum(|flow| flow.served);
    let late = (sum(|flow| flow.late) + second.overdue).clamp(0.0, served + second.overdue);
    let in_service_s = sum(|flow| flow.in_service_steps as f64) / 100.0;
    let usd = second.instance_s * plan.usd_per_hour / 3600.0;
    let on_demand = sum(|flow| flow.on_demand);
    let requests_usd = plan.overflow.on_demand().map_or(0.0, |prices| {
        sum(|flow| flow.provisioned) * prices.provisioned_usd_per_request
            + on_demand * prices.usd_per_request
    });
    for (name, got, want, of) in [
        ("requests", t.requests, arrived, arrived),
        ("served", t.served, served, arrived),
        ("failed", t.failed, sum(|flow| flow.failed), arrived),
        ("late", t.late, late, arrived),
        ("queued", t.queued_at_end, queued, arrived),
        (
            "on demand",
            t.on_demand,
            if plan.overflow.on_demand().is_some() {
                on_demand
            } else {
                0.0
            },
            arrived,
        ),
        ("cold starts", t.cold_starts, sum(|flow| flow.cold), arrived),
        (
            "instance seconds",
            t.instance_s,
            second.instance_s,
            second.instance_s,
        ),
        (
            "seconds in service",
            t.in_service_s,
            in_service_s,
            in_service_s,
        ),
        (
            "cost of requests",
            t.requests_usd,
            requests_usd,
            requests_usd,
        ),
        ("cost", t.cost_usd, usd + requests_usd, usd + requests_usd),
    ] {
        prop_assert!(near(got, want, of), "{name}: {got}, and should be {want}");
    }
    Ok(())
}
