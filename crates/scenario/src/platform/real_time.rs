//! SageMaker real-time endpoints: instances of a variant, which Application Auto Scaling scales.

use super::{Platform, PlatformRules};
use crate::{document::MetricName, metrics::Measure};

/// What AWS does there.
pub static RULES: PlatformRules = PlatformRules {
    platform: Platform::SagemakerRealTime,
    instead: &[(
        Measure::FailedWithoutCapacity,
        MetricName::InvocationsPerInstance,
    )],
    least_capacity: 1,
    fails: true,
    has_retries: true,
    ..PlatformRules::ENDPOINT
};
