//! Scenario files: JSON that holds what differs from the defaults, and what is wrong with one that cannot be read.

use crate::{
    compile::VERSION,
    document::Scenario,
    fields::{Why, Wrong},
    json::{self, Entry, Is, NotJson},
    patch,
};

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

/// Writes a scenario: what differs from the defaults, and the version of the document.
#[must_use]
pub fn to_json(scenario: &Scenario) -> String {
    let mut patch = patch::of(scenario);
    if let Is::Object(entries) = &mut patch.is {
        entries.retain(|entry| entry.key != "headroom");
        let version = Entry {
            key: "headroom".into(),
            value: Is::Whole(u64::from(scenario.headroom)).into(),
        };
        entries.insert(0, version);
    }
    let mut text = json::write(&patch);
    text.push('\n');
    text
}

/// Reads a scenario. What the file does not say is as in the default scenario; its values are not checked here.
///
/// # Errors
/// Where and why the file is no scenario.
pub fn from_json(text: &str) -> Result<Scenario, FileError> {
    let nowhere = |kind| FileError {
        line: 0,
        column: 0,
        kind,
    };
    if text.len() > MOST_BYTES {
        return Err(nowhere(FileErrorKind::TooLarge));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let patch = json::parse(text).map_err(|error| no_json(text, error))?;
    match patch.get("headroom").map(|version| &version.is) {
        Some(Is::Whole(version)) if *version > u64::from(VERSION) => {
            Err(nowhere(FileErrorKind::Newer { version: *version }))
        }
        _ => patch::apply(&patch).map_err(|wrong| no_scenario(text, wrong)),
    }
}

fn no_json(text: &str, error: NotJson) -> FileError {
    let kind = match error.why {
        Some(why) => FileErrorKind::Syntax {
            detail: why.to_owned(),
        },
        None => FileErrorKind::Truncated,
    };
    at(text, error.at, kind)
}

fn no_scenario(text: &str, wrong: Wrong) -> FileError {
    let kind = match wrong.why {
        Why::Unknown(name) => FileErrorKind::UnknownField { name },
        Why::Expected(what) => FileErrorKind::WrongValue {
            detail: format!("expected {what}"),
        },
        Why::Missing(name) => FileErrorKind::WrongValue {
            detail: format!("{name} is missing"),
        },
    };
    at(text, wrong.at, kind)
}

/// An error at a byte of the text.
fn at(text: &str, at: usize, kind: FileErrorKind) -> FileError {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    FileError {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        kind,
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
        assert_eq!(to_json(&Scenario::default()), "{\n  \"headroom\": 1\n}\n");
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
                wrong("expected a whole number up to 4294967295"),
            ),
            (
                "{\"start\":\n\"28.11.2026\"}",
                1,
                wrong("expected a date such as \"2026-11-28\""),
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
