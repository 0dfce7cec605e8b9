//! Two runs, held against each other: every decision must be the same, every sum the same to a millionth.

mod credits;
mod log;
mod totals;

use super::{
    metrics::{Point, Visible},
    second::Second,
};
use engine::{
    plan::{EndpointMetric, Metric, Plan},
    run::{AlarmState, Run},
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
    log::check(run, &second.log)?;
    let s = &run.series;
    same("desired", &s.desired, &second.desired)?;
    same("in service", &s.in_service, &second.in_service)?;
    same("pending", &s.pending, &second.pending)?;
    if plan.resource.hosts().is_some() {
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
    prop_assert_eq!(&run.losses, &second.losses, "losses");
    check_flow(plan, run, second)?;
    check_metric(plan, run, second)?;
    credits::check(plan, run, second)?;
    totals::check(plan, run, second)
}

fn check_flow(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let s = &run.series;
    // Where InvocationsPerInstance is published.
    let is_published = !plan.resource.has_shared_queue() && plan.resource.on_demand().is_none();
    for (minute, flow) in second.flow.iter().enumerate() {
        let moved = flow.arrived.max(flow.served).max(flow.failed);
        let is_retried = plan.resource.retries().is_some();
        let (came, served, failed) = match is_retried {
            true => (flow.requests, flow.answered, flow.given_up),
            false => (flow.arrived, flow.served, flow.failed),
        };
        let attempts = run.retried.as_ref().map_or(&[][..], |it| &it.attempts_rps);
        let of = moved.max(second.queue[minute]);
        let arrived = second.points[minute].arrived.filter(|_| is_published);
        let column = |column: &[f32]| column.get(minute).map(|value| f64::from(*value));
        if second.points[minute].is_missing {
            let each = column(&s.invocations_per_instance);
            prop_assert!(
                each.is_some_and(f64::is_nan),
                "minute {minute} has {each:?}"
            );
        }
        for (name, got, want, of) in [
            ("demand", column(&s.demand_rps), Some(came / 60.0), of),
            ("attempts", column(attempts), Some(flow.arrived / 60.0), of),
            (
                "capacity",
                column(&s.capacity_rps),
                Some(flow.could / 60.0),
                flow.could,
            ),
            ("served", column(&s.served_rps), Some(served / 60.0), of),
            ("failed", column(&s.failed_rps), Some(failed / 60.0), of),
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
        if values.is_empty() || got.is_nan() {
            let told = format!("{metric:?} of minute {minute}: {got} of {values:?}");
            prop_assert!(values.is_empty() && got.is_nan(), "{told}");
            continue;
        }
        let want = values.iter().sum::<f64>() / values.len() as f64;
        // What is next to nothing beside a minute's requests is a matter of where steps are cut.
        let of = match metric {
            Metric::Endpoint(metric) if metric != EndpointMetric::NoCapacityInvocationFailures => {
                want.max(0.1 * second.flow[minute].arrived).max(1e-3)
            }
            _ => want,
        };
        prop_assert!(
            near(f64::from(got), want, of),
            "{metric:?} of minute {minute}: {got}, and should be {want}"
        );
    }
    Ok(())
}
