//! What scales a fleet, in a line: for who sees the result and not the form.

use scenario::{
    compile::Compiled,
    document::{PolicyType, ScalingPolicy, Scenario},
    platform::ScalableDimension,
};

use crate::{Words, copies::scales_copies};

impl Words {
    /// The bounds and the policies: `Instances 2 – 16 · Target tracking: InvocationsPerInstance 600`.
    #[must_use]
    pub fn policies(self, scenario: &Scenario, compiled: &Compiled) -> String {
        let named = match scenario.platform.rules().scales {
            ScalableDimension::ProvisionedConcurrency => self.key_units(),
            _ if scales_copies(&compiled.plan) => self.key_copies(),
            _ => self.key_instances(),
        };
        let bounds = self.value_range(
            &self.count(compiled.resolved.min),
            &self.count(compiled.resolved.max),
        );
        let mut line = vec![[named, " ", &bounds].concat()];
        for (index, policy) in scenario.policies.iter().enumerate() {
            line.push(self.policy(index, policy, compiled));
        }
        line.join(" · ")
    }

    fn policy(self, index: usize, policy: &ScalingPolicy, compiled: &Compiled) -> String {
        let kind = match policy.policy_type {
            PolicyType::TargetTrackingScaling => self.policy_target_tracking(),
            PolicyType::StepScaling => self.policy_step_scaling(),
            PolicyType::SimpleScaling => self.policy_simple_scaling(),
            PolicyType::PredictiveScaling => self.policy_predictive_scaling(),
        };
        let tracked = (compiled.plan.target_tracking.iter()).find(|it| it.index == index);
        let target = tracked.map(|it| [" ", &self.number(it.target, 2)].concat());
        let metric = policy.metric().name();
        [kind, ": ", metric, &target.unwrap_or_default()].concat()
    }
}
