//! A few words around what was found.

use std::ops::Range;

/// Part of a text, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The part; `…` stands for what is left out.
    pub text: String,
    /// The bytes of `text` that were found; empty where the match is elsewhere.
    pub found: Range<usize>,
}

/// Characters before and after what was found.
const BEFORE: usize = 32;
const AFTER: usize = 64;
/// Most characters of what was found that are shown.
const MOST_FOUND: usize = 100;

/// Returns what stands around some bytes of a text; an empty range: its beginning.
pub(super) fn around(text: &str, found: &Range<usize>) -> Snippet {
    let before = text.get(..found.start).unwrap_or_default();
    let inside = text.get(found.clone()).unwrap_or_default();
    let after = text.get(found.end..).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .nth(BEFORE)
        // From the next word on.
        .map_or(0, |(at, _)| {
            let rest = before.get(at..).unwrap_or_default();
            rest.find(char::is_whitespace)
                .map_or(at, |blank| at + blank)
        });
    let mut snippet = Snippet::default();
    if start > 0 {
        snippet.text.push('…');
    }
    push(&mut snippet.text, before.get(start..).unwrap_or_default());
    let begin = snippet.text.len();
    let shown = first(inside, MOST_FOUND);
    let is_cut = shown.len() < inside.len();
    push(&mut snippet.text, shown);
    snippet.found = begin..snippet.text.len();
    let shown = if is_cut { "" } else { first(after, AFTER) };
    let is_all = !is_cut && shown.len() == after.len();
    let whole = match shown.rfind(char::is_whitespace) {
        Some(blank) if !is_all => shown.get(..blank).unwrap_or_default(),
        _ => shown,
    };
    push(&mut snippet.text, whole);
    if !is_all {
        snippet.text.push('…');
    }
    snippet
}

fn first(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// Adds a text with a space for each blank, so that it stays in one line.
fn push(to: &mut String, text: &str) {
    to.extend(
        text.chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_stand_around_what_was_found() {
        let long = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                    seventeen eighteen nineteen twenty twenty-one";
        for (text, found, snippet) in [
            ("A cooldown\nblocks.", "cooldown", "A cooldown blocks."),
            ("cooldown", "cooldown", "cooldown"),
            ("", "", ""),
            (
                long,
                "nine",
                "… three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen…",
            ),
            (
                long,
                "",
                "One two three four five six seven eight nine ten eleven twelve…",
            ),
            (long, "twenty-one", "… eighteen nineteen twenty twenty-one"),
        ] {
            let at = text.find(found).unwrap();
            let told = around(text, &(at..at + found.len()));
            assert_eq!(told.text, snippet);
            assert_eq!(told.text.get(told.found), Some(found));
        }
        let korean = "휴지 기간이 지나기 전에는 ".repeat(20);
        let at = korean.rfind("지나기").unwrap();
        let told = around(&korean, &(at..at + "지나기".len()));
        assert_eq!(told.text.get(told.found), Some("지나기"));
        assert!(told.text.chars().count() < 120);
        let whole = "x".repeat(1_000);
        let told = around(&whole, &(0..1_000));
        assert_eq!(told.text.chars().count(), MOST_FOUND + 1);
    }
}
