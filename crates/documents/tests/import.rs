#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What the import dialog shows, asked as it asks. The answers are those of `crates/aws/tests/data/answers`.

use std::{fs, path::Path, rc::Rc};

use documents::{
    Beside, Desk, ExportQuestion, GivenText, ImportQuestion, Imported, Past, commands, import,
    is_document,
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
    let recognised: Vec<_> = (imported.recognised.first.iter())
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
    assert!(imported.targets.count() > 1, "{:?}", imported.targets);
    let made = scenario(&imported);
    assert_eq!(made.scalable_target.max_capacity, Some(12));
    assert!(made.policies.iter().any(|it| it.policy_name == "keep-600"));
    // Demand is what the open scenario says.
    assert_eq!(made.demand, Scenario::default().demand);
    assert!(
        imported
            .changes
            .first
            .iter()
            .any(|it| it.after == "keep-600")
    );
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
        assert!(imported.targets.first[place].starts_with("endpoint/recommender"));
    }
}

#[test]
fn what_the_account_did_is_told_in_order() {
    let activities = || answer("aas-describe-scaling-activities.made.json");
    let imported = asked(vec![activities()], |_| {});
    let steps = imported.past.steps;
    assert!(steps.len() > 3, "{steps:?}");
    for pair in steps.windows(2) {
        assert!(pair[0].0 <= pair[1].0 && pair[0].1 != pair[1].1, "{pair:?}");
    }
    assert!(steps.iter().any(|(_, desired)| *desired == 12), "{steps:?}");
    let shown = Beside::Shown {
        capacity: true,
        alarms: false,
    };
    assert_eq!(imported.beside, shown);
    // Another target's are not its own.
    let texts = vec![activities(), answer("aas-describe-scalable-targets.json")];
    let imported = asked(texts, |question| question.target = 1);
    assert_eq!(imported.past, Past::default());
    assert_eq!(imported.beside, Beside::Nothing);
    // What failed was never in force, nor are bounds a capacity.
    for (description, status, expected) in [
        (
            "Setting desired instance count to 7.",
            "Successful",
            vec![7],
        ),
        (
            "Setting desired instance count to 7.",
            "InProgress",
            vec![7],
        ),
        ("Setting desired instance count to 7.", "Failed", vec![]),
        (
            "Setting min capacity to 2 and max capacity to 9",
            "Successful",
            vec![],
        ),
    ] {
        let text = format!(
            r#"{{"ScalingActivities": [{{"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/e/variant/v", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "Description": "{description}", "StatusCode": "{status}", "StartTime": 1795824967.4}}]}}"#
        );
        let steps = asked(vec![pasted(&text)], |_| {}).past.steps;
        let desired: Vec<u32> = steps.iter().map(|(_, desired)| *desired).collect();
        assert_eq!(desired, expected, "{description} {status}");
    }
}

/// Answers about an alarm's states: when, and which.
fn history(alarm: &str, changes: &[(&str, &str)]) -> GivenText {
    let item = |(at, state): &(&str, &str)| {
        format!(
            r#"{{"AlarmName": "{alarm}", "AlarmType": "MetricAlarm", "Timestamp": "2026-11-28T{at}Z", "HistoryItemType": "StateUpdate", "HistorySummary": "Alarm updated from OK to {state}"}}"#
        )
    };
    let items: Vec<String> = changes.iter().map(item).collect();
    pasted(&format!(
        r#"{{"AlarmHistoryItems": [{}]}}"#,
        items.join(", ")
    ))
}

const HIGH: &str = "TargetTracking-endpoint/recommender/variant/AllTraffic-AlarmHigh-00000000-0000-0000-0000-0000000000ab";
const LOW: &str = "TargetTracking-endpoint/recommender/variant/AllTraffic-AlarmLow-00000000-0000-0000-0000-0000000000ab";

/// The alarm of the policy `rush`, on CPUUtilization.
const OWN: &str = "endpoint/recommender/variant/AllTraffic-rush";

#[test]
fn stretches_in_alarm_are_told_with_the_policy_that_they_trigger() {
    let noon = 1_795_867_200.0;
    let answers = |is_of_invocations: bool| {
        let mut alarms = answer("cw-describe-alarms.json");
        let metric = [
            ("CPUUtilization", "InvocationsPerInstance"),
            ("/aws/sagemaker/Endpoints", "AWS/SageMaker"),
            ("\"Average\"", "\"Sum\""),
        ];
        for (cpu, invocations) in metric.into_iter().filter(|_| is_of_invocations) {
            alarms.text = alarms.text.replace(cpu, invocations);
        }
        vec![
            answer("aas-describe-scalable-targets.json"),
            answer("aas-describe-scaling-policies.json"),
            alarms,
        ]
    };
    // From the newest to the oldest, as CloudWatch answers.
    let changes = [
        ("13:00:00", "ALARM"),
        ("12:09:00", "OK"),
        ("12:05:00", "INSUFFICIENT_DATA"),
        ("12:03:00", "ALARM"),
        ("12:00:00", "ALARM"),
        ("11:00:00", "OK"),
    ];
    for (is_of_invocations, alarm, expected) in [
        (false, HIGH, Some(("AlarmHigh", true))),
        (false, LOW, Some(("AlarmLow", false))),
        (false, OWN, None),
        (true, OWN, Some(("rush", true))),
        (
            false,
            "TargetTracking-endpoint/other/variant/A-AlarmHigh-1",
            None,
        ),
        (false, "somebody else's", None),
    ] {
        let mut texts = answers(is_of_invocations);
        texts.push(history(alarm, &changes));
        let imported = asked(texts, |_| {});
        let alarms: Vec<_> = (imported.past.alarms.iter())
            .map(|it| (it.from_s - noon, it.to_s - noon, &*it.name, it.is_high))
            .collect();
        let stretches = [(0.0, 300.0), (3600.0, 3600.0)];
        let expected: Vec<_> = (expected.into_iter())
            .flat_map(|(name, is_high)| stretches.map(|(a, b)| (a, b, name, is_high)))
            .collect();
        assert_eq!(alarms, expected, "{alarm}");
        // Listed they are all.
        let listed: Vec<_> = (imported.alarm_history.first.iter())
            .map(|it| (&*it.place, &*it.sentence))
            .collect();
        assert_eq!(listed.len(), 6);
        let first = format!("{alarm}: OK");
        assert_eq!(listed[0], ("2026-11-28T11:00:00Z", &*first));
        assert!(!imported.scenario.contains("AlarmHigh"));
    }
}

#[test]
fn an_account_of_another_time_is_said_to_be_one() {
    let activities = answer("aas-describe-scaling-activities.made.json");
    for (start, is_shown) in [
        ("2026-11-28", true),
        ("2026-11-27", false),
        ("2027-03-01", false),
    ] {
        let imported = asked(vec![activities.clone()], |question| {
            let scenario = Scenario {
                start: start.parse().unwrap(),
                hours: 24,
                ..Scenario::default()
            };
            question.base = to_json(&scenario);
        });
        match imported.beside {
            Beside::Shown { capacity, .. } => assert!(is_shown && capacity, "{start}"),
            Beside::OtherTime { account, scenario } => {
                assert!(!is_shown, "{start}");
                assert!(
                    account.0.contains("2026") && !scenario.1.is_empty(),
                    "{account:?}"
                );
            }
            Beside::Nothing => panic!("{start}"),
        }
    }
}

#[test]
fn hostile_texts_are_shown_in_part() {
    let many = |item: &dyn Fn(usize) -> String| {
        let items: Vec<String> = (0..2_100).map(item).collect();
        items.join(",")
    };
    let target = |name: &str| {
        format!(
            r#"{{"ServiceNamespace":"sagemaker","ResourceId":"endpoint/{name}/variant/A","ScalableDimension":"sagemaker:variant:DesiredInstanceCount","MinCapacity":1,"MaxCapacity":2}}"#
        )
    };
    let one = target("a");
    let fields = one.trim_end_matches('}');
    let unused = many(&|n| format!(r#""f{n}":1"#));
    let unused = format!(r#"{{"ScalableTargets":[{fields},{unused}}}]}}"#);
    let targets = format!(
        r#"{{"ScalableTargets":[{}]}}"#,
        many(&|n| target(&n.to_string()))
    );
    let pieces = (0..2_100).map(|_| "{\"ScalableTargets\":[]}\n");
    let pieces: String = pieces.collect();
    let open = format!(
        r#"{{"AWSTemplateFormatVersion":"2010-09-09","Resources":{{{}}}}}"#,
        many(&|n| format!(
            r#""T{n}":{{"Type":"AWS::ApplicationAutoScaling::ScalableTarget","Properties":{{"ResourceId":"endpoint/a/variant/A","ScalableDimension":"sagemaker:variant:DesiredInstanceCount","ServiceNamespace":"sagemaker","MinCapacity":1,"MaxCapacity":{{"Ref":"P{n}"}}}}}}"#
        ))
    );
    let changes: Vec<(&str, &str)> = (0..2_100).map(|_| ("12:00:00", "ALARM")).collect();
    let history = history("a", &changes).text;
    let long = format!(
        r#"{{"ScalableTargets":[{}]}}"#,
        target(&"x".repeat(1 << 20))
    );
    for (what, text) in [
        ("unused", &unused),
        ("targets", &targets),
        ("pieces", &pieces),
        ("open", &open),
        ("history", &history),
        ("long", &long),
    ] {
        let imported = asked(vec![pasted(text)], |_| {});
        let more = [
            ("unused", imported.findings.more),
            ("targets", imported.targets.more),
            ("pieces", imported.recognised.more),
            ("open", imported.blanks.more),
            ("history", imported.alarm_history.more),
        ];
        for (of, more) in more {
            assert!(
                of != what || more > 1_500,
                "{what}: {more} more, {:?}",
                imported.findings.first.first()
            );
        }
        let texts = (imported.findings.first.iter())
            .chain(&imported.recognised.first)
            .chain(&imported.alarm_history.first)
            .map(|it| &*it.sentence)
            .chain(imported.targets.first.iter().map(|it| &**it));
        let letters: usize = texts.map(|it| it.chars().count()).sum();
        assert!(letters < 100_000, "{what}: {letters} letters");
    }
    // What matters is told before what is merely not used, however far behind it stands.
    let more_pages = format!(
        "{},\"NextToken\":\"x\"}}",
        unused.strip_suffix('}').unwrap()
    );
    let imported = asked(vec![pasted(&more_pages)], |_| {});
    let says = |it: &documents::Said| it.sentence.contains("One page of more");
    assert!(
        imported.findings.first.iter().any(says),
        "{:?}",
        imported.findings.more
    );
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
        assert!(imported.findings.is_empty(), "{}", preset.id);
        assert!(imported.differences.is_empty(), "{}", preset.id);
        assert!(imported.changes.is_empty(), "{}", preset.id);
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
        let pairs: Vec<_> = changes
            .first
            .iter()
            .map(|it| (&*it.before, &*it.after))
            .collect();
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
        assert!(imported.changes.is_empty(), "{text}");
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
        let blanks: Vec<&str> = imported.blanks.first.iter().map(|it| &*it.name).collect();
        assert_eq!(blanks, ["m1"]);
        let first = imported.findings.first.first().map(|it| &*it.sentence);
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
    let targets = asked(texts(), |_| {}).targets.count() as u32;
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
