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
    ($($(#[$more:meta])* $name:ident in $module:ident,)*) => {
        /// What serves the model.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Platform {
            $($(#[$more])* $name,)*
        }

        impl Platform {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What AWS does there.
            #[must_use]
            pub fn rules(self) -> &'static PlatformRules {
                match self {
                    $(Self::$name => &$module::RULES,)*
                }
            }
        }
    };
}

platforms! {
    /// A variant of a SageMaker real-time endpoint, scaled by Application Auto Scaling.
    #[default]
    SagemakerRealTime in real_time,
    /// A SageMaker asynchronous endpoint: requests queue, and capacity may be zero.
    SagemakerAsynchronous in asynchronous,
    /// An inference component of a SageMaker endpoint: its copies scale, and instances follow them.
    SagemakerInferenceComponent in component,
    /// An EC2 Auto Scaling group behind an Application Load Balancer.
    Ec2AutoScalingGroup in group,
    /// A SageMaker serverless endpoint, whose provisioned concurrency Application Auto Scaling scales.
    SagemakerServerless in serverless,
}

impl Platform {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Platform {
    /// Whether Application Auto Scaling scales it, and SageMaker serves.
    #[must_use]
    pub fn is_sagemaker(self) -> bool {
        !self.rules().scales.is_of_ec2()
    }

    /// Whether requests wait in a queue of the endpoint's own.
    #[must_use]
    pub fn is_asynchronous(self) -> bool {
        self.rules().has_queue
    }

    /// Whether copies scale, and instances follow them.
    #[must_use]
    pub fn is_component(self) -> bool {
        self.rules().scales == ScalableDimension::ComponentCopies
    }

    /// Whether environments serve that are started for each request, and none is an instance.
    #[must_use]
    pub fn is_serverless(self) -> bool {
        !self.rules().has_instances
    }

    /// Whether instances serve there that may fail, each by itself.
    #[must_use]
    pub fn may_fail(self) -> bool {
        self.rules().fails
    }

    /// AlarmLow's threshold as a share of the target.
    #[must_use]
    pub fn alarm_low_factor(self) -> f64 {
        self.rules().alarm_low_factor
    }
}
