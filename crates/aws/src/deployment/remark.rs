//! What a person has to know of an export: what a number means and where it comes from, and what has to be known of a request. The
//! words are `words`'.

use scenario::field::Field;

use super::Deployment;
use crate::load_test::LoadTestRemark;

/// What a number of an export means and where it comes from, or what has to be known of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// A field of the scenario.
    Field {
        /// Which.
        field: Field,
        /// Where its value comes from.
        origin: Origin,
    },
    /// Placeholders have to be replaced.
    FillIn,
    /// `DesiredCapacity` is left out: each deployment would put the group back to it.
    NoDesiredCapacity,
    /// CloudFormation has no names for a group's policies and actions; `Metadata` keeps them.
    NamesInMetadata,
    /// CloudFormation cannot suspend a group's processes, which the scenario has suspended: that is to be done by hand.
    NoSuspendedProcesses,
    /// A text holds `{{resolve:`, which CloudFormation would look up wherever it stands: it got a space.
    ResolveApart,
    /// Scheduled actions move the bounds: Terraform must not put them back.
    IgnoreChanges,
    /// −1 leaves a size alone; 0 would be 0.
    MinusOne,
    /// Terraform does not send this 0, so that AWS takes what is usual.
    ZeroIsNotSent,
    /// Terraform does not send this 0 when it makes the group, but the next time.
    ZeroIsSentLater,
    /// Bounds of steps count from their alarm's threshold.
    FromThreshold {
        /// The threshold.
        threshold: f64,
    },
    /// What a policy makes by itself, such as target tracking's alarms.
    AlarmsOfItsOwn,
    /// Nothing of the scenario scales, and AWS would refuse to register it.
    NothingScales,
    /// What has to be known of a load test, and what it prints.
    LoadTest(LoadTestRemark),
    /// The link with which Headroom reads the scenario back.
    Link,
    /// What the scenario says that AWS cannot be told.
    CannotSay {
        /// Which field.
        field: Field,
    },
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// Somebody typed it.
    Typed,
    /// It is the load test's formula: maximum RPS × safety factor × 60.
    Formula {
        /// Requests per second of one instance.
        max_rps: f64,
        /// The safety factor.
        safety_factor: f64,
    },
    /// It follows from what a load test gave, in a unit of the metric's own.
    LoadTest {
        /// Requests per second of one instance.
        max_rps: f64,
        /// The safety factor.
        safety_factor: f64,
    },
    /// Sizing says so.
    Sizing,
    /// It is what is usual where nobody says.
    Usual,
}

/// Says remarks, in the language of whoever reads the export.
pub trait Remarks {
    /// Returns a remark as a line without a line break.
    fn remark(&self, remark: &Remark) -> String;

    /// Returns the lines at the head of an export: what it is, of which scenario.
    fn head(&self, deployment: &Deployment) -> Vec<String>;
}
