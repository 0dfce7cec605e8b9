//! Incidents: stretches of distress, and why capacity was not there. They are read from the run and its log; nothing is simulated
//! again.

mod capacity;
mod credits;
mod failures;
mod kinds;
mod missing;
mod slow;
mod storm;
mod unanswered;

use crate::{
    demand::Cursor,
    order::sort_by_number,
    plan::{Hosts, Launch, Plan},
    run::{Activity, FleetChange, Loss, Run},
    service,
};

pub use kinds::{Bottleneck, Incident, MetricWhileThrottled, RetryStorm, Rise, Unanswered};

/// Longest pause within one incident, seconds.
const MAX_PAUSE_S: f64 = 300.0;

/// A scale-in counts as the cause of an overload for this long, seconds.
const MAX_SCALE_IN_AGE_S: f64 = 1800.0;

/// Lowest utilisation of instances that more of them may be proposed for. Below it more instances are no answer.
const MIN_LOAD: f64 = 0.05;

/// Most incidents reported.
const MAX_INCIDENTS: usize = 20;

/// Returns the incidents of a run, worst first.
pub(crate) fn all(plan: &Plan, run: &Run) -> Vec<Incident> {
    let worst = worst_first(run);
    let worst = worst.iter().take(MAX_INCIDENTS);
    worst.map(|stretch| explain(plan, run, stretch)).collect()
}

fn worst_first(run: &Run) -> Vec<Stretch> {
    let mut stretches = stretches(run);
    sort_by_number(&mut stretches, |stretch| -(stretch.failed + stretch.late));
    stretches
}

/// A stretch of distress.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub start_s: f64,
    pub end_s: f64,
    pub failed: f64,
    pub late: f64,
    longest_wait_s: f64,
}

/// Returns the stretches of distress of a run, in order of time.
pub(crate) fn stretches(run: &Run) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for distress in &run.distress {
        let end_s = distress.start_s + f64::from(run.period_s);
        match stretches.last_mut() {
            Some(last) if distress.start_s - last.end_s <= MAX_PAUSE_S => {
                last.end_s = end_s;
                last.failed += distress.failed;
                last.late += distress.late;
                last.longest_wait_s = last.longest_wait_s.max(distress.longest_wait_s);
            }
            _ => stretches.push(Stretch {
                start_s: distress.start_s,
                end_s,
                failed: distress.failed,
                late: distress.late,
                longest_wait_s: distress.longest_wait_s,
            }),
        }
    }
    stretches
}

/// Returns whether a stretch of distress has become a retry storm that outlasts its cause.
pub(crate) fn is_storm(plan: &Plan, run: &Run, stretch: &Stretch) -> bool {
    storm::of(plan, run, stretch, overload_start(plan, run, stretch)).is_some()
}

fn explain(plan: &Plan, run: &Run, stretch: &Stretch) -> Incident {
    let overload_s = overload_start(plan, run, stretch);
    let storm = storm::of(plan, run, stretch, overload_s);
    let whole = stretch;
    // What comes after the cause explains nothing.
    let stretch = &Stretch {
        end_s: storm.map_or(whole.end_s, |storm| storm.cause_over_s.max(whole.start_s)),
        ..*whole
    };
    let rise = rise(plan, overload_s, stretch.end_s);
    let backlog =
        (plan.resource.has_shared_queue()).then(|| largest_backlog(run, overload_s, stretch.end_s));
    let at_peak = needed_in_time(plan, run, rise.to_rps);
    let needed = backlog.map_or(at_peak, |backlog| {
        needed_for_backlog(plan, backlog).min(at_peak)
    });
    let bottleneck = serverless_bottleneck(plan, run, stretch, rise.to_rps)
        .or_else(|| credits::bottleneck(plan, run, stretch))
        .or_else(|| slow::bottleneck(plan, run, stretch, overload_s))
        .or_else(|| capacity::bottleneck(plan, run, stretch, overload_s))
        .or_else(|| failures::bottleneck(plan, run, stretch, overload_s, needed))
        .unwrap_or_else(|| bottleneck(plan, run, stretch, overload_s, needed));
    let bottleneck = missing::bottleneck(plan, run, stretch, overload_s, bottleneck);
    let unanswered = match bottleneck {
        Bottleneck::NoScaleOut
        | Bottleneck::FromZero {
            detection_s: None, ..
        } => {
            let from_s = above_target(plan, run, overload_s);
            Some(unanswered::why(plan, run, from_s, stretch))
        }
        _ => None,
    };
    Incident {
        start_s: whole.start_s,
        end_s: whole.end_s,
        failed: whole.failed,
        late: whole.late,
        worst_wait_s: whole.longest_wait_s,
        overload_s,
        backlog,
        rise,
        bottleneck,
        unanswered,
        storm,
    }
}

/// Returns the fewest instances that serve a rate in time, random waits included.
fn needed_in_time(plan: &Plan, run: &Run, rps: f64) -> u32 {
    let fewest = plan.fewest_instances(rps);
    // Requests on demand have no random wait, and those of an asynchronous endpoint wait in its queue alone.
    if plan.resource.on_demand().is_some() || plan.resource.has_shared_queue() {
        return fewest;
    }
    match busiest_in_time(plan, run).filter(|load| *load >= MIN_LOAD) {
        Some(load) => fewest.max(plan.fewest_instances(rps / load)),
        None => fewest,
    }
}

/// Returns how busy instances may be for their requests to be in time, as a share of their capacity; `None` where they never are.
fn busiest_in_time(plan: &Plan, run: &Run) -> Option<f64> {
    let allowed = 1.0 - plan.objective.availability;
    run.latency.load_in_time(plan.objective.late_s, allowed)
}

/// Returns the most requests that waited in a stretch.
fn largest_backlog(run: &Run, from_s: f64, until_s: f64) -> f64 {
    let minutes = period(run, from_s)..period(run, until_s);
    let queues = run.series.queue.get(minutes).unwrap_or(&[]);
    f64::from(queues.iter().copied().fold(0.0, f32::max))
}

/// Returns the fewest instances that work off a backlog before its requests are late or expire.
fn needed_for_backlog(plan: &Plan, backlog: f64) -> u32 {
    let patience_s = plan.objective.late_s.min(plan.service.timeout_s);
    (backlog / (plan.service.max_rps * patience_s))
        .ceil()
        .max(1.0) as u32
}

/// Returns when demand first exceeded capacity in service before a stretch: after the last period that ended without a queue.
fn overload_start(plan: &Plan, run: &Run, stretch: &Stretch) -> f64 {
    let start = period(run, stretch.start_s);
    let queues = run.series.queue.get(..start).unwrap_or(&[]);
    let from = queues
        .iter()
        .rposition(|&queue| queue <= 0.0)
        .map_or(0, |i| i + 1);
    let from_s = from as f64 * f64::from(run.period_s);
    exceeds(
        plan,
        &run.fleet,
        from_s,
        stretch.end_s,
        plan.service.max_rps,
    )
    .unwrap_or(stretch.start_s)
}

/// Returns whether requests were routed to failed instances between two moments.
fn is_routed_to_failed(run: &Run, from_s: f64, until_s: f64) -> bool {
    let within = |loss: &Loss| loss.at_s < until_s && loss.unrouted_s > from_s;
    run.losses.iter().any(within)
}

/// Returns when the metric last rose above the first policy's target before `overload_s`.
fn above_target(plan: &Plan, run: &Run, overload_s: f64) -> f64 {
    let tracked = plan.target_tracking.first();
    let Some(policy) = tracked.filter(|policy| policy.metric.follows_requests()) else {
        return overload_s;
    };
    // Through demand, where no queue is yet: utilisation is as proportional to it as InvocationsPerInstance.
    let each = policy.target / policy.metric.per_invocation();
    let series = &run.series;
    let (metrics, target) = match plan.resource.has_shared_queue() {
        false => (series.invocations_per_instance.as_slice(), each as f32),
        // There the metric is a utilisation.
        true => (series.metric(), policy.target as f32),
    };
    let end = period(run, overload_s);
    let metrics = metrics.get(..end).unwrap_or(&[]);
    let seconds = f64::from(run.period_s);
    // What is missing may have been above it: demand tells.
    let is_missing = |minute: usize| {
        let missing = plan.missing_metric.as_ref();
        missing.is_some_and(|missing| missing.covers((minute + 1) as f64 * seconds))
    };
    let above = metrics
        .iter()
        .enumerate()
        .rev()
        .take_while(|&(minute, &metric)| metric > target || is_missing(minute))
        .count();
    // The first of these minutes may have crossed the target before it began: look one further back.
    let from_s = end.saturating_sub(above + 1) as f64 * f64::from(run.period_s);
    let until_s = overload_s + f64::from(run.period_s);
    let rate_rps = each / 60.0;
    exceeds(plan, &run.fleet, from_s, until_s, rate_rps)
        .map_or(overload_s, |at_s| at_s.min(overload_s))
}

fn period(run: &Run, at_s: f64) -> usize {
    (at_s / f64::from(run.period_s)) as usize
}

/// Returns the first moment between two at which demand exceeds `each_rps` × instances in service.
fn exceeds(
    plan: &Plan,
    fleet: &[FleetChange],
    from_s: f64,
    until_s: f64,
    each_rps: f64,
) -> Option<f64> {
    let mut demand = cursor(plan, from_s);
    let mut next = fleet.partition_point(|change| change.at_s <= from_s);
    let mut now_s = from_s;
    let mut found = None;
    while now_s < until_s && found.is_none() {
        let in_service = fleet
            .get(next.saturating_sub(1))
            .map_or(0, |change| change.in_service);
        let end_s = fleet
            .get(next)
            .map_or(until_s, |change| change.at_s.min(until_s));
        let limit = f64::from(in_service) * each_rps * (1.0 + 1e-9);
        let mut at_s = now_s;
        demand.advance_to(end_s, |from, to, seconds| {
            if found.is_none() && (from > limit || to > limit) {
                let share = if from > limit {
                    0.0
                } else {
                    (limit - from) / (to - from)
                };
                found = Some(at_s + seconds * share);
            }
            at_s += seconds;
        });
        now_s = end_s;
        next += 1;
    }
    found
}

/// Returns a cursor over demand from `from_s` on.
fn cursor(plan: &Plan, from_s: f64) -> Cursor<'_> {
    let mut cursor = Cursor::new(plan.demand.nodes());
    cursor.skip_to(from_s);
    cursor
}

/// Returns the rise of demand to (nearly) its highest rate, over the time that scaling out takes.
fn rise(plan: &Plan, overload_s: f64, end_s: f64) -> Rise {
    let over_s = reaction_s(plan);
    let mut to_rps = cursor(plan, overload_s).rps();
    cursor(plan, overload_s).advance_to(end_s, |from, to, _| to_rps = to_rps.max(from).max(to));
    // The rise ends where demand first comes close to its highest rate, not at the very highest.
    let mut peak_s = None;
    let mut at_s = overload_s;
    cursor(plan, overload_s).advance_to(end_s, |from, to, seconds| {
        if peak_s.is_none() && from.max(to) >= 0.98 * to_rps {
            peak_s = Some(if from >= to { at_s } else { at_s + seconds });
        }
        at_s += seconds;
    });
    let from_s = (peak_s.unwrap_or(overload_s) - over_s).max(0.0);
    Rise {
        from_rps: cursor(plan, from_s).rps(),
        to_rps,
        over_s: peak_s.unwrap_or(overload_s) - from_s,
    }
}

/// Returns the seconds from a rise to the capacity that answers it: breaching minutes, metric delay, the longest launch.
pub(crate) fn reaction_s(plan: &Plan) -> f64 {
    let breaching_s = 60.0 * f64::from(plan.assumptions.alarm_high_datapoints);
    breaching_s + plan.assumptions.metric_delay_s + launch_s(plan)
}

/// Returns the longest launch time, seconds.
pub(crate) fn launch_s(plan: &Plan) -> f64 {
    let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = plan.fleet.launch;
    // A copy starts once its instance is there.
    let hosts = plan.resource.hosts();
    launch_s + hosts.map_or(0.0, |hosts| hosts.copy_start_s)
}

/// Returns when demand is first no longer above `rps`, from `from_s` on; the end of the run if it always is.
pub(crate) fn falls_below(plan: &Plan, from_s: f64, rps: f64) -> f64 {
    let length_s = f64::from(plan.length_s);
    let mut at_s = from_s;
    let mut fallen = None;
    cursor(plan, from_s).advance_to(length_s, |from, to, seconds| {
        if fallen.is_none() && from.min(to) <= rps {
            let share = if from <= rps {
                0.0
            } else {
                (from - rps) / (from - to)
            };
            fallen = Some(at_s + seconds * share);
        }
        at_s += seconds;
    });
    fallen.unwrap_or(length_s)
}

/// Returns the bottleneck that only a serverless endpoint has: MaxConcurrency or cold starts.
fn serverless_bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    peak_rps: f64,
) -> Option<Bottleneck> {
    let on_demand = plan.resource.on_demand()?;
    let provisioned = run.fleet.iter().any(|change| change.max > 0);
    if stretch.failed >= stretch.late {
        let at_once = peak_rps / plan.service.max_rps;
        let lost = 1.0 - plan.objective.availability;
        Some(Bottleneck::MaxConcurrency {
            max: on_demand.max_concurrency,
            needed: u32::try_from(service::environments_for(at_once, lost)).unwrap_or(u32::MAX),
        })
    } else if provisioned {
        None
    } else {
        let setup_s = on_demand.setup_s;
        Some(Bottleneck::ColdStarts { setup_s })
    }
}

fn bottleneck(
    plan: &Plan,
    run: &Run,
    stretch: &Stretch,
    overload_s: f64,
    needed: u32,
) -> Bottleneck {
    let during = |at_s: f64| at_s <= stretch.end_s;
    let at_overload = run
        .fleet
        .partition_point(|change| change.at_s <= overload_s)
        .saturating_sub(1);
    let fleet = run.fleet.get(at_overload..).unwrap_or(&[]);
    if let Some(full) = fleet
        .iter()
        .take_while(|change| during(change.at_s))
        .find(|change| change.desired >= change.max && change.max < needed)
    {
        return Bottleneck::MaxCapacity {
            max: full.max,
            needed,
        };
    }
    if let Some(hosts) = plan.resource.hosts()
        && let Some(why) = component_bottleneck(run, hosts, fleet, stretch, overload_s, needed)
    {
        return why;
    }
    let scaled_in = run
        .activities
        .iter()
        .rfind(|activity| activity.to < activity.from && activity.start_s <= overload_s);
    if let Some(activity) = scaled_in
        && overload_s - activity.start_s <= MAX_SCALE_IN_AGE_S
        && activity.from >= needed
    {
        return Bottleneck::ScaledInTooFar {
            at_s: activity.start_s,
        };
    }
    let above_s = above_target(plan, run, overload_s);
    let answer = run.activities.iter().find(|activity| {
        activity.to > activity.from && activity.start_s >= above_s && during(activity.start_s)
    });
    match answer {
        Some(activity) => {
            let length_s = run.series.demand_rps.len() as f64 * f64::from(run.period_s);
            Bottleneck::TooLate {
                detection_s: activity.start_s - above_s,
                launch_s: activity.end_s.unwrap_or(length_s) - activity.start_s,
            }
        }
        None => Bottleneck::NoScaleOut,
    }
}

/// Returns the bottleneck that only an inference component has: no room for copies, or no copy in service.
fn component_bottleneck(
    run: &Run,
    hosts: &Hosts,
    fleet: &[FleetChange],
    stretch: &Stretch,
    overload_s: f64,
    needed: u32,
) -> Option<Bottleneck> {
    let room = hosts.max.saturating_mul(hosts.copies_per_instance);
    let waits = |change: &&FleetChange| change.pending > 0 && change.in_service >= room;
    let mut during = (fleet.iter()).take_while(|change| change.at_s <= stretch.end_s);
    if room < needed && during.any(|change| waits(&change)) {
        return Some(Bottleneck::MaxInstances {
            max: hosts.max,
            room,
            needed,
        });
    }
    if fleet.first().is_none_or(|change| change.in_service > 0) {
        return None;
    }
    let wakes = |activity: &&Activity| {
        let during = activity.start_s >= overload_s && activity.start_s <= stretch.end_s;
        activity.to > activity.from && during
    };
    let woken = run.activities.iter().find(wakes);
    Some(Bottleneck::FromZero {
        detection_s: woken.map(|activity| activity.start_s - overload_s),
        launch_s: woken.map_or(0.0, |activity| {
            activity.end_s.unwrap_or(stretch.end_s) - activity.start_s
        }),
    })
}

#[cfg(test)]
mod tests;
