#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What is exported and not touched comes back as it was, byte for byte; what was edited since wins, and is told. What comes back
//! without a link stands in `random.rs`.

use std::{fs, path::Path};

use aws::{
    Deployment, ExportFormat, FindingKind, Imported, Remark, Remarks,
    import::{Document, Params, gather},
};
use scenario::{
    compile::compile,
    document::{Dimension, Scenario},
    field::Items,
    file, link, presets,
};

/// Remarks as a program writes them: what is said does not matter here.
struct Plain;

impl Remarks for Plain {
    fn remark(&self, remark: &Remark) -> String {
        format!("{remark:?}")
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        vec![deployment.title.clone()]
    }
}

/// Returns the scenario that a text comes to, over one that has nothing to do with it.
#[track_caller]
fn import(text: &str) -> Imported {
    let documents = [Document { name: "", text }];
    let gathering = gather(&documents, &Params::new());
    assert_eq!(gathering.findings, [], "{text}");
    let subjects = gathering.account.subjects();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    let mut imported = subjects
        .iter()
        .map(|subject| aws::scenario(&gathering.account, subject, &Scenario::default()));
    imported.next().unwrap()
}

fn export(format: &dyn ExportFormat, scenario: &Scenario, link: &str) -> String {
    let compiled = compile(scenario).unwrap();
    format.write(&Deployment::of(scenario, &compiled, "Title", link), &Plain)
}

/// The formats that are read back as they are written; scripts come back by way of what an account then answers.
fn formats() -> impl Iterator<Item = &'static dyn ExportFormat> {
    aws::EXPORT_FORMATS
        .iter()
        .copied()
        .filter(|it| it.is_read_back())
}

/// The shipped scenarios, and those of `tests/data/scenarios`, which have all that exports write; each with its name.
fn scenarios() -> Vec<(String, Scenario)> {
    let shipped = presets::all().iter();
    let shipped = shipped.map(|preset| (preset.id.to_owned(), preset.scenario()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenarios");
    let own = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let scenario = file::from_json(&fs::read_to_string(&path).unwrap()).unwrap();
        (path.display().to_string(), scenario)
    });
    shipped.chain(own).collect()
}

#[test]
fn every_scenario_comes_back_as_it_was() {
    for format in formats() {
        for (name, scenario) in scenarios() {
            let payload = link::encode(&scenario).unwrap_or_default();
            // A recording is rounded in a link: what it holds is what comes back.
            let linked = link::decode(&payload).unwrap();
            let text = export(format, &linked, &payload);
            let imported = import(&text);
            let what = format!("{name} as {}:\n{text}", format.id());
            assert_eq!(imported.differences, [], "{what}");
            assert_eq!(imported.findings, [], "{what}");
            assert_eq!(imported.scenario, linked, "{what}");
        }
    }
}

#[test]
fn what_was_edited_wins_and_is_told() {
    for format in formats() {
        let scenario = presets::find("finals_game").unwrap().scenario();
        let payload = link::encode(&scenario).unwrap();
        let text = export(format, &scenario, &payload);
        let of_target = ["\"MaxCapacity\": ", "MaxCapacity: ", "max_capacity "];
        let edited = text.lines().map(|line| {
            let is_bound = of_target.iter().any(|it| line.trim_start().starts_with(it));
            let replaced = line.replace("12", "16");
            if is_bound { replaced } else { line.to_owned() }
        });
        let edited = edited.collect::<Vec<_>>().join("\n");
        let imported = import(&edited);
        assert_eq!(imported.scenario.scalable_target.max_capacity, Some(16));
        let told: Vec<_> = (imported.differences.iter())
            .map(|it| (&*it.path, &*it.before, &*it.after))
            .collect();
        assert_eq!(told, [("scalable_target.MaxCapacity", "12", "16")]);
    }
}

/// What is told of account numbers is true of the scenario that comes of it, whether its document was edited or not.
#[test]
fn account_numbers_are_told_edited_or_not() {
    const OWN: &str = "own-210987654321";
    const PLANTED: &str = "new-123456789012";
    let (kept, left_out) = (FindingKind::AccountKept, FindingKind::AccountLeftOut);
    for format in formats() {
        for (first, second, edit, expected) in [
            ("one", "two", "two", vec![]),
            ("one", "two", "three", vec![]),
            ("one", "two", PLANTED, vec![&left_out]),
            (OWN, "two", "two", vec![&kept]),
            (OWN, "two", "three", vec![&kept]),
            (OWN, "two", PLANTED, vec![&left_out, &kept]),
        ] {
            let mut scenario = presets::find("finals_game").unwrap().scenario();
            let mut policy = scenario.policies.first().unwrap().clone();
            scenario.policies = Items::default();
            for name in [first, second] {
                policy.policy_name = name.to_owned();
                scenario.policies.push(policy.clone());
            }
            let payload = link::encode(&scenario).unwrap();
            let text = export(format, &scenario, &payload);
            let quoted = |name: &str| format!("\"{name}\"");
            let imported = import(&text.replace(&quoted(second), &quoted(edit)));
            let found: Vec<&FindingKind> = imported.findings.iter().map(|it| &it.kind).collect();
            let what = format!("{first} {second} {edit} as {}", format.id());
            assert_eq!(found, expected, "{what}");
            assert_eq!(imported.differences.is_empty(), second == edit, "{what}");
            let written = file::to_json(&imported.scenario);
            assert_eq!(written.contains(OWN), first == OWN, "{what}");
            assert!(!written.contains(PLANTED), "{what}");
        }
    }
}

#[test]
fn a_name_comes_back_whatever_it_holds() {
    for name in [
        "'\"\\`",
        "${EndpointName} ${!x}",
        "%{ if true }x%{ endif } $${y}",
        "{{resolve:ssm:/x:1}} { {resolve:a}}",
        "${Token[TOKEN.1]}",
        "a\n- b: c\u{2028}",
        "킥오프 🚀",
        "!Ref X # y",
        "yes",
        "012",
    ] {
        for format in formats() {
            for (file, scenario) in scenarios() {
                if !file.ends_with(".json") {
                    continue;
                }
                let mut scenario = scenario;
                let step = scenario.policies.iter().find(|it| it.alarm.is_some());
                let mut step = step.unwrap().clone();
                step.policy_name = name.to_owned();
                let dimension = Dimension {
                    name: name.to_owned(),
                    value: name.to_owned(),
                };
                let alarm = step.alarm.as_mut().unwrap();
                alarm.dimensions = vec![dimension];
                scenario.policies = Items::default();
                scenario.policies.push(step);
                let payload = link::encode(&scenario).unwrap();
                let imported = import(&export(format, &scenario, &payload));
                let what = format!("{name} as {}", format.id());
                assert_eq!(imported.differences, [], "{what}");
                assert_eq!(imported.scenario, scenario, "{what}");
                // Without the link it comes of what AWS is told.
                let imported = import(&export(format, &scenario, ""));
                let policy = imported.scenario.policies.iter().next().unwrap();
                assert_eq!(policy.policy_name, name, "{what}");
            }
        }
    }
}
