//! Key figures that compare supply with demand, minute by minute.

use super::{Elasticity, needed};
use crate::{
    demand::larger,
    elasticity,
    plan::Plan,
    run::{FleetChange, Run},
};

/// The fewest instances that serve each minute, at least one, summed up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needed {
    /// The most that any minute needs.
    pub most: u32,
    /// Instance-seconds of all minutes.
    pub instance_s: f64,
    /// Seconds of minutes without requests.
    pub nothing_s: f64,
}

/// What one walk over the minutes of demand yields.
pub(super) struct Minutes {
    /// Highest mean rate of a minute.
    pub peak_rps: f64,
    /// The instances that serve each minute.
    pub needed: Needed,
    pub elasticity: Elasticity,
}

impl Minutes {
    pub(super) fn of(plan: &Plan, run: &Run) -> Self {
        let mut sums = Self {
            peak_rps: 0.0,
            needed: Needed::default(),
            elasticity: elasticity::Meter::default().finish(),
        };
        let mut meter = elasticity::Meter::default();
        let mut fleet = Supply::new(&run.fleet);
        for (i, minute) in plan.demand.minutes().enumerate() {
            let needed = needed(minute.max_rps, plan);
            sums.peak_rps = larger(sums.peak_rps, minute.mean_rps);
            sums.needed.most = sums.needed.most.max(needed);
            sums.needed.instance_s += 60.0 * f64::from(needed);
            sums.needed.nothing_s += 60.0 * f64::from(u8::from(minute.max_rps <= 0.0));
            meter.add(fleet.mean_until(60.0 * (i + 1) as f64), f64::from(needed));
        }
        sums.elasticity = meter.finish();
        sums
    }
}

/// Walks the changes of the fleet, and returns mean instances in service.
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

    /// Returns the mean from where the last call ended to `until_s`.
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
