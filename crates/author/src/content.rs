//! The whole content as it is read, before anything of it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use study::{
    lesson::{Lesson, LessonText},
    pack::Source,
    question::{Question, QuestionText},
    text::Line,
};

use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::{Both, Language},
    said::{Said, lesson, named, named::Named, question},
    text::{self, Outline},
};

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
    /// Sources by id.
    pub sources: BTreeMap<String, Source>,
    /// Where each source stands.
    pub source_places: BTreeMap<String, Place>,
    /// Ids of lessons that are yet to be written: what is written already may name them.
    pub planned: Vec<String>,
}

/// A lesson.
pub struct LessonSource<'a> {
    /// Where its data stand.
    pub data: Data<'a>,
    /// Its data.
    pub lesson: Lesson,
    /// What it says; nothing where there is no such file.
    pub said: Both<Option<Said<LessonText>>>,
}

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

/// A term.
pub struct TermSource {
    /// Its id.
    pub id: String,
    /// Other names under which people look for it.
    pub aliases: Vec<String>,
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub said: Both<Option<Said<Named>>>,
}

/// A path through lessons.
pub struct PathSource {
    /// Its id.
    pub id: String,
    /// Ids of its lessons.
    pub lessons: Vec<String>,
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub said: Both<Option<Said<Named>>>,
}

/// `order.toml`: what comes before what. It may name what is yet to be written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    lessons: Vec<String>,
    topics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PathEntry {
    id: String,
    lessons: Vec<String>,
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
            terms: terms(files, faults),
            paths: paths(files, faults),
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

impl<'a> LessonSource<'a> {
    fn read(files: &'a Files, id: &str, faults: &mut Faults) -> Option<Self> {
        let data = data(files, &format!("lessons/{id}/lesson.toml"), faults)?;
        let read = data.read::<Lesson>(faults);
        let mut outlines = Both::of(|language| {
            let path = format!("lessons/{id}/{}.md", language.tag());
            outline(files, &path, language, faults)
        });
        let mut lesson = read?;
        if !lesson.id.is_empty() {
            faults.add(
                &data.place(&["id"]),
                "a lesson's id is the name of its folder",
                "no `id`",
            );
        }
        lesson.id = id.to_owned();
        let said = Both::of(|language| {
            let outline = outlines.get_mut(language).take()?;
            Some(lesson::read(&outline, &lesson, faults))
        });
        Some(Self { data, lesson, said })
    }

    /// Returns the place of something in its data.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Place {
        self.data.place(path)
    }
}

impl<'a> TopicSource<'a> {
    fn read(files: &'a Files, id: &str, faults: &mut Faults) -> Option<Self> {
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
fn sections_of<'o>(outline: &'o Outline, id: &str) -> Vec<&'o text::Section> {
    let sections = outline.sections.iter();
    let mut from = sections.skip_while(|section| section.is_part || section.name() != id);
    let first = from.next();
    first
        .into_iter()
        .chain(from.take_while(|section| section.is_part))
        .collect()
}

/// Returns what is said of entries, in each language.
fn entries(files: &Files, name: &str, faults: &mut Faults) -> Both<Vec<Said<Named>>> {
    Both::of(|language| {
        let path = format!("{name}.{}.md", language.tag());
        match outline(files, &path, language, faults) {
            Some(outline) => named::read(&outline, faults),
            None => Vec::new(),
        }
    })
}

/// Returns what is said of one entry; tells where nothing is.
fn entry(
    entries: &Both<Vec<Said<Named>>>,
    id: &str,
    place: &Place,
    faults: &mut Faults,
) -> Both<Option<Said<Named>>> {
    Both::of(|language| {
        let found = entries.get(language).iter().find(|it| it.text.id == id);
        if found.is_none() {
            faults.add(
                place,
                format!("`{id}` has no text in the language `{}`", language.tag()),
                format!("## `{id}` and what it is called"),
            );
        }
        found.cloned()
    })
}

/// Tells of entries that are said and not listed.
fn strays(entries: &Both<Vec<Said<Named>>>, ids: &[String], list: &str, faults: &mut Faults) {
    for language in Language::ALL {
        for stray in entries.get(language) {
            if !ids.contains(&stray.text.id) {
                faults.add(
                    &stray.place,
                    format!("{list} does not list `{}`", stray.text.id),
                    "an entry there with this id",
                );
            }
        }
    }
}

fn terms(files: &Files, faults: &mut Faults) -> Vec<TermSource> {
    let Some(data) = data(files, "terms.toml", faults) else {
        return Vec::new();
    };
    let said = entries(files, "terms", faults);
    let mut terms = Vec::new();
    for index in 0..data.count("term") {
        let Some(TermEntry { id, aliases }) = data.read_entry("term", index, faults) else {
            continue;
        };
        let place = data.place(&["term", &index.to_string()]);
        terms.push(TermSource {
            said: entry(&said, &id, &place, faults),
            id,
            aliases,
            place,
        });
    }
    let ids: Vec<String> = terms.iter().map(|term| term.id.clone()).collect();
    strays(&said, &ids, "terms.toml", faults);
    terms
}

fn paths(files: &Files, faults: &mut Faults) -> Vec<PathSource> {
    let Some(data) = data(files, "paths.toml", faults) else {
        return Vec::new();
    };
    let said = entries(files, "paths", faults);
    let mut paths = Vec::new();
    for index in 0..data.count("path") {
        let Some(PathEntry { id, lessons }) = data.read_entry("path", index, faults) else {
            continue;
        };
        let place = data.place(&["path", &index.to_string()]);
        paths.push(PathSource {
            said: entry(&said, &id, &place, faults),
            id,
            lessons,
            place,
        });
    }
    let ids: Vec<String> = paths.iter().map(|path| path.id.clone()).collect();
    strays(&said, &ids, "paths.toml", faults);
    paths
}
