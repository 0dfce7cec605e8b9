//! A scenario as JSON with every field in it, of which one is changed by its path.

use scenario::{
    document::Scenario,
    field::{Field, Fixed, Place},
    file::{self, FileError},
};
use serde_json::{Map, Value};

use super::{
    Setting,
    path::{Path, Step},
};
use crate::input::Fault;

/// A scenario as a whole document, to change fields of.
#[derive(Clone, Debug)]
pub struct Document(Value);

impl Document {
    /// Writes a scenario out, every field of it.
    pub fn of(scenario: &Scenario) -> Self {
        let mut document = serde_json::to_value(scenario).unwrap_or_default();
        // A file says by `null` that a field which the defaults have is not there.
        let defaults = serde_json::to_value(Scenario::default()).unwrap_or_default();
        mark_absent(&mut document, &defaults);
        write_out(&mut document);
        Self(document)
    }

    /// Gives a field its value.
    ///
    /// # Errors
    /// Where the path leads nowhere: how far it leads, and what is there.
    pub fn set(&mut self, Setting { path, value }: &Setting) -> Result<(), Fault> {
        let mut at = &mut self.0;
        let mut so_far = String::new();
        let last = path.steps.len().saturating_sub(1);
        for (index, step) in path.steps.iter().enumerate() {
            let here = std::mem::take(&mut so_far);
            if at.is_null() {
                // What need not be there is there once something in it is set.
                *at = Map::new().into();
            }
            at = match (step, at) {
                (Step::Field(name), Value::Object(fields)) => {
                    so_far = join(&here, name);
                    if index == last {
                        // Whether there is such a field is found when the document is read back.
                        fields.entry(name).or_insert(Value::Null)
                    } else {
                        field(fields, name, &here)
                            .map_err(|names| no_field(&so_far, &here, &names))?
                    }
                }
                (Step::Entry(entry), Value::Array(list)) => {
                    so_far = format!("{here}[{entry}]");
                    let count = list.len();
                    list.get_mut(*entry)
                        .ok_or_else(|| no_entry(&so_far, &here, count))?
                }
                (_, other) => return Err(no_inside(path, &here, other)),
            };
        }
        *at = value.clone();
        Ok(())
    }

    /// Reads it back.
    ///
    /// # Errors
    /// What is no scenario any more.
    pub fn scenario(&self) -> Result<Scenario, FileError> {
        file::from_json(&self.0.to_string())
    }
}

/// Returns the field, or as an error the names of the fields that the object at this path can have.
fn field<'a>(
    fields: &'a mut Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<&'a mut Value, Vec<String>> {
    if !fields.contains_key(name) {
        let section = Fixed::ALL.iter().find(|section| section.path() == path);
        let names = |section: &Fixed| {
            let specs = Place::Section(*section).specs();
            let mut names: Vec<String> = specs.map(|spec| spec.name.to_owned()).collect();
            names.sort();
            names
        };
        return Err(section.map_or_else(|| fields.keys().cloned().collect(), names));
    }
    fields.get_mut(name).ok_or_else(Vec::new)
}

/// Sets to `null` what the defaults have and the document has not.
fn mark_absent(document: &mut Value, defaults: &Value) {
    let (Value::Object(document), Value::Object(defaults)) = (document, defaults) else {
        return;
    };
    for (name, default) in defaults {
        match document.get_mut(name) {
            Some(value) => mark_absent(value, default),
            None => {
                document.insert(name.clone(), Value::Null);
            }
        }
    }
}

/// Adds the sections that are left out while they say nothing, so that their fields can be set; optional ones as `null`.
fn write_out(document: &mut Value) {
    for section in Fixed::ALL {
        let mut at = &mut *document;
        for name in section.path().split('.').filter(|name| !name.is_empty()) {
            let Value::Object(fields) = at else { break };
            at = fields
                .entry(name)
                .or_insert_with(|| match is_optional(*section) {
                    true => Value::Null,
                    false => Map::new().into(),
                });
        }
    }
}

/// Returns whether a section is optional.
fn is_optional(section: Fixed) -> bool {
    let named = section.path().parse::<Field>().ok();
    named.is_some_and(|field| {
        let mut specs = field.place.specs();
        specs.any(|spec| spec.name == field.name && spec.is_optional)
    })
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn no_field(path: &str, parent: &str, names: &[String]) -> Fault {
    let place = if parent.is_empty() {
        "The scenario".to_owned()
    } else {
        format!("“{parent}”")
    };
    let names = names.join(", ");
    Fault::new(
        "",
        &format!("There is no field “{path}”. {place} has: {names}."),
    )
}

fn no_entry(path: &str, list: &str, count: usize) -> Fault {
    let has = match count {
        0 => "is empty".to_owned(),
        1 => "has one entry, [0]".to_owned(),
        _ => format!("has {count} entries, [0] to [{}]", count - 1),
    };
    Fault::new("", &format!("There is no “{path}”: “{list}” {has}."))
}

fn no_inside(path: &Path, parent: &str, value: &Value) -> Fault {
    let what = match value {
        Value::Object(_) => "has fields, not entries",
        Value::Array(_) => "is a list: say which entry, as in [0]",
        _ => "has nothing inside",
    };
    Fault::new(
        "",
        &format!("There is no “{}”: “{parent}” {what}.", path.text),
    )
}
