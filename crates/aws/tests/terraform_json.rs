#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Terraform's JSON syntax comes to what HCL comes to, and each piece of it knows its own place.

use std::{collections::BTreeMap, time::Instant};

use aws::{
    Finding, FindingKind, Imported,
    import::{Document, Gathering, gather},
};
use scenario::document::Scenario;

const HCL: [(&str, &str); 2] = [
    ("main.tf", include_str!("data/terraform/main.tf")),
    ("variables.tf", include_str!("data/terraform/variables.tf")),
];
const JSON: &str = include_str!("data/terraform/main.tf.json");

fn read(texts: &[(&str, &str)], params: &[(&str, &str)]) -> Gathering {
    let documents: Vec<_> = (texts.iter())
        .map(|(name, text)| Document { name, text })
        .collect();
    let given = params.iter();
    let given = given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    gather(&documents, &given.collect::<BTreeMap<_, _>>())
}

fn made(gathering: &Gathering) -> Imported {
    let subjects = gathering.account.subjects();
    aws::scenario(&gathering.account, subjects.first(), &Scenario::default())
}

/// Writes findings with their lines.
fn said(findings: &[Finding]) -> Vec<String> {
    let finding = |it: &Finding| {
        let said = match &it.kind {
            FindingKind::Open { expression, lacks } => format!("open {expression} {lacks}"),
            FindingKind::Generated { what } => format!("generated {what}"),
            kind => format!("{kind:?}"),
        };
        format!("{}:{} {} {said}", it.at.line, it.at.column, it.path)
    };
    findings.iter().map(finding).collect()
}

#[test]
fn json_comes_to_what_hcl_comes_to() {
    for params in [
        &[("stage", "live"), ("endpoint", "recommender")][..],
        &[("stage", "test")],
        &[],
    ] {
        let hcl = read(&HCL, params);
        // It is recognised by what it holds, too.
        for name in ["main.tf.json", "MAIN.TF.JSON", ""] {
            let json = read(&[(name, JSON)], params);
            assert_eq!(made(&json).scenario, made(&hcl).scenario, "{params:?}");
            let kinds = |of: &Gathering| {
                let mut kinds: Vec<_> = (of.findings.iter())
                    .map(|it| format!("{} {:?}", it.path, it.kind))
                    .collect();
                kinds.sort();
                kinds
            };
            assert_eq!(kinds(&json), kinds(&hcl), "{params:?}");
        }
    }
    let values = r#"{"stage": "live", "endpoint": "a${b}", "target": 1200}"#;
    let both = [("main.tf.json", JSON), ("live.auto.tfvars.json", values)];
    let gathering = read(&both, &[]);
    assert_eq!(
        said(&gathering.findings),
        ["62:11 aws_appautoscaling_policy.keep.scale_out_cooldown UnsetCooldownIsZero"]
    );
    let scenario = made(&gathering).scenario;
    let policy = scenario.policies.first().unwrap();
    assert_eq!(policy.policy_name, "keep-1200");
    // Values of variables are no templates.
    assert_eq!(gathering.account.endpoints.first().unwrap().name, "a${b}");
    // Files in both languages belong together.
    let mixed = read(
        &[
            ("main.tf.json", JSON),
            ("live.tfvars", "stage = \"live\"\n"),
        ],
        &[],
    );
    assert_eq!(made(&mixed).scenario.scalable_target.max_capacity, Some(12));
}

#[test]
fn what_is_to_be_said_has_its_place() {
    let policy = |body: &str| {
        format!(
            "{{\"resource\": {{\"aws_autoscaling_policy\": {{\"p\": {{\n\"name\": \"p\", \"autoscaling_group_name\": \"g\",\n{body}}}}}}}}}"
        )
    };
    for (text, expected) in [
        (policy("\"count\": 3"), &["3:1 aws_autoscaling_policy.p.count generated count"][..]),
        (policy("\"for_each\": [1]"), &["3:1 aws_autoscaling_policy.p generated for_each"]),
        (
            policy("\"policy_type\": \"StepScaling\",\n\"dynamic\": {\"step_adjustment\": {\"for_each\": [1], \"content\": {}}}"),
            &["4:13  generated dynamic \"step_adjustment\""],
        ),
        (
            policy("\"policy_type\": \"SimpleScaling\", \"adjustment_type\": \"ChangeInCapacity\",\n\"scaling_adjustment\": \"${var.by * 2}\""),
            &["4:23 aws_autoscaling_policy.p.scaling_adjustment open ${var.by * 2} by"],
        ),
        (
            policy("\"policy_type\": \"SimpleScaling\", \"adjustment_type\": \"ChangeInCapacity\",\n\"scaling_adjustment\": \"${\", \"no name\": 1"),
            &["4:23  Syntax", "4:29 no name NotUsed", "4:23 aws_autoscaling_policy.p.scaling_adjustment Wrong"],
        ),
        (
            "{\"resource\": {\"aws_autoscaling_group\": {\"g\": 1}},\n\"locals\": [[]], \"what\": {}}".to_owned(),
            &["1:46  Wrong { found: \"1\", expected: Object }", "2:12  Wrong { found: \"[…]\", expected: Object }", "2:17 what NotUsed"],
        ),
        (
            "{\"module\": {\"queue\":\n {\"source\": \"./queue\"}}, \"data\": {\"aws_ami\": {\"a\": {}}}}".to_owned(),
            &["1:13  generated module.queue", "2:47  OtherResources"],
        ),
        ("{\"resource\": {}, \"resource\": {}}".to_owned(), &["1:18 resource RepeatedName"]),
        ("{\"resource\": {".to_owned(), &["1:14  Truncated"]),
    ] {
        let found = said(&read(&[("x.tf.json", &text)], &[]).findings);
        let fits = found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected));
        assert!(fits && found.len() >= expected.len(), "{text}: {found:#?}");
    }
    // Nothing of these is recognised as Terraform's.
    for text in [
        "{}",
        "{\"//\": 1}",
        "{\"output\": {\"a\": {\"value\": 1}}}",
        "{\"resource\": 1}",
        "[{}]",
        "[1]",
    ] {
        let found = read(&[("", text)], &[]);
        assert_eq!(found.recognised, [], "{text}");
    }
}

#[test]
fn texts_keep_what_they_say() {
    for (text, name) in [
        ("a\"b\\c", "a\"b\\c"),
        ("a\nb\tc\r", "a\nb\tc\r"),
        ("추천 🚀", "추천 🚀"),
        ("$${x} %%{y} $ % {", "${x} %{y} $ % {"),
        ("$$${x}", "$${x}"),
        ("${1 + 2}-${\"q\"}", "3-q"),
        ("${join(\"-\", [\n\"a\", \"b\"])}", "a-b"),
        ("\u{1}\u{7f}", "\u{1}\u{7f}"),
        ("</script>${\"}\\\"\"}", "</script>}\""),
    ] {
        let group = serde_json::json!({"resource": {"aws_autoscaling_group": {"g": {"name": text, "max_size": 1}}}});
        let gathering = read(&[("x.tf.json", &group.to_string())], &[]);
        let group = gathering.account.groups.first().unwrap();
        assert_eq!(group.name, name, "{text}");
    }
    let group = serde_json::json!({"resource": {"aws_autoscaling_group": {"g": {"name": "g", "max_size": "%{ if true }1%{ endif }\""}}}});
    let gathering = read(&[("x.tf.json", &group.to_string())], &[]);
    let found = said(&gathering.findings).join("; ");
    assert!(found.contains("max_size open"), "{found}");
}

#[test]
fn what_is_hostile_ends() {
    let deep = |open: &str, close: &str| {
        format!(
            "{{\"locals\": {{\"a\": {}{}}}}}",
            open.repeat(90),
            close.repeat(90)
        )
    };
    let wide = format!(
        "{{\"locals\": {{\"a\": [{}0]}}}}",
        "\"${local.b}\",".repeat(10_000)
    );
    let many = serde_json::json!({"locals": {"a": "\u{1}".repeat(100_000)}}).to_string();
    let labels = format!(
        "{{\"resource\": {}{}}}",
        "[{\"a\": ".repeat(45),
        "}]".repeat(45)
    );
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "1}").replace(":1}", ":{}}"),
        wide,
        many,
        labels,
    ] {
        let start = Instant::now();
        read(&[("x.tf.json", &text)], &[]);
        assert!(start.elapsed().as_secs() < 20);
    }
    let deep = said(&read(&[("x.tf.json", &deep("[", "]"))], &[]).findings);
    assert!(
        deep.first().is_some_and(|it| it.contains("TooDeep")),
        "{deep:?}"
    );
}
