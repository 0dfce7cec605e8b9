//! A command's words, as a shell takes it apart: a POSIX shell, PowerShell or the command prompt of Windows. On the lines that a command
//! goes on to, a terminal shows a prompt, which is no part of it.

/// Most bytes of a command: what a shell takes is longer, what a person types is not.
const MOST_COMMAND: usize = 100_000;
/// Most words of a command.
pub(super) const MOST_WORDS: usize = 400;

/// What shells show before a line that a command goes on to.
const PROMPTS: [&str; 3] = ["> ", ">> ", "More? "];

/// Returns the words of a command up to its end, and how many bytes that takes.
pub(super) fn shell_words(text: &str) -> (Vec<String>, usize) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if at > MOST_COMMAND || words.len() > MOST_WORDS {
            return (words, at);
        }
        let mut goes_on = false;
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') if line_ends(text, at + 1) == 0 => {
                let escaped = letters.next().map(|(_, escaped)| escaped);
                word.get_or_insert_default().extend(escaped);
            }
            (None, '\\' | '`' | '^') | (Some('"'), '\\') if line_ends(text, at + 1) > 0 => {
                letters.nth(line_ends(text, at + 1) - 1);
                goes_on = true;
            }
            (None, '\n' | '|' | ';' | '>') => {
                words.extend(word);
                return (words, at);
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => {
                word.get_or_insert_default().push(letter);
                goes_on = letter == '\n';
            }
        }
        if goes_on {
            let from = letters.peek().map_or(text.len(), |(at, _)| *at);
            let line = text.get(from..).unwrap_or_default();
            let prompt = PROMPTS.iter().find(|it| line.starts_with(**it));
            for _ in 0..prompt.map_or(0, |it| it.len()) {
                letters.next();
            }
        }
    }
    words.extend(word);
    (words, text.len())
}

/// Returns how many bytes the end of a line takes at a byte; 0: there is none.
fn line_ends(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let ends = ["\r\n", "\n", "\r"];
    let end = ends.iter().find(|it| rest.starts_with(**it));
    end.map_or(0, |it| it.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_taken_apart_as_its_shell_does() {
        for (text, words, rest) in [
            ("a  b\tc\nd", &["a", "b", "c"][..], "\nd"),
            ("a 'b  c' \"d 'e'\" | f", &["a", "b  c", "d 'e'"], "| f"),
            ("a \\\n  b", &["a", "b"], ""),
            ("a \\\r\n> b\n", &["a", "b"], "\n"),
            ("a `\r\n>> b", &["a", "b"], ""),
            ("a ^\r\nMore? b", &["a", "b"], ""),
            ("a `b` ^c", &["a", "`b`", "^c"], ""),
            ("a '[\n> 1,\n> 2]' b", &["a", "[\n1,\n2]", "b"], ""),
            ("a \"{\\\"b\\\": 1}\"", &["a", "{\"b\": 1}"], ""),
            ("a '' b > c", &["a", "", "b"], "> c"),
            ("a\\ b\\", &["a b"], ""),
            ("'a", &["a"], ""),
            ("", &[], ""),
        ] {
            let (found, length) = shell_words(text);
            assert_eq!(found, words, "{text}");
            assert_eq!(text.get(length..), Some(rest), "{text}");
        }
        let long = "a ".repeat(MOST_COMMAND);
        assert!(shell_words(&long).0.len() <= MOST_WORDS + 1);
    }
}
