//! A scheduled action as it stands in a file: as Application Auto Scaling's `PutScheduledAction` takes it, or as EC2 Auto
//! Scaling's `PutScheduledUpdateGroupAction` does. It is kept in the first shape, with the second's `Recurrence`.

use super::{ScalableTargetAction, ScheduledAction};
use crate::{
    field::{Entry, Object, Rewritten, object},
    schedule::Schedule,
    time::UtcDateTime,
};

/// Returns the name of a piece of a usual schedule. The page makes such pieces of the expression, which is all that is kept.
pub(super) const fn piece(name: &'static str, text: &'static str) -> Entry<ScheduledAction> {
    Entry::of::<ScalableTargetAction>(name, text, "A piece of Schedule.")
}

object! {
    /// Both shapes.
    pub(super) struct Fields {
        /// Name, 1 to 256 characters.
        name as "ScheduledActionName": String = String::new();
        /// `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` or `cron(minutes hours day-of-month month day-of-week year)`.
        schedule as "Schedule": String = String::new();
        /// EC2 Auto Scaling, in place of `Schedule`: `minute hour day-of-month month day-of-week`, weekdays from 0 (Sunday), or a
        /// name such as `@daily`.
        recurrence as "Recurrence": Option<String> = None;
        /// IANA name, for `at` and `cron`; absent: UTC, as AWS has it.
        time_zone as "Timezone": Option<String> = None;
        /// The same, as EC2 Auto Scaling spells it.
        group_time_zone as "TimeZone": Option<String> = None;
        /// When a schedule that recurs begins; it fires then, too. Absent: it holds all along.
        start_time as "StartTime": Option<UtcDateTime> = None;
        /// After this it fires no more. Absent: it goes on.
        end_time as "EndTime": Option<UtcDateTime> = None;
        /// What it sets.
        action as "ScalableTargetAction": ScalableTargetAction = ScalableTargetAction::default();
        /// EC2 Auto Scaling: MinCapacity.
        min_size as "MinSize": Option<u32> = None;
        /// EC2 Auto Scaling: MaxCapacity.
        max_size as "MaxSize": Option<u32> = None;
        /// EC2 Auto Scaling: the capacity that it sets.
        desired_capacity as "DesiredCapacity": Option<u32> = None;
    }
}

impl Rewritten for ScheduledAction {
    fn read_as(&mut self, read: &mut dyn FnMut(&mut dyn Object)) {
        let mut fields = Fields::default();
        read(&mut fields);
        *self = fields.into();
    }
}

impl From<Fields> for ScheduledAction {
    fn from(fields: Fields) -> Self {
        let is_groups = fields.min_size.is_some()
            || fields.max_size.is_some()
            || fields.desired_capacity.is_some();
        let mut start_time = fields.start_time;
        // Terraform writes an empty one for none.
        let recurrence = fields.recurrence.filter(|text| !text.is_empty());
        let schedule = match (&recurrence, start_time) {
            // Without a recurrence it happens once.
            (None, Some(start)) if is_groups && fields.schedule.is_empty() => {
                start_time = None;
                Schedule::once(start.utc())
            }
            _ => fields.schedule,
        };
        Self {
            name: fields.name,
            schedule,
            recurrence,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_of_a_group_is_read() {
        let read = |text: &str| serde_json::from_str::<ScheduledAction>(text).unwrap();
        let weekdays = read(
            r#"{ "ScheduledActionName": "a", "Recurrence": "30 8 * * 1-5", "TimeZone": "Asia/Seoul",
                 "MinSize": 4, "MaxSize": 20, "DesiredCapacity": 6 }"#,
        );
        assert_eq!(weekdays.schedule, "");
        assert_eq!(weekdays.recurrence.as_deref(), Some("30 8 * * 1-5"));
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
        // As Terraform and AWS's own answers write what is not said.
        let none = r#"{ "Recurrence": "", "StartTime": "2026-11-28T19:30:00Z", "EndTime": null, "MinSize": null, "DesiredCapacity": 6 }"#;
        assert_eq!(read(none), once);
        let text = serde_json::to_string(&weekdays).unwrap();
        assert_eq!(read(&text), weekdays);
    }
}
