//! Texts within what is written: quoted so that nothing breaks out of its quotes, as a comment so that it stays one line, and the
//! link as it is found again.

use std::fmt::Write as _;

use crate::import::BEFORE_LINK;

/// Returns a text as JSON has it, which is a double-quoted text of YAML, Python and JavaScript, too. What ends a line anywhere,
/// cannot be seen or turns the direction of writing is escaped; other letters are as they are.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if is_hidden(letter) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a text that stays within its line, for a comment.
pub(super) fn one_line(text: &str) -> String {
    let seen = |letter| if is_hidden(letter) { ' ' } else { letter };
    text.chars().map(seen).collect()
}

/// Returns whether a letter is none to be seen: it controls something, or ends a line in one language or another.
const fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_is_json_of_one_line() {
        for text in [
            "",
            "rush",
            "\"\\\n\r\t\u{8}\u{0}",
            "킥오프 🚀",
            "\u{85}\u{2028}\u{2029}\u{feff}\u{7f}\u{ffff}\u{202e}",
            "''' ${x}%{y}`{{resolve:ssm:x}}",
        ] {
            let quoted = quoted(text);
            assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
            assert_eq!(one_line(&quoted), quoted, "{text:?}");
        }
    }
}
