//! Incidents that a slow instance causes: it answers its health checks, so nobody replaces it.

use super::{Bottleneck, Stretch, busiest_in_time, is_routed_to_failed, period};
use crate::{
    plan::Plan,
    run::{Distress, Run},
};

/// Returns a slow instance as the bottleneck, where at least half of the requests that failed or were late would not have, had it
/// been as fast as the others.
// rule: slow.incident
pub(super) fn bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
) -> Option<Bottleneck> {
    let slow = plan.resource.slow_instance()?;
    if slow.at_s + slow.for_s <= stretch.start_s {
        return None;
    }
    let (noticed, noticed_anyway) = noticed(plan, run, stretch, overload_s, slow.at_s);
    if noticed_anyway > 0.5 * noticed {
        return None;
    }
    let then = run.fleet.partition_point(|change| change.at_s <= slow.at_s);
    let then = run.fleet.get(then.checked_sub(1)?)?;
    Some(Bottleneck::SlowInstance {
        at_s: slow.at_s,
        times: slow.times,
        of: then.in_service,
    })
}

/// Returns how many requests failed or were late in a stretch, and how many of them would have at full speed, too: in each period in
/// proportion to what instances could not serve in time, from the overload on. Before `slow_s` none was slow.
fn noticed(plan: &Plan, run: &Run, stretch: &Stretch, overload_s: f64, slow_s: f64) -> (f64, f64) {
    let (series, seconds) = (&run.series, f64::from(run.period_s));
    let load = busiest_in_time(plan, run).unwrap_or(1.0);
    let first = (run.distress).partition_point(|distress| distress.start_s < stretch.start_s);
    let mut distress = (run.distress.get(first..).unwrap_or(&[]).iter()).peekable();
    let from_s = overload_s.min(stretch.start_s);
    let periods = period(run, from_s)..period(run, stretch.end_s);
    let columns =
        (series.demand_rps.iter()).zip(series.in_service.iter().zip(&series.capacity_rps));
    let columns = columns.enumerate().take(periods.end).skip(periods.start);
    let (mut waits, mut waits_anyway, mut sums) = (0.0, 0.0, (0.0, 0.0));
    for (period, (&demand, (&in_service, &capacity))) in columns {
        let (start_s, demand_rps) = (period as f64 * seconds, f64::from(demand));
        // Requests that wait at the period's end, and those of it that instances are too busy for.
        let lacks = |waiting: &mut f64, capacity_rps: f64| {
            let most = capacity_rps * plan.service.timeout_s;
            *waiting = (*waiting + (demand_rps - capacity_rps) * seconds).clamp(0.0, most);
            *waiting + (demand_rps - load * capacity_rps).max(0.0) * seconds
        };
        let lacked = lacks(&mut waits, capacity.into());
        let full_rps = f64::from(in_service) * plan.service.max_rps;
        let lacked_anyway = lacks(&mut waits_anyway, full_rps);
        let Some(Distress { failed, late, .. }) = distress.next_if(|it| it.start_s <= start_s)
        else {
            continue;
        };
        let is_of_other = start_s < slow_s || is_routed_to_failed(run, start_s, start_s + seconds);
        let share = match is_of_other {
            true => 1.0,
            false if lacked_anyway > 0.0 => (lacked_anyway / lacked).min(1.0),
            false => 0.0,
        };
        sums.0 += failed + late;
        sums.1 += share * (failed + late);
    }
    sums
}
