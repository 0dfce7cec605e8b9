//! `cron(…)` in AWS's dialect: six fields, weekdays from 1 (Sunday), `?` in one of the day fields, `L`, `W` and `#`.
//!
//! Each field is held to AWS's table and understood here, for its problems and for the words; whether a day is meant says
//! `croner`. Its search is not used: where no day matches it goes on to the year 5000.

use croner::parser::{CronParser, Seconds};
use engine::sort_by_integer;

pub use super::field::AllowedValues;
use super::{
    field::{self, value},
    problem::{CronField, FieldProblem, ScheduleProblem},
};
use crate::time::{LocalDate, Weekday};

/// When `cron(…)` fires, on the wall clock, to the minute.
#[derive(Clone, Debug)]
pub struct Cron {
    /// 0 to 59.
    pub minutes: AllowedValues,
    /// 0 to 23.
    pub hours: AllowedValues,
    /// The days within a month.
    pub days: DayRule,
    /// 1 to 12.
    pub months: AllowedValues,
    /// 1970 to 2199.
    pub years: AllowedValues,
}

/// Which days of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayRule {
    /// All.
    Every,
    /// Days of the month, 1 to 31: `1,15`.
    Dates(Vec<u16>),
    /// The last of the month: `L`.
    LastDate,
    /// The weekday (Monday to Friday) nearest to a day, within its month: `15W`.
    Nearest(u16),
    /// Days of the week, in the order of the week from Monday: `MON-FRI`.
    Weekdays(Vec<Weekday>),
    /// The n-th of a day of the week in the month, 1 to 5: `MON#2`.
    Nth(Weekday, u16),
    /// The last of a day of the week in the month: `6L`.
    Last(Weekday),
    /// Days of the month, and days of the week beside them: `1 * MON` of a plain cron.
    Either {
        /// Days of the month, 1 to 31.
        dates: Vec<u16>,
        /// Days of the week, in the order of the week from Monday.
        weekdays: Vec<Weekday>,
    },
    /// Those days of the month that are such days of the week: `*/2 * MON` of a plain cron.
    Both {
        /// Days of the month, 1 to 31.
        dates: Vec<u16>,
        /// Days of the week, in the order of the week from Monday.
        weekdays: Vec<Weekday>,
    },
}

impl Cron {
    /// Reads what stands between the brackets.
    ///
    /// With seven fields the first are seconds, which Application Auto Scaling takes but does not keep: the finest that it
    /// fires to is a minute. They are checked and passed over.
    // rule: schedule.cron-dialect
    // rule: schedule.cron-seconds
    pub(super) fn parse(text: &str) -> Result<Self, ScheduleProblem> {
        let mut fields: Vec<&str> = text.split_whitespace().collect();
        let found = fields.len();
        if found == 7 {
            read_field(CronField::Seconds, fields.remove(0))?;
        }
        let [minute, hour, date, month, weekday, year] = fields[..] else {
            return Err(ScheduleProblem::CronFields { found });
        };
        let minutes = read_field(CronField::Minutes, minute)?;
        let hours = read_field(CronField::Hours, hour)?;
        let days = read_days(date, weekday, |date, weekday| {
            let seconds = if found == 7 {
                text.split_whitespace().next()
            } else {
                None
            };
            let six = [minute, hour, date, month, weekday, year];
            let fields: Vec<&str> = seconds.into_iter().chain(six).collect();
            format!("cron({})", fields.join(" "))
        })?;
        let months = read_field(CronField::Month, month)?;
        let years = read_field(CronField::Year, year)?;
        Ok(Self {
            minutes,
            hours,
            days,
            months,
            years,
        })
    }

    /// Returns the matcher of the days, made only to walk them: it takes far longer than to read the fields. The library knows every
    /// spelling that it is given here; one that it did not know would match no day.
    pub(super) fn matcher(&self) -> Option<Matcher> {
        let numbered = |day: Weekday| AWS_DAYS.iter().position(|known| *known == day);
        let any = || "*".to_owned();
        let (of_month, of_week) = match self.days {
            DayRule::LastDate => ("L".to_owned(), any()),
            DayRule::Nearest(date) => (format!("{date}W"), any()),
            DayRule::Nth(day, nth) => (any(), format!("{}#{nth}", numbered(day)? + 1)),
            DayRule::Last(day) => (any(), format!("{}L", numbered(day)? + 1)),
            ref listed => return Some(Matcher::Listed(listed.clone())),
        };
        // Only the days are asked of it; a year of its own keeps it from marking five thousand.
        let pattern = ["0 0 0 ", &of_month, " * ", &of_week, " 1"].concat();
        let parser = CronParser::builder()
            .seconds(Seconds::Required)
            .alternative_weekdays(true)
            .build();
        parser
            .parse(&pattern)
            .ok()
            .map(|cron| Matcher::Library(Box::new(cron)))
    }
}

/// The days of `cron(…)`, or of a plain cron.
#[derive(Debug)]
pub(super) enum Matcher {
    /// Those that a list has.
    Listed(DayRule),
    /// Those that only the calendar knows.
    Library(Box<croner::Cron>),
}

impl Matcher {
    /// Returns whether this day matches; its month and year do.
    pub(super) fn matches(&self, date: LocalDate) -> bool {
        match self {
            Self::Listed(rule) => is_listed(rule, date),
            Self::Library(cron) => library_matches(cron, date),
        }
    }
}

/// Returns whether this day is in a rule that lists its days.
fn is_listed(rule: &DayRule, date: LocalDate) -> bool {
    let of_month = |dates: &[u16]| dates.contains(&(date.day() as u16));
    let of_week = |days: &[Weekday]| days.contains(&date.weekday());
    match rule {
        DayRule::Every => true,
        DayRule::Dates(dates) => of_month(dates),
        DayRule::Weekdays(days) => of_week(days),
        DayRule::Either { dates, weekdays } => of_month(dates) || of_week(weekdays),
        DayRule::Both { dates, weekdays } => of_month(dates) && of_week(weekdays),
        DayRule::LastDate | DayRule::Nearest(_) | DayRule::Nth(..) | DayRule::Last(_) => false,
    }
}

/// Returns whether this day matches by the library.
fn library_matches(cron: &croner::Cron, date: LocalDate) -> bool {
    use croner::Weekday as Other;
    let weekday = match date.weekday() {
        Weekday::Mon => Other::Monday,
        Weekday::Tue => Other::Tuesday,
        Weekday::Wed => Other::Wednesday,
        Weekday::Thu => Other::Thursday,
        Weekday::Fri => Other::Friday,
        Weekday::Sat => Other::Saturday,
        Weekday::Sun => Other::Sunday,
    };
    let matched = (cron.pattern).day_match(date.year(), date.month(), date.day(), weekday);
    matched.unwrap_or(false)
}

pub(super) fn read_field(field: CronField, text: &str) -> Result<AllowedValues, ScheduleProblem> {
    field::values(field, text).map_err(|problem| ScheduleProblem::Field { field, problem })
}

/// Returns which days the two day fields mean. `proposed` is the whole expression with other day fields in it.
///
/// EventBridge: "You can't use * in both the Day-of-month and Day-of-week fields. If you use it in one, you must use ? in
/// the other."
// rule: schedule.cron-one-day-field
fn read_days(
    date: &str,
    weekday: &str,
    proposed: impl Fn(&str, &str) -> String,
) -> Result<DayRule, ScheduleProblem> {
    let dates = || {
        read_day_of_month(date).map_err(|problem| ScheduleProblem::Field {
            field: CronField::DayOfMonth,
            problem,
        })
    };
    let weekdays = || {
        read_day_of_week(weekday).map_err(|problem| ScheduleProblem::Field {
            field: CronField::DayOfWeek,
            problem,
        })
    };
    match (date, weekday) {
        ("?", "?") | ("*", "*") => Err(ScheduleProblem::NeitherDay {
            right: proposed("*", "?"),
        }),
        ("*", "?") | ("?", "*") => Ok(DayRule::Every),
        (_, "?") => dates(),
        ("?", _) => weekdays(),
        // What is beside the star has to be right, too, for the proposal to be.
        (_, "*") => dates().and_then(|_| {
            let right = proposed(date, "?");
            Err(ScheduleProblem::StarBesideDays { right })
        }),
        ("*", _) => weekdays().and_then(|_| {
            let right = proposed("?", weekday);
            Err(ScheduleProblem::StarBesideDays { right })
        }),
        _ => Err(ScheduleProblem::BothDays),
    }
}

/// Reads the day of the month: values, `L`, or one day with `W`.
fn read_day_of_month(text: &str) -> Result<DayRule, FieldProblem> {
    if text.eq_ignore_ascii_case("L") {
        return Ok(DayRule::LastDate);
    }
    if let Some(day) = text.strip_suffix(['W', 'w'])
        && !day.is_empty()
        && day.bytes().all(|byte| byte.is_ascii_digit())
    {
        return value(CronField::DayOfMonth, day).map(DayRule::Nearest);
    }
    let values = field::values(CronField::DayOfMonth, text)
        .map_err(|problem| not_alone(text, problem, &['?', 'L', 'W']))?;
    Ok(if values.allows_all() {
        DayRule::Every
    } else {
        DayRule::Dates(values.list().to_vec())
    })
}

/// Reads the day of the week: values, `L` for the last of the week, a day with `L`, or a day with `#`.
fn read_day_of_week(text: &str) -> Result<DayRule, FieldProblem> {
    let field = CronField::DayOfWeek;
    if text.eq_ignore_ascii_case("L") {
        return Ok(DayRule::Weekdays(vec![Weekday::Sat]));
    }
    if let Some((day, nth)) = text.split_once('#') {
        if text.contains(',') {
            return Err(FieldProblem::NotAlone { mark: '#' });
        }
        let nth = match nth.as_bytes() {
            [nth @ b'1'..=b'5'] => u16::from(nth - b'0'),
            _ => return Err(FieldProblem::Nth),
        };
        let day = value(field, day).map_err(|_| FieldProblem::Nth)?;
        return Ok(DayRule::Nth(weekday(day - 1), nth));
    }
    if let Some(day) = text.strip_suffix(['L', 'l'])
        && let Ok(day) = value(field, day)
    {
        return Ok(DayRule::Last(weekday(day - 1)));
    }
    let values =
        field::values(field, text).map_err(|problem| not_alone(text, problem, &['?', 'L', '#']))?;
    Ok(if values.allows_all() {
        DayRule::Every
    } else {
        DayRule::Weekdays(weekdays(values.list().iter().map(|day| day - 1)))
    })
}

/// Returns the days of the week from their numbers, 0 (Sunday) to 6, in the order of the week from Monday.
pub(super) fn weekdays(numbers: impl Iterator<Item = u16>) -> Vec<Weekday> {
    let mut numbers: Vec<u16> = numbers.collect();
    sort_by_integer(&mut numbers, |number| i64::from((number + 6) % 7));
    numbers.into_iter().map(weekday).collect()
}

/// Returns a problem again, as that of a mark that does not stand alone where this field knows the mark.
fn not_alone(text: &str, problem: FieldProblem, known: &[char]) -> FieldProblem {
    match problem {
        FieldProblem::NotHere { mark }
            if known.contains(&mark) && text.contains([',', '-', '/']) =>
        {
            FieldProblem::NotAlone { mark }
        }
        FieldProblem::NotHere { mark } if known.contains(&mark) => FieldProblem::NotAValue {
            text: field::short(text),
        },
        problem => problem,
    }
}

/// AWS's days of the week, the first is 1.
const AWS_DAYS: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

/// Returns the day of the week of a number, 0 (Sunday) to 6.
fn weekday(number: u16) -> Weekday {
    let day = AWS_DAYS.get(usize::from(number));
    day.copied().unwrap_or(Weekday::Sun)
}
