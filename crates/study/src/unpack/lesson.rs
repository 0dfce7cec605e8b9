//! What a lesson is: its scenario, its control, what is predicted and what is said.

use serde_json::Value;

use super::{Unpack, field, fields, names};
use crate::{
    expression::Expression,
    lesson::{Certainty, Fact, Lesson, LessonText, Prediction, Task},
    setting::{Base, Control, Variant},
};

fields! {
    Base { preset, patch }
    Variant { id, patch, preset }
    Lesson {
        id, tasks, scenario, variants, control, prediction, charts, facts, claims, certainty, sources, terms, questions, next
    }
    LessonText { title, question, predict, options, control, variants, happened, happened_in, off, rule, wrong }
}

names! {
    Task {
        "MLA 3.1" => Mla31, "MLA 3.2" => Mla32, "MLA 3.3" => Mla33, "MLA 4.2" => Mla42, "MLS 4.1" => Mls41
    }
    Certainty { "documented" => Documented, "observed" => Observed, "assumed" => Assumed }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{pack::LessonPack, unpack::tests::check};

    #[test]
    fn lessons_are_unpacked_as_serde_reads_them() {
        let line = json!(["a"]);
        let blocks = json!([{ "p": line }]);
        for (name, _) in Task::ALL {
            check::<Task>(&json!(name));
        }
        for certainty in ["documented", "observed", "assumed"] {
            check::<Certainty>(&json!(certainty));
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
}
