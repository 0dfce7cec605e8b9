//! What the reader of traces has to say: what it took a file to be, which rows it could not use, and why it gave up.

use super::choices::GapFilling;

/// Something a person should know about how a file was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// What the file was taken to be.
    Shape(Shape),
    /// Times are the digits or numbers of this kind.
    TimeForm(super::TimeForm),
    /// Days and months come in this order.
    DateOrder(super::DateOrder),
    /// Time between rows, or length of the steps into which they were summed up.
    Step {
        /// Seconds.
        step_s: u32,
        /// Whether rows were summed up.
        summed: bool,
    },
    /// Rows were not in order of time, and were put in order.
    Disorder {
        /// Line of the first.
        line: u64,
        /// How many are earlier than the row before them.
        count: u64,
    },
    /// Steps without a row.
    Gap {
        /// Line of the last row before.
        after_line: u64,
        /// How many steps.
        steps: u64,
        /// How they were filled.
        filled: GapFilling,
    },
    /// The hour that comes twice in autumn is there twice, and was read in its order.
    SecondHour {
        /// Line on which the second begins.
        line: u64,
    },
    /// Rows of the same time were added up.
    AddedUp {
        /// How many rows had a time that another had before.
        count: u64,
    },
    /// A time has a fraction of a second, which was dropped, as of any others.
    FractionOfSecond {
        /// Line of the first.
        line: u64,
    },
    /// The file is not in UTF-8; names of columns may look odd.
    NotUtf8,
    /// There were more notes than are kept.
    More {
        /// How many.
        count: u64,
    },
}

/// What a file was taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A table whose cells this separates.
    Table {
        /// `,`, `;`, `|`, a tab or a blank.
        separator: char,
        /// Whether it names its columns.
        header: bool,
    },
    /// A table with a column for each time.
    Wide,
    /// JSON, or lines of it.
    Json,
    /// CloudWatch's `get-metric-data` or `get-metric-statistics`.
    CloudWatch,
    /// Lines of a server's log.
    Log,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    /// Its line in the file, from 1; in JSON the number of the item.
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
    /// Not a time that is understood.
    NotATime,
    /// A day or time that no calendar or clock shows.
    NoSuchTime,
    /// A time of day without a date.
    NoDate,
    /// A time zone that is not known, or means several.
    UnknownZone,
    /// A time that the clock skips where it goes forward.
    SkippedByClock,
    /// Not a number.
    NotANumber,
    /// Fewer than none.
    Negative,
    /// A decimal comma where other rows have a point, or the other way round.
    OtherDecimalMark,
    /// More cells than there are columns.
    MoreCells {
        /// Cells of the row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
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
    /// It is JSON, and larger than 16 MiB.
    JsonTooLarge,
    /// It has more than 5,000,000 rows.
    TooManyRows,
    /// It begins as JSON does, and is none.
    NotJson {
        /// Line of the mistake.
        line: u64,
    },
    /// A quotation mark that begins a cell is never closed.
    OpenQuote {
        /// Line on which the row begins.
        line: u64,
    },
    /// A row has more than 4,096 columns.
    TooManyColumns {
        /// Its line.
        line: u64,
        /// How many.
        columns: usize,
    },
    /// No column holds times.
    NoTimeColumn {
        /// The columns.
        columns: Vec<String>,
        /// The first cell that there is.
        first: String,
    },
    /// Fewer than two rows could be used.
    TooFewRows {
        /// How many could.
        usable: u64,
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
    /// More requests in one step than can be kept (4,294,967,295).
    TooManyRequests,
    /// A time zone that was chosen is not known.
    NoSuchZone {
        /// Its name.
        name: String,
    },
}
