//! A schedule in the words of the service that it goes to: Application Auto Scaling's `cron(…)` with years and weekdays from 1,
//! or EC2 Auto Scaling's plain cron with weekdays from 0.

use scenario::{
    document::ScheduledAction,
    schedule::Schedule,
    time::{LocalDateTime, UtcDateTime, Zone},
};

/// Returns an action as EC2 Auto Scaling takes it: a recurrence, or a start in UTC. `None`: it has no way to say that.
#[must_use]
pub(crate) fn for_group(action: &ScheduledAction) -> Option<ScheduledAction> {
    let mut action = action.clone();
    if action.recurrence.is_some() {
        return Some(action);
    }
    match Schedule::parse(&action.schedule).ok()? {
        Schedule::At(local) => {
            let name = action.time_zone.take().unwrap_or_else(|| "UTC".to_owned());
            let utc_s = Zone::find(&name)?.utc_s(local.seconds());
            // What happens outside of StartTime and EndTime never happens; of a group StartTime is when it happens.
            let is_early = (action.start_time).is_some_and(|it| utc_s < it.seconds());
            let is_late = (action.end_time).is_some_and(|it| utc_s > it.seconds());
            if is_early || is_late {
                return None;
            }
            action.schedule = Schedule::once(LocalDateTime::from_seconds(utc_s));
        }
        Schedule::Rate(_) => return None,
        Schedule::Cron(_) => {
            action.recurrence = Some(recurrence(&action.schedule)?);
            action.schedule = String::new();
        }
    }
    Some(action)
}

/// Returns an action as Application Auto Scaling takes it. `None`: it has no way to say that.
#[must_use]
pub(crate) fn for_target(action: &ScheduledAction) -> Option<ScheduledAction> {
    let mut action = action.clone();
    if let Some(recurrence) = action.recurrence.take() {
        action.schedule = cron(&recurrence)?;
    }
    Some(action)
}

/// Returns when an action of a group that does not recur happens.
#[must_use]
pub(crate) fn once(action: &ScheduledAction) -> Option<UtcDateTime> {
    match Schedule::parse(&action.schedule).ok()? {
        Schedule::At(utc) => Some(UtcDateTime::new(utc)),
        _ => None,
    }
}

/// `cron(30 8 ? * MON-FRI *)` as `30 8 * * 1-5`.
fn recurrence(schedule: &str) -> Option<String> {
    let inside = schedule.strip_prefix("cron(")?.strip_suffix(')')?;
    let fields: Vec<&str> = inside.split_whitespace().collect();
    let [minute, hour, day, month, weekday, year] = fields.as_slice() else {
        return None;
    };
    let plain = |text: &str| !text.contains(['L', 'W', '#']);
    if *year != "*" || !plain(day) {
        return None;
    }
    let any = |field: &str| {
        if field == "?" {
            "*".to_owned()
        } else {
            field.to_owned()
        }
    };
    let weekday = match *weekday {
        "?" | "*" => "*".to_owned(),
        other => numbered(other, &WEEKDAYS, |number| number.checked_sub(1))?,
    };
    let month = numbered(month, &MONTHS, Some)?;
    Some(format!("{minute} {hour} {} {month} {weekday}", any(day)))
}

/// `30 8 * * 1-5` as `cron(30 8 ? * 2-6 *)`.
fn cron(recurrence: &str) -> Option<String> {
    let recurrence = match recurrence {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        other => other,
    };
    let fields: Vec<&str> = recurrence.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return None;
    };
    // Plain cron fires on either, AWS's expression wants one of them left open.
    let (day, weekday) = match (*day, *weekday) {
        (day, "*") => (day.to_owned(), "?".to_owned()),
        ("*", weekday) => {
            // Both 0 and 7 are Sunday.
            let numbered = numbered(weekday, &WEEKDAYS, |number| Some(number % 7 + 1))?;
            ("?".to_owned(), numbered)
        }
        _ => return None,
    };
    let month = numbered(month, &MONTHS, Some)?;
    Some(format!("cron({minute} {hour} {day} {month} {weekday} *)"))
}

const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// Makes numbers of the names in a field, as `MON-FRI,SUN`, and counts its numbers from elsewhere; a step stays as it is.
fn numbered(field: &str, names: &[&str], shift: fn(u32) -> Option<u32>) -> Option<String> {
    let one = |text: &str| -> Option<String> {
        if text == "*" {
            return Some(text.to_owned());
        }
        let upper = text.to_ascii_uppercase();
        // Names count from 1, as AWS's expressions do; plain cron's weekdays from 0.
        let is_plain = shift(7) == Some(1);
        let number = match names.iter().position(|name| *name == upper) {
            Some(index) if is_plain => index as u32,
            Some(index) => index as u32 + 1,
            None => text.parse().ok()?,
        };
        shift(number).map(|number| number.to_string())
    };
    let part = |part: &str| -> Option<String> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        let range = match range.split_once('-') {
            Some((from, to)) => format!("{}-{}", one(from)?, one(to)?),
            None => one(range)?,
        };
        Some(match step {
            Some(step) => format!("{range}/{step}"),
            None => range,
        })
    };
    let parts: Option<Vec<String>> = field.split(',').map(part).collect();
    Some(parts?.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_says_the_same_to_both_services() {
        for (application, ec2) in [
            ("cron(30 8 ? * 2-6 *)", "30 8 * * 1-5"),
            ("cron(0 0 1 * ? *)", "0 0 1 * *"),
            ("cron(0/15 9-17 ? 1,6 1,7 *)", "0/15 9-17 * 1,6 0,6"),
        ] {
            assert_eq!(recurrence(application).as_deref(), Some(ec2));
            assert_eq!(cron(ec2).as_deref(), Some(application));
        }
        let named = recurrence("cron(30 8 ? JAN-MAR MON-FRI,SUN *)");
        assert_eq!(named.as_deref(), Some("30 8 * 1-3 1-5,0"));
        assert_eq!(
            cron("0 9 * * MON-FRI").as_deref(),
            Some("cron(0 9 ? * 2-6 *)")
        );
        assert_eq!(cron("0 9 * * 7").as_deref(), Some("cron(0 9 ? * 1 *)"));
        assert_eq!(cron("@daily").as_deref(), Some("cron(0 0 * * ? *)"));
        for neither in [
            "cron(0 0 L * ? *)",
            "cron(0 0 ? * 6#3 *)",
            "cron(0 0 1 1 ? 2027)",
        ] {
            assert_eq!(recurrence(neither), None, "{neither}");
        }
        assert_eq!(
            cron("0 0 1 * 1"),
            None,
            "either day, which one expression cannot say"
        );
    }

    #[test]
    fn a_moment_of_a_group_is_in_utc() {
        let action = ScheduledAction {
            schedule: "at(2026-07-01T19:30:00)".to_owned(),
            time_zone: Some("Europe/London".to_owned()),
            ..ScheduledAction::default()
        };
        let of_group = for_group(&action).unwrap();
        assert_eq!(of_group.schedule, "at(2026-07-01T18:30:00)");
        assert_eq!(of_group.time_zone, None);
        assert_eq!(once(&of_group).unwrap().to_string(), "2026-07-01T18:30:00Z");
    }

    #[test]
    fn what_never_happens_is_not_said_of_a_group() {
        let utc = |text: &str| Some(text.parse::<UtcDateTime>().unwrap());
        for (start, end, is_said) in [
            (None, None, true),
            (
                utc("2026-07-01T18:30:00Z"),
                utc("2026-07-01T18:30:00Z"),
                true,
            ),
            (utc("2026-07-01T18:30:01Z"), None, false),
            (None, utc("2026-07-01T18:29:59Z"), false),
        ] {
            let action = ScheduledAction {
                schedule: "at(2026-07-01T18:30:00)".to_owned(),
                start_time: start,
                end_time: end,
                ..ScheduledAction::default()
            };
            assert_eq!(for_group(&action).is_some(), is_said, "{start:?} {end:?}");
        }
    }
}
