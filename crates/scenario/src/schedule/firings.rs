//! From a schedule to the moments at which it fires: zone, daylight saving, start and end.
//!
//! A time of the wall clock that a change of the clock skips does not come, one that comes twice fires once, the first
//! time. AWS documents this for EventBridge Scheduler ("How do I adjust for daylight saving time"); for Application Auto
//! Scaling it is assumed.

use super::{Cron, Schedule, cron::Matcher};
use crate::{
    document::ScheduledAction,
    time::{LocalDate, LocalDateTime, LocalTime, YEARS, Zone},
};

/// When an action fires: a schedule in its zone, between its start and its end.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// What stands in `Schedule`.
    pub schedule: Schedule,
    /// The clock of `at` and `cron`.
    pub zone: Zone,
    /// `StartTime`, seconds since 1970 in UTC.
    pub start_utc_s: Option<i64>,
    /// `EndTime`, seconds since 1970 in UTC.
    pub end_utc_s: Option<i64>,
}

impl Timetable {
    /// Returns the timetable of an action with this schedule; `None` where its zone is not known.
    #[must_use]
    pub fn of(action: &ScheduledAction, schedule: Schedule) -> Option<Self> {
        Some(Self::new(action, schedule, zone(action)?))
    }

    /// Returns the timetable of an action with this schedule and zone.
    pub(crate) fn new(action: &ScheduledAction, schedule: Schedule, zone: Zone) -> Self {
        Self {
            schedule,
            zone,
            start_utc_s: action.start_time.map(|moment| moment.seconds()),
            end_utc_s: action.end_time.map(|moment| moment.seconds()),
        }
    }

    /// Returns the next firings from a moment on, at most `count`, as far as time zones are known.
    #[must_use]
    pub fn upcoming(&self, from_utc_s: i64, count: usize) -> Vec<i64> {
        let end = LocalDate::new(*YEARS.end() + 1, 1, 1);
        let until = end.map_or(i64::MAX, |end| end.at(LocalTime::MIDNIGHT).seconds());
        self.firings(from_utc_s, until).take(count).collect()
    }

    /// Returns the firings of a run that begins at one moment and is over at another, in seconds since 1970 in UTC.
    ///
    /// A rate counts from `StartTime`; AWS counts one that has none from the action's creation, which is taken to be the
    /// start of the run. With `StartTime`, a schedule that recurs fires then too, as the guide says; a schedule that does
    /// not only has to lie within. None fires after `EndTime`.
    // rule: schedule.rate-start
    // rule: schedule.start-and-end
    #[must_use]
    pub fn firings(&self, from_utc_s: i64, until_utc_s: i64) -> Firings<'_> {
        let start = self.start_utc_s.unwrap_or(from_utc_s);
        // The end of the run is outside of it, `EndTime` is not.
        let until_utc_s = match self.end_utc_s {
            Some(end) => until_utc_s.min(end.saturating_add(1)),
            None => until_utc_s,
        };
        let recurs = !matches!(self.schedule, Schedule::At(_));
        let first =
            (self.start_utc_s).filter(|start| recurs && (from_utc_s..until_utc_s).contains(start));
        let after_utc_s = match first {
            Some(start) => start.saturating_add(1),
            None => start.max(from_utc_s),
        };
        let times = match &self.schedule {
            Schedule::At(local) => FiringTimes::Once(instant(&self.zone, *local)),
            Schedule::Rate(rate) => {
                let every_s = rate.seconds();
                let behind = after_utc_s.saturating_sub(start);
                let whole = behind.div_euclid(every_s) + i64::from(behind.rem_euclid(every_s) > 0);
                let ahead = whole.max(1).saturating_mul(every_s);
                FiringTimes::Every {
                    next_utc_s: start.saturating_add(ahead),
                    every_s,
                }
            }
            Schedule::Cron(cron) => match CronDays::new(cron, &self.zone, after_utc_s) {
                Some(days) => FiringTimes::Calendar(days),
                None => FiringTimes::Once(None),
            },
        };
        Firings {
            first,
            times,
            after_utc_s,
            until_utc_s,
        }
    }
}

/// Firings in order, each later than the last, in seconds since 1970 in UTC.
#[derive(Debug)]
pub struct Firings<'a> {
    /// `StartTime`.
    first: Option<i64>,
    times: FiringTimes<'a>,
    /// The rest are not before this.
    after_utc_s: i64,
    /// None is at or after this.
    until_utc_s: i64,
}

#[derive(Debug)]
enum FiringTimes<'a> {
    Once(Option<i64>),
    Every { next_utc_s: i64, every_s: i64 },
    Calendar(CronDays<'a>),
}

impl Iterator for Firings<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let at = match &mut self.times {
                FiringTimes::Once(at) => at.take()?,
                FiringTimes::Every {
                    next_utc_s,
                    every_s,
                } => {
                    let at = *next_utc_s;
                    *next_utc_s = at.saturating_add(*every_s);
                    at
                }
                FiringTimes::Calendar(days) => days.next(self.until_utc_s)?,
            };
            if at >= self.until_utc_s {
                // Nothing fires after the end.
                self.times = FiringTimes::Once(None);
                return None;
            }
            if at >= self.after_utc_s {
                return Some(at);
            }
        }
    }
}

/// Returns the clock of an action: UTC where it names none.
pub(crate) fn zone(action: &ScheduledAction) -> Option<Zone> {
    match action.time_zone.as_deref() {
        None => Some(Zone::utc()),
        Some(name) => Zone::find(name),
    }
}

/// Returns the moment at which the wall clock shows this for the first time, if it ever does.
// rule: schedule.wall-clock
// rule: schedule.skipped-time
fn instant(zone: &Zone, local: LocalDateTime) -> Option<i64> {
    let utc_s = zone.utc_s(local.seconds());
    (zone.local(utc_s) == local).then_some(utc_s)
}

/// Walks the days that match `cron(…)`, and their hours and minutes.
#[derive(Debug)]
struct CronDays<'a> {
    cron: &'a Cron,
    matcher: Matcher,
    zone: &'a Zone,
    /// The day that is looked at next, or whose times come next.
    date: LocalDate,
    /// Index of the time of this day that comes next; `None`: it is not known yet whether the day matches.
    index: Option<usize>,
}

impl<'a> CronDays<'a> {
    fn new(cron: &'a Cron, zone: &'a Zone, from_utc_s: i64) -> Option<Self> {
        Some(Self {
            cron,
            matcher: cron.matcher()?,
            zone,
            date: zone.local(from_utc_s).date(),
            index: None,
        })
    }

    /// Returns the next moment; those before the first that is asked for come too.
    fn next(&mut self, until_utc_s: i64) -> Option<i64> {
        // Beyond the years of the zones nothing is known.
        let end = LocalDate::new(*YEARS.end(), 12, 31)?;
        let last = self.zone.local(until_utc_s).date().plus_days(1).min(end);
        loop {
            let index = match self.index {
                Some(index) => index,
                None => {
                    self.date = self.next_day(last)?;
                    0
                }
            };
            let (hours, minutes) = (self.cron.hours.list(), self.cron.minutes.list());
            let (hour, minute) = (index / minutes.len().max(1), index % minutes.len().max(1));
            let Some((hour, minute)) = hours.get(hour).zip(minutes.get(minute)) else {
                self.date = self.date.plus_days(1);
                self.index = None;
                continue;
            };
            self.index = Some(index + 1);
            let time = LocalTime::new(u32::from(*hour), u32::from(*minute), 0)?;
            if let Some(utc_s) = instant(self.zone, self.date.at(time)) {
                return Some(utc_s);
            }
        }
    }

    /// Returns the first day from here on that matches.
    fn next_day(&self, last: LocalDate) -> Option<LocalDate> {
        let mut date = self.date;
        while date <= last {
            let (year, month) = (date.year(), date.month());
            date = if !self.cron.years.allows(year as u16) {
                LocalDate::new(year + 1, 1, 1)?
            } else if !self.cron.months.allows(month as u16) {
                match month {
                    12 => LocalDate::new(year + 1, 1, 1)?,
                    _ => LocalDate::new(year, month + 1, 1)?,
                }
            } else if self.matcher.matches(date) {
                return Some(date);
            } else {
                date.plus_days(1)
            };
        }
        None
    }
}
