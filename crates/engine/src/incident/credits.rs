//! Incidents that used-up CPU credits cause, and what target tracking saw of them.

use super::{Bottleneck, MetricWhileThrottled, Stretch, period};
use crate::{
    plan::{Metric, Plan},
    run::{Run, Throttled},
};

/// Returns CPU credits as the bottleneck, where they cost more capacity in a stretch of distress than anything else did.
// rule: credits.incident
pub(super) fn bottleneck(plan: &Plan, run: &Run, stretch: &Stretch) -> Option<Bottleneck> {
    let (credits, sums) = (plan.resource.cpu_credits()?, run.credits.as_ref()?);
    let within = |it: &&Throttled| it.until_s > stretch.start_s && it.from_s < stretch.end_s;
    let first = sums.throttled.iter().find(within)?;
    let (missing, missing_anyway) = shortfall(plan, run, stretch);
    if missing_anyway > 0.5 * missing {
        return None;
    }
    let speed = credits.held_speed(plan.service.max_rps);
    let tracked = plan.target_tracking.first();
    let tracked = tracked.filter(|policy| matches!(policy.metric, Metric::Utilization { .. }));
    Some(Bottleneck::CpuCredits {
        at_s: first.from_s,
        speed,
        seen: tracked.map(|policy| MetricWhileThrottled {
            metric: (policy.metric).of_requests(60.0 * speed * plan.service.max_rps),
            target: policy.target,
            scaled_in: scaled_in(run, first.from_s, stretch.end_s),
        }),
    })
}

/// Returns whether a scale-in was decided between two moments.
fn scaled_in(run: &Run, from_s: f64, until_s: f64) -> bool {
    let mut within = (run.activities.iter())
        .filter(|activity| activity.start_s > from_s && activity.start_s < until_s);
    within.any(|activity| activity.to < activity.from)
}

/// Returns how far demand exceeded capacity in a stretch, and how far it would have exceeded that of the same instances at full
/// speed, including those that were removed meanwhile because all looked idle. Both are sums over periods, requests per second.
fn shortfall(plan: &Plan, run: &Run, stretch: &Stretch) -> (f64, f64) {
    let series = &run.series;
    let from = period(run, stretch.start_s);
    let periods = period(run, stretch.end_s).saturating_sub(from);
    let mut most = 0;
    let mut sums = (0.0, 0.0);
    let columns = series.demand_rps.iter().zip(&series.capacity_rps);
    for ((&demand, &capacity), &in_service) in
        columns.zip(&series.in_service).skip(from).take(periods)
    {
        most = most.max(in_service);
        let demand = f64::from(demand);
        let at_full_speed = f64::from(most) * plan.service.max_rps;
        sums.0 += (demand - f64::from(capacity)).max(0.0);
        sums.1 += (demand - at_full_speed).max(0.0);
    }
    sums
}
