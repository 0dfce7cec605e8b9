//! What the reader of traces has to say, in words: rows it could not use, files it could not read, how it read them.

use scenario::trace::{BadReason, BadRow, Gaps, Note, TraceProblem, ValueKind};

use crate::{Words, activity::push};

impl Words {
    /// A row that could not be used, with its line and what would be right.
    #[must_use]
    pub fn bad_row_of(self, row: &BadRow) -> String {
        let what = match row.reason {
            BadReason::MissingCell => self.bad_missing_cell(),
            BadReason::NotATime => self.bad_not_a_time(),
            BadReason::NoSuchTime => self.bad_no_such_time(),
            BadReason::AmbiguousDate => self.bad_ambiguous_date(),
            BadReason::NoDate => self.bad_no_date(),
            BadReason::NotANumber => self.bad_not_a_number(),
            BadReason::Negative => self.bad_negative(),
            BadReason::ThousandsSeparator => self.bad_thousands(),
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
            TraceProblem::TooManyRows => self.trace_too_many_rows().to_owned(),
            TraceProblem::OpenQuote { line } => self.trace_open_quote(&self.line(*line)),
            TraceProblem::TooManyColumns { line } => self.trace_too_many_columns(&self.line(*line)),
            TraceProblem::NoTimeColumn { columns } => {
                self.trace_no_time_column(&self.columns(columns.iter().enumerate()))
            }
            TraceProblem::WhichTimeColumn { columns } => {
                self.trace_which_time_column(&self.chosen(columns))
            }
            TraceProblem::NoValueColumn { columns } => {
                self.trace_no_value_column(&self.columns(columns.iter().enumerate()))
            }
            TraceProblem::WhichValueColumn { columns } => {
                self.trace_which_value_column(&self.chosen(columns))
            }
            TraceProblem::TooFewRows { .. } => self.trace_too_few_rows().to_owned(),
            TraceProblem::NoRegularStep { step_s, share_pct } => self.trace_no_regular_step(
                &self.percent(share_pct / 100.0, 0),
                &self.duration_short(f64::from(*step_s)),
            ),
            TraceProblem::StepTooLong { step_s } => {
                self.trace_step_too_long(&self.duration(*step_s as f64))
            }
            TraceProblem::SpanTooLong { steps } => {
                self.trace_span_too_long(&self.integer(*steps as f64))
            }
        }
    }

    /// Something to know about how a file was read.
    #[must_use]
    pub fn trace_note(self, note: &Note) -> String {
        match note {
            Note::Format {
                delimiter,
                header,
                time_column,
                value_column,
            } => {
                let separator = match delimiter {
                    ';' => self.separator_semicolon(),
                    '\t' => self.separator_tab(),
                    _ => self.separator_comma(),
                };
                let mut text = self.note_format(time_column, value_column, separator);
                push(
                    &mut text,
                    if *header {
                        self.note_header()
                    } else {
                        self.note_no_header()
                    },
                );
                text
            }
            Note::Values { kind, assumed } => {
                let kind = match kind {
                    ValueKind::Count => self.kind_count(),
                    ValueKind::PerSecond => self.kind_per_second(),
                    ValueKind::PerMinute => self.kind_per_minute(),
                    ValueKind::PerHour => self.kind_per_hour(),
                };
                if *assumed {
                    self.note_values_assumed(kind)
                } else {
                    self.note_values(kind)
                }
            }
            Note::Step { step_s } => self.note_step(&self.duration_short(f64::from(*step_s))),
            Note::Disorder { line } => self.note_disorder(&self.line(*line)),
            Note::Gap {
                after_line,
                steps,
                filled,
            } => {
                let filled = match filled {
                    Gaps::Zero => self.filled_zero(),
                    Gaps::Previous => self.filled_previous(),
                    Gaps::Interpolate => self.filled_interpolate(),
                };
                self.note_gap(*steps, &self.line(*after_line), &self.line(*steps), filled)
            }
            Note::FractionOfSecond { line } => self.note_fraction(&self.line(*line)),
            Note::More { count } => self.note_more(*count, &self.line(*count)),
        }
    }

    /// A line's number, as editors show it.
    fn line(self, line: u64) -> String {
        self.integer(line as f64)
    }

    fn chosen(self, columns: &[(usize, String)]) -> String {
        self.columns(columns.iter().map(|(index, name)| (*index, name)))
    }

    /// Names of columns, by number where they have none.
    fn columns<'a>(self, columns: impl Iterator<Item = (usize, &'a String)>) -> String {
        let names: Vec<String> = columns
            .map(|(index, name)| {
                if name.is_empty() {
                    self.trace_column(&(index + 1).to_string())
                } else {
                    format!("“{name}”")
                }
            })
            .collect();
        names.join(", ")
    }
}
