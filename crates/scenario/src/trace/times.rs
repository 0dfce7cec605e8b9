//! The times of a column: which of several forms they have is decided for all of it, then every cell is read the same way.

use super::{
    BadReason,
    choices::{DateOrder, TimeForm},
    moment::{CellTime, CellZone, DAY_S, Date, cell_time},
};
use crate::time::{LocalDate, LocalTime, Zone};

/// A point in time as a row gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowTime {
    /// Seconds since 1970: in UTC where `is_utc`, else on a wall clock.
    pub seconds: i64,
    /// Whether the row says which instant it means (Unix time, `Z`, an offset).
    pub is_utc: bool,
    /// Whether a fraction of a second was dropped.
    pub fraction: bool,
}

/// How the times of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeFormat {
    /// What plain digits are.
    pub form: Option<TimeForm>,
    /// Order of dates of numbers.
    pub order: DateOrder,
}

/// Returns the digits of a cell without their fraction, and whether that was more than zero.
fn digits(cell: &str) -> Option<(&str, bool)> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && all(whole) && all(fraction) && !cell.ends_with('.');
    fits.then(|| (whole, fraction.bytes().any(|byte| byte != b'0')))
}

/// Returns the seconds on a wall clock that digits of year, month, day and perhaps hour, minute, second mean.
fn date_digits(digits: &str) -> Option<i64> {
    let part = |from: usize, until: usize| digits.get(from..until)?.parse::<u32>().ok();
    if !matches!(digits.len(), 8 | 10 | 12 | 14) {
        return None;
    }
    let year = part(0, 4).filter(|year| (1990..2100).contains(year))?;
    let date = LocalDate::new(year as i32, part(4, 6)?, part(6, 8)?)?;
    let of_day = |from: usize| part(from, from + 2).unwrap_or(0);
    let time = LocalTime::new(of_day(8), of_day(10), of_day(12))?;
    Some(date.at(time).seconds())
}

/// Returns the unit of digits that count from 1970, by how many they are: 1990 to 2100.
fn unix_form(digits: usize) -> Option<TimeForm> {
    Some(match digits {
        9 | 10 => TimeForm::Seconds,
        12 | 13 => TimeForm::Milliseconds,
        15 | 16 => TimeForm::Microseconds,
        18 | 19 => TimeForm::Nanoseconds,
        _ => return None,
    })
}

/// Days of a spreadsheet that are dates from 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Returns the seconds on a wall clock that a spreadsheet's number of days means.
fn serial(cell: &str) -> Option<i64> {
    let days: f64 = cell.replace(',', ".").parse().ok()?;
    // 25,569 days lie between 30 December 1899 and 1970.
    SERIALS
        .contains(&days)
        .then(|| ((days - 25_569.0) * 86_400.0).round() as i64)
}

/// What a cell may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Date and time of day.
    Moment,
    /// A date alone.
    Date,
    /// A time of day alone.
    TimeOfDay,
    /// Digits that are a date or count from 1970.
    Digits,
    /// A spreadsheet's number of a day.
    Serial,
    /// None of these.
    None,
}

/// Returns what a cell may be on its own; a time that no clock shows is one, too.
pub(super) fn cell_kind(cell: &[u8]) -> CellKind {
    let Ok(cell) = std::str::from_utf8(cell) else {
        return CellKind::None;
    };
    let cell = cell.trim();
    if let Some((whole, _)) = digits(cell) {
        return if date_digits(whole).is_some() && !cell.contains('.') && whole.len() == 8 {
            CellKind::Date
        } else if unix_form(whole.len()).is_some() || date_digits(whole).is_some() {
            CellKind::Digits
        } else if serial(cell).is_some() {
            CellKind::Serial
        } else {
            CellKind::None
        };
    }
    match cell_time(cell) {
        Ok(CellTime {
            date: Some(_),
            second: Some(_),
            ..
        }) => CellKind::Moment,
        Ok(CellTime { date: Some(_), .. }) => CellKind::Date,
        Ok(_) => CellKind::TimeOfDay,
        Err(BadReason::NoSuchTime | BadReason::UnknownZone) => CellKind::Moment,
        Err(_) => CellKind::None,
    }
}

/// How many cells of a column are of which kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    rows: u64,
    digits: u64,
    date_digits: u64,
    unix: [u64; 4],
    serials: u64,
    numbers: u64,
    /// Dates of numbers that each order makes a day of, and jumps of more than a day in it.
    orders: [(u64, u64, i64); 3],
    points: u64,
    zoneless: u64,
}

/// How the times of a column are to be read, and what is open about that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TimeDecision {
    pub format: TimeFormat,
    /// Orders of dates that fit as well; empty where one alone does.
    pub orders: Vec<DateOrder>,
    /// The order in which days follow each other, where just one has it so.
    pub likely: Option<DateOrder>,
    /// Whether the digits can only be a spreadsheet's.
    pub serials: bool,
    /// Whether some time has no zone.
    pub zoneless: bool,
}

const UNIX_FORMS: [TimeForm; 4] = [
    TimeForm::Seconds,
    TimeForm::Milliseconds,
    TimeForm::Microseconds,
    TimeForm::Nanoseconds,
];

impl Survey {
    /// Adds a row's time.
    pub(super) fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.rows += 1;
        if let Some((whole, _)) = digits(cell) {
            self.digits += 1;
            self.date_digits += u64::from(!cell.contains('.') && date_digits(whole).is_some());
            let form = unix_form(whole.len());
            for (unix, count) in UNIX_FORMS.iter().zip(&mut self.unix) {
                *count += u64::from(form == Some(*unix));
            }
            self.serials += u64::from(serial(cell).is_some());
            return;
        }
        let Ok(read) = cell_time(cell) else {
            return;
        };
        self.zoneless += u64::from(read.zone == CellZone::Absent);
        let Some(Date::Numbers(numbers)) = read.date else {
            return;
        };
        self.numbers += 1;
        self.points += u64::from(numbers.points && numbers.year_last);
        for (order, (fits, jumps, last)) in DateOrder::ALL.iter().zip(&mut self.orders) {
            if let Some(day) = numbers.day(*order) {
                *jumps += u64::from(*fits > 0 && (day - *last).abs() > 1);
                *fits += 1;
                *last = day;
            }
        }
    }

    /// Returns whether dates of three numbers were among them.
    pub(super) fn has_numbers(&self) -> bool {
        self.numbers > 0
    }

    /// Decides how the column is to be read.
    pub(super) fn decide(&self) -> TimeDecision {
        let mut form = None;
        let mut serials = false;
        if self.digits * 2 > self.rows {
            let unix = UNIX_FORMS
                .iter()
                .zip(&self.unix)
                .max_by_key(|(_, count)| **count);
            if self.date_digits * 10 >= self.digits * 9 {
                form = Some(TimeForm::DateDigits);
            } else if let Some((unix, count)) = unix
                && *count * 2 > self.digits
            {
                form = Some(*unix);
            } else {
                serials = self.serials * 10 >= self.digits * 9;
            }
        }
        let most = self
            .orders
            .iter()
            .map(|(fits, ..)| *fits)
            .max()
            .unwrap_or(0);
        let fitting = DateOrder::ALL.iter().zip(&self.orders);
        let mut orders: Vec<(DateOrder, u64)> = fitting
            .filter(|(_, (fits, ..))| *fits == most && most > 0)
            .map(|(order, (_, jumps, _))| (*order, *jumps))
            .collect();
        let day_first = orders
            .first()
            .is_some_and(|(order, _)| *order == DateOrder::DayFirst);
        // 1.6.2026 is written where days come first.
        if day_first && self.points * 2 > self.numbers {
            orders.truncate(1);
        }
        let least = orders.iter().map(|(_, jumps)| *jumps).min();
        let mut steady = orders.iter().filter(|(_, jumps)| Some(*jumps) == least);
        let likely = steady.next().map(|(order, _)| *order);
        let likely = likely.filter(|_| steady.next().is_none());
        let order = likely.or(orders.first().map(|(order, _)| *order));
        TimeDecision {
            format: TimeFormat {
                form,
                order: order.unwrap_or(DateOrder::DayFirst),
            },
            orders: if orders.len() > 1 {
                orders.into_iter().map(|(order, _)| order).collect()
            } else {
                Vec::new()
            },
            likely,
            serials,
            zoneless: self.zoneless > 0 || serials || form == Some(TimeForm::DateDigits),
        }
    }
}

/// Reads times; remembers the last date and zone, since the next row mostly has the same.
#[derive(Clone, Debug, Default)]
pub(super) struct TimeReader {
    date: [u8; 10],
    days: i64,
    zone: Option<(String, Zone)>,
}

impl TimeReader {
    /// Reads a row's time.
    pub(super) fn read(&mut self, cell: &str, format: TimeFormat) -> Result<RowTime, BadReason> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Err(BadReason::MissingCell);
        }
        if let Some(row_time) = self.iso(cell.as_bytes()) {
            return Ok(row_time);
        }
        if let Some(form) = format.form
            && let Some(row_time) = read_digits(cell, form)
        {
            return row_time;
        }
        let read = cell_time(cell)?;
        let days = match read.date {
            None => return Err(BadReason::NoDate),
            Some(Date::Day(days)) => days,
            Some(Date::Numbers(numbers)) => {
                numbers.day(format.order).ok_or(BadReason::NoSuchTime)?
            }
        };
        let local = days * DAY_S + read.second.unwrap_or(0);
        let (seconds, is_utc) = match read.zone {
            CellZone::Absent => (local, false),
            CellZone::Offset(offset) => (local - offset, true),
            CellZone::Named(name) => (self.zone_named(name)?.utc_s(local), true),
        };
        Ok(RowTime {
            seconds,
            is_utc,
            fraction: read.fraction,
        })
    }

    /// Reads `2026-06-01 20:05`, with seconds or without, and `Z`: what most files have.
    fn iso(&mut self, cell: &[u8]) -> Option<RowTime> {
        let (date, rest) = cell.split_first_chunk::<10>()?;
        let two = |tens: u8, ones: u8| {
            (tens.is_ascii_digit() && ones.is_ascii_digit())
                .then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
        };
        let (second, rest) = match *rest {
            [
                b'T' | b' ',
                h1,
                h2,
                b':',
                m1,
                m2,
                b':',
                s1,
                s2,
                ref rest @ ..,
            ] => (
                two(h1, h2).filter(|hour| *hour < 24)? * 3600
                    + two(m1, m2).filter(|minute| *minute < 60)? * 60
                    + two(s1, s2).filter(|second| *second < 60)?,
                rest,
            ),
            [b'T' | b' ', h1, h2, b':', m1, m2, ref rest @ ..] => (
                two(h1, h2).filter(|hour| *hour < 24)? * 3600
                    + two(m1, m2).filter(|minute| *minute < 60)? * 60,
                rest,
            ),
            _ => return None,
        };
        let is_utc = match rest {
            [] => false,
            [b'Z'] => true,
            _ => return None,
        };
        if *date != self.date {
            let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else {
                return None;
            };
            let year = two(y1, y2)? * 100 + two(y3, y4)?;
            let (month, day) = (two(m1, m2)?, two(d1, d2)?);
            self.days = LocalDate::new(year as i32, month as u32, day as u32)?.days();
            self.date = *date;
        }
        Some(RowTime {
            seconds: self.days * DAY_S + second,
            is_utc,
            fraction: false,
        })
    }

    fn zone_named(&mut self, name: &str) -> Result<&Zone, BadReason> {
        if self.zone.as_ref().is_none_or(|(known, _)| known != name) {
            let zone = Zone::find(name).ok_or(BadReason::UnknownZone)?;
            self.zone = Some((name.to_owned(), zone));
        }
        let found = self.zone.as_ref().map(|(_, zone)| zone);
        found.ok_or(BadReason::UnknownZone)
    }
}

/// Reads a cell of digits in a form; `None` if it is not of digits.
fn read_digits(cell: &str, form: TimeForm) -> Option<Result<RowTime, BadReason>> {
    if form == TimeForm::Spreadsheet {
        return Some(serial(cell).map(on_wall_clock).ok_or(BadReason::NotATime));
    }
    let (whole, mut fraction) = digits(cell)?;
    if form == TimeForm::DateDigits {
        return Some(
            date_digits(whole)
                .map(on_wall_clock)
                .ok_or(BadReason::NoSuchTime),
        );
    }
    let Ok(value) = whole.parse::<i64>() else {
        return Some(Err(BadReason::NotATime));
    };
    let per_second = match form {
        TimeForm::Milliseconds => 1000,
        TimeForm::Microseconds => 1_000_000,
        TimeForm::Nanoseconds => 1_000_000_000,
        _ => 1,
    };
    let seconds = value / per_second;
    fraction |= value % per_second != 0;
    // Years beyond the calendar are no times.
    if seconds > 4_102_444_800 {
        return Some(Err(BadReason::NotATime));
    }
    Some(Ok(RowTime {
        seconds,
        is_utc: true,
        fraction,
    }))
}

fn on_wall_clock(seconds: i64) -> RowTime {
    RowTime {
        seconds,
        is_utc: false,
        fraction: false,
    }
}
