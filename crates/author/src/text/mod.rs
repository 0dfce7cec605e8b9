//! A text of the content: Markdown to a title and sections of blocks, and every name that it mentions with its line.
//!
//! Only what a page can show passes: no HTML, no images, no links out of the content, no digit in prose.

mod digits;
mod doubled;
mod korean;
mod reader;

use study::{
    text::{Block, Inline, Line, Marked},
    unit::Unit,
};

use crate::fault::Place;

pub use korean::fits;
pub use reader::read;

/// What a text mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `{{name}}`.
    Value,
    /// `{{now.name}}`.
    Now,
    /// `{{default.name}}`.
    Default,
    /// `[[id]]` or `[text](term:id)`.
    Term,
    /// `[text](moment:fact)`.
    Moment,
    /// `[text](lesson:id)`.
    Lesson,
    /// `[text](source:id)`.
    Source,
    /// `` `when claim` `` at the beginning of a paragraph.
    When,
}

impl Kind {
    /// Returns how a text writes a mention of this kind.
    #[must_use]
    pub fn written(self, name: &str) -> String {
        match self {
            Self::Value => format!("{{{{{name}}}}}"),
            Self::Now => format!("{{{{now.{name}}}}}"),
            Self::Default => format!("{{{{default.{name}}}}}"),
            Self::Term => format!("[[{name}]]"),
            Self::Moment => format!("(moment:{name})"),
            Self::Lesson => format!("(lesson:{name})"),
            Self::Source => format!("(source:{name})"),
            Self::When => format!("`when {name}`"),
        }
    }
}

/// A name that a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it is a name of.
    pub kind: Kind,
    /// The name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// The Korean particle that follows it.
    pub particle: Option<&'static str>,
    /// The units whose words stand beside it already.
    pub written: Vec<Unit>,
}

/// A whole text.
#[derive(Clone, Debug)]
pub struct Outline {
    /// What stands behind `#`.
    pub title: Line,
    /// Where that is.
    pub place: Place,
    /// What stands behind each `##` and `###`, in order.
    pub sections: Vec<Section>,
}

/// What stands under a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// Whether it stands behind `###`: a part of the one before.
    pub is_part: bool,
    /// The heading.
    pub heading: Line,
    /// Where that is.
    pub place: Place,
    /// Paragraphs, lists and so on, in order.
    pub pieces: Vec<Piece>,
    /// What it mentions.
    pub mentions: Vec<Mention>,
}

/// A block, and where it is.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The block.
    pub block: Block,
    /// Where it begins.
    pub place: Place,
    /// Of a list: where each item begins.
    pub items: Vec<Place>,
}

/// An item of a list that begins with an id in code.
#[derive(Clone, Debug)]
pub struct Item {
    /// The id.
    pub id: String,
    /// What follows, up to ` :: `.
    pub text: Line,
    /// What stands behind ` :: `.
    pub reason: Option<Line>,
    /// Where it is.
    pub place: Place,
}

impl Section {
    /// Returns the heading as plain text.
    #[must_use]
    pub fn name(&self) -> String {
        plain(&self.heading)
    }

    /// Returns the id that the heading begins with, in code, and the name behind it.
    #[must_use]
    pub fn id_and_name(&self) -> Option<(String, Line)> {
        id_and_rest(&self.heading)
    }

    /// Returns its blocks but for lists of items with ids, and those items.
    #[must_use]
    pub fn blocks_and_items(&self) -> (Vec<Block>, Vec<Item>) {
        let (mut blocks, mut items) = (Vec::new(), Vec::new());
        for piece in &self.pieces {
            match items_of(piece) {
                Some(found) => items.extend(found),
                None => blocks.push(piece.block.clone()),
            }
        }
        (blocks, items)
    }

    /// Returns its blocks before the list of items with ids, those items, and the blocks behind.
    #[must_use]
    pub fn parts(&self) -> (Vec<Block>, Vec<Item>, Vec<Block>) {
        let (mut before, mut items, mut behind) = (Vec::new(), Vec::new(), Vec::new());
        for piece in &self.pieces {
            match items_of(piece) {
                Some(found) => items.extend(found),
                None if items.is_empty() => before.push(piece.block.clone()),
                None => behind.push(piece.block.clone()),
            }
        }
        (before, items, behind)
    }
}

/// Returns the items of a list all of whose items begin with an id.
fn items_of(piece: &Piece) -> Option<Vec<Item>> {
    let Block::List(lines) = &piece.block else {
        return None;
    };
    let items = lines.iter().zip(&piece.items).map(|(line, place)| {
        let (id, rest) = id_and_rest(line)?;
        let (text, reason) = without_reason(rest);
        Some(Item {
            id,
            text,
            reason,
            place: place.clone(),
        })
    });
    items.collect()
}

fn id_and_rest(line: &[Inline]) -> Option<(String, Line)> {
    let (Inline::Marked(Marked::Code(id)), rest) = line.split_first()? else {
        return None;
    };
    let is_id = !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    is_id.then(|| (id.clone(), trimmed(rest.to_vec())))
}

/// Returns what stands before ` :: ` and what stands behind it.
fn without_reason(line: Line) -> (Line, Option<Line>) {
    let found = line
        .iter()
        .enumerate()
        .find_map(|(index, inline)| match inline {
            Inline::Text(text) => text.find("::").map(|at| (index, at)),
            Inline::Marked(_) => None,
        });
    let Some((index, at)) = found else {
        return (line, None);
    };
    let mut text = line;
    let mut reason = text.split_off(index);
    if let Some(Inline::Text(piece)) = reason.first_mut() {
        let behind = piece.split_off(at);
        text.push(Inline::Text(std::mem::replace(
            piece,
            behind.replacen("::", "", 1),
        )));
    }
    (trimmed(text), Some(trimmed(reason)))
}

/// Returns a line without blanks at its ends.
fn trimmed(mut line: Line) -> Line {
    if let Some(Inline::Text(text)) = line.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = line.last_mut() {
        *text = text.trim_end().to_owned();
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    line
}

/// Returns a line as plain text, with the names of values in braces.
#[must_use]
pub fn plain(line: &[Inline]) -> String {
    study::text::plain(line, &mut |value| match value {
        Marked::Value(name) => format!("{{{{{name}}}}}"),
        Marked::Now(name) => format!("{{{{now.{name}}}}}"),
        _ => String::new(),
    })
}
