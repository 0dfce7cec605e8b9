//! What each pack holds: the first page's lists, lessons and questions with what is said of them, and what is looked up.

use serde_json::Value;

use super::{Unpack, field, fields, names};
use crate::{
    pack::{
        Asked, Findable, Home, LessonEntry, LessonPack, PathEntry, QuestionEntry, Source, Term,
        Terms, TopicEntry, TopicPack, Wrong, Wrongs,
    },
    path::Step,
    search::{Document, Kind},
    table::{Cell, Table, TableRow, Tables},
};

fields! {
    Source { title, address, read }
    Home { lessons, topics, paths }
    LessonEntry { id, title, question, tasks }
    TopicEntry { id, title, questions }
    QuestionEntry { id, revision, lesson, tasks, format }
    PathEntry { id, title, about, steps }
    LessonPack { lesson, text, facts, answer, sources, topics }
    TopicPack { id, title, questions, sources }
    Asked { question, text, facts }
    Terms { terms, facts }
    Term { id, name, english, aliases, about, lesson }
    Wrongs { wrong, sources }
    Wrong { id, printed, right, certainty, sources, lesson, run }
    Tables { tables, sources }
    Table { id, title, about, columns, rows, sources, lesson }
    TableRow { name, run, cells }
    Findable { documents }
    Document { kind, id, title, names, text }
}

names! {
    Kind { "lesson" => Lesson, "term" => Term, "question" => Question, "wrong" => Wrong, "table" => Table }
}

impl Unpack for Step {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?)
    }
}

impl Unpack for Cell {
    fn unpack(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some(number) => Some(Self::Number(number.to_owned())),
            None => Unpack::unpack(value).map(Self::Text),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::unpack::tests::check;

    #[test]
    fn lists_are_unpacked_as_serde_reads_them() {
        let line = json!(["a"]);
        check::<Home>(&json!({
            "lessons": [{ "id": "a", "title": line, "question": line, "tasks": ["MLA 3.1"] }],
            "topics": [{ "id": "a", "title": line, "questions": [{ "id": "a", "revision": 1, "lesson": "b", "tasks": [], "format": "case" }] }],
            "paths": [{ "id": "a", "title": line, "about": line, "steps": ["learn.a", "q.b", "quiz.c", "quiz.mls-4-1"] }]
        }));
        check::<Terms>(&json!({
            "terms": [
                { "id": "a", "name": "b", "english": "c", "aliases": ["d"], "about": [{ "p": line }], "lesson": "e" },
                { "id": "a", "name": "b", "about": [], "lesson": "e" }
            ],
            "facts": { "a": [1.0, "seconds"] }
        }));
    }

    #[test]
    fn lists_to_look_things_up_are_unpacked_alike() {
        let line = json!(["a", { "en": "b" }]);
        let sources =
            json!({ "a": { "title": "b", "address": "https://c", "read": "2026-11-30" } });
        check::<Wrongs>(&json!({
            "wrong": [
                { "id": "a", "printed": line, "right": [{ "p": line }], "certainty": "observed", "sources": ["a"], "lesson": "b", "run": "learn.b" },
                { "id": "a", "printed": line, "right": [], "certainty": "documented", "sources": [] }
            ],
            "sources": sources
        }));
        check::<Tables>(&json!({
            "tables": [{
                "id": "a", "title": line, "about": [{ "p": line }], "columns": [line], "sources": ["a"], "lesson": "b",
                "rows": [{ "name": line, "run": "learn.a", "cells": ["1", line] }, { "name": line, "cells": [] }]
            }],
            "sources": sources
        }));
        for kind in ["lesson", "term", "question", "wrong", "table"] {
            let whole =
                json!({ "kind": kind, "id": "a", "title": "b", "names": ["c"], "text": "d" });
            let least = json!({ "kind": kind, "id": "a", "title": "b", "text": "d" });
            check::<Findable>(&json!({ "documents": [whole, least] }));
        }
    }
}
