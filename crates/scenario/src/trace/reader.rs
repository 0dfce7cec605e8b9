//! Reads a trace from CSV as it comes in, chunk by chunk: no row is lost, none is guessed at, each bad one is named.

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::{
    BadReason, BadRow, Note, Trace, TraceProblem,
    assemble::{Rows, assemble},
    cell::{Times, number},
    sniff::{Format, comma_is_decimal, sniff},
};
use crate::time::Zone;

/// Most bytes of a file.
pub const MOST_BYTES: u64 = 50 << 20;
/// Most rows of a file.
pub const MOST_ROWS: u64 = 5_000_000;
/// Bad rows, and notes, that are kept in full.
pub(super) const KEPT: usize = 1000;
/// Bytes that are looked at to recognise the format.
pub(super) const HEAD: usize = 64 << 10;

/// How to read a file, as far as the person chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Zone of times that say none, and of the scenario.
    pub zone: Zone,
    /// Index of the time column; absent: found by content and name.
    pub time_column: Option<usize>,
    /// Index of the column of counts or rates; absent: found by content and name.
    pub value_column: Option<usize>,
    /// What the values are; absent: what the column's name says, or counts.
    pub kind: Option<ValueKind>,
    /// What to put where rows are missing.
    pub gaps: Gaps,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Requests since the row before.
    Count,
    /// Requests per second.
    PerSecond,
    /// Requests per minute.
    PerMinute,
    /// Requests per hour.
    PerHour,
}

/// What to put where rows are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Gaps {
    /// No requests.
    #[default]
    Zero,
    /// As many as in the step before.
    Previous,
    /// A line from the step before to the step after.
    Interpolate,
}

impl Options {
    /// Everything to be found in the file, gaps to be filled with zero.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            time_column: None,
            value_column: None,
            kind: None,
            gaps: Gaps::default(),
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The trace.
    pub trace: Trace,
    /// What the file was taken to be, and what is odd about it.
    pub notes: Vec<Note>,
    /// Rows that could not be used, the first thousand in full.
    pub rejected: Vec<BadRow>,
    /// How many rows could not be used.
    pub rejected_count: u64,
    /// Rows in all, without a header and empty lines.
    pub rows: u64,
}

/// Reads a file that comes in chunks: [`Reader::push`] them all, then [`Reader::finish`].
pub struct Reader {
    options: Options,
    bytes: u64,
    head: Vec<u8>,
    body: Option<Body>,
    problem: Option<TraceProblem>,
}

impl Reader {
    /// A reader of one file.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            bytes: 0,
            head: Vec::new(),
            body: None,
            problem: None,
        }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
        if self.bytes > MOST_BYTES {
            self.problem.get_or_insert(TraceProblem::TooLarge);
        }
        if self.problem.is_some() {
            return;
        }
        match &mut self.body {
            Some(body) => self.problem = body.read(chunk).err(),
            None => {
                self.head.extend_from_slice(chunk);
                if self.head.len() >= HEAD {
                    self.begin();
                }
            }
        }
    }

    /// Rows seen so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.body.as_ref().map_or(0, |body| body.rows.seen)
    }

    /// The trace, once the whole file was pushed.
    ///
    /// # Errors
    /// Why the file is no trace.
    pub fn finish(mut self) -> Result<Reading, Vec<TraceProblem>> {
        if self.body.is_none() && self.problem.is_none() {
            self.begin();
        }
        if let (None, Some(body)) = (&self.problem, &mut self.body) {
            self.problem = body.read(&[]).err();
        }
        match (self.problem, self.body) {
            (None, Some(body)) => {
                assemble(body.rows, &body.format, &self.options).map_err(|problem| vec![problem])
            }
            (problem, _) => Err(vec![problem.unwrap_or(TraceProblem::Empty)]),
        }
    }

    /// Recognises the format and reads what has come so far.
    fn begin(&mut self) {
        let head = std::mem::take(&mut self.head);
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        match sniff(text.get(..HEAD).unwrap_or(text), &self.options) {
            Ok(format) => {
                let mut body = Body::new(format, self.options.zone.clone());
                self.problem = body.read(text).err();
                self.body = Some(body);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// The row that is being read: its cells one behind the other, and where each ends.
struct Cells {
    output: Vec<u8>,
    ends: Vec<usize>,
    written: usize,
    count: usize,
}

impl Cells {
    /// A cell of the row; empty where the row has none.
    fn get(&self, column: usize) -> &[u8] {
        if column >= self.count {
            return &[];
        }
        let end = |column: usize| self.ends.get(column).copied().unwrap_or(0);
        let start = column.checked_sub(1).map_or(0, end);
        self.output.get(start..end(column)).unwrap_or_default()
    }
}

/// The rows of a file whose format is known.
struct Body {
    format: Format,
    csv: csv_core::Reader,
    cells: Cells,
    header_to_skip: bool,
    times: Times,
    zone: Zone,
    /// Stretch of wall clock, and its offset, within which no change of the clock is near.
    calm: (i64, i64, i64),
    decimal_mark: Option<u8>,
    rows: Rows,
}

impl Body {
    fn new(format: Format, zone: Zone) -> Self {
        Self {
            csv: ReaderBuilder::new().delimiter(format.delimiter).build(),
            cells: Cells {
                output: vec![0; HEAD],
                ends: vec![0; 256],
                written: 0,
                count: 0,
            },
            header_to_skip: format.header,
            times: Times::default(),
            zone,
            calm: (0, 0, 0),
            decimal_mark: None,
            rows: Rows::default(),
            format,
        }
    }

    /// Reads a chunk; an empty one ends the file.
    fn read(&mut self, chunk: &[u8]) -> Result<(), TraceProblem> {
        let mut rest = chunk;
        loop {
            let (result, read, written, cells) = self.csv.read_record(
                rest,
                (self.cells.output.get_mut(self.cells.written..)).unwrap_or_default(),
                (self.cells.ends.get_mut(self.cells.count..)).unwrap_or_default(),
            );
            let ended_line = read
                .checked_sub(1)
                .and_then(|last| rest.get(last))
                .is_some_and(|byte| *byte == b'\n');
            rest = rest.get(read..).unwrap_or_default();
            self.cells.written += written;
            self.cells.count += cells;
            match result {
                ReadRecordResult::Record => {
                    let line = self.csv.line() - u64::from(ended_line);
                    self.row(line)?;
                    (self.cells.written, self.cells.count) = (0, 0);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(()),
                ReadRecordResult::OutputFull => {
                    let breaks = self
                        .cells
                        .output
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count();
                    return Err(TraceProblem::OpenQuote {
                        line: self.csv.line().saturating_sub(breaks as u64),
                    });
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(TraceProblem::TooManyColumns {
                        line: self.csv.line(),
                    });
                }
            }
        }
    }

    fn row(&mut self, line: u64) -> Result<(), TraceProblem> {
        if std::mem::take(&mut self.header_to_skip) {
            return Ok(());
        }
        if self.rows.seen == MOST_ROWS {
            return Err(TraceProblem::TooManyRows);
        }
        self.rows.seen += 1;
        let (time_column, value_column) = (self.format.time_column, self.format.value_column);
        let time = match self.times.read(self.cells.get(time_column)) {
            Ok(time) => time,
            Err(reason) => {
                self.reject(line, time_column, reason);
                return Ok(());
            }
        };
        let mut mark = self.decimal_mark;
        let comma = comma_is_decimal(self.format.delimiter);
        let value = match number(self.cells.get(value_column), comma, &mut mark) {
            Ok(value) => value,
            Err(reason) => {
                self.reject(line, value_column, reason);
                return Ok(());
            }
        };
        self.decimal_mark = mark;
        if time.fraction && self.rows.fraction_line.is_none() {
            self.rows.fraction_line = Some(line);
        }
        let utc_s = if time.is_utc {
            time.seconds
        } else {
            self.utc_s(time.seconds)
        };
        self.rows.add(line, utc_s, value);
        Ok(())
    }

    /// The instant of a wall-clock time; asks the zone only near a change of the clock.
    fn utc_s(&mut self, local_s: i64) -> i64 {
        const NEAR: i64 = 2 * 86_400;
        let (from, until, offset) = self.calm;
        if (from..until).contains(&local_s) {
            return local_s - offset;
        }
        let utc_s = self.zone.utc_s(local_s);
        let (from, until, offset) = self.zone.span(utc_s);
        self.calm = (
            from.saturating_add(NEAR),
            until.saturating_sub(NEAR),
            i64::from(offset),
        );
        utc_s
    }

    fn reject(&mut self, line: u64, column: usize, reason: BadReason) {
        let cell = self.cells.get(column);
        let cell = cell.get(..400).unwrap_or(cell);
        let text = String::from_utf8_lossy(cell).chars().take(80).collect();
        self.rows.reject(BadRow { line, text, reason });
    }
}
