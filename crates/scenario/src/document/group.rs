//! What an EC2 Auto Scaling group has that an endpoint has not, as `CreateAutoScalingGroup` names it.

use serde::{Deserialize, Serialize};

/// Settings of an Auto Scaling group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AutoScalingGroup {
    /// Seconds from in service until an instance counts; absent: DefaultCooldown.
    #[serde(
        rename = "DefaultInstanceWarmup",
        skip_serializing_if = "Option::is_none"
    )]
    pub default_instance_warmup: Option<u32>,
    /// Seconds that simple scaling waits after an activity, where its policy says nothing else.
    #[serde(rename = "DefaultCooldown")]
    pub default_cooldown: u32,
}

impl AutoScalingGroup {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Seconds that an instance warms up whose policy says nothing else: DefaultInstanceWarmup, or else DefaultCooldown
    /// (Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group").
    #[must_use]
    pub fn warm_up_s(&self) -> u32 {
        self.default_instance_warmup
            .unwrap_or(self.default_cooldown)
    }
}

impl Default for AutoScalingGroup {
    fn default() -> Self {
        Self {
            default_instance_warmup: None,
            // AWS's default.
            default_cooldown: 300,
        }
    }
}
