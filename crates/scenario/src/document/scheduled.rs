//! A scheduled action as it stands in a file: as Application Auto Scaling's `PutScheduledAction` takes it, or as EC2 Auto
//! Scaling's `PutScheduledUpdateGroupAction` does. It is kept in the first shape.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Scheduled scaling" (recurrence: a cron of five fields).

use serde::Deserialize;

use super::{ScalableTargetAction, ScheduledAction};
use crate::time::UtcDateTime;

/// Both shapes.
#[derive(Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub(super) struct Fields {
    /// Name, 1 to 256 characters.
    #[serde(rename = "ScheduledActionName")]
    name: String,
    /// `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` or `cron(minutes hours day-of-month month day-of-week year)`.
    #[serde(rename = "Schedule")]
    schedule: String,
    /// EC2 Auto Scaling: `minute hour day-of-month month day-of-week`, weekdays from 0 (Sunday).
    #[serde(rename = "Recurrence")]
    recurrence: Option<String>,
    /// IANA name, for `at` and `cron`; absent: UTC, as AWS has it.
    #[serde(rename = "Timezone")]
    time_zone: Option<String>,
    /// The same, as EC2 Auto Scaling spells it.
    #[serde(rename = "TimeZone")]
    group_time_zone: Option<String>,
    /// When a schedule that recurs begins; it fires then, too. Absent: it holds all along.
    #[serde(rename = "StartTime")]
    start_time: Option<UtcDateTime>,
    /// After this it fires no more. Absent: it goes on.
    #[serde(rename = "EndTime")]
    end_time: Option<UtcDateTime>,
    /// What it sets.
    #[serde(rename = "ScalableTargetAction")]
    action: ScalableTargetAction,
    /// EC2 Auto Scaling: MinCapacity.
    #[serde(rename = "MinSize")]
    min_size: Option<u32>,
    /// EC2 Auto Scaling: MaxCapacity.
    #[serde(rename = "MaxSize")]
    max_size: Option<u32>,
    /// EC2 Auto Scaling: the capacity that it sets.
    #[serde(rename = "DesiredCapacity")]
    desired_capacity: Option<u32>,
}

impl From<Fields> for ScheduledAction {
    fn from(fields: Fields) -> Self {
        let is_groups = fields.min_size.is_some()
            || fields.max_size.is_some()
            || fields.desired_capacity.is_some();
        let mut start_time = fields.start_time;
        let schedule = match (fields.recurrence, start_time) {
            _ if !fields.schedule.is_empty() => fields.schedule,
            (Some(text), _) => recurring(&text).unwrap_or(text),
            // Without a recurrence it happens once.
            (None, Some(start)) if is_groups => {
                start_time = None;
                once(start)
            }
            (None, _) => String::new(),
        };
        Self {
            name: fields.name,
            schedule,
            time_zone: fields.time_zone.or(fields.group_time_zone),
            start_time,
            end_time: fields.end_time,
            action: ScalableTargetAction {
                min_capacity: fields.action.min_capacity.or(fields.min_size),
                max_capacity: fields.action.max_capacity.or(fields.max_size),
            },
            desired_capacity: fields.desired_capacity,
        }
    }
}

fn once(moment: UtcDateTime) -> String {
    let text = moment.utc().to_string();
    // AWS wants the seconds; what is shown leaves them out where there are none.
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("at({text}{seconds})")
}

/// A cron of five fields as `cron(…)` says it; `None` where it has other than five, or limits both the days of the month
/// and those of the week: then either is meant, which `cron(…)` cannot say.
fn recurring(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, date, month, weekday] = fields[..] else {
        return None;
    };
    let (date, weekday) = match (date, weekday) {
        (date, "*") => (date, "?".to_owned()),
        ("*", weekday) => ("?", weekdays(weekday)?),
        _ => return None,
    };
    Some(format!("cron({minute} {hour} {date} {month} {weekday} *)"))
}

/// Days of the week from 0 (Sunday) to 7 (Sunday, too), as days from 1 (Sunday).
fn weekdays(text: &str) -> Option<String> {
    let day = |text: &str| match text.parse::<u32>() {
        Ok(day @ 0..=7) => Some((day % 7 + 1).to_string()),
        Ok(_) => None,
        Err(_) => Some(text.to_owned()),
    };
    let part = |part: &str| {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, ["/", step].concat()),
            None => (part, String::new()),
        };
        let range = match range.split_once('-') {
            Some((from, to)) => [&*day(from)?, "-", &*day(to)?].concat(),
            None => day(range)?,
        };
        Some(range + &step)
    };
    let parts: Option<Vec<String>> = text.split(',').map(part).collect();
    Some(parts?.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recurrence_becomes_a_cron_of_six_fields() {
        for (recurrence, expected) in [
            // "Scheduled scaling": every day at 9:00, at 22:30, on the first of January at midnight.
            ("0 9 * * *", Some("cron(0 9 * * ? *)")),
            ("30 22 * * *", Some("cron(30 22 * * ? *)")),
            ("0 0 1 1 *", Some("cron(0 0 1 1 ? *)")),
            ("30 8 * * 1-5", Some("cron(30 8 ? * 2-6 *)")),
            ("0 20 * * 5-7", Some("cron(0 20 ? * 6-1 *)")),
            ("0 20 * * 0,6", Some("cron(0 20 ? * 1,7 *)")),
            ("0 20 * * MON-FRI", Some("cron(0 20 ? * MON-FRI *)")),
            ("*/10 * * JUN *", Some("cron(*/10 * * JUN ? *)")),
            ("0 20 * * */2", Some("cron(0 20 ? * */2 *)")),
            ("0 20 13 * 5", None),
            ("0 20 * * 8", None),
            ("0 20 * *", None),
            ("", None),
        ] {
            assert_eq!(recurring(recurrence).as_deref(), expected, "{recurrence}");
        }
    }

    #[test]
    fn an_action_of_a_group_is_read() {
        let read = |text: &str| serde_json::from_str::<ScheduledAction>(text).unwrap();
        let weekdays = read(
            r#"{ "ScheduledActionName": "a", "Recurrence": "30 8 * * 1-5", "TimeZone": "Asia/Seoul",
                 "MinSize": 4, "MaxSize": 20, "DesiredCapacity": 6 }"#,
        );
        assert_eq!(weekdays.schedule, "cron(30 8 ? * 2-6 *)");
        assert_eq!(weekdays.time_zone.as_deref(), Some("Asia/Seoul"));
        let bounds = (weekdays.action.min_capacity, weekdays.action.max_capacity);
        assert_eq!(
            (bounds, weekdays.desired_capacity),
            ((Some(4), Some(20)), Some(6))
        );
        let once = read(r#"{ "StartTime": "2026-11-28T19:30:00Z", "DesiredCapacity": 6 }"#);
        assert_eq!(
            (&*once.schedule, once.start_time),
            ("at(2026-11-28T19:30:00)", None)
        );
        // What cannot be said stays, and is found wrong.
        assert_eq!(
            read(r#"{ "Recurrence": "0 20 13 * 5" }"#).schedule,
            "0 20 13 * 5"
        );
        let text = serde_json::to_string(&weekdays).unwrap();
        assert_eq!(read(&text), weekdays);
    }
}
