//! What the reader of traces has to say, in words: rows it could not use, files it could not read, how it read them, what a
//! file does not say, and what comes of it.

use scenario::{
    time::{LocalDateTime, Zone},
    trace::{
        Answer, BadReason, BadRow, Column, ColumnClass, DateOrder, DecimalMark, GapFilling,
        MOST_COLUMNS, Note, Question, QuestionTopic, Reading, RowPreview, SameTime, Shape,
        TimeForm, TraceProblem, TraceSummary, ValueKind,
    },
};

use crate::{Words, activity::push};

/// Names that are listed one by one.
const LISTED: usize = 12;

impl Words {
    /// A row that could not be used, with its line and what would be right.
    #[must_use]
    pub fn bad_row_of(self, row: &BadRow) -> String {
        let what = match row.reason {
            BadReason::MissingCell => self.bad_missing_cell(),
            BadReason::NotATime => self.bad_not_a_time(),
            BadReason::NoSuchTime => self.bad_no_such_time(),
            BadReason::NoDate => self.bad_no_date(),
            BadReason::NotANumber => self.bad_not_a_number(),
            BadReason::Negative => self.bad_negative(),
            BadReason::UnknownZone => self.bad_unknown_zone(),
            BadReason::SkippedByClock => self.bad_skipped(),
            BadReason::MoreCells { cells, columns } => {
                &self.bad_more_cells(&cells.to_string(), &columns.to_string())
            }
            BadReason::OtherDecimalMark => self.bad_other_decimal_mark(),
            BadReason::TooMany => self.bad_too_many(),
            BadReason::Duplicate { of_line } => &self.bad_duplicate(&self.line(of_line)),
            BadReason::OffStep => self.bad_off_step(),
        };
        let line = self.line(row.line);
        if row.text.is_empty() {
            self.bad_row(&line, what)
        } else {
            self.bad_row_text(&line, &row.text, what)
        }
    }

    /// Why a file could not be read as a trace.
    #[must_use]
    pub fn trace_problem(self, problem: &TraceProblem) -> String {
        match problem {
            TraceProblem::Empty => self.trace_empty().to_owned(),
            TraceProblem::NotText => self.trace_not_text().to_owned(),
            TraceProblem::TooLarge => self.trace_too_large().to_owned(),
            TraceProblem::JsonTooLarge => self.trace_json_too_large().to_owned(),
            TraceProblem::TooManyRows => self.trace_too_many_rows().to_owned(),
            TraceProblem::NotJson { line } => self.trace_not_json(&self.line(*line)),
            TraceProblem::OpenQuote { line } => self.trace_open_quote(&self.line(*line)),
            TraceProblem::TooManyColumns { line, columns } => self.trace_too_many_columns(
                &self.line(*line),
                &self.integer(*columns as f64),
                &self.integer(MOST_COLUMNS as f64),
            ),
            TraceProblem::NoTimeColumn { columns, first } => {
                self.trace_no_time_column(first, &self.columns(columns))
            }
            TraceProblem::TooFewRows { .. } => self.trace_too_few_rows().to_owned(),
            TraceProblem::StepTooLong { step_s } => {
                self.trace_step_too_long(&self.duration(*step_s as f64))
            }
            TraceProblem::SpanTooLong { steps } => {
                self.trace_span_too_long(&self.integer(*steps as f64))
            }
            TraceProblem::TooManyRequests => self.trace_too_many_requests().to_owned(),
            TraceProblem::NoSuchZone { name } => self.trace_no_such_zone(name),
        }
    }

    /// Something to know about how a file was read.
    #[must_use]
    pub fn trace_note(self, note: &Note) -> String {
        match note {
            Note::Shape(Shape::Table { separator, header }) => {
                let separator = match separator {
                    ';' => self.separator_semicolon(),
                    '\t' => self.separator_tab(),
                    '|' => self.separator_bar(),
                    ' ' => self.separator_blank(),
                    _ => self.separator_comma(),
                };
                let mut text = self.note_table(separator);
                let names = if *header {
                    self.note_header()
                } else {
                    self.note_no_header()
                };
                push(&mut text, names);
                text
            }
            Note::Shape(Shape::Wide) => self.note_wide().to_owned(),
            Note::Shape(Shape::Json) => self.note_json().to_owned(),
            Note::Shape(Shape::CloudWatch) => self.note_cloudwatch().to_owned(),
            Note::Shape(Shape::Log) => self.note_log().to_owned(),
            Note::TimeForm(form) => self.note_time_form(self.time_form(*form)),
            Note::DateOrder(order) => self.note_date_order(self.date_order(*order)),
            Note::Step { step_s, summed } => {
                let step = self.duration_short(f64::from(*step_s));
                if *summed {
                    self.note_summed(&step)
                } else {
                    self.note_step(&step)
                }
            }
            Note::Disorder { line, count } => {
                self.note_disorder(*count, &self.line(*count), &self.line(*line))
            }
            Note::Gap {
                after_line,
                steps,
                filled,
            } => {
                let filled = match filled {
                    GapFilling::Zero => self.filled_zero(),
                    GapFilling::Previous => self.filled_previous(),
                    GapFilling::Interpolate => self.filled_interpolate(),
                };
                self.note_gap(*steps, &self.line(*after_line), &self.line(*steps), filled)
            }
            Note::SecondHour { line } => self.note_second_hour(&self.line(*line)),
            Note::AddedUp { count } => self.note_added_up(*count, &self.line(*count)),
            Note::FractionOfSecond { line } => self.note_fraction(&self.line(*line)),
            Note::NotUtf8 => self.note_not_utf8().to_owned(),
            Note::More { count } => self.note_more(*count, &self.line(*count)),
        }
    }

    /// What a file does not say.
    #[must_use]
    pub fn trace_question(self, question: &Question, reading: &Reading) -> String {
        let chosen = reading.in_force.value_columns.first();
        let column = chosen.and_then(|column| reading.columns.get(*column));
        let column = column.map_or("", |column| &column.name);
        let shown = question
            .choices
            .iter()
            .flat_map(|choice| &choice.rows)
            .next();
        let part = |place: usize| {
            let cells = shown.map_or("", |row| &row.cells);
            let part = match place {
                0 => cells.split("  ").next(),
                _ => cells.rsplit("  ").next(),
            };
            part.unwrap_or_default().to_owned()
        };
        match question.about {
            QuestionTopic::TimeColumn => self.trace_ask_time().to_owned(),
            QuestionTopic::ValueColumn => {
                let offered = question
                    .choices
                    .iter()
                    .filter_map(|choice| match &choice.answer {
                        Answer::ValueColumns(columns) => {
                            columns.first().filter(|_| columns.len() == 1)
                        }
                        _ => None,
                    });
                let offered: Vec<&Column> = offered
                    .filter_map(|column| reading.columns.get(*column))
                    .collect();
                let is_demand = |column: &&Column| {
                    matches!(column.class, ColumnClass::Demand | ColumnClass::Other)
                };
                if offered.iter().any(is_demand) {
                    self.trace_ask_demand().to_owned()
                } else {
                    let names: Vec<String> = offered
                        .iter()
                        .take(LISTED)
                        .map(|column| self.classed(column))
                        .collect();
                    self.trace_ask_demand_none(&names.join(", "))
                }
            }
            QuestionTopic::Values => self.trace_ask_values(column),
            QuestionTopic::Instances => self.trace_ask_instances(column),
            QuestionTopic::DateOrder => self.trace_ask_date_order(&part(0)),
            QuestionTopic::TimeForm => self.trace_ask_time_form(&part(0)),
            QuestionTopic::Decimal => self.trace_ask_decimal(&part(1)),
            QuestionTopic::SameTime => self.trace_ask_same_time().to_owned(),
            QuestionTopic::Step => self.trace_ask_step().to_owned(),
            QuestionTopic::Zone => self.trace_ask_zone().to_owned(),
        }
    }

    /// An answer to it.
    #[must_use]
    pub fn trace_answer(self, answer: &Answer, columns: &[Column]) -> String {
        let named = |places: &[usize], name: &dyn Fn(&Column) -> String| -> Vec<String> {
            places
                .iter()
                .filter_map(|place| columns.get(*place))
                .map(name)
                .collect()
        };
        match answer {
            Answer::TimeColumns(places) => named(places, &|column| column.name.clone()).join(" + "),
            Answer::ValueColumns(places) => {
                let names = named(places, &|column| self.classed(column));
                match (&*names, places.len()) {
                    ([only], _) => only.clone(),
                    ([first, .., last], count) if count > LISTED => {
                        let named = self.trace_n_columns(first, last, &count.to_string());
                        self.trace_added_up(&named)
                    }
                    (names, _) => self.trace_added_up(&names.join(" + ")),
                }
            }
            Answer::RowPerRequest => self.trace_row_per_request().to_owned(),
            Answer::Values(values) => self.trace_values_are(*values).to_owned(),
            Answer::Instances(instances) => self.number(*instances, 3),
            Answer::DateOrder(order) => self.date_order(*order).to_owned(),
            Answer::TimeForm(form) => self.time_form(*form).to_owned(),
            Answer::Decimal(DecimalMark::Point) => self.trace_decimal_point().to_owned(),
            Answer::Decimal(DecimalMark::Comma) => self.trace_decimal_comma().to_owned(),
            Answer::SameTime(SameTime::AddUp) => self.trace_same_add().to_owned(),
            Answer::SameTime(SameTime::KeepFirst) => self.trace_same_first().to_owned(),
            Answer::Step(step_s) => self.duration(f64::from(*step_s)),
            Answer::Zone(name) => name.clone(),
        }
    }

    /// What the values of a column are.
    #[must_use]
    pub fn trace_values_are(self, values: ValueKind) -> &'static str {
        match values {
            ValueKind::Count => self.kind_count(),
            ValueKind::PerSecond => self.kind_per_second(),
            ValueKind::PerMinute => self.kind_per_minute(),
            ValueKind::PerHour => self.kind_per_hour(),
            ValueKind::Row => self.trace_row_per_request(),
        }
    }

    /// A row as it would be read: its cells, its time with the year, and what it stands for.
    #[must_use]
    pub fn trace_row(self, row: &RowPreview) -> String {
        let time = row.time.map_or_else(
            || self.trace_unread().to_owned(),
            |time| self.moment_with_year(time),
        );
        match (row.per_minute, row.value) {
            (Some(minute), _) => self.trace_shown_value(&row.cells, &time, &self.a_minute(minute)),
            (None, Some(value)) => {
                self.trace_shown_value(&row.cells, &time, &self.number(value, 3))
            }
            (None, None) => self.trace_shown(&row.cells, &time),
        }
    }

    /// `803 a minute = 13.4 RPS`.
    #[must_use]
    pub fn a_minute(self, per_minute: f64) -> String {
        self.trace_shown_rate(
            &self.number(per_minute, 2),
            &self.significant(per_minute / 60.0),
        )
    }

    /// What a trace comes to: its busiest minute and its sum, on the wall clock of a zone.
    #[must_use]
    pub fn trace_made(self, made: &TraceSummary, zone: &Zone) -> String {
        let peak = made.peak_per_minute;
        self.trace_makes(
            made.requests.round() as u64,
            &self.number(peak, 2),
            &self.significant(peak / 60.0),
            &self.moment_with_year(zone.local(made.peak_utc_s)),
            &self.number(made.requests, 0),
        )
    }

    /// From when to when the rows go, and in which steps, on the wall clock of a zone.
    #[must_use]
    pub fn trace_spans(self, reading: &Reading, zone: &Zone) -> String {
        let Some(span) = reading.span else {
            return String::new();
        };
        let rows = self.integer(reading.rows as f64);
        let start = self.moment_with_year(zone.local(span.start_utc_s));
        let step = self.duration_short(f64::from(span.step_s));
        match &reading.summary {
            Some(made) => {
                let length = self.duration_short(made.trace.length_s());
                self.trace_span(&rows, &start, &length, &step)
            }
            None => self.trace_span_open(&rows, &start, &step),
        }
    }

    /// Which columns were read, and as what; `None` where there are none.
    #[must_use]
    pub fn trace_read_as(self, reading: &Reading) -> Option<String> {
        let names = |places: &[usize]| -> Option<String> {
            let columns = places
                .iter()
                .filter_map(|place| reading.columns.get(*place));
            let names: Vec<String> = columns.map(|column| format!("“{}”", column.name)).collect();
            (!names.is_empty()).then(|| names.join(" + "))
        };
        let times = names(&reading.in_force.time_columns)?;
        let kind = reading
            .in_force
            .values
            .map(|values| self.trace_values_are(values));
        Some(match (names(&reading.in_force.value_columns), kind) {
            (Some(values), Some(kind)) => self.trace_reads(&times, &values, kind),
            (Some(values), None) => self.trace_reads_open(&times, &values),
            (None, Some(kind)) => self.trace_reads_rows(&times, kind),
            (None, None) => self.trace_reads_times(&times),
        })
    }

    /// A date with its year, and a time of day.
    #[must_use]
    pub fn moment_with_year(self, moment: LocalDateTime) -> String {
        self.date_and_time(
            &self.date_with_year(moment.date()),
            &self.time(moment.time()),
        )
    }

    fn time_form(self, form: TimeForm) -> &'static str {
        match form {
            TimeForm::DateDigits => self.form_date_digits(),
            TimeForm::Seconds => self.form_seconds(),
            TimeForm::Milliseconds => self.form_milliseconds(),
            TimeForm::Microseconds => self.form_microseconds(),
            TimeForm::Nanoseconds => self.form_nanoseconds(),
            TimeForm::Spreadsheet => self.form_spreadsheet(),
        }
    }

    fn date_order(self, order: DateOrder) -> &'static str {
        match order {
            DateOrder::DayFirst => self.order_day(),
            DateOrder::MonthFirst => self.order_month(),
            DateOrder::YearFirst => self.order_year(),
        }
    }

    /// A column's name, and what it is if it is no demand.
    #[must_use]
    pub fn classed(self, column: &Column) -> String {
        let what = match column.class {
            ColumnClass::Demand | ColumnClass::Other => return column.name.clone(),
            ColumnClass::PerInstance => self.trace_class_per_instance(),
            ColumnClass::Errors => self.trace_class_errors(),
            ColumnClass::Bytes => self.trace_class_bytes(),
            ColumnClass::Latency => self.trace_class_latency(),
            ColumnClass::Tokens => self.trace_class_tokens(),
            ColumnClass::Users => self.trace_class_users(),
            ColumnClass::Percent => self.trace_class_percent(),
            ColumnClass::Instances => self.trace_class_instances(),
            ColumnClass::Average => self.trace_class_average(),
            ColumnClass::Number => self.trace_class_number(),
        };
        self.trace_named_class(&column.name, what)
    }

    /// A line's number, as editors show it.
    fn line(self, line: u64) -> String {
        self.integer(line as f64)
    }

    /// Names of columns, as many as can be taken in.
    fn columns(self, columns: &[String]) -> String {
        let quoted: Vec<String> = columns
            .iter()
            .take(LISTED)
            .map(|name| format!("“{name}”"))
            .collect();
        match columns {
            [first, .., last] if columns.len() > LISTED => {
                self.trace_n_columns(first, last, &columns.len().to_string())
            }
            _ => quoted.join(", "),
        }
    }
}
