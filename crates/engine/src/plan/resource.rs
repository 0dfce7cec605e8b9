//! What scales: each platform's resource, with what only it has and what can befall only it. What it does not have cannot be written
//! down.

use super::{
    AutoScalingGroup, ClientRetries, CpuCredits, Health, Hosts, OnDemand, Predictive, SlowInstance,
};
use std::sync::Arc;

/// What policies change the number of: Application Auto Scaling's scalable dimensions, that of a variant by its kind of endpoint, and
/// EC2 Auto Scaling's groups.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalableResource {
    /// Instances of a variant of a real-time endpoint.
    VariantInstances(Instances),
    /// Instances of an EC2 Auto Scaling group.
    GroupInstances(AutoScalingGroup),
    /// Instances of an asynchronous endpoint, whose requests wait in a queue of its own. It exists without instances. A request
    /// fails once it has waited the service's `timeout_s` in it (RequestTTLSeconds, ≥ 60), and nothing else bounds it.
    AsynchronousInstances {
        /// CPU credits, where their type is burstable.
        cpu_credits: Option<CpuCredits>,
    },
    /// Copies of an inference component, on these instances. Load test, bounds and metrics are then those of copies; the launch
    /// time is still an instance's.
    ComponentCopies(Hosts),
    /// Provisioned concurrency of a serverless endpoint: a unit is an environment that is kept ready, and takes one request at a
    /// time. For requests that find none free others are started on demand, and what exceeds these is throttled.
    ProvisionedConcurrency(OnDemand),
}

/// What can befall instances of which each has requests of its own.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Instances {
    /// What fails, and the checks that notice it. `None`: nothing fails, and every launch answers in time.
    pub health: Option<Arc<Health>>,
    /// How fast they are.
    pub speed: InstanceSpeed,
    /// How clients try again; `None`: nobody does.
    pub retries: Option<ClientRetries>,
}

/// What the speed of instances depends on.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum InstanceSpeed {
    /// Nothing: all are as fast as the load test says.
    #[default]
    Full,
    /// CPU credits of a burstable type.
    CpuCredits(CpuCredits),
    /// One of them slows down without failing.
    SlowInstance(SlowInstance),
}

impl ScalableResource {
    /// Returns what can befall the instances of a variant or a group.
    fn instances(&self) -> Option<&Instances> {
        match self {
            Self::VariantInstances(instances) => Some(instances),
            Self::GroupInstances(group) => Some(&group.instances),
            _ => None,
        }
    }

    /// Returns what fails, and the checks that notice it, where anything may fail.
    #[must_use]
    pub fn health(&self) -> Option<&Arc<Health>> {
        self.instances()?.health.as_ref()
    }

    /// Returns the CPU credits of the instances, where their type is burstable.
    #[must_use]
    pub fn cpu_credits(&self) -> Option<&CpuCredits> {
        if let Self::AsynchronousInstances { cpu_credits } = self {
            return cpu_credits.as_ref();
        }
        match &self.instances()?.speed {
            InstanceSpeed::CpuCredits(cpu_credits) => Some(cpu_credits),
            InstanceSpeed::Full | InstanceSpeed::SlowInstance(_) => None,
        }
    }

    /// Returns the same, to be changed.
    pub fn cpu_credits_mut(&mut self) -> Option<&mut CpuCredits> {
        let instances = match self {
            Self::VariantInstances(instances) => instances,
            Self::GroupInstances(group) => &mut group.instances,
            Self::AsynchronousInstances { cpu_credits } => return cpu_credits.as_mut(),
            Self::ComponentCopies(_) | Self::ProvisionedConcurrency(_) => return None,
        };
        match &mut instances.speed {
            InstanceSpeed::CpuCredits(cpu_credits) => Some(cpu_credits),
            InstanceSpeed::Full | InstanceSpeed::SlowInstance(_) => None,
        }
    }

    /// Returns the instance that slows down, if there is one.
    #[must_use]
    pub fn slow_instance(&self) -> Option<&SlowInstance> {
        match &self.instances()?.speed {
            InstanceSpeed::SlowInstance(slow) => Some(slow),
            InstanceSpeed::Full | InstanceSpeed::CpuCredits(_) => None,
        }
    }

    /// Returns how clients try again, where any do.
    #[must_use]
    pub fn retries(&self) -> Option<&ClientRetries> {
        self.instances()?.retries.as_ref()
    }

    /// Returns the same, to be changed.
    pub fn retries_mut(&mut self) -> Option<&mut ClientRetries> {
        let instances = match self {
            Self::VariantInstances(instances) => instances,
            Self::GroupInstances(group) => &mut group.instances,
            _ => return None,
        };
        instances.retries.as_mut()
    }

    /// Returns the EC2 Auto Scaling group; `None` where Application Auto Scaling scales, by cooldowns.
    #[must_use]
    pub fn group(&self) -> Option<&AutoScalingGroup> {
        match self {
            Self::GroupInstances(group) => Some(group),
            _ => None,
        }
    }

    /// Returns the same, to be changed.
    pub fn group_mut(&mut self) -> Option<&mut AutoScalingGroup> {
        match self {
            Self::GroupInstances(group) => Some(group),
            _ => None,
        }
    }

    /// Returns the predictive scaling of a group.
    #[must_use]
    pub fn predictive(&self) -> Option<&Arc<Predictive>> {
        self.group()?.predictive.as_ref()
    }

    /// Returns whether requests wait in a queue of an asynchronous endpoint's own.
    #[must_use]
    pub fn has_shared_queue(&self) -> bool {
        matches!(self, Self::AsynchronousInstances { .. })
    }

    /// Returns whether what scales are instances, or copies on them.
    pub(crate) fn launches_instances(&self) -> bool {
        self.on_demand().is_none()
    }

    /// Returns the instances under the copies of an inference component.
    #[must_use]
    pub fn hosts(&self) -> Option<&Hosts> {
        match self {
            Self::ComponentCopies(hosts) => Some(hosts),
            _ => None,
        }
    }

    /// Returns a serverless endpoint's numbers.
    #[must_use]
    pub fn on_demand(&self) -> Option<&OnDemand> {
        match self {
            Self::ProvisionedConcurrency(on_demand) => Some(on_demand),
            _ => None,
        }
    }
}
