//! The proleptic Gregorian calendar: dates, times of day and both together, without a zone.
//!
//! The conversions between days and dates are Howard Hinnant's ("chrono-Compatible Low-Level Date Algorithms").

use crate::field::choices;

/// Seconds of a day.
pub(super) const DAY_S: i64 = 86_400;

/// A day of the calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocalDate {
    /// Days since 1970-01-01.
    days: i32,
}

/// A time of day, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocalTime {
    second_of_day: u32,
}

/// A date and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocalDateTime {
    /// Seconds since 1970-01-01T00:00 on this wall clock.
    seconds: i64,
}

choices! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday
        Mon = "mon",
        /// Tuesday
        Tue = "tue",
        /// Wednesday
        Wed = "wed",
        /// Thursday
        Thu = "thu",
        /// Friday
        Fri = "fri",
        /// Saturday
        Sat = "sat",
        /// Sunday
        Sun = "sun",
    }
}

impl Weekday {
    /// Monday to Friday.
    pub const WORKDAYS: [Self; 5] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri];
}

impl LocalDate {
    /// Returns the day, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || !(1..=days_in_month(year, month)).contains(&day)
        {
            return None;
        }
        Some(Self {
            days: days_from_civil(year, month, day),
        })
    }

    /// Returns the day `days` days after 1970-01-01, kept within years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        const FIRST: i64 = -719_162;
        const LAST: i64 = 2_932_896;
        Self {
            days: days.clamp(FIRST, LAST) as i32,
        }
    }

    /// Returns the days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.days)
    }

    /// Returns the day `days` later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// Returns the year.
    #[must_use]
    pub fn year(self) -> i32 {
        civil_from_days(self.days).0
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        civil_from_days(self.days).1
    }

    /// Returns the day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        civil_from_days(self.days).2
    }

    /// Returns the day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match (self.days + 3).rem_euclid(7) {
            0 => Weekday::Mon,
            1 => Weekday::Tue,
            2 => Weekday::Wed,
            3 => Weekday::Thu,
            4 => Weekday::Fri,
            5 => Weekday::Sat,
            _ => Weekday::Sun,
        }
    }

    /// Returns this day at a time of day.
    #[must_use]
    pub fn at(self, time: LocalTime) -> LocalDateTime {
        LocalDateTime {
            seconds: self.days() * DAY_S + i64::from(time.second_of_day),
        }
    }
}

impl LocalTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self { second_of_day: 0 };

    /// Returns the time of day, if the clock shows it.
    #[must_use]
    pub fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(Self {
            second_of_day: hour * 3600 + minute * 60 + second,
        })
    }

    /// Returns the hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u32 {
        self.second_of_day / 3600
    }

    /// Returns the minute, 0 to 59.
    #[must_use]
    pub fn minute(self) -> u32 {
        self.second_of_day / 60 % 60
    }

    /// Returns the second, 0 to 59.
    #[must_use]
    pub fn second(self) -> u32 {
        self.second_of_day % 60
    }

    /// Returns the seconds since midnight.
    #[must_use]
    pub fn second_of_day(self) -> u32 {
        self.second_of_day
    }
}

impl LocalDateTime {
    /// Returns a date and a time of day.
    #[must_use]
    pub fn new(date: LocalDate, time: LocalTime) -> Self {
        date.at(time)
    }

    /// Returns the time `seconds` after 1970-01-01T00:00 on this wall clock, kept within years 1 to 9999.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        let date = LocalDate::from_days(seconds.div_euclid(DAY_S));
        Self {
            seconds: date.days() * DAY_S + seconds.rem_euclid(DAY_S),
        }
    }

    /// Returns the seconds since 1970-01-01T00:00 on this wall clock.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns its date.
    #[must_use]
    pub fn date(self) -> LocalDate {
        LocalDate::from_days(self.seconds.div_euclid(DAY_S))
    }

    /// Returns its time of day.
    #[must_use]
    pub fn time(self) -> LocalTime {
        LocalTime {
            second_of_day: self.seconds.rem_euclid(DAY_S) as u32,
        }
    }

    /// Returns the second, 0 to 59.
    #[must_use]
    pub fn second(self) -> u32 {
        self.time().second()
    }
}

/// Returns how many days a month has.
pub(super) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days since 1970-01-01 of a date that exists.
pub(super) fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Returns the year, month and day so many days after 1970-01-01.
fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_is_itself_and_follows_the_last() {
        let mut expected = (1, 1, 1);
        for days in -719_162..=2_932_896 {
            let date = LocalDate::from_days(days);
            assert_eq!((date.year(), date.month(), date.day()), expected);
            assert_eq!(
                LocalDate::new(expected.0, expected.1, expected.2),
                Some(date)
            );
            expected.2 += 1;
            if expected.2 > days_in_month(expected.0, expected.1) {
                expected = (expected.0, expected.1 + 1, 1);
            }
            if expected.1 > 12 {
                expected = (expected.0 + 1, 1, 1);
            }
        }
    }

    #[test]
    fn weekdays_of_known_days() {
        let cases = [
            ((1970, 1, 1), Weekday::Thu),
            ((1998, 7, 7), Weekday::Tue),
            ((2000, 2, 29), Weekday::Tue),
            ((2026, 11, 28), Weekday::Sat),
            ((1969, 12, 28), Weekday::Sun),
        ];
        for ((year, month, day), weekday) in cases {
            assert_eq!(LocalDate::new(year, month, day).unwrap().weekday(), weekday);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (year, month, day) in [
            (2026, 2, 29),
            (1900, 2, 29),
            (2026, 13, 1),
            (2026, 0, 1),
            (2026, 4, 31),
            (0, 1, 1),
            (10_000, 1, 1),
            (2026, 1, 0),
        ] {
            assert_eq!(
                LocalDate::new(year, month, day),
                None,
                "{year}-{month}-{day}"
            );
        }
        assert_eq!(LocalTime::new(24, 0, 0), None);
        assert_eq!(LocalTime::new(0, 60, 0), None);
        assert_eq!(LocalTime::new(0, 0, 60), None);
    }
}
