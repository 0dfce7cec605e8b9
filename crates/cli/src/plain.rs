//! What a terminal is shown of a text: text, whatever a scenario, a file or a command line holds.
//!
//! A terminal acts on control characters, and turns text round at others; here they are shown, not done. The program's own
//! colours and line feeds are added afterwards.

use std::borrow::Cow;

/// Returns a line of text as every terminal, `grep` and spreadsheet shows it: control characters as pictures (`␛`, `␊`), those
/// that turn text round as their numbers, and blanks for the page's no-break spaces.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{a0}' => shown.push(' '),
            // Unicode has a picture of each.
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(letter))),
            '\u{7f}' => shown.push('␡'),
            letter if is_acted_on(letter) => shown.extend(letter.escape_unicode()),
            letter => shown.push(letter),
        }
    }
    shown
}

/// Returns several lines of the program's own making, each as it is shown.
pub fn plain_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(plain).collect();
    lines.join("\n")
}

/// Returns a piece of a JSON text in which all characters that a terminal acts on are escaped; JSON's own rules escape the first 32.
pub fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(is_acted_on) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if is_acted_on(letter) {
            // All of them are of one unit of UTF-16.
            text.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            text.push(letter);
        }
    }
    Cow::Owned(text)
}

/// Returns whether a terminal acts on a character beyond the first 32, or sets text in another direction for it.
fn is_acted_on(letter: char) -> bool {
    matches!(
        letter,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_on_is_shown() {
        for (text, shown, json) in [
            (
                "plain · 한국어 🙂",
                "plain · 한국어 🙂",
                "plain · 한국어 🙂",
            ),
            ("12\u{a0}%", "12 %", "12\u{a0}%"),
            ("\u{1b}[31mred", "␛[31mred", r"\u001b[31mred"),
            ("bell\u{7}", "bell␇", r"bell\u0007"),
            ("a\r\nb\tc\0", "a␍␊b␉c␀", r"a\r\nb\tc\u0000"),
            ("\u{7f}", "␡", r"\u007f"),
            ("\u{9b}31m", r"\u{9b}31m", r"\u009b31m"),
            (
                "a\u{202e}b\u{2066}c",
                r"a\u{202e}b\u{2066}c",
                r"a\u202eb\u2066c",
            ),
            (
                "\u{2028}\u{200f}\u{61c}",
                r"\u{2028}\u{200f}\u{61c}",
                r"\u2028\u200f\u061c",
            ),
        ] {
            assert_eq!(plain(text), shown);
            let quoted = serde_json::to_string(text).unwrap();
            let quoted = escaped(&quoted);
            assert_eq!(quoted, format!("\"{json}\""));
            assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        }
        assert_eq!(plain_lines("a\u{1b}\n b"), "a␛\n b");
    }
}
