//! A scheduled action in plain words: when it fires, what it sets, and its next firings.
//!
//! What a schedule means, and when it fires, is the scenario's.

use scenario::{
    document::ScheduledAction,
    schedule::{AllowedValues, Cron, DayRule, Schedule},
    time::{LocalDate, LocalDateTime, LocalTime, Weekday, Zone},
};

use crate::Words;

/// Most times of day that are told one by one.
const MOST_TIMES: usize = 6;

impl Words {
    /// What an action does: `Weekdays at 08:30 (Asia/Seoul): MinCapacity 4, MaxCapacity 20`.
    #[must_use]
    pub fn scheduled(self, action: &ScheduledAction, schedule: &Schedule) -> String {
        let mut text = self.schedule(schedule);
        if !matches!(schedule, Schedule::Rate(_)) {
            let zone = action.time_zone.as_deref().unwrap_or("UTC");
            text = self.schedule_in_zone(&text, zone);
        }
        match (action.start_time, schedule) {
            (Some(start), _) => text = self.schedule_from(&text, &self.moment(start.utc())),
            (None, Schedule::Rate(_)) => text = self.schedule_from_run(&text),
            (None, _) => {}
        }
        if let Some(end) = action.end_time {
            text = self.schedule_until(&text, &self.moment(end.utc()));
        }
        let sets = [
            ("MinCapacity ", action.action.min_capacity),
            ("MaxCapacity ", action.action.max_capacity),
            ("DesiredCapacity ", action.desired_capacity),
        ];
        let sets: Vec<String> = sets
            .into_iter()
            .filter_map(|(name, value)| Some([name, &self.count(value?)].concat()))
            .collect();
        if sets.is_empty() {
            return text;
        }
        [&text, ": ", &sets.join(", ")].concat()
    }

    /// When a schedule fires, without its zone: `Weekdays at 08:30`.
    #[must_use]
    pub fn schedule(self, schedule: &Schedule) -> String {
        match schedule {
            Schedule::At(moment) => self.schedule_once(&self.moment(*moment)),
            Schedule::Rate(rate) => {
                use scenario::schedule::RateUnit::{Day, Hour, Minute};
                let (n, number) = (u64::from(rate.value), self.count(rate.value));
                match rate.unit {
                    Minute => self.schedule_each_minutes(n, &number),
                    Hour => self.schedule_each_hours(n, &number),
                    Day => self.schedule_each_days(n, &number),
                }
            }
            Schedule::Cron(cron) => self.cron(cron),
        }
    }

    /// A date with its year, and the time: `28 Nov 2026 20:00`.
    fn moment(self, moment: LocalDateTime) -> String {
        let date = self.date_with_year(moment.date());
        self.date_and_time(&date, &self.time(moment.time()))
    }

    fn cron(self, cron: &Cron) -> String {
        let times = self.cron_times(&cron.hours, &cron.minutes);
        let (days, months) = match (&cron.days, cron.months.list()) {
            // Any leap year has the day.
            (DayRule::Dates(dates), &[month]) if let [date] = dates[..] => {
                match LocalDate::new(2000, u32::from(month), u32::from(date)) {
                    Some(date) => (self.cron_each_year(&self.day(date)), None),
                    None => (self.cron_days(&cron.days), Some(&cron.months)),
                }
            }
            (days, _) => (self.cron_days(days), Some(&cron.months)),
        };
        let mut text = match times {
            Times::At(times) => self.cron_when(&days, &times),
            Times::Each(times) if cron.days == DayRule::Every => capital(&times),
            Times::Each(times) => self.cron_when_each(&days, &times),
        };
        if let Some(months) = months.filter(|months| !months.allows_all()) {
            let name = |month: u16| self.month_of_year(u32::from(month)).to_owned();
            text = self.cron_only_in(&text, &self.rows(months.list(), &name));
        }
        if !cron.years.allows_all() {
            let years = self.rows(cron.years.list(), &|year| year.to_string());
            text = self.cron_only_in_years(&text, &years);
        }
        text
    }

    /// `Every day`, `Weekdays`, `Day 1 of the month`.
    fn cron_days(self, days: &DayRule) -> String {
        match days {
            DayRule::Every => self.cron_every_day().to_owned(),
            DayRule::Weekdays(days) if days[..] == Weekday::WORKDAYS => {
                self.choice_weekdays().to_owned()
            }
            DayRule::Weekdays(days) => self.cron_days_of_week(&self.weekdays(days)),
            DayRule::Dates(dates) => self.cron_dates(&self.rows(dates, &|date| date.to_string())),
            DayRule::LastDate => self.cron_last_date().to_owned(),
            DayRule::Nearest(date) => self.cron_nearest(&date.to_string()),
            DayRule::Nth(weekday, nth) => {
                let ordinal = self.ordinals().split(' ').nth(usize::from(nth - 1));
                self.cron_nth(ordinal.unwrap_or_default(), self.weekday(*weekday))
            }
            DayRule::Last(weekday) => self.cron_last_weekday(self.weekday(*weekday)),
            DayRule::Either { dates, weekdays } => {
                let dates = self.rows(dates, &|date| date.to_string());
                self.cron_either(&dates, &self.weekdays(weekdays))
            }
            DayRule::Both { dates, weekdays } => {
                let dates = self.rows(dates, &|date| date.to_string());
                self.cron_both(&self.weekdays(weekdays), &dates)
            }
        }
    }

    /// `at 08:30`, `every 10 minutes`, `every 5 minutes from 08:00 to 17:55`.
    fn cron_times(self, hours: &AllowedValues, minutes: &AllowedValues) -> Times {
        let at = |hour: u16, minute: u16| {
            let time = LocalTime::new(u32::from(hour), u32::from(minute), 0);
            self.time(time.unwrap_or_default())
        };
        let (all_hours, all_minutes) = (hours.list(), minutes.list());
        if all_hours.len() * all_minutes.len() <= MOST_TIMES {
            let times: Vec<String> = all_hours
                .iter()
                .flat_map(|hour| all_minutes.iter().map(|minute| at(*hour, *minute)))
                .collect();
            return Times::At(self.cron_at(&times.join(", ")));
        }
        Times::Each(self.cron_each(hours, minutes, &at))
    }

    /// More times than can be told one by one.
    fn cron_each(
        self,
        hours: &AllowedValues,
        minutes: &AllowedValues,
        at: &dyn Fn(u16, u16) -> String,
    ) -> String {
        let (all_hours, all_minutes) = (hours.list(), minutes.list());
        let (Some(first), Some(last)) = (all_hours.first(), all_hours.last()) else {
            return String::new();
        };
        if let [minute] = all_minutes {
            if hours.allows_all() {
                return self.cron_each_hour(&minute.to_string());
            }
            if let Some((first, step)) = hours.steps() {
                let step = u64::from(step);
                return self.cron_each_hours(step, &step.to_string(), &at(first, *minute));
            }
        }
        // So many minutes apart, over the full hour too.
        let even = (minutes.steps()).filter(|(first, step)| 60 % step == 0 && first < step);
        let in_a_row = usize::from(last - first) + 1 == all_hours.len();
        match (even, all_minutes.first().zip(all_minutes.last())) {
            (Some((from, step)), Some((_, to))) if in_a_row => {
                let each = u64::from(step);
                if hours.allows_all() && from == 0 {
                    return self.cron_each_minutes(each, &each.to_string());
                }
                let (from, to) = (at(*first, from), at(*last, *to));
                self.cron_each_minutes_between(each, &each.to_string(), &from, &to)
            }
            _ if hours.allows_all() => {
                self.cron_minutes(&self.rows(all_minutes, &|minute| minute.to_string()))
            }
            _ => self.cron_minutes_of_hours(
                &self.rows(all_minutes, &|minute| minute.to_string()),
                &self.rows(all_hours, &|hour| hour.to_string()),
            ),
        }
    }

    /// Numbers in words, three or more in a row as a range: `1–5, 10`.
    fn rows(self, values: &[u16], name: &dyn Fn(u16) -> String) -> String {
        let mut texts = Vec::new();
        for row in values.chunk_by(|a, b| a + 1 == *b) {
            match row {
                [first, _, .., last] => {
                    texts.push([&name(*first), self.range_dash(), &name(*last)].concat());
                }
                few => texts.extend(few.iter().map(|value| name(*value))),
            }
        }
        texts.join(", ")
    }

    fn month_of_year(self, month: u32) -> &'static str {
        LocalDate::new(2000, month, 1).map_or("", |first| self.month(first))
    }

    /// Firings (seconds since 1970 in UTC), each on the clock of a zone; with the year where one is in another than `year`,
    /// and with the offset from UTC where it changes among them: `Sun 25 Oct 2026 08:30 (UTC+1)`.
    #[must_use]
    pub fn firings(self, firings: &[i64], zone: &Zone, year: i32) -> Vec<String> {
        let year = firings
            .iter()
            .any(|at| zone.local(*at).date().year() != year);
        let changes = (firings.windows(2))
            .any(|pair| matches!(pair, [a, b] if zone.offset_s(*a) != zone.offset_s(*b)));
        let firing = |at: &i64| {
            let moment = zone.local(*at);
            let text = if year {
                let date = self.full_date(moment.date());
                self.date_and_time(&date, &self.time(moment.time()))
            } else {
                self.date_time(moment)
            };
            if changes {
                [&text, " (", &utc_offset(zone.offset_s(*at)), ")"].concat()
            } else {
                text
            }
        };
        firings.iter().map(firing).collect()
    }

    /// A day with its weekday and year: `Mon 7 Dec 2026`, `Mon, Dec 7, 2026`.
    fn full_date(self, date: LocalDate) -> String {
        let (weekday, day) = (self.weekday(date.weekday()), self.date_with_year(date));
        if self.format.month_first {
            self.firing_date_month_first(weekday, &day)
        } else {
            self.firing_date(weekday, &day)
        }
    }
}

/// Times of day.
enum Times {
    /// A few: they follow the days.
    At(String),
    /// Many: every day of them goes without saying.
    Each(String),
}

/// With its first letter in upper case, where it has one.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// `UTC`, `UTC+9`, `UTC−3:30`.
fn utc_offset(offset_s: i32) -> String {
    let (sign, minutes) = match offset_s / 60 {
        0 => return "UTC".to_owned(),
        minutes if minutes < 0 => (crate::format::MINUS, -minutes),
        minutes => ('+', minutes),
    };
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}
