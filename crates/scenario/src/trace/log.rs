//! Lines of a web server's log: one request each, of which the time is all that is needed.

use super::{Shape, moment::cell_time, table::Table};

/// Lines by which a log is recognised.
const SAMPLE: usize = 50;

/// Returns the times of a log in the common or combined format (`[10/Oct/2026:13:55:36 +0000]`), or of lines that each begin with a
/// time and go on in words; `None` where it is no log.
pub(super) fn table(text: &[u8]) -> Option<Table> {
    let lines = || text.split(|byte| *byte == b'\n');
    let sample = || {
        lines()
            .filter(|line| !line.trim_ascii().is_empty())
            .take(SAMPLE)
    };
    let seen = sample().count();
    let bracketed = sample().filter(|line| bracketed(line).is_some()).count();
    let balanced = sample().filter(|line| balanced(line).is_some()).count();
    let leading = sample().filter(|line| leading(line).is_some()).count();
    let time: fn(&[u8]) -> Option<&[u8]> = if bracketed * 2 > seen {
        self::bracketed
    } else if balanced * 2 > seen {
        self::balanced
    } else if leading * 10 > seen * 9 {
        self::leading
    } else {
        return None;
    };
    let mut out = b"time\n".to_vec();
    for line in lines() {
        // What is no line of the log stays, so that it is counted and reported.
        let cell = time(line).unwrap_or_else(|| line.trim_ascii());
        let cell = cell.get(..200).unwrap_or(cell);
        out.extend(cell.iter().filter(|byte| !b"\t\"\r".contains(byte)));
        out.push(b'\n');
    }
    Some(Table {
        text: out,
        shape: Shape::Log,
        first_line: 1,
        rows_per_line: 1,
    })
}

/// Returns the time in the brackets of `host - user [time] "request" …`.
fn bracketed(line: &[u8]) -> Option<&[u8]> {
    let open = line.iter().position(|byte| *byte == b'[')?;
    let rest = line.get(open + 1..)?;
    let close = rest.iter().position(|byte| *byte == b']')?;
    let (time, rest) = rest.split_at_checked(close)?;
    // Behind the time stands the request in quotation marks.
    let request = rest.get(1..)?.trim_ascii_start().starts_with(b"\"");
    (request && is_moment(time)).then_some(time)
}

/// Returns whether a text is a date and a time of day.
fn is_moment(text: &[u8]) -> bool {
    let read = std::str::from_utf8(text).map(cell_time);
    matches!(read, Ok(Ok(read)) if read.date.is_some() && read.second.is_some())
}

/// Returns the time in a line of a load balancer's log: behind the protocol, or first.
fn balanced(line: &[u8]) -> Option<&[u8]> {
    let mut words = line.split(|byte| *byte == b' ');
    let protocols: [&[u8]; 6] = [b"http", b"https", b"h2", b"grpcs", b"ws", b"wss"];
    let first = words.next()?;
    let time = if protocols.contains(&first) {
        words.next()?
    } else {
        first
    };
    // The request stands in quotation marks, ports behind addresses.
    let rest = line.windows(2).filter(|pair| *pair == b" \"").count();
    (is_moment(time) && rest > 0 && line.contains(&b':') && words.count() >= 8).then_some(time)
}

/// Returns the time that a line begins with, where words follow.
fn leading(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii();
    if line.iter().any(|byte| b"\t;|".contains(byte)) {
        return None;
    }
    let blanks = line.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    let ends: Vec<usize> = blanks.map(|(index, _)| index).take(4).collect();
    // The longest beginning that is a time: a blank may separate date and time, and a zone follow.
    let (time, end) = ends.iter().rev().find_map(|end| {
        let time = line.get(..*end)?;
        let text = std::str::from_utf8(time).ok()?.trim_end_matches([':', ',']);
        let read = cell_time(text).ok()?;
        (read.date.is_some() && read.second.is_some()).then_some((text.as_bytes(), *end))
    })?;
    // A word and more than numbers: `INFO request served`, not a table's cells.
    let rest = std::str::from_utf8(line.get(end..)?).ok()?;
    let words = rest.split_whitespace().filter(|word| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        inner.chars().count() > 1 && inner.chars().all(char::is_alphabetic)
    });
    (words.count() >= 2).then_some(time)
}
