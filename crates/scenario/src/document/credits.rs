//! What an instance of a burstable type may do without CPU credits.

use serde::{Deserialize, Serialize};

/// `CreditSpecification` of `RunInstances` and of launch templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreditSpecification {
    /// The mode.
    #[serde(rename = "CpuCredits")]
    pub cpu_credits: CpuCredits,
}

/// `CpuCredits` of a CreditSpecification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CpuCredits {
    /// Without credits it is held to its baseline.
    #[default]
    Standard,
    /// It goes on, and surplus credits are charged.
    Unlimited,
}

impl CpuCredits {
    /// As AWS spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Unlimited => "unlimited",
        }
    }
}
