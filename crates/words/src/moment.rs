//! Dates, times of day and weekdays: `Sat 28 Nov 20:05`, `11월 28일(토) 20:05`. Always on a 24-hour clock.
//!
//! The calendar and the time zone are the scenario's; here they are only written.

use scenario::time::{Clock, LocalDate, LocalDateTime, LocalTime, Weekday};

use crate::Words;

impl Words {
    /// A day of the week in short: `Sat`.
    #[must_use]
    pub fn weekday(self, day: Weekday) -> &'static str {
        let place = Weekday::ALL.iter().position(|other| *other == day);
        self.weekdays_short()
            .split(' ')
            .nth(place.unwrap_or_default())
            .unwrap_or_default()
    }

    /// Several days of the week, three or more in a row as a range: `Mon–Fri`, `Tue, Thu`.
    #[must_use]
    pub fn weekdays(self, days: &[Weekday]) -> String {
        let mut text = String::new();
        let mut rest = Weekday::ALL;
        while let Some((day, later)) = rest.split_first() {
            rest = later;
            if !days.contains(day) {
                continue;
            }
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(self.weekday(*day));
            let row = later.iter().take_while(|next| days.contains(next)).count();
            if row >= 2
                && let Some((last, beyond)) = later.get(row - 1).zip(later.get(row..))
            {
                text.push_str(self.range_dash());
                text.push_str(self.weekday(*last));
                rest = beyond;
            }
        }
        text
    }

    /// A month in short: `Nov`.
    #[must_use]
    pub fn month(self, date: LocalDate) -> &'static str {
        self.months_short()
            .split(' ')
            .nth(date.month() as usize - 1)
            .unwrap_or_default()
    }

    /// A day: `Sat 28 Nov`, `Sat, Nov 28`, `11월 28일(토)`.
    #[must_use]
    pub fn date(self, date: LocalDate) -> String {
        let (weekday, month, day) = (
            self.weekday(date.weekday()),
            self.month(date),
            date.day().to_string(),
        );
        if self.format.month_first {
            self.date_month_first(weekday, month, &day)
        } else {
            self.date_day_first(weekday, &day, month)
        }
    }

    /// A day without its weekday: `28 Nov`, `Nov 28`, `11월 28일`.
    #[must_use]
    pub fn day(self, date: LocalDate) -> String {
        let (month, day) = (self.month(date), date.day().to_string());
        if self.format.month_first {
            self.day_month_first(month, &day)
        } else {
            self.day_day_first(&day, month)
        }
    }

    /// A day with its year: `28 Nov 2026`, `Nov 28, 2026`.
    #[must_use]
    pub fn date_with_year(self, date: LocalDate) -> String {
        self.beside_year(&self.day(date), date)
    }

    fn beside_year(self, day: &str, date: LocalDate) -> String {
        let year = date.year().to_string();
        if self.format.month_first {
            self.month_first_with_year(day, &year)
        } else {
            self.day_with_year(day, &year)
        }
    }

    /// A time of day: `20:05`, with seconds only where there are some.
    #[must_use]
    pub fn time(self, time: LocalTime) -> String {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        if second == 0 {
            format!("{hour:02}:{minute:02}")
        } else {
            format!("{hour:02}:{minute:02}:{second:02}")
        }
    }

    /// Both: `Sat 28 Nov 20:05`.
    #[must_use]
    pub fn date_time(self, moment: LocalDateTime) -> String {
        self.date_and_time(&self.date(moment.date()), &self.time(moment.time()))
    }

    /// Both, with the year: `Sat 28 Nov 2026 20:05`, `Sat, Nov 28, 2026 20:05`, `2026년 11월 28일(토) 20:05`.
    #[must_use]
    pub fn date_time_with_year(self, moment: LocalDateTime) -> String {
        let date = moment.date();
        let date = self.beside_year(&self.date(date), date);
        self.date_and_time(&date, &self.time(moment.time()))
    }

    /// A moment seen from another: the time alone where both are on one day.
    #[must_use]
    pub fn time_beside(self, moment: LocalDateTime, beside: LocalDateTime) -> String {
        if moment.date() == beside.date() {
            self.time(moment.time())
        } else {
            self.date_time(moment)
        }
    }
}

/// The wall clock at `at_s`, to the nearest second.
pub(crate) fn wall(clock: &Clock, at_s: f64) -> LocalDateTime {
    clock.local(at_s.round())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, NumberFormat};

    #[test]
    fn writes_moments() {
        let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
        let american = Words {
            format: NumberFormat {
                month_first: true,
                ..en.format
            },
            ..en
        };
        let moment: LocalDateTime = "2026-11-28T20:05".parse().unwrap();
        let exact: LocalDateTime = "2026-11-28T09:00:07".parse().unwrap();
        let sunday: LocalDateTime = "2026-11-29T00:00".parse().unwrap();
        for (written, expect) in [
            (en.date_time(moment), "Sat 28 Nov 20:05"),
            (american.date_time(moment), "Sat, Nov 28 20:05"),
            (ko.date_time(moment), "11월 28일(토) 20:05"),
            (en.date_time_with_year(moment), "Sat 28 Nov 2026 20:05"),
            (
                american.date_time_with_year(moment),
                "Sat, Nov 28, 2026 20:05",
            ),
            (ko.date_time_with_year(moment), "2026년 11월 28일(토) 20:05"),
            (en.date_with_year(moment.date()), "28 Nov 2026"),
            (american.date_with_year(moment.date()), "Nov 28, 2026"),
            (ko.date_with_year(moment.date()), "2026년 11월 28일"),
            (en.time(exact.time()), "09:00:07"),
            (en.time_beside(exact, moment), "09:00:07"),
            (en.time_beside(sunday, moment), "Sun 29 Nov 00:00"),
        ] {
            assert_eq!(written, expect);
        }
    }

    #[test]
    fn writes_rows_of_weekdays_as_ranges() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue};
        let en = Words::new(Lang::En);
        for (days, expect) in [
            (Weekday::ALL, "Mon–Sun"),
            (&Weekday::WORKDAYS, "Mon–Fri"),
            (&[Fri, Mon, Tue][..], "Mon, Tue, Fri"),
            (&[Sun, Sat, Fri, Tue][..], "Tue, Fri–Sun"),
            (&[Thu][..], "Thu"),
            (&[][..], ""),
        ] {
            assert_eq!(en.weekdays(days), expect);
        }
        assert_eq!(Words::new(Lang::Ko).weekdays(&Weekday::WORKDAYS), "월~금");
    }
}
