//! The sums over a run, and what it has cost at each minute's end.

use super::{
    super::{second::Second, traffic::Flow},
    Checked, near,
};
use engine::{plan::Plan, run::Run};
use proptest::prelude::*;

pub fn check(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let sum = |of: fn(&Flow) -> f64| second.flow.iter().map(of).sum::<f64>();
    let (t, arrived) = (&run.totals, sum(|flow| flow.arrived));
    let queued = second.waiting;
    let (came, served, failed) = match plan.resource.retries() {
        Some(_) => (
            sum(|flow| flow.requests),
            sum(|flow| flow.answered),
            sum(|flow| flow.given_up),
        ),
        None => (arrived, sum(|flow| flow.served), sum(|flow| flow.failed)),
    };
    let late = (sum(|flow| flow.late) + second.overdue).clamp(0.0, served + second.overdue);
    let in_service_s = sum(|flow| flow.in_service_steps as f64) / 100.0;
    let instance_s = second.instance_s.last().copied().unwrap_or(0.0);
    let costs = costs(plan, second);
    for (minute, &want) in costs.iter().enumerate() {
        let got = f64::from(run.series.cost_usd[minute]);
        let told = format!("cost of minute {minute}: {got}, and should be {want}");
        prop_assert!(near(got, want, want), "{told}");
    }
    let surplus_usd = surplus_usd(plan, second);
    // What is outstanding at the end is owed.
    let usd = costs.last().copied().unwrap_or(0.0) + surplus_usd.1;
    let on_demand = sum(|flow| flow.on_demand);
    let requests_usd = requests_usd(plan, &second.flow);
    for (name, got, want, of) in [
        ("requests", t.requests, came, arrived),
        ("served", t.served, served, arrived),
        ("failed", t.failed, failed, arrived),
        (
            "late",
            t.late,
            if crate::is_late_told(plan) {
                late
            } else {
                t.late
            },
            arrived,
        ),
        ("queued", t.queued_at_end, queued, arrived),
        (
            "on demand",
            t.on_demand,
            if plan.resource.on_demand().is_some() {
                on_demand
            } else {
                0.0
            },
            arrived,
        ),
        ("cold starts", t.cold_starts, sum(|flow| flow.cold), arrived),
        ("instance seconds", t.instance_s, instance_s, instance_s),
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
        (
            "cost of surplus",
            t.surplus_usd,
            surplus_usd.0 + surplus_usd.1,
            usd,
        ),
        ("cost", t.cost_usd, usd, usd),
    ] {
        prop_assert!(near(got, want, of), "{name}: {got}, and should be {want}");
    }
    Ok(())
}

/// What requests cost beside instances.
fn requests_usd(plan: &Plan, flow: &[Flow]) -> f64 {
    let sum = |of: fn(&Flow) -> f64| flow.iter().map(of).sum::<f64>();
    plan.resource.on_demand().map_or(0.0, |prices| {
        sum(|flow| flow.provisioned) * prices.provisioned_usd_per_request
            + sum(|flow| flow.on_demand) * prices.usd_per_request
    })
}

/// What surplus credits have cost, and those that are outstanding at the end.
fn surplus_usd(plan: &Plan, second: &Second) -> (f64, f64) {
    let Some((credits, of)) = second.credits.as_ref().zip(plan.resource.cpu_credits()) else {
        return (0.0, 0.0);
    };
    let usd = |credits: f64| credits / 60.0 * of.usd_per_vcpu_hour;
    let sums = &credits.sums;
    (usd(sums.charged), usd(credits.surplus() + sums.due))
}

/// What has been paid by the end of each minute.
fn costs(plan: &Plan, second: &Second) -> Vec<f64> {
    let minutes = second.instance_s.iter().enumerate();
    minutes
        .map(|(minute, instance_s)| {
            let shown = second.shown.get(minute).zip(plan.resource.cpu_credits());
            let surplus = shown.map_or(0.0, |(shown, of)| {
                shown.charged / 60.0 * of.usd_per_vcpu_hour
            });
            instance_s * plan.usd_per_hour / 3600.0
                + requests_usd(plan, &second.flow[..=minute])
                + surplus
        })
        .collect()
}
