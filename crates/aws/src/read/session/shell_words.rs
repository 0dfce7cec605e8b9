//! A command's words, as a shell takes it apart.

/// Most bytes of a command: what a shell takes is longer, what a person types is not.
const MOST_COMMAND: usize = 100_000;
/// Most words of a command.
pub(super) const MOST_WORDS: usize = 400;

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
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => match letters.next() {
                Some((_, '\n')) | None => {}
                Some((_, '\r')) => {
                    letters.next_if(|(_, next)| *next == '\n');
                }
                Some((_, escaped)) => word.get_or_insert_default().push(escaped),
            },
            (None, '\n' | '|' | ';' | '>') => {
                words.extend(word);
                return (words, at);
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (words, text.len())
}
