//! The day of a person's real exam: before it everything comes once more, however long it would stay known.

use serde::Serialize;
use serde_json::Value;

use super::Record;
use crate::{
    draw::seed_of,
    item::Item,
    unpack::{Unpack, required},
};

/// The day of the real exam, and when it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct ExamDate {
    /// The day on which it was said last.
    said: u32,
    /// How often it was said, so that of one day's the last one counts.
    times: u32,
    /// The day of the exam; none: there is none.
    day: Option<u32>,
}

/// Over how many days before an exam everything comes once more, where there are as many: the days are not all of one item's.
const MOST_DAYS: u32 = 7;

impl Unpack for ExamDate {
    fn unpack(value: &Value) -> Option<Self> {
        Some(Self {
            said: required(value, "said")?,
            times: required(value, "times")?,
            day: required(value, "day")?,
        })
    }
}

impl ExamDate {
    pub(super) fn changed(self, day: Option<u32>, today: u32) -> Self {
        Self {
            said: self.said.max(today),
            times: self.times.saturating_add(1),
            day,
        }
    }

    /// Returns the day of the exam.
    #[must_use]
    pub const fn day(self) -> Option<u32> {
        self.day
    }

    /// Returns the day on which an item comes again.
    ///
    /// Each item has a day of its own shortly before the exam: one of the last seven, or of the second half of the days that were left
    /// when the exam was said. What was answered before its day comes on it at the latest; what was answered on it or later has had its
    /// turn. So all that was known when the exam was said comes once more, and not all on one day.
    pub(super) fn due_day(self, item: &Item, record: &Record, today: u32) -> u32 {
        let Some(exam) = self.day.filter(|exam| today < *exam) else {
            return record.next();
        };
        let days = (exam.saturating_sub(self.said) / 2).clamp(1, MOST_DAYS);
        let before = 1 + seed_of(item.id()) % days;
        let once_more = exam.saturating_sub(before);
        if record.last() < once_more {
            record.next().min(once_more)
        } else {
            record.next()
        }
    }
}
