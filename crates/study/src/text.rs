//! Texts as a page builds them: blocks of inlines, without any mark-up left to read.
//!
//! The `author` crate makes them of Markdown and checks what they refer to; a page makes nodes of them, so that no text ever
//! becomes HTML.

use serde::{Deserialize, Serialize};

use crate::claim::Claim;

/// A stretch of text that stands by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph(Line),
    /// A list whose items have no order.
    #[serde(rename = "ul")]
    List(Vec<Line>),
    /// A list whose items follow one another.
    #[serde(rename = "ol")]
    Steps(Vec<Line>),
    /// Lines as they are typed: a command, a policy.
    #[serde(rename = "pre")]
    Code(String),
    /// A paragraph for runs of which a claim about the lesson's facts holds. One with a fact that a run does not have is left out
    /// of what is said of it, too.
    When(Claim, Line),
}

/// Inlines, one after another.
pub type Line = Vec<Inline>;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Inline {
    /// Text in the language of the page.
    Text(String),
    /// Anything else.
    Marked(Marked),
}

/// A piece of a line that is more than text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marked {
    /// English inside another language.
    #[serde(rename = "en")]
    English(String),
    /// What matters.
    #[serde(rename = "b")]
    Strong(Line),
    /// What is stressed.
    #[serde(rename = "i")]
    Emphasis(Line),
    /// A name or value as AWS spells it.
    #[serde(rename = "c")]
    Code(String),
    /// A fact by its name, of the lesson's own runs; or a number that a question has drawn.
    #[serde(rename = "v")]
    Value(String),
    /// The same fact of the run that the reader sees.
    #[serde(rename = "now")]
    Now(String),
    /// A term, and how this text words it.
    #[serde(rename = "t")]
    Term(String, Line),
    /// A sentence tied to a moment: the name of a fact that is one.
    #[serde(rename = "m")]
    Moment(String, Line),
    /// The way to another lesson.
    #[serde(rename = "l")]
    Lesson(String, Line),
    /// A source, by its id.
    #[serde(rename = "s")]
    Source(String, Line),
}

/// Returns a line's text alone, as `word` says each value.
pub fn plain(line: &[Inline], word: &mut impl FnMut(&Marked) -> String) -> String {
    let mut text = String::new();
    for inline in line {
        match inline {
            Inline::Text(piece) | Inline::Marked(Marked::English(piece) | Marked::Code(piece)) => {
                text.push_str(piece)
            }
            Inline::Marked(Marked::Strong(line) | Marked::Emphasis(line)) => {
                text.push_str(&plain(line, word));
            }
            Inline::Marked(
                Marked::Term(_, line)
                | Marked::Moment(_, line)
                | Marked::Lesson(_, line)
                | Marked::Source(_, line),
            ) => text.push_str(&plain(line, word)),
            Inline::Marked(value @ (Marked::Value(_) | Marked::Now(_))) => {
                text.push_str(&word(value));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_as_json_and_whole_as_text() {
        let line = vec![
            Inline::Text("At ".to_owned()),
            Inline::Marked(Marked::Moment(
                "decided".to_owned(),
                vec![Inline::Marked(Marked::Value("decided".to_owned()))],
            )),
            Inline::Text(", ".to_owned()),
            Inline::Marked(Marked::Strong(vec![Inline::Marked(Marked::Now(
                "failed".to_owned(),
            ))])),
            Inline::Marked(Marked::Code("OK".to_owned())),
        ];
        let json = serde_json::to_string(&line).unwrap();
        assert_eq!(
            json,
            r#"["At ",{"m":["decided",[{"v":"decided"}]]},", ",{"b":[{"now":"failed"}]},{"c":"OK"}]"#
        );
        assert_eq!(serde_json::from_str::<Line>(&json).unwrap(), line);
        let said = plain(&line, &mut |value| format!("<{value:?}>"));
        assert_eq!(said, "At <Value(\"decided\")>, <Now(\"failed\")>OK");
    }
}
