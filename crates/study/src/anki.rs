//! Cards as a text that Anki imports: a line each, front, back and tags parted by tabs.
//!
//! Anki's manual, "Importing text files", has the headers and the quoting. The cards come worded.

use std::fmt::Write as _;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What is asked.
    pub front: String,
    /// What is to be known.
    pub back: String,
    /// Tags, without blanks between them.
    pub tags: Vec<String>,
}

/// Returns the cards as a text for Anki's import.
#[must_use]
pub fn tsv(cards: &[Card]) -> String {
    let mut text = "#separator:tab\n#html:false\n#tags column:3\n".to_owned();
    for Card { front, back, tags } in cards {
        let tags: Vec<String> = tags.iter().map(|tag| whole(tag)).collect();
        let fields = [front, back, &tags.join(" ")].map(|field| quoted(field));
        // Into a `String` nothing fails.
        let _ = writeln!(text, "{}", fields.join("\t"));
    }
    text
}

/// Returns a field in quotes, in which tabs, line ends and `#` stand for themselves.
fn quoted(field: &str) -> String {
    let field = field.replace("\r\n", "\n").replace('"', "\"\"");
    format!("\"{field}\"")
}

/// Returns a tag as one word.
fn whole(tag: &str) -> String {
    let words: Vec<&str> = tag.split_whitespace().collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn card(front: &str, back: &str, tags: &[&str]) -> Card {
        Card {
            front: front.to_owned(),
            back: back.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        }
    }

    /// Reads rows as Anki does (Rust's and Python's csv both): quotes around a field, doubled within it.
    fn rows(text: &str) -> Vec<Vec<String>> {
        let body: String = text.split_inclusive('\n').skip(3).collect();
        let mut rows = Vec::new();
        let (mut row, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut rest = body.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '"' if is_quoted && rest.peek() == Some(&'"') => {
                    field.push('"');
                    rest.next();
                }
                '"' => is_quoted = !is_quoted,
                '\t' if !is_quoted => row.push(std::mem::take(&mut field)),
                '\n' if !is_quoted => {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                c => field.push(c),
            }
        }
        rows
    }

    #[test]
    fn cards_are_written_as_anki_reads_them() {
        let cards = [
            card(
                "cooldown",
                "What a \"cooldown\"\tblocks:\r\n- scaling out",
                &["headroom", "term"],
            ),
            card("#1 <b>", "휴지 기간", &["SageMaker  endpoints"]),
        ];
        assert_eq!(
            tsv(&cards),
            "#separator:tab\n#html:false\n#tags column:3\n\
             \"cooldown\"\t\"What a \"\"cooldown\"\"\tblocks:\n- scaling out\"\t\"headroom term\"\n\
             \"#1 <b>\"\t\"휴지 기간\"\t\"SageMaker_endpoints\"\n"
        );
    }

    proptest! {
        #[test]
        fn whatever_stands_on_a_card_comes_back(front in "[a\"\t\n#휴]{0,12}", back in "[a\"\t\n#휴]{0,12}", tag in "[a\" \t]{0,8}") {
            let read = rows(&tsv(&[card(&front, &back, &["x", &tag])]));
            prop_assert_eq!(read.len(), 1);
            let [row] = read.as_slice() else { unreachable!() };
            prop_assert_eq!(&row[..2], &[front, back][..]);
            prop_assert!(row[2].split(' ').count() <= 2);
        }
    }
}
