//! What is said about a trace while it is read.

use scenario::{
    time::Zone,
    trace::{
        Answer, BadReason, BadRow, Choices, DateOrder, DecimalMark, GapFilling, Note,
        QuestionTopic, Reading, SameTime, Shape, Source, TimeForm, TraceDestination, TraceProblem,
        ValueKind, read,
    },
};

use crate::{EN, KO, is_whole};

fn reading(text: &str, choices: &Choices) -> Reading {
    let place = TraceDestination {
        zone: Zone::utc(),
        zones: vec!["Asia/Seoul".to_owned(), "UTC".to_owned()],
    };
    read(&Source::of(text.into()).unwrap(), choices, &place)
}

/// Whether a label or a question has all that it needs.
fn is_filled(text: &str) {
    assert!(
        !text.trim().is_empty() && !text.contains(['{', '}']),
        "{text:?}"
    );
}

#[test]
fn everything_about_traces_is_whole() {
    let reasons = [
        BadReason::MissingCell,
        BadReason::NotATime,
        BadReason::NoSuchTime,
        BadReason::NoDate,
        BadReason::UnknownZone,
        BadReason::SkippedByClock,
        BadReason::NotANumber,
        BadReason::Negative,
        BadReason::OtherDecimalMark,
        BadReason::MoreCells {
            cells: 3,
            columns: 2,
        },
        BadReason::TooMany,
        BadReason::Duplicate { of_line: 3 },
        BadReason::OffStep,
    ];
    let names = |count: usize| (0..count).map(|n| format!("c{n}")).collect::<Vec<String>>();
    let problems = [
        TraceProblem::Empty,
        TraceProblem::NotText,
        TraceProblem::TooLarge,
        TraceProblem::JsonTooLarge,
        TraceProblem::TooManyRows,
        TraceProblem::NotJson { line: 7 },
        TraceProblem::OpenQuote { line: 7 },
        TraceProblem::TooManyColumns {
            line: 7,
            columns: 5001,
        },
        TraceProblem::NoTimeColumn {
            columns: names(2),
            first: "minute 0".to_owned(),
        },
        TraceProblem::NoTimeColumn {
            columns: names(200),
            first: "minute 0".to_owned(),
        },
        TraceProblem::TooFewRows { usable: 1 },
        TraceProblem::StepTooLong { step_s: 86_400 },
        TraceProblem::SpanTooLong { steps: 40_000_000 },
        TraceProblem::TooManyRequests,
        TraceProblem::NoSuchZone {
            name: "Mars".to_owned(),
        },
    ];
    let table = |separator, header| Note::Shape(Shape::Table { separator, header });
    let gap = |steps, filled| Note::Gap {
        after_line: 7,
        steps,
        filled,
    };
    let disorder = |count| Note::Disorder { line: 7, count };
    let notes = [
        table(',', true),
        table(';', false),
        table('\t', true),
        table('|', true),
        table(' ', true),
        Note::Shape(Shape::Wide),
        Note::Shape(Shape::Json),
        Note::Shape(Shape::CloudWatch),
        Note::Shape(Shape::Log),
        Note::TimeForm(TimeForm::DateDigits),
        Note::TimeForm(TimeForm::Seconds),
        Note::TimeForm(TimeForm::Milliseconds),
        Note::TimeForm(TimeForm::Microseconds),
        Note::TimeForm(TimeForm::Nanoseconds),
        Note::TimeForm(TimeForm::Spreadsheet),
        Note::DateOrder(DateOrder::DayFirst),
        Note::DateOrder(DateOrder::MonthFirst),
        Note::DateOrder(DateOrder::YearFirst),
        Note::Step {
            step_s: 60,
            summed: false,
        },
        Note::Step {
            step_s: 60,
            summed: true,
        },
        disorder(1),
        disorder(2),
        gap(1, GapFilling::Zero),
        gap(2, GapFilling::Previous),
        gap(3, GapFilling::Interpolate),
        Note::SecondHour { line: 122 },
        Note::AddedUp { count: 1 },
        Note::AddedUp { count: 2 },
        Note::FractionOfSecond { line: 7 },
        Note::NotUtf8,
        Note::More { count: 1 },
    ];
    for words in [EN, KO] {
        for text in ["", "12:00"] {
            for reason in reasons {
                is_whole(&words.bad_row_of(&BadRow {
                    line: 7,
                    text: text.to_owned(),
                    reason,
                }));
            }
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
    assert_eq!(
        EN.trace_note(&disorder(2)),
        "2 rows are earlier than the row before them, the first on line 7. The rows were put in order."
    );
}

#[test]
fn a_question_shows_what_each_answer_makes_of_the_first_rows() {
    let text = "time,load\n02/03/2026 10:00,\"1,402\"\n02/03/2026 10:01,\"1,403\"\n";
    let reading = reading(text, &Choices::default());
    let said: Vec<(QuestionTopic, String)> = (reading.questions.iter())
        .map(|question| (question.about, EN.trace_question(question, &reading)))
        .collect();
    let expected = [
        (
            QuestionTopic::DateOrder,
            "Is “02/03/2026 10:00” day or month first?",
        ),
        (
            QuestionTopic::Values,
            "Is “load” a count or a rate? Its name does not say.",
        ),
        (
            QuestionTopic::Decimal,
            "Is “1,402” a decimal number, or are those thousands?",
        ),
        (
            QuestionTopic::Zone,
            "The times name no time zone. Which is it?",
        ),
    ];
    assert_eq!(said, expected.map(|(about, text)| (about, text.to_owned())));
    let decimal = &reading.questions[2];
    let rows: Vec<String> = decimal
        .choices
        .iter()
        .map(|choice| EN.trace_row(&choice.rows[0]))
        .collect();
    assert_eq!(
        rows,
        [
            "02/03/2026 10:00  1,402 → 2 Mar 2026 10:00: 1,402 a minute = 23.4 RPS",
            "02/03/2026 10:00  1,402 → 2 Mar 2026 10:00: 1.4 a minute = 0.0234 RPS"
        ]
    );
    for words in [EN, KO] {
        for question in &reading.questions {
            is_filled(&words.trace_question(question, &reading));
            for choice in &question.choices {
                is_filled(&words.trace_answer(&choice.answer, &reading.columns));
                choice
                    .rows
                    .iter()
                    .for_each(|row| is_filled(&words.trace_row(row)));
            }
        }
    }
}

#[test]
fn what_is_made_is_told_by_the_minute() {
    let text = "time,POST /score\n2026-06-01T10:00Z,600\n2026-06-01T10:01Z,803\n";
    let reading = reading(text, &Choices::default());
    let made = reading.summary.as_ref().unwrap();
    assert_eq!(
        EN.trace_made(made, &Zone::utc()),
        "Peak 803 a minute = 13.4 RPS, 1 Jun 2026 10:01. 1,403 requests in all."
    );
    assert_eq!(
        EN.trace_spans(&reading, &Zone::utc()),
        "2 rows from 1 Jun 2026 10:00, 2\u{a0}min, in steps of 1\u{a0}min."
    );
    assert_eq!(
        EN.trace_read_as(&reading).as_deref(),
        Some("Times from “time”, values from “POST /score”: requests since the row before.")
    );
    let answers = [
        Answer::TimeColumns(vec![0]),
        Answer::ValueColumns(vec![0, 1]),
        Answer::RowPerRequest,
        Answer::Values(ValueKind::PerHour),
        Answer::Instances(6.0),
        Answer::DateOrder(DateOrder::YearFirst),
        Answer::TimeForm(TimeForm::Spreadsheet),
        Answer::Decimal(DecimalMark::Comma),
        Answer::SameTime(SameTime::AddUp),
        Answer::SameTime(SameTime::KeepFirst),
        Answer::Step(300),
        Answer::Zone("Asia/Seoul".to_owned()),
    ];
    for words in [EN, KO] {
        is_filled(&words.trace_made(made, &Zone::utc()));
        is_filled(&words.trace_spans(&reading, &Zone::utc()));
        answers
            .iter()
            .for_each(|answer| is_filled(&words.trace_answer(answer, &reading.columns)));
    }
}

#[test]
fn no_demand_is_taken_unasked() {
    let text = "time,users,errors/s\n2026-06-01T10:00Z,60,1\n2026-06-01T10:01Z,61,2\n";
    let reading = reading(text, &Choices::default());
    assert!(reading.summary.is_none());
    assert_eq!(
        EN.trace_question(&reading.questions[0], &reading),
        "No column is clearly the demand: users (users), errors/s (errors). Which one is it?"
    );
}
