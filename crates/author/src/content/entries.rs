//! Entries with an id each, as they are read: terms, and paths.

use serde::Deserialize;
use study::{lesson::Task, path::Step};

use super::{data, outline};
use crate::{
    fault::{Faults, Place},
    files::Files,
    language::{Both, Language},
    said::{
        Said,
        named::{self, Named},
    },
};

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

/// A path through lessons and questions.
pub struct PathSource {
    /// Its id.
    pub id: String,
    /// The task of an exam whose lessons and questions are its steps.
    pub task: Option<Task>,
    /// Its steps, where it is for no task.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub place: Place,
    /// Where each of its steps stands.
    pub step_places: Vec<Place>,
    /// What it is called, and where it leads.
    pub said: Both<Option<Said<Named>>>,
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
    task: Option<Task>,
    #[serde(default)]
    steps: Vec<Step>,
}

/// Returns what is said of entries, in each language.
pub(super) fn entries(files: &Files, name: &str, faults: &mut Faults) -> Both<Vec<Said<Named>>> {
    Both::of(|language| {
        let path = format!("{name}.{}.md", language.tag());
        match outline(files, &path, language, faults) {
            Some(outline) => named::read(&outline, faults),
            None => Vec::new(),
        }
    })
}

/// Returns what is said of one entry; tells where nothing is.
pub(super) fn entry(
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
pub(super) fn strays(
    entries: &Both<Vec<Said<Named>>>,
    ids: &[String],
    list: &str,
    faults: &mut Faults,
) {
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

/// Reads the terms.
pub(super) fn terms(files: &Files, faults: &mut Faults) -> Vec<TermSource> {
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

/// Reads the paths.
pub(super) fn paths(files: &Files, faults: &mut Faults) -> Vec<PathSource> {
    let Some(data) = data(files, "paths.toml", faults) else {
        return Vec::new();
    };
    let said = entries(files, "paths", faults);
    let mut paths = Vec::new();
    for index in 0..data.count("path") {
        let Some(PathEntry { id, task, steps }) = data.read_entry("path", index, faults) else {
            continue;
        };
        let index = index.to_string();
        let place = data.place(&["path", &index]);
        let step_place = |step: usize| data.place(&["path", &index, "steps", &step.to_string()]);
        paths.push(PathSource {
            said: entry(&said, &id, &place, faults),
            step_places: (0..steps.len()).map(step_place).collect(),
            id,
            task,
            steps,
            place,
        });
    }
    let ids: Vec<String> = paths.iter().map(|path| path.id.clone()).collect();
    strays(&said, &ids, "paths.toml", faults);
    paths
}
