//! Progress as a text: what a device stores, and what a person exports and imports.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{
    ExamDate, ExamTaken, LessonDone, MOST_EXAMS, MOST_ITEMS, MOST_LESSONS, Progress, Record,
};
use crate::{
    item::{Item, MOST_BYTES_OF_ID},
    unpack::{Unpack, has_only, required},
};

/// Most bytes of a text that is read.
pub const MOST_BYTES: usize = 1 << 20;
/// The version that is written.
const VERSION: u32 = 1;
/// The field that tells a file of the study aid from others.
const MARK: &str = "headroom_study";

/// Why a text is not read. Whoever has progress keeps it as it is, and does not write over the text where it is newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no file of the study aid.
    Foreign,
    /// A later version of the study aid wrote it.
    Newer {
        /// Version of the file.
        version: u64,
    },
    /// It was one of the study aid's and is damaged: cut short, or changed.
    Damaged,
    /// It is above 1 MB.
    TooLarge,
}

#[derive(Serialize)]
struct File {
    headroom_study: u32,
    exam_date: ExamDate,
    questions: BTreeMap<String, Record>,
    terms: BTreeMap<String, Record>,
    lessons: BTreeMap<String, LessonDone>,
    exams: BTreeSet<ExamTaken>,
}

impl Unpack for File {
    fn unpack(value: &Value) -> Option<Self> {
        let mut exams = BTreeSet::new();
        for exam in required::<Vec<ExamTaken>>(value, "exams")? {
            exams.insert(exam);
        }
        let file = Self {
            headroom_study: required(value, MARK)?,
            exam_date: required(value, "exam_date")?,
            questions: required(value, "questions")?,
            terms: required(value, "terms")?,
            lessons: required(value, "lessons")?,
            exams,
        };
        let names = [MARK, "exam_date", "questions", "terms", "lessons", "exams"];
        has_only(value, &names).then_some(file)
    }
}

/// Returns progress as JSON, at most 100 KB of it and mostly about 15.
#[must_use]
pub fn write(progress: &Progress) -> String {
    let mut file = File {
        headroom_study: VERSION,
        exam_date: progress.exam_date,
        questions: BTreeMap::new(),
        terms: BTreeMap::new(),
        lessons: progress.lessons.clone(),
        exams: progress.exams.clone(),
    };
    for (item, record) in &progress.items {
        let (records, id) = match item {
            Item::Question(id) => (&mut file.questions, id),
            Item::Term(id) => (&mut file.terms, id),
        };
        records.insert(id.clone(), *record);
    }
    serde_json::to_string(&file).unwrap_or_default()
}

/// Reads progress.
///
/// # Errors
/// Why it is not read.
pub fn read(text: &str) -> Result<Progress, Unread> {
    if text.len() > MOST_BYTES {
        return Err(Unread::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}');
    let file = serde_json::from_str::<Value>(text).ok();
    let Some(file) = file.filter(Value::is_object) else {
        // One that was cut short is JSON no longer, but it begins as it did.
        return Err(if text.contains(MARK) {
            Unread::Damaged
        } else {
            Unread::Foreign
        });
    };
    match file.get(MARK).map(Value::as_u64) {
        None => return Err(Unread::Foreign),
        Some(Some(version)) if version > u64::from(VERSION) => {
            return Err(Unread::Newer { version });
        }
        Some(_) => {}
    }
    let file = File::unpack(&file).ok_or(Unread::Damaged)?;
    progress_of(file).ok_or(Unread::Damaged)
}

/// Returns the progress in a file; nothing where no progress could say it.
fn progress_of(file: File) -> Option<Progress> {
    let mut items = BTreeMap::new();
    for (id, record) in file.questions {
        items.insert(Item::Question(id), record);
    }
    for (id, record) in file.terms {
        items.insert(Item::Term(id), record);
    }
    let progress = Progress {
        items,
        lessons: file.lessons,
        exams: file.exams,
        exam_date: file.exam_date,
    };
    let mut ids =
        (progress.items.keys().map(Item::id)).chain(progress.lessons.keys().map(String::as_str));
    let is_possible = file.headroom_study == VERSION
        && progress.items.len() <= MOST_ITEMS
        && progress.lessons.len() <= MOST_LESSONS
        && progress.exams.len() <= MOST_EXAMS
        && ids.all(|id| id.len() <= MOST_BYTES_OF_ID)
        && progress.lessons.values().all(LessonDone::is_possible)
        && progress.exams.iter().all(|exam| exam.right <= exam.of);
    is_possible.then_some(progress)
}
