//! From a lesson's data to a scenario: its document, one of its named variants, and the value of the one control.
//!
//! Documents are merge patches (RFC 7396) to a shipped scenario, or to the default one; so a variant reads as what differs.

use scenario::{
    document::Scenario,
    file::{self, FileError},
    presets,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{draw::Drawn, expression::Expression, grade, unit::Unit};

/// A scenario that differs from a shipped one.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Id of the shipped scenario; none: the default one, as a file that says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// What differs.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub patch: Value,
}

fn is_empty(patch: &Value) -> bool {
    patch.as_object().is_none_or(Map::is_empty)
}

/// What differs in a variant from the lesson's own scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its id, as links and facts name it.
    pub id: String,
    /// What differs.
    #[serde(default)]
    pub patch: Value,
    /// The shipped scenario that it differs from, where that is not the lesson's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
}

/// The one control of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Control {
    /// Chooses a variant.
    Variants {
        /// Those that can be chosen, in order.
        ids: Vec<String>,
        /// The one that stands there first.
        first: String,
    },
    /// Sets a number.
    Number {
        /// The places in the document that it goes to, as JSON pointers.
        places: Vec<String>,
        /// Least value.
        from: f64,
        /// Most value.
        to: f64,
        /// Between two values.
        step: f64,
        /// What stands there first.
        first: f64,
        /// What it is a number of.
        unit: Unit,
    },
    /// Sets one of a few numbers.
    Values {
        /// The places in the document that it goes to, as JSON pointers.
        places: Vec<String>,
        /// The numbers, in order.
        values: Vec<f64>,
        /// What stands there first.
        first: f64,
        /// What it is a number of.
        unit: Unit,
    },
}

/// Why a setting gives no scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Unset {
    /// There is no variant of this name, and it is no value of the control.
    Unknown(String),
    /// There is no shipped scenario of this id.
    NoPreset(String),
    /// The document has no such place.
    NoPlace(String),
    /// A sum of drawn numbers is none, or has no value.
    NoSum(String),
    /// What comes of it is no scenario.
    NoScenario(FileError),
}

impl Control {
    /// Returns the setting that stands there first, as links and facts name it.
    #[must_use]
    pub fn first(&self) -> String {
        match self {
            Self::Variants { first, .. } => first.clone(),
            Self::Number { first, .. } | Self::Values { first, .. } => first.to_string(),
        }
    }

    /// Returns the number that a setting names; nothing where it names none that the control could set.
    #[must_use]
    pub fn number(&self, setting: &str) -> Option<f64> {
        let number = setting.parse::<f64>().ok()?;
        match self {
            Self::Variants { .. } => None,
            Self::Number { from, to, .. } => (*from..=*to).contains(&number).then_some(number),
            Self::Values { values, .. } => values.contains(&number).then_some(number),
        }
    }

    /// Returns whether the control can be put to a setting.
    #[must_use]
    pub fn offers(&self, setting: &str) -> bool {
        match self {
            Self::Variants { ids, .. } => ids.iter().any(|id| id == setting),
            _ => self.number(setting).is_some(),
        }
    }

    /// Returns the places that a number goes to, and what it is a number of.
    #[must_use]
    pub fn places(&self) -> &[String] {
        match self {
            Self::Variants { .. } => &[],
            Self::Number { places, .. } | Self::Values { places, .. } => places,
        }
    }
}

/// Returns the scenario of a setting: a variant's id, or a value of the control.
///
/// # Errors
/// Why there is none.
pub fn scenario_of(
    base: &Base,
    variants: &[Variant],
    control: Option<&Control>,
    setting: &str,
) -> Result<Scenario, Unset> {
    if let Some(variant) = variants.iter().find(|variant| variant.id == setting) {
        // One of another shipped scenario has nothing of the lesson's own.
        let mut document = match &variant.preset {
            Some(preset) => shipped(preset)?,
            None => document(base)?,
        };
        merge(&mut document, &variant.patch);
        return read(&document);
    }
    let unknown = || Unset::Unknown(setting.to_owned());
    let control = control.ok_or_else(unknown)?;
    let number = control.number(setting).ok_or_else(unknown)?;
    let whole = read(&document(base)?)?;
    // Of the whole document, in which every place is there.
    let mut document = serde_json::to_value(whole).unwrap_or_default();
    for place in control.places() {
        // What is automatic is left out of a document: only what holds it has to be there.
        let holder = place
            .rsplit_once('/')
            .and_then(|(holder, name)| Some((document.pointer_mut(holder)?, name)));
        let value = match holder {
            Some((Value::Object(fields), name)) => Some(fields.entry(name).or_insert(Value::Null)),
            Some((Value::Array(entries), index)) => index
                .parse()
                .ok()
                .and_then(|index: usize| entries.get_mut(index)),
            _ => None,
        };
        let value = value.ok_or_else(|| Unset::NoPlace(place.clone()))?;
        *value = self::number(number);
    }
    read(&document)
}

/// Returns the scenario of a base alone.
///
/// # Errors
/// Why there is none.
pub fn scenario_alone(base: &Base) -> Result<Scenario, Unset> {
    read(&document(base)?)
}

/// Returns the scenario of a base from which one patch after the other differs.
///
/// # Errors
/// Why there is none.
pub fn scenario_patched(base: &Base, patches: &[&Value]) -> Result<Scenario, Unset> {
    let mut document = document(base)?;
    for patch in patches {
        merge(&mut document, patch);
    }
    read(&document)
}

/// Returns the scenario of a base for numbers that were drawn: texts of its patch that begin with `=` are sums of them.
///
/// # Errors
/// Why there is none.
pub fn scenario_drawn(base: &Base, drawn: &Drawn) -> Result<Scenario, Unset> {
    let mut base = base.clone();
    fill_in(&mut base.patch, drawn)?;
    scenario_alone(&base)
}

/// Returns whether a scenario depends on numbers that are drawn.
#[must_use]
pub fn is_drawn(patch: &Value) -> bool {
    match patch {
        Value::String(text) => text.starts_with('='),
        Value::Array(values) => values.iter().any(is_drawn),
        Value::Object(fields) => fields.values().any(is_drawn),
        _ => false,
    }
}

fn fill_in(patch: &mut Value, drawn: &Drawn) -> Result<(), Unset> {
    match patch {
        Value::String(text) => {
            let Some(sum) = text.strip_prefix('=') else {
                return Ok(());
            };
            let sum = Expression::parse(sum).ok();
            let value = sum.and_then(|sum| grade::value(&sum, drawn));
            *patch = number(value.ok_or_else(|| Unset::NoSum(text.clone()))?);
            Ok(())
        }
        Value::Array(values) => values.iter_mut().try_for_each(|it| fill_in(it, drawn)),
        Value::Object(fields) => fields.values_mut().try_for_each(|it| fill_in(it, drawn)),
        _ => Ok(()),
    }
}

/// Returns a number as JSON has it: a whole one without a point, as fields that count want it.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// Returns a base's document: what differs from the default scenario.
fn document(base: &Base) -> Result<Value, Unset> {
    let mut document = match &base.preset {
        Some(preset) => shipped(preset)?,
        None => Value::Object(Map::new()),
    };
    merge(&mut document, &base.patch);
    Ok(document)
}

/// Returns the document of a shipped scenario.
fn shipped(id: &str) -> Result<Value, Unset> {
    let preset = presets::find(id).ok_or_else(|| Unset::NoPreset(id.to_owned()))?;
    let text = file::to_json(&preset.scenario());
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn read(document: &Value) -> Result<Scenario, Unset> {
    file::from_json(&document.to_string()).map_err(Unset::NoScenario)
}

/// Merges a patch into a document (RFC 7396), but that `null` stays: to a scenario it says "automatic".
fn merge(document: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        if !patch.is_null() {
            document.clone_from(patch);
        }
        return;
    };
    if !document.is_object() {
        *document = Value::Object(Map::new());
    }
    if let Value::Object(fields) = document {
        for (name, value) in patch {
            if value.is_object() {
                merge(fields.entry(name.clone()).or_insert(Value::Null), value);
            } else {
                fields.insert(name.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn base(preset: Option<&str>, patch: Value) -> Base {
        Base {
            preset: preset.map(str::to_owned),
            patch,
        }
    }

    fn control() -> Control {
        Control::Values {
            places: vec!["/load_test/safety_factor".to_owned()],
            values: vec![0.5, 0.7],
            first: 0.5,
            unit: Unit::Number,
        }
    }

    #[test]
    fn settings_become_scenarios() {
        let variants = [
            Variant {
                id: "short".to_owned(),
                patch: json!({ "hours": 6 }),
                preset: None,
            },
            Variant {
                id: "shop".to_owned(),
                patch: Value::Null,
                preset: Some("online_shop".to_owned()),
            },
        ];
        let base = base(None, json!({ "hours": 12, "load_test": { "max_rps": 40 } }));
        let of = |setting| scenario_of(&base, &variants, Some(&control()), setting);
        let short = of("short").unwrap();
        assert_eq!((short.hours, short.load_test.max_rps), (6, 40.0));
        let careful = of("0.7").unwrap();
        assert_eq!((careful.hours, careful.load_test.safety_factor), (12, 0.7));
        let shop = presets::find("online_shop").unwrap().scenario();
        assert_eq!(of("shop").unwrap(), shop);
        assert_eq!(scenario_alone(&base).unwrap().hours, 12);
        for wrong in ["0.6", "", "nothing", "1e999", "-1"] {
            assert_eq!(of(wrong), Err(Unset::Unknown(wrong.to_owned())));
        }
    }

    #[test]
    fn drawn_numbers_go_where_sums_stand() {
        let drawn = Drawn::from([("r".to_owned(), 40.0), ("f".to_owned(), 0.5)]);
        let patch = json!({ "hours": "= r / 20", "load_test": { "max_rps": "= r + f" } });
        assert!(is_drawn(&patch) && !is_drawn(&json!({ "name": "r = 2", "hours": 1 })));
        let scenario = scenario_drawn(&base(None, patch), &drawn).unwrap();
        assert_eq!((scenario.hours, scenario.load_test.max_rps), (2, 40.5));
        for sum in ["= unknown", "= 1 / 0", "="] {
            let wrong = scenario_drawn(&base(None, json!({ "hours": sum })), &drawn);
            assert_eq!(wrong, Err(Unset::NoSum(sum.to_owned())));
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        let nowhere = Control::Values {
            places: vec!["/nowhere/at_all".to_owned()],
            values: vec![1.0],
            first: 1.0,
            unit: Unit::Number,
        };
        let of = |base: &Base| scenario_of(base, &[], Some(&nowhere), "1");
        assert_eq!(
            of(&base(None, Value::Null)),
            Err(Unset::NoPlace("/nowhere/at_all".to_owned()))
        );
        assert_eq!(
            of(&base(Some("none"), Value::Null)),
            Err(Unset::NoPreset("none".to_owned()))
        );
        let target = Control::Values {
            places: vec![
                "/policies/0/TargetTrackingScalingPolicyConfiguration/TargetValue".to_owned(),
            ],
            values: vec![700.0],
            first: 700.0,
            unit: Unit::Number,
        };
        let scenario = scenario_of(&base(None, Value::Null), &[], Some(&target), "700").unwrap();
        let tracking = scenario
            .policies
            .iter()
            .find_map(|it| it.target_tracking.clone());
        assert_eq!(tracking.and_then(|it| it.target_value), Some(700.0));
        let wrong = of(&base(None, json!({ "hours": "long" })));
        assert!(matches!(wrong, Err(Unset::NoScenario(_))), "{wrong:?}");
    }
}
