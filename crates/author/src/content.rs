//! The whole content as it is read, before anything of it is checked.

mod entries;
mod lesson;
mod table;
mod topic;
mod wrong;

use std::collections::BTreeMap;

use serde::Deserialize;
use study::pack::Source;

use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::Language,
    text::{self, Outline},
};
pub use entries::{PathSource, TermSource};
pub use lesson::LessonSource;
pub use table::TableSource;
pub use topic::{QuestionSource, TopicSource};
pub use wrong::{WrongSource, WrongSources};

/// Everything that there is to learn.
pub struct Content<'a> {
    /// Lessons, in order.
    pub lessons: Vec<LessonSource<'a>>,
    /// Topics, in order.
    pub topics: Vec<TopicSource<'a>>,
    /// Terms, in order.
    pub terms: Vec<TermSource>,
    /// Paths, in order.
    pub paths: Vec<PathSource>,
    /// What guides get wrong, in order.
    pub wrong: WrongSources<'a>,
    /// Tables, in order.
    pub tables: Vec<TableSource<'a>>,
    /// Sources by id.
    pub sources: BTreeMap<String, Source>,
    /// Where each source stands.
    pub source_places: BTreeMap<String, Place>,
}

/// What comes before what.
const ORDER: &str = "order.toml";

/// `order.toml`: what comes before what.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    lessons: Vec<String>,
    topics: Vec<String>,
    #[serde(default)]
    tables: Vec<String>,
}

impl<'a> Content<'a> {
    /// Reads the files of the content, and tells all that cannot be read.
    pub fn read(files: &'a Files, faults: &mut Faults) -> Self {
        let order = data(files, ORDER, faults);
        let read = order.as_ref().and_then(|data| data.read(faults));
        let ids: Order = read.unwrap_or_default();
        let mut in_order = |list: &str, ids: Vec<String>, start: &str, end: &str| {
            let there = files.between(start, end);
            let file = |id: &str| format!("{start}{id}{end}");
            let place = |index: usize| match &order {
                Some(data) => data.place(&[list, &index.to_string()]),
                None => first_line(ORDER),
            };
            in_order(ids, &there, file, place, faults)
        };
        let lessons = in_order("lessons", ids.lessons, "lessons/", "/lesson.toml");
        let topics = in_order("topics", ids.topics, "questions/", ".toml");
        let tables = in_order("tables", ids.tables, "tables/", ".toml");
        let mut sources = BTreeMap::new();
        let mut source_places = BTreeMap::new();
        if let Some(data) = data(files, "sources.toml", faults) {
            sources = data
                .read::<BTreeMap<String, Source>>(faults)
                .unwrap_or_default();
            let place = |id: &String| (id.clone(), data.place(&[id]));
            source_places = sources.keys().map(place).collect();
        }
        Self {
            lessons: (lessons.iter())
                .filter_map(|id| LessonSource::read(files, id, faults))
                .collect(),
            topics: (topics.iter())
                .filter_map(|id| TopicSource::read(files, id, faults))
                .collect(),
            terms: entries::terms(files, faults),
            paths: entries::paths(files, faults),
            wrong: WrongSources::read(files, faults),
            tables: (tables.iter())
                .filter_map(|id| TableSource::read(files, id, faults))
                .collect(),
            sources,
            source_places,
        }
    }

    /// Returns the questions of all topics.
    pub fn questions(&self) -> impl Iterator<Item = (&TopicSource<'a>, &QuestionSource)> {
        let topics = self.topics.iter();
        topics.flat_map(|topic| {
            topic
                .questions
                .iter()
                .map(move |question| (topic, question))
        })
    }

    /// Returns whether there is a lesson of this id.
    #[must_use]
    pub fn has_lesson(&self, id: &str) -> bool {
        self.lesson(id).is_some()
    }

    /// Returns the lesson of an id.
    #[must_use]
    pub fn lesson(&self, id: &str) -> Option<&LessonSource<'a>> {
        self.lessons.iter().find(|it| it.lesson.id == id)
    }
}

/// Returns the ids that there are, in the order that is given; tells of those that it lacks, and of those that are not there.
fn in_order(
    order: Vec<String>,
    there: &[&str],
    file: impl Fn(&str) -> String,
    place: impl Fn(usize) -> Place,
    faults: &mut Faults,
) -> Vec<String> {
    for id in there {
        if !order.iter().any(|it| it == id) {
            faults.add(
                &first_line(&file(id)),
                format!("{ORDER} does not name `{id}`"),
                format!("its place in {ORDER}"),
            );
        }
    }
    let mut ids: Vec<String> = Vec::new();
    for (index, id) in order.into_iter().enumerate() {
        if !there.contains(&id.as_str()) {
            faults.add(
                &place(index),
                format!("there is no `{}`", file(&id)),
                "ids of what is there",
            );
        } else if ids.contains(&id) {
            faults.add(&place(index), format!("`{id}` stands twice"), "one of them");
        } else {
            ids.push(id);
        }
    }
    ids
}

/// Returns a file of data; tells where there is none.
fn data<'a>(files: &'a Files, path: &str, faults: &mut Faults) -> Option<Data<'a>> {
    let Some((path, text)) = files.0.get_key_value(path) else {
        lacks(path, faults);
        return None;
    };
    Some(Data::new(path, text, faults))
}

/// Returns a text; tells where there is none.
fn outline(files: &Files, path: &str, language: Language, faults: &mut Faults) -> Option<Outline> {
    let Some(text) = files.text(path) else {
        lacks(path, faults);
        return None;
    };
    Some(text::read(path, text, language, faults))
}

fn lacks(path: &str, faults: &mut Faults) {
    faults.add(
        &first_line(path),
        "there is no such file",
        "the file, see docs/content.md",
    );
}

fn first_line(file: &str) -> Place {
    Place {
        file: file.to_owned(),
        line: 1,
    }
}
