#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What is exported and not touched comes back as it was, byte for byte; what was edited since wins, and is told.

use aws::{
    Deployment, ExportFormat, Imported, Remark, Remarks,
    import::{Document, Params, gather},
};
use scenario::{compile::compile, document::Scenario, link, presets};

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

#[test]
fn every_shipped_scenario_comes_back_as_it_was() {
    for format in formats() {
        for preset in presets::all() {
            let scenario = preset.scenario();
            let payload = link::encode(&scenario).unwrap_or_default();
            // A recording is rounded in a link: what it holds is what comes back.
            let linked = link::decode(&payload).unwrap();
            let text = export(format, &linked, &payload);
            let imported = import(&text);
            let what = format!("{} as {}:\n{text}", preset.id, format.id());
            assert_eq!(imported.differences, [], "{what}");
            assert_eq!(imported.findings, [], "{what}");
            assert_eq!(imported.scenario, linked, "{what}");
        }
    }
}

#[test]
fn without_a_link_the_compiled_scaling_is_the_same() {
    for format in formats() {
        for preset in presets::all() {
            let scenario = preset.scenario();
            let imported = import(&export(format, &scenario, ""));
            // What no document says: demand, the machine, the load test.
            let whole = Scenario {
                scalable_target: imported.scenario.scalable_target.clone(),
                policies: imported.scenario.policies.clone(),
                scheduled_actions: imported.scenario.scheduled_actions.clone(),
                ..scenario.clone()
            };
            let what = format!("{} as {}", preset.id, format.id());
            let (before, after) = (
                compile(&scenario).unwrap().plan,
                compile(&whole).expect(&what).plan,
            );
            assert_eq!(before.scalable_target, after.scalable_target, "{what}");
            assert_eq!(before.target_tracking, after.target_tracking, "{what}");
            assert_eq!(before.step_scaling, after.step_scaling, "{what}");
            assert_eq!(before.scheduled_actions, after.scheduled_actions, "{what}");
            assert_eq!(before.suspended, after.suspended, "{what}");
        }
    }
}

#[test]
fn what_was_edited_wins_and_is_told() {
    for format in formats() {
        let scenario = presets::find("finals_game").unwrap().scenario();
        let payload = link::encode(&scenario).unwrap();
        let text = export(format, &scenario, &payload);
        let edited = text.replace("\"MaxCapacity\": 12", "\"MaxCapacity\": 16");
        let imported = import(&edited);
        assert_eq!(imported.scenario.scalable_target.max_capacity, Some(16));
        let told: Vec<_> = (imported.differences.iter())
            .map(|it| (&*it.path, &*it.before, &*it.after))
            .collect();
        assert_eq!(told, [("scalable_target.MaxCapacity", "12", "16")]);
    }
}
