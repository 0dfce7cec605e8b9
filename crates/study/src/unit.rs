//! What a number of a lesson or a question is a number of, so that it is written as the page writes such numbers.

use serde::{Deserialize, Serialize};

/// What a number is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing: a ratio, an index, a threshold in the metric's own unit.
    #[default]
    Number,
    /// Requests, whole.
    Requests,
    /// Requests per second.
    RequestsPerSecond,
    /// Requests per instance and minute: InvocationsPerInstance.
    RequestsPerMinute,
    /// Instances, or copies of an inference component.
    Instances,
    /// Times that something happened.
    Times,
    /// A share, 0 to 1, written in percent.
    Share,
    /// A number of percent, as CPUUtilization has it.
    Percent,
    /// US dollars.
    Usd,
    /// Minutes, as a plain number: of a control whose field counts them.
    Minutes,
    /// Seconds, written as a duration.
    Seconds,
    /// Milliseconds, written as a latency.
    Milliseconds,
    /// A moment of a run, seconds from its start, written as the time of day.
    Moment,
    /// CPU credits.
    Credits,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Number,
        Self::Requests,
        Self::RequestsPerSecond,
        Self::RequestsPerMinute,
        Self::Instances,
        Self::Times,
        Self::Share,
        Self::Percent,
        Self::Usd,
        Self::Minutes,
        Self::Seconds,
        Self::Milliseconds,
        Self::Moment,
        Self::Credits,
    ];
}
