//! Perfect foresight: the least that serving the same requests costs, if instances come and go at once. No policy that serves as
//! well costs less.

use super::{Baseline, Consumption};
use crate::{
    minutes::Needed,
    objective::{self, Standing},
    plan::{CreditMode, OnDemand, Plan, ScalableResource},
    run::{CreditSums, Run},
};

/// Returns the bound for a run of `plan`. `fixed`: instances of the fleet that never changes, with which an asynchronous queue is
/// served in time.
pub(crate) fn foresight(plan: &Plan, run: &Run, needed: &Needed, fixed: u32) -> Baseline {
    use ScalableResource::{
        AsynchronousInstances, ComponentCopies, GroupInstances, ProvisionedConcurrency,
        VariantInstances,
    };
    let mut used = match &plan.resource {
        VariantInstances(_) | GroupInstances(_) => fewest_by_minute(plan, needed),
        AsynchronousInstances { .. } => without_idling(plan, run, fixed),
        ComponentCopies(_) => under_copies(plan),
        ProvisionedConcurrency(on_demand) => cheapest_by_minute(plan, on_demand),
    };
    if let Some(credits) = &run.credits {
        used = with_credits(used, plan, run, credits);
    }
    // A run that keeps the objective is a way to serve these requests, too: it may have let requests wait for a moment, or had an
    // instance for part of a minute.
    let serves = objective::standing(plan, run) != Standing::Short;
    if serves && used.cost_usd(plan) > run.totals.cost_usd {
        used = as_the_run(plan, run);
    }
    used.to_baseline(plan, run)
}

/// Returns what the run itself took, where nothing cheaper is known.
#[cold]
fn as_the_run(plan: &Plan, run: &Run) -> Consumption {
    let totals = &run.totals;
    let most = run.fleet.iter().map(|change| change.in_service).max();
    Consumption {
        instances: plan.instances_for(most.unwrap_or(0)),
        instance_s: totals.instance_s,
        other_usd: totals.requests_usd + totals.surplus_usd,
    }
}

/// Sums up the fewest instances that serve each minute as it comes: at least one, unless MinCapacity may be 0.
fn fewest_by_minute(plan: &Plan, needed: &Needed) -> Consumption {
    let spared_s = match plan.may_have_none() {
        true => needed.nothing_s,
        false => 0.0,
    };
    let instance_s = needed.instance_s - spared_s;
    Consumption {
        instances: if instance_s > 0.0 { needed.most } else { 0 },
        instance_s,
        other_usd: 0.0,
    }
}

/// Sums up the fewest instances under the copies that serve each minute: none in a minute without requests.
#[cold]
fn under_copies(plan: &Plan) -> Consumption {
    let mut used = Consumption::default();
    plan.demand.for_each_minute(|minute| {
        let instances = match minute.max_rps > 0.0 {
            true => plan.instances_for(plan.fewest_instances(minute.max_rps)),
            false => 0,
        };
        used.instances = used.instances.max(instances);
        used.instance_s += 60.0 * f64::from(instances);
    });
    used
}

/// Counts only busy instances: in an asynchronous endpoint's queue work can wait until an instance has enough to do. What still
/// waits at the end of the run is left there.
fn without_idling(plan: &Plan, run: &Run, fixed: u32) -> Consumption {
    let totals = &run.totals;
    let done = (totals.requests - totals.queued_at_end).max(0.0);
    let used = Consumption {
        instances: if done > 0.0 { fixed } else { 0 },
        instance_s: done / plan.service.max_rps,
        other_usd: 0.0,
    };
    used.reaching_its_mean(run)
}

/// Takes the cheapest way for each minute of a serverless endpoint: all on demand, as much provisioned concurrency as is always
/// in use, or one unit more.
fn cheapest_by_minute(plan: &Plan, on_demand: &OnDemand) -> Consumption {
    let mut used = Consumption::default();
    let each = 60.0 * plan.service.max_rps;
    plan.demand.for_each_minute(|minute| {
        let requests = 60.0 * minute.mean_rps;
        let busy = ((requests / each) as u32).min(on_demand.max_concurrency);
        let ways = [0, busy, (busy + 1).min(on_demand.max_concurrency)].map(|units| {
            let provisioned = requests.min(f64::from(units) * each);
            Consumption {
                instances: units,
                instance_s: 60.0 * f64::from(units),
                other_usd: provisioned * on_demand.provisioned_usd_per_request
                    + (requests - provisioned) * on_demand.usd_per_request,
            }
        });
        let cheapest =
            (ways.into_iter()).min_by(|a, b| a.cost_usd(plan).total_cmp(&b.cost_usd(plan)));
        if let Some(way) = cheapest {
            used.instances = used.instances.max(way.instances);
            used.instance_s += way.instance_s;
            used.other_usd += way.other_usd;
        }
    });
    used
}

/// Adds what the requests' CPU credits cost: in standard mode the instances that earn them; in unlimited mode those or the
/// surplus, whichever is cheaper.
///
/// Assumes the credits that the run's instances came with, and that none is lost.
#[cold]
fn with_credits(used: Consumption, plan: &Plan, run: &Run, sums: &CreditSums) -> Consumption {
    let Some(credits) = plan.resource.cpu_credits() else {
        return used;
    };
    let max_rps = plan.service.max_rps;
    let per_request = credits.full_per_minute(max_rps) / (60.0 * max_rps);
    let requests = (run.totals.requests - run.totals.queued_at_end).max(0.0);
    let earned_per_s = credits.earned_per_hour / 3600.0;
    let missing = requests * per_request - sums.given;
    let surplus = |instance_s: f64| (missing - earned_per_s * instance_s).max(0.0);
    let earning = |missing: f64| Consumption {
        instance_s: used.instance_s.max(missing / earned_per_s),
        ..used
    };
    let best = match credits.mode {
        CreditMode::Standard => earning(missing - sums.lent),
        CreditMode::Unlimited => {
            let paying = Consumption {
                other_usd: used.other_usd
                    + surplus(used.instance_s) / 60.0 * credits.usd_per_vcpu_hour,
                ..used
            };
            let earning = earning(missing);
            match earning.cost_usd(plan) < paying.cost_usd(plan) {
                true => earning,
                false => paying,
            }
        }
    };
    best.reaching_its_mean(run)
}
