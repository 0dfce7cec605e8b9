//! Why a schedule cannot be read, and what would be right. The sentences are made elsewhere.

/// Why a `Schedule` or a `Recurrence` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduleProblem {
    /// Neither `at(…)` nor `rate(…)` nor `cron(…)`.
    Unknown,
    /// `at(…)` with something else than a date and time in it.
    NotADateTime,
    /// `at(…)` with a zone or offset in it: that belongs into `Timezone`.
    ZoneInside,
    /// `rate(…)` with something else than a whole number, 1 at least, and a unit in it.
    NotARate,
    /// A plural behind 1.
    RateIsOne {
        /// The singular.
        unit: &'static str,
    },
    /// A singular behind more than 1.
    RateIsMore {
        /// The plural.
        unit: &'static str,
    },
    /// `cron(…)` with another number of fields than six.
    CronFields {
        /// How many there are.
        found: usize,
    },
    /// Day of the month and day of the week both say something: AWS wants `?` in one.
    BothDays,
    /// Day of the month and day of the week both say nothing: one has to.
    NeitherDay {
        /// The whole expression, as AWS takes it.
        right: String,
    },
    /// `*` in one of the day fields, days in the other: AWS wants `?` in place of the `*`.
    StarBesideDays {
        /// The whole expression, as AWS takes it.
        right: String,
    },
    /// A field of `cron(…)` that cannot be read.
    Field {
        /// Which.
        field: CronField,
        /// Why.
        problem: FieldProblem,
    },
    /// A `Recurrence` that cannot be read.
    Recurrence(RecurrenceProblem),
    /// More firings in a run than can be simulated.
    TooOften {
        /// Most, of all actions together.
        max: usize,
    },
}

/// Why a `Recurrence` of EC2 Auto Scaling, a plain cron of five fields, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecurrenceProblem {
    /// `at(…)`, `rate(…)` or `cron(…)`: those are Application Auto Scaling's.
    Expression,
    /// Another number of fields than five.
    Fields {
        /// How many there are.
        found: usize,
    },
    /// `@` and a name that stands for no schedule.
    Nickname {
        /// What stands there.
        text: String,
    },
    /// A field that cannot be read.
    Field {
        /// Which.
        field: CronField,
        /// Why.
        problem: FieldProblem,
    },
}

/// A field of `cron(…)`, or of a plain cron.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CronField {
    /// 0 to 59, the first of seven.
    Seconds,
    /// 0 to 59.
    Minutes,
    /// 0 to 23.
    Hours,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or names.
    Month,
    /// 1 (Sunday) to 7, or names.
    DayOfWeek,
    /// 0 (Sunday) to 7 (Sunday, too), or names: of a plain cron.
    DayOfWeekFromZero,
    /// 1970 to 2199.
    Year,
}

impl CronField {
    /// Those of `cron(…)`, in their order.
    pub const ALL: [Self; 7] = [
        Self::Seconds,
        Self::Minutes,
        Self::Hours,
        Self::DayOfMonth,
        Self::Month,
        Self::DayOfWeek,
        Self::Year,
    ];

    /// Least and most.
    #[must_use]
    pub const fn range(self) -> (u16, u16) {
        match self {
            Self::Seconds | Self::Minutes => (0, 59),
            Self::Hours => (0, 23),
            Self::DayOfMonth => (1, 31),
            Self::Month => (1, 12),
            Self::DayOfWeek => (1, 7),
            Self::DayOfWeekFromZero => (0, 7),
            Self::Year => (1970, 2199),
        }
    }
}

/// What is wrong with a field of `cron(…)`, or of a plain cron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// Something that is no value of this field.
    NotAValue {
        /// What stands there.
        text: String,
    },
    /// A range of years that runs backwards.
    Backwards,
    /// A step that is not a whole number from 1 to what the field has.
    Step {
        /// Longest.
        max: u16,
    },
    /// `?`, `L`, `W` or `#` where AWS does not know it.
    NotHere {
        /// Which.
        mark: char,
    },
    /// `?`, `L`, `W` or `#` beside other values: it stands alone.
    NotAlone {
        /// Which.
        mark: char,
    },
    /// `#` with something else than a weekday before it and 1 to 5 behind it.
    Nth,
}
