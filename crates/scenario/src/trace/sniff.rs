//! What kind of CSV a file is: its delimiter, whether it names its columns, and which of them hold times and counts.
//!
//! It looks at the first rows only, and asks back where two readings are possible.

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::{
    Options, TraceProblem, ValueKind,
    cell::{is_unix, looks_like_number, looks_like_time},
    reader::HEAD,
};

/// Rows that are looked at.
const SAMPLE: usize = 50;

/// How to read a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Format {
    pub delimiter: u8,
    pub header: bool,
    pub time_column: usize,
    pub value_column: usize,
    pub time_name: String,
    pub value_name: String,
    pub kind: ValueKind,
    pub kind_assumed: bool,
}

type Row = Vec<Vec<u8>>;

/// Recognises a file by its beginning.
pub(super) fn sniff(head: &[u8], options: &Options) -> Result<Format, TraceProblem> {
    if head.trim_ascii().is_empty() {
        return Err(TraceProblem::Empty);
    }
    if head.contains(&0) || head.starts_with(b"PK\x03\x04") {
        return Err(TraceProblem::NotText);
    }
    let delimiter = delimiter(head);
    let rows = sample(head, delimiter);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let comma = comma_is_decimal(delimiter);
    let first = rows.first().map(Vec::as_slice).unwrap_or_default();
    let header = !first
        .iter()
        .any(|cell| looks_like_time(cell) || looks_like_number(cell, comma));
    let name = |column: usize| match first.get(column) {
        Some(cell) if header => String::from_utf8_lossy(cell.trim_ascii())
            .chars()
            .take(80)
            .collect(),
        _ => (column + 1).to_string(),
    };
    let data = rows.get(usize::from(header)..).unwrap_or_default();
    let has = |column: usize, test: &dyn Fn(&[u8]) -> bool, least_pct: usize| {
        let filled = data
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| !cell.trim_ascii().is_empty());
        let (mut all, mut good) = (0, 0);
        for cell in filled {
            all += 1;
            good += usize::from(test(cell));
        }
        good * 100 > all * least_pct
    };
    let among = |test: &dyn Fn(&[u8]) -> bool, least_pct: usize| -> Vec<usize> {
        (0..columns)
            .filter(|column| has(*column, test, least_pct))
            .collect()
    };
    let named = |found: &[usize]| {
        found
            .iter()
            .map(|column| (*column, name(*column)))
            .collect()
    };
    let all_names = || (0..columns).map(name).collect();

    let written = among(&|cell| looks_like_time(cell) && !is_unix(cell), 20);
    let numeric_times = among(&is_unix, 50);
    let times = if written.is_empty() {
        numeric_times
    } else {
        written
    };
    let time_column = match options
        .time_column
        .or_else(|| only(&times, &name, &is_time_name))
    {
        Some(column) => column,
        None if times.is_empty() => {
            return Err(TraceProblem::NoTimeColumn {
                columns: all_names(),
            });
        }
        None => {
            return Err(TraceProblem::WhichTimeColumn {
                columns: named(&times),
            });
        }
    };
    let mut values = among(&|cell| looks_like_number(cell, comma), 50);
    values.retain(|column| *column != time_column && !times.contains(column));
    let value_column = match options
        .value_column
        .or_else(|| only(&values, &name, &is_value_name))
    {
        Some(column) => column,
        None if values.is_empty() => {
            return Err(TraceProblem::NoValueColumn {
                columns: all_names(),
            });
        }
        None => {
            return Err(TraceProblem::WhichValueColumn {
                columns: named(&values),
            });
        }
    };
    let told = if header {
        kind(&name(value_column))
    } else {
        None
    };
    Ok(Format {
        delimiter,
        header,
        time_column,
        value_column,
        time_name: name(time_column),
        value_name: name(value_column),
        kind: options.kind.or(told).unwrap_or(ValueKind::Count),
        kind_assumed: options.kind.or(told).is_none(),
    })
}

/// Whether a comma within a cell is a decimal mark.
pub(super) fn comma_is_decimal(delimiter: u8) -> bool {
    delimiter != b','
}

/// The one column found, or the only one of several whose name fits.
fn only(
    found: &[usize],
    name: &dyn Fn(usize) -> String,
    fits: &dyn Fn(&str) -> bool,
) -> Option<usize> {
    if let [one] = found {
        return Some(*one);
    }
    let mut fitting = found
        .iter()
        .filter(|column| fits(&name(**column).to_lowercase()));
    fitting.next().copied().filter(|_| fitting.next().is_none())
}

fn is_time_name(name: &str) -> bool {
    [
        "time",
        "timestamp",
        "date",
        "datetime",
        "period",
        "ts",
        "@timestamp",
        "start",
    ]
    .contains(&name)
}

fn is_value_name(name: &str) -> bool {
    const COUNTS: [&str; 9] = [
        "count",
        "counts",
        "requests",
        "invocations",
        "hits",
        "calls",
        "visits",
        "sum",
        "traffic",
    ];
    COUNTS.contains(&name) || kind(name).is_some_and(|kind| kind != ValueKind::Count)
}

/// What a column's name says about its values.
fn kind(name: &str) -> Option<ValueKind> {
    let name = name.to_lowercase().replace([' ', '-', '.'], "_");
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["rps", "qps", "tps", "per_s", "/s", "_s_1"]) {
        Some(ValueKind::PerSecond)
    } else if has(&["rpm", "qpm", "per_m", "/m"]) {
        Some(ValueKind::PerMinute)
    } else if has(&["rph", "per_h", "/h"]) {
        Some(ValueKind::PerHour)
    } else if has(&[
        "count",
        "requests",
        "invocations",
        "hits",
        "calls",
        "visits",
        "sum",
    ]) {
        Some(ValueKind::Count)
    } else {
        None
    }
}

/// The delimiter that splits most of the first rows into the same number of cells, more than one.
fn delimiter(head: &[u8]) -> u8 {
    let mut best = (b',', 0);
    // A comma may be a decimal mark in the files of the other two, so they come first.
    for candidate in *b"\t;," {
        let rows = sample(head, candidate);
        let cells = rows.get(rows.len() / 2).map_or(0, Vec::len);
        let alike = rows.iter().filter(|row| row.len() == cells).count();
        if cells > 1 && alike * 10 > rows.len() * 8 && alike > best.1 {
            best = (candidate, alike);
        }
    }
    best.0
}

/// The first rows, split; the last one only if the file ends there.
fn sample(head: &[u8], delimiter: u8) -> Vec<Row> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut output, mut ends) = (vec![0; head.len().max(1)], [0; 256]);
    let (mut written, mut cells) = (0, 0);
    let (mut rows, mut rest) = (Vec::new(), head);
    while rows.len() < SAMPLE {
        let (result, read, more_written, more_cells) = reader.read_record(
            rest,
            output.get_mut(written..).unwrap_or_default(),
            ends.get_mut(cells..).unwrap_or_default(),
        );
        rest = rest.get(read..).unwrap_or_default();
        (written, cells) = (written + more_written, cells + more_cells);
        match result {
            ReadRecordResult::Record => {
                let mut start = 0;
                let row = ends.get(..cells).unwrap_or_default().iter().map(|end| {
                    let cell = output.get(start..*end).unwrap_or_default().to_vec();
                    start = *end;
                    cell
                });
                rows.push(row.collect());
                (written, cells) = (0, 0);
            }
            ReadRecordResult::InputEmpty if head.len() < HEAD => {}
            _ => break,
        }
    }
    rows
}
