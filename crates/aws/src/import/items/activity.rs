//! Scaling activities of both services. Application Auto Scaling has one for each change of capacity, EC2 Auto Scaling one for
//! each instance.

use super::of_target;
use crate::{
    account::{Activity, InstanceChange, NotScaled, Subject},
    fields::Fields,
    finding::Finding,
    import::Gathering,
    private::without_account,
};

/// Reads an activity as DescribeScalingActivities of Application Auto Scaling answers it.
pub(in crate::import) fn target_activity(mut fields: Fields, gathering: &mut Gathering) {
    let Ok(subject) = of_target(&mut fields, gathering) else {
        return;
    };
    let findings = &mut gathering.findings;
    let mut not_scaled = Vec::new();
    for mut reason in fields.objects("NotScaledReasons", findings) {
        not_scaled.push(NotScaled {
            code: reason.text("Code", findings).unwrap_or_default(),
            current: reason.whole("CurrentCapacity", findings),
            min: reason.whole("MinCapacity", findings),
            max: reason.whole("MaxCapacity", findings),
        });
        reason.finish(findings);
    }
    let Some(mut activity) = activity(&mut fields, subject, findings) else {
        return;
    };
    fields.finish(findings);
    activity.not_scaled = not_scaled;
    activity.desired = desired(&activity.description);
    gathering.account.activities.push(activity);
}

/// Reads an activity as DescribeScalingActivities of EC2 Auto Scaling answers it.
pub(in crate::import) fn group_activity(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let name = fields.text("AutoScalingGroupName", findings);
    let subject = name.map(|name| Subject::Group { name });
    // How far it is, of one that is going on; a group that is deleted by now.
    fields.pass_over(&["Progress", "AutoScalingGroupState", "AutoScalingGroupARN"]);
    let Some(mut activity) = activity(&mut fields, subject, findings) else {
        return;
    };
    fields.finish(findings);
    activity.instance = change(&activity.description);
    if let Some((before, desired)) = capacities(&activity.cause) {
        (activity.before, activity.desired) = (Some(before), Some(desired));
    }
    gathering.account.activities.push(activity);
}

/// Takes what activities of both services have. `None`: nobody knows when it was, which is noted.
fn activity(
    fields: &mut Fields,
    subject: Option<Subject>,
    findings: &mut Vec<Finding>,
) -> Option<Activity> {
    let mut said = |name| fields.text(name, findings).unwrap_or_default();
    let description = without_account(&said("Description"));
    let cause = without_account(&said("Cause"));
    let message = without_account(&said("StatusMessage"));
    let status = said("StatusCode");
    let end_s = fields.moment("EndTime", findings);
    let start_s = fields.moment("StartTime", findings);
    // `Details` names subnets, zones and requests, and says nothing that the other texts do not.
    fields.pass_over(&["ActivityId", "Details"]);
    let Some(start_s) = start_s else {
        fields.missing("StartTime", findings);
        return None;
    };
    Some(Activity {
        subject,
        start_s,
        end_s,
        status,
        desired: None,
        before: None,
        instance: None,
        description,
        cause,
        message,
        not_scaled: Vec::new(),
        at: fields.at,
    })
}

/// Returns what happens to an instance, as a description says it: `Launching a new EC2 instance from warm pool: i-…`.
fn change(description: &str) -> Option<InstanceChange> {
    if description.starts_with("Terminating EC2 instance") {
        return Some(InstanceChange::Termination);
    }
    if !description.starts_with("Launching a new EC2 instance") {
        return None;
    }
    Some(if description.contains(" from warm pool") {
        InstanceChange::FromWarmPool
    } else if description.contains(" into warm pool") {
        InstanceChange::ToWarmPool
    } else {
        InstanceChange::Launch
    })
}

/// Returns the capacity that a description names: `Setting desired instance count to 48.` Bounds are another activity, as
/// `Setting min capacity to 4 and max capacity to 10`.
fn desired(description: &str) -> Option<u32> {
    let what = description.strip_prefix("Setting ")?;
    let sets_bounds = what.starts_with("min capacity") || what.starts_with("max capacity");
    last_number(what).filter(|_| !sets_bounds)
}

/// Returns the last number of a text: `Setting desired instance count to 48.`
fn last_number(text: &str) -> Option<u32> {
    let mut words = text.split(|it: char| !it.is_ascii_digit()).rev();
    words.find(|word| !word.is_empty())?.parse().ok()
}

/// Returns the capacities before and after that a cause names: `changing the desired capacity from 1 to 2.`
fn capacities(cause: &str) -> Option<(u32, u32)> {
    let (_, rest) = cause.split_once(" desired capacity from ")?;
    let (before, rest) = rest.split_once(" to ")?;
    let end = rest
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(rest.len());
    Some((before.parse().ok()?, rest.get(..end)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_activities_are_understood() {
        assert_eq!(
            last_number("Setting desired instance count to 48."),
            Some(48)
        );
        assert_eq!(last_number("Setting desired instance count."), None);
        assert_eq!(desired("Setting desired count to 5."), Some(5));
        assert_eq!(
            desired("Setting min capacity to 4 and max capacity to 10"),
            None
        );
        assert_eq!(desired("Setting max capacity to 10"), None);
        let cause = "At 2026-11-29T10:00:00Z a monitor alarm x in state ALARM triggered policy y changing the desired capacity from 1 to 2.  At …";
        assert_eq!(capacities(cause), Some((1, 2)));
        for (description, expected) in [
            (
                "Launching a new EC2 instance: i-0a",
                Some(InstanceChange::Launch),
            ),
            (
                "Launching a new EC2 instance from warm pool: i-0a",
                Some(InstanceChange::FromWarmPool),
            ),
            (
                "Launching a new EC2 instance into warm pool: i-0a",
                Some(InstanceChange::ToWarmPool),
            ),
            (
                "Terminating EC2 instance: i-0a",
                Some(InstanceChange::Termination),
            ),
            ("Executing scheduled action x", None),
        ] {
            assert_eq!(change(description), expected, "{description}");
        }
    }
}
