//! Scheduled actions of both services.

use scenario::{
    document::{ScalableTargetAction, ScheduledAction as Action},
    schedule::Schedule,
};

use super::of_target;
use crate::{
    account::{ScheduledAction, Subject},
    fields::Fields,
    import::Gathering,
};

/// Reads an action as PutScheduledAction takes it and DescribeScheduledActions answers it.
pub(in crate::import) fn target_action(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let Ok(subject) = of_target(&mut fields, gathering) else {
        return;
    };
    let findings = &mut gathering.findings;
    let mut action = Action {
        name: fields
            .text("ScheduledActionName", findings)
            .unwrap_or_default(),
        schedule: fields.text("Schedule", findings).unwrap_or_default(),
        time_zone: fields.text("Timezone", findings),
        start_time: fields.utc("StartTime", findings),
        end_time: fields.utc("EndTime", findings),
        ..Action::default()
    };
    if action.schedule.is_empty() {
        fields.missing("Schedule", findings);
    }
    if let Some(mut sets) = fields.object("ScalableTargetAction", findings) {
        action.action = ScalableTargetAction {
            min_capacity: sets.whole("MinCapacity", findings),
            max_capacity: sets.whole("MaxCapacity", findings),
        };
        sets.finish(findings);
    }
    fields.pass_over(&["ScheduledActionARN", "CreationTime"]);
    fields.finish(findings);
    gathering.account.actions.push(ScheduledAction {
        subject,
        action,
        at,
    });
}

/// Reads an action as PutScheduledUpdateGroupAction takes it and DescribeScheduledActions of EC2 Auto Scaling answers it.
pub(in crate::import) fn group_action(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let group = fields.text("AutoScalingGroupName", findings);
    let mut action = Action {
        name: fields
            .text("ScheduledActionName", findings)
            .unwrap_or_default(),
        recurrence: fields.text("Recurrence", findings),
        time_zone: fields.text("TimeZone", findings),
        start_time: fields.utc("StartTime", findings),
        end_time: fields.utc("EndTime", findings),
        desired_capacity: fields.whole("DesiredCapacity", findings),
        action: ScalableTargetAction {
            min_capacity: fields.whole("MinSize", findings),
            max_capacity: fields.whole("MaxSize", findings),
        },
        ..Action::default()
    };
    // `Time` is what StartTime was once called; AWS answers with both.
    let once_called = fields.utc("Time", findings);
    action.start_time = action.start_time.or(once_called);
    if action.recurrence.is_none() {
        match action.start_time.take() {
            Some(start) => action.schedule = Schedule::once(start.utc()),
            None => fields.missing("Recurrence", findings),
        }
    }
    fields.pass_over(&["ScheduledActionARN"]);
    fields.finish(findings);
    let subject = group.map(|name| Subject::Group { name });
    gathering.account.actions.push(ScheduledAction {
        subject,
        action,
        at,
    });
}
