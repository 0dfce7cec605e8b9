//! Columns of text, aligned for a terminal: Korean letters are two columns wide.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::plain::plain;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Prints rows of cells, two blanks between columns and none at the end; a column without an alignment is left.
///
/// # Errors
/// If they cannot be written.
pub fn print(out: &mut impl Write, align: &[Align], rows: &[Vec<String>]) -> io::Result<()> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = plain(cell).width();
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let cell = plain(cell);
            let width = widths.get(column).copied().unwrap_or_default();
            let padding = " ".repeat(width.saturating_sub(cell.width()));
            line.push_str(if column == 0 { "" } else { "  " });
            match align.get(column) {
                Some(Align::Right) => line.extend([padding, cell]),
                Some(Align::Left) | None => line.extend([cell, padding]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [["a", "1", "x"], ["최소", "10", "y"], ["b", "", ""]]
            .map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        print(&mut out, &[Align::Left, Align::Right], &rows).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a      1  x\n최소  10  y\nb\n"
        );
    }
}
