//! What a scalable target does not do.

use serde::{Deserialize, Serialize};

/// `SuspendedState`, for the whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SuspendedState {
    /// Policies remove nothing.
    #[serde(rename = "DynamicScalingInSuspended")]
    pub dynamic_scaling_in: bool,
    /// Policies add nothing.
    #[serde(rename = "DynamicScalingOutSuspended")]
    pub dynamic_scaling_out: bool,
    /// Scheduled actions do nothing.
    #[serde(rename = "ScheduledScalingSuspended")]
    pub scheduled_scaling: bool,
}

impl SuspendedState {
    /// Whether nothing is suspended.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
