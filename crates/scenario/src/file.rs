//! Scenario files: JSON that holds what differs from the defaults, and what is wrong with one that cannot be read.

use serde_json::{Value, error::Category};

use crate::{compile::VERSION, document::Scenario, patch};

/// Most bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;

/// Why a file is no scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct FileError {
    /// Line, from 1; 0 where no one line is to blame.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: FileErrorKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FileErrorKind {
    /// It has more than [`MOST_BYTES`].
    TooLarge,
    /// It is not JSON.
    Syntax {
        /// The parser's words, in English.
        detail: String,
    },
    /// It ends too early.
    Truncated,
    /// It has a field that a scenario has not.
    UnknownField {
        /// Its name.
        name: String,
    },
    /// A field holds something else than it can.
    WrongValue {
        /// The parser's words, in English: what was found, what is expected.
        detail: String,
    },
    /// A newer version of the document.
    Newer {
        /// Its version.
        version: u64,
    },
}

/// File of the default scenario, so that a page nobody has touched need not write JSON.
const DEFAULT: &str = "{\n  \"headroom\": 1\n}\n";

/// Writes a scenario: what differs from the defaults, and the version of the document.
#[must_use]
pub fn to_json(scenario: &Scenario) -> String {
    if *scenario == Scenario::default() {
        return DEFAULT.to_owned();
    }
    let mut patch = patch::of(scenario);
    if let Value::Object(fields) = &mut patch {
        fields.insert("headroom".to_owned(), scenario.headroom.into());
    }
    let mut text = serde_json::to_string_pretty(&patch).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a scenario. What the file does not say is as in the default scenario; its values are not checked here.
///
/// # Errors
/// Where and why the file is no scenario.
pub fn from_json(text: &str) -> Result<Scenario, FileError> {
    if text.len() > MOST_BYTES {
        return Err(FileError {
            line: 0,
            column: 0,
            kind: FileErrorKind::TooLarge,
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let patch: Value = serde_json::from_str(text).map_err(|error| reason(&error))?;
    if !patch.is_object() {
        return Err(FileError {
            line: 1,
            column: 1,
            kind: FileErrorKind::WrongValue {
                detail: "expected an object".to_owned(),
            },
        });
    }
    let version = patch.get("headroom").and_then(Value::as_u64);
    if let Some(version) = version.filter(|version| *version > u64::from(VERSION)) {
        return Err(FileError {
            line: 0,
            column: 0,
            kind: FileErrorKind::Newer { version },
        });
    }
    // Read twice: what is wrong in the file has a line only there; the defaults are filled in after.
    serde_json::from_str::<Scenario>(text).map_err(|error| reason(&error))?;
    serde_json::from_str(&patch::apply(patch)).map_err(|error| reason(&error))
}

fn reason(error: &serde_json::Error) -> FileError {
    let text = error.to_string();
    let detail = match text.rsplit_once(" at line ") {
        Some((detail, _)) => detail.to_owned(),
        None => text,
    };
    let unknown = detail
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split('`').next());
    FileError {
        line: error.line(),
        column: error.column(),
        kind: match (error.classify(), unknown) {
            (Category::Data, Some(name)) => FileErrorKind::UnknownField {
                name: name.to_owned(),
            },
            (Category::Data, None) => FileErrorKind::WrongValue { detail },
            (Category::Eof, _) => FileErrorKind::Truncated,
            (Category::Syntax | Category::Io, _) => FileErrorKind::Syntax { detail },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_does_not_say_is_as_by_default() {
        for text in ["{}", r#"{"headroom":1}"#, "\u{feff}{ }"] {
            assert_eq!(from_json(text).unwrap(), Scenario::default(), "{text}");
        }
        let file = r#"{"scalable_target":{"MinCapacity":3},"load_test":{"max_rps":50}}"#;
        let mut expected = Scenario::default();
        expected.scalable_target.min_capacity = Some(3);
        expected.load_test.max_rps = 50.0;
        assert_eq!(from_json(file).unwrap(), expected);
        assert_eq!(from_json(&to_json(&expected)).unwrap(), expected);
    }

    #[test]
    fn a_file_holds_only_what_differs() {
        assert_eq!(to_json(&Scenario::default()), DEFAULT);
        let written = serde_json::json!({ "headroom": Scenario::default().headroom });
        let written = serde_json::to_string_pretty(&written).unwrap();
        assert_eq!(DEFAULT, format!("{written}\n"));
        assert_eq!(patch::of(&Scenario::default()), serde_json::json!({}));
        let scenario = Scenario {
            hours: 48,
            ..Scenario::default()
        };
        assert_eq!(
            to_json(&scenario),
            "{\n  \"headroom\": 1,\n  \"hours\": 48\n}\n"
        );
    }

    #[test]
    fn an_error_says_where_and_why() {
        use FileErrorKind::*;
        let unknown = |name: &str| UnknownField {
            name: name.to_owned(),
        };
        let wrong = |detail: &str| WrongValue {
            detail: detail.to_owned(),
        };
        let cases = [
            ("", 1, Truncated),
            ("{\n  \"hours\": 24", 2, Truncated),
            ("{\n  \"hours\": 24,\n  \"hour\": 1\n}", 3, unknown("hour")),
            ("{\"load_test\": {\n\"rps\": 1}}", 2, unknown("rps")),
            (
                "{\n\"hours\": \"24\"}",
                2,
                wrong("invalid type: string \"24\", expected u32"),
            ),
            (
                "{\"start\":\n\"28.11.2026\"}",
                2,
                wrong(
                    "invalid value: string \"28.11.2026\", expected a date such as \"2026-11-28\"",
                ),
            ),
            ("{\"headroom\": 2, \"more\": 1}", 0, Newer { version: 2 }),
            ("[1]", 1, wrong("expected an object")),
            ("null", 1, wrong("expected an object")),
        ];
        for (text, line, kind) in cases {
            let error = from_json(text).unwrap_err();
            assert_eq!((error.line, error.kind), (line, kind), "{text}");
        }
        for text in ["hello", "{hours: 24}", "{'hours': 24}", "{\"hours\": 24,}"] {
            let kind = from_json(text).unwrap_err().kind;
            assert!(matches!(kind, Syntax { .. }), "{text}: {kind:?}");
        }
    }

    #[test]
    fn hostile_files_are_refused() {
        let deep = "[".repeat(1_000_000);
        assert!(from_json(&deep).is_err());
        let huge = " ".repeat(MOST_BYTES + 1);
        assert_eq!(from_json(&huge).unwrap_err().kind, FileErrorKind::TooLarge);
        for value in ["1e999", "-1e999", "NaN", "null"] {
            let file = format!("{{\"load_test\":{{\"max_rps\":{value}}}}}");
            assert!(from_json(&file).is_err(), "{value}");
        }
    }
}
