//! What AWS has for launches at a moment, and what it has refused.

use crate::{
    plan,
    run::{LaunchFailure, LaunchFailureReason, PERIOD_S},
};

/// What there is for launches, and which activities have been refused some.
#[derive(Clone, Debug)]
pub(super) struct Capacity {
    quota: Option<u32>,
    /// How many zones lack instances in a shortage; `None`: all.
    short_zones: Option<u32>,
    /// Zones that are available; `None`: all of them, however many.
    zones: Option<u32>,
    /// Instances still to be had in the shortage that lasts; `None`: none lasts.
    left: Option<u32>,
    /// Seconds that an update waits for instances that are not there; infinity: it does not wait, but is tried again.
    waits_s: f64,
    /// When what has been refused is next tried again.
    tries_again_s: f64,
    /// What activities have been refused, by their entries in the log.
    failures: Vec<(usize, LaunchFailure)>,
}

impl Capacity {
    /// Returns it as the run begins; `None` where there is always enough. `waits`: whether an update waits, as an endpoint's does.
    pub(super) fn boxed(plan: &plan::Fleet, waits: bool) -> Option<Box<Self>> {
        let capacity = plan.capacity?;
        Some(Box::new(Self {
            quota: capacity.quota,
            short_zones: capacity.shortage.and_then(|shortage| shortage.zones),
            zones: None,
            left: None,
            waits_s: if waits {
                capacity.provision_timeout_s
            } else {
                f64::INFINITY
            },
            tries_again_s: f64::INFINITY,
            failures: Vec::new(),
        }))
    }

    /// Begins a shortage in which so many instances are to be had, or ends it.
    pub(super) fn set_shortage(&mut self, left: Option<u32>) {
        self.left = left;
    }

    /// Notes how many zones are available.
    pub(super) fn set_zones(&mut self, zones: u32) {
        self.zones = Some(zones);
    }

    /// Returns whether a shortage lasts that leaves no zone in which there is enough.
    // rule: capacity.other-zones
    fn is_short(&self) -> bool {
        let enough = match (self.short_zones, self.zones) {
            (None, _) => false,
            (Some(short), Some(zones)) => zones > short,
            (Some(_), None) => true,
        };
        self.left.is_some() && !enough
    }

    /// Returns whether instances may be prepared in a warm pool.
    // rule: capacity.warm-pool
    pub(super) fn may_prepare(&self) -> bool {
        !self.is_short()
    }

    /// Returns how many may launch beside `running` instances, and why no more.
    pub(super) fn room(&self, running: u32) -> (u32, LaunchFailureReason) {
        let by_shortage = match self.left {
            Some(left) if self.is_short() => left,
            _ => u32::MAX,
        };
        let by_quota = self
            .quota
            .map_or(u32::MAX, |quota| quota.saturating_sub(running));
        match self.quota {
            Some(quota) if by_quota <= by_shortage => {
                (by_quota, LaunchFailureReason::Quota { quota, running })
            }
            _ => (by_shortage, LaunchFailureReason::Shortage),
        }
    }

    /// Returns why an update to so many instances is refused whole, if it is.
    // rule: capacity.endpoint-quota
    pub(super) fn refuses(&self, desired: u32, to: u32, running: u32) -> Option<LaunchFailure> {
        let quota = self.quota.filter(|quota| to > desired && to > *quota)?;
        Some(LaunchFailure {
            instances: to - desired,
            reason: LaunchFailureReason::Quota { quota, running },
        })
    }

    /// Takes instances that launch off what is to be had.
    // rule: capacity.still-to-be-had
    pub(super) fn take(&mut self, instances: u32) {
        if self.is_short()
            && let Some(left) = &mut self.left
        {
            *left = left.saturating_sub(instances);
        }
    }

    /// Returns when an update that is decided now is given up, if it has to wait; infinity where it does not wait.
    pub(super) fn waits_until_s(&self, now_s: f64) -> f64 {
        now_s + self.waits_s
    }

    /// Returns whether updates wait until all that they ask for is there.
    pub(super) fn waits(&self) -> bool {
        self.waits_s.is_finite()
    }

    /// Notes that launches of an activity have been refused.
    pub(super) fn refuse(&mut self, entry: usize, failure: LaunchFailure) {
        let mut failures = self.failures.iter_mut();
        match failures.find(|(other, _)| *other == entry) {
            Some((_, known)) => known.instances += failure.instances,
            None => self.failures.push((entry, failure)),
        }
    }

    /// Returns what an activity has been refused.
    pub(super) fn failure_of(&self, entry: usize) -> Option<LaunchFailure> {
        let mut failures = self.failures.iter();
        let found = failures.find(|(other, _)| *other == entry);
        found.map(|(_, failure)| *failure)
    }

    /// Sets the moment at which what has been refused is tried again: once a minute, assumed.
    // rule: capacity.tried-again
    pub(super) fn try_again_after(&mut self, now_s: f64) {
        let period_s = f64::from(PERIOD_S);
        self.tries_again_s = ((now_s / period_s).floor() + 1.0) * period_s;
    }

    /// Returns when what has been refused is next tried again.
    pub(super) fn tries_again_s(&self) -> f64 {
        self.tries_again_s
    }
}
