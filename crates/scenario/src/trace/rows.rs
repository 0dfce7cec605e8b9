//! From text to rows of cells, with the line of each; quotation marks as RFC 4180 has them.

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::TraceProblem;

/// Most columns of a row.
pub const MOST_COLUMNS: usize = 4096;
/// Longest row, bytes: beyond it a quotation mark was never closed.
const MOST_ROW_BYTES: usize = 1 << 18;

/// Goes through the rows of a text that is handed to it each time, so that it can pause.
pub(super) struct Rows {
    csv: csv_core::Reader,
    at: usize,
    /// Cells of the row, one behind the other, and where each ends.
    output: Vec<u8>,
    ends: Vec<usize>,
    ended: bool,
}

/// A row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Its line, from 1.
    pub line: u64,
    output: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// Returns how many cells it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns a cell; empty where the row has none.
    pub(super) fn get(&self, column: usize) -> &'a [u8] {
        let Some(end) = self.ends.get(column) else {
            return &[];
        };
        let start = column
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.output.get(start..*end).unwrap_or_default()
    }

    /// Returns all its cells.
    pub(super) fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).map(move |column| self.get(column))
    }

    /// Returns whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.output.trim_ascii().is_empty()
    }

    /// Returns whether it is a comment.
    pub(super) fn is_comment(&self) -> bool {
        let first = self.get(0).trim_ascii_start();
        first.starts_with(b"#") || first.starts_with(b"//")
    }

    /// Returns how many cells it has, without empty ones at its end.
    pub(super) fn filled(&self) -> usize {
        let empty = |column: &usize| self.get(*column).trim_ascii().is_empty();
        (0..self.len())
            .rev()
            .take_while(empty)
            .count()
            .abs_diff(self.len())
    }
}

impl Rows {
    /// Returns a reader from byte `at` of the text on, which begins line `line`.
    pub(super) fn new(separator: u8, at: usize, line: u64) -> Self {
        let mut csv = ReaderBuilder::new().delimiter(separator).build();
        csv.set_line(line);
        Self {
            csv,
            at,
            output: vec![0; 1 << 12],
            ends: vec![0; 64],
            ended: false,
        }
    }

    /// Returns how many bytes were read.
    pub(super) fn byte_offset(&self) -> usize {
        self.at
    }

    /// Reads to the end of a row that has too many cells, and returns how many more it has.
    fn more_cells(&mut self, text: &[u8]) -> usize {
        let mut more = 0;
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let (result, read, _, count) =
                self.csv.read_record(rest, &mut self.output, &mut self.ends);
            self.at += read;
            more += count;
            if matches!(result, ReadRecordResult::Record | ReadRecordResult::End) {
                return more;
            }
        }
    }

    /// Returns the next row; `None` at the end. Lines that are blank are passed over.
    pub(super) fn next<'a>(&'a mut self, text: &[u8]) -> Result<Option<Row<'a>>, TraceProblem> {
        let (mut written, mut count) = (0, 0);
        let first = self.csv.line();
        if self.ended {
            return Ok(None);
        }
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let (result, read, more_written, more_count) = self.csv.read_record(
                rest,
                self.output.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(count..).unwrap_or_default(),
            );
            let ended_line = read
                .checked_sub(1)
                .and_then(|last| rest.get(last))
                .is_some_and(|byte| *byte == b'\n');
            self.at += read;
            written += more_written;
            count += more_count;
            match result {
                ReadRecordResult::Record => {
                    return Ok(Some(Row {
                        line: self.csv.line() - u64::from(ended_line),
                        output: self.output.get(..written).unwrap_or_default(),
                        ends: self.ends.get(..count).unwrap_or_default(),
                    }));
                }
                // All of the text is there: the next call, with nothing left, ends the last row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => {
                    self.ended = true;
                    return Ok(None);
                }
                ReadRecordResult::OutputFull if self.output.len() < MOST_ROW_BYTES => {
                    self.output.resize(self.output.len() * 4, 0);
                }
                ReadRecordResult::OutputFull => {
                    return Err(TraceProblem::OpenQuote { line: first });
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_COLUMNS => {
                    self.ends.resize(self.ends.len() * 4, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    let columns = count + self.more_cells(text);
                    return Err(TraceProblem::TooManyColumns {
                        line: first,
                        columns,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(b',', 0, 1);
        let mut found = Vec::new();
        while let Some(row) = rows.next(text.as_bytes()).unwrap() {
            let cells = row
                .cells()
                .map(|cell| String::from_utf8_lossy(cell).into_owned());
            found.push((row.line, cells.collect()));
        }
        found
    }

    #[test]
    fn rows_have_their_lines() {
        let found = all("a,b\r\n\n1,\"x\ny\"\n,\n\"q\"\"\",5");
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 4, 5, 6]);
        assert_eq!(found[1].1, ["1", "x\ny"]);
        assert_eq!(found[3].1, ["q\"", "5"]);
        assert_eq!(all("").len(), 0);
    }

    #[test]
    fn wide_and_long_rows_are_read_up_to_a_limit() {
        assert_eq!(all(&"1,".repeat(1999)).first().unwrap().1.len(), 2000);
        let mut rows = Rows::new(b',', 0, 1);
        let wide = format!("a,b\n{}", "1,".repeat(5000));
        rows.next(wide.as_bytes()).unwrap();
        let problem = rows.next(wide.as_bytes()).err();
        assert_eq!(
            problem,
            Some(TraceProblem::TooManyColumns {
                line: 2,
                columns: 5001
            })
        );
        let mut rows = Rows::new(b',', 0, 1);
        let open = format!("a,b\n1,\"{}", "x,y\n".repeat(100_000));
        rows.next(open.as_bytes()).unwrap();
        let problem = rows.next(open.as_bytes()).err();
        assert_eq!(problem, Some(TraceProblem::OpenQuote { line: 2 }));
    }
}
