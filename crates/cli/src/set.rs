//! `--set path=value`: changes a field of a scenario's document and reads it back, so that every check of a file holds.

mod document;
mod path;

use std::str::FromStr;

use scenario::{
    document::Scenario,
    file::{FileError, FileErrorKind},
};
use serde_json::Value;
use words::Words;

pub use document::Document;
pub use path::Path;

use crate::{
    failure::Failure,
    input::{Fault, file_fault},
};

/// A field and what it is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub path: Path,
    pub value: Value,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, value) = text
            .split_once('=')
            .ok_or("write it as path=value, such as load_test.max_rps=45")?;
        Ok(Self {
            path: path.parse()?,
            value: value_of(value),
        })
    }
}

/// JSON; what is none is text.
pub fn value_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// The scenario with fields set.
///
/// # Errors
/// [`Failure::Usage`] where a path or a value does not fit.
pub fn changed(
    scenario: Scenario,
    settings: &[Setting],
    words: Words,
) -> Result<Scenario, Failure> {
    if settings.is_empty() {
        return Ok(scenario);
    }
    apply(&mut Document::of(&scenario), settings, words)
        .map_err(|fault| Failure::Usage(format!("--set: {}", fault.sentence())))
}

/// Sets fields and reads the document back.
///
/// # Errors
/// The first that does not fit.
pub fn apply(
    document: &mut Document,
    settings: &[Setting],
    words: Words,
) -> Result<Scenario, Fault> {
    for setting in settings {
        document.set(setting)?;
    }
    document.scenario().map_err(|error| match error.kind {
        // The document was written here: what its reader stumbles over is a second shape beside the first.
        FileErrorKind::Syntax(_) => {
            let paths: Vec<&str> = settings.iter().map(|set| &*set.path.text).collect();
            let paths = paths.join("”, “");
            Fault::new("", &format!("“{paths}” cannot stand beside what is there. Set what it belongs to as a whole."))
        }
        _ => file_fault(&FileError { line: 0, ..error }, words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenario::presets;
    use words::Lang;

    fn set(settings: &[&str]) -> Result<Scenario, Fault> {
        let settings: Vec<Setting> = settings.iter().map(|text| text.parse().unwrap()).collect();
        let mut document = Document::of(&Scenario::default());
        apply(&mut document, &settings, Words::new(Lang::En))
    }

    #[test]
    fn a_document_is_read_back_as_it_was() {
        let absent = |scenario: &mut Scenario| scenario.scalable_target.max_capacity = None;
        for preset in presets::all() {
            for change in [|_: &mut Scenario| (), absent] {
                let mut scenario = preset.scenario();
                change(&mut scenario);
                let read = Document::of(&scenario).scenario();
                assert_eq!(read, Ok(scenario), "{}", preset.id);
            }
        }
    }

    #[test]
    fn fields_take_json_and_bare_words() {
        let changed = set(&[
            "load_test.max_rps=45.5",
            "scalable_target.MinCapacity=4",
            "scalable_target.MaxCapacity=null",
            "start=2026-03-01",
            "time_zone=Asia/Seoul",
            "name=a=b",
            "demand=[{\"shape\":{\"steady\":{\"rps\":7}}}]",
            "demand[0].shape.steady.rps=50",
            "demand[0].off=true",
            "asynchronous.MaxConcurrentInvocationsPerInstance=4",
            "scalable_target.SuspendedState.DynamicScalingInSuspended=true",
        ])
        .unwrap();
        assert_eq!(changed.load_test.max_rps, 45.5);
        let target = &changed.scalable_target;
        assert_eq!((target.min_capacity, target.max_capacity), (Some(4), None));
        assert_eq!(changed.start.to_string(), "2026-03-01");
        assert_eq!((&*changed.time_zone, &*changed.name), ("Asia/Seoul", "a=b"));
        let demand = serde_json::to_value(&changed.demand).unwrap();
        assert_eq!(demand[0]["shape"]["steady"]["rps"], 50.0);
        assert_eq!(demand[0]["off"], true);
        let concurrent = changed.asynchronous.max_concurrent_invocations_per_instance;
        assert_eq!(concurrent, Some(4));
        assert!(target.suspended.dynamic_scaling_in && !target.suspended.dynamic_scaling_out);
    }

    #[test]
    fn what_does_not_fit_is_told_with_what_would() {
        for (setting, says) in [
            (
                "load_test.maxrps=1",
                "There is no field “load_test.maxrps”. Fields that can stand in its place: max_rps",
            ),
            (
                "loadtest.max_rps=1",
                "There is no field “loadtest”. The scenario has: assumptions, asynchronous, demand",
            ),
            (
                "demand[9].name=x",
                "There is no “demand[9]”: “demand” has 2 entries, [0] to [1].",
            ),
            (
                "demand.name=x",
                "“demand” is a list: say which entry, as in [0].",
            ),
            ("load_test[0]=1", "“load_test” has fields, not entries."),
            ("hours.x=1", "“hours” has nothing inside."),
            ("scheduled_actions[0]=1", "“scheduled_actions” is empty."),
            (
                "demand[0].shape.steady.rps=1",
                "There is no field “demand[0].shape.steady”. “demand[0].shape” has: daily_curve.",
            ),
            (
                "demand[0].shape.steady={\"rps\":1}",
                "“demand[0].shape.steady” cannot stand beside what is there.",
            ),
            (
                "hours=many",
                "“hours” is \"many\", but must be a whole number, 0 or more.",
            ),
        ] {
            let fault = set(&[setting]).unwrap_err();
            assert!(fault.message.contains(says), "{setting}: {}", fault.message);
        }
        for text in [
            "hours", "=1", "a..b=1", "a[x]=1", "a[0=1", "a[0]b=1", "[0]=1", "a]=1",
        ] {
            assert!(text.parse::<Setting>().is_err(), "{text}");
        }
    }
}
