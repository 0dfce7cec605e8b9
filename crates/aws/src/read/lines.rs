//! From a byte of a text to its line and column, in constant time however long a line is.

use crate::node::Place;

/// Bytes from one counted place to the next.
const BLOCK: usize = 256;

/// Where the lines of a text begin, and how many characters stand before each block of it.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    file: u16,
    begins: Vec<usize>,
    characters: Vec<u32>,
}

impl<'a> Lines<'a> {
    /// Looks through a text once.
    #[must_use]
    pub fn of(text: &'a str, file: u16) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let begins = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        let mut before = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            let so_far = before.last().copied().unwrap_or_default();
            before.push(so_far + characters(block));
        }
        Self {
            text,
            file,
            begins: begins.collect(),
            characters: before,
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
        let line = self.begins.partition_point(|begin| *begin <= offset);
        let begin = line.checked_sub(1).and_then(|at| self.begins.get(at));
        let column =
            self.characters_before(offset) - begin.map_or(0, |at| self.characters_before(*at));
        Place {
            file: self.file,
            line: line as u32,
            column: column + 1,
        }
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
        let lines = Lines::of(&text, 1);
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let place = lines.place(offset);
            assert_eq!(
                (place.line as usize, place.column as usize),
                (line, column),
                "{offset}"
            );
        }
    }
}
