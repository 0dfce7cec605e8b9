//! `headroom trace`: recorded traffic as a layer of demand, read as the page's dialog reads it. What the dialog asks is asked
//! here, with the flag that answers it.

use std::{
    io::{Read as _, Write},
    path::Path,
};

use scenario::{
    document::{Layer, Shape},
    time::Zone,
    trace::{
        Answer, Choices, Column, DateOrder, DecimalMark, GapFilling, QuestionTopic, Reading,
        SameTime, Source, SourceReader, TimeForm, TraceDestination, TraceProblem, ValueKind, read,
    },
};
use serde::Serialize;
use words::Words;

use super::display_name;
use crate::{
    args::{DecimalMarkFlag, GapFillingFlag, SameTimeFlag, TimeFormFlag, TraceArgs, ValueKindFlag},
    failure::Failure,
    input::open,
    plain::plain,
    print::{json, output},
    result::with_offset,
};

/// Rows and notes that are listed for people.
const LISTED: usize = 20;

/// What was understood, for programs.
#[derive(Default, Serialize)]
struct TraceReport {
    start: Option<String>,
    step_s: Option<u32>,
    rows: u64,
    total_requests: Option<f64>,
    peak_per_minute: Option<f64>,
    peak_rps: Option<f64>,
    peak_at: Option<String>,
    time_zone: String,
    columns: Vec<String>,
    time_columns: Vec<String>,
    value_columns: Vec<String>,
    reading: Option<&'static str>,
    questions: Vec<QuestionReport>,
    problems: Vec<Problem>,
    unusable_rows: u64,
    notes: Vec<String>,
    layer: Option<Layer>,
}

/// Something that has to be asked.
#[derive(Serialize)]
struct QuestionReport {
    about: &'static str,
    question: String,
    choices: Vec<AnswerReport>,
    /// Index of the choice that is taken meanwhile.
    default: Option<usize>,
}

/// An answer, and the flags that give it.
#[derive(Serialize)]
struct AnswerReport {
    answer: String,
    flags: String,
    first_rows: Vec<String>,
}

/// Something that is wrong.
#[derive(Serialize)]
struct Problem {
    line: Option<u64>,
    message: String,
}

/// Runs the command.
///
/// # Errors
/// [`Failure::Asked`] where something has to be asked, [`Failure::Scenario`] where rows could not be used; both after all was
/// printed.
pub fn run(args: &TraceArgs) -> Result<(), Failure> {
    let words = args.lang.words();
    let source = match read_source(&args.file)? {
        Ok(source) => source,
        Err(problem) => return print_unreadable(&problem, args, words),
    };
    let choices = choices(args, &source.columns())?;
    let destination = destination(&choices);
    let reading = read(&source, &choices, &destination);
    let report = trace_report(&reading, &destination, &choices, args, words);
    let mut out = output();
    if args.json {
        json::print(&mut out, &report)?;
    } else {
        print_report(&mut out, &reading, &report, &destination, words)?;
    }
    out.flush()?;
    if reading.problem.is_none() && !reading.questions.is_empty() {
        return Err(Failure::Asked);
    }
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Scenario(String::new()))
    }
}

/// Reads the file, and keeps no more of it than can be used.
fn read_source(argument: &str) -> Result<Result<Source, TraceProblem>, Failure> {
    let mut file = open(argument)?;
    let mut reader = SourceReader::default();
    let mut part = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut part).map_err(|error| {
            Failure::Usage(format!(
                "{} cannot be read: {error}.",
                display_name(argument)
            ))
        })?;
        if count == 0 || reader.is_full() {
            return Ok(reader.finish());
        }
        reader.push(part.get(..count).unwrap_or_default());
    }
}

/// Reports a file that is no table at all.
fn print_unreadable(problem: &TraceProblem, args: &TraceArgs, words: Words) -> Result<(), Failure> {
    let message = plain(&words.trace_problem(problem));
    if !args.json {
        return Err(Failure::Scenario(format!(
            "{}: {message}",
            display_name(&args.file)
        )));
    }
    let mut out = output();
    let line = match problem {
        TraceProblem::NotJson { line }
        | TraceProblem::OpenQuote { line }
        | TraceProblem::TooManyColumns { line, .. } => Some(*line),
        _ => None,
    };
    let nothing = TraceReport {
        time_zone: "UTC".to_owned(),
        problems: vec![Problem { line, message }],
        ..TraceReport::default()
    };
    json::print(&mut out, &nothing)?;
    out.flush()?;
    Err(Failure::Scenario(String::new()))
}

/// Returns the zone in which the layer's start is given: the one that a flag names, or UTC.
fn destination(choices: &Choices) -> TraceDestination {
    let name = choices.zone.clone().unwrap_or_else(|| "UTC".to_owned());
    TraceDestination {
        zone: Zone::find(&name).unwrap_or_else(Zone::utc),
        zones: vec![name],
    }
}

/// Returns the flags as choices.
fn choices(args: &TraceArgs, columns: &[Column]) -> Result<Choices, Failure> {
    let indices = |names: &[String]| -> Result<Vec<usize>, Failure> {
        names
            .iter()
            .map(|name| column_index(name, columns))
            .collect()
    };
    let order = [
        (args.day_first, DateOrder::DayFirst),
        (args.month_first, DateOrder::MonthFirst),
        (args.year_first, DateOrder::YearFirst),
    ];
    Ok(Choices {
        time_columns: indices(&args.time_column)?,
        value_columns: indices(&args.value_column)?,
        values: args.values.map(|values| match values {
            ValueKindFlag::Count => ValueKind::Count,
            ValueKindFlag::PerSecond => ValueKind::PerSecond,
            ValueKindFlag::PerMinute => ValueKind::PerMinute,
            ValueKindFlag::PerHour => ValueKind::PerHour,
            ValueKindFlag::RowPerRequest => ValueKind::Row,
        }),
        instances: args.instances,
        date_order: order
            .iter()
            .find(|(chosen, _)| *chosen)
            .map(|(_, order)| *order),
        time_form: args.time_form.map(|form| match form {
            TimeFormFlag::DateDigits => TimeForm::DateDigits,
            TimeFormFlag::Seconds => TimeForm::Seconds,
            TimeFormFlag::Milliseconds => TimeForm::Milliseconds,
            TimeFormFlag::Microseconds => TimeForm::Microseconds,
            TimeFormFlag::Nanoseconds => TimeForm::Nanoseconds,
            TimeFormFlag::Spreadsheet => TimeForm::Spreadsheet,
        }),
        decimal: args.decimal.map(|mark| match mark {
            DecimalMarkFlag::Point => DecimalMark::Point,
            DecimalMarkFlag::Comma => DecimalMark::Comma,
        }),
        zone: args.zone.clone(),
        same_time: args.same_time.map(|same| match same {
            SameTimeFlag::AddUp => SameTime::AddUp,
            SameTimeFlag::KeepFirst => SameTime::KeepFirst,
        }),
        step_s: args.step,
        gaps: args.gaps.map(|gaps| match gaps {
            GapFillingFlag::Zero => GapFilling::Zero,
            GapFillingFlag::Previous => GapFilling::Previous,
            GapFillingFlag::Line => GapFilling::Interpolate,
        }),
    })
}

/// Returns the index of a column from its name, whatever the case, or its number from 1.
fn column_index(name: &str, columns: &[Column]) -> Result<usize, Failure> {
    let exact = columns.iter().position(|column| column.name == name);
    let alike = || {
        let name = name.to_lowercase();
        columns
            .iter()
            .position(|column| column.name.to_lowercase() == name)
    };
    let number = || {
        let number = name.parse::<usize>().ok()?.checked_sub(1)?;
        (number < columns.len()).then_some(number)
    };
    exact.or_else(alike).or_else(number).ok_or_else(|| {
        let known: Vec<&str> = columns
            .iter()
            .take(50)
            .map(|column| column.name.as_str())
            .collect();
        Failure::Usage(format!(
            "There is no column “{name}”. Columns are: {}.",
            known.join(", ")
        ))
    })
}

/// Returns what was understood of a file, for programs.
fn trace_report(
    reading: &Reading,
    destination: &TraceDestination,
    choices: &Choices,
    args: &TraceArgs,
    words: Words,
) -> TraceReport {
    let names = |indices: &[usize]| -> Vec<String> {
        let columns = indices
            .iter()
            .filter_map(|index| reading.columns.get(*index));
        columns.map(|column| column.name.clone()).collect()
    };
    let made = reading.summary.as_ref();
    let mut problems = Vec::new();
    if let Some(problem) = &reading.problem {
        problems.push(Problem {
            line: None,
            message: plain(&words.trace_problem(problem)),
        });
    }
    problems.extend(reading.rejected.iter().map(|row| Problem {
        line: Some(row.line),
        message: plain(&words.bad_row_of(row)),
    }));
    TraceReport {
        start: reading
            .span
            .map(|span| with_offset(span.start_utc_s, &destination.zone)),
        step_s: reading.span.map(|span| span.step_s),
        rows: reading.rows,
        total_requests: made.map(|made| made.requests),
        peak_per_minute: made.map(|made| made.peak_per_minute),
        peak_rps: made.map(|made| made.peak_per_minute / 60.0),
        peak_at: made.map(|made| with_offset(made.peak_utc_s, &destination.zone)),
        time_zone: choices.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        columns: reading
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
        time_columns: names(&reading.in_force.time_columns),
        value_columns: names(&reading.in_force.value_columns),
        reading: reading.in_force.values.map(ValueKind::name),
        questions: reading
            .questions
            .iter()
            .map(|question| QuestionReport {
                about: topic_name(question.about),
                question: plain(&words.trace_question(question, reading)),
                choices: question
                    .choices
                    .iter()
                    .map(|choice| AnswerReport {
                        answer: plain(&words.trace_answer(&choice.answer, &reading.columns)),
                        flags: flags(&choice.answer, &reading.columns),
                        first_rows: choice
                            .rows
                            .iter()
                            .map(|row| plain(&words.trace_row(row)))
                            .collect(),
                    })
                    .collect(),
                default: question.default,
            })
            .collect(),
        problems,
        unusable_rows: reading.rejected_count,
        notes: reading
            .notes
            .iter()
            .map(|note| plain(&words.trace_note(note)))
            .collect(),
        layer: made.map(|made| Layer {
            name: layer_name(&args.file),
            off: false,
            shape: Shape::Trace {
                trace: made.trace.clone(),
                scale: 1.0,
            },
        }),
    }
}

/// Returns a file's name without its ending.
fn layer_name(file: &str) -> String {
    let stem = Path::new(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy().chars().take(80).collect());
    stem.filter(|_| file != "-").unwrap_or_default()
}

/// Returns a question's topic as JSON has it.
fn topic_name(topic: QuestionTopic) -> &'static str {
    match topic {
        QuestionTopic::TimeColumn => "time_column",
        QuestionTopic::ValueColumn => "value_column",
        QuestionTopic::Values => "values",
        QuestionTopic::Instances => "instances",
        QuestionTopic::DateOrder => "date_order",
        QuestionTopic::TimeForm => "time_form",
        QuestionTopic::Decimal => "decimal",
        QuestionTopic::SameTime => "same_time",
        QuestionTopic::Step => "step",
        QuestionTopic::Zone => "zone",
    }
}

/// Returns the flags that give an answer.
fn flags(answer: &Answer, columns: &[Column]) -> String {
    let of_columns = |flag: &str, indices: &[usize]| {
        let flags: Vec<String> = indices
            .iter()
            .filter_map(|index| Some((index, columns.get(*index)?)))
            .map(|(index, column)| {
                // A name that another column has as well, or that a shell would take apart, goes by its number.
                let unique = columns
                    .iter()
                    .filter(|other| other.name == column.name)
                    .count()
                    == 1;
                let plain = column
                    .name
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_-./%".contains(c));
                let name = if unique && plain {
                    column.name.clone()
                } else {
                    (index + 1).to_string()
                };
                format!("--{flag} {name}")
            })
            .collect();
        flags.join(" ")
    };
    match answer {
        Answer::TimeColumns(indices) => of_columns("time-column", indices),
        Answer::ValueColumns(indices) => of_columns("value-column", indices),
        Answer::RowPerRequest => "--values row-per-request".to_owned(),
        Answer::Values(values) => format!("--values {}", values.name().replace('_', "-")),
        Answer::Instances(instances) => format!("--instances {instances}"),
        Answer::DateOrder(DateOrder::DayFirst) => "--day-first".to_owned(),
        Answer::DateOrder(DateOrder::MonthFirst) => "--month-first".to_owned(),
        Answer::DateOrder(DateOrder::YearFirst) => "--year-first".to_owned(),
        Answer::TimeForm(form) => format!(
            "--time-form {}",
            match form {
                TimeForm::DateDigits => "date-digits",
                TimeForm::Seconds => "seconds",
                TimeForm::Milliseconds => "milliseconds",
                TimeForm::Microseconds => "microseconds",
                TimeForm::Nanoseconds => "nanoseconds",
                TimeForm::Spreadsheet => "spreadsheet",
            }
        ),
        Answer::Decimal(DecimalMark::Point) => "--decimal point".to_owned(),
        Answer::Decimal(DecimalMark::Comma) => "--decimal comma".to_owned(),
        Answer::SameTime(SameTime::AddUp) => "--same-time add-up".to_owned(),
        Answer::SameTime(SameTime::KeepFirst) => "--same-time keep-first".to_owned(),
        Answer::Step(step_s) => format!("--step {step_s}"),
        Answer::Zone(zone) => format!("--zone {zone}"),
    }
}

/// Prints all of it for people: what was understood, what has to be asked, what is wrong, and the layer.
fn print_report(
    out: &mut impl Write,
    reading: &Reading,
    report: &TraceReport,
    destination: &TraceDestination,
    words: Words,
) -> Result<(), Failure> {
    let mut say = |text: &str| writeln!(out, "{}", plain(text));
    if reading.span.is_some() {
        say(&words.trace_spans(reading, &destination.zone))?;
    }
    if let Some(made) = &reading.summary {
        say(&words.trace_made(made, &destination.zone))?;
    }
    if let Some(read) = words.trace_read_as(reading) {
        say(&read)?;
    }
    for note in report.notes.iter().take(LISTED) {
        say(note)?;
    }
    for question in &report.questions {
        say("")?;
        say(&format!("? {}", question.question))?;
        if question.about == "instances" {
            say("    --instances N")?;
        }
        for (index, choice) in question.choices.iter().take(LISTED).enumerate() {
            let taken = if question.default == Some(index) {
                " (taken meanwhile)"
            } else {
                ""
            };
            say(&format!("    {}: {}{taken}", choice.flags, choice.answer))?;
            for row in &choice.first_rows {
                say(&format!("        {row}"))?;
            }
        }
        let more = question.choices.len().saturating_sub(LISTED);
        if more > 0 {
            say(&format!("    … and {more} more"))?;
        }
    }
    if !report.problems.is_empty() {
        say("")?;
    }
    if let Some(problem) = &reading.problem {
        say(&format!("! {}", words.trace_problem(problem)))?;
    }
    if reading.rejected_count > 0 {
        let count = reading.rejected_count;
        say(&format!(
            "! {}:",
            words.trace_bad_rows(count, &words.integer(count as f64))
        ))?;
        for row in reading.rejected.iter().take(LISTED) {
            say(&format!("  {}", words.bad_row_of(row)))?;
        }
    }
    if let Some(layer) = &report.layer {
        writeln!(out)?;
        json::print(out, layer)?;
    }
    Ok(())
}
