//! `Recurrence` of EC2 Auto Scaling: a plain cron of five fields, weekdays from 0 (Sunday), or a name such as `@daily`.
//!
//! Sources: Amazon EC2 Auto Scaling user guide, "Scheduled scaling" (recurring schedules); CloudFormation's
//! AWS::AutoScaling::ScheduledAction ("in Unix cron syntax format", with a link to crontab(5)). A range that wraps, and a
//! step behind a single value, which not every cron knows, are taken here as `cron(…)` takes them.

use super::{
    cron::{Cron, DayRule, weekdays},
    field::{self, AllowedValues, short},
    problem::{CronField, FieldProblem, RecurrenceProblem},
};

/// Names of usual schedules (crontab(5)), and what they stand for.
pub const NICKNAMES: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// Reads what stands in `Recurrence`.
// rule: schedule.recurrence
pub(super) fn parse(text: &str) -> Result<Cron, RecurrenceProblem> {
    let text = text.trim();
    let known = (NICKNAMES.iter()).find_map(|(name, fields)| (*name == text).then_some(*fields));
    if known.is_none() && text.starts_with('@') {
        return Err(RecurrenceProblem::Nickname { text: short(text) });
    }
    if text.contains('(') || text.contains(')') {
        return Err(RecurrenceProblem::Expression);
    }
    let fields: Vec<&str> = known.unwrap_or(text).split_whitespace().collect();
    let [minute, hour, date, month, weekday] = fields[..] else {
        let found = fields.len();
        return Err(RecurrenceProblem::Fields { found });
    };
    Ok(Cron {
        minutes: read_field(CronField::Minutes, minute)?,
        hours: read_field(CronField::Hours, hour)?,
        days: read_days(date, weekday)?,
        months: read_field(CronField::Month, month)?,
        years: read_field(CronField::Year, "*")?,
    })
}

fn read_field(field: CronField, text: &str) -> Result<AllowedValues, RecurrenceProblem> {
    field::values(field, text).map_err(|problem| {
        // A mark of AWS's dialect is what is wrong, whatever else is.
        let mark = text.chars().find(|mark| matches!(mark, '?' | '#'));
        let problem = mark.map_or(problem, |mark| FieldProblem::NotHere { mark });
        RecurrenceProblem::Field { field, problem }
    })
}

/// Returns which days the two day fields mean. Where both name days, one is enough; where one begins with `*`, both have to match
/// (crontab(5)).
// rule: schedule.recurrence-either-day-field
fn read_days(date: &str, weekday: &str) -> Result<DayRule, RecurrenceProblem> {
    let both = date.starts_with('*') || weekday.starts_with('*');
    let of_month = read_field(CronField::DayOfMonth, date)?;
    let of_week = read_field(CronField::DayOfWeekFromZero, weekday)?;
    let dates = of_month.list().to_vec();
    let weekdays = weekdays(of_week.list().iter().copied());
    Ok(match (of_month.allows_all(), of_week.allows_all()) {
        (true, true) => DayRule::Every,
        (true, false) if both => DayRule::Weekdays(weekdays),
        (false, true) if both => DayRule::Dates(dates),
        (false, false) if both => DayRule::Both { dates, weekdays },
        (false, false) => DayRule::Either { dates, weekdays },
        // One of two that either is enough of is every day.
        _ => DayRule::Every,
    })
}
