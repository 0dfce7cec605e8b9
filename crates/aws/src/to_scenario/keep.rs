//! What a person typed is kept wherever a document says what it came to: three scenarios, one result.

use scenario::document::Scenario;
use serde_json::{Map, Value};

use crate::fields::shortened;

/// A value that was edited since it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field, from the scenario's document on: `policies[keep-600].TargetTrackingScalingPolicyConfiguration.TargetValue`.
    pub path: String,
    /// What the linked scenario comes to; empty: it has none.
    pub before: String,
    /// What the document says; empty: it is gone.
    pub after: String,
}

/// Which fields name an item of a list.
const NAMES: [&str; 2] = ["PolicyName", "ScheduledActionName"];

/// Returns the base with what a document says otherwise than the base comes to (`whole`), and where that is so.
pub(super) fn merge(
    base: &Scenario,
    whole: &Scenario,
    said: Scenario,
) -> (Scenario, Vec<Difference>) {
    let mut differences = Vec::new();
    let values = [base, whole, &said].map(|it| serde_json::to_value(it).unwrap_or_default());
    let [base, whole, document] = &values;
    let merged = value(
        Some(base),
        Some(whole),
        Some(document),
        "",
        &mut differences,
    );
    let merged = merged.and_then(|merged| serde_json::from_value(merged).ok());
    (merged.unwrap_or(said), differences)
}

/// Returns what a field is to hold; `None`: it is absent.
fn value(
    base: Option<&Value>,
    whole: Option<&Value>,
    said: Option<&Value>,
    path: &str,
    differences: &mut Vec<Difference>,
) -> Option<Value> {
    if whole == said {
        return base.cloned();
    }
    match (whole, said) {
        (Some(Value::Object(whole)), Some(Value::Object(said))) => {
            let nothing = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&nothing);
            let mut merged = Map::new();
            for name in whole.keys().chain(said.keys()) {
                let path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                let values = (base.get(name), whole.get(name), said.get(name));
                if !merged.contains_key(name)
                    && let Some(kept) = value(values.0, values.1, values.2, &path, differences)
                {
                    merged.insert(name.clone(), kept);
                }
            }
            Some(Value::Object(merged))
        }
        (Some(Value::Array(whole)), Some(Value::Array(said))) if are_named(whole, said) => {
            let nothing = Vec::new();
            let base = base.and_then(Value::as_array).unwrap_or(&nothing);
            Some(Value::Array(items(base, whole, said, path, differences)))
        }
        _ => {
            let written = |value: Option<&Value>| match value {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => shortened(text),
                Some(value) => shortened(&value.to_string()),
            };
            differences.push(Difference {
                path: path.to_owned(),
                before: written(whole),
                after: written(said),
            });
            said.cloned()
        }
    }
}

/// Items keep their order; what the base has and no request can say stays, what is new comes last.
fn items(
    base: &[Value],
    whole: &[Value],
    said: &[Value],
    path: &str,
    differences: &mut Vec<Difference>,
) -> Vec<Value> {
    let named = |list: &[Value], name: &str| list.iter().find(|it| name_of(it) == name).cloned();
    let mut merged = Vec::new();
    for item in base {
        let name = name_of(item);
        let Some(whole) = named(whole, name) else {
            merged.push(item.clone());
            continue;
        };
        let path = format!("{path}[{name}]");
        let said = named(said, name);
        merged.extend(value(
            Some(item),
            Some(&whole),
            said.as_ref(),
            &path,
            differences,
        ));
    }
    for item in said.iter().filter(|it| named(base, name_of(it)).is_none()) {
        differences.push(Difference {
            path: format!("{path}[{}]", name_of(item)),
            before: String::new(),
            after: name_of(item).to_owned(),
        });
        merged.push(item.clone());
    }
    merged
}

fn name_of(item: &Value) -> &str {
    let mut names = NAMES.iter().filter_map(|name| item.get(name)?.as_str());
    names.next().unwrap_or_default()
}

fn are_named(whole: &[Value], said: &[Value]) -> bool {
    let is_named = |item: &Value| NAMES.iter().any(|name| item.get(name).is_some());
    let mut items = whole.iter().chain(said);
    items.all(is_named)
}
