//! How a table is laid out: what separates its cells, where its names stand (behind a title, comments, a tool's preamble, a line
//! that says `sep=;`; in one line or two), and where its rows begin. It looks at the first rows only.

use super::{
    Shape, TraceProblem,
    name::time_rank,
    number::looks_like_number,
    rows::Rows,
    table::Table,
    times::{CellKind, cell_kind},
};

/// Most rows of the sample, and most bytes.
const SAMPLE: usize = 200;
const SAMPLE_BYTES: usize = 1 << 19;
/// Most characters of a name.
const LONGEST_NAME: usize = 120;
/// What monitoring consoles write before the rows: a key and its values.
const PREAMBLE: [&str; 33] = [
    "id",
    "label",
    "full label",
    "account label",
    "search expression",
    "search expression or query",
    "expression",
    "metric namespace",
    "yaxis",
    "y axis",
    "account",
    "account id",
    "region",
    "period",
    "statistic",
    "stat",
    "unit",
    "namespace",
    "metric",
    "metric name",
    "dimensions",
    "dimension",
    "dashboard",
    "panel",
    "query",
    "date range",
    "exported",
    "generated",
    "report",
    "time zone",
    "timezone",
    "title",
    "view",
];

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub shape: Shape,
    pub separator: u8,
    /// A name for each column; empty where it has none.
    pub names: Vec<String>,
    /// Cells that a row may have.
    pub width: usize,
    /// Byte and line at which the rows begin.
    pub data_at: usize,
    pub data_line: u64,
    /// Whether it is a log: a `#Fields:` line names its columns.
    pub log: bool,
    /// For a table that was made: line of its first row, and rows of a line.
    made: Option<(u64, u64)>,
    /// The first rows.
    pub sample: Vec<SampleRow>,
}

/// A row of the sample.
#[derive(Clone, Debug)]
pub(super) struct SampleRow {
    pub line: u64,
    /// The byte at which it begins.
    at: usize,
    pub cells: Vec<Vec<u8>>,
    comment: bool,
}

impl SampleRow {
    pub(super) fn get(&self, column: usize) -> &[u8] {
        self.cells.get(column).map_or(&[], Vec::as_slice)
    }

    fn filled(&self) -> usize {
        let empty = |cell: &&Vec<u8>| cell.trim_ascii().is_empty();
        self.cells.len() - self.cells.iter().rev().take_while(empty).count()
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        self.cells.iter().map(|cell| {
            let text = String::from_utf8_lossy(cell);
            text.trim().chars().take(LONGEST_NAME).collect()
        })
    }
}

impl Layout {
    /// Finds how a text is laid out.
    pub(super) fn find(text: &[u8]) -> Result<Self, TraceProblem> {
        let (declared, from, line) = declared_separator(text);
        let mut best: Option<(u32, Self)> = None;
        // A comma may be a decimal mark in the files of the first two, and blanks stand in times.
        for separator in declared.map_or(b"\t;|, ".to_vec(), |declared| vec![declared]) {
            let layout = match Self::with(text, separator, from, line) {
                Ok(layout) => layout,
                Err(problem @ TraceProblem::TooManyColumns { .. }) if separator != b' ' => {
                    return Err(problem);
                }
                // Another separator may fit, so that a quotation mark is none.
                Err(problem) if best.is_none() && separator == b',' => return Err(problem),
                Err(_) if declared.is_none() => continue,
                Err(problem) => return Err(problem),
            };
            let score = layout.score();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, layout));
            }
        }
        best.map(|(_, layout)| layout).ok_or(TraceProblem::Empty)
    }

    /// Returns the layout of a table that was made: tabs, and its names in the first line.
    pub(super) fn of_table(table: &Table) -> Result<Self, TraceProblem> {
        let rows = sample(&table.text, b'\t', 0, 1)?;
        let names: Vec<String> = rows.iter().take(1).flat_map(SampleRow::texts).collect();
        let second = rows.get(1);
        let end = table.text.iter().position(|byte| *byte == b'\n');
        let mut layout = Self {
            shape: table.shape,
            separator: b'\t',
            width: names.len(),
            names,
            data_at: second.map_or(end.map_or(table.text.len(), |end| end + 1), |row| row.at),
            data_line: second.map_or(2, |row| row.line),
            log: false,
            made: Some((table.first_line, table.rows_per_line)),
            sample: rows
                .into_iter()
                .skip(1)
                .filter(|row| !row.comment)
                .collect(),
        };
        let mut sample = std::mem::take(&mut layout.sample);
        for row in &mut sample {
            row.line = layout.line(row.line);
        }
        layout.sample = sample;
        Ok(layout)
    }

    /// Returns the line of the file that a line of the table belongs to.
    pub(super) fn line(&self, line: u64) -> u64 {
        match self.made {
            Some((first, per_line)) => first + line.saturating_sub(2) / per_line.max(1),
            None => line,
        }
    }

    /// Returns a column's name, or its number.
    pub(super) fn name(&self, column: usize) -> String {
        match self.names.get(column) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => (column + 1).to_string(),
        }
    }

    /// Returns the layout of a text whose cells `separator` separates, from byte `from` on, which begins line `line`.
    fn with(text: &[u8], separator: u8, from: usize, line: u64) -> Result<Self, TraceProblem> {
        let rows = sample(text, separator, from, line)?;
        let width = width(&rows);
        let time_column = time_column(&rows, width);
        let first = rows
            .iter()
            .position(|row| {
                let timed = time_column.is_none_or(|column| {
                    let cell = row.get(column);
                    is_time(cell) || is_digits(cell)
                });
                timed && !row.comment && row.filled() <= width.max(1) + 1 && is_data(row, width)
            })
            .unwrap_or(rows.len());
        // A row before it whose time cannot be read and whose values can is a row still.
        let first = first_data_row(&rows, first, width);
        let before = rows.get(..first).unwrap_or_default();
        let (names, first) = if first < rows.len() {
            (names(before, width), first)
        } else {
            // A table without times is recognised by its columns; times may be its names.
            let is_head = |row: &&SampleRow| !row.comment && row.filled() >= width.min(2);
            let head = rows.iter().position(|row| is_head(&row));
            let head = head.filter(|index| {
                let cells = rows.get(*index).map(|row| &row.cells);
                !cells.is_some_and(|cells| cells.iter().any(|cell| looks_like_number(cell)))
            });
            let texts = head.and_then(|index| rows.get(index));
            (
                texts.map(|row| row.texts().collect()),
                head.map_or(0, |index| index + 1),
            )
        };
        let log = before
            .iter()
            .any(|row| row.comment && row.get(0).to_ascii_lowercase().starts_with(b"#fields:"));
        let data = rows.get(first);
        let width = names.as_ref().map_or(width, Vec::len).max(1);
        Ok(Self {
            shape: Shape::Table {
                separator: char::from(separator),
                header: names.is_some(),
            },
            separator,
            names: names.unwrap_or_else(|| vec![String::new(); width]),
            width,
            data_at: data.map_or(text.len(), |row| row.at),
            data_line: data.map_or(1, |row| row.line),
            log,
            made: None,
            sample: rows
                .into_iter()
                .skip(first)
                .filter(|row| !row.comment)
                .collect(),
        })
    }

    /// Returns how well the separator fits: rows of a time and a number are best, then those of a time.
    fn score(&self) -> u32 {
        let most = width(&self.sample).max(self.width);
        let rows = self.sample.len().max(1);
        let share = |fits: &dyn Fn(&SampleRow) -> bool| {
            (self.sample.iter().filter(|row| fits(row)).count() * 10 / rows) as u32
        };
        let timed = |row: &SampleRow| row.cells.iter().any(|cell| is_time(cell));
        let alike = |row: &SampleRow| row.filled() <= most && row.cells.len() > 1;
        let both = |row: &SampleRow| {
            alike(row)
                && row
                    .cells
                    .iter()
                    .any(|cell| is_time(cell) || is_digits(cell))
                && row
                    .cells
                    .iter()
                    .filter(|cell| looks_like_number(cell))
                    .count()
                    > usize::from(!timed(row))
        };
        // Names that are times are a table's with a column for each.
        let timed_names = self.names.iter().filter(|name| is_time(name.as_bytes()));
        let wide = u32::from(timed_names.count() >= 3) * 1000;
        wide + share(&both) * 100
            + share(&|row| alike(row) && timed(row)) * 10
            + share(&timed)
            + share(&alike)
    }
}

/// Returns the separator that the first line declares as spreadsheets do (`sep=;`), and the byte and line at which the rest begins.
fn declared_separator(text: &[u8]) -> (Option<u8>, usize, u64) {
    let end = text
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(text.len());
    let line = text.get(..end).unwrap_or_default().trim_ascii_end();
    let line = line
        .strip_prefix(b"\"")
        .and_then(|line| line.strip_suffix(b"\""))
        .unwrap_or(line);
    let declared = line
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case(b"sep="))
        .and(line.get(4..));
    match declared {
        Some([separator]) if b",;|: \t".contains(separator) => (Some(*separator), end + 1, 2),
        // A tab may have been trimmed.
        Some([]) => (Some(b'\t'), end + 1, 2),
        _ => (None, 0, 1),
    }
}

/// Returns the first rows, as a sample.
fn sample(
    text: &[u8],
    separator: u8,
    from: usize,
    line: u64,
) -> Result<Vec<SampleRow>, TraceProblem> {
    let mut rows = Rows::new(separator, from, line);
    let mut found = Vec::new();
    let mut at = from;
    while found.len() < SAMPLE && rows.byte_offset() < from + SAMPLE_BYTES {
        let Some(row) = rows.next(text)? else {
            break;
        };
        if !row.is_blank() {
            found.push(SampleRow {
                line: row.line,
                at,
                comment: row.is_comment(),
                cells: row.cells().map(<[u8]>::to_vec).collect(),
            });
        }
        at = rows.byte_offset();
    }
    Ok(found)
}

/// Returns how many cells most rows have.
fn width(rows: &[SampleRow]) -> usize {
    let mut counts: Vec<usize> = Vec::new();
    for row in rows.iter().filter(|row| !row.comment) {
        let cells = row.filled();
        counts.resize(counts.len().max(cells + 1), 0);
        if let Some(count) = counts.get_mut(cells) {
            *count += 1;
        }
    }
    // Of widths that are as frequent the largest.
    let by_count = counts.iter().zip(0..).max_by_key(|(count, _)| **count);
    by_count.map_or(0, |(_, cells)| cells)
}

/// Returns the column in which most rows have a time.
fn time_column(rows: &[SampleRow], width: usize) -> Option<usize> {
    let counts = (0..width).map(|column| {
        let timed = rows
            .iter()
            .filter(|row| !row.comment && is_time(row.get(column)));
        (timed.count(), column)
    });
    let best = counts.max_by_key(|(count, column)| (*count, usize::MAX - column));
    best.filter(|(count, _)| *count > 1)
        .map(|(_, column)| column)
}

fn is_time(cell: &[u8]) -> bool {
    matches!(
        cell_kind(cell),
        CellKind::Moment | CellKind::Date | CellKind::TimeOfDay
    )
}

fn is_digits(cell: &[u8]) -> bool {
    matches!(cell_kind(cell), CellKind::Digits | CellKind::Serial)
}

/// Returns whether a row holds data: a time, and where there are other columns a number or nothing but times in the first rows.
fn is_data(row: &SampleRow, width: usize) -> bool {
    let times = row.cells.iter().filter(|cell| is_time(cell)).count();
    let digits = row.cells.iter().filter(|cell| is_digits(cell)).count();
    let numbers = row
        .cells
        .iter()
        .filter(|cell| looks_like_number(cell))
        .count();
    // Names may be times as well, of a table with a column for each: there are no others then.
    let wide = times >= 3
        && times * 2 > width
        && numbers == 0
        && row.cells.iter().any(|cell| {
            let text = cell.trim_ascii();
            cell_kind(text) == CellKind::None && text.iter().any(u8::is_ascii_alphabetic)
                || text.is_empty()
        });
    let first = row.get(0).trim_ascii();
    let named =
        first.iter().any(u8::is_ascii_alphabetic) && !is_time(first) && numbers > 0 && times == 0;
    // A console's "Period,60" and a title with a date are no rows.
    let preamble = PREAMBLE.contains(
        &String::from_utf8_lossy(first)
            .to_ascii_lowercase()
            .trim_end_matches(':'),
    );
    !wide
        && !preamble
        && (times > 0 || digits > 0 && !named || digits > 1)
        && (width < 2 || row.filled() > 1)
}

/// Returns the index of the first row of the data, which may have a time that cannot be read.
fn first_data_row(rows: &[SampleRow], first: usize, width: usize) -> usize {
    let mut begins = first;
    for (index, row) in rows.iter().enumerate().take(first).rev() {
        let digit = |cell: &[u8]| cell.iter().any(u8::is_ascii_digit);
        let tried = digit(row.get(0)) && row.filled() >= width && width > 1 && !row.comment;
        let valued = row.cells.iter().skip(1).any(|cell| looks_like_number(cell));
        if tried && valued && first < rows.len() {
            begins = index;
        } else {
            break;
        }
    }
    begins
}

/// Returns the names of the columns in what stands before the rows; `None` where there are none.
fn names(before: &[SampleRow], width: usize) -> Option<Vec<String>> {
    let key = |row: &SampleRow| {
        let first = String::from_utf8_lossy(row.get(0))
            .trim()
            .trim_end_matches(':')
            .to_ascii_lowercase();
        PREAMBLE.contains(&first.as_str()) && row.filled() > 1
    };
    let least = width.min(2);
    let is_names =
        |row: &&SampleRow| !row.comment && row.filled() >= least && row.filled() <= width + 1;
    let labels = before.iter().filter(|row| key(row)).find(|row| {
        let first = String::from_utf8_lossy(row.get(0))
            .trim()
            .to_ascii_lowercase();
        matches!(
            first.trim_end_matches(':'),
            "label" | "full label" | "metric" | "metric name"
        )
    });
    // Below a console's labels only a line that names a time stands over the columns: its other keys are many.
    let names_a_time = |row: &&SampleRow| {
        row.texts()
            .next()
            .and_then(|name| time_rank(&name))
            .is_some()
    };
    let mut lines = before
        .iter()
        .rev()
        .filter(is_names)
        .filter(|row| !key(row) && !is_rule(row))
        .filter(|row| labels.is_none() || names_a_time(row));
    let Some(last) = lines.next() else {
        if let Some(labels) = labels {
            // A console's labels stand over the columns.
            let mut names: Vec<String> = labels.texts().collect();
            if let Some(first) = names.first_mut() {
                "time".clone_into(first);
            }
            return Some(names);
        }
        return comment_names(before, width);
    };
    let mut names: Vec<String> = last.texts().collect();
    // Names in two lines: a unit under each, or a group over several.
    if let Some(over) = lines.next()
        && over.line + 1 == last.line
        && over
            .cells
            .iter()
            .skip(1)
            .any(|cell| !cell.trim_ascii().is_empty())
        && over.filled() + 1 >= width.min(3)
        && !over.cells.iter().any(|cell| is_time(cell))
    {
        let mut group = String::new();
        let spans = over
            .cells
            .iter()
            .filter(|cell| cell.trim_ascii().is_empty())
            .count()
            > 1;
        for (index, text) in over.texts().enumerate() {
            // What stands over several columns is written over the first of them.
            if !text.is_empty() {
                group.clone_from(&text);
            }
            let text = if spans && index > 0 {
                group.clone()
            } else {
                text
            };
            match names.get_mut(index) {
                Some(name) if name.is_empty() => *name = text,
                Some(name) if !text.is_empty() && *name != text => *name = format!("{text} {name}"),
                Some(_) => {}
                None => names.push(text),
            }
        }
    }
    while names.len() > width && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    Some(names)
}

/// Returns whether a line only separates names from rows, as Markdown's `|---|---|` does.
fn is_rule(row: &SampleRow) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'-' | b'=' | b':' | b'+' | b' ');
    let has_marks = row.cells.iter().any(|cell| !cell.trim_ascii().is_empty());
    has_marks && row.cells.iter().all(|cell| cell.iter().all(is_mark))
}

/// Returns the names in a comment: `# time requests`, `#Fields: date time …`.
fn comment_names(before: &[SampleRow], width: usize) -> Option<Vec<String>> {
    let last = before
        .iter()
        .rev()
        .find(|row| row.comment && row.filled() >= width.min(2))?;
    let mut names: Vec<String> = last.texts().collect();
    let first = names
        .first()?
        .trim_start_matches(['#', '/'])
        .trim()
        .to_owned();
    if first.is_empty() || first.eq_ignore_ascii_case("fields:") {
        names.remove(0);
    } else if let Some(rest) = first.strip_prefix("Fields:") {
        // Where tabs separate the cells, blanks may separate the names.
        rest.trim().clone_into(names.first_mut()?);
    } else {
        *names.first_mut()? = first;
    }
    (names.len() == width).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        Layout::find(text.as_bytes()).unwrap()
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        let cases: [(&str, &[&str], u64); 24] = [
            (
                "From,2026-06-01 10:00\nTo,2026-06-01 10:02\ntime,requests\n2026-06-01 10:00,1\n2026-06-01 10:01,1\n",
                &["time", "requests"],
                4,
            ),
            (
                "time,requests\n2026-06-01 10:00,1\n2026-06-01 10:01,2\n",
                &["time", "requests"],
                2,
            ),
            ("2026-06-01 10:00,1\n2026-06-01 10:01,2\n", &["", ""], 1),
            (
                "sep=;\ntime;requests per second\n2026-06-01 10:00:00;12\n",
                &["time", "requests per second"],
                3,
            ),
            (
                "\"sep=,\"\r\ntime,n\r\n2026-06-01 10:00:00,12\r\n",
                &["time", "n"],
                3,
            ),
            (
                "Requests of June\n\ntime,requests\n2026-06-01 10:00,1\n",
                &["time", "requests"],
                4,
            ),
            (
                "Requests of June,,\ntime,requests,errors\n2026-06-01 10:00,1,2\n",
                &["time", "requests", "errors"],
                3,
            ),
            (
                "# made by a tool, on 2026-06-01\n# host a\ntime,requests\n2026-06-01 10:00,1\n",
                &["time", "requests"],
                4,
            ),
            (
                "# time requests\n2026-06-01T10:00 1\n2026-06-01T10:01 1\n",
                &["time", "requests"],
                2,
            ),
            (
                "#time,requests\n2026-06-01T10:00,1\n2026-06-01T10:01,1\n",
                &["time", "requests"],
                2,
            ),
            (
                "time,1,2,3\n2026-06-01 10:00,1,2,3\n",
                &["time", "1", "2", "3"],
                2,
            ),
            (
                ",2025,2026\n2026-06-01 10:00,1,2\n",
                &["", "2025", "2026"],
                2,
            ),
            (
                "time,requests\n,per second\n2026-06-01 10:00,1\n",
                &["time", "requests per second"],
                3,
            ),
            (
                "time,requests,errors\nUTC,1/s,1/s\n2026-06-01 10:00,1,2\n",
                &["time UTC", "requests 1/s", "errors 1/s"],
                3,
            ),
            (
                ",api,,web,\ntime,a,b,c,d\n2026-06-01 10:00,1,2,3,4\n",
                &["time", "api a", "api b", "web c", "web d"],
                3,
            ),
            (
                "Full label,Invocations\nYAxis,left\nAccount,1234\nPeriod,60\n2026-06-01 10:00:00,1\n2026-06-01 10:01:00,1\n",
                &["time", "Invocations"],
                5,
            ),
            (
                "Full label,Invocations\nMetric namespace,AWS/SageMaker\nResource,x\nStat,Sum\n2026-06-01 10:00:00,1\n2026-06-01 10:01:00,1\n",
                &["time", "Invocations"],
                5,
            ),
            (
                "| time | requests |\n|------|---------:|\n| 2026-06-01 10:00 | 1 |\n| 2026-06-01 10:01 | 2 |\n",
                &["", "time", "requests"],
                3,
            ),
            (
                "Id,m1\nLabel,Invocations\nTimestamp,Sum\n2026-06-01 10:00:00,1\n2026-06-01 10:01:00,1\n",
                &["Timestamp", "Sum"],
                4,
            ),
            ("1795896000,600\n1795896060,1200\n", &["", ""], 1),
            ("ts,v\n1795896000,600\n1795896060,1200\n", &["ts", "v"], 2),
            (
                "time,n\nnonsense 7,5\n2026-06-01 10:00,1\n",
                &["time", "n"],
                2,
            ),
            (
                "#Version: 1.0\n#Fields: date time cs-method sc-status\n2026-06-01 10:00:00 GET 200\n2026-06-01 10:00:01 GET 200\n",
                &["date", "time", "cs-method", "sc-status"],
                3,
            ),
            (
                "time|requests\n2026-06-01 10:00|1\n",
                &["time", "requests"],
                2,
            ),
        ];
        for (text, names, line) in cases {
            let found = layout(text);
            assert_eq!(
                (found.names, found.data_line),
                (names.iter().map(|n| (*n).to_owned()).collect(), line),
                "{text}"
            );
        }
    }

    #[test]
    fn what_parts_the_cells() {
        for (text, separator) in [
            ("a;b\n2026-06-01 10:00;12,5\n2026-06-01 10:01;12,6\n", b';'),
            ("a,b\n2026-06-01 10:00,5\n2026-06-01 10:01,6\n", b','),
            (
                "a\tb\n2026-06-01 10:00\t1,000\n2026-06-01 10:01\t1,001\n",
                b'\t',
            ),
            ("a|b\n2026-06-01 10:00|5\n2026-06-01 10:01|6\n", b'|'),
            ("2026-06-01 10:00:00 5\n2026-06-01 10:00:01 6\n", b' '),
            (
                "a,b\n\"Jun 1, 2026 10:00\",5\n\"Jun 1, 2026 10:01\",6\n",
                b',',
            ),
            (
                "time,agent,n\n2026-06-01 10:00,\"x; y\",5\n2026-06-01 10:01,\"x; y\",6\n",
                b',',
            ),
            (
                "시간,요청 수\n2026. 6. 1. 오후 3:05,600\n2026. 6. 1. 오후 3:06,601\n",
                b',',
            ),
        ] {
            assert_eq!(
                char::from(layout(text).separator),
                char::from(separator),
                "{text}"
            );
        }
    }
}
