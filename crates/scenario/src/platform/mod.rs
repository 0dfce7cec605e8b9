//! What serves the model: a file a platform, each one table of what AWS does there. Wherever it makes a difference, code asks the
//! table ([`Platform::rules`]) for what it needs to know, not which platform it is.
//!
//! A new platform is a file here, its `mod` and its line in `platforms!` below.

pub(crate) mod asynchronous;
pub(crate) mod component;
mod group;
mod moved;
mod real_time;
mod rules;
mod serverless;

pub use component::{Need, all_needs, room_for};
pub(crate) use group::{RESOURCE_LABEL, is_resource_label};
pub(crate) use rules::Priced;
pub use rules::{Card, Machines, PlatformRules, ScalableDimension};

use crate::field::choices;

/// Makes of the list of platforms the type that names them, and what finds their rules.
macro_rules! platforms {
    ($($(#[doc = $doc:literal])* $Name:ident = $name:literal in $module:ident,)*) => {
        choices! {
            /// What serves the model.
            pub enum Platform {
                $($(#[doc = $doc])* $Name = $name,)*
            }
        }

        impl Platform {
            /// Returns what AWS does there.
            #[must_use]
            pub fn rules(self) -> &'static PlatformRules {
                match self {
                    $(Self::$Name => &$module::RULES,)*
                }
            }
        }
    };
}

platforms! {
    /// A variant of a SageMaker real-time endpoint, scaled by Application Auto Scaling.
    SagemakerRealTime = "sagemaker_real_time" in real_time,
    /// A SageMaker asynchronous endpoint: requests queue, and capacity may be zero.
    SagemakerAsynchronous = "sagemaker_asynchronous" in asynchronous,
    /// A SageMaker serverless endpoint, whose provisioned concurrency Application Auto Scaling scales.
    SagemakerServerless = "sagemaker_serverless" in serverless,
    /// An inference component of a SageMaker endpoint: its copies scale, and instances follow them.
    SagemakerInferenceComponent = "sagemaker_inference_component" in component,
    /// An EC2 Auto Scaling group behind an Application Load Balancer.
    Ec2AutoScalingGroup = "ec2_auto_scaling_group" in group,
}
