//! A plain table that was made of JSON, a log, or a table with a column for each time: tabs separate its cells.

use super::Shape;

/// A table that was made of something else.
#[derive(Debug)]
pub(super) struct Table {
    pub text: Vec<u8>,
    pub shape: Shape,
    /// The line, or the number of the item, of its first row, and how many of its rows belong to one.
    pub first_line: u64,
    pub rows_per_line: u64,
}

/// Writes a cell of such a table.
pub(super) fn write_cell(out: &mut Vec<u8>, cell: &[u8]) {
    if cell.iter().any(|byte| b"\t\n\r\"".contains(byte)) {
        out.push(b'"');
        for byte in cell {
            if *byte == b'"' {
                out.push(b'"');
            }
            // A line break would move the numbers of the lines behind it.
            out.push(if b"\n\r".contains(byte) { b' ' } else { *byte });
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(cell);
    }
}
