//! What is kept of a mock exam that was handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lesson::Task;

/// A mock exam that was handed in: those of a later day are greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamTaken {
    /// The day on which it was.
    pub day: u32,
    /// What chose its questions.
    pub seed: u32,
    /// How many questions it had.
    pub of: u32,
    /// How many of them were answered right.
    pub right: u32,
    /// How long it took, seconds.
    pub seconds: u32,
    /// The same by task: right ones, and questions.
    pub tasks: BTreeMap<Task, (u32, u32)>,
}
