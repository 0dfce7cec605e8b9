#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What the export dialog shows, asked as it asks.

use documents::{Desk, ExportQuestion, Exported};
use scenario::{document::Scenario, file::to_json, presets};
use words::{Lang, Words};

/// Asks for a scenario in a format.
fn export(scenario: &Scenario, format: &str, change: impl FnOnce(&mut ExportQuestion)) -> Exported {
    let mut question = ExportQuestion {
        scenario: to_json(scenario),
        title: "Title".to_owned(),
        format: format.to_owned(),
        ..ExportQuestion::default()
    };
    change(&mut question);
    Desk::default().export(&question, Words::new(Lang::En))
}

fn finals() -> Scenario {
    presets::find("finals_game").unwrap().scenario()
}

#[test]
fn every_shipped_scenario_has_a_document_in_every_format_and_language() {
    let mut desk = Desk::default();
    for preset in presets::all() {
        for format in aws::EXPORT_FORMATS {
            for lang in Lang::ALL {
                let question = ExportQuestion {
                    scenario: to_json(&preset.scenario()),
                    title: "제목".to_owned(),
                    format: format.id().to_owned(),
                    ..ExportQuestion::default()
                };
                let exported = desk.export(&question, Words::new(lang));
                let what = format!("{} as {}", preset.id, format.id());
                assert!(exported.wrong.is_empty(), "{what}");
                assert_eq!(exported.format, format.id(), "{what}");
                assert_eq!(exported.file_name, format.file_name(), "{what}");
                assert!(exported.text.contains("제목"), "{what}:\n{}", exported.text);
                assert!(!exported.blanks.is_empty(), "{what}");
                assert!(!exported.has_changes, "{what}");
            }
        }
    }
}

#[test]
fn what_is_filled_in_stands_in_the_text() {
    for (value, stands) in [
        ("", "endpoint/YOUR-ENDPOINT/variant"),
        ("  ", "endpoint/YOUR-ENDPOINT/variant"),
        ("recommender", "endpoint/recommender/variant"),
        (" recommender ", "endpoint/recommender/variant"),
        ("a\"},\n{", r#"endpoint/a\"},\n{/variant"#),
        ("추천", "endpoint/추천/variant"),
    ] {
        let exported = export(&finals(), "bodies", |question| {
            question.given = vec![("EndpointName".to_owned(), value.to_owned())];
        });
        assert!(
            exported.text.contains(stands),
            "{value}:\n{}",
            exported.text
        );
        let names: Vec<_> = exported.blanks.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["EndpointName", "VariantName"], "the fields stay");
    }
    for (value, is_taken) in [("recommender", true), ("a b", false), ("", true)] {
        let exported = export(&finals(), "shell", |question| {
            question.given = vec![("EndpointName".to_owned(), value.to_owned())];
        });
        let blank = exported.blanks.first().unwrap();
        assert_eq!(blank.wrong.is_empty(), is_taken, "{value}: {blank:?}");
    }
    // What a template that makes a group needs besides.
    let group = presets::all().iter().map(|it| it.scenario());
    let group = group
        .into_iter()
        .find(|it| it.platform.rules().scales.is_of_ec2())
        .unwrap();
    for (format, count) in [("bodies", 1), ("terraform", 4)] {
        let exported = export(&group, format, |_| {});
        let names: Vec<_> = exported.blanks.iter().map(|it| &*it.name).collect();
        assert!(names.contains(&"AutoScalingGroupName"), "{names:?}");
        assert!(names.len() >= count, "{format}: {names:?}");
    }
    let long = "x".repeat(10_000);
    let exported = export(&finals(), "bodies", |question| {
        question.given = vec![("EndpointName".to_owned(), long.clone())];
    });
    assert!(!exported.text.contains(&long[..301]));
}

#[test]
fn only_what_has_changed_is_offered_where_something_has() {
    let mut changed = finals();
    changed.scalable_target.max_capacity = Some(17);
    let mut renamed = finals();
    renamed.name = "Another".to_owned();
    renamed.load_test.p50_ms += 1.0;
    for (opened, only_changes, has_changes, has_policy) in [
        (None, true, false, true),
        (Some(finals()), false, true, true),
        (Some(finals()), true, true, false),
        (Some(changed.clone()), true, false, true),
    ] {
        let exported = export(&changed, "bodies", |question| {
            question.opened = opened.as_ref().map(to_json);
            question.only_changes = only_changes;
        });
        assert_eq!(exported.has_changes, has_changes);
        assert_eq!(exported.text.contains("PutScalingPolicy"), has_policy);
        assert!(exported.text.contains("\"MaxCapacity\": 17"));
    }
    // What AWS is not told is no change of it.
    let exported = export(&renamed, "bodies", |question| {
        question.opened = Some(to_json(&finals()));
        question.only_changes = true;
    });
    assert!(!exported.has_changes);
}

#[test]
fn what_is_wrong_is_named_with_its_field() {
    let mut scenario = finals();
    scenario.scalable_target.min_capacity = Some(40);
    let exported = export(&scenario, "bodies", |_| {});
    assert_eq!(exported.text, "");
    let wrong = exported.wrong.first.first().unwrap();
    assert!(wrong.path.starts_with("scalable_target."), "{wrong:?}");
    assert!(
        !wrong.label.is_empty() && !wrong.sentence.is_empty(),
        "{wrong:?}"
    );
    let exported = export(&finals(), "bodies", |question| {
        question.scenario = "{\"headroom\": 2, \"colour\": 1}".to_owned();
    });
    assert_eq!(exported.wrong.count(), 1);
    assert_eq!(exported.text, "");
}

#[test]
fn a_load_test_is_offered_where_there_is_one() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        let has_test = scenario.platform.rules().has_instances;
        for form in aws::LOAD_TESTS {
            let exported = export(&scenario, form.id(), |question| {
                question.given = vec![("EndpointName".to_owned(), "shop".to_owned())];
            });
            let tests = exported.formats.iter().filter(|it| it.is_load_test);
            assert_eq!(tests.count() > 0, has_test, "{}", preset.id);
            assert_eq!(exported.is_load_test, has_test, "{}", preset.id);
            assert!(!exported.text.is_empty(), "{}", preset.id);
            let is_named = exported.blanks.iter().any(|it| it.name == "EndpointName");
            assert_eq!(exported.text.contains("shop"), is_named, "{}", preset.id);
        }
    }
}

#[test]
fn a_format_that_there_is_not_is_the_first() {
    let exported = export(&finals(), "", |_| {});
    assert_eq!(exported.format, exported.formats.first().unwrap().id);
}
