//! What fails in a run: instances, their applications, an Availability Zone.

use serde::{Deserialize, Serialize};

use crate::time::LocalDateTime;

/// Availability Zones that instances are spread over, unless a document says otherwise.
pub(crate) const ZONES: u32 = 3;

/// Whether a document need not say so.
pub(super) fn is_usual_zones(zones: &u32) -> bool {
    *zones == ZONES
}

/// EC2 looks at an instance every minute, and EC2 Auto Scaling waits "a few minutes" for one that is impaired.
pub(crate) const STATUS_CHECK_S: f64 = 180.0;

/// Whether a document need not say so.
pub(super) fn is_usual_status_check(seconds: &f64) -> bool {
    seconds.total_cmp(&STATUS_CHECK_S).is_eq()
}

/// Something fails.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// When.
    pub at: LocalDateTime,
    /// What.
    pub what: Failing,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Failing {
    /// So many instances in service are gone.
    Instances(u32),
    /// The applications of so many instances stop answering; EC2's status checks see nothing of it.
    Applications(u32),
    /// An Availability Zone is gone for so many minutes, with all that is in it.
    ZoneMin(f64),
}

/// `HealthCheckType`: which health checks replace instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum HealthCheckType {
    /// EC2's status checks alone.
    #[default]
    #[serde(rename = "EC2")]
    Ec2,
    /// These, and the load balancer's.
    #[serde(rename = "ELB", alias = "EC2,ELB", alias = "ELB,EC2")]
    Elb,
}

impl HealthCheckType {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
