//! What the reader of traces has to say: what it took a file to be, which rows it could not use, and why it gave up.

use super::{Gaps, ValueKind};

/// Something a person should know about how a file was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// What the file was taken to be.
    Format {
        /// `,`, `;` or a tab.
        delimiter: char,
        /// Whether its first line names the columns.
        header: bool,
        /// Name of the time column, or its number.
        time_column: String,
        /// Name of the column of counts or rates, or its number.
        value_column: String,
    },
    /// What the values were taken to be.
    Values {
        /// Counts, or rates of which unit.
        kind: ValueKind,
        /// Whether nothing in the file says so, and nobody chose it.
        assumed: bool,
    },
    /// Time between rows.
    Step {
        /// Seconds.
        step_s: u32,
    },
    /// A row is earlier than the one before it; rows were put in order.
    Disorder {
        /// Its line.
        line: u64,
    },
    /// Steps without a row.
    Gap {
        /// Line of the last row before.
        after_line: u64,
        /// How many steps.
        steps: u64,
        /// How they were filled.
        filled: Gaps,
    },
    /// A time has a fraction of a second, which was dropped, as of any others.
    FractionOfSecond {
        /// Line of the first.
        line: u64,
    },
    /// There were more notes than are kept.
    More {
        /// How many.
        count: u64,
    },
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The cell in question, at most 80 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: BadReason,
}

/// Why a row could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadReason {
    /// It has no cell in the time or value column, or an empty one.
    MissingCell,
    /// Not a time that is understood: ISO 8601, or Unix seconds or milliseconds.
    NotATime,
    /// A day or time that no calendar or clock shows.
    NoSuchTime,
    /// A date such as 03/04/2026, which is read differently in different countries.
    AmbiguousDate,
    /// A time of day without a date.
    NoDate,
    /// Not a number.
    NotANumber,
    /// Fewer than none.
    Negative,
    /// A number with separators between thousands.
    ThousandsSeparator,
    /// A decimal comma where other rows have a point, or the other way round.
    OtherDecimalMark,
    /// More requests in one step than can be kept (4,294,967,295).
    TooMany,
    /// A time that an earlier row has already.
    Duplicate {
        /// Line of that row.
        of_line: u64,
    },
    /// A time between the steps of the other rows.
    OffStep,
}

/// Why a file could not be read as a trace.
#[derive(Clone, Debug, PartialEq)]
pub enum TraceProblem {
    /// Nothing is in it.
    Empty,
    /// It is not text (a spreadsheet, an archive, …).
    NotText,
    /// It is larger than 50 MiB.
    TooLarge,
    /// It has more than 5,000,000 rows.
    TooManyRows,
    /// A quotation mark that begins a cell is never closed.
    OpenQuote {
        /// Line on which the row begins.
        line: u64,
    },
    /// A row has more than 256 columns.
    TooManyColumns {
        /// Its line.
        line: u64,
    },
    /// No column holds times.
    NoTimeColumn {
        /// The columns.
        columns: Vec<String>,
    },
    /// Several columns hold times; the person has to choose.
    WhichTimeColumn {
        /// Index and name of each.
        columns: Vec<(usize, String)>,
    },
    /// No column holds counts or rates.
    NoValueColumn {
        /// The columns.
        columns: Vec<String>,
    },
    /// Several columns hold numbers; the person has to choose.
    WhichValueColumn {
        /// Index and name of each.
        columns: Vec<(usize, String)>,
    },
    /// Fewer than two rows could be used.
    TooFewRows {
        /// Rows that could not, the first of them.
        rejected: Vec<BadRow>,
    },
    /// Times do not follow each other in equal steps.
    NoRegularStep {
        /// Commonest time between rows, seconds.
        step_s: u32,
        /// Share of the rows that keep it, percent.
        share_pct: f64,
    },
    /// Rows are more than an hour apart.
    StepTooLong {
        /// Commonest time between rows, seconds.
        step_s: u64,
    },
    /// From the first row to the last there are more steps than a trace can have.
    SpanTooLong {
        /// How many.
        steps: u64,
    },
}
