//! What is kept of one question or term: the state of its memory, its days, its last answers.

use serde::Serialize;
use serde_json::Value;

use crate::{
    memory::{DIFFICULTY, Memory, Recall, STABILITY},
    unpack::{Unpack, entry},
};

/// What is kept of an item: about 45 bytes as JSON.
///
/// Records of an item are ordered by what merging prefers: the newer revision, the later day, the more answers. An answer makes a
/// record greater, so that none is lost to the one that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "Written")]
pub struct Record {
    revision: u32,
    last: u32,
    count: u32,
    next: u32,
    /// Thousandths: whole numbers are short as JSON and come back as they were.
    stability: u32,
    difficulty: u32,
    answers: Answers,
}

/// Revision, stability and difficulty in thousandths, day of the last and the next time, count, last answers.
#[derive(Serialize)]
struct Written(u32, u32, u32, u32, u32, u32, Answers);

/// Whether each of the last five answers was right: `1`, or else `0`, the newest at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Answers {
    /// A digit each behind a first 1, which tells how many there are.
    digits: u8,
}

/// Something that no record could say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

impl std::fmt::Display for Impossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no record says this")
    }
}

impl Record {
    /// Returns the record of a first answer.
    #[must_use]
    pub fn first(revision: u32, recall: Recall, today: u32) -> Self {
        Self {
            revision,
            last: today,
            count: 1,
            answers: Answers::first(recall),
            next: 0,
            stability: 0,
            difficulty: 0,
        }
        .with(Memory::first(recall))
    }

    /// Returns the record after another answer. Where the clock was set back, it counts as one of the day of the last answer, so that
    /// no due day moves before that.
    #[must_use]
    pub fn answered(self, recall: Recall, today: u32) -> Self {
        let days = today.saturating_sub(self.last);
        Self {
            last: self.last.max(today),
            count: self.count.saturating_add(1),
            answers: self.answers.and(recall),
            ..self
        }
        .with(self.memory().after(days, recall))
    }

    fn with(self, memory: Memory) -> Self {
        let thousandths = |value: f64| (value * 1_000.0).round() as u32;
        Self {
            stability: thousandths(memory.stability),
            difficulty: thousandths(memory.difficulty),
            next: self.last.saturating_add(memory.interval()),
            ..self
        }
    }

    /// Returns the revision of the item that was answered.
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.revision
    }

    /// Returns the day of the last answer.
    #[must_use]
    pub const fn last(&self) -> u32 {
        self.last
    }

    /// Returns the day on which to ask again, whenever an exam is.
    #[must_use]
    pub const fn next(&self) -> u32 {
        self.next
    }

    /// Returns how often it was answered.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the last answers.
    #[must_use]
    pub const fn answers(&self) -> Answers {
        self.answers
    }

    /// Returns the state of the memory, rounded as it is kept.
    #[must_use]
    pub fn memory(&self) -> Memory {
        Memory {
            stability: f64::from(self.stability) / 1_000.0,
            difficulty: f64::from(self.difficulty) / 1_000.0,
        }
    }
}

impl Answers {
    /// How many are kept.
    const MOST: u32 = 5;

    const fn first(recall: Recall) -> Self {
        Self { digits: 1 }.and(recall)
    }

    const fn and(self, recall: Recall) -> Self {
        let digits = (self.digits << 1) | matches!(recall, Recall::Right) as u8;
        let is_full = digits >= 1 << (Self::MOST + 1);
        Self {
            digits: if is_full {
                (digits % (1 << Self::MOST)) | (1 << Self::MOST)
            } else {
                digits
            },
        }
    }

    /// Returns whether one of the last two was wrong.
    #[must_use]
    pub fn has_recent_miss(self) -> bool {
        let count = self.iter().count();
        self.iter()
            .skip(count.saturating_sub(2))
            .any(|recall| recall == Recall::Wrong)
    }

    /// Returns them, the newest at the end.
    pub fn iter(self) -> impl Iterator<Item = Recall> {
        let count = self.digits.checked_ilog2().unwrap_or_default();
        (0..count)
            .rev()
            .map(move |place| Recall::of(self.digits >> place & 1 == 1))
    }
}

impl From<Answers> for String {
    fn from(answers: Answers) -> Self {
        let digit = |recall| match recall {
            Recall::Right => '1',
            Recall::Wrong => '0',
        };
        answers.iter().map(digit).collect()
    }
}

impl TryFrom<String> for Answers {
    type Error = Impossible;

    fn try_from(text: String) -> Result<Self, Impossible> {
        let is_possible = (1..=Self::MOST as usize).contains(&text.len());
        let mut answers = Self { digits: 1 };
        for digit in text.bytes().filter(|_| is_possible) {
            answers = match digit {
                b'0' => answers.and(Recall::Wrong),
                b'1' => answers.and(Recall::Right),
                _ => return Err(Impossible),
            };
        }
        is_possible.then_some(answers).ok_or(Impossible)
    }
}

impl Unpack for Record {
    fn unpack(value: &Value) -> Option<Self> {
        let written = Written(
            entry(value, 0)?,
            entry(value, 1)?,
            entry(value, 2)?,
            entry(value, 3)?,
            entry(value, 4)?,
            entry(value, 5)?,
            entry(value, 6)?,
        );
        let is_whole = value.as_array()?.len() == 7;
        Self::try_from(written).ok().filter(|_| is_whole)
    }
}

impl Unpack for Answers {
    fn unpack(value: &Value) -> Option<Self> {
        Self::try_from(String::unpack(value)?).ok()
    }
}

impl From<Record> for Written {
    fn from(record: Record) -> Self {
        let Record {
            revision,
            last,
            count,
            next,
            stability,
            difficulty,
            answers,
        } = record;
        Self(revision, stability, difficulty, last, next, count, answers)
    }
}

impl TryFrom<Written> for Record {
    type Error = Impossible;

    fn try_from(written: Written) -> Result<Self, Impossible> {
        let Written(revision, stability, difficulty, last, next, count, answers) = written;
        let record = Self {
            revision,
            last,
            count,
            next,
            stability,
            difficulty,
            answers,
        };
        let Memory {
            stability,
            difficulty,
        } = record.memory();
        let is_possible = (STABILITY.0..=STABILITY.1).contains(&stability)
            && (DIFFICULTY.0..=DIFFICULTY.1).contains(&difficulty)
            && last < next
            && answers.iter().count() <= count as usize;
        is_possible.then_some(record).ok_or(Impossible)
    }
}
