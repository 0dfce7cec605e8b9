//! Tables with a column for each time: a day in each row and a minute in each column, or a series in each row.

use super::{
    Shape, TraceProblem,
    layout::Layout,
    rows::{Row, Rows},
    table::{Table, write_cell},
    times::{CellKind, cell_kind},
};

/// What the names of the columns are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeaderKind {
    /// Times of day: a date begins each row.
    OfDay,
    /// Hours of a day as numbers.
    Hours,
    /// Minutes of an hour, `:00` to `:59` or `0` to `59`: an hour begins each row.
    Minutes,
    /// Dates and times: each row is a series.
    Moments,
}

/// Returns the minute of an hour that a name stands for.
fn minute(name: &str) -> Option<u32> {
    let digits = name
        .trim()
        .trim_start_matches([':', 'm', 'M'])
        .trim_end_matches(['m', 'M', '분']);
    digits.parse::<u32>().ok().filter(|minute| *minute < 60)
}

fn is_behind_a_colon(names: &[String], column: usize) -> bool {
    let name = names.get(column);
    name.is_some_and(|name| name.trim().starts_with(':'))
}

/// Returns the text before a row's counts, down to its hour: `2026-06-01 10:00`, or a date and an hour in two cells.
fn hour_of(row: &Row<'_>, columns: usize) -> String {
    let cells = (0..columns).map(|column| String::from_utf8_lossy(row.get(column)));
    let text = cells.map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let text = text.join(" ");
    let text = text.trim();
    let hour = text.strip_suffix(":00:00").or(text.strip_suffix(":00"));
    hour.unwrap_or(text).to_owned()
}

/// Returns the table as rows of a time and a value; `None` where it is not wide.
pub(super) fn table(text: &[u8], layout: &Layout) -> Result<Option<Table>, TraceProblem> {
    let names = &layout.names;
    let columns_where = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let columns = names.iter().enumerate();
        columns
            .filter(|(_, name)| fits(name))
            .map(|(column, _)| column)
            .collect()
    };
    let of_kind =
        |wanted: CellKind| columns_where(&|name: &str| cell_kind(name.as_bytes()) == wanted);
    let hour = |name: &str| {
        let digits = name
            .trim()
            .trim_start_matches(['h', 'H'])
            .trim_end_matches(['h', 'H', '시']);
        digits.parse::<u32>().ok().filter(|hour| *hour <= 24)
    };
    let most = |columns: &[usize]| columns.len() >= 3 && columns.len() * 2 > names.len();
    let (header, columns) = if let columns = of_kind(CellKind::TimeOfDay)
        && most(&columns)
    {
        (HeaderKind::OfDay, columns)
    } else if let columns = of_kind(CellKind::Moment)
        && most(&columns)
    {
        (HeaderKind::Moments, columns)
    } else if let columns = columns_where(&|name: &str| hour(name).is_some())
        && columns.len() == 24
        && most(&columns)
    {
        (HeaderKind::Hours, columns)
    } else if let columns = columns_where(&|name: &str| minute(name).is_some())
        && most(&columns)
        && (columns.len() == 60
            || columns
                .iter()
                .all(|column| is_behind_a_colon(names, *column)))
    {
        (HeaderKind::Minutes, columns)
    } else {
        return Ok(None);
    };
    let first = columns.first().copied().unwrap_or(0);
    let mut out = Vec::new();
    let mut rows = Rows::new(layout.separator, layout.data_at, layout.data_line);
    let mut lines = 0_u64;
    let mut grid: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut row_names = Vec::new();
    while let Some(row) = rows.next(text)? {
        if row.is_blank() || row.is_comment() {
            continue;
        }
        lines += 1;
        if header == HeaderKind::Moments {
            let label = (0..first).map(|column| String::from_utf8_lossy(row.get(column)));
            row_names.push(label.collect::<Vec<_>>().join(" "));
            grid.push(
                columns
                    .iter()
                    .map(|column| row.get(*column).to_vec())
                    .collect(),
            );
            continue;
        }
        let day = (0..first)
            .map(|column| row.get(column))
            .find(|cell| cell_kind(cell) != CellKind::None);
        for column in &columns {
            let name = names.get(*column).map_or("", String::as_str);
            if header == HeaderKind::Minutes {
                let minute = minute(name).unwrap_or(0);
                let time = format!("{}:{minute:02}", hour_of(&row, first));
                write_cell(&mut out, time.as_bytes());
                out.push(b'\t');
                write_cell(&mut out, row.get(*column));
                out.push(b'\n');
                continue;
            }
            let mut time = day.unwrap_or_else(|| row.get(0)).to_vec();
            match hour(name).filter(|_| header == HeaderKind::Hours) {
                Some(hour) => time.extend(format!(" {hour:02}:00").bytes()),
                None => {
                    time.push(b' ');
                    time.extend(name.bytes());
                }
            }
            write_cell(&mut out, &time);
            out.push(b'\t');
            write_cell(&mut out, row.get(*column));
            out.push(b'\n');
        }
    }
    if header == HeaderKind::Moments {
        let mut head = b"time".to_vec();
        for (index, name) in row_names.iter().enumerate() {
            head.push(b'\t');
            let name = if name.trim().is_empty() {
                format!("{}", index + 2)
            } else {
                name.clone()
            };
            write_cell(&mut head, name.as_bytes());
        }
        head.push(b'\n');
        for (index, column) in columns.iter().enumerate() {
            write_cell(
                &mut out,
                names.get(*column).map_or(b"", |name| name.as_bytes()),
            );
            for row in &grid {
                out.push(b'\t');
                write_cell(&mut out, row.get(index).map_or(b"", Vec::as_slice));
            }
            out.push(b'\n');
        }
        return Ok(Some(Table {
            text: [head, out].concat(),
            shape: Shape::Wide,
            first_line: layout.data_line,
            rows_per_line: u64::MAX,
        }));
    }
    let head = b"time\tvalue\n".to_vec();
    // A table of nothing but its head has no rows to be read.
    Ok((lines > 0).then(|| Table {
        text: [head, out].concat(),
        shape: Shape::Wide,
        first_line: layout.data_line,
        rows_per_line: columns.len() as u64,
    }))
}
