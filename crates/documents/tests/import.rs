#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What the import dialog shows, asked as it asks. The answers are those of `crates/aws/tests/data/answers`.

use std::{fs, path::Path, rc::Rc};

use documents::{
    Desk, ExportQuestion, GivenText, ImportQuestion, Imported, commands, import, is_document,
};
use scenario::{document::Scenario, file, file::to_json, presets};
use words::{Lang, Words};

fn answer(name: &str) -> GivenText {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../aws/tests/data/answers");
    GivenText {
        name: name.to_owned(),
        text: fs::read_to_string(folder.join(name)).unwrap(),
    }
}

fn pasted(text: &str) -> GivenText {
    GivenText {
        name: String::new(),
        text: text.to_owned(),
    }
}

/// Asks what documents come to.
fn asked(texts: Vec<GivenText>, change: impl FnOnce(&mut ImportQuestion)) -> Imported {
    let mut question = ImportQuestion {
        texts: Rc::new(texts),
        base: to_json(&Scenario::default()),
        ..ImportQuestion::default()
    };
    change(&mut question);
    import(&question, Words::new(Lang::En))
}

#[track_caller]
fn scenario(imported: &Imported) -> Scenario {
    file::from_json(&imported.scenario).unwrap()
}

#[test]
fn answers_become_a_scenario_over_the_one_that_is_open() {
    let imported = asked(
        vec![
            answer("aas-describe-scalable-targets.json"),
            answer("aas-describe-scaling-policies.json"),
            answer("cw-describe-alarms.json"),
        ],
        |_| {},
    );
    let recognised: Vec<_> = (imported.recognised.iter())
        .map(|it| (&*it.place, &*it.sentence))
        .collect();
    assert_eq!(
        recognised,
        [
            (
                "aas-describe-scalable-targets.json:1:1",
                "application-autoscaling describe-scalable-targets"
            ),
            (
                "aas-describe-scaling-policies.json:1:1",
                "application-autoscaling describe-scaling-policies"
            ),
            ("cw-describe-alarms.json:1:1", "cloudwatch describe-alarms"),
        ]
    );
    assert!(imported.targets.len() > 1, "{:?}", imported.targets);
    let made = scenario(&imported);
    assert_eq!(made.scalable_target.max_capacity, Some(12));
    assert!(made.policies.iter().any(|it| it.policy_name == "keep-600"));
    // Demand is what the open scenario says.
    assert_eq!(made.demand, Scenario::default().demand);
    assert!(imported.changes.iter().any(|it| it.after == "keep-600"));
    assert!(!imported.is_linked);
}

#[test]
fn one_of_several_is_chosen() {
    let texts = || vec![answer("aas-describe-scalable-targets.json")];
    for target in [0, 1, 99] {
        let imported = asked(texts(), |question| question.target = target);
        let made = scenario(&imported);
        assert!(made.scalable_target.max_capacity.is_some());
        let place = if target == 99 { 0 } else { target as usize };
        assert!(imported.targets[place].starts_with("endpoint/recommender"));
    }
}

#[test]
fn what_the_account_did_is_told_in_order() {
    let activities = || answer("aas-describe-scaling-activities.made.json");
    let imported = asked(vec![activities()], |_| {});
    let steps = imported.steps;
    assert!(steps.len() > 3, "{steps:?}");
    for pair in steps.windows(2) {
        assert!(pair[0].0 <= pair[1].0 && pair[0].1 != pair[1].1, "{pair:?}");
    }
    assert!(steps.iter().any(|(_, desired)| *desired == 12), "{steps:?}");
    // Another target's are not its own.
    let texts = vec![activities(), answer("aas-describe-scalable-targets.json")];
    let imported = asked(texts, |question| question.target = 1);
    assert_eq!(imported.steps, []);
}

#[test]
fn an_export_that_nobody_touched_changes_nothing() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        let question = ExportQuestion {
            scenario: to_json(&scenario),
            format: "bodies".to_owned(),
            ..ExportQuestion::default()
        };
        let text = Desk::default().export(&question, Words::new(Lang::Ko)).text;
        let imported = asked(vec![pasted(&text)], |question| {
            question.base = to_json(&scenario);
        });
        assert_eq!(imported.findings, [], "{}", preset.id);
        assert_eq!(imported.differences, [], "{}", preset.id);
        assert_eq!(imported.changes, [], "{}", preset.id);
        assert!(imported.is_linked, "{}", preset.id);
    }
}

#[test]
fn what_was_edited_is_told_and_previewed() {
    let scenario = presets::find("finals_game").unwrap().scenario();
    let question = ExportQuestion {
        scenario: to_json(&scenario),
        format: "bodies".to_owned(),
        ..ExportQuestion::default()
    };
    let text = Desk::default().export(&question, Words::new(Lang::En)).text;
    let text = text.replace("\"MaxCapacity\": 12", "\"MaxCapacity\": 16");
    let imported = asked(vec![pasted(&text)], |question| {
        question.base = to_json(&scenario);
    });
    for changes in [&imported.differences, &imported.changes] {
        let pairs: Vec<_> = changes.iter().map(|it| (&*it.before, &*it.after)).collect();
        assert_eq!(pairs, [("12", "16")]);
    }
}

#[test]
fn what_is_no_document_is_said_and_makes_no_scenario() {
    for text in [
        "",
        "{",
        "[]",
        "{\"a\": 1}",
        "time,count\n1,2",
        "\u{0}\u{202e}<img src=x onerror=alert(1)>",
    ] {
        let imported = asked(vec![pasted(text)], |_| {});
        assert_eq!(imported.scenario, "", "{text}");
        assert_eq!(imported.changes, [], "{text}");
        assert!(!imported.findings.is_empty(), "{text}");
        assert!(!is_document(text), "{text}");
    }
    for name in [
        "aas-describe-scheduled-actions.iso.text",
        "asg-describe-policies.json",
    ] {
        assert!(is_document(&answer(name).text), "{name}");
    }
    // Nothing is asked yet.
    assert_eq!(asked(Vec::new(), |_| {}), Imported::default());
}

#[test]
fn a_metric_that_nothing_names_is_a_field() {
    let text = r#"{"MetricDataResults": [{"Id": "m1", "Label": "requests", "Timestamps": [1795979460, 1795979400], "Values": [1, 2]}]}"#;
    let open = asked(vec![pasted(text)], |_| {});
    let named = asked(vec![pasted(text)], |question| {
        question.given = vec![("m1".to_owned(), "Invocations".to_owned())];
    });
    for (imported, says) in [(&open, "Nothing says which"), (&named, "Demand is made of")] {
        let blanks: Vec<&str> = imported.blanks.iter().map(|it| &*it.name).collect();
        assert_eq!(blanks, ["m1"]);
        let first = imported.findings.first().map(|it| &*it.sentence);
        assert!(
            first.is_some_and(|it| it.contains(says)),
            "{:?}",
            imported.findings
        );
    }
    assert!(open.changes.is_empty() && !named.changes.is_empty());
}

#[test]
fn account_numbers_stay_in_the_account() {
    let all = [
        "aas-describe-scalable-targets.json",
        "aas-describe-scaling-policies.json",
        "cw-describe-alarms.json",
        "asg-describe-auto-scaling-groups.json",
        "asg-describe-policies.json",
    ];
    let texts = || all.iter().map(|name| answer(name)).collect::<Vec<_>>();
    assert!(texts().iter().all(|it| it.text.contains("123456789012")));
    let targets = asked(texts(), |_| {}).targets.len() as u32;
    for target in 0..targets {
        let imported = asked(texts(), |question| question.target = target);
        assert!(!imported.scenario.contains("123456789012"));
        assert!(!imported.scenario.contains("arn:aws"));
    }
}

#[test]
fn commands_only_read() {
    for is_group in [false, true] {
        let commands = commands(is_group);
        assert!(commands.lines().count() > 3);
        for line in commands.lines().filter(|line| line.starts_with("aws ")) {
            let operation = line.split_whitespace().nth(2).unwrap();
            assert!(
                operation.starts_with("describe-") || operation.starts_with("get-"),
                "{line}"
            );
        }
    }
}
