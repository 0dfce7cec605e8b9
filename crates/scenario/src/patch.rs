//! What differs between a scenario and the default one, as a JSON merge patch (RFC 7396): links and files hold no more.
//! Lists are replaced whole; `null` takes a value away that need not be there.

use crate::{
    document::{ScalingPolicy, Scenario},
    fields::{Node, Wrong},
    json::{Entry, Is, Value, find},
};

/// What differs from the default scenario, which gives old links and files their meaning and is frozen for that.
pub(crate) fn of(scenario: &Scenario) -> Value {
    let (old, new) = (tree(&Scenario::default()), tree(scenario));
    Is::Object(difference(entries(&old), entries(&new))).into()
}

/// The default scenario with a patch applied.
pub(crate) fn apply(patch: &Value) -> Result<Scenario, Wrong> {
    let mut scenario = Scenario::default();
    scenario.read(patch)?;
    Ok(scenario)
}

/// The default policy, for links.
pub(crate) fn policy() -> Value {
    tree(&ScalingPolicy::default())
}

fn tree(node: &dyn Node) -> Value {
    node.write().unwrap_or(Is::Null).into()
}

/// The entries of an object; of anything else none.
pub(crate) fn entries(value: &Value) -> &[Entry] {
    match &value.is {
        Is::Object(entries) => entries,
        _ => &[],
    }
}

/// What has to be merged into `old` to make it `new`.
pub(crate) fn difference(old: &[Entry], new: &[Entry]) -> Vec<Entry> {
    let mut changes = Vec::new();
    for entry in new {
        let value = match (find(old, &entry.key), &entry.value) {
            (Some(old), new) if old == new => continue,
            (
                Some(
                    old @ Value {
                        is: Is::Object(_), ..
                    },
                ),
                new @ Value {
                    is: Is::Object(_), ..
                },
            ) => Is::Object(difference(entries(old), entries(new))).into(),
            (_, new) => new.clone(),
        };
        changes.push(Entry {
            key: entry.key.clone(),
            value,
        });
    }
    for entry in old {
        if find(new, &entry.key).is_none() {
            changes.push(Entry {
                key: entry.key.clone(),
                value: Is::Null.into(),
            });
        }
    }
    changes
}

/// Merges a patch into a value.
pub(crate) fn merge(value: &mut Value, patch: Value) {
    match (&mut value.is, patch.is) {
        (Is::Object(entries), Is::Object(changes)) => {
            for change in changes {
                let known = entries.iter().position(|entry| entry.key == change.key);
                match known {
                    Some(index) if change.value.is == Is::Null => {
                        entries.remove(index);
                    }
                    Some(index) => {
                        if let Some(entry) = entries.get_mut(index) {
                            merge(&mut entry.value, change.value);
                        }
                    }
                    None if change.value.is == Is::Null => {}
                    None => entries.push(change),
                }
            }
        }
        (is, other) => *is = other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn json_of(scenario: &Scenario) -> String {
        json::write(&of(scenario)).replace([' ', '\n'], "")
    }

    #[test]
    fn the_default_scenario_is_the_frozen_baseline() {
        let baseline: serde_json::Value =
            serde_json::from_str(include_str!("../data/baseline_v1.json")).unwrap();
        assert_eq!(
            serde_json::to_value(Scenario::default()).unwrap(),
            baseline,
            "the defaults give old links and files their meaning: keep them"
        );
        assert_eq!(json_of(&Scenario::default()), "{}");
    }

    #[test]
    fn what_is_no_number_is_not_taken_for_one() {
        let mut scenario = Scenario::default();
        scenario.load_test.max_rps = f64::NAN;
        assert_eq!(json_of(&scenario), "{\"load_test\":{\"max_rps\":-1}}");
    }

    #[test]
    fn a_field_that_is_gone_stays_gone() {
        let mut scenario = Scenario::default();
        scenario.scalable_target.max_capacity = None;
        assert_eq!(
            json_of(&scenario),
            "{\"scalable_target\":{\"MaxCapacity\":null}}"
        );
        assert_eq!(apply(&of(&scenario)), Ok(scenario));
    }

    #[test]
    fn the_tree_is_serde_s() {
        for preset in crate::presets::all() {
            let scenario = preset.scenario();
            let ours: serde_json::Value =
                serde_json::from_str(&json::write(&tree(&scenario))).unwrap();
            let theirs = serde_json::to_value(&scenario).unwrap();
            assert_eq!(as_floats(ours), as_floats(theirs), "{}", preset.id);
        }
    }

    /// serde writes 20.0 where we write 20.
    fn as_floats(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Number(number) => number.as_f64().into(),
            serde_json::Value::Array(list) => list.into_iter().map(as_floats).collect(),
            serde_json::Value::Object(map) => map
                .into_iter()
                .map(|(key, value)| (key, as_floats(value)))
                .collect(),
            other => other,
        }
    }
}
