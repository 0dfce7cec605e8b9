//! A pack in two languages, parted: what both say alike is free of any language, and sent once. `study::unpack` joins it again.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::language::Both;

/// A pack in its parts.
#[derive(Debug)]
pub struct Parts {
    /// What is the same in every language; none: nothing.
    pub common: Option<Value>,
    /// What a language says; none: nothing beyond that.
    pub own: Option<Both<Value>>,
}

/// Parts a pack. Objects are parted field by field, and lists of objects entry by entry where they are of one length; all else, such as
/// a line of text, is whole in one of the parts.
pub fn split(english: Value, korean: Value) -> Parts {
    match (english, korean) {
        (english, korean) if english == korean => Parts {
            common: Some(english),
            own: None,
        },
        (Value::Object(english), Value::Object(korean)) => fields(english, korean),
        (Value::Array(english), Value::Array(korean))
            if english.len() == korean.len()
                && english.iter().chain(&korean).all(Value::is_object) =>
        {
            entries(english, korean)
        }
        (english, korean) => Parts {
            common: None,
            own: Some(Both { english, korean }),
        },
    }
}

fn fields(mut english: Map<String, Value>, mut korean: Map<String, Value>) -> Parts {
    let names: BTreeSet<String> = english.keys().chain(korean.keys()).cloned().collect();
    let mut common = Map::new();
    let mut own = Both::<Map<String, Value>>::default();
    for name in names {
        let (english, korean) = match (english.remove(&name), korean.remove(&name)) {
            (Some(english), Some(korean)) => {
                let parts = split(english, korean);
                if let Some(part) = parts.common {
                    common.insert(name.clone(), part);
                }
                match parts.own {
                    Some(Both { english, korean }) => (Some(english), Some(korean)),
                    None => (None, None),
                }
            }
            of_one => of_one,
        };
        own.english.extend(english.map(|it| (name.clone(), it)));
        own.korean.extend(korean.map(|it| (name, it)));
    }
    Parts {
        common: (!common.is_empty()).then_some(Value::Object(common)),
        own: Some(Both {
            english: Value::Object(own.english),
            korean: Value::Object(own.korean),
        }),
    }
}

fn entries(english: Vec<Value>, korean: Vec<Value>) -> Parts {
    let nothing = || Value::Object(Map::new());
    let mut common = Vec::new();
    let mut own = Both::<Vec<Value>>::default();
    let mut is_shared = false;
    for (english, korean) in english.into_iter().zip(korean) {
        let parts = split(english, korean);
        is_shared |= parts.common.is_some();
        common.push(parts.common.unwrap_or_else(nothing));
        let said = parts.own.unwrap_or_else(|| Both::of(|_| nothing()));
        own.english.push(said.english);
        own.korean.push(said.korean);
    }
    Parts {
        common: is_shared.then_some(Value::Array(common)),
        own: Some(Both {
            english: Value::Array(own.english),
            korean: Value::Array(own.korean),
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};
    use serde_json::json;
    use study::unpack::join::joined;

    use super::*;

    #[test]
    fn what_is_said_alike_stands_once() {
        let split = |english: Value, korean: Value| {
            let Parts { common, own } = split(english, korean);
            let own = own.map(|own| [own.english, own.korean]);
            (common, own)
        };
        for (english, korean, common, own) in [
            (
                json!({ "a": 1 }),
                json!({ "a": 1 }),
                json!({ "a": 1 }),
                None,
            ),
            (
                json!({ "id": "a", "title": ["Target"], "only": 1 }),
                json!({ "id": "a", "title": ["대상"] }),
                json!({ "id": "a" }),
                Some([
                    json!({ "title": ["Target"], "only": 1 }),
                    json!({ "title": ["대상"] }),
                ]),
            ),
            (
                json!({ "list": [{ "id": "a", "p": "x" }, { "pre": "y" }] }),
                json!({ "list": [{ "id": "a", "p": "ㅇ" }, { "pre": "y" }] }),
                json!({ "list": [{ "id": "a" }, { "pre": "y" }] }),
                Some([
                    json!({ "list": [{ "p": "x" }, {}] }),
                    json!({ "list": [{ "p": "ㅇ" }, {}] }),
                ]),
            ),
            // Of which nothing is alike, as of the texts here: all is the language's own.
            (
                json!({ "list": [{ "p": ["x"] }, { "p": ["y"] }], "line": ["a", "b"], "longer": [{ "a": 1 }] }),
                json!({ "list": [{ "p": ["ㅇ"] }, { "p": ["ㅈ"] }], "line": ["a", "c"], "longer": [{ "a": 1 }, {}] }),
                Value::Null,
                Some([
                    json!({ "list": [{ "p": ["x"] }, { "p": ["y"] }], "line": ["a", "b"], "longer": [{ "a": 1 }] }),
                    json!({ "list": [{ "p": ["ㅇ"] }, { "p": ["ㅈ"] }], "line": ["a", "c"], "longer": [{ "a": 1 }, {}] }),
                ]),
            ),
        ] {
            let common = (!common.is_null()).then_some(common);
            assert_eq!(split(english.clone(), korean), (common, own), "{english}");
        }
    }

    /// JSON of so few values and names that two of it have much in common.
    fn some_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![Just(json!(null)), Just(json!(1)), Just(json!("a"))];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
                objects(inner)
            ]
        })
    }

    fn objects(of: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
        let fields = collection::btree_map("[ab]", of, 0..3);
        fields.prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn what_is_parted_is_joined_again(english in objects(some_json()), korean in objects(some_json())) {
            let Parts { common, own } = split(english.clone(), korean.clone());
            let common = common.unwrap_or_else(|| json!({}));
            let own = own.unwrap_or_else(|| Both::of(|_| json!({})));
            for (whole, own) in [(english, own.english), (korean, own.korean)] {
                let files = [common.to_string(), own.to_string()];
                prop_assert_eq!(joined(&files), Some(whole));
            }
        }
    }
}
