//! The fleet: instances that launch, serve and are removed. How many there are to be is not decided here.

mod failed;
mod hosts;
mod pool;
mod repairs;

use std::{cmp::Ordering, ops::Range};

use hosts::Hosts;
use pool::Pool;
use repairs::Repairs;

pub(crate) use failed::FailedInstances;

use crate::{
    order::sort_by_number,
    plan::{self, Launch, ScalableResource},
    random::Random,
};

/// Instances that come into service, or are gone, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Batch {
    at_s: f64,
    instances: u32,
}

/// Why instances launch. A scale-in gives them up in the order of their purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaunchPurpose {
    /// To add capacity: they were asked for, or come out of a warm pool.
    Capacity,
    /// To replace instances that have failed.
    Replacement,
    /// To take the place of instances in another Availability Zone.
    Rebalancing,
    /// For any of these; they will not answer in time, and never come into service.
    Overdue,
}

/// What has come and gone at one moment: the fleet tells it to whoever needs to know.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settled {
    /// Whether anything has changed.
    pub changed: bool,
    /// Instances that have come into service.
    pub came: u32,
    /// Those that are gone because policies or schedules have removed them.
    pub gone: u32,
    /// Those that are gone because another one in another zone has taken their place.
    pub moved: u32,
}

/// Instances that launch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Launching {
    pub purpose: LaunchPurpose,
    /// When they come into service.
    pub at_s: f64,
    pub instances: u32,
}

/// The instances of one variant, or the copies of one inference component.
#[derive(Clone, Debug)]
pub(crate) struct Fleet {
    launch: Launch,
    removal_s: f64,
    random: Random,
    pool: Option<Box<Pool>>,
    /// The instances under copies. Where there are any, they keep what comes and goes.
    hosts: Option<Box<Hosts>>,
    /// What failures lead to, where there may be any.
    repairs: Option<Box<Repairs>>,
    /// Instances in service, those being removed included.
    pub in_service: u32,
    pub pending: u32,
    removing: u32,
    /// Instances that have failed and are not replaced yet, the oldest failure first.
    failed: Vec<FailedInstances>,
    /// Whether the oldest instance in service is slow.
    pub has_slow: bool,
    /// Instances that launch beyond desired capacity, to take the place of instances in another zone.
    launching_to_move: u32,
    /// Latest first, so that the next to happen is the last.
    arrivals: Vec<Batch>,
    departures: Vec<Batch>,
}

impl Fleet {
    pub(crate) fn new(
        plan: &plan::Fleet,
        resource: &ScalableResource,
        seed: u64,
        instances: u32,
    ) -> Self {
        let pool = resource.group().and_then(|group| group.warm_pool);
        let mut fleet = Self {
            launch: plan.launch,
            removal_s: plan.removal_s,
            random: Random::new(seed),
            pool: pool.map(|pool| Pool::boxed(pool, instances)),
            hosts: None,
            repairs: None,
            in_service: instances,
            pending: 0,
            removing: 0,
            failed: Vec::new(),
            has_slow: false,
            launching_to_move: 0,
            arrivals: Vec::new(),
            departures: Vec::new(),
        };
        if let Some(hosts) = resource.hosts() {
            fleet.on_hosts(*hosts, instances);
        }
        fleet
    }

    /// Prepares for failures. `start_within_s`: seconds within which a launch must answer.
    #[cold]
    pub(crate) fn may_fail(&mut self, start_within_s: Option<f64>) {
        self.repairs = Some(Repairs::boxed(start_within_s));
    }

    /// Makes it a fleet of copies on instances.
    #[cold]
    fn on_hosts(&mut self, hosts: plan::Hosts, copies: u32) {
        self.hosts = Some(Hosts::boxed(hosts, self.removal_s, copies));
        self.count_copies();
    }

    fn count_copies(&mut self) {
        if let Some(hosts) = &self.hosts {
            (self.in_service, self.pending) = (hosts.in_service, hosts.pending);
            self.removing = hosts.removing;
        }
    }

    /// Returns desired capacity: the instances that are there once everything under way is done.
    pub(crate) fn desired(&self) -> u32 {
        (self.in_service + self.pending + self.failed())
            .saturating_sub(self.removing + self.launching_to_move)
    }

    /// Returns when the next instance comes into service or is gone; infinity if none does.
    pub(crate) fn next_s(&self) -> f64 {
        if let Some(hosts) = &self.hosts {
            return hosts.next_s();
        }
        let next = |batches: &[Batch]| batches.last().map_or(f64::INFINITY, |batch| batch.at_s);
        let next_s = next(&self.arrivals).min(next(&self.departures));
        match &self.repairs {
            None => next_s,
            Some(repairs) => next_s.min(repairs.next_s()),
        }
    }

    /// Returns what launches, in no particular order, one entry for each purpose and moment.
    pub(crate) fn launches(&self) -> Vec<Launching> {
        let mut launches: Vec<Launching> = Vec::with_capacity(self.arrivals.len());
        let mut note = |purpose: LaunchPurpose, at_s: f64, instances: u32| match launches
            .iter_mut()
            .rev()
            .find(|other| other.at_s == at_s && other.purpose == purpose)
        {
            Some(other) => other.instances += instances,
            None => launches.push(Launching {
                purpose,
                at_s,
                instances,
            }),
        };
        for batch in &self.arrivals {
            note(LaunchPurpose::Capacity, batch.at_s, batch.instances);
        }
        if let Some(repairs) = &self.repairs {
            repairs.launches(note);
        }
        launches
    }

    /// Returns when everything under way is done; `None` if nothing is under way.
    pub(crate) fn busy_until_s(&self) -> Option<f64> {
        if let Some(hosts) = &self.hosts {
            return hosts.busy_until_s();
        }
        let until = |batches: &[Batch]| batches.first().map(|batch| batch.at_s);
        match (until(&self.arrivals), until(&self.departures)) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }

    /// Brings instances that are due by `now_s` into service or takes them away. Returns what has changed.
    pub(crate) fn settle(&mut self, now_s: f64) -> Settled {
        let mut settled = Settled::default();
        if let Some(hosts) = &mut self.hosts {
            settled.changed = hosts.settle(now_s);
            self.count_copies();
            return settled;
        }
        while let Some(batch) = self.arrivals.pop_if(|batch| batch.at_s <= now_s) {
            self.pending -= batch.instances;
            self.in_service += batch.instances;
            settled.came += batch.instances;
            settled.changed = true;
        }
        while let Some(batch) = self.departures.pop_if(|batch| batch.at_s <= now_s) {
            self.removing -= batch.instances;
            self.in_service -= batch.instances;
            settled.gone += batch.instances;
            settled.changed = true;
        }
        if self.repairs.is_some() {
            self.settle_repairs(now_s, &mut settled);
        }
        self.has_slow &= self.in_service > 0;
        settled
    }

    /// Slows the oldest instance in service down, if there is any, or lets it be as fast as the others again.
    #[cold]
    pub(crate) fn slow_down(&mut self, is_slow: bool) {
        self.has_slow = is_slow && self.in_service > 0;
    }

    /// Returns how many instances come into service by `now_s`, and how many are gone by then.
    #[cold]
    pub(crate) fn due(&self, now_s: f64) -> (u32, u32) {
        let due = |batches: &[Batch]| {
            let due = batches.iter().rev();
            let due = due.take_while(|batch| batch.at_s <= now_s);
            due.map(|batch| batch.instances).sum()
        };
        let repaired = (self.repairs.as_ref()).map_or(0, |repairs| repairs.due(due));
        (due(&self.arrivals) + repaired, due(&self.departures))
    }

    /// Starts to launch or to remove instances until `desired` are left. Instances of one decision launch together. Returns how many
    /// instances in service begin to leave.
    pub(crate) fn scale_to(&mut self, now_s: f64, desired: u32) -> u32 {
        let current = self.desired();
        if self.hosts.is_some() {
            self.scale_copies_to(now_s, current, desired);
            return 0;
        }
        let warm = match self.pool {
            Some(_) => self.with_pool(now_s, desired),
            None => 0,
        };
        if desired < current {
            return self.remove(now_s, current - desired);
        }
        self.launch(now_s, desired - current - warm);
        0
    }

    /// Starts or removes copies until `desired` are left.
    #[cold]
    fn scale_copies_to(&mut self, now_s: f64, current: u32, desired: u32) {
        let (launch, random) = (self.launch, &mut self.random);
        if let Some(hosts) = &mut self.hosts {
            let launch_s = || match launch {
                Launch::Fixed(launch_s) => launch_s,
                Launch::Range { from_s, to_s } => from_s + (to_s - from_s) * random.uniform(),
            };
            match desired.cmp(&current) {
                Ordering::Greater => hosts.scale_out(now_s, desired - current, launch_s),
                Ordering::Less => hosts.scale_in(now_s, current - desired),
                Ordering::Equal => {}
            }
        }
        self.count_copies();
    }

    /// Launches instances of the warm pool, and resizes the pool. Returns how many it launches.
    #[cold]
    fn with_pool(&mut self, now_s: f64, desired: u32) -> u32 {
        let warm = self.take_warm(now_s, desired.saturating_sub(self.desired()));
        if let Some(pool) = &mut self.pool {
            // An instance of a warm pool is prepared once the longest launch time is over.
            let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = self.launch;
            pool.resize(now_s + launch_s, desired);
        }
        warm
    }

    /// Launches as many instances of the warm pool as are ready, at most `instances`. Returns how many.
    fn take_warm(&mut self, now_s: f64, instances: u32) -> u32 {
        let Some(pool) = &mut self.pool else { return 0 };
        let taken = pool.take(now_s, instances);
        if taken > 0 {
            let launch_begins_s =
                (self.repairs.as_ref()).map_or(now_s, |it| it.launch_begins_s(now_s));
            let at_s = launch_begins_s + pool.launch_s();
            self.pending += taken;
            let batch = Batch {
                at_s,
                instances: taken,
            };
            insert(&mut self.arrivals, batch);
        }
        taken
    }

    /// Returns the instances that are billed: in service, launching, failed and not replaced yet, and running in a warm pool; of
    /// copies the instances under them.
    pub(crate) fn billed(&self) -> u32 {
        match (&self.hosts, &self.pool) {
            (None, None) => self.in_service + self.pending + self.failed(),
            (Some(hosts), _) => hosts.billed(),
            (None, Some(pool)) => self.in_service + self.pending + self.failed() + pool.billed(),
        }
    }

    // rule: sagemaker.launched-together
    fn launch(&mut self, now_s: f64, instances: u32) {
        if instances == 0 {
            return;
        }
        self.pending += instances;
        if self.repairs.is_some() {
            self.launch_in_time(now_s, instances);
            return;
        }
        self.begin_launches(now_s, instances, f64::INFINITY);
    }

    /// Launches instances that take at most `longest_s`.
    fn begin_launches(&mut self, now_s: f64, instances: u32, longest_s: f64) {
        match self.launch {
            Launch::Fixed(launch_s) => insert(
                &mut self.arrivals,
                Batch {
                    at_s: now_s + launch_s,
                    instances,
                },
            ),
            Launch::Range { from_s, to_s } => {
                self.launch_within(now_s, from_s..to_s.min(longest_s), instances);
            }
        }
    }

    /// Launches each instance with a launch time of its own.
    fn launch_within(&mut self, now_s: f64, seconds: Range<f64>, instances: u32) {
        for _ in 0..instances {
            let launch_s = seconds.start + (seconds.end - seconds.start) * self.random.uniform();
            self.arrivals.push(Batch {
                at_s: now_s + launch_s,
                instances: 1,
            });
        }
        sort_by_number(&mut self.arrivals, |batch| -batch.at_s);
    }

    /// Removes the youngest first: launches are given up immediately, instances in service serve until they are gone. Returns
    /// how many of these there are.
    // rule: sagemaker.youngest-go-first
    fn remove(&mut self, now_s: f64, instances: u32) -> u32 {
        let instances = match self.repairs {
            None => instances,
            Some(_) => self.remove_failed(instances),
        };
        let mut left = instances;
        self.arrivals.retain_mut(|batch| {
            let given_up = left.min(batch.instances);
            left -= given_up;
            batch.instances -= given_up;
            batch.instances > 0
        });
        self.pending -= instances - left;
        if left > 0 {
            self.removing += left;
            let batch = Batch {
                at_s: now_s + self.removal_s,
                instances: left,
            };
            insert(&mut self.departures, batch);
        }
        left
    }
}

/// Keeps `batches` latest first.
fn insert(batches: &mut Vec<Batch>, batch: Batch) {
    let index = batches.partition_point(|other| other.at_s > batch.at_s);
    batches.insert(index, batch);
}

#[cfg(test)]
mod tests;
