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

/// Returns a value of JSON; what is no JSON is text.
pub fn value_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// Returns the scenario with fields set.
///
/// # Errors
/// [`Failure::Usage`] where a path or a value does not fit.
pub fn with_settings(
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
    use scenario::{
        field::{Fixed, Kind, Place, Spec, Value as Held},
        presets,
    };
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
            "serverless.MaxConcurrency=50",
            "auto_scaling_group.WarmPool.MinSize=3",
            "retries.timeout_s=2.5",
            "failures=[{\"at\":\"2026-03-01T08:00\",\"what\":{\"instances\":2}}]",
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
        assert_eq!(changed.serverless.max_concurrency, 50);
        let pool = changed.auto_scaling_group.warm_pool.as_ref().unwrap();
        assert_eq!((pool.min_size, changed.failures.len()), (3, 1));
        let retries = changed.retries.as_ref().unwrap();
        assert_eq!((retries.max_attempts, retries.timeout_s), (3, Some(2.5)));
        assert!(target.suspended.dynamic_scaling_in && !target.suspended.dynamic_scaling_out);
    }

    /// Another value for a field than the one that it holds, as a person writes it.
    fn other(spec: &Spec, now: &Held) -> String {
        match (spec.kind, now) {
            (Kind::Switch, Held::Switch(is)) => (!is).to_string(),
            (Kind::Choice(names), now) => {
                let mut others = names.iter().filter(|name| *now != Held::Choice(name));
                others.next_back().unwrap().to_string()
            }
            (Kind::Number | Kind::Whole, now) => {
                let (least, most) = spec.range.unwrap_or((1.0, 7.0));
                let is_least = *now == Held::Number(least) || *now == Held::Whole(least as i64);
                if is_least { most } else { least }.to_string()
            }
            (Kind::Seed, _) => "7".to_owned(),
            (Kind::Date, _) => "2026-03-01".to_owned(),
            (Kind::DateTime, _) => "2026-03-01T20:30".to_owned(),
            (Kind::Text, _) => "other words".to_owned(),
            (kind, _) => panic!("{}: {kind:?} is in no section", spec.name),
        }
    }

    #[test]
    fn each_field_of_each_section_can_be_set_whether_or_not_it_is_at_its_default() {
        let mut count = 0;
        for section in Fixed::ALL {
            let place = Place::Section(*section);
            for spec in place.specs().filter(|spec| spec.kind != Kind::Part) {
                let field = place.field(spec.name);
                // What the version is is no setting.
                if field == Scenario::headroom {
                    continue;
                }
                let before = field.read(&Scenario::default()).unwrap_or(Held::Absent);
                let text = other(spec, &before);
                let changed = set(&[&format!("{field}={text}")])
                    .unwrap_or_else(|fault| panic!("{field}={text}: {}", fault.message));
                let after = field.read(&changed).unwrap();
                assert_ne!(after, before, "{field}={text}");
                let shown = match after {
                    Held::Number(number) => number.to_string(),
                    Held::Whole(number) => number.to_string(),
                    Held::Seed(number) => number.to_string(),
                    Held::Text(words) => words,
                    Held::Choice(name) => name.to_owned(),
                    Held::Switch(is) => is.to_string(),
                    Held::Date(day) => day.to_string(),
                    Held::DateTime(time) => time.to_string(),
                    other => panic!("{field}: {other:?}"),
                };
                assert_eq!(shown, text, "{field}");
                count += 1;
            }
        }
        assert!(count > 75, "{count}");
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
                "There is no field “loadtest”. The scenario has: assumptions, asynchronous, auto_scaling_group, availability_zones, demand",
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
