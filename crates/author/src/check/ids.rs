//! Ids are addresses that open for ever: `ids.txt` lists each that there ever was, and only grows.

use std::collections::BTreeSet;

use crate::{
    content::Content,
    fault::{Faults, Place},
    files::Files,
};

/// Name of the list in the folder of the content.
pub const FILE: &str = "ids.txt";

/// Returns every id with what it is the id of, as the list has it.
fn ids(content: &Content<'_>) -> BTreeSet<String> {
    let lessons = content
        .lessons
        .iter()
        .map(|it| format!("lesson {}", it.lesson.id));
    let topics = content.topics.iter().map(|it| format!("topic {}", it.id));
    let questions = content
        .questions()
        .map(|(_, it)| format!("question {}", it.question.id));
    let terms = content.terms.iter().map(|it| format!("term {}", it.id));
    let paths = content.paths.iter().map(|it| format!("path {}", it.id));
    let wrong = content.wrong.entries.iter();
    let wrong = wrong.map(|it| format!("wrong {}", it.wrong.id));
    let tables = content.tables.iter().map(|it| format!("table {}", it.id));
    lessons
        .chain(topics)
        .chain(questions)
        .chain(terms)
        .chain(paths)
        .chain(wrong)
        .chain(tables)
        .collect()
}

/// Tells which ids are gone, and which the list lacks.
pub fn check(files: &Files, content: &Content<'_>, faults: &mut Faults) {
    let now = ids(content);
    let text = files.text(FILE).unwrap_or_default();
    let place = |line| Place {
        file: FILE.to_owned(),
        line,
    };
    for (number, id) in text.lines().enumerate() {
        if !now.contains(id) {
            faults.add(
                &place(number + 1),
                format!("there is no {id} any more, or it cannot be read"),
                "the id that it had: links lead there for ever",
            );
        }
    }
    for id in now
        .iter()
        .filter(|id| !text.lines().any(|line| line == *id))
    {
        faults.add(
            &place(1),
            format!("{id} is not in the list"),
            "`cargo xtask content facts` adds it",
        );
    }
}

/// Returns the list with all ids that there are; none that it has goes.
#[must_use]
pub fn text(files: &Files, content: &Content<'_>) -> String {
    let mut all = ids(content);
    all.extend(
        files
            .text(FILE)
            .unwrap_or_default()
            .lines()
            .map(str::to_owned),
    );
    all.into_iter().map(|id| id + "\n").collect()
}
