//! What serves the model: a file a platform, each one table of what AWS does there. Wherever it makes a difference, code asks the
//! table ([`Platform::rules`]) for what it needs to know, not which platform it is.
//!
//! A new platform is a file here, its `mod` and its line in [`platforms!`] below.

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

use serde::{Deserialize, Serialize};

/// Makes of the list of platforms the type that names them, and what finds their rules.
macro_rules! platforms {
    ($($(#[$more:meta])* $platform:ident = $name:literal in $module:ident,)*) => {
        /// What serves the model.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Platform {
            $($(#[$more])* #[serde(rename = $name)] $platform,)*
        }

        impl Platform {
            /// All there are, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$platform),*];

            /// Its name in a document.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$platform => $name,)*
                }
            }

            /// What AWS does there.
            #[must_use]
            pub fn rules(self) -> &'static PlatformRules {
                match self {
                    $(Self::$platform => &$module::RULES,)*
                }
            }
        }
    };
}

platforms! {
    /// A variant of a SageMaker real-time endpoint, scaled by Application Auto Scaling.
    #[default]
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

impl Platform {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
