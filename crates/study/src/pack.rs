//! What a page loads of the content, as `author` writes it and as the page reads it.
//!
//! A pack comes in files that are loaded at once and joined (`unpack`): what is free of any language, what the page's language says,
//! and the sources. So each is sent once, whatever language is chosen next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{Certainty, Lesson, LessonText, Task},
    path::Step,
    question::{Format, Question, QuestionText},
    search::Document,
    text::{Block, Line},
    unit::Unit,
};

/// What a pack is called, and the language that it is to be in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackName {
    /// As the types of this module say: `lesson-target`.
    name: String,
    /// The language's tag.
    lang: &'static str,
}

impl PackName {
    /// The file of all sources.
    pub const SOURCES: &str = "sources.json";

    /// Returns the name of a pack in the language of this tag.
    #[must_use]
    pub fn new(name: &str, lang: &'static str) -> Self {
        let name = name.to_owned();
        Self { name, lang }
    }

    /// Returns the file of what a pack has that is free of any language.
    #[must_use]
    pub fn common(name: &str) -> String {
        format!("{name}.json")
    }

    /// Returns the file of what a pack says in a language.
    #[must_use]
    pub fn own(name: &str, lang: &str) -> String {
        format!("{name}.{lang}.json")
    }

    /// Returns all files that the pack is read from.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let kind = self.name.split('-').next().unwrap_or_default();
        let mut files = vec![Self::common(&self.name), Self::own(&self.name, self.lang)];
        if ["lesson", "topic", "wrong", "tables"].contains(&kind) {
            files.push(Self::SOURCES.to_owned());
        }
        files
    }
}

/// A number with what it is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity(pub f64, pub Unit);

/// A page that a rule stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title, as it stands there: in English.
    pub title: String,
    /// Its address.
    pub address: String,
    /// When it was read, as `2026-11-30`.
    pub read: String,
}

/// What the first page of the study aid shows, and what there is to ask: `home`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Home {
    /// The lessons, in order.
    pub lessons: Vec<LessonEntry>,
    /// The topics of questions, in order.
    pub topics: Vec<TopicEntry>,
    /// Paths through lessons and questions.
    pub paths: Vec<PathEntry>,
}

/// A lesson in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonEntry {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Line,
    /// The question that it answers.
    pub question: Line,
    /// Tasks of exams that it is about.
    pub tasks: Vec<Task>,
}

/// A topic in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicEntry {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Line,
    /// Its questions.
    pub questions: Vec<QuestionEntry>,
}

/// A question in the list: what is needed to choose it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionEntry {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// Id of the lesson that teaches it.
    pub lesson: String,
    /// Tasks of exams that it is about.
    pub tasks: Vec<Task>,
    /// Its format, of which an exam has a few each.
    pub format: Format,
}

/// A path through lessons and questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathEntry {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Line,
    /// What it leads to, in a sentence.
    pub about: Line,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// A lesson with all that it says: `lesson-<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonPack {
    /// Its data.
    pub lesson: Lesson,
    /// What it says.
    pub text: LessonText,
    /// The moments to which its text is tied, as its own runs give them. All other numbers of these are written out in it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Quantity>,
    /// What is right to predict, where that is a number or a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<f64>,
    /// All sources, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
    /// The topic of each of its questions.
    pub topics: Vec<String>,
}

/// The questions of a topic: `topic-<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicPack {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Line,
    /// Its questions.
    pub questions: Vec<Asked>,
    /// All sources, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// A question with all that it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Its data.
    pub question: Question,
    /// What it says.
    pub text: QuestionText,
    /// Its run's facts, where these do not depend on what is drawn, and the constants that it names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Quantity>,
}

/// The terms: `terms`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// In the order of the content.
    pub terms: Vec<Term>,
    /// The constants that they name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Quantity>,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is called in English, where that is another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english: Option<String>,
    /// Other names under which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it is, in two sentences.
    pub about: Vec<Block>,
    /// Id of the lesson that introduces it.
    pub lesson: String,
}

/// What guides get wrong: `wrong`. Its numbers are written out.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Wrongs {
    /// In the order of the content.
    pub wrong: Vec<Wrong>,
    /// All sources, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// Something that guides get wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wrong {
    /// Its id.
    pub id: String,
    /// What guides print.
    pub printed: Line,
    /// What is right.
    pub right: Vec<Block>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Ids of its sources.
    pub sources: Vec<String>,
    /// Id of the lesson about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// What stands behind `#` where the run is that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
}

/// What there is to find: `search`, plain texts with their numbers written out.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Findable {
    /// In the order of the content.
    pub documents: Vec<Document>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_what_no_language_changes_and_what_one_says() {
        for (name, files) in [
            ("home", &["home.json", "home.ko.json"][..]),
            (
                "lesson-target",
                &[
                    "lesson-target.json",
                    "lesson-target.ko.json",
                    "sources.json",
                ],
            ),
            ("tables", &["tables.json", "tables.ko.json", "sources.json"]),
        ] {
            assert_eq!(PackName::new(name, "ko").files(), files);
        }
    }
}
