//! HCL, the language of Terraform's files, by hcl-edit. A file stays a tree of blocks and expressions: what an expression comes to
//! depends on other files.

use std::{borrow::Cow, ops::Range};

use hcl_edit::{parser, structure::Body};

use super::{MOST_BYTES, lines::Lines};
use crate::{
    fields::shortened,
    finding::{Finding, FindingKind},
    node::Place,
};

/// Most levels within each other that hcl-edit reads.
const DEEPEST: usize = 64;

/// A file in HCL.
#[derive(Debug)]
pub struct File<'a> {
    /// Its blocks and attributes.
    pub body: Body,
    text: Cow<'a, str>,
    places: Places<'a>,
}

/// Where pieces of a text stand.
#[derive(Debug)]
enum Places<'a> {
    /// There.
    Here(Lines<'a>),
    /// In a document that it was written from: where pieces begin in the text, in order, and where they stand.
    Elsewhere(Vec<(usize, Place)>, Place),
}

impl Places<'_> {
    fn place(&self, offset: usize) -> Place {
        match self {
            Self::Here(lines) => lines.place(offset),
            Self::Elsewhere(marks, whole) => {
                let next = marks.partition_point(|(begin, _)| *begin <= offset);
                let mark = next.checked_sub(1).and_then(|it| marks.get(it));
                mark.map_or(*whole, |(_, place)| *place)
            }
        }
    }
}

/// Reads a file. `text` is without a byte order mark.
///
/// # Errors
/// Why it is none, with its place.
pub fn read(text: &str, file: u16) -> Result<File<'_>, Finding> {
    if text.len() > MOST_BYTES {
        return Err(Finding {
            at: Place::whole(file),
            path: String::new(),
            kind: FindingKind::TooLarge { most: MOST_BYTES },
        });
    }
    let places = Places::Here(Lines::of(text, file));
    parsed(Cow::Borrowed(text), places)
}

/// Reads what was written from a document in another language. `marks`: where its pieces begin, in order, and where they stand in that
/// document; `whole`: where that begins.
///
/// # Errors
/// Why it cannot be read, with its place in the document.
pub(super) fn written_elsewhere(
    text: String,
    marks: Vec<(usize, Place)>,
    whole: Place,
) -> Result<File<'static>, Finding> {
    parsed(Cow::Owned(text), Places::Elsewhere(marks, whole))
}

fn parsed<'a>(text: Cow<'a, str>, places: Places<'a>) -> Result<File<'a>, Finding> {
    let body = parser::parse_body(&text).map_err(|error| {
        let reason = error.message();
        let kind = if reason.contains("unique attribute key") {
            FindingKind::RepeatedName
        } else if reason.contains("nesting depth") || reason.contains("chained") {
            FindingKind::TooDeep { most: DEEPEST }
        } else if error.location().offset() + 1 >= text.trim_end().len() {
            FindingKind::Truncated
        } else {
            FindingKind::Syntax {
                language: "HCL",
                reason: shortened(reason),
            }
        };
        Finding {
            at: places.place(error.location().offset()),
            path: String::new(),
            kind,
        }
    })?;
    Ok(File { body, text, places })
}

impl File<'_> {
    /// Returns where a piece of it stands; nowhere in particular: it does not say.
    #[must_use]
    pub fn place(&self, span: Option<Range<usize>>) -> Place {
        self.places.place(span.map_or(0, |span| span.start))
    }

    /// Returns a piece of it as it is written.
    #[must_use]
    pub fn written(&self, span: Option<Range<usize>>) -> &str {
        let text = span.and_then(|span| self.text.get(span));
        text.unwrap_or_default().trim()
    }
}
