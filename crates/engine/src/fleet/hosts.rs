//! Copies of an inference component on instances that managed instance scaling adds and releases.
//!
//! Policies scale copies. A copy that finds room starts there. Otherwise it waits for a new instance, or for room where
//! MaxInstanceCount is reached. How many copies there are to be is not decided here.
//!
//! Source: Amazon SageMaker API reference, "ProductionVariantManagedInstanceScaling", its "ScaleInPolicy" and
//! "InferenceComponentSchedulingConfig". How copies are chosen within a strategy is assumed.

mod share;

use super::{Counts, capacity::Capacity};
use crate::{
    order::{sort_by_integer, sort_by_number},
    plan::{self, Hosts as Plan, Launch, Placement},
    random::Random,
    run::LaunchFailure,
};
use core::cmp::Ordering;
use share::{SoonerFirst, share_out};

/// One instance, and the copies on it.
#[derive(Clone, Copy, Debug)]
struct Host {
    /// Older instances have lower ids.
    id: u32,
    /// When it comes, or came, into service.
    ready_s: f64,
    /// Copies on it that start, that serve, and that serve until they are gone.
    starting: u32,
    serving: u32,
    leaving: u32,
    /// Since when it has held no copy; infinity while it holds some.
    empty_s: f64,
}

impl Host {
    fn holds(&self) -> u32 {
        self.starting + self.serving + self.leaving
    }
}

/// Copies that come or go on an instance at one moment.
#[derive(Clone, Copy, Debug)]
struct CopiesUnderWay {
    at_s: f64,
    host: u32,
    copies: u32,
}

/// Instances that have been released, and when they will be gone.
#[derive(Clone, Copy, Debug)]
struct Released {
    gone_s: f64,
    instances: u32,
}

/// The instances under a component's copies.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    plan: Plan,
    launch: Launch,
    removal_s: f64,
    random: Random,
    /// The oldest first.
    hosts: Vec<Host>,
    next_id: u32,
    /// The last to be gone first.
    released: Vec<Released>,
    /// Latest first, so that the next to happen is the last.
    arrivals: Vec<CopiesUnderWay>,
    departures: Vec<CopiesUnderWay>,
    /// Copies that wait for room.
    waiting: u32,
    /// Since when the instance that has been empty for longest has been so; infinity if none is empty.
    emptied_s: f64,
    /// When consolidation is due next; infinity where it is not.
    consolidates_s: f64,
    /// What there is for launches; `None`: always enough. And how many instances AWS has refused.
    capacity: Option<Box<Capacity>>,
    refused: u32,
    /// Copies. Those that wait for room are pending, too.
    pub(super) counts: Counts,
}

impl Hosts {
    /// Returns a fleet with `copies` in service at the start, as far as there is room for them; the others wait.
    pub(super) fn boxed(plan: Plan, fleet: &plan::Fleet, seed: u64, copies: u32) -> Box<Self> {
        let instances = plan.instances_for(copies).clamp(plan.min, plan.max);
        let mut hosts = Box::new(Self {
            plan,
            launch: fleet.launch,
            removal_s: fleet.removal_s,
            random: Random::new(seed),
            hosts: Vec::new(),
            next_id: 0,
            released: Vec::new(),
            arrivals: Vec::new(),
            departures: Vec::new(),
            waiting: 0,
            emptied_s: f64::INFINITY,
            consolidates_s: f64::INFINITY,
            capacity: Capacity::boxed(fleet, false),
            refused: 0,
            counts: Counts::default(),
        });
        for _ in 0..instances {
            hosts.add(0.0);
        }
        for (index, placed) in hosts.assign(0.0, copies) {
            if let Some(host) = hosts.hosts.get_mut(index) {
                host.serving += placed;
                host.empty_s = f64::INFINITY;
                hosts.counts.in_service += placed;
            }
        }
        hosts.waiting = copies - hosts.counts.in_service;
        hosts.counts.pending = hosts.waiting;
        hosts.look_for_empty();
        hosts.restart_consolidation_cooldown(0.0);
        hosts
    }

    fn add(&mut self, ready_s: f64) {
        self.hosts.push(Host {
            id: self.next_id,
            ready_s,
            starting: 0,
            serving: 0,
            leaving: 0,
            empty_s: ready_s,
        });
        self.next_id += 1;
    }

    /// Returns the instances that are billed: from the decision to launch them until they are gone.
    pub(super) fn billed(&self) -> u32 {
        let released = self.released.iter().map(|released| released.instances);
        self.hosts.len() as u32 + released.sum::<u32>()
    }

    /// Returns when something happens next; infinity if nothing does.
    pub(super) fn next_s(&self) -> f64 {
        let next = |on: &[CopiesUnderWay]| on.last().map_or(f64::INFINITY, |on| on.at_s);
        let gone = (self.released.last()).map_or(f64::INFINITY, |released| released.gone_s);
        let copies = next(&self.arrivals).min(next(&self.departures));
        let idle = if self.hosts.len() as u32 > self.plan.min {
            self.emptied_s + self.plan.idle_s
        } else {
            f64::INFINITY
        };
        copies.min(gone).min(idle).min(self.consolidates_s)
    }

    /// Returns when all copies under way are in service or gone; where some wait for room, when room may next be found.
    pub(super) fn busy_until_s(&self) -> Option<f64> {
        if self.waiting > 0 {
            return Some(self.next_s().min(self.tries_again_s()));
        }
        let until = |on: &[CopiesUnderWay]| on.first().map(|on| on.at_s);
        match (until(&self.arrivals), until(&self.departures)) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }

    /// Does all that is due by `now_s`. Returns whether anything changed.
    // rule: component.one-copy-is-a-variant
    pub(super) fn settle(&mut self, now_s: f64) -> bool {
        if self.next_s() > now_s {
            return false;
        }
        while let Some(on) = self.arrivals.pop_if(|on| on.at_s <= now_s) {
            if let Some(host) = self.host(on.host) {
                host.starting -= on.copies;
                host.serving += on.copies;
            }
            self.counts.pending -= on.copies;
            self.counts.in_service += on.copies;
            self.restart_consolidation_cooldown(now_s);
        }
        let mut left = false;
        while let Some(on) = self.departures.pop_if(|on| on.at_s <= now_s) {
            if let Some(host) = self.host(on.host) {
                host.leaving -= on.copies;
                if host.holds() == 0 {
                    host.empty_s = now_s;
                }
            }
            self.counts.removing -= on.copies;
            self.counts.in_service -= on.copies;
            self.restart_consolidation_cooldown(now_s);
            left = true;
        }
        while (self.released.pop_if(|released| released.gone_s <= now_s)).is_some() {}
        if left {
            let waiting = core::mem::take(&mut self.waiting);
            self.waiting = self.start(now_s, waiting);
            self.look_for_empty();
        }
        self.release_idle(now_s);
        if self.consolidates_s <= now_s {
            self.consolidate(now_s);
        }
        true
    }

    /// Instances or copies have changed, so the cooldown of consolidation begins anew.
    // rule: component.consolidation-cooldown
    fn restart_consolidation_cooldown(&mut self, now_s: f64) {
        if let Some(consolidation) = self.plan.consolidation {
            self.consolidates_s = now_s + consolidation.cooldown_s;
        }
    }

    fn look_for_empty(&mut self) {
        let empty = self.hosts.iter().map(|host| host.empty_s);
        self.emptied_s = empty.fold(f64::INFINITY, f64::min);
    }

    fn host(&mut self, id: u32) -> Option<&mut Host> {
        let index = self.hosts.binary_search_by_key(&id, |host| host.id).ok()?;
        self.hosts.get_mut(index)
    }

    /// Starts or removes copies until `desired` are left.
    #[cold]
    pub(super) fn scale_to(&mut self, now_s: f64, desired: u32) {
        let current = self.counts.desired();
        match desired.cmp(&current) {
            Ordering::Greater => self.scale_out(now_s, desired - current),
            Ordering::Less => self.scale_in(now_s, current - desired),
            Ordering::Equal => {}
        }
    }

    /// Draws how long an instance takes to launch, seconds.
    fn launch_s(&mut self) -> f64 {
        match self.launch {
            Launch::Fixed(launch_s) => launch_s,
            Launch::Range { from_s, to_s } => from_s + (to_s - from_s) * self.random.uniform(),
        }
    }

    /// Starts copies. Those that find no room get new instances, or wait.
    // rule: component.launches-instances
    fn scale_out(&mut self, now_s: f64, copies: u32) {
        self.counts.pending += copies;
        self.waiting += self.start(now_s, copies);
        self.launch(now_s);
        self.look_for_empty();
        self.restart_consolidation_cooldown(now_s);
    }

    /// Launches instances for the copies that wait, as many as there may be. Returns how many.
    fn launch(&mut self, now_s: f64) -> u32 {
        let more = (self.plan.max).saturating_sub(self.hosts.len() as u32);
        let asked = self.plan.instances_for(self.waiting).min(more);
        let launched = self.launchable(now_s, asked);
        for _ in 0..launched {
            let ready_s = now_s + self.launch_s();
            self.add(ready_s);
        }
        let waiting = core::mem::take(&mut self.waiting);
        self.waiting = self.start(now_s, waiting);
        launched
    }

    /// Returns how many of so many instances may launch now, and notes how many are refused.
    // rule: capacity.hosts
    fn launchable(&mut self, now_s: f64, asked: u32) -> u32 {
        let running = self.billed();
        let Some(capacity) = &mut self.capacity else {
            return asked;
        };
        let launched = asked.min(capacity.room(running).0);
        capacity.take(launched);
        self.refused = asked - launched;
        capacity.try_again_after(now_s);
        launched
    }

    /// Returns when refused instances are tried again; infinity if none are.
    pub(super) fn tries_again_s(&self) -> f64 {
        match &self.capacity {
            Some(capacity) if self.refused > 0 && self.waiting > 0 => capacity.tries_again_s(),
            _ => f64::INFINITY,
        }
    }

    /// Tries to launch refused instances again. Returns what is refused again, if anything is.
    pub(crate) fn launch_again(&mut self, now_s: f64) -> Option<LaunchFailure> {
        let (_, reason) = self.capacity.as_ref()?.room(self.billed());
        if self.launch(now_s) > 0 {
            self.look_for_empty();
            self.restart_consolidation_cooldown(now_s);
        }
        let instances = self.refused;
        (instances > 0).then_some(LaunchFailure { instances, reason })
    }

    /// Begins a shortage in which so many instances are to be had, or ends it.
    pub(super) fn set_shortage(&mut self, left: Option<u32>) {
        if let Some(capacity) = &mut self.capacity {
            capacity.set_shortage(left);
        }
    }

    /// Starts as many copies as there is room for. Returns how many are left.
    // rule: component.copy-starts-where-room
    fn start(&mut self, now_s: f64, copies: u32) -> u32 {
        let mut left = copies;
        for (index, placed) in self.assign(now_s, copies) {
            let Some(host) = self.hosts.get_mut(index) else {
                continue;
            };
            host.starting += placed;
            host.empty_s = f64::INFINITY;
            left -= placed;
            let on = CopiesUnderWay {
                at_s: host.ready_s.max(now_s) + self.plan.copy_start_s,
                host: host.id,
                copies: placed,
            };
            self.arrivals.push(on);
        }
        latest_first(&mut self.arrivals);
        left
    }

    /// Returns which instances, by index, get how many copies: those that are in service soonest first, then in the order of
    /// PlacementStrategy, then the oldest.
    // rule: component.placement
    fn assign(&self, now_s: f64, copies: u32) -> Vec<(usize, u32)> {
        let per_instance = self.plan.copies_per_instance;
        let rank = |index: usize, host: &Host, holds: u32| {
            let load = match self.plan.placement {
                Placement::Spread => per_instance - holds,
                Placement::BinPack => holds,
            };
            (
                SoonerFirst(host.ready_s.max(now_s)),
                load,
                usize::MAX - index,
            )
        };
        let loads = self.hosts.iter().map(|host| (host, host.holds()));
        let spread = matches!(self.plan.placement, Placement::Spread);
        share_out(loads, copies, per_instance, spread, rank)
    }

    /// Gives up copies that wait, then copies that start (the last first), then removes copies that serve.
    // rule: component.placement-of-removal
    fn scale_in(&mut self, now_s: f64, copies: u32) {
        let mut left = copies;
        let given_up = left.min(self.waiting);
        (self.waiting, self.counts.pending) =
            (self.waiting - given_up, self.counts.pending - given_up);
        left -= given_up;
        let mut arrivals = core::mem::take(&mut self.arrivals);
        arrivals.retain_mut(|on| {
            let given_up = left.min(on.copies);
            left -= given_up;
            on.copies -= given_up;
            self.counts.pending -= given_up;
            if let Some(host) = self.host(on.host) {
                host.starting -= given_up;
                if host.holds() == 0 {
                    host.empty_s = now_s.max(host.ready_s);
                }
            }
            on.copies > 0
        });
        self.arrivals = arrivals;
        let per_instance = self.plan.copies_per_instance;
        let strategy = self.plan.placement;
        let rank = move |index: usize, _: &Host, taken: u32| {
            let serving = per_instance - taken;
            let load = match strategy {
                Placement::Spread => serving,
                Placement::BinPack => per_instance - serving,
            };
            (SoonerFirst(0.0), load, index)
        };
        let loads = (self.hosts.iter()).map(|host| (host, per_instance - host.serving));
        let spread = matches!(strategy, Placement::Spread);
        for (index, gone) in share_out(loads, left, per_instance, spread, rank) {
            let Some(host) = self.hosts.get_mut(index) else {
                continue;
            };
            host.serving -= gone;
            host.leaving += gone;
            self.counts.removing += gone;
            let on = CopiesUnderWay {
                at_s: now_s + self.removal_s,
                host: host.id,
                copies: gone,
            };
            self.departures.push(on);
        }
        latest_first(&mut self.departures);
        self.look_for_empty();
        self.restart_consolidation_cooldown(now_s);
    }

    /// Releases instances that have been empty for long enough, the youngest first, down to MinInstanceCount.
    // rule: component.idle-release
    fn release_idle(&mut self, now_s: f64) {
        let idle_s = self.plan.idle_s;
        if self.emptied_s + idle_s > now_s {
            return;
        }
        let is_idle = |host: &Host| host.empty_s + idle_s <= now_s;
        let idle = self.hosts.iter().filter(|host| is_idle(host)).count() as u32;
        let spare = (self.hosts.len() as u32).saturating_sub(self.plan.min);
        let released = idle.min(spare);
        if released == 0 {
            return;
        }
        let mut stay = idle - released;
        self.hosts.retain(|host| {
            let stays = !is_idle(host) || stay > 0;
            stay -= u32::from(is_idle(host) && stays);
            stays
        });
        self.look_for_empty();
        self.release(now_s, now_s + self.removal_s, released);
    }

    fn release(&mut self, now_s: f64, at_s: f64, instances: u32) {
        let index = (self.released).partition_point(|other| other.gone_s > at_s);
        let released = Released {
            gone_s: at_s,
            instances,
        };
        self.released.insert(index, released);
        self.restart_consolidation_cooldown(now_s);
    }

    /// Moves the copies of the emptiest instances to others, and releases the emptied instances. A copy starts in its new place
    /// before it ends in its old one, so the same number serves all the time: assumed.
    // rule: component.consolidation
    fn consolidate(&mut self, now_s: f64) {
        self.consolidates_s = f64::INFINITY;
        let under_way = !self.arrivals.is_empty() || !self.departures.is_empty();
        let Some(consolidation) = self.plan.consolidation.filter(|_| !under_way) else {
            return;
        };
        let launches = self.hosts.iter().any(|host| host.ready_s > now_s);
        let needed = (self.plan.instances_for(self.counts.in_service)).max(self.plan.min);
        let spare = (self.hosts.len() as u32).saturating_sub(needed);
        let released = spare.min(consolidation.step);
        if launches || released == 0 {
            return;
        }
        // Those with the fewest copies go, of equals the youngest.
        let mut go: Vec<(u32, u32)> = (self.hosts.iter().rev())
            .map(|host| (host.serving, host.id))
            .collect();
        sort_by_integer(&mut go, |(serving, _)| i64::from(*serving));
        go.truncate(released as usize);
        let goes = |host: &Host| go.iter().any(|(_, id)| *id == host.id);
        let mut moved = 0;
        self.hosts.retain(|host| {
            moved += if goes(host) { host.serving } else { 0 };
            !goes(host)
        });
        let starts_s = if moved > 0 {
            self.plan.copy_start_s
        } else {
            0.0
        };
        for (index, placed) in self.assign(now_s, moved) {
            if let Some(host) = self.hosts.get_mut(index) {
                host.serving += placed;
                host.empty_s = f64::INFINITY;
            }
        }
        self.look_for_empty();
        let done_s = now_s + starts_s;
        self.release(done_s, done_s + self.removal_s, released);
    }
}

/// Sorts `batches` latest first; of those at one moment those on the youngest instance first.
fn latest_first(batches: &mut Vec<CopiesUnderWay>) {
    sort_by_integer(batches, |batch| -i64::from(batch.host));
    sort_by_number(batches, |batch| -batch.at_s);
}

#[cfg(test)]
mod tests;
