//! What one scenario says otherwise than another, field by field, by the fields' paths.
//!
//! Items of lists are told by their indexes; one that the other scenario lacks is a difference as a whole.

use serde_json::Value as Json;

use crate::{
    document::Scenario,
    field::{List, Place, Spec, Unit, Value, places},
    patch,
};

/// A field that two scenarios have different values of.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its path: `policies[0].TargetValue`.
    pub path: String,
    /// What is known of it; none of an item as a whole.
    pub spec: Option<&'static Spec>,
    /// What its number counts.
    pub unit: Unit,
    /// What the first scenario says.
    pub from: Said,
    /// What the second says.
    pub to: Said,
}

/// What a scenario says of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Nothing: it has no such field, or no such item.
    Nothing,
    /// A value.
    Value(Value),
    /// An item of that kind, which has fields of its own.
    Kind(&'static str),
    /// Something with fields of its own, such as an item or a recording.
    Part,
}

/// Returns what a scenario says otherwise than another: sections as the page has them, each with its fields.
#[must_use]
pub fn differences(from: &Scenario, to: &Scenario) -> Vec<Difference> {
    let (one, other) = (Side::of(from), Side::of(to));
    let mut found = Vec::new();
    for (path, place) in &other.places {
        match one.place(path) {
            None => found.push(whole(path, Said::Nothing, Said::Part)),
            // Of what is another kind of thing now, each field would differ.
            Some(before) if one.kind(before) != other.kind(*place) => {
                let [from, to] = [one.kind(before), other.kind(*place)];
                let [from, to] = [from, to].map(|kind| kind.map_or(Said::Part, Said::Kind));
                found.push(whole(path, from, to));
            }
            Some(before) => {
                let known = found.len();
                one.compare(&other, (before, *place), &mut found);
                let recording = format!("{path}{RECORDING}");
                let is_unchanged = found.len() == known;
                if one.part(&recording) != other.part(&recording)
                    || (is_unchanged && one.item(path, *place) != other.item(path, *place))
                {
                    found.push(whole(path, Said::Part, Said::Part));
                }
            }
        }
    }
    let gone = (one.places.iter()).filter(|(path, _)| other.place(path).is_none());
    found.extend(gone.map(|(path, _)| whole(path, Said::Part, Said::Nothing)));
    // Of an item that one of them lacks its parts are not told again.
    let wholes: Vec<String> = (found.iter())
        .filter(|it| it.spec.is_none())
        .map(|it| format!("{}.", it.path))
        .collect();
    found.retain(|it| !wholes.iter().any(|whole| it.path.starts_with(whole)));
    found
}

/// Returns the difference of an item as a whole, or of what has no fields, such as a recording.
fn whole(path: &str, from: Said, to: Said) -> Difference {
    Difference {
        path: path.to_owned(),
        spec: None,
        unit: Unit::None,
        from,
        to,
    }
}

/// One of the two scenarios, its places by their paths.
struct Side<'a> {
    scenario: &'a Scenario,
    document: Json,
    places: Vec<(String, Place)>,
}

impl<'a> Side<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let places = places(scenario).into_iter();
        Self {
            scenario,
            document: patch::document(scenario),
            places: places
                .map(|place| (place.field("").path(scenario), place))
                .collect(),
        }
    }

    fn place(&self, path: &str) -> Option<Place> {
        let found = self.places.iter().find(|(known, _)| known == path);
        found.map(|(_, place)| *place)
    }

    /// Finds the fields of a place that the other scenario has other values of.
    fn compare(&self, other: &Self, (before, after): (Place, Place), found: &mut Vec<Difference>) {
        for spec in after.specs() {
            let (old, new) = (before.field(spec.name), after.field(spec.name));
            // What a scenario is called changes nothing of it.
            if new == Scenario::name {
                continue;
            }
            // Of several of one name one is meant, whichever of them the name is asked for.
            let path = new.path(other.scenario);
            if found.iter().any(|it| it.path == path) {
                continue;
            }
            // A metric that is chosen by its short name has a type besides, which says the same.
            let metric = after.field(METRIC).path(other.scenario);
            if spec.name == METRIC_TYPE && found.iter().any(|it| it.path == metric) {
                continue;
            }
            let from = said(old.read(self.scenario));
            let to = said(new.read(other.scenario));
            if from != to {
                found.push(Difference {
                    path,
                    spec: Some(spec),
                    unit: match &to {
                        Said::Nothing => old.unit(self.scenario),
                        _ => new.unit(other.scenario),
                    },
                    from,
                    to,
                });
            }
        }
    }

    /// Returns what kind of thing an item is, where there are several.
    fn kind(&self, place: Place) -> Option<&'static str> {
        match place {
            Place::Item(List::Demand, id) => Some(self.scenario.demand.of(id)?.shape.kind()),
            Place::Item(List::Policies, id) => {
                Some(self.scenario.policies.of(id)?.policy_type.name())
            }
            _ => None,
        }
    }

    /// Returns an item as a document has it, but for its steps, which are places of their own.
    fn item(&self, path: &str, place: Place) -> Option<Json> {
        let Place::Item(..) = place else {
            return None;
        };
        let mut item = self.part(path).cloned()?;
        if let Some(steps) = item.pointer_mut(STEPS) {
            *steps = Json::Null;
        }
        Some(item)
    }

    /// Returns what a document has at a path.
    fn part(&self, path: &str) -> Option<&Json> {
        self.document.pointer(&pointer(path))
    }
}

/// Where a layer of demand has its recording, which is no value of a field.
const RECORDING: &str = ".shape.trace.trace";
/// The field of a policy by which its metric is chosen, and that of its type.
const METRIC: &str = "MetricName";
const METRIC_TYPE: &str = "PredefinedMetricType";
/// Where a policy has its steps.
const STEPS: &str = "/StepScalingPolicyConfiguration/StepAdjustments";

fn said(value: Option<Value>) -> Said {
    match value {
        None | Some(Value::Absent) => Said::Nothing,
        Some(value) => Said::Value(value),
    }
}

/// Returns a path as a JSON pointer: `/policies/0`.
fn pointer(path: &str) -> String {
    let parts = path
        .split(['.', '['])
        .map(|part| part.trim_end_matches(']'));
    parts.map(|part| ["/", part].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{file::from_json, presets};

    fn said(said: &Said) -> String {
        match said {
            Said::Nothing => "–".to_owned(),
            Said::Part => "part".to_owned(),
            Said::Kind(kind) => (*kind).to_owned(),
            Said::Value(Value::Number(number)) => number.to_string(),
            Said::Value(Value::Whole(number)) => number.to_string(),
            Said::Value(Value::Text(text)) => text.clone(),
            Said::Value(Value::Choice(name)) => (*name).to_owned(),
            Said::Value(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn each_field_is_told_once_by_its_path() {
        for (from, to, told) in [
            ("{}", "{}", vec![]),
            (
                "{}",
                r#"{"load_test":{"max_rps":45}}"#,
                vec!["load_test.max_rps: 20 > 45"],
            ),
            // A field that is written only where it is not as usual.
            (
                r#"{"assumptions":{"status_check_s":60}}"#,
                "{}",
                vec!["assumptions.status_check_s: 60 > 180"],
            ),
            (
                r#"{"scalable_target":{"MaxCapacity":null}}"#,
                r#"{"scalable_target":{"MaxCapacity":9}}"#,
                vec!["scalable_target.MaxCapacity: – > 9"],
            ),
            (r#"{"policies":[]}"#, "{}", vec!["policies[0]: – > part"]),
            // A metric is chosen by one name, and has a type besides.
            (
                r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{"PredefinedMetricSpecification":{"PredefinedMetricType":"ALBRequestCountPerTarget"}}}]}"#,
                r#"{"policies":[{"TargetTrackingScalingPolicyConfiguration":{}}]}"#,
                vec!["policies[0].MetricName: ALBRequestCountPerTarget > InvocationsPerInstance"],
            ),
            // What is another kind of thing is told as a whole.
            (
                r#"{"policies":[{"PolicyName":"a"}],"demand":[{"shape":{"steady":{"rps":3}}}]}"#,
                r#"{"policies":[{"PolicyName":"b","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{}}],"demand":[{"name":"n","shape":{"noise":{"percent":5}}}]}"#,
                vec![
                    "demand[0]: steady > noise",
                    "policies[0]: TargetTrackingScaling > StepScaling",
                ],
            ),
        ] {
            let [from, to] = [from, to].map(|text| from_json(text).unwrap());
            let found: Vec<String> = differences(&from, &to)
                .iter()
                .map(|it| format!("{}: {} > {}", it.path, said(&it.from), said(&it.to)))
                .collect();
            assert_eq!(found, told);
        }
    }

    #[test]
    fn what_differs_between_any_two_shipped_scenarios_is_a_field_an_item_or_a_recording() {
        let all = presets::scenarios();
        for from in all {
            assert_eq!(differences(from, from), []);
            for to in all.iter().filter(|to| *to != from) {
                let found = differences(from, to);
                assert!(!found.is_empty());
                for it in found {
                    let is_item = it.path.ends_with(']');
                    assert!(it.spec.is_some() || is_item, "{it:?}");
                    assert!(is_item || it.from != it.to, "{}", it.path);
                }
            }
        }
    }
}
