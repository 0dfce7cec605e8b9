//! What the study aid keeps of a person, on their device alone: what they answered and when, lessons done, exams taken.
//!
//! It is kept by id and revision, so that mending a text forgets nothing and changing a question forgets that question. Days are
//! arguments, counted since 1 January 1970; where a device stores it is the page's business.

mod exam_date;
mod exams;
mod file;
mod lessons;
mod merge;
mod record;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    item::{Item, MOST_BYTES_OF_ID},
    memory::Recall,
};

pub use self::{
    exam_date::ExamDate,
    exams::ExamTaken,
    file::{MOST_BYTES, Unread, read, write},
    lessons::{LessonDone, Predicted},
    merge::merge,
    record::{Answers, Record},
};

/// Most questions and terms that are kept: five times what there is.
const MOST_ITEMS: usize = 1_000;
/// Most lessons that are kept.
const MOST_LESSONS: usize = 200;
/// Most exams that are kept.
const MOST_EXAMS: usize = 20;

/// What is kept of a person.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Progress {
    items: BTreeMap<Item, Record>,
    lessons: BTreeMap<String, LessonDone>,
    exams: BTreeSet<ExamTaken>,
    exam_date: ExamDate,
}

impl Progress {
    /// Writes down an answer to an item of this revision. What was known of an earlier revision is forgotten; a page that is older than
    /// what is kept changes nothing.
    pub fn answered(&mut self, item: &Item, revision: u32, recall: Recall, today: u32) {
        if item.id().len() > MOST_BYTES_OF_ID {
            return;
        }
        let kept = self.items.get(item);
        if kept.is_some_and(|kept| kept.revision() > revision) {
            return;
        }
        let record = match kept.filter(|kept| kept.revision() == revision) {
            Some(kept) => kept.answered(recall, today),
            None => Record::first(revision, recall, today),
        };
        self.items.insert(item.clone(), record);
        self.bound();
    }

    /// Returns what is kept of an item of this revision.
    #[must_use]
    pub fn record(&self, item: &Item, revision: u32) -> Option<&Record> {
        let record = self.items.get(item)?;
        (record.revision() == revision).then_some(record)
    }

    /// Returns the day on which an item of this revision comes again; none: it was never answered.
    #[must_use]
    pub fn due_day(&self, item: &Item, revision: u32, today: u32) -> Option<u32> {
        let record = self.record(item, revision)?;
        Some(self.exam_date.due_day(item, record, today))
    }

    /// Returns whether an item of this revision was missed lately: of its last two answers one was wrong. In a session what was missed
    /// comes again until it is right; it counts as known once it is right at once the next time.
    #[must_use]
    pub fn is_missed(&self, item: &Item, revision: u32) -> bool {
        let record = self.record(item, revision);
        record.is_some_and(|record| record.answers().has_recent_miss())
    }

    /// Writes down that a lesson was done, and what was predicted; none: the person had it shown.
    pub fn lesson_done(&mut self, id: &str, predicted: Option<&Predicted>, today: u32) {
        if id.len() > MOST_BYTES_OF_ID {
            return;
        }
        let done = match self.lessons.get(id) {
            Some(before) => before.again(predicted, today),
            None => LessonDone::first(predicted, today),
        };
        self.lessons.insert(id.to_owned(), done);
        self.bound();
    }

    /// Returns what is kept of a lesson; none: it was not done.
    #[must_use]
    pub fn lesson(&self, id: &str) -> Option<&LessonDone> {
        self.lessons.get(id)
    }

    /// Writes down an exam that was handed in; of more than 20 the oldest are forgotten.
    pub fn exam_taken(&mut self, exam: ExamTaken) {
        self.exams.insert(exam);
        self.bound();
    }

    /// Returns the exams that were handed in, the oldest first.
    pub fn exams(&self) -> impl DoubleEndedIterator<Item = &ExamTaken> {
        self.exams.iter()
    }

    /// Writes down the day of the person's real exam; none: there is none.
    pub fn set_exam_day(&mut self, day: Option<u32>, today: u32) {
        self.exam_date = self.exam_date.changed(day, today);
    }

    /// Returns the day of the person's real exam.
    #[must_use]
    pub fn exam_day(&self) -> Option<u32> {
        self.exam_date.day()
    }

    /// Returns whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Forgets what is too much, the oldest first.
    fn bound(&mut self) {
        keep_greatest(&mut self.items, MOST_ITEMS);
        keep_greatest(&mut self.lessons, MOST_LESSONS);
        while self.exams.len() > MOST_EXAMS {
            self.exams.pop_first();
        }
    }
}

/// Keeps the entries with the greatest values, of the same values those with the greatest keys. By the order that merging goes by, so
/// that it does not matter whether it is done before or after.
fn keep_greatest<K: Ord + Clone, V: Ord>(map: &mut BTreeMap<K, V>, most: usize) {
    while map.len() > most {
        let least = map.iter().min_by_key(|(key, value)| (*value, *key));
        let Some(least) = least.map(|(key, _)| key.clone()) else {
            return;
        };
        map.remove(&least);
    }
}
