//! What a document of version 1 left out, filled in as version 1 meant it. Frozen: it gives old links and files their
//! meaning. It reads nothing: what is no object where one is meant stays, and is found wrong where the document is read.

use serde_json::{Map, Value, json};

/// What a document came as: links keep more of their meaning than files do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameAs {
    /// A link, which means for ever what it meant.
    Link,
    /// A file, in which an alarm that nobody wrote is a problem, and noise has the spread that it says.
    File,
}

/// The configurations of target tracking, as both services name them.
const TRACKING: [&str; 2] = [
    "TargetTrackingScalingPolicyConfiguration",
    "TargetTrackingConfiguration",
];

/// Fills in what a document of version 1 leaves out within its lists.
pub(crate) fn complete(document: &mut Value, came_as: CameAs) {
    for policy in objects(document, "policies") {
        complete_policy(policy, came_as);
    }
    if came_as == CameAs::Link {
        for layer in objects(document, "demand") {
            let noise = layer.get_mut("shape").and_then(|it| it.get_mut("noise"));
            if let Some(noise) = noise.and_then(Value::as_object_mut) {
                fill_in(noise, "factor", || json!("straight_between_minutes"));
            }
        }
    }
}

/// Returns the objects of a list.
fn objects<'a>(
    document: &'a mut Value,
    list: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = document.get_mut(list).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// Gives a field that is absent or null a value.
fn fill_in(object: &mut Map<String, Value>, field: &str, value: impl FnOnce() -> Value) {
    if object.get(field).is_none_or(Value::is_null) {
        object.insert(field.to_owned(), value());
    }
}

fn complete_policy(policy: &mut Map<String, Value>, came_as: CameAs) {
    fill_in(policy, "PolicyType", || json!("TargetTrackingScaling"));
    match policy.get("PolicyType").and_then(Value::as_str) {
        Some("TargetTrackingScaling") => complete_cooldowns(policy),
        Some("StepScaling" | "SimpleScaling") if came_as == CameAs::Link => complete_alarm(policy),
        _ => {}
    }
}

/// Writes out the cooldowns of version 1, which took 60 seconds where AWS takes 300.
fn complete_cooldowns(policy: &mut Map<String, Value>) {
    let given = |field: &&str| policy.get(*field).is_some_and(|it| !it.is_null());
    let [usual, _] = TRACKING;
    let field = TRACKING.into_iter().find(given).unwrap_or(usual);
    fill_in(policy, field, || json!({}));
    if let Some(tracking) = policy.get_mut(field).and_then(Value::as_object_mut) {
        fill_in(tracking, "ScaleOutCooldown", || json!(60));
    }
}

/// Writes out the alarm that version 1 gave a policy without one, and the metric that it gave an alarm.
fn complete_alarm(policy: &mut Map<String, Value>) {
    fill_in(policy, "Alarm", || json!({}));
    if let Some(alarm) = policy.get_mut("Alarm").and_then(Value::as_object_mut) {
        fill_in(alarm, "MetricName", || json!("InvocationsPerInstance"));
        fill_in(alarm, "Period", || json!(60));
        fill_in(alarm, "EvaluationPeriods", || json!(2));
        fill_in(alarm, "ComparisonOperator", || {
            json!("GreaterThanOrEqualToThreshold")
        });
        fill_in(alarm, "TreatMissingData", || json!("missing"));
    }
}
