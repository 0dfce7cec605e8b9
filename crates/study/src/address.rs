//! What stands behind `#` where the study aid is meant: a lesson, a path, questions, an exam, what is due, terms, tables.
//!
//! Addresses open for ever: words are only ever added. None of them is the payload of a scenario, which begins with the number of a
//! version, nor the other way round. Whether there is a lesson or a term of this id is for whoever has the list.

use std::fmt;

use crate::exam::Length;

/// A place of the study aid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `learn`: the list of lessons, paths and topics.
    Learn,
    /// `path.ID`: a path.
    Path(String),
    /// `learn.ID` or `learn.ID.SETTING`: a lesson, its control set as the setting says.
    Lesson(LessonAddress),
    /// `embed-learn.ID`: a lesson in a frame.
    Frame {
        /// The lesson.
        lesson: LessonAddress,
        /// How to show it: words with a `-` between, as frames of scenarios have them (`dark-ko`), whether known or not.
        words: String,
    },
    /// `quiz.TOPIC` or `quiz.TOPIC.SEED`: practice.
    Quiz {
        /// What is practised: a topic, a task or what was missed.
        topic: String,
        /// What draws the numbers and the orders; none: anew at each visit.
        seed: Option<u32>,
    },
    /// `q.ID` or `q.ID.SEED`: one question.
    Question {
        /// Its id.
        id: String,
        /// What draws its numbers; none: anew at each visit.
        seed: Option<u32>,
    },
    /// `exam.LENGTH.SEED`: a mock exam, the same for everybody.
    Exam {
        /// How long it is.
        length: Length,
        /// What chooses its questions.
        seed: u32,
    },
    /// `review`: what is due.
    Review,
    /// `terms` or `terms.ID`: all terms, or one among them.
    Terms(Option<String>),
    /// `wrong` or `wrong.ID`: what guides get wrong, or one among that.
    Wrong(Option<String>),
    /// `tables` or `tables.ID`: all tables, or one among them.
    Tables(Option<String>),
    /// It begins as one of these and then names nothing that there could be.
    Nowhere,
}

/// A lesson and the setting of its control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonAddress {
    /// The lesson's id.
    pub id: String,
    /// The setting as [`crate::setting`] names it; none: the lesson's own. It may not fit the lesson.
    pub setting: Option<String>,
}

/// Most characters of an id or a setting. What is longer is cut, and so names nothing.
const MOST_CHARACTERS: usize = 64;

impl Address {
    /// Reads what stands behind `#`; nothing where that is no place of the study aid.
    #[must_use]
    pub fn parse(hash: &str) -> Option<Self> {
        let (place, rest) = parted(hash);
        let address = match (place, rest) {
            ("learn", None | Some("")) => Self::Learn,
            ("learn", Some(rest)) => Self::Lesson(LessonAddress::parse(rest)),
            ("path", Some(id)) => Self::Path(cut(id)),
            ("quiz", Some(rest)) => {
                let (topic, seed) = with_seed(rest);
                Self::Quiz { topic, seed }
            }
            ("q", Some(rest)) => {
                let (id, seed) = with_seed(rest);
                Self::Question { id, seed }
            }
            ("exam", Some(rest)) => exam(rest).unwrap_or(Self::Nowhere),
            ("path" | "quiz" | "q" | "exam", None) => Self::Nowhere,
            ("review", _) => Self::Review,
            ("terms", None | Some("")) => Self::Terms(None),
            ("terms", Some(id)) => Self::Terms(Some(cut(id))),
            ("wrong", None | Some("")) => Self::Wrong(None),
            ("wrong", Some(id)) => Self::Wrong(Some(cut(id))),
            ("tables", None | Some("")) => Self::Tables(None),
            ("tables", Some(id)) => Self::Tables(Some(cut(id))),
            (frame, Some(rest)) => return framed(frame, rest),
            _ => return None,
        };
        Some(address)
    }
}

impl LessonAddress {
    fn parse(text: &str) -> Self {
        let (id, setting) = parted(text);
        Self {
            id: cut(id),
            setting: setting.filter(|it| !it.is_empty()).map(cut),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Learn | Self::Nowhere => f.write_str("learn"),
            Self::Path(id) => write_named(f, "path", Some(id)),
            Self::Lesson(lesson) => write!(f, "learn.{lesson}"),
            Self::Frame { lesson, words } if words.is_empty() => {
                write!(f, "embed-learn.{lesson}")
            }
            Self::Frame { lesson, words } => write!(f, "embed-learn-{words}.{lesson}"),
            Self::Quiz { topic, seed } => write_seeded(f, "quiz", topic, *seed),
            Self::Question { id, seed } => write_seeded(f, "q", id, *seed),
            Self::Exam { length, seed } => write!(f, "exam.{}.{seed}", length.questions()),
            Self::Review => f.write_str("review"),
            Self::Terms(id) => write_named(f, "terms", id.as_deref()),
            Self::Wrong(id) => write_named(f, "wrong", id.as_deref()),
            Self::Tables(id) => write_named(f, "tables", id.as_deref()),
        }
    }
}

impl fmt::Display for LessonAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        match &self.setting {
            Some(setting) => write!(f, ".{setting}"),
            None => Ok(()),
        }
    }
}

fn write_named(f: &mut fmt::Formatter<'_>, place: &str, id: Option<&str>) -> fmt::Result {
    f.write_str(place)?;
    match id {
        Some(id) => write!(f, ".{id}"),
        None => Ok(()),
    }
}

fn write_seeded(
    f: &mut fmt::Formatter<'_>,
    place: &str,
    id: &str,
    seed: Option<u32>,
) -> fmt::Result {
    write!(f, "{place}.{id}")?;
    match seed {
        Some(seed) => write!(f, ".{seed}"),
        None => Ok(()),
    }
}

/// Reads a frame's words and lesson. `embed-learn.2.X94A` is a scenario's frame with a word that is not known: an id begins with a
/// letter.
fn framed(place: &str, rest: &str) -> Option<Address> {
    let words = place.strip_prefix("embed-")?;
    let is_lesson = |word: &&str| *word == "learn";
    words.split('-').find(is_lesson)?;
    let begins = rest.starts_with(|first: char| first.is_ascii_lowercase());
    begins.then(|| {
        let others: Vec<&str> = words.split('-').filter(|word| !is_lesson(word)).collect();
        Address::Frame {
            lesson: LessonAddress::parse(rest),
            words: cut(&others.join("-")),
        }
    })
}

fn exam(text: &str) -> Option<Address> {
    let (questions, seed) = text.split_once('.')?;
    Some(Address::Exam {
        length: Length::of(number(questions)?)?,
        seed: number(seed)?,
    })
}

fn with_seed(text: &str) -> (String, Option<u32>) {
    let (id, seed) = parted(text);
    (cut(id), seed.and_then(number))
}

fn parted(text: &str) -> (&str, Option<&str>) {
    match text.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (text, None),
    }
}

/// Reads digits; Rust would take a `+` as well.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn cut(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use scenario::{document::Scenario, link};

    use super::*;

    fn lesson(id: &str, setting: Option<&str>) -> LessonAddress {
        LessonAddress {
            id: id.to_owned(),
            setting: setting.map(str::to_owned),
        }
    }

    fn frame(id: &str, setting: Option<&str>, words: &str) -> Address {
        Address::Frame {
            lesson: lesson(id, setting),
            words: words.to_owned(),
        }
    }

    fn quiz(topic: &str, seed: Option<u32>) -> Address {
        Address::Quiz {
            topic: topic.to_owned(),
            seed,
        }
    }

    fn question(id: &str, seed: Option<u32>) -> Address {
        Address::Question {
            id: id.to_owned(),
            seed,
        }
    }

    fn exam(length: Length, seed: u32) -> Address {
        Address::Exam { length, seed }
    }

    /// Addresses that people have: each opens the same place for ever, so that none is ever changed here.
    fn corpus() -> Vec<(&'static str, Address)> {
        let of = |id: &str, setting| Address::Lesson(lesson(id, setting));
        vec![
            ("learn", Address::Learn),
            ("learn.target", of("target", None)),
            ("learn.target.600", of("target", Some("600"))),
            ("learn.safety-factor.0.7", of("safety-factor", Some("0.7"))),
            (
                "learn.schedule.time-zone",
                of("schedule", Some("time-zone")),
            ),
            ("embed-learn.target", frame("target", None, "")),
            ("embed-learn.target.600", frame("target", Some("600"), "")),
            (
                "embed-learn-dark-ko.cooldowns",
                frame("cooldowns", None, "dark-ko"),
            ),
            ("path.target", Address::Path("target".to_owned())),
            ("path.mla-3-2", Address::Path("mla-3-2".to_owned())),
            ("quiz.target", quiz("target", None)),
            ("quiz.not-capacity.7", quiz("not-capacity", Some(7))),
            ("quiz.mla-3-2.4294967295", quiz("mla-3-2", Some(u32::MAX))),
            ("quiz.missed", quiz("missed", None)),
            ("q.q3", question("q3", None)),
            ("q.q3.0", question("q3", Some(0))),
            ("exam.10.1", exam(Length::Ten, 1)),
            ("exam.20.48", exam(Length::Twenty, 48)),
            ("exam.30.4294967295", exam(Length::Thirty, u32::MAX)),
            ("review", Address::Review),
            ("terms", Address::Terms(None)),
            (
                "terms.cooldown",
                Address::Terms(Some("cooldown".to_owned())),
            ),
            ("wrong", Address::Wrong(None)),
            (
                "wrong.blocks-everything",
                Address::Wrong(Some("blocks-everything".to_owned())),
            ),
            ("tables", Address::Tables(None)),
            (
                "tables.policies",
                Address::Tables(Some("policies".to_owned())),
            ),
        ]
    }

    #[test]
    fn addresses_open_for_ever() {
        for (text, address) in corpus() {
            assert_eq!(Address::parse(text), Some(address.clone()), "{text}");
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn what_is_written_otherwise_opens_too() {
        let long = "x".repeat(100_000);
        let cut = "x".repeat(MOST_CHARACTERS);
        let long_lesson = format!("learn.{long}.{long}");
        let long_words = format!("embed-learn-{long}.target");
        for (text, address) in [
            ("learn.", Address::Learn),
            ("learn.target.", Address::Lesson(lesson("target", None))),
            (
                "learn.결승전.<b>",
                Address::Lesson(lesson("결승전", Some("<b>"))),
            ),
            (
                &long_lesson,
                Address::Lesson(lesson(&cut, Some(cut.as_str()))),
            ),
            (&long_words, frame("target", None, &cut)),
            (
                "embed-dark-learn-later.target",
                frame("target", None, "dark-later"),
            ),
            ("quiz.target.soon", quiz("target", None)),
            ("quiz.target.007", quiz("target", Some(7))),
            ("q.q3.4294967296", question("q3", None)),
            ("review.all", Address::Review),
            ("wrong.", Address::Wrong(None)),
            ("tables.", Address::Tables(None)),
            ("terms.", Address::Terms(None)),
            ("path", Address::Nowhere),
            ("quiz", Address::Nowhere),
            ("q", Address::Nowhere),
            ("exam", Address::Nowhere),
            ("exam.10", Address::Nowhere),
            ("exam.15.1", Address::Nowhere),
            ("exam.10.+1", Address::Nowhere),
            ("exam.10.1.1", Address::Nowhere),
        ] {
            assert_eq!(Address::parse(text), Some(address), "{text:.40}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in [
            "",
            "2.X94A",
            "embed.2.X94A",
            "embed-learn.2.X94A",
            "embed-charts-learn.3.X94A",
            "embed-charts.target",
            "embed-learned.target",
            "embed-learn",
            "embed.learn",
            "embedlearn.target",
            "learning",
            "Learn",
            "quizzes.target",
            ".learn",
            "tabular",
            "paths.target",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn no_address_is_a_scenario() {
        for (text, _) in corpus() {
            let foreign = Err(link::LinkError::Foreign);
            assert_eq!(link::decode(text), foreign, "{text}");
        }
        let default = link::encode(&Scenario::default()).unwrap();
        assert_eq!(Address::parse(&default), None);
    }

    proptest! {
        #[test]
        fn whatever_is_found_is_read_and_what_is_written_opens_the_same(
            text in "(embed(-[a-z]{0,6}){0,3}|learn|path|quiz|q|exam|terms|wrong|tables|[a-z2]{0,6})(\\.[-0-9a-zA-Zé]{0,80}){0,4}"
        ) {
            if let Some(address) = Address::parse(&text) {
                prop_assert!(link::decode(&text).is_err());
                let written = address.to_string();
                prop_assert!(written.len() <= 4 * 4 * MOST_CHARACTERS);
                let again = Address::parse(&written);
                if !matches!(address, Address::Nowhere) {
                    prop_assert_eq!(again, Some(address));
                }
            }
        }
    }
}
