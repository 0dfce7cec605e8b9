//! A fleet that never changes.
//!
//! The cost of most such fleets is instances × price × time, so they need not be run. The engine runs one only where more is paid
//! for than time (surplus credits, requests), or where instances fail and are replaced.

use super::{Baseline, Consumption, length_s};
use crate::{
    objective::{self, Standing},
    plan::{CreditMode, Fleet, LaunchCapacity, Plan, ScalableResource, ScalableTarget},
    run::Run,
    runner::Runner,
};

/// Fewer requests than this are rounding.
const ROUNDING: f64 = 1e-6;

/// Returns the plan of the same demand on a fixed number of instances (copies, units of provisioned concurrency), without
/// policies, schedule and warm pool.
#[must_use]
pub fn fixed_plan(plan: &Plan, capacity: u32) -> Plan {
    let mut fixed = Plan {
        scalable_target: ScalableTarget {
            min: capacity,
            max: capacity,
        },
        fleet: Fleet {
            initial: capacity,
            // It has been there since before, but what fails is replaced.
            capacity: (plan.fleet.capacity).map(|capacity| LaunchCapacity {
                quota: None,
                ..capacity
            }),
            ..plan.fleet
        },
        target_tracking: Vec::new(),
        step_scaling: Vec::new(),
        scheduled_actions: Vec::new(),
        ..plan.clone()
    };
    match &mut fixed.resource {
        ScalableResource::GroupInstances(group) => {
            (group.warm_pool, group.predictive) = (None, None);
        }
        ScalableResource::ComponentCopies(hosts) => {
            hosts.max = hosts.max.max(hosts.instances_for(capacity));
        }
        _ => {}
    }
    fixed
}

/// Returns the fleet that never changes with which a run of `plan` is compared. `peak_rps`: the highest mean rate of a minute.
pub(crate) async fn fixed(
    plan: &Plan,
    run: &Run,
    peak_rps: f64,
    runner: &mut impl Runner,
) -> Baseline {
    let capacity = capacity(plan, run, peak_rps, runner).await;
    let used = if costs_more_than_time(plan) {
        by_running(plan, run, capacity, runner).await
    } else {
        let instances = plan.resource.hosts().map_or(capacity, |hosts| {
            hosts.instances_for(capacity).max(hosts.min)
        });
        Consumption {
            instances,
            instance_s: f64::from(instances) * length_s(run),
            other_usd: 0.0,
        }
    };
    used.to_baseline(plan, run)
}

/// Returns its instances (copies, units): enough for the highest minute at the load test's safety factor. Of an asynchronous
/// endpoint, whose work may wait for the peak to pass, the fewest with which the objective is kept.
async fn capacity(plan: &Plan, run: &Run, peak_rps: f64, runner: &mut impl Runner) -> u32 {
    if plan.resource.has_shared_queue() {
        return fewest_for_queue(plan, run, peak_rps, runner).await;
    }
    let capacity = plan.instances_for_peak(peak_rps);
    let most = plan.resource.on_demand();
    most.map_or(capacity, |most| capacity.min(most.max_concurrency))
}

/// Returns how many runs it usually takes to find the fleet that never changes.
pub(crate) fn expected_runs(plan: &Plan) -> f64 {
    let of_queue = u8::from(plan.resource.has_shared_queue());
    f64::from(2 * of_queue + u8::from(costs_more_than_time(plan)))
}

/// Returns whether the cost depends on more than time: on requests, on surplus credits, or on instances that fail and are
/// replaced.
fn costs_more_than_time(plan: &Plan) -> bool {
    let pays_surplus = |mode: CreditMode| mode == CreditMode::Unlimited;
    let credits = plan.resource.cpu_credits();
    credits.is_some_and(|credits| pays_surplus(credits.mode))
        || plan.resource.on_demand().is_some()
        || plan.resource.health().is_some()
}

async fn by_running(
    plan: &Plan,
    run: &Run,
    capacity: u32,
    runner: &mut impl Runner,
) -> Consumption {
    let mut fixed = run_of_same_latency(run);
    runner.run(&fixed_plan(plan, capacity), &mut fixed).await;
    let totals = &fixed.totals;
    Consumption {
        instances: plan.instances_for(capacity),
        instance_s: totals.instance_s,
        other_usd: totals.requests_usd + totals.surplus_usd,
    }
}

/// Returns an empty run that shares the latency table of `run`, which is of the same load test.
fn run_of_same_latency(run: &Run) -> Run {
    Run {
        latency: run.latency.clone(),
        ..Run::default()
    }
}

/// Returns the fewest instances with which an asynchronous endpoint keeps its objective, and leaves no more requests waiting at
/// the end than the run does. A sum by the minute gives a first guess; whole runs decide, mostly two of them.
async fn fewest_for_queue(plan: &Plan, run: &Run, peak_rps: f64, runner: &mut impl Runner) -> u32 {
    let left = run.totals.queued_at_end;
    let least = plan.scalable_target.min.max(1);
    // With this many no request waits for longer than its minute.
    let most = ((peak_rps / plan.service.max_rps).ceil() as u32).max(least);
    let mut minutes: Vec<f64> = Vec::new();
    plan.demand
        .for_each_minute(|minute| minutes.push(minute.mean_rps));
    let allowed = 1.0 - plan.objective.availability;
    let guess = fewest(least - 1, most, |instances| {
        let (too_old, waiting) = share_too_old(plan, &minutes, instances);
        too_old <= allowed && waiting <= left + ROUNDING
    });
    let mut last = run_of_same_latency(run);
    let (mut below, mut enough) = (least - 1, most);
    let mut guesses = [guess, guess.saturating_sub(1)].into_iter();
    while enough - below > 1 {
        let guess = guesses.next();
        let instances = match guess {
            Some(guess) if !(below < guess && guess < enough) => continue,
            Some(guess) => guess,
            None => below + (enough - below) / 2,
        };
        let fixed = fixed_plan(plan, instances);
        runner.run(&fixed, &mut last).await;
        let holds = objective::standing(&fixed, &last) != Standing::Short
            && last.totals.queued_at_end <= left + ROUNDING;
        match holds {
            true => enough = instances,
            false => below = instances,
        }
    }
    enough
}

/// Returns the smallest number above `below` for which `does` is true. It is known to be true of `enough`.
fn fewest(mut below: u32, mut enough: u32, mut does: impl FnMut(u32) -> bool) -> u32 {
    while enough - below > 1 {
        let middle = below + (enough - below) / 2;
        match does(middle) {
            true => enough = middle,
            false => below = middle,
        }
    }
    enough
}

/// Returns the share of requests that wait for longer than the objective or RequestTTLSeconds allows, and how many wait at the
/// end.
fn share_too_old(plan: &Plan, minutes: &[f64], instances: u32) -> (f64, f64) {
    let served = 60.0 * f64::from(instances) * plan.service.max_rps;
    let allowed_s = plan.objective.late_s.min(plan.service.timeout_s);
    // If no more than this wait, the last of them is served in time.
    let allowed = allowed_s / 60.0 * served;
    let (mut waiting, mut came, mut too_old) = (0.0_f64, 0.0, 0.0);
    for rps in minutes {
        let requests = 60.0 * rps;
        came += requests;
        waiting = (waiting + requests - served).max(0.0);
        too_old += (waiting - allowed).clamp(0.0, requests);
    }
    let share = if came > 0.0 { too_old / came } else { 0.0 };
    (share, waiting)
}
