//! What fails in a run: instances, their applications, an Availability Zone.

use serde::{Deserialize, Serialize};

use crate::{
    field::{Declared, Entry, FieldType, ItemField, List, Wrong, choices},
    limits::MOST_INSTANCES,
    time::LocalDateTime,
};

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

#[allow(
    non_upper_case_globals,
    reason = "a field's name is spelled as the field is"
)]
impl Failure {
    /// When.
    pub const at: ItemField = List::Failures.field("at");
    /// What, by its kind.
    pub const what: ItemField = List::Failures.field("what");
    /// How many instances.
    pub const instances: ItemField = List::Failures.field("what.instances");
    /// How many applications.
    pub const applications: ItemField = List::Failures.field("what.applications");
    /// For how many minutes.
    pub const zone_min: ItemField = List::Failures.field("what.zone_min");
}

/// A field for each kind, which only a failure of that kind has: how many, or for how long.
macro_rules! extent {
    ($name:literal, $Kind:ident($type:ty), $doc:literal) => {
        Entry::<Failure>::of::<$type>(
            $name,
            $name,
            $doc,
            |failure| match &failure.what {
                Failing::$Kind(extent) => extent.read(),
                _ => None,
            },
            |failure, value| match &mut failure.what {
                Failing::$Kind(extent) => {
                    *extent = FieldType::from_value(value)?;
                    Ok(())
                }
                _ => Err(Wrong::NoField),
            },
        )
    };
}

impl Declared for Failure {
    const ENTRIES: &'static [Entry<Self>] = &[
        Entry::of::<LocalDateTime>(
            "at",
            "at",
            "When.",
            |failure| failure.at.read(),
            |failure, value| {
                failure.at = FieldType::from_value(value)?;
                Ok(())
            },
        ),
        Entry::of::<Kind>(
            "what",
            "failing",
            "What.",
            |failure| failure.what.kind().read(),
            |failure, value| {
                failure.what = failure.what.of_kind(FieldType::from_value(value)?);
                Ok(())
            },
        ),
        extent!(
            "what.instances",
            Instances(u32),
            "How many instances in service are gone."
        )
        .text("failing_count")
        .range(1.0..=MOST_INSTANCES)
        .instances(),
        extent!(
            "what.applications",
            Applications(u32),
            "The applications of how many instances stop answering."
        )
        .text("failing_count")
        .range(1.0..=MOST_INSTANCES)
        .instances(),
        extent!(
            "what.zone_min",
            ZoneMin(f64),
            "For how many minutes an Availability Zone is gone."
        )
        .text("failing_for")
        .range(0.1..=527_040.0)
        .minutes(),
    ];
}

choices! {
    /// The kinds of what fails.
    pub enum Kind {
        /// Instances.
        Instances = "instances",
        /// Applications.
        Applications = "applications",
        /// An Availability Zone.
        Zone = "zone_min",
    }
}

impl Failing {
    /// Returns the kind that it is of.
    fn kind(self) -> Kind {
        match self {
            Self::Instances(_) => Kind::Instances,
            Self::Applications(_) => Kind::Applications,
            Self::ZoneMin(_) => Kind::Zone,
        }
    }

    /// Returns it as another kind: so many instances may also be so many applications.
    fn of_kind(self, kind: Kind) -> Self {
        let count = match self {
            Self::Instances(count) | Self::Applications(count) => count,
            Self::ZoneMin(_) => 1,
        };
        match kind {
            kind if kind == self.kind() => self,
            Kind::Instances => Self::Instances(count),
            Kind::Applications => Self::Applications(count),
            Kind::Zone => Self::ZoneMin(60.0),
        }
    }
}

choices! {
    /// `HealthCheckType`: which health checks replace instances.
    pub enum HealthCheckType {
        /// EC2's status checks alone.
        Ec2 = "EC2",
        /// These, and the load balancer's.
        Elb = "ELB" | "EC2,ELB" | "ELB,EC2",
    }
}
