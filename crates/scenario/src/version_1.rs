//! What a document of version 1 left unsaid, said aloud as version 1 meant it. Frozen: it gives old links and files their
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

/// Says aloud what a whole document of version 1 leaves unsaid within its lists.
pub(crate) fn say_aloud(document: &mut Value, came_as: CameAs) {
    for policy in objects(document, "policies") {
        say_policy(policy, came_as);
    }
    if came_as == CameAs::Link {
        for layer in objects(document, "demand") {
            let noise = layer.get_mut("shape").and_then(|it| it.get_mut("noise"));
            if let Some(noise) = noise.and_then(Value::as_object_mut) {
                say(noise, "factor", || json!("straight_between_minutes"));
            }
        }
    }
}

/// The objects of a list.
fn objects<'a>(
    document: &'a mut Value,
    list: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = document.get_mut(list).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// A field that is absent or null gets a value.
fn say(object: &mut Map<String, Value>, field: &str, value: impl FnOnce() -> Value) {
    if object.get(field).is_none_or(Value::is_null) {
        object.insert(field.to_owned(), value());
    }
}

fn say_policy(policy: &mut Map<String, Value>, came_as: CameAs) {
    say(policy, "PolicyType", || json!("TargetTrackingScaling"));
    match policy.get("PolicyType").and_then(Value::as_str) {
        Some("TargetTrackingScaling") => say_cooldown(policy),
        Some("StepScaling" | "SimpleScaling") if came_as == CameAs::Link => say_alarm(policy),
        _ => {}
    }
}

/// Version 1 took 60 seconds where AWS takes 300.
fn say_cooldown(policy: &mut Map<String, Value>) {
    let given = |field: &&str| policy.get(*field).is_some_and(|it| !it.is_null());
    let [usual, _] = TRACKING;
    let field = TRACKING.into_iter().find(given).unwrap_or(usual);
    say(policy, field, || json!({}));
    if let Some(tracking) = policy.get_mut(field).and_then(Value::as_object_mut) {
        say(tracking, "ScaleOutCooldown", || json!(60));
    }
}

/// Version 1 gave a policy an alarm that had none, and an alarm a metric.
fn say_alarm(policy: &mut Map<String, Value>) {
    say(policy, "Alarm", || json!({}));
    if let Some(alarm) = policy.get_mut("Alarm").and_then(Value::as_object_mut) {
        say(alarm, "MetricName", || json!("InvocationsPerInstance"));
        say(alarm, "Period", || json!(60));
        say(alarm, "EvaluationPeriods", || json!(2));
        say(alarm, "ComparisonOperator", || {
            json!("GreaterThanOrEqualToThreshold")
        });
        say(alarm, "TreatMissingData", || json!("missing"));
    }
}
