//! A fleet that never changes.
//!
//! Most such fleets cost instances × price × time, to the last digit, and are not run: whatever comes, nothing of them changes.
//! Only where more is paid for than time (surplus credits, requests), or where instances fail and are launched anew, the engine
//! runs them.

use super::{Consumption, length_s};
use crate::{
    plan::{CreditMode, Fleet, Plan, ScalableTarget},
    report::{self, Baseline, Standing},
    run::Run,
    runner::Runner,
};

/// Fewer requests than this are rounding.
const ROUNDING: f64 = 1e-6;

/// The plan of the same demand on so many instances (copies, units) all the time: nothing scales, and no warm pool waits.
#[must_use]
pub fn fixed_plan(plan: &Plan, capacity: u32) -> Plan {
    let mut fixed = Plan {
        scalable_target: ScalableTarget {
            min: capacity,
            max: capacity,
        },
        fleet: Fleet {
            initial: capacity,
            warm_pool: None,
            ..plan.fleet
        },
        target_tracking: Vec::new(),
        step_scaling: Vec::new(),
        predictive: None,
        scheduled_actions: Vec::new(),
        ..plan.clone()
    };
    if let Some(hosts) = &mut fixed.fleet.hosts {
        hosts.max = hosts.max.max(hosts.instances_for(capacity));
    }
    fixed
}

/// The fleet that never changes beside which a run of `plan` is put. `peak_rps`: the highest mean rate of a minute.
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
        let instances = plan.fleet.hosts.map_or(capacity, |hosts| {
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

/// Instances (copies, units) of it: enough for the highest minute at the load test's safety factor. Of a queue of the endpoint's
/// own, in which work may wait for the peak to pass, the fewest with which the objective holds.
async fn capacity(plan: &Plan, run: &Run, peak_rps: f64, runner: &mut impl Runner) -> u32 {
    if plan.service.shared_queue {
        return fewest_for_queue(plan, run, peak_rps, runner).await;
    }
    let capacity = report::fixed_fleet(plan, peak_rps);
    let most = plan.overflow.on_demand();
    most.map_or(capacity, |most| capacity.min(most.max_concurrency))
}

/// How often a plan without policies is run to find the fleet that never changes, as a rule.
pub(crate) fn expected_runs(plan: &Plan) -> f64 {
    let queue = if plan.service.shared_queue { 2.0 } else { 0.0 };
    queue + f64::from(u8::from(costs_more_than_time(plan)))
}

/// Whether more than time is paid for, or how many there are changes though nobody scales.
fn costs_more_than_time(plan: &Plan) -> bool {
    let pays_surplus = |mode: CreditMode| mode == CreditMode::Unlimited;
    let credits = plan
        .cpu_credits
        .as_ref()
        .filter(|_| plan.fleet.hosts.is_none());
    credits.is_some_and(|credits| pays_surplus(credits.mode))
        || plan.overflow.on_demand().is_some()
        || plan.health.is_some()
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

/// A place for a run of the same load test, with what its latency was worked out to.
fn run_of_same_latency(run: &Run) -> Run {
    Run {
        latency: run.latency.clone(),
        ..Run::default()
    }
}

/// The fewest instances all the time with which a queue's objective holds, and no more wait at the end than the run
/// leaves. What waits and for how long is first worked out from minute to minute; the engine has the last word, and is mostly asked twice.
async fn fewest_for_queue(plan: &Plan, run: &Run, peak_rps: f64, runner: &mut impl Runner) -> u32 {
    let left = run.totals.queued_at_end;
    let least = plan.scalable_target.min.max(1);
    // With so many no minute's requests wait for longer than that minute.
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
        let holds = report::standing(&fixed, &last) != Standing::Short
            && last.totals.queued_at_end <= left + ROUNDING;
        match holds {
            true => enough = instances,
            false => below = instances,
        }
    }
    enough
}

/// The smallest number that does, more than `below`; `enough` at most, of which that is known.
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

/// Share of the requests that wait for longer than the objective, or their own life, allows; and how many wait at the end.
fn share_too_old(plan: &Plan, minutes: &[f64], instances: u32) -> (f64, f64) {
    let served = 60.0 * f64::from(instances) * plan.service.max_rps;
    let allowed_s = plan.objective.late_s.min(plan.service.timeout_s);
    // So many may wait, and the last of them is served in time.
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
