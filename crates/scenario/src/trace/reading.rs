//! What comes of a file: what was understood, what has to be asked, and the trace, as far as the answers reach.

use super::{
    BadRow, Note, Trace, TraceProblem,
    choices::{Answer, Choices},
    columns::Column,
};
use crate::time::{LocalDateTime, Zone};

/// Where the trace goes, and whose times it may be of.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceDestination {
    /// Zone of the scenario: the trace's start is on its wall clock.
    pub zone: Zone,
    /// IANA names of zones to be offered for times that say none, the likeliest first.
    pub zones: Vec<String>,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its columns.
    pub columns: Vec<Column>,
    /// What is in force of every choice that matters for this file: chosen, found, or taken meanwhile.
    pub in_force: Choices,
    /// What has to be asked.
    pub questions: Vec<Question>,
    /// What the file was taken to be, and what is odd about it.
    pub notes: Vec<Note>,
    /// Rows that could not be used, the first thousand in full.
    pub rejected: Vec<BadRow>,
    /// How many rows could not be used.
    pub rejected_count: u64,
    /// Rows in all, without header, comments and empty lines.
    pub rows: u64,
    /// When it begins and in which steps, once times can be read.
    pub span: Option<Span>,
    /// Why it is no trace.
    pub problem: Option<TraceProblem>,
    /// The trace; `None` while a question without a default is open, or where there is a problem.
    pub summary: Option<TraceSummary>,
}

/// When a recording begins, and in which steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Seconds since 1970 in UTC.
    pub start_utc_s: i64,
    /// Seconds.
    pub step_s: u32,
}

/// A trace and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceSummary {
    /// The trace.
    pub trace: Trace,
    /// Requests of the whole.
    pub requests: f64,
    /// Requests of the busiest minute; of longer steps a minute's share.
    pub peak_per_minute: f64,
    /// When it begins: seconds since 1970 in UTC.
    pub peak_utc_s: i64,
}

/// Something that the file does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub about: QuestionTopic,
    /// What could be answered; none where a number is wanted.
    pub choices: Vec<Choice>,
    /// Index of the answer that is taken meanwhile; `None` where no answer is safe.
    pub default: Option<usize>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionTopic {
    /// Which column holds the time.
    TimeColumn,
    /// Which columns are the demand.
    ValueColumn,
    /// What the values are.
    Values,
    /// Of how many instances the values are.
    Instances,
    /// The order of day and month.
    DateOrder,
    /// What digits are as times.
    TimeForm,
    /// Which mark is the decimal one.
    Decimal,
    /// What to do with rows of the same time.
    SameTime,
    /// Into which steps rows are summed up.
    Step,
    /// Of which zone times are.
    Zone,
}

/// An answer that is possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The answer.
    pub answer: Answer,
    /// The first rows as they are with it.
    pub rows: Vec<RowPreview>,
}

/// A row as it would be read.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPreview {
    /// Its line.
    pub line: u64,
    /// Its cells of time and values as they stand.
    pub cells: String,
    /// Its time, on the wall clock of its zone; `None` where it cannot be read.
    pub time: Option<LocalDateTime>,
    /// Its value; `None` where it cannot be read, or is still to be chosen.
    pub value: Option<f64>,
    /// Requests a minute that it stands for.
    pub per_minute: Option<f64>,
}
