//! What is kept of a lesson: that it was done, and what was predicted.

use serde::Serialize;
use serde_json::Value;

use crate::{
    item::MOST_BYTES_OF_ID,
    unpack::{Unpack, field, has_only, required},
};

/// What a person predicted of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicted {
    /// The id of an option.
    Choice(String),
    /// A number in the prediction's unit, or a moment in seconds from the start of the run; kept to three decimals.
    Number(f64),
}

/// A lesson that was done. Of one lesson the greater is the later one: that of a later day, or done more times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LessonDone {
    /// The day on which it was done last.
    day: u32,
    /// How often it was done.
    times: u32,
    /// What was predicted the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    predicted: Option<Kept>,
}

/// A prediction as it is kept: whole numbers come back from JSON as they were.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
enum Kept {
    Thousandths(i64),
    Choice(String),
}

impl Unpack for LessonDone {
    fn unpack(value: &Value) -> Option<Self> {
        let done = Self {
            day: required(value, "day")?,
            times: required(value, "times")?,
            predicted: field(value, "predicted")?,
        };
        has_only(value, &["day", "times", "predicted"]).then_some(done)
    }
}

impl Unpack for Kept {
    fn unpack(value: &Value) -> Option<Self> {
        match value.as_i64() {
            Some(thousandths) => Some(Self::Thousandths(thousandths)),
            None => String::unpack(value).map(Self::Choice),
        }
    }
}

impl LessonDone {
    pub(super) fn first(predicted: Option<&Predicted>, today: u32) -> Self {
        Self {
            day: today,
            times: 1,
            predicted: predicted.and_then(kept),
        }
    }

    pub(super) fn again(&self, predicted: Option<&Predicted>, today: u32) -> Self {
        Self {
            day: self.day.max(today),
            times: self.times.saturating_add(1),
            predicted: predicted.and_then(kept),
        }
    }

    /// Returns the day on which it was done last.
    #[must_use]
    pub const fn day(&self) -> u32 {
        self.day
    }

    /// Returns what was predicted the last time; none: the person had it shown.
    #[must_use]
    pub fn predicted(&self) -> Option<Predicted> {
        Some(match self.predicted.as_ref()? {
            Kept::Thousandths(number) => Predicted::Number(*number as f64 / 1_000.0),
            Kept::Choice(id) => Predicted::Choice(id.clone()),
        })
    }

    /// Returns whether what is kept could have been predicted.
    pub(super) fn is_possible(&self) -> bool {
        let Some(Kept::Choice(id)) = &self.predicted else {
            return true;
        };
        id.len() <= MOST_BYTES_OF_ID
    }
}

/// Returns what is kept of a prediction; nothing of one that no control offers.
fn kept(predicted: &Predicted) -> Option<Kept> {
    match predicted {
        Predicted::Number(number) if number.is_finite() => {
            Some(Kept::Thousandths((number * 1_000.0).round() as i64))
        }
        Predicted::Choice(id) if id.len() <= MOST_BYTES_OF_ID => Some(Kept::Choice(id.clone())),
        _ => None,
    }
}
