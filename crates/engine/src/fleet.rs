//! The fleet: instances, or copies on instances, that launch, serve and are removed. How many there are to be is not decided here.

mod capacity;
mod cohort;
mod failing;
mod hosts;
mod instances;
mod pool;
mod refused;

use crate::{
    plan::{self, ScalableResource},
    run::LaunchFailure,
};

use capacity::Capacity;
pub(crate) use cohort::FleetActivity;
use hosts::Hosts;
pub(crate) use instances::Instances;

/// What scales.
#[derive(Clone, Debug)]
pub(crate) enum Fleet {
    /// The instances of one variant, of a group, or provisioned concurrency.
    Instances(Box<Instances>),
    /// The copies of one inference component, and the instances under them.
    Copies(Box<Hosts>),
}

/// How many of what scales there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Those in service, those being removed included; those that launch.
    pub in_service: u32,
    pub pending: u32,
    /// Those in service that are being removed, because a policy or a schedule asked for it, or because another one takes their
    /// place.
    pub removing: u32,
    /// Those that have failed and are not replaced yet.
    pub failed: u32,
    /// Those that launch beyond desired capacity.
    pub beyond_desired: u32,
    /// Those that are to launch, and that AWS has refused.
    pub refused: u32,
}

impl Counts {
    /// Returns desired capacity: what is there once everything under way is done.
    fn desired(&self) -> u32 {
        (self.in_service + self.pending + self.failed + self.refused)
            .saturating_sub(self.removing + self.beyond_desired)
    }
}

/// What has happened at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settled {
    /// Whether anything has changed.
    pub changed: bool,
    /// Instances that are gone because policies or schedules have removed them.
    pub removed: u32,
    /// Instances that were in service before.
    pub in_service_before: u32,
}

/// What has happened to instances in service, for whoever needs to know each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FleetEvent {
    pub what: InstanceChange,
    /// Those of one arrival came into service at one moment; later ones have higher numbers.
    pub arrival: u32,
    pub instances: u32,
}

/// What happens to instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstanceChange {
    /// They have come into service.
    InService,
    /// They are gone: they were removed, or others have taken their place.
    Gone,
    /// They have failed.
    Failed,
    /// They had failed, and serve again, as an arrival of their own.
    Restored,
}

/// Instances of a group that warm up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Warming {
    pub instances: u32,
    /// When the last of them will have warmed up, if there are any.
    pub until_s: Option<f64>,
    /// Those that have warmed up and will stay.
    pub warm_to_stay: u32,
}

impl Fleet {
    pub(crate) fn new(
        plan: &plan::Fleet,
        resource: &ScalableResource,
        seed: u64,
        instances: u32,
    ) -> Self {
        if let Some(hosts) = resource.hosts() {
            return Self::Copies(Hosts::boxed(*hosts, plan, seed, instances));
        }
        let pool = resource.group().and_then(|group| group.warm_pool);
        let mut instances = Instances::boxed(plan, pool, seed, instances);
        if resource.launches_instances() {
            let waits = resource.group().is_none();
            instances.limit_launches(Capacity::boxed(plan, waits));
        }
        Self::Instances(instances)
    }

    /// Returns how many there are.
    pub(crate) fn counts(&self) -> Counts {
        match self {
            Self::Instances(instances) => instances.counts,
            Self::Copies(hosts) => hosts.counts,
        }
    }

    pub(crate) fn in_service(&self) -> u32 {
        self.counts().in_service
    }

    /// Returns desired capacity.
    pub(crate) fn desired(&self) -> u32 {
        self.counts().desired()
    }

    /// Returns when the next comes into service or is gone; infinity if none does.
    pub(crate) fn next_s(&self) -> f64 {
        match self {
            Self::Instances(instances) => instances.next_s(),
            Self::Copies(hosts) => hosts.next_s(),
        }
    }

    /// Returns when everything is done that policies and schedules have asked for; `None` if nothing of that is under way.
    pub(crate) fn busy_until_s(&self) -> Option<f64> {
        match self {
            Self::Instances(instances) => instances.busy_until_s(),
            Self::Copies(hosts) => hosts.busy_until_s(),
        }
    }

    /// Brings what is due by `now_s` into service or takes it away. Returns what has changed.
    pub(crate) fn settle(&mut self, now_s: f64) -> Settled {
        match self {
            Self::Instances(instances) => instances.settle(now_s),
            Self::Copies(hosts) => Settled {
                changed: hosts.settle(now_s),
                ..Settled::default()
            },
        }
    }

    /// Starts to launch or to remove until `desired` are left, for an activity.
    pub(crate) fn scale_to(&mut self, now_s: f64, desired: u32, activity: FleetActivity) {
        match self {
            Self::Instances(instances) => instances.scale_to(now_s, desired, activity),
            Self::Copies(hosts) => hosts.scale_to(now_s, desired),
        }
    }

    /// Returns the instances that are billed; of copies those under them.
    pub(crate) fn billed(&self) -> u32 {
        match self {
            Self::Instances(instances) => instances.billed(),
            Self::Copies(hosts) => hosts.billed(),
        }
    }

    /// Returns why an update to so many is refused whole, if it is.
    pub(crate) fn refuses(&self, to: u32) -> Option<LaunchFailure> {
        self.instances()?.refuses(to)
    }

    /// Returns when what AWS has refused is next tried again, or an update that waits for it is given up; infinity if nothing is.
    pub(crate) fn refused_next_s(&self) -> f64 {
        match self {
            Self::Instances(instances) => {
                let given_up_s = instances.waits_until_s().unwrap_or(f64::INFINITY);
                instances.tries_again_s().min(given_up_s)
            }
            Self::Copies(hosts) => hosts.tries_again_s(),
        }
    }

    /// Begins a shortage in which so many instances are to be had, or ends it.
    pub(crate) fn set_shortage(&mut self, now_s: f64, left: Option<u32>) {
        match self {
            Self::Instances(instances) => instances.set_shortage(now_s, left),
            Self::Copies(hosts) => hosts.set_shortage(left),
        }
    }

    /// Returns the instances, where these are what scales.
    pub(crate) fn instances(&self) -> Option<&Instances> {
        match self {
            Self::Instances(instances) => Some(instances),
            Self::Copies(_) => None,
        }
    }

    /// Returns the same, to be changed.
    pub(crate) fn instances_mut(&mut self) -> Option<&mut Instances> {
        match self {
            Self::Instances(instances) => Some(instances),
            Self::Copies(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
