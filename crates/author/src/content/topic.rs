//! The questions of a topic as they are read: their data, and what they say.

use serde::Deserialize;
use study::{
    question::{Question, QuestionText},
    text::Line,
};

use super::{data, outline};
use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::Both,
    said::{Said, question},
    text::{Outline, Section},
};

/// A topic with its questions.
pub struct TopicSource<'a> {
    /// Its id.
    pub id: String,
    /// Where its data stand.
    pub data: Data<'a>,
    /// Its title.
    pub title: Both<Line>,
    /// Its questions.
    pub questions: Vec<QuestionSource>,
}

/// A question.
pub struct QuestionSource {
    /// Its place among those of its topic.
    pub index: usize,
    /// Its data.
    pub question: Question,
    /// What it says; nothing where there is no such text.
    pub said: Both<Option<Said<QuestionText>>>,
}

impl<'a> TopicSource<'a> {
    /// Reads a topic, and tells all that cannot be read of it.
    pub(super) fn read(files: &'a Files, id: &str, faults: &mut Faults) -> Option<Self> {
        let data = data(files, &format!("questions/{id}.toml"), faults)?;
        let outlines = Both::of(|language| {
            let path = format!("questions/{id}.{}.md", language.tag());
            outline(files, &path, language, faults)
        });
        let title = Both::of(|language| {
            let outline = outlines.get(language).as_ref();
            outline.map(|it| it.title.clone()).unwrap_or_default()
        });
        // A list under another name would be no question at all.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Whole {
            #[expect(dead_code, reason = "read entry by entry")]
            question: Vec<toml::Value>,
        }
        let _: Option<Whole> = data.read(faults);
        let mut questions = Vec::new();
        for index in 0..data.count("question") {
            let Some(question) = data.read_entry::<Question>("question", index, faults) else {
                continue;
            };
            let place = data.place(&["question", &index.to_string()]);
            let said = Both::of(|language| {
                let outline = outlines.get(language).as_ref()?;
                let sections = sections_of(outline, &question.id);
                if sections.is_empty() {
                    let file = format!("questions/{id}.{}.md", language.tag());
                    faults.add(
                        &place,
                        format!("`{}` has no text in {file}", question.id),
                        format!("`## {}` and what it asks", question.id),
                    );
                }
                question::read(&sections, &question, faults)
            });
            questions.push(QuestionSource {
                index,
                question,
                said,
            });
        }
        for outline in [&outlines.english, &outlines.korean].into_iter().flatten() {
            let strays = outline.sections.iter().filter(|section| {
                let name = section.name();
                !section.is_part && questions.iter().all(|it| it.question.id != name)
            });
            for stray in strays {
                faults.add(
                    &stray.place,
                    format!(
                        "there is no question `{}` to read in the topic's data",
                        stray.name()
                    ),
                    format!("a `[[question]]` with that id in {id}.toml, and nothing wrong in it"),
                );
            }
        }
        Some(Self {
            id: id.to_owned(),
            data,
            title,
            questions,
        })
    }

    /// Returns the place of something in a question's data.
    #[must_use]
    pub fn place(&self, question: &QuestionSource, path: &[&str]) -> Place {
        let index = question.index.to_string();
        let path: Vec<&str> = ["question", &index]
            .into_iter()
            .chain(path.iter().copied())
            .collect();
        self.data.place(&path)
    }
}

/// Returns the section of a question, and those of its parts.
fn sections_of<'o>(outline: &'o Outline, id: &str) -> Vec<&'o Section> {
    let sections = outline.sections.iter();
    let mut from = sections.skip_while(|section| section.is_part || section.name() != id);
    let first = from.next();
    first
        .into_iter()
        .chain(from.take_while(|section| section.is_part))
        .collect()
}
