//! What only an EC2 Auto Scaling group has: warm-up in place of cooldowns, a warm pool, predictive scaling.

use super::{Instances, Predictive};
use std::sync::Arc;

/// An EC2 Auto Scaling group.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AutoScalingGroup {
    /// What can befall its instances.
    pub instances: Instances,
    /// What keeps policies from acting again too soon; cooldowns hold for simple scaling alone.
    pub warm_up: WarmUp,
    /// Instances that wait, prepared to come into service sooner.
    pub warm_pool: Option<WarmPool>,
    /// Predictive scaling.
    pub predictive: Option<Arc<Predictive>>,
}

/// How long instances warm up once they are in service, seconds (0 to 3600 each).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct WarmUp {
    /// Those that no policy with a time of its own has launched: DefaultInstanceWarmup, or else the default cooldown.
    pub default_s: f64,
    /// Those that a policy has launched whose EstimatedInstanceWarmup is given, by the policy's index in the scenario.
    pub by_policy: Vec<(usize, f64)>,
}

impl WarmUp {
    /// Returns how long instances warm up that a policy has launched, seconds.
    // rule: group.warm-up-of-policy
    #[must_use]
    pub fn of_policy(&self, index: usize) -> f64 {
        let own = self.by_policy.iter().find(|(policy, _)| *policy == index);
        own.map_or(self.default_s, |(_, seconds)| *seconds)
    }
}

/// A warm pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarmPool {
    /// Seconds from the decision to in service of an instance of the pool.
    pub launch_s: f64,
    /// Most instances in the group and its pool together.
    pub most: u32,
    /// Fewest instances in the pool.
    pub min: u32,
    /// Whether they run, and cost as much, while they wait; otherwise they are stopped and cost nothing.
    pub is_running: bool,
}
