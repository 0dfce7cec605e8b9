//! Scenario files: JSON that holds what differs from the defaults, and what is wrong with one that cannot be read.

mod bounds;
mod reason;

use serde_json::Value;

use crate::{
    compile::VERSION,
    document::{Scenario, Shape},
    patch,
    version_1::CameAs,
};
pub use bounds::too_large;
use reason::reason;
pub use reason::{Expected, Syntax};

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
    /// It has more than [`MOST_BYTES`](crate::limits::MOST_BYTES), or without its recordings more than
    /// [`MOST_BYTES_WITHOUT_RECORDINGS`](crate::limits::MOST_BYTES_WITHOUT_RECORDINGS).
    TooLarge,
    /// A list with more entries than it can have.
    TooMany {
        /// The list, from the document on.
        path: String,
        /// Most entries.
        max: u32,
    },
    /// A text with more characters than any can have.
    TooLong {
        /// The field, from the document on.
        path: String,
        /// Most characters.
        max: u32,
    },
    /// It is not JSON.
    Syntax(Syntax),
    /// It ends too early.
    Truncated,
    /// It has a field that a scenario has not.
    UnknownField {
        /// The field, from the document on: `demand[0].shape.stedy`.
        path: String,
        /// What fields there are in its place.
        known: Vec<String>,
    },
    /// A field that must be there is not.
    MissingField {
        /// The field, from the document on.
        path: String,
    },
    /// A field stands more than once.
    RepeatedField {
        /// The field, from the document on.
        path: String,
    },
    /// A field holds something else than it can.
    WrongValue {
        /// The field, from the document on; empty where it is the document itself.
        path: String,
        /// What it holds, as it stands in the file.
        found: Option<String>,
        /// What it can hold.
        expected: Expected,
    },
    /// −1 where a scheduled action leaves a size alone, as Terraform writes it: here the field is left out.
    MinusOne {
        /// The field, from the document on.
        path: String,
    },
    /// `null` for a value that must be there.
    Null {
        /// The field, from the document on.
        path: String,
        /// What it can hold.
        expected: Expected,
    },
    /// A newer version of the document.
    Newer {
        /// Its version.
        version: u64,
    },
}

/// File of the default scenario, so that a page nobody has touched need not write JSON.
const DEFAULT_FILE: &str = "{\n  \"headroom\": 2\n}\n";

/// Writes a scenario: what differs from the defaults, and the version of the document.
#[must_use]
pub fn to_json(scenario: &Scenario) -> String {
    if scenario.is_default() {
        return DEFAULT_FILE.to_owned();
    }
    let mut patch = patch::of(scenario);
    if let Value::Object(fields) = &mut patch {
        fields.insert("headroom".to_owned(), scenario.headroom.into());
    }
    unsign(&mut patch);
    let mut text = serde_json::to_string_pretty(&patch).unwrap_or_default();
    text.push('\n');
    text
}

/// Removes the sign of every zero.
fn unsign(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.is_f64() => {
            *value = Value::from(0.0);
        }
        Value::Array(items) => items.iter_mut().for_each(unsign),
        Value::Object(fields) => fields.values_mut().for_each(unsign),
        _ => {}
    }
}

/// Reads a scenario. What the file does not say is as in the default scenario; its values are not checked here.
///
/// # Errors
/// Where and why the file is no scenario.
pub fn from_json(text: &str) -> Result<Scenario, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let recordings = bounds::recordings(text)?;
    // What is merged with the defaults is without recordings, which may be long.
    let light = bounds::without(text, &recordings);
    let patch: Value = serde_json::from_str(&light).map_err(|error| {
        let error = reason(&error, "");
        let (line, column) = bounds::place(text, &recordings, &light, (error.line, error.column));
        FileError {
            line,
            column,
            ..error
        }
    })?;
    if !patch.is_object() {
        return Err(FileError {
            line: 1,
            column: 1,
            kind: FileErrorKind::WrongValue {
                path: String::new(),
                found: None,
                expected: Expected::Object,
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
    let written = typed(text)?;
    let mut scenario = read(&match version {
        Some(1) => patch::apply_1(patch, CameAs::File),
        _ => patch::apply(patch),
    })?;
    for (layer, written) in scenario.demand.iter_mut().zip(written.demand) {
        if matches!(written.shape, Shape::Trace { .. }) {
            layer.shape = written.shape;
        }
    }
    Ok(scenario)
}

/// Reads a part of what scenarios are made of as JSON, unless it has more than a scenario can.
pub(crate) fn bounded(text: &str) -> Option<Value> {
    bounds::recordings(text).ok()?;
    serde_json::from_str(text).ok()
}

/// Reads a scenario as it stands, unless it has more than a scenario can, or says which field is wrong.
pub(crate) fn read(text: &str) -> Result<Scenario, FileError> {
    bounds::recordings(text)?;
    typed(text)
}

/// Reads a scenario whose bounds are known.
fn typed(text: &str) -> Result<Scenario, FileError> {
    serde_json::from_str(text).map_err(|error| {
        let path = bounds::path_at(text, error.line(), error.column());
        reason(&error, &path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_does_not_say_is_as_by_default() {
        for text in [
            "{}",
            r#"{"headroom":1}"#,
            r#"{"headroom":2}"#,
            "\u{feff}{ }",
        ] {
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
        assert_eq!(to_json(&Scenario::default()), DEFAULT_FILE);
        let written = serde_json::json!({ "headroom": Scenario::default().headroom });
        let written = serde_json::to_string_pretty(&written).unwrap();
        assert_eq!(DEFAULT_FILE, format!("{written}\n"));
        assert_eq!(patch::of(&Scenario::default()), serde_json::json!({}));
        let scenario = Scenario {
            hours: 48,
            ..Scenario::default()
        };
        assert_eq!(
            to_json(&scenario),
            "{\n  \"headroom\": 2,\n  \"hours\": 48\n}\n"
        );
    }

    #[test]
    fn an_error_says_where_and_why() {
        use FileErrorKind::*;
        for (text, line, path, first) in [
            ("{\n  \"hours\": 24,\n  \"hour\": 1\n}", 3, "hour", "hours"),
            (
                "{\"load_test\": {\n\"rps\": 1}}",
                2,
                "load_test.rps",
                "max_rps",
            ),
            (
                "{\"demand\": [{\"shape\": {\"steady\": {\n\"rsp\": 1}}}]}",
                2,
                "demand[0].shape.steady.rsp",
                "rps",
            ),
        ] {
            let error = from_json(text).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            let UnknownField { path: at, known } = &error.kind else {
                panic!("{text}: {error:?}");
            };
            assert_eq!(at, path, "{text}");
            assert!(known.iter().any(|name| name == first), "{text}: {error:?}");
        }
        let wrong = |path: &str, found: Option<&str>, expected| WrongValue {
            path: path.to_owned(),
            found: found.map(str::to_owned),
            expected,
        };
        let twice = |path: &str| RepeatedField {
            path: path.to_owned(),
        };
        let cases = [
            ("", 1, Truncated),
            ("{\"hours\": 24,\n\"hours\": 48}", 2, twice("hours")),
            (
                "{\"load_test\": {\"max_rps\": 1,\n\"max_rps\": 2}}",
                2,
                twice("load_test.max_rps"),
            ),
            ("{\n  \"hours\": 24", 2, Truncated),
            (
                "{\n\"hours\": \"24\"}",
                2,
                wrong("hours", Some("\"24\""), Expected::WholeNumber),
            ),
            (
                "{\n\"hours\": 1.5}",
                2,
                wrong("hours", Some("1.5"), Expected::WholeNumber),
            ),
            (
                "{\n\"load_test\": 20}",
                2,
                wrong("load_test", Some("20"), Expected::Object),
            ),
            (
                "{\n\"demand\": {}}",
                2,
                wrong("demand", Some("{…}"), Expected::List),
            ),
            (
                "{\"load_test\":\n{\"max_rps\": true}}",
                2,
                wrong("load_test.max_rps", Some("true"), Expected::Number),
            ),
            (
                "{\"start\":\n\"28.11.2026\"}",
                2,
                wrong("start", Some("\"28.11.2026\""), Expected::Date),
            ),
            // As Terraform writes what a scheduled action leaves alone.
            (
                "{\"scheduled_actions\": [{},\n{\"DesiredCapacity\": -1}]}",
                2,
                MinusOne {
                    path: "scheduled_actions[1].DesiredCapacity".to_owned(),
                },
            ),
            (
                "{\"scheduled_actions\": [{\"MaxSize\": -1.0}]}",
                1,
                MinusOne {
                    path: "scheduled_actions[0].MaxSize".to_owned(),
                },
            ),
            (
                "{\"scheduled_actions\": [{\"MinSize\": -2}]}",
                1,
                wrong(
                    "scheduled_actions[0].MinSize",
                    Some("-2"),
                    Expected::WholeNumber,
                ),
            ),
            (
                "{\"scheduled_actions\": [{\"Schedule\": null}]}",
                1,
                Null {
                    path: "scheduled_actions[0].Schedule".to_owned(),
                    expected: Expected::Text,
                },
            ),
            (
                "{\"load_test\": {\"max_rps\": null}}",
                1,
                Null {
                    path: "load_test.max_rps".to_owned(),
                    expected: Expected::Number,
                },
            ),
            ("{\"headroom\": 3, \"more\": 1}", 0, Newer { version: 3 }),
            ("[1]", 1, wrong("", None, Expected::Object)),
            ("null", 1, wrong("", None, Expected::Object)),
        ];
        for (text, line, kind) in cases {
            let error = from_json(text).unwrap_err();
            assert_eq!((error.line, error.kind), (line, kind), "{text}");
        }
        for (text, syntax) in [
            ("hello", reason::Syntax::NoValue),
            ("{hours: 24}", reason::Syntax::NameWithoutQuotes),
            ("{'hours': 24}", reason::Syntax::NameWithoutQuotes),
            ("{\"hours\": 24,}", reason::Syntax::TrailingComma),
            ("{\"hours\" 24}", reason::Syntax::MissingColon),
            ("{\"hours\": 24 \"seed\": 1}", reason::Syntax::MissingComma),
            ("{\"hours\": 01}", reason::Syntax::Number),
            ("{} {}", reason::Syntax::TrailingCharacters),
            ("{\"start\": \"\\x\"}", reason::Syntax::Text),
        ] {
            let kind = from_json(text).unwrap_err().kind;
            assert_eq!(kind, Syntax(syntax), "{text}");
        }
    }

    /// The names of fields are told in full; only what nobody would write is shortened, and one sees that it is.
    #[test]
    fn the_field_that_is_wrong_is_named_in_full() {
        let long = "x".repeat(1000);
        let dots = "a.".repeat(700);
        let tracking = "TargetTrackingScalingPolicyConfiguration";
        let customized = format!("{tracking}.CustomizedMetricSpecification");
        let pair = "PredictiveScalingConfiguration.MetricSpecifications[0].PredefinedMetricPairSpecification";
        for (inside, expected) in [
            ("Metrics", format!("policies[0].{customized}.Metrics")),
            (
                &long,
                format!("policies[0].{customized}.{}…", "x".repeat(80)),
            ),
            (&dots, {
                let whole = format!("policies[0].{customized}.{dots}");
                let kept: String = whole.chars().take(400).collect();
                kept + "…"
            }),
            (
                "a`b`, expected `c",
                format!("policies[0].{customized}.a`b`, expected `c"),
            ),
        ] {
            let file = serde_json::json!({ "policies": [{
                tracking: { "CustomizedMetricSpecification": { inside: [] } } }] });
            let FileErrorKind::UnknownField { path, known } =
                from_json(&file.to_string()).unwrap_err().kind
            else {
                panic!("{inside}");
            };
            assert_eq!(path, expected);
            assert_eq!(
                known.first().map(String::as_str),
                Some("MetricName"),
                "{known:?}"
            );
        }
        let file = serde_json::json!({ "policies": [{ "PredictiveScalingConfiguration": {
            "MetricSpecifications": [{ "PredefinedMetricPairSpecification": { "Unknown": 1 } }] } }] });
        let FileErrorKind::UnknownField { path, .. } =
            from_json(&file.to_string()).unwrap_err().kind
        else {
            panic!("{file}");
        };
        assert_eq!(path, format!("policies[0].{pair}.Unknown"));
    }

    #[test]
    fn hostile_files_are_refused() {
        let deep = "[".repeat(1_000_000);
        assert!(from_json(&deep).is_err());
        let huge = " ".repeat(crate::limits::MOST_BYTES + 1);
        assert_eq!(from_json(&huge).unwrap_err().kind, FileErrorKind::TooLarge);
        for value in ["1e999", "-1e999", "NaN", "null"] {
            let file = format!("{{\"load_test\":{{\"max_rps\":{value}}}}}");
            assert!(from_json(&file).is_err(), "{value}");
        }
    }
}
