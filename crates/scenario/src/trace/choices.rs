//! Everything that a person can answer about a file. The page's dialog and the prompt's flags fill the same [`Choices`];
//! what is left open is found in the file, or asked.

/// A person's answers so far. `Choices::default()` leaves everything to the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// Columns of the time, by index: one, or date and time of day. Empty: found.
    pub time_columns: Vec<usize>,
    /// Columns of the values, by index; several are added up. Empty: found.
    pub value_columns: Vec<usize>,
    /// What the values are.
    pub values: Option<ValueKind>,
    /// Instances that a value per instance is of.
    pub instances: Option<f64>,
    /// Order of day, month and year in dates of numbers.
    pub date_order: Option<DateOrder>,
    /// What times that are plain digits are.
    pub time_form: Option<TimeForm>,
    /// The decimal mark of the values.
    pub decimal: Option<DecimalMark>,
    /// IANA name of the time zone of times that say none.
    pub zone: Option<String>,
    /// What to do with rows of the same time.
    pub same_time: Option<SameTime>,
    /// Length of a step into which rows are summed up, seconds.
    pub step_s: Option<u32>,
    /// What to put where rows are missing.
    pub gaps: Option<GapFilling>,
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
    /// None: each row is one request.
    Row,
}

impl ValueKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Count,
        Self::PerSecond,
        Self::PerMinute,
        Self::PerHour,
        Self::Row,
    ];

    /// Returns the name it has at the prompt and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::PerSecond => "per_second",
            Self::PerMinute => "per_minute",
            Self::PerHour => "per_hour",
            Self::Row => "row_per_request",
        }
    }

    /// Returns the seconds of its unit; `None` for what is counted.
    pub(super) fn unit_s(self) -> Option<f64> {
        match self {
            Self::Count | Self::Row => None,
            Self::PerSecond => Some(1.0),
            Self::PerMinute => Some(60.0),
            Self::PerHour => Some(3600.0),
        }
    }
}

/// Order of day, month and year where all three are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 1/6/2026 is 1 June.
    DayFirst,
    /// 6/1/2026 is 1 June.
    MonthFirst,
    /// 26/6/1 is 1 June 2026.
    YearFirst,
}

impl DateOrder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];
}

/// What plain numbers mean as times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeForm {
    /// Digits of a date: 2026060110.
    DateDigits,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Microseconds since 1970.
    Microseconds,
    /// Nanoseconds since 1970.
    Nanoseconds,
    /// Days since 30 December 1899, as spreadsheets keep them: 46174.41667.
    Spreadsheet,
}

/// A decimal mark; the other one then separates thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// 1,402.5
    Point,
    /// 1.402,5
    Comma,
}

impl DecimalMark {
    /// Returns the mark that then separates thousands.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// What to do with rows of the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameTime {
    /// Add them up: each is of another host, endpoint, ….
    AddUp,
    /// Keep the first; the others are problems.
    KeepFirst,
}

/// What to put where rows are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum GapFilling {
    /// No requests.
    #[default]
    Zero,
    /// As many as in the step before.
    Previous,
    /// A line from the step before to the step after.
    Interpolate,
}

/// One answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// These columns hold the time.
    TimeColumns(Vec<usize>),
    /// These columns hold the values, added up.
    ValueColumns(Vec<usize>),
    /// Nothing is to be read but the times: each row is a request.
    RowPerRequest,
    /// The values are these.
    Values(ValueKind),
    /// The values are per instance, of so many.
    Instances(f64),
    /// Dates have this order.
    DateOrder(DateOrder),
    /// Digits are these.
    TimeForm(TimeForm),
    /// This is the decimal mark.
    Decimal(DecimalMark),
    /// Times are of this zone.
    Zone(String),
    /// This is done with rows of the same time.
    SameTime(SameTime),
    /// Rows are summed up in steps of so many seconds.
    Step(u32),
}

impl Choices {
    /// Puts an answer in place of the one before.
    pub fn answer(&mut self, answer: &Answer) {
        match answer.clone() {
            Answer::TimeColumns(columns) => self.time_columns = columns,
            Answer::ValueColumns(columns) => {
                self.value_columns = columns;
                if self.values == Some(ValueKind::Row) {
                    self.values = None;
                }
            }
            Answer::RowPerRequest => {
                self.value_columns.clear();
                self.values = Some(ValueKind::Row);
            }
            Answer::Values(values) => self.values = Some(values),
            Answer::Instances(instances) => self.instances = Some(instances),
            Answer::DateOrder(order) => self.date_order = Some(order),
            Answer::TimeForm(form) => self.time_form = Some(form),
            Answer::Decimal(mark) => self.decimal = Some(mark),
            Answer::Zone(zone) => self.zone = Some(zone),
            Answer::SameTime(same) => self.same_time = Some(same),
            Answer::Step(step_s) => self.step_s = Some(step_s),
        }
    }
}
