//! What `describe-scaling-activities` answers, of both services: the newest first.
//!
//! Sources: Application Auto Scaling user guide, "Scaling activities for Application Auto Scaling"; Amazon EC2 Auto Scaling user guide,
//! "Verify a scaling activity for an Auto Scaling group".

use engine::run::{
    Activity, AlarmRole, Cause, Direction, LaunchFailure, LaunchFailureReason, NotScaledReason,
    Outcome, ReplacementReason, Rule,
};
use serde_json::{Map, Value, json};

use super::Told;
use crate::account::TargetDimension;

/// Most activities of a group, which has one for each instance: more than anybody reads.
const MOST_ACTIVITIES: usize = 20_000;

impl Told<'_> {
    /// Returns the answer about activities.
    pub(super) fn activities(&self) -> Vec<Value> {
        let activities = self.run.activities.iter().rev();
        match self.dimension() {
            Some(dimension) => {
                let told = activities.flat_map(|it| self.of_target(it, dimension));
                let told: Vec<Value> = numbered(told);
                vec![json!({ "ScalingActivities": told })]
            }
            None => {
                let told = activities.flat_map(|it| self.of_group(it));
                let told: Vec<Value> = numbered(told.take(MOST_ACTIVITIES));
                vec![json!({ "Activities": told })]
            }
        }
    }

    /// A change of capacity is one activity; bounds that an action sets are another before it.
    fn of_target(&self, done: &Activity, dimension: TargetDimension) -> Vec<Map<String, Value>> {
        let counted = match dimension {
            TargetDimension::VariantInstances => "desired instance count",
            TargetDimension::ComponentCopies => "desired copy count",
            TargetDimension::ProvisionedConcurrency => "desired provisioned concurrency",
        };
        let base = |start_s: f64| {
            let mut fields = Map::new();
            fields.insert("ServiceNamespace".to_owned(), "sagemaker".into());
            fields.insert("ResourceId".to_owned(), self.resource().into());
            fields.insert("ScalableDimension".to_owned(), dimension.name().into());
            fields.insert("StartTime".to_owned(), self.moment(start_s).into());
            fields
        };
        let mut told = Vec::new();
        let mut change = base(done.start_s);
        if let Outcome::NotScaled(reason) = done.outcome {
            let Some(code) = code(reason) else {
                return told;
            };
            let bounds = self.bounds(done.start_s);
            let description = "Attempting to scale due to alarm triggered";
            change.insert("Description".to_owned(), description.into());
            change.insert("Cause".to_owned(), self.cause(done).into());
            change.insert("StatusCode".to_owned(), "Failed".into());
            let reason = json!({
                "Code": code, "CurrentCapacity": done.from,
                "MinCapacity": bounds.0, "MaxCapacity": bounds.1,
            });
            change.insert("NotScaledReasons".to_owned(), json!([reason]));
            told.push(change);
        } else if let Outcome::Failed(failure) = done.outcome {
            // Replacements are no activities of Application Auto Scaling.
            if done.from == done.to {
                return told;
            }
            let description = format!("Setting {counted} to {}.", done.to);
            change.insert("Description".to_owned(), description.into());
            change.insert("Cause".to_owned(), self.cause(done).into());
            change.insert("StatusCode".to_owned(), "Failed".into());
            let reason = self.why_failed(failure);
            let message = format!("Failed to set {counted} to {}. Reason: {reason}", done.to);
            change.insert("StatusMessage".to_owned(), message.into());
            if let Some(end_s) = done.end_s {
                change.insert("EndTime".to_owned(), self.moment(end_s).into());
            }
            told.push(change);
        } else if done.from != done.to {
            let description = format!("Setting {counted} to {}.", done.to);
            change.insert("Description".to_owned(), description.into());
            change.insert("Cause".to_owned(), self.cause(done).into());
            let (status, message) = match done.outcome {
                Outcome::InProgress => ("InProgress", None),
                Outcome::Overridden => ("Overridden", None),
                _ => (
                    "Successful",
                    Some("Change successfully fulfilled by sagemaker."),
                ),
            };
            change.insert("StatusCode".to_owned(), status.into());
            if let Some(fulfilled) = message {
                let message = format!("Successfully set {counted} to {}. {fulfilled}", done.to);
                change.insert("StatusMessage".to_owned(), message.into());
            }
            if let Some(end_s) = done.end_s {
                change.insert("EndTime".to_owned(), self.moment(end_s).into());
            }
            told.push(change);
        }
        if let Cause::Scheduled {
            action, min, max, ..
        } = done.cause
        {
            let mut bounds = base(done.start_s);
            let set = |name: &str, to: Option<u32>| to.map(|to| format!("{name} capacity to {to}"));
            let sets: Vec<String> = [set("min", min), set("max", max)]
                .into_iter()
                .flatten()
                .collect();
            let sets = sets.join(" and ");
            bounds.insert("Description".to_owned(), format!("Setting {sets}").into());
            let action = self.scenario.scheduled_actions.get(action);
            let name = action.map_or("", |action| &action.name);
            let cause = format!("scheduled action name {name} was triggered");
            bounds.insert("Cause".to_owned(), cause.into());
            bounds.insert("StatusCode".to_owned(), "Successful".into());
            let message = format!("Successfully set {sets}");
            bounds.insert("StatusMessage".to_owned(), message.into());
            bounds.insert("EndTime".to_owned(), self.moment(done.start_s).into());
            told.push(bounds);
        }
        told
    }

    /// An activity for each instance that comes or goes.
    fn of_group(&self, done: &Activity) -> impl Iterator<Item = Map<String, Value>> {
        let (from, to) = match (&done.outcome, &done.cause) {
            (Outcome::NotScaled(_), _) => (0, 0),
            (_, Cause::Replacement(replacement)) => (0, replacement.instances),
            _ => (done.from, done.to),
        };
        let (verb, doing) = match to > from {
            true => ("started", "Launching a new"),
            false => ("terminated", "Terminating"),
        };
        let at = self.moment(done.start_s);
        let cause = format!(
            "At {at} {}.  At {at} an instance was {verb} in response to a difference between desired and actual capacity, changing the capacity from {from} to {to}.",
            self.cause(done)
        );
        let mut fields = Map::new();
        fields.insert("AutoScalingGroupName".to_owned(), self.resource().into());
        fields.insert("Cause".to_owned(), cause.into());
        fields.insert("StartTime".to_owned(), at.into());
        let status = match done.end_s {
            Some(end_s) => {
                fields.insert("EndTime".to_owned(), self.moment(end_s).into());
                "Successful"
            }
            None => "InProgress",
        };
        fields.insert("StatusCode".to_owned(), status.into());
        let failed = match done.outcome {
            Outcome::Failed(failure) => {
                let message = format!(
                    "{} Launching EC2 instance failed.",
                    self.why_failed(failure)
                );
                Some((failure.instances, message))
            }
            _ => None,
        };
        let start_s = done.start_s.round() as i64;
        (0..from.abs_diff(to)).map(move |instance| {
            let mut fields = fields.clone();
            if let Some((instances, message)) = &failed
                && instance < *instances
            {
                fields.insert("StatusCode".to_owned(), "Failed".into());
                fields.insert("StatusMessage".to_owned(), message.clone().into());
            }
            let description = format!("{doing} EC2 instance: i-{start_s:09x}{instance:08x}");
            fields.insert("Description".to_owned(), description.into());
            fields
        })
    }

    /// Returns the cause as AWS words it.
    fn cause(&self, done: &Activity) -> String {
        let changing = match self.dimension() {
            Some(_) => String::new(),
            None => format!(
                " changing the desired capacity from {} to {}",
                done.from, done.to
            ),
        };
        match &done.cause {
            Cause::Policy(decision) => {
                let policy = self.policy_name(decision.policy);
                let role = match (&decision.rule, decision.direction) {
                    (Rule::StepScaling(_), _) => AlarmRole::Own,
                    (Rule::TargetTracking { .. }, Direction::Out) => AlarmRole::High,
                    (Rule::TargetTracking { .. }, Direction::In) => AlarmRole::Low,
                };
                let alarm = self.alarm_name(decision.policy, role);
                match self.dimension() {
                    Some(_) => {
                        format!("monitor alarm {alarm} in state ALARM triggered policy {policy}")
                    }
                    None => format!(
                        "a monitor alarm {alarm} in state ALARM triggered policy {policy}{changing}"
                    ),
                }
            }
            Cause::Scheduled { .. } if self.dimension().is_some() => {
                let (bound, to) = match done.to > done.from {
                    true => ("minimum", done.to),
                    false => ("maximum", done.to),
                };
                format!("{bound} capacity was set to {to}")
            }
            Cause::Scheduled { action, .. } => {
                let action = self.scenario.scheduled_actions.get(*action);
                let name = action.map_or("", |action| &action.name);
                format!(
                    "a scheduled action {name} update of AutoScalingGroup constraints{changing}"
                )
            }
            Cause::Predictive(prediction) => {
                let policy = self.policy_name(prediction.policy);
                format!("predictive scaling policy {policy} was{changing}")
            }
            Cause::Replacement(replacement)
                if replacement.reason == ReplacementReason::Refused =>
            {
                "an instance was to be started in response to a difference between desired and actual capacity".to_owned()
            }
            Cause::Replacement(_) => {
                "an instance was taken out of service in response to a health check".to_owned()
            }
        }
    }

    /// Returns why launches failed, as AWS words it (Amazon SageMaker developer guide, "Check the status of a scaling activity by
    /// describing scaling activities"; Amazon EC2 Auto Scaling user guide, "Troubleshoot Amazon EC2 Auto Scaling").
    fn why_failed(&self, failure: LaunchFailure) -> String {
        let kind = &self.scenario.instance.instance_type;
        let is_group = self.dimension().is_none();
        match failure.reason {
            LaunchFailureReason::Shortage if is_group => format!(
                "We currently do not have sufficient {kind} capacity in the Availability Zone you requested. Our system will be working on provisioning additional capacity."
            ),
            LaunchFailureReason::Shortage => "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error.".to_owned(),
            LaunchFailureReason::Quota { .. } if is_group => "You have requested more vCPU capacity than your current vCPU limit allows for the instance bucket that the specified instance type belongs to.".to_owned(),
            LaunchFailureReason::Quota { quota, running } => format!(
                "The account-level service limit '{kind} for endpoint usage' is {quota} Instances, with current utilization of {running} Instances and a request delta of {} Instances. Please use AWS Service Quotas to request an increase for this quota.",
                failure.instances
            ),
        }
    }

    /// Returns MinCapacity and MaxCapacity at a moment.
    fn bounds(&self, at_s: f64) -> (u32, u32) {
        let resolved = &self.compiled.resolved;
        let before = self.run.fleet.iter().take_while(|it| it.at_s <= at_s);
        before
            .last()
            .map_or((resolved.min, resolved.max), |it| (it.min, it.max))
    }
}

/// Returns the code of a NotScaledReason; AWS reports none of the others.
fn code(reason: NotScaledReason) -> Option<&'static str> {
    match reason {
        NotScaledReason::AlreadyAtMaxCapacity => Some("AlreadyAtMaxCapacity"),
        NotScaledReason::AlreadyAtMinCapacity => Some("AlreadyAtMinCapacity"),
        NotScaledReason::AlreadyAtDesiredCapacity => Some("AlreadyAtDesiredCapacity"),
        NotScaledReason::AutoScalingAnticipatedFlapping => Some("AutoScalingAnticipatedFlapping"),
        NotScaledReason::TargetServicePutResourceAsUnscalable { .. } => {
            Some("TargetServicePutResourceAsUnscalable")
        }
        _ => None,
    }
}

/// Gives each an id of its own.
fn numbered(activities: impl Iterator<Item = Map<String, Value>>) -> Vec<Value> {
    let with_id = |(number, mut activity): (usize, Map<String, Value>)| {
        let id = format!("00000000-0000-0000-0000-{number:012}");
        activity.insert("ActivityId".to_owned(), id.into());
        Value::Object(activity)
    };
    activities.enumerate().map(with_id).collect()
}
