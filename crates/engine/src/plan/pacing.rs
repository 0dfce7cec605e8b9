//! What keeps policies from acting on a metric that their last change does not show in yet: cooldowns, or warm-up.

/// How policies are paced.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Pacing {
    /// Application Auto Scaling: by cooldowns, which stand with each policy.
    #[default]
    Cooldowns,
    /// EC2 Auto Scaling: instances warm up; cooldowns hold for simple scaling alone.
    WarmUp(WarmUp),
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
