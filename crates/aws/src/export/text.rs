//! Texts that people type, as the languages of exports take them: nothing of them can end what they stand in, break its line or
//! turn it round.

use std::fmt::Write as _;

use crate::{
    deployment::{Deployment, Part},
    import::BEFORE_LINK,
};

/// What a Python source begins with: one of two lines at the top may name another encoding, also a comment that holds a title.
pub(super) const CODING: &str = "# -*- coding: utf-8 -*-";

/// Returns a text as JSON has it, which is also a double-quoted text of YAML, Python and JavaScript: control characters, and what
/// ends lines or sets text in another direction, are escaped.
pub(super) fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    if !quoted.contains(is_acted_on) {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len() + 16);
    for letter in quoted.chars() {
        if is_acted_on(letter) {
            // All of them are of one unit of UTF-16.
            let _ = write!(escaped, "\\u{:04x}", u32::from(letter));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// Returns what stands between the quotation marks of a quoted text.
pub(super) fn inside(quoted: &str) -> &str {
    let inside = quoted.strip_prefix('"').unwrap_or(quoted);
    inside.strip_suffix('"').unwrap_or(inside)
}

/// Returns a text as it can stand in a comment: in one line, without control characters and what sets text in another direction.
pub(super) fn one_line(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\u{a0}' => ' ',
        letter if letter.is_control() || is_acted_on(letter) => ' ',
        letter => letter,
    };
    text.chars().map(plain).collect()
}

/// Whether an editor, a terminal or a parser takes a character for more than a letter, beyond those that JSON escapes.
fn is_acted_on(letter: char) -> bool {
    matches!(
        letter,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}'
    )
}

/// Returns the link as it is found again in any text; empty where there is none.
pub(super) fn linked(payload: &str) -> String {
    match payload {
        "" => String::new(),
        payload => [BEFORE_LINK, payload].concat(),
    }
}

/// Returns a text with what was filled in, or placeholders, in place of its parameters.
pub(crate) fn filled_in(parts: &[Part], deployment: &Deployment) -> String {
    let piece = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Parameter(parameter) => deployment.value(*parameter).to_owned(),
    };
    parts.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_what_it_stands_in() {
        for (text, in_quotes, in_comment) in [
            ("keep-600", "\"keep-600\"", "keep-600"),
            ("킥오프 🚀", "\"킥오프 🚀\"", "킥오프 🚀"),
            ("a\"b\\c", r#""a\"b\\c""#, "a\"b\\c"),
            ("a\nb\r\tc\0", r#""a\nb\r\tc\u0000""#, "a b  c "),
            ("a\u{2028}b\u{85}c", r#""a\u2028b\u0085c""#, "a b c"),
            ("a\u{202e}b\u{feff}", r#""a\u202eb\ufeff""#, "a b "),
            ("20\u{a0}RPS", "\"20\u{a0}RPS\"", "20 RPS"),
        ] {
            assert_eq!(quoted(text), in_quotes);
            assert_eq!(one_line(text), in_comment);
            assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        }
    }
}
