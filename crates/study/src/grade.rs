//! Whether an answer is right, and if not, which slip led to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    draw::Drawn,
    expression::{Expression, Name},
    question::{Ask, Choice, Choices, Number},
    unpack::Unpack,
};

/// What a person answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// One option.
    One(String),
    /// Several options.
    Several(BTreeSet<String>),
    /// A number, in the question's unit.
    Number(f64),
    /// Items from first to last.
    Order(Vec<String>),
    /// For each item on the left one on the right.
    Match(BTreeMap<String, String>),
    /// The parts of a case.
    Parts(Vec<Answer>),
}

impl Answer {
    /// Returns it as JSON: as serde writes it, by less code.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let texts = |texts: &mut dyn Iterator<Item = &String>| -> Value {
            texts.cloned().map(Value::from).collect()
        };
        let (kind, value) = match self {
            Self::One(id) => ("one", Value::from(id.clone())),
            Self::Several(ids) => ("several", texts(&mut ids.iter())),
            Self::Number(value) => ("number", Value::from(*value)),
            Self::Order(ids) => ("order", texts(&mut ids.iter())),
            Self::Match(pairs) => {
                let mut fields = Map::new();
                for (left, right) in pairs {
                    fields.insert(left.clone(), right.clone().into());
                }
                ("match", fields.into())
            }
            Self::Parts(parts) => ("parts", parts.iter().map(Self::to_value).collect()),
        };
        let mut fields = Map::new();
        fields.insert(kind.to_owned(), value);
        fields.into()
    }
}

impl Unpack for Answer {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = value.as_object()?.iter().next()?;
        Some(match kind.as_str() {
            "one" => Self::One(Unpack::unpack(value)?),
            "several" => {
                let ids = Vec::<String>::unpack(value)?;
                Self::Several(set(&mut ids.into_iter()))
            }
            "number" => Self::Number(Unpack::unpack(value)?),
            "order" => Self::Order(Unpack::unpack(value)?),
            "match" => Self::Match(Unpack::unpack(value)?),
            "parts" => Self::Parts(Unpack::unpack(value)?),
            _ => return None,
        })
    }
}

/// How an answer compares with the right one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Grade {
    /// Whether all of it is right.
    pub is_right: bool,
    /// The slip that leads to this number, or the wrong option that was chosen.
    pub slip: Option<String>,
    /// What is wrong of it: options chosen or left out, items out of place, pairs by their left side.
    pub wrong: BTreeSet<String>,
    /// Of a case: its parts.
    pub parts: Vec<Grade>,
}

/// Returns how an answer compares with the right one; nothing where it is an answer to another kind of question. `drawn` are the
/// numbers of the question, of a case's parts as they are told.
#[must_use]
pub fn grade(ask: &Ask, answer: &Answer, drawn: &Drawn) -> Option<Grade> {
    match (ask, answer) {
        (Ask::One(Choice { right, .. }) | Ask::Next { right, .. }, Answer::One(chosen)) => {
            Some(wrongly((chosen != right).then_some(chosen.as_str())))
        }
        (Ask::Several(Choices { right, .. }), Answer::Several(chosen)) => {
            let right = set(&mut right.iter().cloned());
            let wrong = &mut right.symmetric_difference(chosen).cloned();
            Some(with_wrong(set(wrong)))
        }
        (Ask::Number(number), Answer::Number(given)) => grade_number(number, *given, drawn),
        (Ask::Order { items }, Answer::Order(given)) => {
            let is_permutation =
                given.len() == items.len() && items.iter().all(|item| given.contains(item));
            let misplaced = items
                .iter()
                .zip(given)
                .filter(|(item, given)| item != given);
            is_permutation.then(|| with_wrong(set(&mut misplaced.map(|(_, given)| given.clone()))))
        }
        (Ask::Match { pairs, .. }, Answer::Match(given)) => {
            let wrong = pairs
                .iter()
                .filter(|(left, right)| given.get(*left) != Some(right));
            Some(with_wrong(set(&mut wrong.map(|(left, _)| left.clone()))))
        }
        (Ask::Case { parts }, Answer::Parts(answers)) if parts.len() == answers.len() => {
            let grades = parts.iter().zip(answers);
            let grades: Option<Vec<Grade>> = grades
                .map(|(part, answer)| grade(&part.ask, answer, drawn))
                .collect();
            let parts = grades?;
            Some(Grade {
                is_right: parts.iter().all(|part| part.is_right),
                parts,
                ..Grade::default()
            })
        }
        _ => None,
    }
}

/// Returns the right answer of a question; nothing where a number has none.
#[must_use]
pub fn right_answer(ask: &Ask, drawn: &Drawn) -> Option<Answer> {
    Some(match ask {
        Ask::One(Choice { right, .. }) | Ask::Next { right, .. } => Answer::One(right.clone()),
        Ask::Several(Choices { right, .. }) => Answer::Several(set(&mut right.iter().cloned())),
        Ask::Number(number) => Answer::Number(value(&number.answer, drawn)?),
        Ask::Order { items } => Answer::Order(items.clone()),
        Ask::Match { pairs, .. } => Answer::Match(pairs.clone()),
        Ask::Case { parts } => {
            let answers = parts.iter().map(|part| right_answer(&part.ask, drawn));
            Answer::Parts(answers.collect::<Option<_>>()?)
        }
    })
}

/// Returns the value of a sum of drawn numbers.
#[must_use]
pub fn value(sum: &Expression, drawn: &Drawn) -> Option<f64> {
    sum.value(|name: &Name| drawn.get(&name.name).copied())
}

/// Returns ids as a set. One by one: collecting them would sort them first, by code of its own.
pub fn set(ids: &mut dyn Iterator<Item = String>) -> BTreeSet<String> {
    let mut set = BTreeSet::new();
    for id in ids {
        set.insert(id);
    }
    set
}

fn grade_number(number: &Number, given: f64, drawn: &Drawn) -> Option<Grade> {
    let right = value(&number.answer, drawn)?;
    let is_near = |value: f64| (given - value).abs() <= number.within * value.abs() + 1e-9;
    if is_near(right) {
        return Some(with_wrong(BTreeSet::new()));
    }
    let slip = number
        .slips
        .iter()
        .find(|(_, sum)| value(sum, drawn).is_some_and(is_near));
    Some(Grade {
        is_right: false,
        slip: slip.map(|(id, _)| id.clone()),
        ..Grade::default()
    })
}

fn wrongly(chosen: Option<&str>) -> Grade {
    Grade {
        slip: chosen.map(str::to_owned),
        ..with_wrong(set(&mut chosen.map(str::to_owned).into_iter()))
    }
}

fn with_wrong(wrong: BTreeSet<String>) -> Grade {
    Grade {
        is_right: wrong.is_empty(),
        wrong,
        ..Grade::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Reads what content would say.
    fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn answers_are_read_as_they_are_written() {
        let ids = || ["a", "b"].map(str::to_owned);
        let answers = vec![
            Answer::One("a".to_owned()),
            Answer::Several(BTreeSet::from(ids())),
            Answer::Number(0.1 + 0.2),
            Answer::Order(ids().to_vec()),
            Answer::Match(BTreeMap::from([("a".to_owned(), "x".to_owned())])),
        ];
        let all = answers
            .iter()
            .cloned()
            .chain([Answer::Parts(answers.clone())]);
        for answer in all {
            let written = answer.to_value();
            assert_eq!(written, serde_json::to_value(&answer).unwrap());
            assert_eq!(Answer::unpack(&written), Some(answer));
        }
        for none in [
            json!({}),
            json!([]),
            json!({ "two": 1 }),
            json!({ "one": 1 }),
        ] {
            assert_eq!(Answer::unpack(&none), None, "{none}");
        }
    }

    #[test]
    fn answers_are_graded() {
        let drawn = Drawn::from([("r".to_owned(), 20.0), ("f".to_owned(), 0.5)]);
        let one = json!({ "one": { "right": "a", "wrong": ["b", "c"] } });
        let several = json!({ "several": { "right": ["a", "b"], "wrong": ["c"] } });
        let number = json!({ "number": {
            "answer": "r * f * 60", "unit": "requests_per_minute",
            "slips": { "minute": "r * f", "factor": "r * 60" },
        } });
        let order = json!({ "order": { "items": ["a", "b", "c"] } });
        let pairs =
            json!({ "match": { "pairs": { "a": "x", "b": "y", "c": "x" }, "more": ["z"] } });
        let next = json!({ "next": { "at": "20:03", "right": "a", "wrong": ["b"] } });
        let case = json!({ "case": { "parts": [
            { "id": "1", "ask": one }, { "id": "2", "ask": number },
        ] } });
        for (ask, answer, right, slip, wrong) in [
            (&one, json!({ "one": "a" }), true, None, vec![]),
            (&one, json!({ "one": "c" }), false, Some("c"), vec!["c"]),
            (&next, json!({ "one": "b" }), false, Some("b"), vec!["b"]),
            (
                &several,
                json!({ "several": ["b", "a"] }),
                true,
                None,
                vec![],
            ),
            (
                &several,
                json!({ "several": ["a", "c"] }),
                false,
                None,
                vec!["b", "c"],
            ),
            (&number, json!({ "number": 600.0 }), true, None, vec![]),
            (&number, json!({ "number": 602.9 }), true, None, vec![]),
            (
                &number,
                json!({ "number": 10.0 }),
                false,
                Some("minute"),
                vec![],
            ),
            (
                &number,
                json!({ "number": 1200.0 }),
                false,
                Some("factor"),
                vec![],
            ),
            (&number, json!({ "number": 7.0 }), false, None, vec![]),
            (
                &order,
                json!({ "order": ["a", "b", "c"] }),
                true,
                None,
                vec![],
            ),
            (
                &order,
                json!({ "order": ["b", "a", "c"] }),
                false,
                None,
                vec!["a", "b"],
            ),
            (
                &pairs,
                json!({ "match": { "a": "x", "b": "y", "c": "x" } }),
                true,
                None,
                vec![],
            ),
            (
                &pairs,
                json!({ "match": { "a": "x", "b": "z" } }),
                false,
                None,
                vec!["b", "c"],
            ),
            (
                &case,
                json!({ "parts": [{ "one": "a" }, { "number": 600.0 }] }),
                true,
                None,
                vec![],
            ),
            (
                &case,
                json!({ "parts": [{ "one": "b" }, { "number": 600.0 }] }),
                false,
                None,
                vec![],
            ),
        ] {
            let asked: Ask = of(ask.clone());
            let grade = grade(&asked, &of(answer.clone()), &drawn).unwrap();
            let found: Vec<&str> = grade.wrong.iter().map(String::as_str).collect();
            assert_eq!(
                (grade.is_right, grade.slip.as_deref(), found),
                (right, slip, wrong),
                "{ask} {answer}"
            );
        }
        for (ask, answer) in [
            (&one, json!({ "number": 1.0 })),
            (&order, json!({ "order": ["a", "b"] })),
            (&order, json!({ "order": ["a", "b", "b"] })),
            (&case, json!({ "parts": [] })),
        ] {
            assert_eq!(grade(&of(ask.clone()), &of(answer), &drawn), None);
        }
        for ask in [&one, &several, &number, &order, &pairs, &next, &case] {
            let ask: Ask = of(ask.clone());
            let right = right_answer(&ask, &drawn).unwrap();
            assert!(grade(&ask, &right, &drawn).unwrap().is_right, "{ask:?}");
        }
    }
}
