//! Instances that fail, are replaced, or move to another Availability Zone. None of this changes desired capacity. When it
//! happens is decided in `simulate::failures`.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Health checks for instances in an Auto Scaling group" and "View the reason for
//! health check failures" (what is unhealthy is terminated, and a new instance launches meanwhile).

use super::{Batch, Fleet, LaunchPurpose, Settled, insert};
use crate::{plan::Launch, run::PERIOD_S};

/// Instances that come and go because of failures, beside those that policies and schedules ask for.
#[derive(Clone, Debug)]
pub(super) struct Repairs {
    /// Seconds within which a launch must answer.
    start_within_s: f64,
    /// Nothing launches before this moment, because no zone is available.
    no_zone_until_s: f64,
    /// Replacements that launch. All batches are sorted latest first.
    replacements_launching: Vec<Batch>,
    /// Replacements that have come into service.
    replacements_in_service: u32,
    /// Launches that take too long to answer, and when each is given up.
    overdue: Vec<Batch>,
    /// Instances that launch in a zone which is back, each to take the place of another; and the instances whose place has been
    /// taken.
    rebalancing: Vec<Batch>,
    displaced: Vec<Batch>,
}

impl Repairs {
    pub(super) fn boxed(start_within_s: Option<f64>) -> Box<Self> {
        Box::new(Self {
            start_within_s: start_within_s.map_or(f64::INFINITY, |seconds| seconds.max(1.0)),
            no_zone_until_s: 0.0,
            replacements_launching: Vec::new(),
            replacements_in_service: 0,
            overdue: Vec::new(),
            rebalancing: Vec::new(),
            displaced: Vec::new(),
        })
    }

    /// Returns when a launch that is decided now begins: not before a zone is available.
    pub(super) fn launch_begins_s(&self, now_s: f64) -> f64 {
        now_s.max(self.no_zone_until_s)
    }

    /// Returns when an instance next comes into service or is gone. Launches that are given up do not count.
    pub(super) fn next_s(&self) -> f64 {
        let next = |batches: &[Batch]| batches.last().map_or(f64::INFINITY, |batch| batch.at_s);
        let lists = [
            &self.replacements_launching,
            &self.rebalancing,
            &self.displaced,
        ];
        lists
            .into_iter()
            .map(|list| next(list))
            .fold(f64::INFINITY, f64::min)
    }
}

impl Repairs {
    /// Passes each of these launches to `note`: its purpose, when it comes into service, and how many instances.
    pub(super) fn launches(&self, mut note: impl FnMut(LaunchPurpose, f64, u32)) {
        for batch in &self.replacements_launching {
            note(LaunchPurpose::Replacement, batch.at_s, batch.instances);
        }
        for batch in &self.rebalancing {
            note(LaunchPurpose::Rebalancing, batch.at_s, batch.instances);
        }
        for batch in &self.overdue {
            note(LaunchPurpose::Overdue, f64::INFINITY, batch.instances);
        }
    }

    /// Returns how many of the launches are due. `due` counts those of a list.
    pub(super) fn due(&self, due: impl Fn(&[Batch]) -> u32) -> u32 {
        due(&self.replacements_launching) + due(&self.rebalancing)
    }
}

impl Fleet {
    /// Returns when launches are next given up; infinity if none are.
    pub(crate) fn given_up_s(&self) -> f64 {
        let overdue = self.repairs.as_ref().and_then(|it| it.overdue.last());
        overdue.map_or(f64::INFINITY, |batch| batch.at_s)
    }

    /// Brings instances that are due by `now_s` into service or takes them away. Notes what has changed.
    // rule: health.moving-instances
    #[cold]
    pub(super) fn settle_repairs(&mut self, now_s: f64, settled: &mut Settled) {
        let Some(repairs) = &mut self.repairs else {
            return;
        };
        let due = |batch: &mut Batch| batch.at_s <= now_s;
        while let Some(batch) = repairs.replacements_launching.pop_if(due) {
            self.pending -= batch.instances;
            self.in_service += batch.instances;
            repairs.replacements_in_service += batch.instances;
            settled.came += batch.instances;
            settled.changed = true;
        }
        while let Some(batch) = repairs.rebalancing.pop_if(due) {
            self.pending -= batch.instances;
            self.in_service += batch.instances;
            self.launching_to_move -= batch.instances;
            self.removing += batch.instances;
            let at_s = now_s + self.removal_s;
            insert(&mut repairs.displaced, Batch { at_s, ..batch });
            settled.came += batch.instances;
            settled.changed = true;
        }
        while let Some(batch) = repairs.displaced.pop_if(due) {
            self.removing -= batch.instances;
            self.in_service -= batch.instances;
            settled.moved += batch.instances;
            settled.changed = true;
            // The oldest leave their place to others.
            self.has_slow = false;
        }
    }

    /// Returns how many instances are not gone yet although another one in another zone has taken their place.
    pub(crate) fn displaced(&self) -> u32 {
        let moved = self.repairs.iter().flat_map(|it| &it.displaced);
        moved.map(|batch| batch.instances).sum()
    }

    /// Returns how many instances policies or schedules have removed that are not gone yet.
    pub(crate) fn leaving(&self) -> u32 {
        self.removing - self.displaced()
    }

    /// Launches the share of a failed zone in what launches anew in the others. Where no zone is available, nothing launches
    /// before `no_zone_until_s`.
    // rule: health.launches-elsewhere
    pub(crate) fn launch_elsewhere(&mut self, now_s: f64, zones: u32, no_zone_until_s: f64) {
        let Some(repairs) = &mut self.repairs else {
            return;
        };
        repairs.no_zone_until_s = no_zone_until_s;
        let launching = |batches: &[Batch]| batches.iter().map(|b| b.instances).sum::<u32>();
        let (asked, replacements_launching) = (
            launching(&self.arrivals),
            launching(&repairs.replacements_launching),
        );
        let (mut asked, mut replacements_launching) =
            (asked / zones, replacements_launching / zones);
        let (relaunched, replaced) = (asked, replacements_launching);
        give_up(&mut self.arrivals, &mut asked);
        give_up(
            &mut repairs.replacements_launching,
            &mut replacements_launching,
        );
        self.pending -= relaunched + replaced;
        self.launch(now_s, relaunched);
        self.launch_replacements(now_s, replaced);
    }

    /// Launches replacements for instances that have failed.
    pub(crate) fn replace(&mut self, now_s: f64, instances: u32) {
        let warm = self.take_warm(now_s, instances);
        self.launch_replacements(now_s, instances - warm);
        self.refill(now_s);
    }

    /// Returns how many replacements launch, and how many have come into service.
    pub(crate) fn replacements(&self) -> (u32, u32) {
        let Some(repairs) = &self.repairs else {
            return (0, 0);
        };
        let launching = repairs
            .replacements_launching
            .iter()
            .map(|batch| batch.instances);
        (launching.sum(), repairs.replacements_in_service)
    }

    /// Prepares new instances for those that have been taken from a warm pool.
    fn refill(&mut self, now_s: f64) {
        let desired = self.desired();
        if let Some(pool) = &mut self.pool {
            let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = self.launch;
            pool.resize(now_s + launch_s, desired);
        }
    }

    /// Launches replacements, which are kept apart from what was asked for: an endpoint is not `Updating` because of them.
    // rule: health.endpoint-is-not-updating
    fn launch_replacements(&mut self, now_s: f64, instances: u32) {
        let asked = self.swap_launches(Vec::new());
        let replacements_launching = self
            .repairs
            .as_mut()
            .map(|it| std::mem::take(&mut it.replacements_launching));
        self.swap_launches(replacements_launching.unwrap_or_default());
        self.launch(now_s, instances);
        let replacements_launching = self.swap_launches(asked);
        if let Some(repairs) = &mut self.repairs {
            repairs.replacements_launching = replacements_launching;
        }
    }

    fn swap_launches(&mut self, launches: Vec<Batch>) -> Vec<Batch> {
        std::mem::replace(&mut self.arrivals, launches)
    }

    /// Launches instances that must answer within some time. Those that take longer are given up when the group next checks, once
    /// a minute (assumed).
    // rule: health.answers-in-time
    #[cold]
    pub(super) fn launch_in_time(&mut self, now_s: f64, instances: u32) {
        let Some(repairs) = &mut self.repairs else {
            return;
        };
        let now_s = repairs.launch_begins_s(now_s);
        let within_s = repairs.start_within_s;
        let in_time = match self.launch {
            Launch::Fixed(launch_s) if launch_s <= within_s => instances,
            Launch::Range { to_s, .. } if to_s <= within_s => instances,
            Launch::Range { from_s, to_s } if from_s < within_s => {
                // As many as a draw for each instance would leave on average.
                let share = (within_s - from_s) / (to_s - from_s);
                let drawn = f64::from(instances) * share + self.random.uniform();
                (drawn as u32).min(instances)
            }
            _ => 0,
        };
        if in_time < instances {
            let period_s = f64::from(PERIOD_S);
            let at_s = ((now_s + within_s) / period_s).ceil() * period_s;
            let late = instances - in_time;
            match repairs.overdue.iter_mut().find(|batch| batch.at_s == at_s) {
                Some(batch) => batch.instances += late,
                None => insert(
                    &mut repairs.overdue,
                    Batch {
                        at_s,
                        instances: late,
                    },
                ),
            }
        }
        if in_time == 0 {
            return;
        }
        self.begin_launches(now_s, in_time, within_s);
    }

    /// Launches anew what has not answered in time by `now_s`. Returns how many instances.
    // rule: health.launches-given-up
    pub(crate) fn give_up_launches(&mut self, now_s: f64) -> u32 {
        let Some(repairs) = &mut self.repairs else {
            return 0;
        };
        let mut instances = 0;
        while let Some(batch) = repairs.overdue.pop_if(|batch| batch.at_s <= now_s) {
            instances += batch.instances;
        }
        self.pending -= instances;
        self.launch(now_s, instances);
        instances
    }

    /// Returns whether no instance moves between zones.
    pub(crate) fn is_not_rebalancing(&self) -> bool {
        let moving = self.repairs.as_ref();
        moving.is_none_or(|it| it.rebalancing.is_empty() && it.displaced.is_empty())
    }

    /// Launches instances in a zone that is back. As each comes into service, one in another zone is removed.
    pub(crate) fn move_instances(&mut self, now_s: f64, instances: u32) {
        let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = self.launch;
        let Some(repairs) = &mut self.repairs else {
            return;
        };
        self.launching_to_move += instances;
        self.pending += instances;
        let at_s = repairs.launch_begins_s(now_s) + launch_s;
        insert(&mut repairs.rebalancing, Batch { at_s, instances });
    }

    /// Removes failed instances and replacements that launch first. Returns how many other instances are still to be removed.
    #[cold]
    pub(super) fn remove_failed(&mut self, instances: u32) -> u32 {
        let mut left = self.remove_first_failed(instances);
        if let Some(repairs) = &mut self.repairs {
            let before = left;
            give_up(&mut repairs.overdue, &mut left);
            give_up(&mut repairs.replacements_launching, &mut left);
            self.pending -= before - left;
        }
        left
    }

    /// Gives up the removal of instances that are gone already, those that would be gone last first.
    pub(super) fn give_up_removals(&mut self, mut gone: u32) {
        self.removing -= gone;
        give_up(&mut self.departures, &mut gone);
        if let Some(repairs) = &mut self.repairs {
            give_up(&mut repairs.displaced, &mut gone);
        }
    }
}

/// Takes instances out of batches, the latest first, as far as there are any; `left` is what remains to be taken.
fn give_up(batches: &mut Vec<Batch>, left: &mut u32) {
    batches.retain_mut(|batch| {
        let given_up = batch.instances.min(*left);
        *left -= given_up;
        batch.instances -= given_up;
        batch.instances > 0
    });
}

#[cfg(test)]
mod tests;
