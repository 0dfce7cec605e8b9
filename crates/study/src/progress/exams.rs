//! What is kept of a mock exam that was handed in.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{
    lesson::Task,
    unpack::{Unpack, entry, has_only, required},
};

/// A mock exam that was handed in: those of a later day are greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

impl Unpack for ExamTaken {
    fn unpack(value: &Value) -> Option<Self> {
        let mut tasks = BTreeMap::new();
        for (name, counts) in value.get("tasks")?.as_object()? {
            let (_, task) = Task::ALL.into_iter().find(|(it, _)| it == name)?;
            tasks.insert(task, (entry(counts, 0)?, entry(counts, 1)?));
        }
        let taken = Self {
            day: required(value, "day")?,
            seed: required(value, "seed")?,
            of: required(value, "of")?,
            right: required(value, "right")?,
            seconds: required(value, "seconds")?,
            tasks,
        };
        let names = ["day", "seed", "of", "right", "seconds", "tasks"];
        has_only(value, &names).then_some(taken)
    }
}
