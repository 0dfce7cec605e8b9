//! CPU credits as the instances of a fleet earn and spend them. Instances that came into service together are one cohort.
//!
//! Whether an instance is throttled is decided at the end of each minute, for the next one. What AWS documents of credits is
//! followed; how an instance without any slows down is assumed (`docs/model.md`).

mod cohort;
mod totals;

use crate::{
    fleet::{FleetEvent, InstanceChange},
    plan::{CpuCredits, CreditMode, Plan},
    run::CreditSums,
};
use cohort::Cohort;

/// Most cohorts. When there would be more, the two neighbours whose balances are closest are merged.
const MAX_COHORTS: usize = 64;

/// A speed above this counts as full speed.
const FULL_SPEED: f64 = 1.0 - 1e-9;

/// The credits of a fleet.
#[derive(Clone, Debug)]
pub(crate) struct Credits {
    plan: CpuCredits,
    max_rps: f64,
    /// Credits that a request costs, that an instance spends in a minute at most, and that it earns in a second.
    per_request: f64,
    max_per_minute: f64,
    earned_per_s: f64,
    /// The oldest first.
    cohorts: Vec<Cohort>,
    /// Up to when, and up to how many requests served in this period, everything is accounted.
    accounted_s: f64,
    accounted_served: f64,
    /// Instance-seconds in service in the period.
    in_service_s: f64,
    /// Requests served in the period, and the sum of how many times as long as at full speed each took.
    served: f64,
    slowed: f64,
    /// Surplus credits beyond those of 24 hours, to be charged at the end of the hour.
    surplus_due: f64,
    sums: CreditSums,
}

/// Balances at the end of a minute, as means over instances.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CreditBalances {
    pub balance: f64,
    pub surplus: f64,
}

impl Credits {
    /// Returns the credits of a plan's instances; `None` where they have none.
    pub(crate) fn of(plan: &Plan, instances: u32) -> Option<Box<Self>> {
        let credits = plan.resource.cpu_credits()?;
        Some(Self::boxed(plan, credits, instances))
    }

    #[cold]
    fn boxed(plan: &Plan, credits: &CpuCredits, instances: u32) -> Box<Self> {
        let mut fleet = Self::new(credits, plan.service.max_rps);
        fleet.add(0, instances, credits.initial);
        Box::new(fleet)
    }

    /// Returns the credits of a fleet without instances.
    fn new(plan: &CpuCredits, max_rps: f64) -> Self {
        let full = plan.full_per_minute(max_rps);
        Self {
            plan: *plan,
            max_rps,
            per_request: full / (60.0 * max_rps),
            max_per_minute: full,
            earned_per_s: plan.earned_per_hour / 3600.0,
            cohorts: Vec::with_capacity(MAX_COHORTS),
            accounted_s: 0.0,
            accounted_served: 0.0,
            in_service_s: 0.0,
            served: 0.0,
            slowed: 0.0,
            surplus_due: 0.0,
            sums: CreditSums::default(),
        }
    }

    /// Accounts for the time up to `at_s`. `served`: requests served in the period so far.
    pub(crate) fn account_until(&mut self, at_s: f64, served: f64) {
        let seconds = at_s - self.accounted_s;
        let done = (served - self.accounted_served).max(0.0);
        (self.accounted_s, self.accounted_served) = (at_s, served);
        let most = |cohort: &Cohort| cohort.speed * self.max_rps * seconds;
        let level = self.requests_of_each(done, most);
        let earned = self.earned_per_s * seconds;
        let mut throttled = 0;
        for cohort in &mut self.cohorts {
            let each = level.min(cohort.speed * self.max_rps * seconds);
            let all = f64::from(cohort.instances) * each;
            self.served += all;
            self.slowed += all / cohort.speed;
            self.in_service_s += f64::from(cohort.instances) * seconds;
            let spent = each * self.per_request;
            self.surplus_due += cohort.account(&self.plan, earned, spent, &mut self.sums);
            if cohort.speed < FULL_SPEED {
                throttled += cohort.instances;
            }
        }
        if throttled > 0 && seconds > 0.0 {
            self.note_throttled(at_s - seconds, at_s, throttled);
        }
    }

    /// Returns the requests that each instance serves of `served`. They are shared evenly, and what a throttled instance cannot
    /// serve goes to the others. `most`: what an instance of a cohort can serve.
    // rule: credits.shared-requests
    fn requests_of_each(&self, served: f64, most: impl Fn(&Cohort) -> f64) -> f64 {
        let mut level = 0.0;
        // Each round finds at least one more cohort that serves all it can.
        for _ in 0..=self.cohorts.len() {
            let (mut full, mut open) = (0.0, 0.0);
            for cohort in &self.cohorts {
                let instances = f64::from(cohort.instances);
                let most = most(cohort);
                if most <= level {
                    full += instances * most;
                } else {
                    open += instances;
                }
            }
            if open <= 0.0 {
                return level;
            }
            let next = (served - full) / open;
            if next <= level {
                return level;
            }
            level = next;
        }
        level
    }

    /// Takes account of what has happened to instances in service.
    // rule: credits.surplus-charged-at-end
    pub(crate) fn on_fleet(&mut self, event: &FleetEvent) {
        let FleetEvent {
            what,
            arrival,
            instances,
        } = *event;
        match what {
            InstanceChange::InService => self.add(arrival, instances, None),
            InstanceChange::Restored => {
                // What they had is not known: they get the mean balance of the others.
                let balance = self.balances().balance;
                self.add(arrival, instances, Some(balance));
            }
            InstanceChange::Gone | InstanceChange::Failed => self.remove(arrival, instances),
        }
    }

    /// Adds instances of an arrival that is later than all others.
    fn add(&mut self, arrival: u32, instances: u32, balance: Option<f64>) {
        if instances == 0 {
            return;
        }
        if self.cohorts.len() >= MAX_COHORTS {
            self.merge_two();
        }
        let cohort = Cohort::new(&self.plan, arrival, instances, balance);
        self.sums.given += f64::from(instances) * cohort.credits();
        self.cohorts.push(cohort);
    }

    /// Removes instances of an arrival, or of the earlier one that it has been merged with.
    fn remove(&mut self, arrival: u32, instances: u32) {
        let after = (self.cohorts).partition_point(|cohort| cohort.arrival <= arrival);
        let cohort = after
            .checked_sub(1)
            .and_then(|index| self.cohorts.get_mut(index));
        if let Some(cohort) = cohort {
            cohort.remove(instances, &mut self.sums);
        }
        self.cohorts.retain(|cohort| cohort.instances > 0);
    }

    /// Merges the two neighbours whose balances are closest.
    fn merge_two(&mut self) {
        let standing = |cohort: &Cohort| cohort.credits() - cohort.surplus;
        let pairs = self.cohorts.windows(2).enumerate();
        let alike = pairs.filter_map(|(index, pair)| {
            let [older, younger] = pair else { return None };
            Some((index, (standing(older) - standing(younger)).abs()))
        });
        let Some((index, _)) = alike.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            return;
        };
        let younger = self.cohorts.remove(index + 1);
        if let Some(older) = self.cohorts.get_mut(index) {
            older.merge(&younger);
        }
    }

    /// Ends the minute: decides which instances are throttled in the next one.
    // rule: credits.surplus-charged-hourly
    // rule: credits.below-baseline
    pub(crate) fn end_minute(&mut self, at_s: f64) {
        if !self.is_unlimited() {
            let (earned, full) = (60.0 * self.earned_per_s, self.max_per_minute);
            for cohort in &mut self.cohorts {
                cohort.throttle(earned, full);
            }
        }
        for cohort in &mut self.cohorts {
            cohort.spent = 0.0;
        }
        if at_s % 3600.0 == 0.0 {
            self.sums.charged += core::mem::take(&mut self.surplus_due);
        }
        (self.accounted_served, self.in_service_s) = (0.0, 0.0);
        (self.served, self.slowed) = (0.0, 0.0);
    }

    pub(crate) fn is_unlimited(&self) -> bool {
        self.plan.mode == CreditMode::Unlimited
    }

    /// Returns the instance-seconds in service in the period so far.
    pub(crate) fn in_service_s(&self) -> f64 {
        self.in_service_s
    }

    /// Returns how many times as long as at full speed a request of the period took, as a mean.
    pub(crate) fn slowness(&self) -> f64 {
        if self.served > 0.0 {
            self.slowed / self.served
        } else {
            1.0
        }
    }

    /// Returns the mean speed of the instances in service as a share of full speed; 1 without instances.
    // rule: credits.speed
    pub(crate) fn speed(&self) -> f64 {
        let (instances, speed) = self.sum(|cohort| cohort.speed);
        if instances > 0.0 {
            speed / instances
        } else {
            1.0
        }
    }

    /// Returns the metrics CPUCreditBalance and CPUSurplusCreditBalance.
    pub(crate) fn balances(&self) -> CreditBalances {
        let (instances, balance) = self.sum(Cohort::credits);
        let (_, surplus) = self.sum(|cohort| cohort.surplus);
        let mean = |sum: f64| {
            if instances > 0.0 {
                sum / instances
            } else {
                0.0
            }
        };
        CreditBalances {
            balance: mean(balance),
            surplus: mean(surplus),
        }
    }

    /// Returns the number of instances, and the sum of a quantity over them.
    fn sum(&self, of: impl Fn(&Cohort) -> f64) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for cohort in &self.cohorts {
            let instances = f64::from(cohort.instances);
            sums = (sums.0 + instances, sums.1 + instances * of(cohort));
        }
        sums
    }
}

#[cfg(test)]
mod tests;
