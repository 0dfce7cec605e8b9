//! What differs between a scenario and the one that nothing differs from, as a JSON merge patch (RFC 7396): links and
//! files hold no more. Lists are replaced whole; `null` takes a field away that need not be there.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::{
    compile::VERSION,
    document::Scenario,
    version_1::{self, CameAs},
};

/// Returns what version 2 of the document is compared with. Frozen: it gives links and files their meaning.
fn baseline() -> &'static Value {
    static BASELINE: OnceLock<Value> = OnceLock::new();
    BASELINE.get_or_init(|| {
        serde_json::from_str(include_str!("../data/baseline_v2.json")).unwrap_or_default()
    })
}

/// Returns what version 1 was compared with. Frozen, too.
fn baseline_1() -> &'static Value {
    static BASELINE: OnceLock<Value> = OnceLock::new();
    BASELINE.get_or_init(|| {
        serde_json::from_str(include_str!("../data/baseline_v1.json")).unwrap_or_default()
    })
}

/// Returns what differs from the baseline.
pub(crate) fn of(scenario: &Scenario) -> Value {
    match (baseline(), document(scenario)) {
        (Value::Object(old), Value::Object(new)) => Value::Object(difference(old, &new)),
        _ => Value::Null,
    }
}

/// Returns what one scenario says otherwise than another.
pub(crate) fn between(from: &Scenario, to: &Scenario) -> Value {
    match (document(from), document(to)) {
        (Value::Object(old), Value::Object(new)) => Value::Object(difference(&old, &new)),
        _ => Value::Null,
    }
}

/// Returns a scenario with a patch applied, as the text of a whole document.
pub(crate) fn applied_to(scenario: &Scenario, patch: Value) -> String {
    let mut document = document(scenario);
    merge(&mut document, patch);
    document.to_string()
}

/// Returns a scenario as a whole document.
pub(crate) fn document(scenario: &Scenario) -> Value {
    let mut value = serde_json::to_value(scenario).unwrap_or_default();
    mark_not_numbers(&mut value);
    value
}

/// Returns the only policy of the baseline, which is the same in every version.
pub(crate) fn baseline_policy() -> Option<&'static Value> {
    baseline().get("policies")?.get(0)
}

/// Returns the baseline with a patch applied, as the text of a whole document.
pub(crate) fn apply(patch: Value) -> String {
    let mut document = baseline().clone();
    merge(&mut document, patch);
    document.to_string()
}

/// Returns the baseline with a patch of version 1 applied: what that version meant by silence is written out, in the present
/// version's words.
pub(crate) fn apply_1(patch: Value, came_as: CameAs) -> String {
    let mut document = baseline_1().clone();
    merge(&mut document, patch);
    version_1::complete(&mut document, came_as);
    if let Value::Object(fields) = &mut document {
        fields.insert("headroom".to_owned(), VERSION.into());
    }
    document.to_string()
}

/// Returns what has to be merged into `old` to make it `new`.
pub(crate) fn difference(old: &Map<String, Value>, new: &Map<String, Value>) -> Map<String, Value> {
    let gone = (old.keys())
        .filter(|key| !new.contains_key(*key))
        .map(|key| (key.clone(), Value::Null));
    let changed = new.iter().filter_map(|(key, new)| {
        let change = match (old.get(key), new) {
            (Some(old), new) if old == new => return None,
            (Some(Value::Object(old)), Value::Object(new)) => Value::Object(difference(old, new)),
            (_, new) => new.clone(),
        };
        Some((key.clone(), change))
    });
    // Collected they would be sorted first, by code that is made for that alone.
    let mut patch = Map::new();
    patch.extend(gone.chain(changed));
    patch
}

/// Merges a patch into a document.
pub(crate) fn merge(document: &mut Value, patch: Value) {
    match (document, patch) {
        (Value::Object(document), Value::Object(patch)) => {
            for (key, patch) in patch {
                match document.get_mut(&key) {
                    _ if patch.is_null() => {
                        document.remove(&key);
                    }
                    Some(known) => merge(known, patch),
                    None => {
                        document.insert(key, patch);
                    }
                }
            }
        }
        (document, patch) => *document = patch,
    }
}

/// Makes −1 of what is no number, for which JSON has no word: −1 is found wrong where it is read, not taken for a value.
fn mark_not_numbers(value: &mut Value) {
    match value {
        Value::Null => *value = Value::from(-1),
        Value::Array(list) => list.iter_mut().for_each(mark_not_numbers),
        Value::Object(map) => map.values_mut().for_each(mark_not_numbers),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_scenario_is_the_frozen_baseline() {
        let default = serde_json::to_value(Scenario::default()).unwrap();
        assert_eq!(
            default,
            *baseline(),
            "the baseline gives old links their meaning: keep it, and the defaults with it"
        );
        assert_eq!(of(&Scenario::default()), serde_json::json!({}));
    }

    #[test]
    fn version_1_began_with_the_same_scenario() {
        for came_as in [CameAs::Link, CameAs::File] {
            let document = apply_1(serde_json::json!({}), came_as);
            let scenario: Scenario = serde_json::from_str(&document).unwrap();
            assert_eq!(scenario, Scenario::default());
        }
        assert_eq!(baseline_1().get("policies"), baseline().get("policies"));
    }

    #[test]
    fn what_is_no_number_is_not_taken_for_one() {
        let mut scenario = Scenario::default();
        scenario.load_test.max_rps = f64::NAN;
        assert_eq!(
            of(&scenario),
            serde_json::json!({ "load_test": { "max_rps": -1 } })
        );
    }

    #[test]
    fn a_field_that_is_gone_stays_gone() {
        let mut scenario = Scenario::default();
        scenario.scalable_target.max_capacity = None;
        let patch = of(&scenario);
        assert_eq!(
            patch,
            serde_json::json!({ "scalable_target": { "MaxCapacity": null } })
        );
        assert_eq!(
            serde_json::from_str::<Scenario>(&apply(patch)).unwrap(),
            scenario
        );
    }
}
