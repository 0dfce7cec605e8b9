//! What is searched, of the packs that a page loads: their texts without mark-up. Values in them are worded by the caller.

use super::{Document, Kind};
use crate::{
    pack::{Asked, LessonPack, Term, Wrong},
    question::QuestionText,
    table::{Cell, Table},
    text::{Block, Line, Marked, plain},
};

/// Returns what is searched of a lesson: its title, and all that it says whatever the setting.
#[must_use]
pub fn of_lesson(pack: &LessonPack, word: &mut impl FnMut(&Marked) -> String) -> Document {
    let text = &pack.text;
    Document {
        kind: Kind::Lesson,
        id: pack.lesson.id.clone(),
        title: plain(&text.title, word),
        names: Vec::new(),
        text: joined(text.blocks().map(|block| of_block(block, word))),
    }
}

/// Returns what is searched of a term: its names, and what it is.
#[must_use]
pub fn of_term(term: &Term, word: &mut impl FnMut(&Marked) -> String) -> Document {
    Document {
        kind: Kind::Term,
        id: term.id.clone(),
        title: term.name.clone(),
        names: term.english.iter().chain(&term.aliases).cloned().collect(),
        text: joined(term.about.iter().map(|block| of_block(block, word))),
    }
}

/// Returns what is searched of a question: what it asks, which stands for a title, and its options. Its answer is for who answers it.
#[must_use]
pub fn of_question(asked: &Asked, word: &mut impl FnMut(&Marked) -> String) -> Document {
    let mut text = String::new();
    add_options(&mut text, &asked.text, word);
    Document {
        kind: Kind::Question,
        id: asked.question.id.clone(),
        title: joined(asked.text.prompt.iter().map(|block| of_block(block, word))),
        names: Vec::new(),
        text,
    }
}

/// Returns what is searched of something that guides get wrong: what they print, which stands for a title, and what is right.
#[must_use]
pub fn of_wrong(wrong: &Wrong, word: &mut impl FnMut(&Marked) -> String) -> Document {
    Document {
        kind: Kind::Wrong,
        id: wrong.id.clone(),
        title: plain(&wrong.printed, word),
        names: Vec::new(),
        text: joined(wrong.right.iter().map(|block| of_block(block, word))),
    }
}

/// Returns what is searched of a table: its title, what it is about, the names of its columns and rows, and cells that are no numbers.
#[must_use]
pub fn of_table(table: &Table, word: &mut impl FnMut(&Marked) -> String) -> Document {
    let mut text = joined(table.about.iter().map(|block| of_block(block, word)));
    for column in &table.columns {
        add(&mut text, &plain(column, word));
    }
    for row in &table.rows {
        add(&mut text, &plain(&row.name, word));
        for cell in &row.cells {
            if let Cell::Text(line) = cell {
                add(&mut text, &plain(line, word));
            }
        }
    }
    Document {
        kind: Kind::Table,
        id: table.id.clone(),
        title: plain(&table.title, word),
        names: Vec::new(),
        text,
    }
}

fn add_options(to: &mut String, text: &QuestionText, word: &mut impl FnMut(&Marked) -> String) {
    for option in text.options.values() {
        add(to, &plain(option, word));
    }
    // Parts of a case: a case has no parts of parts.
    for part in &text.parts {
        for block in &part.prompt {
            add(to, &of_block(block, word));
        }
        for option in part.options.values() {
            add(to, &plain(option, word));
        }
    }
}

fn of_block(block: &Block, word: &mut impl FnMut(&Marked) -> String) -> String {
    let mut of_lines = |lines: &[Line]| joined(lines.iter().map(|line| plain(line, word)));
    match block {
        Block::Paragraph(line) => plain(line, word),
        // Of some runs alone: whoever follows the hit may never see it.
        Block::When(..) => String::new(),
        Block::List(lines) | Block::Steps(lines) => of_lines(lines),
        Block::Code(code) => code.clone(),
    }
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut all = String::new();
    for text in texts {
        add(&mut all, &text);
    }
    all
}

fn add(to: &mut String, text: &str) {
    if !to.is_empty() && !text.is_empty() {
        to.push(' ');
    }
    to.push_str(text);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::search::Corpus;

    #[test]
    fn all_that_a_page_shows_is_searched_but_no_answer() {
        let mut word = |value: &Marked| match value {
            Marked::Value(name) => format!("<{name}>"),
            _ => String::new(),
        };
        let term: Term = serde_json::from_value(json!({
            "id": "cooldown", "name": "휴지 기간", "english": "cooldown", "aliases": ["쿨다운"], "lesson": "cooldowns",
            "about": [{ "p": ["막는 ", { "b": ["시간"] }] }, { "ul": [["하나"], [{ "v": "two" }]] }, { "pre": "PT5M" }],
        }))
        .unwrap();
        let term = of_term(&term, &mut word);
        assert_eq!(term.names, ["cooldown", "쿨다운"]);
        assert_eq!(term.text, "막는 시간 하나 <two> PT5M");
        let asked: Asked = serde_json::from_value(json!({
            "question": { "id": "q1", "ask": { "one": { "right": "a", "wrong": ["b"] } } },
            "text": {
                "prompt": [{ "p": ["What does a cooldown block?"] }],
                "options": { "a": ["Scaling out"], "b": ["Scaling in"] },
                "reasons": { "a": ["the reason"] }, "explanation": [{ "p": ["the explanation"] }],
                "parts": [{ "prompt": [{ "p": ["And then?"] }], "options": { "c": ["Nothing"] } }],
            },
        }))
        .unwrap();
        let question = of_question(&asked, &mut word);
        assert_eq!(question.title, "What does a cooldown block?");
        assert_eq!(question.text, "Scaling out Scaling in And then? Nothing");
        let corpus = Corpus::new(vec![question, term]);
        let kinds = |typed| {
            corpus
                .find(typed)
                .iter()
                .map(|hit| hit.document.kind)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            kinds("cooldown"),
            [Kind::Term, Kind::Question],
            "a question has no title"
        );
        assert_eq!(kinds("reason"), []);
        let table: Table = serde_json::from_value(json!({
            "id": "cooldown", "title": ["What it blocks"], "about": [{ "p": ["Nine runs."] }], "columns": [["Next"], ["Outcome"]],
            "rows": [{ "name": ["A larger one"], "cells": ["01:04", ["does not wait"]] }], "sources": []
        }))
        .unwrap();
        let table = of_table(&table, &mut word);
        assert_eq!(table.title, "What it blocks");
        assert_eq!(
            table.text,
            "Nine runs. Next Outcome A larger one does not wait"
        );
    }
}
