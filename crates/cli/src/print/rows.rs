//! One result of many as a line of JSON, a row of CSV, or the cells of a table.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;
use words::Words;

use super::{table::Align, unsigned};
use crate::{
    args::ResultPart,
    failure::Failure,
    input::Fault,
    outcome::Outcome,
    result::{Parts, Summary},
    set::Setting,
};

/// What identifies a result among the others.
#[derive(Debug)]
pub enum RowKey {
    /// Number of its line in the input.
    Line(usize),
    /// What was set, in the order of the axes.
    Point(Vec<Setting>),
    /// A scenario, as it was asked for.
    Scenario(String),
}

/// How results are printed.
#[derive(Clone, Debug)]
pub enum OutputForm {
    Json(Vec<ResultPart>),
    Csv,
    Table(Words),
}

/// A result in its form.
pub enum Row {
    /// Ends with a line feed.
    Line(String),
    Cells(Vec<String>),
}

#[derive(Serialize)]
struct JsonLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<Settings<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(flatten)]
    parts: Option<Parts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Fault]>,
}

/// An object in the order of the axes.
struct Settings<'a>(&'a [Setting]);

impl Serialize for Settings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for setting in self.0 {
            map.serialize_entry(&setting.path.text, &setting.value)?;
        }
        map.end()
    }
}

impl OutputForm {
    /// Returns the language of what is wrong: a person's own only where people read it.
    pub fn words(&self) -> Words {
        match self {
            Self::Table(words) => *words,
            Self::Json(_) | Self::Csv => Words::default(),
        }
    }

    /// Returns the names above all results.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn head(&self, keys: &[String]) -> Result<Option<Row>, Failure> {
        Ok(match self {
            Self::Json(_) => None,
            Self::Csv => {
                let mut names = keys.to_vec();
                names.extend(summary_names()?);
                names.push("errors".to_owned());
                Some(Row::Line(record(&names)?))
            }
            Self::Table(words) => {
                let figures = [
                    words.key_availability(),
                    words.key_failed(),
                    words.key_late(),
                    words.key_p95(),
                    words.key_instances(),
                    words.key_cost_per_month(),
                ];
                let names = keys.iter().cloned();
                Some(Row::Cells(
                    names.chain(figures.map(str::to_owned)).collect(),
                ))
            }
        })
    }

    /// Returns how the columns of a table are aligned.
    pub fn align(keys: usize) -> Vec<Align> {
        vec![Align::Right; keys + 6]
    }

    /// Returns a result in this form.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row(&self, key: &RowKey, result: Result<&Outcome, &[Fault]>) -> Result<Row, Failure> {
        match self {
            Self::Json(parts) => json(key, result, parts).map(Row::Line),
            Self::Csv => csv(key, result).map(Row::Line),
            Self::Table(words) => Ok(Row::Cells(cells(key, result, *words))),
        }
    }
}

fn json(
    key: &RowKey,
    result: Result<&Outcome, &[Fault]>,
    parts: &[ResultPart],
) -> Result<String, Failure> {
    let (line, set) = match key {
        RowKey::Line(number) => (Some(*number), None),
        RowKey::Point(settings) => (None, Some(Settings(settings))),
        RowKey::Scenario(_) => (None, None),
    };
    let outcome = result.ok();
    let line = JsonLine {
        line,
        set,
        name: outcome.map(|outcome| &*outcome.scenario.name),
        parts: outcome.map(|outcome| Parts::of(outcome, parts)),
        errors: result.err(),
    };
    let mut bytes = Vec::new();
    super::json::print(&mut bytes, &line)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn csv(key: &RowKey, result: Result<&Outcome, &[Fault]>) -> Result<String, Failure> {
    let keys = key_cells(key);
    match result {
        Ok(outcome) => {
            let written = line(&Summary::of(outcome))?;
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(written.as_bytes());
            let figures = reader.records().next().transpose()?.unwrap_or_default();
            let figures = figures.iter().map(unsigned::cell);
            let figures = figures.map(str::to_owned).collect();
            record(&[keys, figures, vec![String::new()]].concat())
        }
        Err(faults) => {
            let nothing = vec![String::new(); summary_names()?.len()];
            record(&[keys, nothing, vec![sentence(faults)]].concat())
        }
    }
}

fn cells(key: &RowKey, result: Result<&Outcome, &[Fault]>, words: Words) -> Vec<String> {
    let mut cells = key_cells(key);
    match result {
        Ok(Outcome { report, .. }) => cells.extend([
            words.served_in_time(report),
            words.compact(report.failed),
            words.compact(report.late),
            words.served_after(report, report.p95_ms),
            words.value_range(
                &words.integer(f64::from(report.fewest_instances)),
                &words.integer(f64::from(report.most_instances)),
            ),
            words.usd(report.usd_per_month),
        ]),
        // Behind the figures that it has not: a long sentence makes no column wide.
        Err(faults) => {
            cells.extend([const { String::new() }; 6]);
            cells.push(sentence(faults));
        }
    }
    cells
}

fn key_cells(key: &RowKey) -> Vec<String> {
    let cell = |setting: &Setting| match &setting.value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match key {
        RowKey::Line(number) => vec![number.to_string()],
        RowKey::Point(settings) => settings.iter().map(cell).collect(),
        RowKey::Scenario(asked) => vec![asked.clone()],
    }
}

fn sentence(faults: &[Fault]) -> String {
    let sentences: Vec<String> = faults.iter().map(Fault::sentence).collect();
    sentences.join(" ")
}

fn summary_names() -> Result<Vec<String>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.serialize(Summary::default())?;
    let written = writer.into_inner().map_err(|error| error.into_error())?;
    let mut reader = csv::Reader::from_reader(&*written);
    Ok(reader.headers()?.iter().map(str::to_owned).collect())
}

/// Returns a row of CSV.
fn line(row: &impl Serialize) -> Result<String, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    writer.serialize(row)?;
    let written = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&written).into_owned())
}

fn record(cells: &[String]) -> Result<String, Failure> {
    line(&cells)
}
