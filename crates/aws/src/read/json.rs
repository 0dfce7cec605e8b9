//! JSON, by serde_json. A value knows its place, as serde_json lends it as a piece of the text.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{DEEPEST, MOST_BYTES, lines::Lines};
use crate::{
    fields::shortened,
    finding::{Finding, FindingKind},
    node::{Member, Node, Place, Value, repeated},
};

/// Reads a document that is a text of its own.
///
/// # Errors
/// Why it is none, with its place.
pub fn read(text: &str, file: u16) -> Result<Node, Finding> {
    let lines = Lines::of(text, file);
    let failed = |at, kind| Finding {
        at,
        path: String::new(),
        kind,
    };
    if text.len() > MOST_BYTES {
        let kind = FindingKind::TooLarge { most: MOST_BYTES };
        return Err(failed(Place::whole(file), kind));
    }
    let raw = serde_json::from_str::<&RawValue>(text).map_err(|error| {
        let at = Place {
            file,
            line: error.line() as u32,
            column: error.column() as u32,
        };
        failed(at, syntax(&error))
    })?;
    tree(text, &lines, raw)
}

/// Returns the tree of a value that is a piece of a text, whose lines are known.
///
/// # Errors
/// What of it cannot be used, with its place.
pub(super) fn tree<'a>(
    text: &'a str,
    lines: &Lines<'a>,
    raw: &'a RawValue,
) -> Result<Node, Finding> {
    Reading { text, lines }.node(raw, 0)
}

/// Says why serde_json does not read a text.
pub(super) fn syntax(error: &serde_json::Error) -> FindingKind {
    if error.is_eof() {
        return FindingKind::Truncated;
    }
    let reason = error.to_string();
    if reason.starts_with("recursion limit") {
        return FindingKind::TooDeep { most: DEEPEST };
    }
    let end = reason.rfind(" at line").unwrap_or(reason.len());
    FindingKind::Syntax {
        language: "JSON",
        reason: reason.get(..end).unwrap_or_default().to_owned(),
    }
}

/// A text that is being read.
struct Reading<'a, 'b> {
    text: &'a str,
    lines: &'b Lines<'a>,
}

impl<'a> Reading<'a, '_> {
    fn node(&self, raw: &'a RawValue, depth: usize) -> Result<Node, Finding> {
        let text = raw.get();
        let at = self.lines.place_of(text);
        let failed = |kind| Finding {
            at,
            path: String::new(),
            kind,
        };
        if depth > DEEPEST {
            return Err(failed(FindingKind::TooDeep { most: DEEPEST }));
        }
        let broken = |error: serde_json::Error| failed(syntax(&error));
        let value = match text.as_bytes().first() {
            Some(b'{') => {
                let Members(pairs) = serde_json::from_str(text).map_err(broken)?;
                let mut members: Vec<Member> = Vec::with_capacity(pairs.len());
                for (name, raw) in pairs {
                    let node = self.node(raw, depth + 1)?;
                    // The name stands before its value: the quote that opens it is looked for backwards.
                    let at = self.name_place(raw.get(), node.at);
                    members.push(Member { name, at, node });
                }
                if let Some(member) = repeated(&members) {
                    return Err(Finding {
                        at: member.at,
                        path: shortened(&member.name),
                        kind: FindingKind::RepeatedName,
                    });
                }
                Value::Object(members)
            }
            Some(b'[') => {
                let entries: Vec<&'a RawValue> = serde_json::from_str(text).map_err(broken)?;
                let entries = entries.into_iter().map(|raw| self.node(raw, depth + 1));
                Value::List(entries.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::Text(serde_json::from_str(text).map_err(broken)?),
            Some(b't') => Value::Switch(true),
            Some(b'f') => Value::Switch(false),
            Some(b'n') => Value::Null,
            _ => {
                let near: f64 = serde_json::from_str(text).map_err(broken)?;
                // serde_json's own may be off by the last bit.
                Value::Number(text.trim().parse().unwrap_or(near))
            }
        };
        Ok(Node { value, at })
    }

    /// Returns where the name before a value begins; where that cannot be told, the value's own place.
    fn name_place(&self, value: &str, otherwise: Place) -> Place {
        let offset = self.lines.offset(value);
        let before = self.text.get(..offset).unwrap_or_default().trim_end();
        let before = before.strip_suffix(':').unwrap_or(before).trim_end();
        let Some(inside) = before.strip_suffix('"') else {
            return otherwise;
        };
        // A quote within a name is behind a backslash.
        let mut end = inside.len();
        while let Some(at) = inside.get(..end).and_then(|text| text.rfind('"')) {
            let slashes = inside.bytes().take(at).rev();
            if slashes.take_while(|byte| *byte == b'\\').count() % 2 == 0 {
                return self.lines.place(at);
            }
            end = at;
        }
        otherwise
    }
}

/// The members of an object, in order, repeated ones included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    members.push(pair);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_place() {
        let text = "{\n  \"a\\\"b\" : [1, {\"한\": \"글\", \"c\": true}],\n  \"n\": null }";
        let node = read(text, 3).unwrap();
        let place = |node: &Node| (node.at.line, node.at.column);
        let list = node.get("a\"b").unwrap();
        assert_eq!(
            (node.at.file, place(&node), place(list)),
            (3, (1, 1), (2, 12))
        );
        let object = &list.entries()[1];
        assert_eq!(place(object.get("c").unwrap()), (2, 32));
        let names: Vec<_> = node
            .members()
            .iter()
            .map(|it| (it.at.line, it.at.column))
            .collect();
        assert_eq!(names, [(2, 3), (3, 3)]);
        assert_eq!(object.get("한").unwrap().as_text(), Some("글"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let kind = |text: &str| read(text, 0).unwrap_err();
        assert_eq!(kind("{\"a\": [1, 2").kind, FindingKind::Truncated);
        assert_eq!(kind("{\"a\": 1, \"a\": 2}").kind, FindingKind::RepeatedName);
        assert_eq!(kind("{\"a\": 1, \"a\": 2}").at.column, 10);
        assert!(matches!(
            kind("{\"a\": 1e400}").kind,
            FindingKind::Syntax { .. }
        ));
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        assert!(matches!(kind(&deep).kind, FindingKind::TooDeep { .. }));
        assert!(matches!(kind("{a: 1}").kind, FindingKind::Syntax { .. }));
    }

    #[test]
    fn surrogate_pairs_are_read_as_the_aws_cli_writes_them() {
        let node = read(r#""\ud83d\ude80 kick-off""#, 0).unwrap();
        assert_eq!(node.as_text(), Some("🚀 kick-off"));
    }
}
