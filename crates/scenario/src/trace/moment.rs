//! One cell as a date, a time of day, or both, as people and programs write them: ISO 8601 and its relatives, RFC 2822,
//! web servers' logs, names of months, AM and PM, Korean, zones by offset or name.
//!
//! A date of three numbers is kept as it is ([`Date::Numbers`]): in which order they stand is decided for a whole column.

use super::{BadReason, choices::DateOrder};
use crate::time::{LocalDate, LocalTime};

pub(super) const DAY_S: i64 = 86_400;

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellTime<'a> {
    pub date: Option<Date>,
    /// Second of the day, up to 86,400.
    pub second: Option<i64>,
    pub zone: CellZone<'a>,
    /// Whether a fraction of a second was dropped.
    pub fraction: bool,
}

/// A date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    /// Days since 1970.
    Day(i64),
    /// Three numbers of at most two digits, or the last of four.
    Numbers(DateNumbers),
}

/// A date of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateNumbers {
    pub parts: [u32; 3],
    /// Whether the last has four digits, and so is the year.
    pub year_last: bool,
    /// Whether points separate them, as where days come first.
    pub points: bool,
}

impl DateNumbers {
    /// Returns the day that the numbers mean in this order; `None` if there is no such day.
    pub(super) fn day(self, order: DateOrder) -> Option<i64> {
        let [a, b, c] = self.parts;
        let (year, month, day) = match order {
            DateOrder::DayFirst => (c, b, a),
            DateOrder::MonthFirst => (c, a, b),
            DateOrder::YearFirst if self.year_last => return None,
            DateOrder::YearFirst => (a, b, c),
        };
        let year = if year < 100 { full_year(year) } else { year };
        LocalDate::new(year as i32, month, day).map(LocalDate::days)
    }
}

/// Returns the year that two digits mean: 1970 to 2069.
fn full_year(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// What a cell says of its zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellZone<'a> {
    /// Nothing.
    #[default]
    Absent,
    /// Seconds east of UTC.
    Offset(i64),
    /// An IANA name, to be found.
    Named(&'a str),
}

/// Zones by abbreviation: RFC 2822's, and others that mean one zone only.
const ABBREVIATIONS: [(&str, i32); 25] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("WET", 0),
    ("EST", -20),
    ("EDT", -16),
    ("CST", -24),
    ("CDT", -20),
    ("MST", -28),
    ("MDT", -24),
    ("PST", -32),
    ("PDT", -28),
    ("WEST", 4),
    ("CET", 4),
    ("CEST", 8),
    ("EET", 8),
    ("EEST", 12),
    ("MSK", 12),
    ("SGT", 32),
    ("HKT", 32),
    ("JST", 36),
    ("KST", 36),
    ("AEST", 40),
    ("AEDT", 44),
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const KOREAN_DAYS: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
/// Before noon and after, as a language writes it; longer forms first.
const HALVES_OF_DAY: [(&str, bool); 12] = [
    ("오전", false),
    ("오후", true),
    ("午前", false),
    ("午後", true),
    ("上午", false),
    ("下午", true),
    ("a.m.", false),
    ("p.m.", true),
    ("am", false),
    ("pm", true),
    ("a.m", false),
    ("p.m", true),
];

/// The rest of a cell that is being read.
#[derive(Clone, Copy)]
struct Scan<'a>(&'a str);

impl<'a> Scan<'a> {
    fn skip_blanks(&mut self) -> &mut Self {
        self.0 = self.0.trim_start();
        self
    }

    /// Takes a number of at most nine digits, and returns it and how many digits it has.
    fn take_number(&mut self) -> Option<(u32, usize)> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at_checked(digits)?;
        if !(1..=9).contains(&digits) {
            return None;
        }
        self.0 = rest;
        Some((number.parse().ok()?, digits))
    }

    /// Takes one of these characters.
    fn take_mark(&mut self, marks: &str) -> Option<char> {
        let first = self.0.chars().next()?;
        if !marks.contains(first) {
            return None;
        }
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    /// Takes this text, whatever its case.
    fn take_text(&mut self, text: &str) -> bool {
        match self.0.split_at_checked(text.len()) {
            Some((head, rest)) if head.eq_ignore_ascii_case(text) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes a word of ASCII letters that is one of these in full or by its first three letters or more, and returns its index.
    fn take_word_of(&mut self, words: &[&str]) -> Option<usize> {
        let letters = self.0.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.0.split_at_checked(letters)?;
        if letters < 3 {
            return None;
        }
        let starts = |full: &&&str| {
            full.get(..letters)
                .is_some_and(|head| head.eq_ignore_ascii_case(word))
        };
        let place = words.iter().position(|full| starts(&full))?;
        self.0 = rest.strip_prefix('.').unwrap_or(rest);
        Some(place)
    }

    fn starts_with_digit(&self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Reads a cell.
pub(super) fn cell_time(cell: &str) -> Result<CellTime<'_>, BadReason> {
    let cell = cell
        .trim()
        .trim_matches(['"', '\'', '[', '\u{200e}'])
        .trim();
    // Java writes the zone in brackets behind the offset, so the last bracket may belong to it.
    let cell = if cell.contains('[') {
        cell
    } else {
        cell.trim_end_matches(']')
    };
    if cell.is_empty() {
        return Err(BadReason::MissingCell);
    }
    let mut scan = Scan(cell);
    let mut found = CellTime::default();
    if let Some((second, fraction)) = time(&mut scan.clone(), false)? {
        let mut alone = scan;
        time(&mut alone, false)?;
        let rest = alone.0.trim_start();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            found.second = Some(second);
            found.fraction = fraction;
            found.zone = zone(&mut alone)?;
            return complete(alone, found);
        }
    }
    skip_weekday(&mut scan);
    let (date, year_missing) = date(&mut scan)?;
    let mut day = day_of(date);
    skip_to_time(&mut scan);
    if let Some((second, fraction)) = time(&mut scan, true)? {
        (found.second, found.fraction) = (Some(second), fraction);
    }
    found.zone = zone(&mut scan)?;
    if year_missing {
        // `date` and ctime write the year last: Mon Jun  1 10:00:00 UTC 2026.
        let Some((year, 4)) = scan.skip_blanks().take_number() else {
            return Err(BadReason::NotATime);
        };
        day = day_of(DateParts { year, ..date });
        if found.zone == CellZone::Absent {
            found.zone = zone(&mut scan)?;
        }
    }
    // What is no time at all is not blamed for a day that no calendar has.
    let mut read = complete(scan, found)?;
    read.date = Some(day?);
    Ok(read)
}

/// Returns `found`, if nothing is left but a zone or a remark in brackets.
fn complete<'a>(mut scan: Scan<'a>, mut found: CellTime<'a>) -> Result<CellTime<'a>, BadReason> {
    let rest = scan.skip_blanks().0;
    if let Some(name) = rest
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        if found.zone == CellZone::Absent {
            found.zone = CellZone::Named(name);
        }
        return Ok(found);
    }
    if let Some(name) = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        if found.zone == CellZone::Absent {
            let mut inner = Scan(name);
            found.zone = zone(&mut inner)?;
        }
        return Ok(found);
    }
    // Go writes the zone's name behind its offset.
    let named = rest.len() <= 5 && rest.bytes().all(|byte| byte.is_ascii_uppercase());
    if rest.is_empty() || (named && matches!(found.zone, CellZone::Offset(_))) {
        Ok(found)
    } else {
        Err(BadReason::NotATime)
    }
}

/// Skips a day of the week, which says nothing that the date does not.
fn skip_weekday(scan: &mut Scan) {
    if scan.take_word_of(&DAYS).is_some() {
        scan.take_mark(",");
        scan.skip_blanks();
    }
}

/// Year, month and day as they stand; numbers in an unknown order have no month by name.
#[derive(Clone, Copy)]
struct DateParts {
    year: u32,
    month: u32,
    day: u32,
    numbers: Option<DateNumbers>,
}

fn day_of(found: DateParts) -> Result<Date, BadReason> {
    if let Some(numbers) = found.numbers {
        let possible = DateOrder::ALL
            .iter()
            .any(|order| numbers.day(*order).is_some());
        return if possible {
            Ok(Date::Numbers(numbers))
        } else {
            Err(BadReason::NoSuchTime)
        };
    }
    LocalDate::new(found.year as i32, found.month, found.day)
        .map(|date| Date::Day(date.days()))
        .ok_or(BadReason::NoSuchTime)
}

/// Takes a date, and returns it and whether its year is still to come.
fn date(scan: &mut Scan) -> Result<(DateParts, bool), BadReason> {
    let mut found = DateParts {
        year: 0,
        month: 0,
        day: 0,
        numbers: None,
    };
    if let Some(month) = scan.take_word_of(&MONTHS) {
        // Jun 1, 2026; Jun  1 10:00:00 2026.
        found.month = month as u32 + 1;
        scan.take_mark("-/");
        let Some((day, 1..=2)) = scan.skip_blanks().take_number() else {
            return Err(BadReason::NotATime);
        };
        found.day = day;
        skip_ordinal_ending(scan);
        let mut ahead = *scan;
        ahead.take_mark(",-/");
        return match ahead.skip_blanks().take_number() {
            Some((year, 4)) if !ahead.0.starts_with(':') => {
                *scan = ahead;
                found.year = year;
                Ok((found, false))
            }
            _ => {
                scan.take_mark(",");
                Ok((found, true))
            }
        };
    }
    let (first, digits) = scan.take_number().ok_or(BadReason::NotATime)?;
    match digits {
        8 => {
            found.year = first / 10_000;
            (found.month, found.day) = (first / 100 % 100, first % 100);
            Ok((found, false))
        }
        4 => {
            found.year = first;
            date_separator(scan, "-/._", &["년", "年"])?;
            match scan.take_word_of(&MONTHS) {
                Some(month) => found.month = month as u32 + 1,
                None => found.month = two_digits(scan)?,
            }
            date_separator(scan, "-/._", &["월", "月"])?;
            found.day = two_digits(scan)?;
            if !(scan.take_text("일") || scan.take_text("日")) {
                let mut ahead = *scan;
                // The last point of 2026. 6. 1. belongs to the date.
                if ahead.take_mark(".").is_some() && !ahead.starts_with_digit() {
                    *scan = ahead;
                }
            }
            Ok((found, false))
        }
        1..=2 => {
            skip_ordinal_ending(scan);
            let points = scan.0.starts_with('.');
            date_separator(scan, "-/.", &["년", "年"])?;
            if let Some(month) = scan.take_word_of(&MONTHS) {
                found.month = month as u32 + 1;
                found.day = first;
                let mut ahead = *scan;
                // `date` in Britain: Mon  1 Jun 10:00:00 GMT 2026.
                if ahead.skip_blanks().take_number().is_some() && ahead.0.starts_with(':') {
                    return Ok((found, true));
                }
                if date_separator(scan, "-/,", &[]).is_err() {
                    return Err(BadReason::NotATime);
                }
                let (year, digits) = scan
                    .skip_blanks()
                    .take_number()
                    .ok_or(BadReason::NotATime)?;
                found.year = match digits {
                    4 => year,
                    2 => full_year(year),
                    _ => return Err(BadReason::NotATime),
                };
                return Ok((found, false));
            }
            let second = two_digits(scan)?;
            date_separator(scan, "-/.", &["월", "月"])?;
            let (third, digits) = scan.take_number().ok_or(BadReason::NotATime)?;
            if digits != 4 && digits > 2 {
                return Err(BadReason::NotATime);
            }
            if scan.take_text("일") || scan.take_text("日") {
                (found.year, found.month, found.day) = (full_year(first), second, third);
                return Ok((found, false));
            }
            let mut ahead = *scan;
            if points && ahead.take_mark(".").is_some() && !ahead.starts_with_digit() {
                *scan = ahead;
            }
            found.numbers = Some(DateNumbers {
                parts: [first, second, third],
                year_last: digits == 4,
                points,
            });
            Ok((found, false))
        }
        _ => Err(BadReason::NotATime),
    }
}

fn two_digits(scan: &mut Scan) -> Result<u32, BadReason> {
    match scan.take_number() {
        Some((value, 1..=2)) => Ok(value),
        _ => Err(BadReason::NotATime),
    }
}

/// Skips the ending of 1st, 2nd, 3rd, 4th.
fn skip_ordinal_ending(scan: &mut Scan) {
    let _ = ["st", "nd", "rd", "th"]
        .iter()
        .any(|ending| scan.take_text(ending));
}

/// Takes what separates the numbers of a date, with blanks around it; blanks alone will do.
fn date_separator(scan: &mut Scan, marks: &str, words: &[&str]) -> Result<(), BadReason> {
    let before = scan.0.len();
    scan.skip_blanks();
    if !words.iter().any(|word| scan.take_text(word))
        && scan.take_mark(marks).is_none()
        && scan.0.len() == before
    {
        return Err(BadReason::NotATime);
    }
    scan.skip_blanks();
    Ok(())
}

/// Skips what stands between a date and a time: a day of the week, marks, "at".
fn skip_to_time(scan: &mut Scan) {
    let korean_day = |scan: &mut Scan| {
        let mut ahead = *scan;
        ahead.skip_blanks();
        let bracket = ahead.take_mark("(").is_some();
        let named = KOREAN_DAYS.iter().any(|day| ahead.take_text(day));
        if named && (ahead.take_text("요일") || bracket) {
            ahead.take_mark(")");
            *scan = ahead;
        }
    };
    korean_day(scan);
    if scan.take_mark("Tt_:").is_none() {
        scan.take_mark(",");
        let mut ahead = *scan;
        if ahead.take_mark("-").is_some() && ahead.starts_with_digit() && !scan.0.starts_with("-0")
        {
            *scan = ahead;
        }
    }
    scan.skip_blanks();
    let mut ahead = *scan;
    if ahead.take_text("at ") {
        *scan = ahead;
    }
    scan.skip_blanks();
}

/// Takes a time of day: 20:05, 20:05:30.250, 8:05 PM, 오후 8시 5분, 200530 after a date; its second, and whether a fraction was
/// dropped. `None` where none begins here.
fn time(scan: &mut Scan, after_date: bool) -> Result<Option<(i64, bool)>, BadReason> {
    let mut ahead = *scan;
    let mut half = half_of_day(&mut ahead);
    ahead.skip_blanks();
    let Some((first, digits)) = ahead.take_number() else {
        return Ok(None);
    };
    let (hour, mut minute, mut second, mut fraction) = match digits {
        4 if after_date => (first / 100, first % 100, 0, false),
        6 if after_date => (first / 10_000, first / 100 % 100, first % 100, false),
        1..=2 => (first, 0, 0, false),
        _ => return Ok(None),
    };
    let mut is_time = digits > 2;
    if digits > 2 && !after_date {
        return Ok(None);
    }
    if digits <= 2 {
        let mut more = ahead;
        let clock = more
            .take_mark(":.h")
            .filter(|mark| *mark != '.' || after_date);
        let korean = clock.is_none() && {
            more = ahead;
            ["시", "時", "点"]
                .iter()
                .any(|word| more.skip_blanks().take_text(word))
        };
        if clock.is_some() && more.starts_with_digit() {
            minute = two_digits(&mut more)?;
            (is_time, ahead) = (true, more);
            let mut seconds = ahead;
            if seconds.take_mark(":.").is_some() && seconds.starts_with_digit() {
                second = two_digits(&mut seconds)?;
                ahead = seconds;
            }
        } else if korean {
            (is_time, ahead) = (true, more);
            let mut minutes = ahead;
            if let Some((value, 1..=2)) = minutes.skip_blanks().take_number()
                && ["분", "分"]
                    .iter()
                    .any(|word| minutes.skip_blanks().take_text(word))
            {
                (minute, ahead) = (value, minutes);
                let mut seconds = ahead;
                if let Some((value, 1..=2)) = seconds.skip_blanks().take_number()
                    && ["초", "秒"]
                        .iter()
                        .any(|word| seconds.skip_blanks().take_text(word))
                {
                    (second, ahead) = (value, seconds);
                }
            }
        } else if after_date && digits == 2 {
            is_time = true;
        }
    }
    let mut parts = ahead;
    if is_time && parts.take_mark(".,").is_some() && parts.starts_with_digit() {
        while let Some(digit) = parts.take_mark("0123456789") {
            fraction |= digit != '0';
        }
        ahead = parts;
    }
    if half.is_none() {
        let mut after = ahead;
        half = half_of_day(after.skip_blanks());
        if half.is_some() {
            ahead = after;
        }
    }
    let hour = match half {
        _ if !is_time && half.is_none() => return Ok(None),
        Some(_) if hour > 12 && hour < 24 => hour,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    *scan = ahead;
    // A day's end.
    if (hour, minute, second) == (24, 0, 0) {
        return Ok(Some((DAY_S, fraction)));
    }
    match LocalTime::new(hour, minute, second) {
        Some(time) => Ok(Some((i64::from(time.second_of_day()), fraction))),
        None => Err(BadReason::NoSuchTime),
    }
}

/// Takes AM or PM, and returns whether it is after noon.
fn half_of_day(scan: &mut Scan) -> Option<bool> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    HALVES_OF_DAY.iter().find_map(|(text, afternoon)| {
        let mut ahead = *scan;
        (ahead.take_text(text) && ends(ahead.0)).then(|| {
            *scan = ahead;
            *afternoon
        })
    })
}

/// Takes a zone: Z, UTC, KST, +09:00, UTC+9, Europe/London.
fn zone<'a>(scan: &mut Scan<'a>) -> Result<CellZone<'a>, BadReason> {
    let mut ahead = *scan;
    ahead.skip_blanks();
    let letters = ahead
        .0
        .bytes()
        .take_while(|byte| byte.is_ascii_alphabetic() || b"/_".contains(byte))
        .count();
    let Some((name, rest)) = ahead.0.split_at_checked(letters) else {
        return Ok(CellZone::Absent);
    };
    let mut offset_s = None;
    if !name.is_empty() {
        let known = ABBREVIATIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        match known {
            Some((_, quarters)) => {
                offset_s = Some(i64::from(*quarters) * 900);
                ahead.0 = rest;
            }
            None if name.contains('/') => {
                // America/Argentina/Buenos_Aires, Etc/GMT+9, America/Port-au-Prince.
                let length = ahead
                    .0
                    .bytes()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(byte))
                    .count();
                let (name, rest) = ahead.0.split_at_checked(length).unwrap_or((name, rest));
                scan.0 = rest;
                return Ok(CellZone::Named(name));
            }
            None => return Err(BadReason::UnknownZone),
        }
    }
    let sign = match ahead.take_mark("+-\u{2212}") {
        Some('+') => 1,
        Some(_) => -1,
        None => {
            return Ok(match offset_s {
                Some(offset) => {
                    *scan = ahead;
                    CellZone::Offset(offset)
                }
                None => CellZone::Absent,
            });
        }
    };
    let (first, digits) = ahead.take_number().ok_or(BadReason::NotATime)?;
    let (hours, minutes) = match digits {
        1..=2 => {
            let mut more = ahead;
            match (more.take_mark(":"), more.take_number()) {
                (Some(_), Some((minutes, 2))) => {
                    ahead = more;
                    (first, minutes)
                }
                _ => (first, 0),
            }
        }
        4 => (first / 100, first % 100),
        _ => return Err(BadReason::NotATime),
    };
    if hours > 18 || minutes > 59 {
        return Err(BadReason::NotATime);
    }
    *scan = ahead;
    let east_s = sign * i64::from(hours * 3600 + minutes * 60);
    Ok(CellZone::Offset(east_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-06-01T00:00, counted by `date -u +%s`, in days.
    const DAY: i64 = 20_605;

    fn at(hour: i64, minute: i64, second: i64) -> Option<i64> {
        Some(hour * 3600 + minute * 60 + second)
    }

    #[test]
    fn dates_and_times_that_are_understood() {
        use CellZone::*;
        let cases = [
            ("2026-06-01 20:05:30", at(20, 5, 30), Absent),
            ("2026-06-01T20:05", at(20, 5, 0), Absent),
            ("2026-06-01", None, Absent),
            ("2026-6-1 9:05", at(9, 5, 0), Absent),
            ("2026/6/1 0:00", at(0, 0, 0), Absent),
            ("2026.06.01 20:05", at(20, 5, 0), Absent),
            ("2026-06-01T20", at(20, 0, 0), Absent),
            ("2026-06-01 24:00", at(24, 0, 0), Absent),
            ("20260601", None, Absent),
            ("20260601T200530Z", at(20, 5, 30), Offset(0)),
            ("20260601 2005", at(20, 5, 0), Absent),
            ("20260601-20:05:30", at(20, 5, 30), Absent),
            ("20260601_200530", at(20, 5, 30), Absent),
            ("2026-06-01T20:05:30.000Z", at(20, 5, 30), Offset(0)),
            (
                "2026-06-01T20:05:30,000+09:00",
                at(20, 5, 30),
                Offset(32_400),
            ),
            ("2026-06-01T20:05:30+0900", at(20, 5, 30), Offset(32_400)),
            ("2026-06-01 20:05:30 -05", at(20, 5, 30), Offset(-18_000)),
            ("2026-06-01 20:05:30 UTC", at(20, 5, 30), Offset(0)),
            ("2026-06-01 20:05:30 UTC+9", at(20, 5, 30), Offset(32_400)),
            ("2026-06-01 20:05:30 KST", at(20, 5, 30), Offset(32_400)),
            ("2026-06-01 20:05:30 (KST)", at(20, 5, 30), Offset(32_400)),
            ("2026-06-01 20:05 PDT", at(20, 5, 0), Offset(-25_200)),
            (
                "2026-06-01 20:05 Europe/London",
                at(20, 5, 0),
                Named("Europe/London"),
            ),
            (
                "2026-06-01T20:05+01:00[Europe/London]",
                at(20, 5, 0),
                Offset(3600),
            ),
            ("2026-06-01 8:05 PM", at(20, 5, 0), Absent),
            ("2026-06-01 8:05:30 p.m.", at(20, 5, 30), Absent),
            ("2026-06-01 12:05 AM", at(0, 5, 0), Absent),
            ("2026-06-01 12:05 PM", at(12, 5, 0), Absent),
            ("2026-06-01 8 pm", at(20, 0, 0), Absent),
            ("2026-06-01 20h05", at(20, 5, 0), Absent),
            ("Jun 1, 2026 8:05 PM", at(20, 5, 0), Absent),
            ("June 1, 2026 at 8:05 PM", at(20, 5, 0), Absent),
            ("Jun 1, 2026, 20:05:30", at(20, 5, 30), Absent),
            ("1 June 2026 20:05", at(20, 5, 0), Absent),
            ("1st June 2026", None, Absent),
            ("01-Jun-2026 20:05", at(20, 5, 0), Absent),
            ("01-JUN-26 20:05", at(20, 5, 0), Absent),
            ("2026-Jun-01 20:05", at(20, 5, 0), Absent),
            (
                "Mon, 01 Jun 2026 20:05:30 +0900",
                at(20, 5, 30),
                Offset(32_400),
            ),
            ("Mon, 1 Jun 2026 20:05:30 GMT", at(20, 5, 30), Offset(0)),
            ("Mon Jun  1 20:05:30 2026", at(20, 5, 30), Absent),
            ("Mon Jun  1 20:05:30 UTC 2026", at(20, 5, 30), Offset(0)),
            (
                "Mon Jun 01 2026 20:05:30 GMT+0900 (Korean Standard Time)",
                at(20, 5, 30),
                Offset(32_400),
            ),
            ("01/Jun/2026:20:05:30 +0000", at(20, 5, 30), Offset(0)),
            (
                "[01/Jun/2026:20:05:30 +0900]",
                at(20, 5, 30),
                Offset(32_400),
            ),
            ("2026년 6월 1일 오후 8시 5분", at(20, 5, 0), Absent),
            ("2026년 6월 1일 오후 8시 5분 30초", at(20, 5, 30), Absent),
            ("2026년 06월 01일 20:05", at(20, 5, 0), Absent),
            ("2026년 6월 1일(월) 오후 8:05", at(20, 5, 0), Absent),
            ("2026년 6월 1일 월요일 20시", at(20, 0, 0), Absent),
            ("2026. 6. 1. 오후 8:05:30", at(20, 5, 30), Absent),
            ("2026. 6. 1. 20:05", at(20, 5, 0), Absent),
            ("2026. 6. 1.", None, Absent),
            ("2026年6月1日 午後8時5分", at(20, 5, 0), Absent),
            ("Mon  1 Jun 20:05:30 GMT 2026", at(20, 5, 30), Offset(0)),
            (
                "2026-06-01 20:05:30 +0900 KST",
                at(20, 5, 30),
                Offset(32_400),
            ),
            ("2026.6.1", None, Absent),
        ];
        for (text, second, zone) in cases {
            let read = cell_time(text).unwrap_or_else(|reason| panic!("{text}: {reason:?}"));
            let expected = CellTime {
                date: Some(Date::Day(DAY)),
                second,
                zone,
                fraction: false,
            };
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn times_of_day_stand_alone() {
        for (text, second) in [
            ("20:05", at(20, 5, 0)),
            ("8:05", at(8, 5, 0)),
            ("20:05:30", at(20, 5, 30)),
            ("8:05 PM", at(20, 5, 0)),
            ("오후 8:05", at(20, 5, 0)),
            ("오후 8시 5분", at(20, 5, 0)),
            ("8 PM", at(20, 0, 0)),
        ] {
            let read = cell_time(text).unwrap_or_else(|reason| panic!("{text}: {reason:?}"));
            assert_eq!((read.date, read.second), (None, second), "{text}");
        }
    }

    #[test]
    fn numbers_alone_do_not_say_their_order() {
        use DateOrder::*;
        let day = |text: &str, order: DateOrder| match cell_time(text).unwrap().date {
            Some(Date::Numbers(numbers)) => numbers.day(order),
            other => panic!("{text}: {other:?}"),
        };
        for (text, order, expected) in [
            ("1/6/2026 20:05", DayFirst, Some(DAY)),
            ("6/1/2026 20:05", MonthFirst, Some(DAY)),
            ("6/1/26 8:05 PM", MonthFirst, Some(DAY)),
            ("26/06/01", YearFirst, Some(DAY)),
            ("26. 6. 1. 20:05", YearFirst, Some(DAY)),
            ("01.06.2026 20:05", DayFirst, Some(DAY)),
            ("31/12/2026", MonthFirst, None),
            ("01-06-2026", YearFirst, None),
        ] {
            assert_eq!(day(text, order), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        use BadReason::*;
        for (text, reason) in [
            ("", MissingCell),
            ("yesterday", NotATime),
            ("2026-02-30 20:05", NoSuchTime),
            ("2026-06-01 25:00", NoSuchTime),
            ("2026-06-01 20:60", NoSuchTime),
            ("31/31/2026", NoSuchTime),
            ("2026-06-01 20:05 XYZ", UnknownZone),
            ("2026-06-01 20:05 IST", UnknownZone),
            ("2026-06-01T20:05+25:00", NotATime),
            ("12.5", NotATime),
            ("1,402", NotATime),
            ("10.0.0.1", NotATime),
            ("3 apples", NotATime),
            ("12345", NotATime),
        ] {
            assert_eq!(cell_time(text), Err(reason), "{text}");
        }
    }
}
