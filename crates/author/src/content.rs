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
    /// Ids of lessons that are yet to be written: what is written already may name them.
    pub planned: Vec<String>,
}

/// `order.toml`: what comes before what. It may name what is yet to be written.
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
        let order: Order = match data(files, "order.toml", faults) {
            Some(data) => data.read(faults).unwrap_or_default(),
            None => Order::default(),
        };
        let lessons = in_order(
            &order.lessons,
            &files.between("lessons/", "/lesson.toml"),
            |id| format!("lessons/{id}/lesson.toml"),
            faults,
        );
        let topics = in_order(
            &order.topics,
            &files.between("questions/", ".toml"),
            |id| format!("questions/{id}.toml"),
            faults,
        );
        let tables = in_order(
            &order.tables,
            &files.between("tables/", ".toml"),
            |id| format!("tables/{id}.toml"),
            faults,
        );
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
            planned: (order.lessons.into_iter())
                .filter(|id| !lessons.contains(id))
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

    /// Returns whether there is a lesson of this id, or will be.
    #[must_use]
    pub fn has_lesson(&self, id: &str) -> bool {
        self.lesson(id).is_some() || self.planned.iter().any(|planned| planned == id)
    }

    /// Returns the lesson of an id.
    #[must_use]
    pub fn lesson(&self, id: &str) -> Option<&LessonSource<'a>> {
        self.lessons.iter().find(|it| it.lesson.id == id)
    }
}

/// Returns the ids that there are, in the order that is given; tells of those that it lacks.
fn in_order(
    order: &[String],
    there: &[&str],
    path: impl Fn(&str) -> String,
    faults: &mut Faults,
) -> Vec<String> {
    for id in there {
        if !order.iter().any(|it| it == id) {
            let place = Place {
                file: path(id),
                line: 1,
            };
            faults.add(
                &place,
                format!("order.toml does not name `{id}`"),
                "its place in order.toml",
            );
        }
    }
    let is_there = |id: &&String| there.contains(&id.as_str());
    order.iter().filter(is_there).cloned().collect()
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
    let place = Place {
        file: path.to_owned(),
        line: 1,
    };
    faults.add(
        &place,
        "there is no such file",
        "the file, see docs/content.md",
    );
}
