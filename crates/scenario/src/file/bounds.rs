//! How much there is in a JSON text, found before any of it is read: bytes, entries of lists, characters of texts, depth; and
//! the path to the place at which a parser stopped.
//!
//! One pass over the bytes, without memory of its own. It knows JSON's signs, not its grammar: what is no JSON is left to
//! the parser, which then stops where it is wrong. Recordings are what a file may have much of; they are only measured.

use std::ops::Range;

use super::{FileError, FileErrorKind, Syntax, reason};
use crate::limits::{
    DEEPEST, LISTS, MOST_BYTES, MOST_BYTES_WITHOUT_RECORDINGS, MOST_CHARACTERS, MOST_ENTRIES,
};

/// The field that holds a recording.
const RECORDING: &str = "counts";

/// Where the recordings of a text are: the values of its `counts`, in order.
///
/// # Errors
/// What there is more of than a scenario can have, and where.
pub(super) fn recordings(text: &str) -> Result<Vec<Range<usize>>, FileError> {
    if text.len() > MOST_BYTES {
        return Err(too_large());
    }
    let mut scan = Scan::new(text, usize::MAX);
    scan.run()?;
    let recorded: usize = scan.found.iter().map(Range::len).sum();
    if text.len() - recorded > MOST_BYTES_WITHOUT_RECORDINGS {
        return Err(too_large());
    }
    Ok(scan.found)
}

/// Returns the path of what ends at a place in a text, or of the list or object that begins or ends there: where a parser stopped.
pub(super) fn path_at(text: &str, line: usize, column: usize) -> String {
    // What the scan finds too much of was found before anything was parsed.
    Scan::new(text, offset(text, line, column))
        .run()
        .unwrap_or_default()
}

/// Returns how many bytes of a text are before a place that the parser tells by line and column.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines_before = text.split_inclusive('\n').take(line.saturating_sub(1));
    lines_before.map(str::len).sum::<usize>() + column
}

/// What is said of a file that is not even read.
#[must_use]
pub fn too_large() -> FileError {
    FileError {
        line: 0,
        column: 0,
        kind: FileErrorKind::TooLarge,
    }
}

/// The same text with one step in place of each recording.
pub(super) fn without(text: &str, recordings: &[Range<usize>]) -> String {
    let mut light = String::new();
    let mut from = 0;
    for recording in recordings {
        light.push_str(text.get(from..recording.start).unwrap_or_default());
        light.push_str("[0]");
        from = recording.end;
    }
    light.push_str(text.get(from..).unwrap_or_default());
    light
}

/// Line and column in a text of what has these in the one without its recordings.
pub(super) fn place(
    text: &str,
    recordings: &[Range<usize>],
    light: &str,
    (line, column): (usize, usize),
) -> (usize, usize) {
    let mut at = offset(light, line, column);
    for recording in recordings {
        if at > recording.start {
            at += recording.len().saturating_sub("[0]".len());
        }
    }
    let whole = |at: &usize| text.is_char_boundary(*at);
    let at = (0..=at.min(text.len())).rev().find(whole).unwrap_or(0);
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.len() - line_start)
}

/// A list or an object that is not closed yet.
struct Open<'a> {
    /// The field that it is the value of; empty in a list.
    key: &'a str,
    /// Its place in the list that it is in.
    index: Option<u32>,
    /// Of a list: how many values began.
    entries: Option<u32>,
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// What ends at or behind this place is the last that is looked at.
    until: usize,
    open: Vec<Open<'a>>,
    /// The text read last: a field's name, where a colon follows.
    key: &'a str,
    found: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, until: usize) -> Self {
        Self {
            text,
            at: 0,
            until,
            open: Vec::new(),
            key: "",
            found: Vec::new(),
        }
    }

    /// Goes through the text. Returns the path of what is the last that is looked at; nothing where the text ends before.
    fn run(&mut self) -> Result<String, FileError> {
        let bytes = self.text.as_bytes();
        // The field whose value comes next.
        let mut field: Option<&'a str> = None;
        // Whether an object has begun and nothing in it.
        let mut is_begun = false;
        while let Some(byte) = bytes.get(self.at) {
            // The field, and its place in a list, of what is passed over now.
            let mut passed = (None, None);
            is_begun = is_begun && byte.is_ascii_whitespace();
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                    self.at += 1;
                    if !is_begun {
                        continue;
                    }
                }
                b':' => {
                    self.at += 1;
                    passed.0 = Some(self.key);
                    let is_over = self.key == RECORDING && self.recording();
                    field = (!is_over).then_some(self.key);
                }
                b'}' | b']' => {
                    self.at += 1;
                    if self.at < self.until {
                        self.open.pop();
                    }
                }
                b'{' | b'[' => {
                    let index = self.begin()?;
                    if self.open.len() == DEEPEST {
                        return Err(self.error(FileErrorKind::Syntax(Syntax::TooDeep)));
                    }
                    self.open.push(Open {
                        key: field.take().unwrap_or_default(),
                        index,
                        entries: (*byte == b'[').then_some(0),
                    });
                    self.at += 1;
                    is_begun = *byte == b'{';
                    // Who stopped right behind a bracket looked at the first entry.
                    if *byte == b'[' && self.at == self.until {
                        continue;
                    }
                }
                b'"' => {
                    // In an object it is a field's name unless one came before it.
                    let in_object = self.open.last().is_some_and(|it| it.entries.is_none());
                    let is_name = field.is_none() && in_object;
                    if !is_name {
                        passed.1 = self.begin()?;
                    }
                    passed.0 = field.take();
                    self.text(passed.0)?;
                    if is_name {
                        passed.0 = Some(self.key);
                    }
                }
                _ => {
                    passed = (field.take(), self.begin()?);
                    while bytes.get(self.at).is_some_and(|byte| is_of_value(*byte)) {
                        self.at += 1;
                    }
                }
            }
            if self.at >= self.until {
                return Ok(self.path(passed.0, passed.1));
            }
        }
        Ok(String::new())
    }

    /// The list that is being read, if it is one.
    fn list(&mut self) -> Option<&mut u32> {
        self.open.last_mut()?.entries.as_mut()
    }

    /// A value begins: in a list it is one more, and this is its place.
    fn begin(&mut self) -> Result<Option<u32>, FileError> {
        let Some(entries) = self.list() else {
            return Ok(None);
        };
        let index = *entries;
        *entries += 1;
        let key = self.open.last().map_or("", |list| list.key);
        let known = LISTS.iter().find(|(name, _)| *name == key);
        let max = known.map_or(MOST_ENTRIES, |(_, max)| *max);
        if index == max {
            let path = self.path(None, None);
            return Err(self.error(FileErrorKind::TooMany { path, max }));
        }
        Ok(Some(index))
    }

    /// Passes over a text, that of a field or a field's name; where it is too long, an error.
    fn text(&mut self, field: Option<&'a str>) -> Result<(), FileError> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        let mut characters = 0_u32;
        loop {
            match bytes.get(at) {
                // It is left to the parser that a text does not end.
                None | Some(b'"') => break,
                // What is escaped is one character; the digits of \u count, too: a name of 256 such letters fits.
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
            }
            // The bytes of a character behind its first are none of their own.
            let continues = bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
            characters += u32::from(!continues);
            if characters > MOST_CHARACTERS {
                let (path, max) = (self.path(field, None), MOST_CHARACTERS);
                return Err(self.error(FileErrorKind::TooLong { path, max }));
            }
        }
        self.key = self.text.get(start..at).unwrap_or_default();
        self.at = at + 1;
        Ok(())
    }

    /// Passes over the counts of a recording: a text, or a list of numbers. What else stands there is no recording.
    fn recording(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let rest = bytes.get(self.at..).unwrap_or_default();
        let start = self.at + rest.iter().take_while(blank).count();
        let inside = bytes.get(start + 1..).unwrap_or_default();
        let length = match bytes.get(start) {
            Some(b'"') => (inside.iter()).position(|byte| matches!(byte, b'"' | b'\\')),
            Some(b'[') => (inside.iter()).position(|byte| !is_of_numbers(*byte)),
            _ => None,
        };
        let end = length.map(|length| start + 1 + length);
        let closes = match bytes.get(start) {
            Some(b'"') => b'"',
            _ => b']',
        };
        let Some(end) = end.filter(|end| bytes.get(*end) == Some(&closes)) else {
            return false;
        };
        self.found.push(start..end + 1);
        self.at = end + 1;
        true
    }

    /// The path of the value that is being read: its own name, in an object; its place, in a list.
    fn path(&self, field: Option<&str>, index: Option<u32>) -> String {
        let mut path = String::new();
        let name = |path: &mut String, name: &str| {
            if !path.is_empty() && !name.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        };
        for open in &self.open {
            if let Some(index) = open.index {
                path.push_str(&format!("[{index}]"));
            }
            name(&mut path, open.key);
        }
        if let Some(index) = index {
            path.push_str(&format!("[{index}]"));
        }
        name(&mut path, field.unwrap_or_default());
        reason::shown(&path)
    }

    /// An error at the place that is being read.
    fn error(&self, kind: FileErrorKind) -> FileError {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        FileError {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: self.at - line_start + 1,
            kind,
        }
    }
}

/// Whether a byte goes on a number, or `true`, `false`, `null`.
fn is_of_value(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"'
    )
}

/// Whether a byte stands in a list of numbers.
fn is_of_numbers(byte: u8) -> bool {
    byte.is_ascii_digit()
        || matches!(
            byte,
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'.' | b'-' | b'+' | b'e' | b'E'
        )
}

#[cfg(test)]
mod tests;
