//! Files of one pack joined: what is free of any language, what a language says, and the sources, each sent once.
//!
//! `author` parts them; a field, and an entry of a list of objects, may stand half in the one file and half in the other.

use serde_json::Value;

/// Returns the files of a pack as one; nothing where one is no JSON, or they do not belong together.
#[must_use]
pub fn joined(files: &[String]) -> Option<Value> {
    let mut whole = Value::Object(serde_json::Map::new());
    for file in files {
        whole = join(whole, serde_json::from_str(file).ok()?)?;
    }
    Some(whole)
}

/// Joins two values: objects field by field, lists entry by entry. What both say whole belongs to two packs.
fn join(one: Value, other: Value) -> Option<Value> {
    match (one, other) {
        (Value::Object(mut fields), Value::Object(others)) => {
            for (name, other) in others {
                let whole = match fields.remove(&name) {
                    Some(one) => join(one, other)?,
                    None => other,
                };
                fields.insert(name, whole);
            }
            Some(Value::Object(fields))
        }
        (Value::Array(entries), Value::Array(others)) if entries.len() == others.len() => {
            let mut whole = Vec::new();
            for (one, other) in entries.into_iter().zip(others) {
                whole.push(join(one, other)?);
            }
            Some(Value::Array(whole))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(files: &[Value], expected: Option<&Value>) {
        let texts: Vec<String> = files.iter().map(Value::to_string).collect();
        assert_eq!(joined(&texts).as_ref(), expected, "{files:?}");
    }

    #[test]
    fn files_of_a_pack_are_one() {
        check(&[json!({ "a": 1 })], Some(&json!({ "a": 1 })));
        check(
            &[
                json!({ "id": "a", "list": [{ "id": "b" }, {}], "same": ["c"] }),
                json!({ "title": "t", "list": [{ "title": "u" }, { "p": ["v"] }] }),
                json!({ "sources": {} }),
            ],
            Some(&json!({
                "id": "a", "list": [{ "id": "b", "title": "u" }, { "p": ["v"] }], "same": ["c"], "title": "t", "sources": {}
            })),
        );
    }

    #[test]
    fn files_of_two_packs_are_none() {
        for other in [
            json!({ "id": "b" }),
            json!({ "list": [{}] }),
            json!({ "list": [{ "id": "c" }, {}] }),
            json!({ "list": {} }),
            json!({ "list": [[], {}] }),
            json!([]),
            json!(1),
            json!(null),
        ] {
            check(
                &[json!({ "id": "a", "list": [{ "id": "b" }, {}] }), other],
                None,
            );
        }
        for text in ["", "{", "{\"a\":1}x", &"[".repeat(10_000)] {
            assert_eq!(joined(&[text.to_owned()]), None, "{text}");
        }
    }
}
