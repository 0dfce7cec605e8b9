//! What a JSON parser has to say of a file, as data: the parser says it in English alone, and to programmers.

use serde_json::error::Category;

use super::{FileError, FileErrorKind};

/// Where a file stops being JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// After an item, neither a comma nor the bracket that closes.
    MissingComma,
    /// No colon after a field's name.
    MissingColon,
    /// A comma after the last item.
    TrailingComma,
    /// Something stands after the end.
    TrailingCharacters,
    /// A field's name is not in quotation marks.
    NameWithoutQuotes,
    /// A number that is none, or too large for one.
    Number,
    /// A text with an escape or a sign that no text can hold.
    Text,
    /// Lists and objects within each other, deeper than any scenario.
    TooDeep,
    /// Something that is no value.
    NoValue,
}

/// What a field can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A number.
    Number,
    /// A whole number, 0 or more.
    WholeNumber,
    /// A text in quotation marks.
    Text,
    /// `true` or `false`.
    TrueOrFalse,
    /// `[…]`
    List,
    /// `{…}`
    Object,
    /// One of these names.
    OneOf {
        /// The names.
        names: Vec<String>,
    },
    /// A date such as "2026-11-28".
    Date,
    /// A time such as "20:00".
    Time,
    /// A date and time such as "2026-11-28T20:00".
    DateTime,
    /// A moment in UTC such as "2026-11-28T20:00:00Z".
    Utc,
    /// A list of whole numbers, or counts as the page packs them.
    Counts,
    /// A trace of an admissible length, step and number of decimals.
    TraceInBounds,
    /// Something else, in the parser's words.
    Other {
        /// English.
        words: String,
    },
}

/// Returns the parser's error as that of a file; `path` leads to the field that is wrong ([`super::bounds::path_at`]).
pub(super) fn reason(error: &serde_json::Error, path: &str) -> FileError {
    let text = error.to_string();
    let detail = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(detail, _)| detail);
    FileError {
        line: error.line(),
        column: error.column(),
        kind: match error.classify() {
            Category::Data => value_error(detail, path),
            Category::Eof => FileErrorKind::Truncated,
            Category::Syntax | Category::Io => FileErrorKind::Syntax(syntax(detail)),
        },
    }
}

/// Most characters of a file that its error repeats.
const MOST_SHOWN: usize = 80;
/// Most characters of a path: longer than any that leads to a field, so that only what is hostile is shortened.
const MOST_OF_PATH: usize = 400;

fn short(text: &str) -> String {
    crate::short::short(text, MOST_SHOWN)
}

/// Returns what is wrong with a value that no scenario has at `path`.
fn value_error(detail: &str, path: &str) -> FileErrorKind {
    let mut path = path.to_owned();
    // What the file says comes first, and may hold anything; what the parser expects is its own words.
    let (found, expected) = match detail.rsplit_once(", expected ") {
        Some((found, expected)) => (Some(found), expected),
        None => (None, detail),
    };
    let known = || quoted(expected).map(str::to_owned).collect();
    if detail.starts_with("unknown field") {
        let known = if found.is_some() { known() } else { Vec::new() };
        return FileErrorKind::UnknownField { path, known };
    }
    if detail.starts_with("missing field") {
        let named = quoted(detail).next().unwrap_or_default();
        let dot = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{dot}{named}");
        return FileErrorKind::MissingField { path };
    }
    if detail.starts_with("duplicate field") {
        return FileErrorKind::RepeatedField { path };
    }
    let variant = (found.and_then(|found| found.strip_prefix("unknown variant `")))
        .and_then(|found| found.strip_suffix('`'));
    let (found, expected) = match variant {
        Some(variant) => {
            // A choice with fields of its own is a field's name itself: what is wrong is what it stands in.
            let outside = path.strip_suffix(&shown(variant));
            if let Some(outside) = outside.and_then(|outside| outside.strip_suffix('.')) {
                path.truncate(outside.len());
            }
            let found = short(&format!("\"{variant}\""));
            (Some(found), Expected::OneOf { names: known() })
        }
        None => (found.and_then(found_in), expected_in(expected)),
    };
    // The parser tells of a recording when it has ended, and what it stands in has ended, too, where nothing follows.
    const RECORDING: &str = ".trace.trace";
    if expected == Expected::TraceInBounds && !path.ends_with(RECORDING) {
        path.push_str(".trace");
    }
    match found.as_deref() {
        Some("-1" | "-1.0") if means_unchanged(&path) => FileErrorKind::MinusOne { path },
        Some("null") if !path.is_empty() => FileErrorKind::Null { path, expected },
        _ => FileErrorKind::WrongValue {
            path,
            found,
            expected,
        },
    }
}

/// Returns whether −1 in this field means "unchanged", as Terraform writes it in a scheduled action.
fn means_unchanged(path: &str) -> bool {
    const SIZES: [&str; 5] = [
        "MinSize",
        "MaxSize",
        "DesiredCapacity",
        "MinCapacity",
        "MaxCapacity",
    ];
    let field = path.rsplit('.').next().unwrap_or_default();
    path.starts_with("scheduled_actions") && SIZES.contains(&field)
}

/// Returns a path as an error shows it: whole, unless a name in it is longer than any field's, or it is longer than any path.
pub(super) fn shown(path: &str) -> String {
    let names: Vec<String> = path.split('.').map(short).collect();
    crate::short::short(&names.join("."), MOST_OF_PATH)
}

/// Returns the parts of a message between backquotes.
fn quoted(detail: &str) -> impl Iterator<Item = &str> {
    detail.split('`').skip(1).step_by(2)
}

/// Returns what was found, as it stands in the file; lists and objects are only named by their brackets.
fn found_in(words: &str) -> Option<String> {
    let words = words.split_once(": ")?.1;
    let value = if let Some(text) = words.strip_prefix("string ") {
        text
    } else if let Some(value) = quoted(words).next() {
        value
    } else {
        match words {
            "null" => "null",
            "sequence" => "[…]",
            "map" => "{…}",
            _ => return None,
        }
    };
    Some(short(value))
}

/// Returns what the parser expected.
fn expected_in(words: &str) -> Expected {
    match words {
        "f64" => Expected::Number,
        "a boolean" => Expected::TrueOrFalse,
        "a string" => Expected::Text,
        "u8" | "u16" | "u32" | "u64" | "usize" => Expected::WholeNumber,
        "a date and time" => Expected::DateTime,
        "a moment in UTC" => Expected::Utc,
        "a date" => Expected::Date,
        "a time" => Expected::Time,
        "a list" => Expected::List,
        // A variant's name where an object with the field of that name is meant is called so.
        "an object" | "newtype variant" => Expected::Object,
        _ if words.starts_with("a list of whole numbers") || words.contains("packed counts") => {
            Expected::Counts
        }
        _ if words.starts_with("a trace has") => Expected::TraceInBounds,
        _ if words.starts_with("struct") => Expected::Object,
        _ => Expected::Other {
            words: words.to_owned(),
        },
    }
}

fn syntax(detail: &str) -> Syntax {
    match detail {
        "trailing comma" => Syntax::TrailingComma,
        "trailing characters" => Syntax::TrailingCharacters,
        "key must be a string" => Syntax::NameWithoutQuotes,
        "invalid number" | "number out of range" => Syntax::Number,
        "recursion limit exceeded" => Syntax::TooDeep,
        "expected value" | "expected ident" => Syntax::NoValue,
        "expected `:`" => Syntax::MissingColon,
        _ if detail.starts_with("expected `,`") => Syntax::MissingComma,
        // What is left is about escapes, surrogates and control characters.
        _ => Syntax::Text,
    }
}
