//! Key figures that compare supply with demand, minute by minute.

use super::{Elasticity, needed};
use crate::{
    demand::larger,
    elasticity,
    plan::Plan,
    run::{FleetChange, Run},
};

/// What one walk over the run's minutes gathers.
pub(super) struct Minutes {
    /// Highest mean rate of a minute.
    pub peak_rps: f64,
    /// Most capacity that a minute needs, and the instances for all that is needed, in instance-seconds.
    pub most_needed: u32,
    pub needed_s: f64,
    pub elasticity: Elasticity,
}

impl Minutes {
    pub(super) fn of(plan: &Plan, run: &Run) -> Self {
        let mut sums = Self {
            peak_rps: 0.0,
            most_needed: 0,
            needed_s: 0.0,
            elasticity: elasticity::Meter::default().finish(),
        };
        let mut meter = elasticity::Meter::default();
        let mut fleet = Supply::new(&run.fleet);
        for (i, minute) in plan.demand.minutes().enumerate() {
            let needed = needed(minute.max_rps, plan);
            sums.peak_rps = larger(sums.peak_rps, minute.mean_rps);
            sums.most_needed = sums.most_needed.max(needed);
            sums.needed_s += 60.0 * f64::from(needed);
            meter.add(fleet.mean_until(60.0 * (i + 1) as f64), f64::from(needed));
        }
        sums.elasticity = meter.finish();
        if plan.fleet.hosts.is_some() {
            sums.needed_s = under_copies(plan);
        }
        sums
    }
}

/// Instances that copies need, in instance-seconds: nobody where nothing comes.
#[cold]
#[inline(never)]
fn under_copies(plan: &Plan) -> f64 {
    let instances = |max_rps: f64| match max_rps > 0.0 {
        true => plan.instances_for(needed(max_rps, plan)),
        false => 0,
    };
    let minutes = plan.demand.minutes();
    minutes
        .map(|minute| 60.0 * f64::from(instances(minute.max_rps)))
        .sum()
}

/// Walks the changes of the fleet, giving mean instances in service.
struct Supply<'a> {
    changes: core::slice::Iter<'a, FleetChange>,
    now_s: f64,
    in_service: f64,
}

impl<'a> Supply<'a> {
    fn new(changes: &'a [FleetChange]) -> Self {
        Self {
            changes: changes.iter(),
            now_s: 0.0,
            in_service: 0.0,
        }
    }

    /// Mean from where the last call ended to `until_s`.
    fn mean_until(&mut self, until_s: f64) -> f64 {
        let from_s = self.now_s;
        let mut sum = 0.0;
        while let Some(change) = self.changes.as_slice().first()
            && change.at_s < until_s
        {
            sum += (change.at_s - self.now_s) * self.in_service;
            (self.now_s, self.in_service) = (change.at_s, f64::from(change.in_service));
            self.changes.next();
        }
        if self.now_s <= from_s {
            self.now_s = until_s;
            return self.in_service;
        }
        sum += (until_s - self.now_s) * self.in_service;
        self.now_s = until_s;
        sum / (until_s - from_s)
    }
}
