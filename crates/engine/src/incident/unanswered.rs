//! Why nothing scaled out in a stretch of distress: from the answers that the log says were refused, and from the datapoints of
//! the alarms.
//!
//! It reads the run, and evaluates no alarm a second time.

use super::{Stretch, Unanswered, period};
use crate::{
    cloudwatch::breach::{BacklogDatapoint, Datapoint, breaches},
    plan::{
        Comparison, EndpointMetric, Metric, MetricAlarm, Plan, Statistic, StepScaling,
        TargetTracking,
    },
    run::{Activity, Cause, Direction, NotScaledReason, Outcome, PERIOD_S, Run, TICK_S},
};

/// Returns the reason why nothing scaled out between two moments.
pub(super) fn why(plan: &Plan, run: &Run, from_s: f64, stretch: &Stretch) -> Unanswered {
    let alarms: Vec<WatchedAlarm> = watched(plan).collect();
    if alarms.is_empty() {
        return Unanswered::NoPolicy;
    }
    let until_s = stretch.end_s;
    if let Some(refused) = refused(run, &alarms, from_s, until_s) {
        return refused;
    }
    let first = period(run, from_s);
    let last = period(run, until_s - 1.0).max(first);
    let observed: Vec<ObservedDatapoints> = (alarms.iter())
        .map(|alarm| alarm.observe(plan, run, first, last))
        .collect();
    let both = || alarms.iter().zip(&observed);
    if let Some((alarm, observed)) = both().find(|(_, observed)| observed.breaching > 0) {
        let length_s = until_s - observed.first_s.max(from_s);
        let takes_s = f64::from(alarm.periods * alarm.period_s) + plan.assumptions.metric_delay_s;
        let is_over = length_s < takes_s + f64::from(PERIOD_S);
        return match observed.breaching >= alarm.needed || is_over {
            true => Unanswered::TooShort {
                policy: alarm.policy,
            },
            false => Unanswered::TooFewDatapoints {
                policy: alarm.policy,
                breaching: observed.breaching,
                needed: alarm.needed,
                of: alarm.periods,
                period_s: alarm.period_s,
            },
        };
    }
    let nothing = |(alarm, observed): &(&WatchedAlarm, &ObservedDatapoints)| {
        let policy = alarm.policy;
        observed.is_empty.then_some(Unanswered::NoData { policy })
    };
    let unpublished = both().find(|(alarm, _)| alarm.metric == Metric::Unpublished);
    // An alarm that only wakes an endpoint is not asked while there are instances.
    let wakes = |metric| {
        matches!(
            metric,
            Metric::Endpoint(EndpointMetric::HasBacklogWithoutCapacity)
        )
    };
    let not_reached = || both().filter(|(_, observed)| !observed.is_empty);
    let usual = not_reached().find(|(alarm, _)| !wakes(alarm.metric));
    let below = usual.or_else(|| not_reached().next());
    (unpublished.as_ref().and_then(nothing))
        .or_else(|| below.map(|(alarm, observed)| alarm.below(plan, observed)))
        .or_else(|| both().next().as_ref().and_then(nothing))
        .unwrap_or(Unanswered::NoPolicy)
}

/// Returns whether more data could have made a policy scale out between two moments.
pub(super) fn waits(plan: &Plan, run: &Run, from_s: f64, stretch: &Stretch) -> bool {
    let is_published = |policy| {
        let mut alarms = watched(plan).filter(|alarm| alarm.policy == policy);
        alarms.any(|alarm| alarm.metric != Metric::Unpublished)
    };
    match why(plan, run, from_s, stretch) {
        Unanswered::NoData { policy } => is_published(policy),
        Unanswered::TooShort { .. } | Unanswered::TooFewDatapoints { .. } => true,
        _ => false,
    }
}

/// Returns the answer that was refused most often.
fn refused(run: &Run, alarms: &[WatchedAlarm], from_s: f64, until_s: f64) -> Option<Unanswered> {
    let tell = |activity: &Activity| {
        let within = activity.start_s <= until_s && activity.end_s.unwrap_or(until_s) >= from_s;
        let (Cause::Policy(decision), Outcome::NotScaled(reason)) =
            (activity.cause, activity.outcome)
        else {
            return None;
        };
        let adds = decision.direction == Direction::Out
            && alarms.iter().any(|alarm| alarm.policy == decision.policy);
        (within && adds).then_some((activity.evaluations, decision.policy, reason))
    };
    let told = run.activities.iter().filter_map(tell);
    let (_, policy, reason) = told.max_by_key(|(evaluations, ..)| *evaluations)?;
    Some(match reason {
        NotScaledReason::Suspended => Unanswered::Suspended,
        reason => Unanswered::Refused { policy, reason },
    })
}

/// An alarm whose policy may add capacity.
#[derive(Clone, Copy, Debug)]
struct WatchedAlarm {
    policy: usize,
    metric: Metric,
    comparison: Comparison,
    threshold: f64,
    statistic: Statistic,
    period_s: u32,
    periods: u32,
    needed: u32,
}

/// What an alarm saw in a stretch.
#[derive(Clone, Copy, Debug)]
struct ObservedDatapoints {
    /// No datapoint at all.
    is_empty: bool,
    /// The value closest to breaching, or furthest beyond the threshold; `None` where the run does not keep it exactly.
    closest: Option<f64>,
    /// Most datapoints that breached, of as many in a row as the alarm evaluates.
    breaching: u32,
    /// When the first datapoint that breached began, seconds from the start.
    first_s: f64,
}

/// Returns the alarms that may add capacity, in the order in which policies are asked.
fn watched(plan: &Plan) -> impl Iterator<Item = WatchedAlarm> {
    let needed = plan.assumptions.alarm_high_datapoints;
    let of_target = move |policy: &TargetTracking| WatchedAlarm {
        policy: policy.index,
        metric: policy.metric,
        comparison: Comparison::GreaterThanThreshold,
        threshold: policy.target,
        statistic: Statistic::Average,
        period_s: match policy.metric.is_high_resolution() {
            true => TICK_S,
            false => PERIOD_S,
        },
        periods: needed,
        needed,
    };
    let of_step = |policy: &StepScaling| {
        let MetricAlarm {
            metric,
            statistic,
            period_s,
            evaluation_periods,
            datapoints_to_alarm,
            threshold,
            comparison,
            ..
        } = policy.alarm;
        policy.adds().then_some(WatchedAlarm {
            policy: policy.index,
            metric,
            comparison,
            threshold,
            statistic,
            period_s,
            periods: evaluation_periods,
            needed: datapoints_to_alarm,
        })
    };
    let tracked = plan.target_tracking.iter().map(of_target);
    tracked.chain(plan.step_scaling.iter().filter_map(of_step))
}

impl WatchedAlarm {
    /// Returns what the alarm saw from one minute to another.
    fn observe(&self, plan: &Plan, run: &Run, first: usize, last: usize) -> ObservedDatapoints {
        let minutes = (self.period_s / PERIOD_S).max(1) as usize;
        let is_exact = self.period_s >= PERIOD_S && is_exact(plan, self.metric);
        let value = |minute| value(plan, run, self.metric, minute);
        let upward = self.comparison.is_upward();
        let mut observed = ObservedDatapoints {
            is_empty: true,
            closest: None,
            breaching: 0,
            first_s: f64::INFINITY,
        };
        let mut latest = Vec::new();
        for datapoint in first / minutes..=last / minutes {
            let of_period = (datapoint * minutes..(datapoint + 1) * minutes).map(value);
            let Some(value) = self.aggregate(of_period) else {
                latest.push(false);
                continue;
            };
            observed.is_empty = false;
            let is_more = |most: f64| if upward { value > most } else { value < most };
            if is_exact && observed.closest.is_none_or(is_more) {
                observed.closest = Some(value);
            }
            let is_breaching = self.is_breached(value);
            latest.push(is_breaching);
            if is_breaching {
                let start_s = (datapoint * minutes) as f64 * f64::from(PERIOD_S);
                observed.first_s = observed.first_s.min(start_s);
            }
            let of = latest.iter().rev().take(self.periods as usize);
            let breaching = of.filter(|is_breaching| **is_breaching).count() as u32;
            observed.breaching = observed.breaching.max(breaching);
        }
        observed
    }

    /// Returns the statistic of a period's minutes; `None` where none of them has a datapoint.
    fn aggregate(&self, minutes: impl Iterator<Item = f64>) -> Option<f64> {
        let there: Vec<f64> = minutes.filter(|value| !value.is_nan()).collect();
        let sum: f64 = there.iter().sum();
        match self.statistic {
            _ if there.is_empty() => None,
            Statistic::Sum => Some(sum),
            Statistic::Average => Some(sum / there.len() as f64),
            Statistic::Minimum => there.into_iter().reduce(f64::min),
            Statistic::Maximum => there.into_iter().reduce(f64::max),
        }
    }

    /// Columns have fewer digits than the datapoints of alarms, so a value next to the threshold counts as at it.
    fn is_breached(&self, value: f64) -> bool {
        let is_near = (value - self.threshold).abs() <= 1e-6 * self.threshold.abs();
        let value = if is_near { self.threshold } else { value };
        breaches(self.comparison, value, self.threshold)
    }

    /// Returns the answer for an alarm that never breached.
    fn below(&self, plan: &Plan, observed: &ObservedDatapoints) -> Unanswered {
        let limit = self.metric.limit(&plan.service);
        Unanswered::NotReached {
            policy: self.policy,
            closest: observed.closest,
            threshold: self.threshold,
            // Whether nothing that may come would have changed that.
            never: self.comparison.is_upward()
                && limit.is_some_and(|limit| !self.is_breached(limit)),
        }
    }
}

/// Returns whether a run keeps a metric's datapoints exactly.
fn is_exact(plan: &Plan, metric: Metric) -> bool {
    metric == plan.first_metric()
        || matches!(metric, Metric::InvocationsPerInstance | Metric::Unpublished)
}

/// Returns a metric's datapoint of a minute, as far as the run keeps it; NaN where it has none.
fn value(plan: &Plan, run: &Run, metric: Metric, minute: usize) -> f64 {
    let series = &run.series;
    let at = |column: &[f32]| column.get(minute).copied().map_or(f64::NAN, f64::from);
    let count = |column: &[u32]| column.get(minute).copied().map_or(f64::NAN, f64::from);
    if metric == plan.first_metric() {
        return at(series.metric());
    }
    let end_s = (minute + 1) as f64 * f64::from(PERIOD_S);
    if (plan.missing_metric.as_ref()).is_some_and(|missing| missing.covers(end_s)) {
        return f64::NAN;
    }
    let (queue, in_service) = (at(&series.queue), count(&series.in_service));
    let instances = at(&series.capacity_rps) / plan.service.max_rps;
    let each = |sum: f64| match instances > 0.0 {
        true => sum / instances,
        false => f64::NAN,
    };
    match metric {
        Metric::InvocationsPerInstance => at(&series.invocations_per_instance),
        Metric::Unpublished => f64::NAN,
        Metric::Utilization { .. } => {
            let served = each(at(&series.served_rps) * f64::from(PERIOD_S));
            match served.is_nan() {
                true => served,
                false => metric.of_requests(served),
            }
        }
        Metric::ConcurrentRequests { .. } => {
            each(at(&series.served_rps) * at(&series.mean_ms) / 1000.0 + queue)
        }
        Metric::Endpoint(metric) => Datapoint {
            backlog: BacklogDatapoint {
                size: queue,
                per_instance: queue / in_service.max(1.0),
                without_capacity: f64::from(queue > 0.0 && in_service == 0.0),
            },
            unserved: match instances > 0.0 {
                true => 0.0,
                false => at(&series.failed_rps) * f64::from(PERIOD_S),
            },
            ..Datapoint::default()
        }
        .endpoint_value(metric),
    }
}
