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
        Answer, Choices, Column, DateOrder, Gaps, Mark, QuestionTopic, Reader, Reading, SameTime,
        Source, TimeForm, TraceDestination, TraceProblem, Values, read,
    },
};
use serde::Serialize;
use words::Words;

use super::named;
use crate::{
    args::{DecimalMark, Fill, Same, TimesAre, TraceArgs, ValuesAre},
    failure::Failure,
    input::open,
    plain::plain,
    print::{json, output},
};

/// Rows and notes that are listed for people.
const LISTED: usize = 20;

/// What was understood, for programs.
#[derive(Serialize)]
struct Understood {
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
    questions: Vec<Asked>,
    problems: Vec<Problem>,
    unusable_rows: u64,
    notes: Vec<String>,
    layer: Option<Layer>,
}

/// Something that has to be asked.
#[derive(Serialize)]
struct Asked {
    about: &'static str,
    question: String,
    choices: Vec<Offered>,
    /// Index of the choice that is taken meanwhile.
    default: Option<usize>,
}

/// An answer, and the flags that give it.
#[derive(Serialize)]
struct Offered {
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
    let source = match fetched(&args.file)? {
        Ok(source) => source,
        Err(problem) => return refused(&problem, args, words),
    };
    let choices = choices(args, &source.columns())?;
    let place = place(&choices);
    let reading = read(&source, &choices, &place);
    let understood = understood(&reading, &place, &choices, args, words);
    let mut out = output();
    if args.json {
        json::print(&mut out, &understood)?;
    } else {
        tell(&mut out, &reading, &understood, &place, words)?;
    }
    out.flush()?;
    if reading.problem.is_none() && !reading.questions.is_empty() {
        return Err(Failure::Asked);
    }
    if understood.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Scenario(String::new()))
    }
}

/// The file, as it comes in: no more of it is kept than can be read.
fn fetched(argument: &str) -> Result<Result<Source, TraceProblem>, Failure> {
    let mut file = open(argument)?;
    let mut reader = Reader::default();
    let mut part = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut part).map_err(|error| {
            Failure::Usage(format!("{} cannot be read: {error}.", named(argument)))
        })?;
        if count == 0 || reader.is_full() {
            return Ok(reader.finish());
        }
        reader.push(part.get(..count).unwrap_or_default());
    }
}

/// A file that is no table at all.
fn refused(problem: &TraceProblem, args: &TraceArgs, words: Words) -> Result<(), Failure> {
    let message = plain(&words.trace_problem(problem));
    if !args.json {
        return Err(Failure::Scenario(format!(
            "{}: {message}",
            named(&args.file)
        )));
    }
    let mut out = output();
    let line = match problem {
        TraceProblem::NotJson { line }
        | TraceProblem::OpenQuote { line }
        | TraceProblem::TooManyColumns { line, .. } => Some(*line),
        _ => None,
    };
    let nothing = Understood {
        start: None,
        step_s: None,
        rows: 0,
        total_requests: None,
        peak_per_minute: None,
        peak_rps: None,
        peak_at: None,
        time_zone: "UTC".to_owned(),
        columns: Vec::new(),
        time_columns: Vec::new(),
        value_columns: Vec::new(),
        reading: None,
        questions: Vec::new(),
        problems: vec![Problem { line, message }],
        unusable_rows: 0,
        notes: Vec::new(),
        layer: None,
    };
    json::print(&mut out, &nothing)?;
    out.flush()?;
    Err(Failure::Scenario(String::new()))
}

/// Where the layer's start is told: in the zone that was named, or in UTC.
fn place(choices: &Choices) -> TraceDestination {
    let name = choices.zone.clone().unwrap_or_else(|| "UTC".to_owned());
    TraceDestination {
        zone: Zone::find(&name).unwrap_or_else(Zone::utc),
        zones: vec![name],
    }
}

/// The flags as choices.
fn choices(args: &TraceArgs, columns: &[Column]) -> Result<Choices, Failure> {
    let places = |named: &[String]| -> Result<Vec<usize>, Failure> {
        named.iter().map(|name| place_of(name, columns)).collect()
    };
    let order = [
        (args.day_first, DateOrder::DayFirst),
        (args.month_first, DateOrder::MonthFirst),
        (args.year_first, DateOrder::YearFirst),
    ];
    Ok(Choices {
        time_columns: places(&args.time_column)?,
        value_columns: places(&args.value_column)?,
        values: args.values.map(|values| match values {
            ValuesAre::Count => Values::Count,
            ValuesAre::PerSecond => Values::PerSecond,
            ValuesAre::PerMinute => Values::PerMinute,
            ValuesAre::PerHour => Values::PerHour,
            ValuesAre::RowPerRequest => Values::Row,
        }),
        instances: args.instances,
        date_order: order
            .iter()
            .find(|(chosen, _)| *chosen)
            .map(|(_, order)| *order),
        time_form: args.time_form.map(|form| match form {
            TimesAre::DateDigits => TimeForm::DateDigits,
            TimesAre::Seconds => TimeForm::Seconds,
            TimesAre::Milliseconds => TimeForm::Milliseconds,
            TimesAre::Microseconds => TimeForm::Microseconds,
            TimesAre::Nanoseconds => TimeForm::Nanoseconds,
            TimesAre::Spreadsheet => TimeForm::Spreadsheet,
        }),
        decimal: args.decimal.map(|mark| match mark {
            DecimalMark::Point => Mark::Point,
            DecimalMark::Comma => Mark::Comma,
        }),
        zone: args.zone.clone(),
        same_time: args.same_time.map(|same| match same {
            Same::AddUp => SameTime::AddUp,
            Same::KeepFirst => SameTime::KeepFirst,
        }),
        step_s: args.step,
        gaps: args.gaps.map(|gaps| match gaps {
            Fill::Zero => Gaps::Zero,
            Fill::Previous => Gaps::Previous,
            Fill::Line => Gaps::Interpolate,
        }),
    })
}

/// A column by its name, whatever the case, or by its number from 1.
fn place_of(name: &str, columns: &[Column]) -> Result<usize, Failure> {
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

fn understood(
    reading: &Reading,
    place: &TraceDestination,
    choices: &Choices,
    args: &TraceArgs,
    words: Words,
) -> Understood {
    let names = |places: &[usize]| -> Vec<String> {
        let columns = places
            .iter()
            .filter_map(|place| reading.columns.get(*place));
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
    Understood {
        start: reading
            .span
            .map(|span| with_offset(span.start_utc_s, &place.zone)),
        step_s: reading.span.map(|span| span.step_s),
        rows: reading.rows,
        total_requests: made.map(|made| made.requests),
        peak_per_minute: made.map(|made| made.peak_per_minute),
        peak_rps: made.map(|made| made.peak_per_minute / 60.0),
        peak_at: made.map(|made| with_offset(made.peak_utc_s, &place.zone)),
        time_zone: choices.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        columns: reading
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
        time_columns: names(&reading.in_force.time_columns),
        value_columns: names(&reading.in_force.value_columns),
        reading: reading.in_force.values.map(Values::name),
        questions: reading
            .questions
            .iter()
            .map(|question| Asked {
                about: about(question.about),
                question: plain(&words.trace_question(question, reading)),
                choices: question
                    .choices
                    .iter()
                    .map(|choice| Offered {
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

/// A file's name without its ending.
fn layer_name(file: &str) -> String {
    let stem = Path::new(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy().chars().take(80).collect());
    stem.filter(|_| file != "-").unwrap_or_default()
}

/// A moment on a zone's wall clock, with its offset: `2026-06-01T10:00:00+01:00`.
fn with_offset(utc_s: i64, zone: &Zone) -> String {
    let local = zone.local(utc_s);
    let (offset, time) = (zone.offset_s(utc_s), local.time());
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    format!(
        "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        local.date(),
        time.hour(),
        time.minute(),
        time.second(),
        minutes / 60,
        minutes % 60,
    )
}

fn about(about: QuestionTopic) -> &'static str {
    match about {
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

/// The flags that give an answer.
fn flags(answer: &Answer, columns: &[Column]) -> String {
    let of_columns = |flag: &str, places: &[usize]| {
        let named: Vec<String> = places
            .iter()
            .filter_map(|place| Some((place, columns.get(*place)?)))
            .map(|(place, column)| {
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
                    (place + 1).to_string()
                };
                format!("--{flag} {name}")
            })
            .collect();
        named.join(" ")
    };
    match answer {
        Answer::TimeColumns(places) => of_columns("time-column", places),
        Answer::ValueColumns(places) => of_columns("value-column", places),
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
        Answer::Decimal(Mark::Point) => "--decimal point".to_owned(),
        Answer::Decimal(Mark::Comma) => "--decimal comma".to_owned(),
        Answer::SameTime(SameTime::AddUp) => "--same-time add-up".to_owned(),
        Answer::SameTime(SameTime::KeepFirst) => "--same-time keep-first".to_owned(),
        Answer::Step(step_s) => format!("--step {step_s}"),
        Answer::Zone(zone) => format!("--zone {zone}"),
    }
}

/// All of it for people: what was understood, what has to be asked, what is wrong, and the layer.
fn tell(
    out: &mut impl Write,
    reading: &Reading,
    understood: &Understood,
    place: &TraceDestination,
    words: Words,
) -> Result<(), Failure> {
    let mut say = |text: &str| writeln!(out, "{}", plain(text));
    if reading.span.is_some() {
        say(&words.trace_spans(reading, &place.zone))?;
    }
    if let Some(made) = &reading.summary {
        say(&words.trace_made(made, &place.zone))?;
    }
    if let Some(read) = words.trace_read_as(reading) {
        say(&read)?;
    }
    for note in understood.notes.iter().take(LISTED) {
        say(note)?;
    }
    for question in &understood.questions {
        say("")?;
        say(&format!("? {}", question.question))?;
        if question.about == "instances" {
            say("    --instances N")?;
        }
        for (place, choice) in question.choices.iter().take(LISTED).enumerate() {
            let taken = if question.default == Some(place) {
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
    if !understood.problems.is_empty() {
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
    if let Some(layer) = &understood.layer {
        writeln!(out)?;
        json::print(out, layer)?;
    }
    Ok(())
}
