//! From bytes to text: a file as it comes in, bounded while it does, and what kind of thing it is. JSON, logs
//! and tables with a column for each time become plain tables here, so that all that follows knows rows and columns only.

use std::sync::Arc;

use super::{
    TraceProblem,
    columns::{Column, columns},
    json,
    layout::Layout,
    log, wide,
};
use crate::text::decoded;

/// Most bytes of a file.
pub const MOST_BYTES: u64 = 50 << 20;
/// Most bytes of JSON, which takes more memory than rows.
pub const MOST_JSON_BYTES: usize = 16 << 20;

/// Takes a file that comes in chunks: [`SourceReader::push`] them all, then [`SourceReader::finish`].
#[derive(Debug, Default)]
pub struct SourceReader {
    bytes: Vec<u8>,
    too_large: bool,
}

/// A file that came in whole. Clones share it.
#[derive(Clone, Debug)]
pub struct Source(pub(super) Arc<Sheet>);

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The text of a file as a table, and how that is laid out.
#[derive(Debug)]
pub(super) struct Sheet {
    pub text: Vec<u8>,
    pub layout: Layout,
    pub utf8: bool,
}

impl SourceReader {
    /// Takes the next bytes of the file.
    pub fn push(&mut self, chunk: &[u8]) {
        if (self.bytes.len() + chunk.len()) as u64 > MOST_BYTES {
            self.too_large = true;
            self.bytes = Vec::new();
        }
        if !self.too_large {
            self.bytes.extend_from_slice(chunk);
        }
    }

    /// Returns whether nothing more needs to be pushed, since the file is too large.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.too_large
    }

    /// Returns the source, once all of the file was pushed.
    ///
    /// # Errors
    /// Why nothing of it can be read as a table.
    pub fn finish(self) -> Result<Source, TraceProblem> {
        if self.too_large {
            return Err(TraceProblem::TooLarge);
        }
        Source::of(self.bytes)
    }
}

impl Source {
    /// Returns the source of a whole file.
    ///
    /// # Errors
    /// Why nothing of it can be read as a table.
    pub fn of(bytes: Vec<u8>) -> Result<Self, TraceProblem> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(TraceProblem::TooLarge);
        }
        let decoded = decoded(bytes).map_err(|_| TraceProblem::NotText)?;
        let text = with_line_feeds(decoded.bytes);
        let start = text.trim_ascii_start();
        if start.is_empty() {
            return Err(TraceProblem::Empty);
        }
        let utf8 = !decoded.is_broken && std::str::from_utf8(&text).is_ok();
        let made = match start {
            [b'{' | b'[', ..] if json::is_meant(start) => Some(json::table(start)?),
            _ => log::table(&text),
        };
        let (text, layout) = match made {
            Some(table) => {
                let layout = Layout::of_table(&table)?;
                (table.text, layout)
            }
            None => {
                let layout = Layout::find(&text)?;
                match wide::table(&text, &layout)? {
                    Some(table) => {
                        let layout = Layout::of_table(&table)?;
                        (table.text, layout)
                    }
                    None => (text, layout),
                }
            }
        };
        Ok(Self(Arc::new(Sheet { text, layout, utf8 })))
    }
}

/// Returns whether JSON that is no scenario is meant as recorded traffic: a list, CloudWatch's answer, a monitoring system's.
#[must_use]
pub fn is_recording(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = text.chars().take(4096).collect();
    let keys = [
        "MetricDataResults",
        "Datapoints",
        "resultType",
        "Timestamps",
        "timestamp",
        "\"time\"",
    ];
    text.starts_with('[') || keys.iter().any(|key| head.contains(*key))
}

impl Source {
    /// Returns its columns, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        columns(&self.0.layout)
    }
}

/// Returns lines that end with a line feed: a lone carriage return ended them once.
fn with_line_feeds(mut text: Vec<u8>) -> Vec<u8> {
    let head = text.get(..1 << 16).unwrap_or(&text);
    if !head.contains(&b'\n') && head.contains(&b'\r') {
        for byte in &mut text {
            if *byte == b'\r' {
                *byte = b'\n';
            }
        }
    }
    text
}
