//! Where scenarios come from: a file, a link, a shipped scenario's name, standard input. All of it is hostile and bounded.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use scenario::{
    comparisons,
    document::Scenario,
    file::{self, FileError, FileErrorKind, Syntax},
    limits::MOST_BYTES,
    link::{self, LinkError, Together},
    presets, text,
};
use serde::Serialize;
use words::Words;

use crate::{failure::Failure, plain::plain};

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Path of the field; empty where no one field is to blame.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Fault {
    pub fn new(field: &str, message: &str) -> Self {
        Self {
            field: field.to_owned(),
            message: plain(message),
        }
    }

    /// Returns field and message in one line.
    pub fn sentence(&self) -> String {
        if self.field.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.field, self.message)
        }
    }
}

/// Fetches the text that `argument` names: a file's, standard input's, or its own where it is a link or a shipped
/// scenario's name.
///
/// # Errors
/// [`Failure::Usage`] if it names nothing that can be read, [`Failure::Scenario`] if that is no text.
pub fn fetch(argument: &str, words: Words) -> Result<String, Failure> {
    if argument == "-" || Path::new(argument).exists() {
        read_all(open(argument)?, argument, MOST_BYTES as u64, words)
    } else if is_link(argument)
        || presets::find(argument).is_some()
        || comparisons::find(argument).is_some()
    {
        Ok(argument.to_owned())
    } else {
        Err(not_found(argument))
    }
}

/// Opens a file, or standard input.
///
/// # Errors
/// [`Failure::Usage`] if it cannot be opened.
pub fn open(argument: &str) -> Result<Box<dyn Read + Send>, Failure> {
    if argument == "-" {
        return Ok(Box::new(io::stdin()));
    }
    if !Path::new(argument).exists() {
        return Err(not_found(argument));
    }
    match File::open(argument) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(Failure::Usage(format!(
            "{argument} cannot be opened: {error}."
        ))),
    }
}

/// Returns the scenario in a text: JSON, a link, or the name of a shipped scenario.
///
/// # Errors
/// Why the text is no scenario.
pub fn parse(text: &str, words: Words) -> Result<Scenario, Fault> {
    match together(text, words)? {
        Some(together) => Ok(together.scenario),
        None => parse_one(text, words),
    }
}

/// Returns the scenario in a text, and those that are pinned beside it where the text is such a link.
///
/// # Errors
/// Why the text is no scenario.
pub fn parse_together(text: &str, words: Words) -> Result<Vec<Scenario>, Fault> {
    Ok(match together(text, words)? {
        Some(Together { scenario, pinned }) => std::iter::once(scenario).chain(pinned).collect(),
        None => vec![parse_one(text, words)?],
    })
}

/// Returns what a link or a shipped comparison holds; `None` where the text is neither.
fn together(text: &str, words: Words) -> Result<Option<Together>, Fault> {
    let trimmed = without_byte_order_mark(text).trim();
    if let Some(comparison) = comparisons::find(trimmed) {
        return Ok(Some(comparison.together()));
    }
    if !is_link(trimmed) {
        return Ok(None);
    }
    let together = link::decode_together(payload(trimmed));
    together
        .map(Some)
        .map_err(|error| link_fault(&error, words))
}

/// Returns the scenario in a text that is no link.
fn parse_one(text: &str, words: Words) -> Result<Scenario, Fault> {
    let trimmed = without_byte_order_mark(text).trim();
    if let Some(preset) = presets::find(trimmed) {
        return Ok(preset.scenario());
    }
    file::from_json(text).map_err(|error| file_fault(&error, words))
}

/// Returns the scenario in one line among many, whose number the caller names.
///
/// # Errors
/// Why the text is no scenario.
pub fn parse_line(line: &str, words: Words) -> Result<Scenario, Fault> {
    if !without_byte_order_mark(line).starts_with('{') {
        return parse(line, words);
    }
    file::from_json(line).map_err(|error| file_fault(&FileError { line: 0, ..error }, words))
}

/// Returns a text without the byte order mark that some editors put before it.
fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns whether a text is meant as a link: an address, what stands behind its `#`, or that alone.
fn is_link(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-~".contains(&byte);
    let is_word = !text.contains(char::is_whitespace) && !text.starts_with(['{', '[', '"']);
    let is_payload = |text: &str| {
        let version = text.split('.').next().unwrap_or_default();
        text.len() > version.len()
            && !version.is_empty()
            && version.bytes().all(|byte| byte.is_ascii_digit())
            && text.bytes().all(fits)
    };
    is_word && (text.contains('#') || text.contains("://") || is_payload(text))
}

/// Returns what stands behind `#`, without the words for a frame: `embed.1.X94A`, `embed-charts.1.X94A`.
fn payload(link: &str) -> &str {
    let hash = link.split_once('#').map_or(link, |(_, hash)| hash);
    let framed = hash.strip_prefix("embed").map(|rest| rest.split_once('.'));
    framed.flatten().map_or(hash, |(_, payload)| payload)
}

/// Reads a text whole, which may have `most` bytes.
///
/// # Errors
/// [`Failure::Usage`] if it cannot be read, [`Failure::Scenario`] if it is larger, or no text.
pub fn read_all(
    from: impl Read,
    argument: &str,
    most: u64,
    words: Words,
) -> Result<String, Failure> {
    let name = plain(if argument == "-" {
        "Standard input"
    } else {
        argument
    });
    let mut bytes = Vec::new();
    from.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}.")))?;
    let refused = |why: &str| Failure::Scenario(words.import_says(&name, why));
    if bytes.len() as u64 > most {
        let most = words.integer((most >> 20) as f64);
        return Err(refused(&words.import_too_large(&most)));
    }
    text::of(bytes).map_err(|problem| refused(words.text_problem(problem)))
}

fn not_found(argument: &str) -> Failure {
    let shipped: Vec<&str> = presets::all().iter().map(|preset| preset.id).collect();
    let argument = plain(argument);
    Failure::Usage(format!(
        "There is no file “{argument}”, and no shipped scenario of that name. Shipped are: {}.",
        shipped.join(", ")
    ))
}

/// Returns why a link is no scenario. Where a sentence of `words` sends people to the page, another replaces it.
fn link_fault(error: &LinkError, words: Words) -> Fault {
    let message = match error {
        LinkError::Foreign => {
            "This link holds no scenario. Copy it whole, with what stands behind the #.".to_owned()
        }
        LinkError::Newer { version } => newer_version(&version.to_string()),
        LinkError::Broken
        | LinkError::TooLarge
        | LinkError::TooMany { .. }
        | LinkError::TooLong { .. } => words.link_error(error),
    };
    Fault::new("", &message)
}

/// Returns why a file, or what stands for one, is no scenario.
pub fn file_fault(error: &FileError, words: Words) -> Fault {
    let message = match &error.kind {
        FileErrorKind::Newer { version } => newer_version(&version.to_string()),
        FileErrorKind::Syntax(Syntax::TrailingCharacters) => format!(
            "{} Many scenarios, one a line, are for simulate --ndjson.",
            words.file_error(error)
        ),
        _ => words.file_error(error),
    };
    Fault::new("", &message)
}

fn newer_version(version: &str) -> String {
    format!("It was made by a newer Headroom (format {version}). Install the newest to read it.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Lang;

    #[test]
    fn links_are_told_from_other_texts() {
        for (text, link) in [
            ("1.X94A", Some("1.X94A")),
            ("#1.X94A", Some("1.X94A")),
            ("2.X94A", Some("2.X94A")),
            ("https://example.org/h/#1.X94A", Some("1.X94A")),
            ("https://example.org/h/?a=1#embed.1.X94A", Some("1.X94A")),
            ("http://127.0.0.1:8080/#embed-charts.1.X94A", Some("1.X94A")),
            ("https://example.org/h/", Some("https://example.org/h/")),
            ("{\"name\": \"#1\"}", None),
            ("{\"name\":\"a://b\"}", None),
            ("finals_game", None),
            ("1.5 2", None),
            ("24", None),
            ("", None),
        ] {
            assert_eq!(is_link(text), link.is_some(), "{text}");
            if let Some(link) = link {
                assert_eq!(payload(text), link);
            }
        }
    }

    #[test]
    fn a_text_is_read_as_what_it_is() {
        let words = Words::new(Lang::En);
        let default = Scenario::default();
        for text in [
            "{}",
            "\u{feff}{\"seed\":1}",
            "\u{feff}1.X94A",
            "1.X94A",
            "2.X94A",
            "3.X94A",
            "https://x.org/#1.X94A\n",
            "finals_game\n",
        ] {
            assert_eq!(parse(text, words).as_ref(), Ok(&default), "{text}");
        }
        for (text, message) in [
            ("https://x.org/", "This link holds no scenario"),
            ("1.X94", "This link is damaged"),
            ("4.X94A", "made by a newer Headroom (format 4)"),
            ("{\"headroom\": 7}", "made by a newer Headroom (format 7)"),
            ("no_such", "Line 1, column 2: This is not JSON"),
            ("{\"hour\": 1}", "There is no field “hour”"),
            ("{}\n{}\n", "are for simulate --ndjson."),
        ] {
            let fault = parse(text, words).unwrap_err();
            assert!(fault.message.contains(message), "{text}: {fault:?}");
        }
        for line in ["{\"hour\": 1}", "\u{feff}{\"hour\": \"a://b#\"}"] {
            let fault = parse_line(line, words).unwrap_err();
            assert!(fault.message.starts_with("There is no field"), "{fault:?}");
        }
    }
}
