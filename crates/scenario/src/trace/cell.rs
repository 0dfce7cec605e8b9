//! Single cells of a CSV file: times and numbers, read without guessing.
//!
//! Nothing is allocated here: five million rows pass through.

use super::BadReason;
use crate::time::{LocalDate, LocalTime};

const DAY_S: i64 = 86_400;

/// A point in time as a cell gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Seconds since 1970: in UTC where `is_utc`, else on a wall clock.
    pub seconds: i64,
    /// Whether the cell says which instant it means (Unix time, `Z`, an offset).
    pub is_utc: bool,
    /// Whether a fraction of a second was dropped.
    pub fraction: bool,
}

/// Reads times; remembers the last date, since the next row mostly has the same.
#[derive(Clone, Copy, Default)]
pub(super) struct Times {
    date: [u8; 10],
    days: i64,
}

impl Times {
    /// Reads a time.
    pub(super) fn read(&mut self, cell: &[u8]) -> Result<Stamp, BadReason> {
        let cell = cell.trim_ascii();
        if cell.is_empty() {
            return Err(BadReason::MissingCell);
        }
        let Some((date, rest)) = cell.split_first_chunk::<10>() else {
            return unix(cell).unwrap_or_else(|| Err(no_iso(cell)));
        };
        if *date != self.date {
            match iso_date(date) {
                Some(day) => {
                    self.days = day?.days();
                    self.date = *date;
                }
                None => return unix(cell).unwrap_or_else(|| Err(no_iso(cell))),
            }
        }
        let (second, rest, fraction) = match rest {
            [] => (0, rest, false),
            [b'T' | b't' | b' ', rest @ ..] => time_of_day(rest.trim_ascii_start())?,
            _ => return Err(BadReason::NotATime),
        };
        let offset = offset_s(rest.trim_ascii_start())?;
        Ok(Stamp {
            seconds: self.days * DAY_S + second - offset.unwrap_or(0),
            is_utc: offset.is_some(),
            fraction,
        })
    }
}

/// `2026-11-28` or `2026/11/28`; `None` if it is not of this form.
fn iso_date(date: &[u8; 10]) -> Option<Result<LocalDate, BadReason>> {
    let [y1, y2, y3, y4, mark1, m1, m2, mark2, d1, d2] = *date;
    if mark1 != mark2 || !matches!(mark1, b'-' | b'/') {
        return None;
    }
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let (month, day) = (two(m1, m2)?, two(d1, d2)?);
    Some(LocalDate::new(year as i32, month, day).ok_or(BadReason::NoSuchTime))
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// `20:05`, `20:05:30`, `20:05:30.123`: seconds, what follows, and whether a fraction was dropped.
fn time_of_day(text: &[u8]) -> Result<(i64, &[u8], bool), BadReason> {
    let &[h1, h2, b':', m1, m2, ref rest @ ..] = text else {
        return Err(BadReason::NotATime);
    };
    let hour = two(h1, h2).ok_or(BadReason::NotATime)?;
    let minute = two(m1, m2).ok_or(BadReason::NotATime)?;
    let (second, mut rest) = match rest {
        &[b':', s1, s2, ref rest @ ..] => (two(s1, s2).ok_or(BadReason::NotATime)?, rest),
        rest => (0, rest),
    };
    let time = LocalTime::new(hour, minute, second).ok_or(BadReason::NoSuchTime)?;
    let mut fraction = false;
    if let [b'.' | b',', digits @ ..] = rest {
        rest = digits;
        while let [digit @ b'0'..=b'9', more @ ..] = rest {
            fraction |= *digit != b'0';
            rest = more;
        }
    }
    Ok((i64::from(time.second_of_day()), rest, fraction))
}

/// `Z`, `UTC`, `+09:00`, `+0900` or `+09`; `None` where nothing is said.
fn offset_s(text: &[u8]) -> Result<Option<i64>, BadReason> {
    let (sign, digits) = match text {
        [] => return Ok(None),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Ok(Some(0)),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return Err(BadReason::NotATime),
    };
    let (hours, minutes) = match *digits {
        [h1, h2] => (two(h1, h2), Some(0)),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (two(h1, h2), two(m1, m2)),
        _ => (None, None),
    };
    match (hours, minutes) {
        (Some(hours @ 0..=18), Some(minutes @ 0..60)) => {
            Ok(Some(sign * i64::from(hours * 3600 + minutes * 60)))
        }
        _ => Err(BadReason::NotATime),
    }
}

/// Unix seconds (9 or 10 digits) or milliseconds (12 or 13), either with a fraction; `None` if it is no such number.
fn unix(cell: &[u8]) -> Option<Result<Stamp, BadReason>> {
    let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (whole, rest) = cell.split_at_checked(digits)?;
    let mut fraction = false;
    if let [b'.', digits @ ..] = rest {
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        fraction = digits.iter().any(|digit| *digit != b'0');
    } else if !rest.is_empty() {
        return None;
    }
    let value = whole.iter().fold(0_i64, |sum, byte| {
        sum.saturating_mul(10) + i64::from(byte - b'0')
    });
    let seconds = match digits {
        9 | 10 => value,
        12 | 13 => {
            fraction |= value % 1000 != 0;
            value / 1000
        }
        _ => return None,
    };
    Some(Ok(Stamp {
        seconds,
        is_utc: true,
        fraction,
    }))
}

/// What is wrong with a cell that is no ISO date.
fn no_iso(cell: &[u8]) -> BadReason {
    let separated = |mark: u8| cell.iter().filter(|byte| **byte == mark).count() == 2;
    let starts_with_digit = cell.first().is_some_and(u8::is_ascii_digit);
    if starts_with_digit && (separated(b'/') || separated(b'.') || separated(b'-')) {
        BadReason::AmbiguousDate
    } else if time_of_day(cell).is_ok() {
        BadReason::NoDate
    } else {
        BadReason::NotATime
    }
}

/// Whether a cell looks like a time, even one that is refused.
pub(super) fn looks_like_time(cell: &[u8]) -> bool {
    match Times::default().read(cell) {
        Ok(_) => true,
        Err(reason) => !matches!(reason, BadReason::MissingCell | BadReason::NotATime),
    }
}

/// Whether a cell is a time that is also a plain number.
pub(super) fn is_unix(cell: &[u8]) -> bool {
    unix(cell.trim_ascii()).is_some()
}

/// Whether a cell looks like a count or rate, even one that is refused.
pub(super) fn looks_like_number(cell: &[u8], comma_is_decimal: bool) -> bool {
    match number(cell, comma_is_decimal, &mut None) {
        Ok(_) => true,
        Err(reason) => !matches!(reason, BadReason::MissingCell | BadReason::NotANumber),
    }
}

/// Reads a number. `mark` remembers which decimal mark the file uses; a comma is one only where `comma_is_decimal`.
pub(super) fn number(
    cell: &[u8],
    comma_is_decimal: bool,
    mark: &mut Option<u8>,
) -> Result<f64, BadReason> {
    let cell = cell.trim_ascii();
    let mut mantissa = 0_u64;
    let mut decimals = None;
    if cell.is_empty() {
        return Err(BadReason::MissingCell);
    }
    for (index, byte) in cell.iter().enumerate() {
        match byte {
            b'0'..=b'9' if mantissa < 900_000_000_000_000 => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                decimals = decimals.map(|decimals: usize| decimals + 1);
            }
            b'.' | b','
                if index > 0 && decimals.is_none() && (*byte == b'.' || comma_is_decimal) =>
            {
                if *mark.get_or_insert(*byte) != *byte {
                    return Err(BadReason::OtherDecimalMark);
                }
                decimals = Some(0);
            }
            _ => return unusual(cell),
        }
    }
    // Both fit a double exactly, so that their quotient is the double nearest to what is written.
    const POWERS: [f64; 16] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    match POWERS.get(decimals.unwrap_or(0)) {
        Some(power) => Ok(mantissa as f64 / power),
        None => unusual(cell),
    }
}

/// A number with a sign, an exponent or very many digits, or what is wrong with it.
fn unusual(cell: &[u8]) -> Result<f64, BadReason> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || b".,' _\xc2\xa0\xe2\x80\xaf".contains(byte);
    let text = std::str::from_utf8(cell).map_err(|_| BadReason::NotANumber)?;
    match text.parse::<f64>() {
        Ok(value) if value < 0.0 => Err(BadReason::Negative),
        Ok(value) if value.is_finite() && cell.iter().any(u8::is_ascii_digit) => Ok(value),
        Ok(_) => Err(BadReason::NotANumber),
        Err(_) if cell.first().is_some_and(u8::is_ascii_digit) && cell.iter().all(is_part) => {
            Err(BadReason::ThousandsSeparator)
        }
        Err(_) => Err(BadReason::NotANumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(text: &str) -> Result<(i64, bool), BadReason> {
        let stamp = Times::default().read(text.as_bytes())?;
        Ok((stamp.seconds, stamp.is_utc))
    }

    #[test]
    fn times_that_are_understood() {
        // 2026-11-28T20:05:30, counted by `date -u +%s`.
        let at = 1_795_896_330;
        let cases = [
            ("2026-11-28 20:05:30", at, false),
            (" 2026-11-28T20:05:30 ", at, false),
            ("2026/11/28 20:05:30", at, false),
            ("2026-11-28T20:05", at - 30, false),
            ("2026-11-28", at - 72_330, false),
            ("2026-11-28T20:05:30Z", at, true),
            ("2026-11-28 20:05:30 UTC", at, true),
            ("2026-11-28T20:05:30.000Z", at, true),
            ("2026-11-29T05:05:30+09:00", at, true),
            ("2026-11-29T05:05:30+0900", at, true),
            ("2026-11-28T15:05:30-05", at, true),
            ("1795896330", at, true),
            ("1795896330000", at, true),
            ("899847660", 899_847_660, true),
        ];
        for (text, seconds, is_utc) in cases {
            assert_eq!(stamp(text), Ok((seconds, is_utc)), "{text}");
        }
        for (text, fraction) in [
            ("2026-11-28T20:05:30.250Z", true),
            ("2026-11-28T20:05:30.000Z", false),
            ("1795896330123", true),
        ] {
            assert_eq!(
                Times::default().read(text.as_bytes()).unwrap().fraction,
                fraction,
                "{text}"
            );
        }
    }

    #[test]
    fn times_that_are_refused() {
        let cases = [
            ("", BadReason::MissingCell),
            ("28/11/2026", BadReason::AmbiguousDate),
            ("28.11.2026 20:05", BadReason::AmbiguousDate),
            ("1/2/26 8:00", BadReason::AmbiguousDate),
            ("20:05", BadReason::NoDate),
            ("20:05:30", BadReason::NoDate),
            ("2026-02-30 20:05", BadReason::NoSuchTime),
            ("2026-11-28 24:00", BadReason::NoSuchTime),
            ("2026-11-28 20", BadReason::NotATime),
            ("2026-11-28 20:05 PM", BadReason::NotATime),
            ("2026-11-28 20:05 CET", BadReason::NotATime),
            ("2026-11-28T20:05+25:00", BadReason::NotATime),
            ("yesterday", BadReason::NotATime),
            ("12345", BadReason::NotATime),
            ("17958963301", BadReason::NotATime),
        ];
        for (text, reason) in cases {
            assert_eq!(stamp(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_remembered_date_is_forgotten_for_another() {
        let mut times = Times::default();
        let mut read = |text: &str| times.read(text.as_bytes()).map(|stamp| stamp.seconds);
        assert_eq!(read("1970-01-02 00:00"), Ok(86_400));
        assert_eq!(read("1970-01-99 00:00"), Err(BadReason::NoSuchTime));
        assert_eq!(read("1970-01-02 00:01"), Ok(86_460));
        assert_eq!(read("1970-01-03 00:00"), Ok(172_800));
    }

    #[test]
    fn numbers() {
        use BadReason::*;
        let cases = [
            ("0", false, Ok(0.0)),
            (" 229426 ", false, Ok(229_426.0)),
            ("12.5", false, Ok(12.5)),
            ("12,5", true, Ok(12.5)),
            ("0.1", false, Ok(0.1)),
            ("1e3", false, Ok(1000.0)),
            ("+5", false, Ok(5.0)),
            (".5", false, Ok(0.5)),
            ("2.00000000000000000009", false, Ok(2.0)),
            ("123456789012345678", false, Ok(123_456_789_012_345_680.0)),
            ("-1", false, Err(Negative)),
            ("-0.5", false, Err(Negative)),
            ("", false, Err(MissingCell)),
            ("  ", false, Err(MissingCell)),
            ("1,234", false, Err(ThousandsSeparator)),
            ("1.234.567", false, Err(ThousandsSeparator)),
            ("1 234", false, Err(ThousandsSeparator)),
            ("1'234", false, Err(ThousandsSeparator)),
            ("1\u{a0}234", false, Err(ThousandsSeparator)),
            ("1,234.5", true, Err(ThousandsSeparator)),
            ("12 rps", false, Err(NotANumber)),
            ("NaN", false, Err(NotANumber)),
            ("inf", false, Err(NotANumber)),
            ("1e999", false, Err(NotANumber)),
            ("n/a", false, Err(NotANumber)),
        ];
        for (text, comma, expected) in cases {
            assert_eq!(
                number(text.as_bytes(), comma, &mut None),
                expected,
                "{text}"
            );
        }
        let mut mark = None;
        assert_eq!(number(b"1.5", true, &mut mark), Ok(1.5));
        assert_eq!(number(b"1,5", true, &mut mark), Err(OtherDecimalMark));
    }
}
