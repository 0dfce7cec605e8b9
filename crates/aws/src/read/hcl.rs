//! HCL, the language of Terraform's files, by hcl-edit. A file stays a tree of blocks and expressions: what an expression comes to
//! depends on other files.

use std::ops::Range;

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
    text: &'a str,
    lines: Lines<'a>,
}

/// Reads a file. `text` is without a byte order mark.
///
/// # Errors
/// Why it is none, with its place.
pub fn read(text: &str, file: u16) -> Result<File<'_>, Finding> {
    let failed = |at, kind| Finding {
        at,
        path: String::new(),
        kind,
    };
    if text.len() > MOST_BYTES {
        let kind = FindingKind::TooLarge { most: MOST_BYTES };
        return Err(failed(Place::whole(file), kind));
    }
    let lines = Lines::of(text, file);
    let body = parser::parse_body(text).map_err(|error| {
        let at = lines.place(error.location().offset());
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
        failed(at, kind)
    })?;
    Ok(File { body, text, lines })
}

impl File<'_> {
    /// Returns where a piece of it stands; nowhere in particular: it does not say.
    #[must_use]
    pub fn place(&self, span: Option<Range<usize>>) -> Place {
        self.lines.place(span.map_or(0, |span| span.start))
    }

    /// Returns a piece of it as it is written.
    #[must_use]
    pub fn written(&self, span: Option<Range<usize>>) -> &str {
        let text = span.and_then(|span| self.text.get(span));
        text.unwrap_or_default().trim()
    }
}
