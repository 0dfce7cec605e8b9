//! What AWS has for launches, and what it refuses: each refused instance by itself, tried again every minute, or waited for.

use super::Control;
use crate::{
    log::{Activity, By},
    units::{For, Start},
};
use engine::{
    plan::{LaunchCapacity, Plan},
    run::{LaunchFailure, LaunchFailureReason, ReplacementReason},
};

/// An instance that was refused.
#[derive(Clone, Copy)]
pub struct Refused {
    launches_for: For,
    activity: usize,
    warm_up_s: u32,
    /// Until when an endpoint waits for it; otherwise it is tried again for ever.
    until_s: Option<u32>,
}

/// Why it launches, for which activity, and how long it warms up.
fn by(refused: &Refused) -> (For, usize, u32) {
    (refused.launches_for, refused.activity, refused.warm_up_s)
}

/// What there is for launches.
pub struct Capacity {
    plan: LaunchCapacity,
    /// How many are left in a shortage.
    left: Option<u32>,
    /// Zones that are there, once one has failed.
    pub zones: Option<u32>,
    /// The first to be refused first.
    list: Vec<Refused>,
    /// Instances under copies that were refused.
    hosts: u32,
}

impl Capacity {
    pub fn of(plan: &Plan) -> Option<Self> {
        let is_serverless = plan.resource.on_demand().is_some();
        let capacity = plan.fleet.capacity.filter(|_| !is_serverless);
        capacity.map(|plan| Self {
            plan,
            left: None,
            zones: None,
            list: Vec::new(),
            hosts: 0,
        })
    }

    fn is_short(&self) -> bool {
        let short = self.plan.shortage.and_then(|it| it.zones);
        // Other zones have enough.
        let others = short.is_some_and(|short| self.zones.is_none_or(|all| all > short));
        self.left.is_some() && !others
    }

    /// How many may launch beside so many, and why no more.
    fn room(&self, running: u32) -> (u32, LaunchFailureReason) {
        let left = self.left.filter(|_| self.is_short()).unwrap_or(u32::MAX);
        match self.plan.quota {
            Some(quota) if quota.saturating_sub(running) <= left => (
                quota.saturating_sub(running),
                LaunchFailureReason::Quota { quota, running },
            ),
            _ => (left, LaunchFailureReason::Shortage),
        }
    }

    fn take(&mut self, count: u32) {
        if self.is_short() {
            self.left = self.left.map(|left| left - count.min(left));
        }
    }
}

impl Control<'_> {
    /// Refused instances, which are desired all the same.
    pub(super) fn refused(&self) -> u32 {
        self.capacity.as_ref().map_or(0, |it| it.list.len() as u32)
    }

    /// An endpoint waits for some of them.
    pub(super) fn waits(&self) -> bool {
        let mut list = self.capacity.iter().flat_map(|it| &it.list);
        list.any(|refused| refused.until_s.is_some())
    }

    fn running(&self, now_s: u32) -> u32 {
        match &self.hosts {
            Some(hosts) => hosts.paid(),
            None => self.in_service(now_s) + self.pending(now_s) + self.units.lost(),
        }
    }

    /// How many may launch now, and why no more.
    pub(super) fn room(&self, now_s: u32) -> (u32, LaunchFailureReason) {
        let running = self.running(now_s);
        let unlimited = (u32::MAX, LaunchFailureReason::Shortage);
        self.capacity
            .as_ref()
            .map_or(unlimited, |it| it.room(running))
    }

    /// So many launch of what is to be had.
    pub(super) fn take(&mut self, count: u32) {
        if let Some(capacity) = &mut self.capacity {
            capacity.take(count);
        }
    }

    /// Something may be prepared in a warm pool.
    pub(super) fn may_prepare(&self) -> bool {
        self.capacity.as_ref().is_none_or(|it| !it.is_short())
    }

    /// An endpoint is refused so many at once.
    pub(super) fn refuses(&self, now_s: u32, to: u32) -> Option<LaunchFailure> {
        let quota = self.capacity.as_ref()?.plan.quota?;
        let is_refused = !self.is_group() && self.hosts.is_none() && to > quota;
        (is_refused && to > self.desired()).then(|| LaunchFailure {
            instances: to - self.desired(),
            reason: LaunchFailureReason::Quota {
                quota,
                running: self.running(now_s),
            },
        })
    }

    /// Launches for capacity: an endpoint all that it waits for, or nothing.
    pub(super) fn launch_for_capacity(
        &mut self,
        now_s: u32,
        count: u32,
        start: Start,
        (activity, warm_up_s): (usize, u32),
    ) {
        let by = (For::Capacity, activity, warm_up_s);
        if self.is_group() || self.capacity.is_none() {
            self.launch(now_s, &vec![by; count as usize], start);
            return;
        }
        if count == 0 {
            return;
        }
        let room = self.room(now_s).0;
        let Some(capacity) = &mut self.capacity else {
            return;
        };
        let before = capacity.list.len();
        capacity.list.retain(|refused| refused.until_s.is_none());
        let all = count + (before - capacity.list.len()) as u32;
        if room < all {
            let until_s = Some(now_s + capacity.plan.provision_timeout_s as u32);
            let refused = Refused {
                launches_for: For::Capacity,
                activity,
                warm_up_s,
                until_s,
            };
            capacity.list.extend(vec![refused; all as usize]);
        } else {
            self.launch(now_s, &vec![by; all as usize], start);
        }
    }

    /// Launches as many as there are, the first first; the others are refused.
    pub(super) fn launch(&mut self, now_s: u32, asked: &[(For, usize, u32)], start: Start) {
        let (room, reason) = self.room(now_s);
        let launched = asked.len().min(room as usize);
        let is_group = self.is_group();
        for by in &asked[..launched] {
            self.take(1);
            self.units.start(1, start, *by);
        }
        let Some(capacity) = &mut self.capacity else {
            return;
        };
        for &(launches_for, activity, warm_up_s) in &asked[launched..] {
            let waits = !is_group && launches_for == For::Capacity;
            let until_s = now_s + capacity.plan.provision_timeout_s as u32;
            capacity.list.push(Refused {
                launches_for,
                activity,
                warm_up_s,
                until_s: waits.then_some(until_s),
            });
            let activity = &mut self.log[activity];
            if is_group || activity.by.is_replacement() {
                let before = activity.failed.map_or(0, |it| it.instances);
                let reason = activity.failed.map_or(reason, |it| it.reason);
                activity.failed = Some(LaunchFailure {
                    instances: before + 1,
                    reason,
                });
            }
        }
    }

    /// What was refused is wanted no more, the last first; gives how many others are to go.
    pub(super) fn remove_refused(&mut self, count: u32) -> u32 {
        let Some(capacity) = &mut self.capacity else {
            return count;
        };
        let stay = capacity.list.len().saturating_sub(count as usize);
        let gone = capacity.list.split_off(stay).len() as u32;
        count - gone
    }

    /// Copies that have no room get instances, as many as there are.
    pub(super) fn launch_hosts(&mut self, now_s: u32) -> u32 {
        let room = self.room(now_s).0;
        let Some(hosts) = &mut self.hosts else {
            return 0;
        };
        let (launched, refused) = hosts.launch(&mut self.units, now_s, room);
        if let Some(capacity) = &mut self.capacity {
            capacity.take(launched);
            capacity.hosts = refused;
        }
        launched
    }

    /// A shortage begins or ends, what was refused is tried again or given up.
    pub(super) fn lack(&mut self, now_s: u32) {
        let Some(capacity) = &mut self.capacity else {
            return;
        };
        if let Some(shortage) = capacity.plan.shortage {
            let (begins_s, ends_s) = (
                shortage.at_s as u32,
                (shortage.at_s + shortage.for_s) as u32,
            );
            if now_s == begins_s {
                capacity.left = Some(shortage.available);
            }
            if now_s == ends_s {
                capacity.left = None;
                let (desired, ready_s) = (self.desired(), now_s + self.launch_s);
                if let Some(pool) = &mut self.pool {
                    pool.resize(desired, ready_s, true);
                }
            }
        }
        let is_up = self.is_up(now_s);
        if now_s.is_multiple_of(60) || is_up {
            self.try_again(now_s);
            self.give_up(now_s);
        }
    }

    /// An endpoint has waited for long enough.
    fn is_up(&self, now_s: u32) -> bool {
        let mut list = self.capacity.iter().flat_map(|it| &it.list);
        list.any(|refused| refused.until_s.is_some_and(|until_s| until_s <= now_s))
    }

    fn try_again(&mut self, now_s: u32) {
        let hosts = self.capacity.as_ref().map_or(0, |it| it.hosts);
        if hosts > 0 && !self.units.homeless().is_empty() {
            let (_, reason) = self.room(now_s);
            if self.launch_hosts(now_s) > 0
                && let Some(hosts) = &mut self.hosts
            {
                hosts.has_launched(&self.units, now_s);
            }
            let instances = self.capacity.as_ref().map_or(0, |it| it.hosts);
            self.refused_again(now_s, LaunchFailure { instances, reason });
        }
        // What an endpoint waits for comes all at once.
        let waits = self.listed(|refused| refused.until_s.is_some());
        if self.room(now_s).0 as usize >= waits.len() {
            self.keep_listed(|refused| refused.until_s.is_none());
            self.launch(
                now_s,
                &waits.iter().map(by).collect::<Vec<_>>(),
                self.start(now_s),
            );
        }
        let others = self.listed(|refused| refused.until_s.is_none());
        let (room, reason) = self.room(now_s);
        let launched = others.len().min(room as usize);
        if launched > 0 {
            let activity = self.note(now_s, launched as u32, ReplacementReason::Refused);
            let asked = others[..launched].iter().map(by);
            let asked =
                asked.map(|(launches_for, _, warm_up_s)| (launches_for, activity, warm_up_s));
            self.keep_listed(|refused| refused.until_s.is_some());
            self.launch(now_s, &asked.collect::<Vec<_>>(), self.start(now_s));
            if let Some(capacity) = &mut self.capacity {
                capacity.list.extend(&others[launched..]);
            }
        }
        let instances = (others.len() - launched) as u32;
        self.refused_again(now_s, LaunchFailure { instances, reason });
    }

    fn listed(&self, is: impl Fn(&Refused) -> bool) -> Vec<Refused> {
        let list = self.capacity.iter().flat_map(|it| &it.list);
        list.filter(|refused| is(refused)).copied().collect()
    }

    fn keep_listed(&mut self, is: impl Fn(&Refused) -> bool) {
        if let Some(capacity) = &mut self.capacity {
            capacity.list.retain(is);
        }
    }

    /// Notes that some have been refused again.
    fn refused_again(&mut self, now_s: u32, failure: LaunchFailure) {
        if failure.instances == 0 {
            return;
        }
        let desired = self.desired();
        let by = By::Replacement {
            instances: failure.instances,
            reason: ReplacementReason::Refused,
            times: 1,
        };
        self.log_failure(now_s, (desired, desired), by, failure);
    }

    /// Notes that something has failed at once; if it is the same as a minute before, it is one entry.
    pub(super) fn log_failure(
        &mut self,
        now_s: u32,
        (from, to): (u32, u32),
        by: By,
        failure: LaunchFailure,
    ) {
        let is_quota = |it: LaunchFailure| matches!(it.reason, LaunchFailureReason::Quota { .. });
        let same = |it: &&mut Activity| {
            let fails = it.refused
                && it
                    .failed
                    .is_some_and(|old| is_quota(old) == is_quota(failure));
            let goes_on = it.end_s.is_some_and(|end_s| end_s + 60 >= now_s);
            fails && goes_on && (it.from, it.to) == (from, to) && it.by.is_of(&by)
        };
        if let Some(activity) = self.log.iter_mut().find(same) {
            activity.end_s = Some(now_s);
            activity.failed = Some(failure);
            if let By::Replacement {
                instances, times, ..
            } = &mut activity.by
            {
                (*instances, *times) = (failure.instances, *times + 1);
            }
            return;
        }
        self.log.push(Activity {
            start_s: now_s,
            end_s: Some(now_s),
            is_overridden: false,
            from,
            to,
            by,
            failed: Some(failure),
            refused: true,
        });
    }

    /// What an endpoint has waited for too long fails; cooldowns are as they were.
    fn give_up(&mut self, now_s: u32) {
        let Some(capacity) = &mut self.capacity else {
            return;
        };
        let is_up = |refused: &Refused| refused.until_s.is_some_and(|until_s| until_s <= now_s);
        let up: Vec<Refused> = capacity
            .list
            .iter()
            .filter(|it| is_up(it))
            .copied()
            .collect();
        capacity.list.retain(|refused| !is_up(refused));
        for refused in &up {
            let of = up.iter().filter(|it| it.activity == refused.activity);
            let instances = of.count() as u32;
            let activity = &mut self.log[refused.activity];
            if activity.end_s.is_some() {
                continue;
            }
            activity.end_s = Some(now_s);
            activity.failed = Some(LaunchFailure {
                instances,
                reason: LaunchFailureReason::Shortage,
            });
            if let Some((of, out, scale_in)) = self.before
                && of == refused.activity
            {
                (self.out, self.scale_in) = (out, scale_in);
            }
        }
    }
}
