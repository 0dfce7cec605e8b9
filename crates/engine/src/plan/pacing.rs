//! What keeps policies from answering to what their last answer has not changed yet: the platforms differ in it.

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
    /// How long those that a policy launches warm up.
    // rule: group.warm-up-of-policy
    #[must_use]
    pub fn of_policy(&self, index: usize) -> f64 {
        let own = self.by_policy.iter().find(|(policy, _)| *policy == index);
        own.map_or(self.default_s, |(_, seconds)| *seconds)
    }
}
