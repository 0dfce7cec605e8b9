//! What a question is: what is drawn, what is asked, and the run that proves it.

use serde_json::Value;

use super::{Unpack, field, fields, kind, names};
use crate::{
    draw::Range,
    question::{Ask, Choice, Choices, Format, Number, Proof, Question, QuestionText},
};

fields! {
    Choice { right, wrong, values }
    Choices { right, wrong }
    Proof { lesson, setting, scenario, facts, claims }
    QuestionText { prompt, options, reasons, explanation, parts }
}

names! {
    Format {
        "one" => One, "several" => Several, "next" => Next, "number" => Number, "order" => Order, "match" => Match,
        "case" => Case
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
    use serde_json::json;

    use super::*;
    use crate::{pack::TopicPack, unpack::tests::check};

    #[test]
    fn questions_are_unpacked_as_serde_reads_them() {
        for format in Format::ALL {
            check::<Format>(&serde_json::to_value(format).unwrap());
        }
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
    }
}
