//! How dates and times are written: ISO 8601, seconds only where there are any.

use std::{fmt, str::FromStr};

use super::{LocalDate, LocalDateTime, LocalTime, UtcDateTime};
use crate::field::as_json;

/// A text that is not the date or time asked for, or one that does not exist (30 February, 25:00).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotIso;

impl fmt::Display for NotIso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date or time as ISO 8601 writes it")
    }
}

impl std::error::Error for NotIso {}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.year(), self.month(), self.day());
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        match self.second() {
            0 => Ok(()),
            second => write!(f, ":{second:02}"),
        }
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.time())
    }
}

/// Takes exactly `digits` digits off the front.
fn take_number(text: &mut &[u8], digits: usize) -> Option<u32> {
    let (head, rest) = text.split_at_checked(digits)?;
    let mut value = 0;
    for byte in head {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(byte - b'0');
    }
    *text = rest;
    Some(value)
}

/// Takes one of `marks` off the front.
fn take_mark(text: &mut &[u8], marks: &[u8]) -> Option<()> {
    let (first, rest) = text.split_first()?;
    if !marks.contains(first) {
        return None;
    }
    *text = rest;
    Some(())
}

fn date(text: &mut &[u8]) -> Option<LocalDate> {
    let year = take_number(text, 4)?;
    take_mark(text, b"-")?;
    let month = take_number(text, 2)?;
    take_mark(text, b"-")?;
    LocalDate::new(year as i32, month, take_number(text, 2)?)
}

fn time(text: &mut &[u8]) -> Option<LocalTime> {
    let hour = take_number(text, 2)?;
    take_mark(text, b":")?;
    let minute = take_number(text, 2)?;
    let second = match take_mark(text, b":") {
        Some(()) => take_number(text, 2)?,
        None => 0,
    };
    LocalTime::new(hour, minute, second)
}

/// Parses a text to its end.
fn parse_all<T>(text: &str, parse: impl Fn(&mut &[u8]) -> Option<T>) -> Result<T, NotIso> {
    let mut rest = text.as_bytes();
    match parse(&mut rest) {
        Some(value) if rest.is_empty() => Ok(value),
        _ => Err(NotIso),
    }
}

impl FromStr for LocalDate {
    type Err = NotIso;

    fn from_str(text: &str) -> Result<Self, NotIso> {
        parse_all(text, date)
    }
}

impl FromStr for LocalTime {
    type Err = NotIso;

    fn from_str(text: &str) -> Result<Self, NotIso> {
        parse_all(text, time)
    }
}

impl FromStr for LocalDateTime {
    type Err = NotIso;

    fn from_str(text: &str) -> Result<Self, NotIso> {
        parse_all(text, |rest| {
            let date = date(rest)?;
            take_mark(rest, b"T ")?;
            Some(date.at(time(rest)?))
        })
    }
}

as_json!(LocalDate);
as_json!(LocalTime);
as_json!(LocalDateTime);
as_json!(UtcDateTime);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["2026-11-28", "0001-01-01", "9999-12-31", "2024-02-29"] {
            assert_eq!(text.parse::<LocalDate>().unwrap().to_string(), text);
        }
        for text in ["00:00", "20:05", "23:59:59"] {
            assert_eq!(text.parse::<LocalTime>().unwrap().to_string(), text);
        }
        for text in ["2026-11-28T20:00", "1998-07-07T23:41:30"] {
            assert_eq!(text.parse::<LocalDateTime>().unwrap().to_string(), text);
        }
        assert_eq!(
            "2026-11-28 20:00:00"
                .parse::<LocalDateTime>()
                .unwrap()
                .to_string(),
            "2026-11-28T20:00"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2026-2-3",
            "2026-02-30",
            "28.11.2026",
            "2026-11-28 ",
            "２０２６-11-28",
            "-026-11-28",
        ] {
            assert_eq!(text.parse::<LocalDate>(), Err(NotIso), "{text}");
        }
        for text in ["8:00", "24:00", "20:60", "20", "20:00Z", "20:00:", "+1:00"] {
            assert_eq!(text.parse::<LocalTime>(), Err(NotIso), "{text}");
        }
        for text in ["2026-11-28", "2026-11-28T", "2026-11-28T20:00Z"] {
            assert_eq!(text.parse::<LocalDateTime>(), Err(NotIso), "{text}");
        }
    }
}
