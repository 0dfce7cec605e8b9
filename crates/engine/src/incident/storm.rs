//! Retry storms: what is tried again keeps instances busy long after what overloaded them is over.
//!
//! The literature calls it a metastable failure: Bronson, Aghayev, Charapko and Zhu, "Metastable Failures in Distributed Systems"
//! (HotOS 2021). Which change ends one is found by running it, in `advice`.

use super::{RetryStorm, Stretch, busiest_in_time, is_routed_to_failed, period};
use crate::{
    plan::{ClientRetries, Plan, Service},
    run::Run,
};

/// Returns the storm that a stretch of distress has become; `None` where it is over once its cause is, and what failed until then has
/// been tried again. Requests still fail or are late then, though instances in service would serve all that come for the first time.
// rule: retries.storm
pub(super) fn of(plan: &Plan, run: &Run, stretch: &Stretch, overload_s: f64) -> Option<RetryStorm> {
    let retries = plan.resource.retries()?;
    let attempts_rps = &run.retried.as_ref()?.attempts_rps;
    let load = busiest_in_time(plan, run).unwrap_or(1.0);
    let cause_over_s = cause_over_s(plan, run, stretch, overload_s, load);
    if stretch.end_s - cause_over_s <= longest_trying_s(retries, &plan.service) {
        return None;
    }
    let periods = period(run, cause_over_s)..period(run, stretch.end_s);
    let sum = |column: &[f32]| -> f64 {
        let column = column.get(periods.clone()).unwrap_or(&[]);
        column.iter().copied().map(f64::from).sum()
    };
    let (requests, attempts) = (sum(&run.series.demand_rps), sum(attempts_rps));
    (attempts > load * sum(&run.series.capacity_rps)).then(|| RetryStorm {
        cause_over_s,
        lasts_s: stretch.end_s - cause_over_s,
        attempts_per_request: attempts / requests,
        goes_on: stretch.end_s >= f64::from(plan.length_s),
    })
}

/// Returns when requests alone would first all have been served in time until a stretch is over, had nobody tried again.
fn cause_over_s(plan: &Plan, run: &Run, stretch: &Stretch, overload_s: f64, load: f64) -> f64 {
    let (series, seconds) = (&run.series, f64::from(run.period_s));
    let from_s = overload_s.min(stretch.start_s);
    let periods = period(run, from_s)..period(run, stretch.end_s);
    let columns =
        (series.demand_rps.iter()).zip(series.in_service.iter().zip(&series.capacity_rps));
    let columns = columns.enumerate().take(periods.end).skip(periods.start);
    let (mut waits, mut over_s) = (0.0, from_s);
    for (period, (&demand_rps, (&in_service, &capacity_rps))) in columns {
        let (start_s, demand_rps) = (period as f64 * seconds, f64::from(demand_rps));
        let capacity_rps = f64::from(capacity_rps);
        let longest = capacity_rps * plan.service.timeout_s;
        let longest = (plan.service.queue_limit_per_instance)
            .map_or(longest, |limit| longest.min(limit * f64::from(in_service)));
        waits = f64::clamp(
            waits + (demand_rps - capacity_rps) * seconds,
            0.0,
            longest.max(0.0),
        );
        if waits > 0.0
            || demand_rps > load * capacity_rps
            || is_routed_to_failed(run, start_s, start_s + seconds)
        {
            over_s = start_s + seconds;
        }
    }
    over_s
}

/// Returns the longest that a client tries, seconds: all of its attempts time out, and it waits as long as it may between them.
fn longest_trying_s(retries: &ClientRetries, service: &Service) -> f64 {
    let waits_s = service.timeout_s + service.mean_service_s();
    let attempt_s = retries.timeout_s.map_or(waits_s, |it| it.min(waits_s));
    let backoffs_s = (1..retries.max_attempts).map(|failed| retries.backoff_s(failed).1);
    f64::from(retries.max_attempts) * attempt_s + backoffs_s.sum::<f64>()
}
