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
    /// An inference component of a SageMaker endpoint: its copies scale, and instances follow them.
    SagemakerInferenceComponent,
    /// An EC2 Auto Scaling group behind an Application Load Balancer.
    Ec2AutoScalingGroup,
    /// A SageMaker serverless endpoint, whose provisioned concurrency Application Auto Scaling scales.
    SagemakerServerless,
}

impl Platform {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether Application Auto Scaling scales it, and SageMaker serves.
    #[must_use]
    pub fn is_sagemaker(self) -> bool {
        self != Self::Ec2AutoScalingGroup
    }

    /// Whether requests wait in a queue of the endpoint's own.
    #[must_use]
    pub fn is_asynchronous(self) -> bool {
        self == Self::SagemakerAsynchronous
    }

    /// Whether copies scale, and instances follow them.
    #[must_use]
    pub fn is_component(self) -> bool {
        self == Self::SagemakerInferenceComponent
    }

    /// Whether environments serve that are started for each request, and none is an instance.
    #[must_use]
    pub fn is_serverless(self) -> bool {
        self == Self::SagemakerServerless
    }

    /// Whether instances serve there that may fail, each by itself.
    #[must_use]
    pub fn may_fail(self) -> bool {
        matches!(self, Self::SagemakerRealTime | Self::Ec2AutoScalingGroup)
    }

    /// AlarmLow's threshold as a share of the target: read off real accounts. AWS documents only "usually more than 10 % lower".
    // rule: group.alarm-low
    #[must_use]
    pub fn alarm_low_factor(self) -> f64 {
        if self.is_sagemaker() { 0.9 } else { 0.7 }
    }
}
