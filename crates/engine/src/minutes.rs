//! Key figures that compare supply with demand, minute by minute.

use crate::{
    demand::{BLOCK_MINUTES, larger},
    elasticity::{Elasticity, Meter},
    plan::Plan,
    run::{FleetChange, Run},
};
use core::mem;
use multiversion::multiversion;

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
pub(crate) struct Minutes {
    /// Highest mean rate of a minute.
    pub peak_rps: f64,
    /// The instances that serve each minute.
    pub needed: Needed,
    pub elasticity: Elasticity,
}

impl Minutes {
    pub(crate) fn of(plan: &Plan, run: &Run) -> Self {
        let mut requests = 0.0;
        let mut needed = Needed::default();
        let mut meter = Meter::default();
        let mut fleet = Supply::new(&run.fleet);
        let mut demand = [0.0; BLOCK_MINUTES];
        let mut supply = [0.0; BLOCK_MINUTES];
        plan.demand.for_minutes(|minutes| {
            let rates = minutes.highest_rps();
            let demand = demand.get_mut(..rates.len()).unwrap_or_default();
            let supply = supply.get_mut(..rates.len()).unwrap_or_default();
            requests = larger(requests, minutes.most_requests());
            fewest(demand, rates, plan.service.max_rps);
            needed.add(demand, rates);
            fleet.means_of_minutes(supply);
            meter.add(supply, demand);
        });
        Self {
            peak_rps: requests / 60.0,
            needed,
            elasticity: meter.finish(),
        }
    }
}

/// Writes the fewest instances that serve each rate, at least one: as `Plan::fewest_instances`, many at once.
#[multiversion(targets("x86_64+avx2"))]
fn fewest(instances: &mut [f64], rates: &[f64], max_rps: f64) {
    for (instances, rps) in instances.iter_mut().zip(rates) {
        let fewest = (rps / max_rps - 1e-9).ceil();
        *instances = fewest.clamp(1.0, f64::from(u32::MAX));
    }
}

impl Needed {
    /// Adds minutes, by the fewest instances that serve each and the highest rate of each.
    fn add(&mut self, instances: &[f64], rates: &[f64]) {
        let mut most = f64::from(self.most);
        for (instances, rps) in instances.iter().zip(rates) {
            most = larger(most, *instances);
            self.instance_s += 60.0 * instances;
            self.nothing_s += 60.0 * f64::from(u8::from(*rps <= 0.0));
        }
        self.most = most as u32;
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

    /// Writes the means of the minutes from where the last call ended on.
    fn means_of_minutes(&mut self, mut means: &mut [f64]) {
        while !means.is_empty() {
            let next_s = (self.changes.as_slice().first()).map_or(f64::INFINITY, |it| it.at_s);
            // Minutes that end before the next change, or with it, are alike.
            let alike = ((next_s - self.now_s) / 60.0) as usize;
            let (these, later) = means.split_at_mut(alike.min(means.len()));
            these.fill(self.in_service);
            self.now_s += 60.0 * these.len() as f64;
            means = later;
            if let Some((mean, later)) = mem::take(&mut means).split_first_mut() {
                *mean = self.mean_until(self.now_s + 60.0);
                means = later;
            }
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
