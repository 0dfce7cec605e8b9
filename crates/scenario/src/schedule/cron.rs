//! `cron(…)` in AWS's dialect: six fields, weekdays from 1 (Sunday), `?` in one of the day fields, `L`, `W` and `#`.
//!
//! Each field is held to AWS's table and understood here, for its problems and for the words; whether a day is meant says
//! `croner`. Its search is not used: where no day matches it goes on to the year 5000.

use croner::parser::{CronParser, Seconds};

pub use super::field::Values;
use super::{
    field::{self, value},
    problem::{CronField, FieldProblem, ScheduleProblem},
};
use crate::time::{LocalDate, Weekday};

/// When `cron(…)` fires, on the wall clock, to the minute.
#[derive(Clone, Debug)]
pub struct Cron {
    /// 0 to 59.
    pub minutes: Values,
    /// 0 to 23.
    pub hours: Values,
    /// The days within a month.
    pub days: DayRule,
    /// 1 to 12.
    pub months: Values,
    /// 1970 to 2199.
    pub years: Values,
    /// The day fields, as the matcher spells them.
    of_month: String,
    of_week: String,
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
    /// The so-manieth of a day of the week in the month, 1 to 5: `MON#2`.
    Nth(Weekday, u16),
    /// The last of a day of the week in the month: `6L`.
    Last(Weekday),
}

impl Cron {
    /// Reads what stands between the brackets.
    ///
    /// With seven fields the first are seconds, which Application Auto Scaling takes but does not keep: the finest that it
    /// fires to is a minute. They are checked and passed over.
    pub(super) fn parse(text: &str) -> Result<Self, ScheduleProblem> {
        let mut fields: Vec<&str> = text.split_whitespace().collect();
        let found = fields.len();
        if found == 7 {
            read(CronField::Seconds, fields.remove(0))?;
        }
        let [minutes, hours, date, month, weekday, year] = fields[..] else {
            return Err(ScheduleProblem::CronFields { found });
        };
        let minutes = read(CronField::Minutes, minutes)?;
        let hours = read(CronField::Hours, hours)?;
        let (days, of_month, of_week) = days(date, weekday)?;
        let months = read(CronField::Month, month)?;
        let years = read(CronField::Year, year)?;
        Ok(Self {
            minutes,
            hours,
            days,
            months,
            years,
            of_month,
            of_week,
        })
    }

    /// What tells the days: made only to walk them, for it takes far longer than to read the fields. The matcher knows
    /// every spelling that `days` gives; one that it did not know would mean no day.
    pub(super) fn matcher(&self) -> Option<Matcher> {
        // Only the days are asked of it; a year of its own keeps it from marking five thousand.
        let pattern = ["0 0 0 ", &self.of_month, " * ", &self.of_week, " 1"].concat();
        let parser = CronParser::builder()
            .seconds(Seconds::Required)
            .alternative_weekdays(true)
            .build();
        parser
            .parse(&pattern)
            .ok()
            .map(|cron| Matcher(Box::new(cron)))
    }
}

/// The days of `cron(…)`.
#[derive(Debug)]
pub(super) struct Matcher(Box<croner::Cron>);

impl Matcher {
    /// Whether this day is meant, whose month and year are.
    pub(super) fn on(&self, date: LocalDate) -> bool {
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
        let matched = (self.0.pattern).day_match(date.year(), date.month(), date.day(), weekday);
        matched.unwrap_or(false)
    }
}

fn read(field: CronField, text: &str) -> Result<Values, ScheduleProblem> {
    field::values(field, text).map_err(|problem| ScheduleProblem::Field { field, problem })
}

/// The two day fields: what they mean, and each as the matcher spells it.
///
/// EventBridge wants `?` in exactly one of them. Application Auto Scaling's guide has also shown `30 6 * * 2 *`, so `*`
/// beside something else is taken as `?`.
fn days(date: &str, weekday: &str) -> Result<(DayRule, String, String), ScheduleProblem> {
    let any = || "*".to_owned();
    match (date, weekday) {
        ("?", "?") | ("*", "*") => Err(ScheduleProblem::NeitherDay),
        ("*", "?") | ("?", "*") => Ok((DayRule::Every, any(), any())),
        (date, "?" | "*") => {
            let (rule, spelled) = of_month(date).map_err(|problem| ScheduleProblem::Field {
                field: CronField::DayOfMonth,
                problem,
            })?;
            Ok((rule, spelled, any()))
        }
        ("?" | "*", weekday) => {
            let (rule, spelled) = of_week(weekday).map_err(|problem| ScheduleProblem::Field {
                field: CronField::DayOfWeek,
                problem,
            })?;
            Ok((rule, any(), spelled))
        }
        _ => Err(ScheduleProblem::BothDays),
    }
}

/// Day of the month: values, `L`, or one day with `W`.
fn of_month(text: &str) -> Result<(DayRule, String), FieldProblem> {
    if text.eq_ignore_ascii_case("L") {
        return Ok((DayRule::LastDate, "L".to_owned()));
    }
    if let Some(day) = text.strip_suffix(['W', 'w'])
        && !day.is_empty()
        && day.bytes().all(|byte| byte.is_ascii_digit())
    {
        let day = value(CronField::DayOfMonth, day)?;
        return Ok((DayRule::Nearest(day), format!("{day}W")));
    }
    let values = field::values(CronField::DayOfMonth, text)
        .map_err(|problem| not_alone(text, problem, &['?', 'L', 'W']))?;
    if values.all() {
        return Ok((DayRule::Every, "*".to_owned()));
    }
    let spelled = listed(values.list());
    Ok((DayRule::Dates(values.list().to_vec()), spelled))
}

/// Day of the week: values, `L` for the last of the week, a day with `L`, or a day with `#`.
fn of_week(text: &str) -> Result<(DayRule, String), FieldProblem> {
    let field = CronField::DayOfWeek;
    if text.eq_ignore_ascii_case("L") {
        return Ok((DayRule::Weekdays(vec![Weekday::Sat]), "7".to_owned()));
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
        return Ok((DayRule::Nth(weekday(day), nth), format!("{day}#{nth}")));
    }
    if let Some(day) = text.strip_suffix(['L', 'l'])
        && let Ok(day) = value(field, day)
    {
        return Ok((DayRule::Last(weekday(day)), format!("{day}L")));
    }
    let values =
        field::values(field, text).map_err(|problem| not_alone(text, problem, &['?', 'L', '#']))?;
    if values.all() {
        return Ok((DayRule::Every, "*".to_owned()));
    }
    // Monday is 2; Sunday, 1, ends the list.
    let mut days: Vec<u16> = values.list().to_vec();
    days.sort_by_key(|day| (day + 5) % 7);
    let days = days.into_iter().map(weekday).collect();
    Ok((DayRule::Weekdays(days), listed(values.list())))
}

/// A mark that this field knows is not wrong here, only not alone.
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

fn listed(values: &[u16]) -> String {
    let texts: Vec<String> = values.iter().map(u16::to_string).collect();
    texts.join(",")
}

/// The day of the week of AWS's number, 1 (Sunday) to 7.
fn weekday(number: u16) -> Weekday {
    match number {
        2 => Weekday::Mon,
        3 => Weekday::Tue,
        4 => Weekday::Wed,
        5 => Weekday::Thu,
        6 => Weekday::Fri,
        7 => Weekday::Sat,
        _ => Weekday::Sun,
    }
}
