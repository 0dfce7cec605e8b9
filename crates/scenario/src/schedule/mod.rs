//! Schedules as Application Auto Scaling takes them, `at(…)`, `rate(…)` and `cron(…)`, and as EC2 Auto Scaling does, a plain
//! cron of five fields; and when they fire.
//!
//! Sources: Application Auto Scaling user guide, "Scheduled scaling" and "Schedule recurring scaling actions using cron
//! expressions"; EventBridge user guide, "Cron expressions reference" and "Rate expressions". What an action then does to
//! the bounds is the engine's.

mod cron;
mod field;
mod firings;
mod problem;
mod recurrence;

pub use cron::{AllowedValues, Cron, DayRule};
pub(crate) use firings::zone;
pub use firings::{Firings, Timetable};
pub use problem::{CronField, FieldProblem, RecurrenceProblem, ScheduleProblem};
pub use recurrence::NICKNAMES;

use crate::{document::ScheduledAction, time::LocalDateTime};

/// Most characters of a schedule, as the API reference has it.
pub(crate) const MOST_CHARACTERS: u32 = 1600;
/// Most characters of a recurrence, as the API reference has it.
pub(crate) const MOST_CHARACTERS_OF_RECURRENCE: u32 = 255;

/// When an action is due.
#[derive(Clone, Debug)]
pub enum Schedule {
    /// `at(yyyy-mm-ddThh:mm:ss)`: once, on the wall clock.
    At(LocalDateTime),
    /// `rate(value unit)`: again and again after so long.
    Rate(Rate),
    /// `cron(fields)`: at times of the calendar, on the wall clock.
    Cron(Box<Cron>),
}

/// `rate(value unit)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many units, 1 at least.
    pub value: u32,
    /// The unit.
    pub unit: RateUnit,
}

/// The unit of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateUnit {
    /// 60 seconds.
    Minute,
    /// 3,600 seconds.
    Hour,
    /// 86,400 seconds, whatever the clocks do.
    Day,
}

impl RateUnit {
    /// From the shortest to the longest.
    pub const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    /// Returns how AWS spells it behind a 1, and behind more.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Minute => ("minute", "minutes"),
            Self::Hour => ("hour", "hours"),
            Self::Day => ("day", "days"),
        }
    }

    const fn seconds(self) -> i64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 3600,
            Self::Day => 86_400,
        }
    }
}

impl Rate {
    /// Returns the seconds from one firing to the next.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.value) * self.unit.seconds()
    }
}

impl Schedule {
    /// Returns the expression that is due once, at this moment: `at(2026-11-28T20:00:00)`. AWS wants its seconds always.
    #[must_use]
    pub fn once(moment: LocalDateTime) -> String {
        let seconds = if moment.second() == 0 { ":00" } else { "" };
        format!("at({moment}{seconds})")
    }

    /// Reads when an action is due: what stands in its `Recurrence`, where it has one, or else in its `Schedule`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn of(action: &ScheduledAction) -> Result<Self, ScheduleProblem> {
        match &action.recurrence {
            Some(text) => recurrence::parse(text)
                .map(|cron| Self::Cron(Box::new(cron)))
                .map_err(ScheduleProblem::Recurrence),
            None => Self::parse(&action.schedule),
        }
    }

    /// Reads what stands in `Schedule`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, ScheduleProblem> {
        let inside = |name: &str| {
            let rest = text.strip_prefix(name)?.strip_prefix('(')?;
            rest.strip_suffix(')')
        };
        if let Some(text) = inside("at") {
            read_at(text).map(Self::At)
        } else if let Some(text) = inside("rate") {
            read_rate(text).map(Self::Rate)
        } else if let Some(text) = inside("cron") {
            Cron::parse(text).map(|cron| Self::Cron(Box::new(cron)))
        } else {
            Err(ScheduleProblem::Unknown)
        }
    }
}

/// Returns a `Schedule` that has `*` beside days, as links of version 1 may have it, with `?` instead. `None` for all others.
pub(crate) fn with_question_mark(text: &str) -> Option<String> {
    match Schedule::parse(text) {
        Err(ScheduleProblem::StarBesideDays { right }) => Some(right),
        _ => None,
    }
}

/// Reads a date and time. AWS asks for the seconds too, and for the T.
fn read_at(text: &str) -> Result<LocalDateTime, ScheduleProblem> {
    match text.parse() {
        Ok(local) if text.len() == 19 && text.contains('T') => Ok(local),
        _ if text
            .get(19..)
            .is_some_and(|rest| rest.starts_with(['Z', '+', '-'])) =>
        {
            Err(ScheduleProblem::ZoneInside)
        }
        _ => Err(ScheduleProblem::NotADateTime),
    }
}

/// Reads a rate. 1 goes with the singular, more with the plural: `rate(1 hours)` and `rate(5 hour)` are refused.
// rule: schedule.rate-plural
fn read_rate(text: &str) -> Result<Rate, ScheduleProblem> {
    let (value, name) = match text.split_whitespace().collect::<Vec<_>>()[..] {
        [value, name] if value.bytes().all(|byte| byte.is_ascii_digit()) => (value, name),
        _ => return Err(ScheduleProblem::NotARate),
    };
    let named = |unit: &RateUnit| name == unit.names().0 || name == unit.names().1;
    let unit = RateUnit::ALL.into_iter().find(named);
    let (Some(unit), Ok(value)) = (unit, value.parse()) else {
        return Err(ScheduleProblem::NotARate);
    };
    let (one, more) = unit.names();
    match value {
        0 => Err(ScheduleProblem::NotARate),
        1 if name == more => Err(ScheduleProblem::RateIsOne { unit: one }),
        2.. if name == one => Err(ScheduleProblem::RateIsMore { unit: more }),
        value => Ok(Rate { value, unit }),
    }
}

#[cfg(test)]
mod tests;
