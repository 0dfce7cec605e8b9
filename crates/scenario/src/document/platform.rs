//! What serves the model: where AWS's rules differ, it is by this.

use serde::{Deserialize, Serialize};

/// What serves the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// A variant of a SageMaker real-time endpoint, scaled by Application Auto Scaling.
    #[default]
    SagemakerRealTime,
    /// A SageMaker asynchronous endpoint: requests queue, and capacity may be zero.
    SagemakerAsynchronous,
    /// An EC2 Auto Scaling group behind an Application Load Balancer.
    Ec2AutoScalingGroup,
}

impl Platform {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
