//! Packs as a page reads them: from JSON that was parsed, a field at a time.
//!
//! What is read is what serde writes, to which a test holds it; serde's own readers are many times as much code for each type, and
//! a page carries it. Packs are the page's own files: what does not fit is not told, there is no pack then.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    claim::Claim,
    draw::Range,
    expression::Expression,
    lesson::{Certainty, Fact, Lesson, LessonText, Prediction, Task},
    pack::{
        Asked, Findable, Home, LessonEntry, LessonPack, PathEntry, Quantity, QuestionEntry, Source,
        Term, Terms, TopicEntry, TopicPack, Wrong, Wrongs,
    },
    path::Step,
    question::{Ask, Choice, Choices, Format, Number, Proof, Question, QuestionText},
    search::{Document, Kind},
    setting::{Base, Control, Variant},
    table::{Cell, Table, TableRow, Tables},
    text::{Block, Inline, Marked},
    unit::Unit,
};

/// Reads a pack's text; nothing where it is none of this type.
#[must_use]
pub fn unpack<T: Unpack>(text: &str) -> Option<T> {
    T::unpack(&serde_json::from_str(text).ok()?)
}

/// What can be read from a pack.
pub trait Unpack: Sized {
    /// Reads it from JSON.
    fn unpack(value: &Value) -> Option<Self>;

    /// Returns what a field that is left out holds; nothing where it must be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a field.
pub(crate) fn field<T: Unpack>(value: &Value, name: &str) -> Option<T> {
    let fields = value.as_object()?;
    fields.get(name).map_or_else(T::absent, T::unpack)
}

/// Reads a field that must be there.
pub(crate) fn required<T: Unpack>(value: &Value, name: &str) -> Option<T> {
    T::unpack(value.get(name)?)
}

/// Whether an object has no more fields than these.
pub(crate) fn has_only(value: &Value, names: &[&str]) -> bool {
    let fields = value.as_object();
    fields.is_some_and(|fields| fields.keys().all(|name| names.contains(&&**name)))
}

/// Reads an entry of an array.
pub(crate) fn entry<T: Unpack>(value: &Value, index: usize) -> Option<T> {
    T::unpack(value.get(index)?)
}

/// Returns the one name that an object has, as serde writes one of several kinds, and what stands behind it.
fn kind(value: &Value) -> Option<(&str, &Value)> {
    let (name, value) = value.as_object()?.iter().next()?;
    Some((name, value))
}

impl Unpack for Value {
    fn unpack(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Unpack for String {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Unpack for bool {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_bool()
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Unpack for f64 {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Unpack for u32 {
    fn unpack(value: &Value) -> Option<Self> {
        Self::try_from(value.as_u64()?).ok()
    }
}

impl<T: Unpack> Unpack for Option<T> {
    fn unpack(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::unpack(value).map(Some),
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Unpack> Unpack for Vec<T> {
    fn unpack(value: &Value) -> Option<Self> {
        // By a loop: an iterator that stops at nothing is code of its own for each type.
        let mut entries = Self::new();
        for entry in value.as_array()? {
            entries.push(T::unpack(entry)?);
        }
        Some(entries)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Unpack> Unpack for BTreeMap<String, T> {
    fn unpack(value: &Value) -> Option<Self> {
        // One by one: collecting them would sort them first, by code of its own for each type.
        let mut fields = Self::new();
        for (name, value) in value.as_object()? {
            fields.insert(name.clone(), T::unpack(value)?);
        }
        Some(fields)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Types with fields that are called as in JSON.
macro_rules! fields {
    ($($type:ident { $($field:ident),+ })+) => {$(
        impl Unpack for $type {
            fn unpack(value: &Value) -> Option<Self> {
                Some(Self { $($field: field(value, stringify!($field))?),+ })
            }
        }
    )+};
}

fields! {
    Source { title, address, read }
    Home { lessons, topics, paths }
    LessonEntry { id, title, question, tasks }
    TopicEntry { id, title, questions }
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
    Base { preset, patch }
    Variant { id, patch, preset }
    Choice { right, wrong, values }
    Choices { right, wrong }
    Proof { lesson, setting, scenario, facts, claims }
    QuestionText { prompt, options, reasons, explanation, parts }
}

fields! {
    QuestionEntry { id, revision, lesson, tasks, format }
    Lesson {
        id, tasks, scenario, variants, control, prediction, charts, facts, claims, certainty, sources, terms, questions, next
    }
    LessonText { title, question, predict, options, control, variants, happened, happened_in, off, rule, wrong }
}

/// Types of which each is a name.
macro_rules! names {
    ($($type:ident { $($name:literal => $variant:ident),+ })+) => {$(
        impl Unpack for $type {
            fn unpack(value: &Value) -> Option<Self> {
                const NAMES: &[(&str, $type)] = &[$(($name, $type::$variant)),+];
                let name = value.as_str()?;
                let found = NAMES.iter().find(|(it, _)| *it == name);
                found.map(|(_, it)| *it)
            }
        }
    )+};
}

names! {
    Unit {
        "number" => Number, "requests" => Requests, "requests_per_second" => RequestsPerSecond,
        "requests_per_minute" => RequestsPerMinute, "instances" => Instances, "times" => Times, "share" => Share,
        "percent" => Percent, "usd" => Usd, "minutes" => Minutes, "seconds" => Seconds, "milliseconds" => Milliseconds,
        "moment" => Moment, "credits" => Credits
    }
    Task {
        "MLA 3.1" => Mla31, "MLA 3.2" => Mla32, "MLA 3.3" => Mla33, "MLA 4.2" => Mla42, "MLS 4.1" => Mls41
    }
    Kind { "lesson" => Lesson, "term" => Term, "question" => Question, "wrong" => Wrong }
    Certainty { "documented" => Documented, "observed" => Observed, "assumed" => Assumed }
    Format {
        "one" => One, "several" => Several, "next" => Next, "number" => Number, "order" => Order, "match" => Match,
        "case" => Case
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

impl Unpack for Expression {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }
}

impl Unpack for Step {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?)
    }
}

impl Unpack for Claim {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }
}

impl Unpack for Fact {
    fn unpack(value: &Value) -> Option<Self> {
        if value.is_string() {
            return Expression::unpack(value).map(Self::Usual);
        }
        Some(Self::As {
            value: field(value, "value")?,
            unit: field(value, "unit")?,
        })
    }
}

impl Unpack for Quantity {
    fn unpack(value: &Value) -> Option<Self> {
        Some(Self(entry(value, 0)?, entry(value, 1)?))
    }
}

impl Unpack for Range {
    fn unpack(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Number(_) => Self::Always(f64::unpack(value)?),
            Value::Array(_) => Self::Values(Vec::unpack(value)?),
            _ => Self::Steps {
                from: field(value, "from")?,
                to: field(value, "to")?,
                step: field(value, "step")?,
            },
        })
    }
}

impl Unpack for Prediction {
    fn unpack(value: &Value) -> Option<Self> {
        Some(match value.get("kind")?.as_str()? {
            "choice" => Self::Choice {
                options: field(value, "options")?,
                answer: field(value, "answer")?,
                proof: field(value, "proof")?,
            },
            "number" => Self::Number {
                answer: field(value, "answer")?,
                unit: field(value, "unit")?,
                within: field(value, "within")?,
            },
            "moment" => Self::Moment {
                answer: field(value, "answer")?,
                within_s: field(value, "within_s")?,
                from: field(value, "from")?,
                to: field(value, "to")?,
            },
            _ => return None,
        })
    }
}

impl Unpack for Control {
    fn unpack(value: &Value) -> Option<Self> {
        Some(match value.get("kind")?.as_str()? {
            "variants" => Self::Variants {
                ids: field(value, "ids")?,
                first: field(value, "first")?,
            },
            "number" => Self::Number {
                places: field(value, "places")?,
                from: field(value, "from")?,
                to: field(value, "to")?,
                step: field(value, "step")?,
                first: field(value, "first")?,
                unit: field(value, "unit")?,
            },
            "values" => Self::Values {
                places: field(value, "places")?,
                values: field(value, "values")?,
                first: field(value, "first")?,
                unit: field(value, "unit")?,
            },
            _ => return None,
        })
    }
}

impl Unpack for Block {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = kind(value)?;
        Some(match kind {
            "p" => Self::Paragraph(Unpack::unpack(value)?),
            "ul" => Self::List(Unpack::unpack(value)?),
            "ol" => Self::Steps(Unpack::unpack(value)?),
            "pre" => Self::Code(Unpack::unpack(value)?),
            "when" => Self::When(entry(value, 0)?, entry(value, 1)?),
            _ => return None,
        })
    }
}

impl Unpack for Inline {
    fn unpack(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some(text) => Some(Self::Text(text.to_owned())),
            None => Marked::unpack(value).map(Self::Marked),
        }
    }
}

impl Unpack for Marked {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = kind(value)?;
        let of_line = |made: fn(Vec<Inline>) -> Self| Some(made(Unpack::unpack(value)?));
        let of_text = |made: fn(String) -> Self| Some(made(Unpack::unpack(value)?));
        let of_both =
            |made: fn(String, Vec<Inline>) -> Self| Some(made(entry(value, 0)?, entry(value, 1)?));
        match kind {
            "en" => of_text(Self::English),
            "b" => of_line(Self::Strong),
            "i" => of_line(Self::Emphasis),
            "c" => of_text(Self::Code),
            "v" => of_text(Self::Value),
            "now" => of_text(Self::Now),
            "t" => of_both(Self::Term),
            "m" => of_both(Self::Moment),
            "l" => of_both(Self::Lesson),
            "s" => of_both(Self::Source),
            _ => None,
        }
    }
}

impl Unpack for Question {
    fn unpack(value: &Value) -> Option<Self> {
        Some(Self {
            id: field(value, "id")?,
            revision: field::<Option<u32>>(value, "revision")?.unwrap_or(1),
            lesson: field(value, "lesson")?,
            tasks: field(value, "tasks")?,
            sources: field(value, "sources")?,
            assumes: field(value, "assumes")?,
            draw: field(value, "draw")?,
            only: field(value, "only")?,
            ask: field(value, "ask")?,
            run: field(value, "run")?,
        })
    }
}

impl Unpack for Number {
    fn unpack(value: &Value) -> Option<Self> {
        Some(Self {
            answer: field(value, "answer")?,
            unit: field(value, "unit")?,
            within: field(value, "within")?,
            slips: field(value, "slips")?,
        })
    }
}

impl Unpack for Ask {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = kind(value)?;
        Some(match kind {
            "one" => Self::One(Unpack::unpack(value)?),
            "several" => Self::Several(Unpack::unpack(value)?),
            "next" => Self::Next {
                at: field(value, "at")?,
                right: field(value, "right")?,
                wrong: field(value, "wrong")?,
            },
            "number" => Self::Number(Unpack::unpack(value)?),
            "order" => Self::Order {
                items: field(value, "items")?,
            },
            "match" => Self::Match {
                pairs: field(value, "pairs")?,
                more: field(value, "more")?,
            },
            "case" => Self::Case {
                parts: field(value, "parts")?,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::json;

    use super::*;

    /// Checks that what serde reads of JSON is what is unpacked, and that of what serde writes the same comes back.
    fn check<T: Unpack + Serialize + DeserializeOwned + PartialEq + Debug>(json: &Value) {
        let read: T = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(T::unpack(json).as_ref(), Some(&read), "{json}");
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(unpack(&written), Some(read), "{written}");
    }

    #[test]
    fn what_serde_writes_is_unpacked() {
        let line = json!([
            "a", { "en": "b" }, { "b": ["c"] }, { "i": ["d"] }, { "c": "e" }, { "v": "f" }, { "now": "g" },
            { "t": ["h", ["i"]] }, { "m": ["j", [{ "v": "j" }]] }, { "l": ["k", ["l"]] }, { "s": ["m", ["n"]] }
        ]);
        let blocks = json!([{ "p": line }, { "ul": [line] }, { "ol": [line, []] }, { "pre": "a" }, { "when": ["a > 1", line] }]);
        check::<Vec<Block>>(&blocks);
        for unit in [
            "number",
            "requests",
            "requests_per_second",
            "requests_per_minute",
            "instances",
            "times",
            "share",
            "percent",
            "usd",
            "minutes",
            "seconds",
            "milliseconds",
            "moment",
            "credits",
        ] {
            check::<Unit>(&json!(unit));
        }
        for (name, _) in Task::ALL {
            check::<Task>(&json!(name));
        }
        for certainty in ["documented", "observed", "assumed"] {
            check::<Certainty>(&json!(certainty));
        }
        for format in Format::ALL {
            check::<Format>(&serde_json::to_value(format).unwrap());
        }
        let predictions = [
            json!({ "kind": "choice", "options": ["a"], "answer": "a", "proof": ["b@1 == 0"] }),
            json!({ "kind": "number", "answer": "a", "unit": "instances", "within": 0.1 }),
            json!({ "kind": "moment", "answer": "a", "within_s": 60.0, "from": "02:00", "to": "03:00" }),
        ];
        let controls = [
            json!({ "kind": "variants", "ids": ["a"], "first": "a" }),
            json!({ "kind": "number", "places": ["/hours"], "from": 1.0, "to": 2.0, "step": 0.5, "first": 1.0, "unit": "number" }),
            json!({ "kind": "values", "places": ["/hours"], "values": [1.0, 2.0], "first": 1.0, "unit": "number" }),
        ];
        for (prediction, control) in predictions.iter().zip(controls) {
            let text = json!({
                "title": line, "question": blocks, "predict": blocks, "options": { "a": line }, "control": line,
                "variants": { "a": line }, "happened": blocks, "happened_in": { "a": blocks }, "off": [], "rule": [], "wrong": []
            });
            let lesson = json!({
                "id": "target", "tasks": ["MLA 3.2"], "scenario": { "preset": "a", "patch": { "hours": 1 } },
                "variants": [{ "id": "a", "patch": { "hours": null }, "preset": "b" }, { "id": "b" }],
                "control": control, "prediction": prediction, "charts": ["capacity"],
                "facts": { "a": "cost_usd@1", "b": { "value": "a + 1", "unit": "share" } }, "claims": ["a == 1"],
                "certainty": "assumed", "sources": ["a"], "terms": ["b"], "questions": ["c", "d"], "next": "e"
            });
            check::<LessonPack>(&json!({
                "lesson": lesson, "text": text, "facts": { "a": [1.5, "usd"] }, "answer": 7.0,
                "sources": { "a": { "title": "b", "address": "https://c", "read": "2026-11-30" } }, "topics": ["a"]
            }));
        }
    }

    #[test]
    fn questions_and_lists_are_unpacked_alike() {
        let line = json!(["a"]);
        let ask = [
            json!({ "one": { "right": "a", "wrong": ["b"], "values": { "a": "b", "c": { "value": "d", "unit": "usd" } } } }),
            json!({ "several": { "right": ["a"], "wrong": ["b"] } }),
            json!({ "next": { "at": "20:05", "right": "a", "wrong": [] } }),
            json!({ "number": { "answer": "a * 2", "unit": "requests", "within": 0.005, "slips": { "b": "a" } } }),
            json!({ "order": { "items": ["a", "b"] } }),
            json!({ "match": { "pairs": { "a": "b" }, "more": ["c"] } }),
            json!({ "match": { "pairs": { "a": "b" } } }),
            json!({ "case": { "parts": [{ "id": "1", "ask": { "order": { "items": [] } } }] } }),
        ];
        let mut questions: Vec<Value> = Vec::new();
        for ask in ask {
            let whole = json!({
                "id": "q", "revision": 2, "lesson": "target", "tasks": ["MLS 4.1"], "sources": ["a"], "assumes": true,
                "draw": { "a": 1.0, "b": [1.0, 2.0], "c": { "from": 1.0, "to": 2.0, "step": 0.5 } }, "only": ["a > 0"], "ask": ask,
                "run": { "lesson": "a", "setting": "b", "scenario": { "patch": { "hours": "= a" } }, "facts": { "x": "y" }, "claims": ["x > y"] }
            });
            let least = json!({ "id": "q", "ask": ask, "run": {} });
            for question in [whole, least] {
                check::<Question>(&question);
                let text = json!({
                    "prompt": [{ "p": line }], "options": { "a": line }, "reasons": { "a": line }, "explanation": [{ "p": line }],
                    "parts": [{ "prompt": [] }]
                });
                questions.push(
                    json!({ "question": question, "text": text, "facts": { "a": [1.0, "times"] } }),
                );
            }
        }
        check::<TopicPack>(
            &json!({ "id": "a", "title": line, "questions": questions, "sources": {} }),
        );
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
        for kind in ["lesson", "term", "question", "wrong"] {
            let whole =
                json!({ "kind": kind, "id": "a", "title": "b", "names": ["c"], "text": "d" });
            let least = json!({ "kind": kind, "id": "a", "title": "b", "text": "d" });
            check::<Findable>(&json!({ "documents": [whole, least] }));
        }
    }

    #[test]
    fn what_is_none_is_no_pack() {
        for text in [
            "",
            "[]",
            "{\"lessons\":1}",
            "{\"lessons\":[{\"tasks\":[\"?\"]}]}",
        ] {
            assert_eq!(unpack::<Home>(text), None, "{text}");
        }
        assert_eq!(Inline::unpack(&json!({ "html": "<b>" })), None);
    }
}
