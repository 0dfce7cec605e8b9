//! What fails in a run: instances, their applications, an Availability Zone.

use crate::{
    field::{Entry, FieldType, ItemField, List, Value, Wrong, amounts, choices, section},
    limits::MOST_INSTANCES,
    time::LocalDateTime,
};

/// A field for each kind, which only a failure of that kind has: how many, or for how long.
macro_rules! extent {
    ($name:literal, $doc:literal, $Kind:ident($type:ty)) => {
        Entry::<Failure>::of::<$type>($name, $name, $doc).by(
            |failure| match &failure.what {
                Failing::$Kind(extent) => FieldType::read(extent),
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

section! {
    /// Something fails.
    pub struct Failure at List::Failures => ItemField {
        /// When.
        at: LocalDateTime = LocalDateTime::default(), required;
        /// What.
        what: Failing = Failing::default(), required, choice_of(Kind::NAMES), by(Self::kind, Self::set_kind), text("failing");
    }
    beside [
        extent!("what.instances", "How many instances in service are gone.", Instances(u32))
            .text("failing_count").range(1.0..=MOST_INSTANCES).instances(),
        extent!("what.applications", "The applications of how many instances stop answering.", Applications(u32))
            .text("failing_count").range(1.0..=MOST_INSTANCES).instances(),
        extent!("what.zone_min", "For how many minutes an Availability Zone is gone.", ZoneMin(f64))
            .text("failing_for").range(0.1..=527_040.0).minutes(),
    ]
}

#[allow(
    non_upper_case_globals,
    reason = "a field's name is spelled as the field is"
)]
impl Failure {
    /// How many instances.
    pub const instances: ItemField = List::Failures.field("what.instances");
    /// How many applications.
    pub const applications: ItemField = List::Failures.field("what.applications");
    /// For how many minutes.
    pub const zone_min: ItemField = List::Failures.field("what.zone_min");
}

impl Failure {
    fn kind(&self) -> Option<Value> {
        self.what.kind().read()
    }

    fn set_kind(&mut self, value: &Value) -> Result<(), Wrong> {
        self.what = self.what.of_kind(FieldType::from_value(value)?);
        Ok(())
    }
}

amounts! {
    /// What fails.
    pub enum Failing: Part {
        /// So many instances in service are gone.
        Instances(u32) = "instances",
        /// The applications of so many instances stop answering; EC2's status checks see nothing of it.
        Applications(u32) = "applications",
        /// An Availability Zone is gone for so many minutes, with all that is in it.
        ZoneMin(f64) = "zone_min",
    }
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
