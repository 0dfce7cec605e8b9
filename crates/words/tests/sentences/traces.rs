//! What is said about a trace while it is read.

use scenario::trace::{BadReason, BadRow, Gaps, Note, TraceProblem, ValueKind};

use crate::{EN, KO, is_whole};

#[test]
fn everything_about_traces_is_whole() {
    let reasons = [
        BadReason::MissingCell,
        BadReason::NotATime,
        BadReason::NoSuchTime,
        BadReason::AmbiguousDate,
        BadReason::NoDate,
        BadReason::NotANumber,
        BadReason::Negative,
        BadReason::ThousandsSeparator,
        BadReason::OtherDecimalMark,
        BadReason::TooMany,
        BadReason::Duplicate { of_line: 3 },
        BadReason::OffStep,
    ];
    let names = vec!["time".to_owned(), String::new()];
    let indexed: Vec<(usize, String)> = names.iter().cloned().enumerate().collect();
    let problems = [
        TraceProblem::Empty,
        TraceProblem::NotText,
        TraceProblem::TooLarge,
        TraceProblem::TooManyRows,
        TraceProblem::OpenQuote { line: 7 },
        TraceProblem::TooManyColumns { line: 7 },
        TraceProblem::NoTimeColumn {
            columns: names.clone(),
        },
        TraceProblem::WhichTimeColumn {
            columns: indexed.clone(),
        },
        TraceProblem::NoValueColumn { columns: names },
        TraceProblem::WhichValueColumn { columns: indexed },
        TraceProblem::TooFewRows {
            rejected: Vec::new(),
        },
        TraceProblem::NoRegularStep {
            step_s: 60,
            share_pct: 42.0,
        },
        TraceProblem::StepTooLong { step_s: 86_400 },
        TraceProblem::SpanTooLong { steps: 40_000_000 },
    ];
    let format = |delimiter, header| Note::Format {
        delimiter,
        header,
        time_column: "time".to_owned(),
        value_column: "count".to_owned(),
    };
    let gap = |steps, filled| Note::Gap {
        after_line: 7,
        steps,
        filled,
    };
    let notes = [
        format(',', true),
        format(';', false),
        format('\t', true),
        Note::Values {
            kind: ValueKind::Count,
            assumed: true,
        },
        Note::Values {
            kind: ValueKind::PerSecond,
            assumed: false,
        },
        Note::Values {
            kind: ValueKind::PerMinute,
            assumed: false,
        },
        Note::Values {
            kind: ValueKind::PerHour,
            assumed: false,
        },
        Note::Step { step_s: 60 },
        Note::Disorder { line: 7 },
        gap(1, Gaps::Zero),
        gap(2, Gaps::Previous),
        gap(3, Gaps::Interpolate),
        Note::FractionOfSecond { line: 7 },
        Note::More { count: 1 },
    ];
    for words in [EN, KO] {
        for text in ["", "12:00"] {
            reasons.iter().for_each(|reason| {
                is_whole(&words.bad_row_of(&BadRow {
                    line: 7,
                    text: text.to_owned(),
                    reason: *reason,
                }));
            });
        }
        problems
            .iter()
            .for_each(|problem| is_whole(&words.trace_problem(problem)));
        notes
            .iter()
            .for_each(|note| is_whole(&words.trace_note(note)));
    }
    let duplicate = BadRow {
        line: 1402,
        text: "12:00".to_owned(),
        reason: BadReason::Duplicate { of_line: 3 },
    };
    assert_eq!(
        EN.bad_row_of(&duplicate),
        "Line 1,402, “12:00”: the same time as line 3."
    );
}
