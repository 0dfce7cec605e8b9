//! From a byte of a text to its line and column, in constant time however long a line is.

use std::cell::Cell;

use crate::node::Place;

/// Bytes from one counted place to the next.
const BLOCK: usize = 256;
/// Lines after the last one that are looked at before all are.
const NEAR: usize = 8;

/// Where the lines of a text begin, and how many characters stand before each block of it.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    file: u16,
    begins: Vec<usize>,
    /// Characters before each block; none where every character is one byte.
    characters: Vec<u32>,
    /// The line that was found last, from 0: whoever reads a text from its beginning to its end asks of the same, or of one soon after.
    last: Cell<usize>,
}

impl<'a> Lines<'a> {
    /// Looks through a text once.
    #[must_use]
    pub fn of(text: &'a str, file: u16) -> Self {
        let mut begins = vec![0];
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                begins.push(at + 1);
            }
        }
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut so_far = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(so_far);
                so_far += characters(block);
            }
            before.push(so_far);
        }
        Self {
            text,
            file,
            begins,
            characters: before,
            last: Cell::new(0),
        }
    }

    /// Returns where a piece of the text begins.
    #[must_use]
    pub fn place_of(&self, piece: &str) -> Place {
        self.place(self.offset(piece))
    }

    /// Returns the byte at which a piece of the text begins.
    #[must_use]
    pub fn offset(&self, piece: &str) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// Returns where a byte stands.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let line = self.line(offset);
        let begin = self.begins.get(line).copied().unwrap_or_default();
        let column = match self.text.as_bytes().get(begin..offset) {
            _ if self.characters.is_empty() => offset.saturating_sub(begin) as u32,
            Some(before) if before.len() <= BLOCK => characters(before),
            _ => self.characters_before(offset) - self.characters_before(begin),
        };
        Place {
            file: self.file,
            line: line as u32 + 1,
            column: column + 1,
        }
    }

    /// Returns the line of a byte, from 0.
    fn line(&self, offset: usize) -> usize {
        let last = self.last.get();
        let near = self.begins.get(last..).unwrap_or_default();
        let is_before = |begin: &&usize| **begin <= offset;
        let line = match near.iter().take(NEAR).take_while(is_before).count() {
            // It stands before the last, or far behind it.
            0 | NEAR => self.begins.partition_point(|begin| *begin <= offset),
            ahead => last + ahead,
        };
        let line = line.saturating_sub(1);
        self.last.set(line);
        line
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let block = offset / BLOCK;
        let counted = self.characters.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..offset);
        counted + rest.map_or(0, characters)
    }
}

/// Counts the characters that begin in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(begins).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_characters() {
        let text = format!("{}\n한국어 {}x\n\ny", "é".repeat(300), "글".repeat(500));
        let plain = "x\n\n".repeat(300) + &"y".repeat(900);
        for text in [&text, &plain] {
            let lines = Lines::of(text, 1);
            let forwards = text.char_indices().map(|(offset, _)| offset);
            let offsets: Vec<usize> = forwards.collect();
            // On, back, and far on and back again.
            let ends = offsets.iter().zip(offsets.iter().rev());
            let far = ends.flat_map(|(one, other)| [one, other]);
            for offset in offsets.iter().chain(offsets.iter().rev()).chain(far) {
                let before = &text[..*offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                let place = lines.place(*offset);
                assert_eq!(
                    (place.line as usize, place.column as usize),
                    (line, column),
                    "{offset}"
                );
            }
        }
    }
}
