#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Terraform's files, state and plans: what they come to, what stays open, and what is hostile.

use std::{collections::BTreeMap, time::Instant};

use aws::{
    Finding, FindingKind,
    import::{Document, Gathering, gather},
};
use scenario::document::Scenario;

const MAIN: &str = include_str!("data/terraform/main.tf");
const VARIABLES: &str = include_str!("data/terraform/variables.tf");
const GROUP: &str = include_str!("data/terraform/group.tf");
const STATE: &str = include_str!("data/terraform/state.json");
const PLAN: &str = include_str!("data/terraform/plan.json");

fn read(texts: &[(&str, &str)], params: &[(&str, &str)]) -> Gathering {
    let documents: Vec<_> = texts
        .iter()
        .map(|(name, text)| Document { name, text })
        .collect();
    let given = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    gather(&documents, &given.collect::<BTreeMap<_, _>>())
}

/// Writes findings with their lines.
fn said(findings: &[Finding]) -> Vec<String> {
    let finding = |it: &Finding| {
        let said = match &it.kind {
            FindingKind::Open { lacks, .. } => format!("open {lacks}"),
            FindingKind::OtherResources {
                resource_type,
                count,
            } => format!("{count} {resource_type}"),
            FindingKind::Generated { what } => format!("generated {what}"),
            kind => format!("{kind:?}"),
        };
        format!("{} {} {said}", it.at.line, it.path)
    };
    findings.iter().map(finding).collect()
}

#[track_caller]
fn scenario(gathering: &Gathering) -> Scenario {
    let subjects = gathering.account.subjects();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    let imported = aws::scenario(
        &gathering.account,
        subjects.first().unwrap(),
        &Scenario::default(),
    );
    assert_eq!(imported.findings, []);
    imported.scenario
}

#[test]
fn a_folder_is_read_together() {
    let folder = [
        ("main.tf", MAIN),
        ("variables.tf", VARIABLES),
        ("live.tfvars", "target = 1200\r\n"),
    ];
    let gathering = read(&folder, &[("stage", "live")]);
    assert_eq!(
        said(&gathering.findings),
        ["46 aws_appautoscaling_policy.keep.scale_out_cooldown UnsetCooldownIsZero"]
    );
    let scenario = scenario(&gathering);
    let target = &scenario.scalable_target;
    assert_eq!(
        (target.min_capacity, target.max_capacity),
        (Some(2), Some(12))
    );
    let names: Vec<_> = scenario
        .policies
        .iter()
        .map(|it| &*it.policy_name)
        .collect();
    assert_eq!(names, ["keep-1200", "rush"]);
    let tracking = scenario
        .policies
        .first()
        .unwrap()
        .target_tracking
        .clone()
        .unwrap();
    assert_eq!(tracking.target_value, Some(600.0));
    assert_eq!(
        (tracking.scale_in_cooldown, tracking.scale_out_cooldown),
        (600, 0)
    );
    let rush = scenario.policies.get(1).unwrap();
    let steps: Vec<_> = rush
        .step_scaling
        .as_ref()
        .unwrap()
        .steps
        .iter()
        .map(|it| (it.lower, it.upper, it.adjustment))
        .collect();
    assert_eq!(steps, [(Some(10.0), None, 4), (Some(0.0), Some(10.0), 2)]);
    assert_eq!(rush.alarm.as_ref().unwrap().threshold, Some(85.0));
    let action = scenario.scheduled_actions.first().unwrap();
    assert_eq!(action.action.min_capacity, Some(8));

    let open = said(&read(&folder[..2], &[("endpint", "x")]).findings);
    assert_eq!(
        open,
        [
            "57 aws_appautoscaling_policy.rush.count open stage",
            "18 aws_sagemaker_endpoint_configuration.model.production_variants[0].initial_instance_count open stage",
            "31 aws_appautoscaling_target.endpoint.min_capacity open stage",
            "32 aws_appautoscaling_target.endpoint.max_capacity open stage",
            "46 aws_appautoscaling_policy.keep.scale_out_cooldown UnsetCooldownIsZero",
            "48 aws_appautoscaling_policy.keep.target_tracking_scaling_policy_configuration.scale_in_cooldown open stage",
            "0  UnknownParameter { name: \"endpint\" }",
        ]
    );
}

#[test]
fn what_terraform_would_have_to_work_out_is_listed() {
    let gathering = read(&[("", GROUP)], &[("max", "20")]);
    assert_eq!(
        said(&gathering.findings),
        [
            "51 aws_autoscaling_schedule.each generated for_each",
            "57 aws_autoscaling_policy.many.count generated count",
            "67 aws_autoscaling_policy.steps generated dynamic \"step_adjustment\"",
            "73  generated module.queue",
            "42 aws_autoscaling_schedule.morning.max_size UnsetSizeIsZero",
            "62 aws_autoscaling_policy.steps.step_adjustment Missing",
            "6  1 data.aws_ami",
        ]
    );
    let account = &gathering.account;
    let group = account.groups.first().unwrap();
    assert_eq!((group.min_size, group.max_size), (Some(2), Some(20)));
    assert_eq!(group.instance_type.as_deref(), Some("c7g.xlarge"));
    assert_eq!(group.suspended_processes, ["AlarmNotification"]);
    assert_eq!(group.settings.health_check_grace_period, 0);
    assert_eq!(group.settings.default_instance_warmup, Some(90));
    assert_eq!(group.settings.warm_pool.as_ref().unwrap().min_size, 1);
    let action = &account.actions.first().unwrap().action;
    let sizes = (
        action.action.min_capacity,
        action.action.max_capacity,
        action.desired_capacity,
    );
    assert_eq!(sizes, (Some(4), Some(0), None));
    assert_eq!(account.subjects().len(), 1);
}

#[test]
fn a_state_is_read() {
    let gathering = read(&[("", STATE)], &[]);
    assert_eq!(
        said(&gathering.findings),
        ["8  1 data.aws_caller_identity", "61  2 aws_iam_role"]
    );
    let scenario = scenario(&gathering);
    let target = &scenario.scalable_target;
    assert_eq!(
        (target.min_capacity, target.max_capacity),
        (Some(2), Some(20))
    );
    let group = &scenario.auto_scaling_group;
    // What is unset is 0 in a state, and so is what is 0.
    assert_eq!(
        (
            group.default_instance_warmup,
            group.health_check_grace_period
        ),
        (None, 0)
    );
    let pool = group.warm_pool.as_ref().unwrap();
    assert_eq!((pool.max_group_prepared_capacity, pool.min_size), (None, 0));
    let policy = scenario.policies.first().unwrap();
    let steps: Vec<_> = policy
        .step_scaling
        .as_ref()
        .unwrap()
        .steps
        .iter()
        .map(|it| (it.lower, it.upper))
        .collect();
    assert_eq!(steps, [(Some(10.0), None), (Some(0.0), Some(10.0))]);
    assert_eq!(policy.estimated_instance_warmup, None);
    let alarm = policy.alarm.as_ref().unwrap();
    assert_eq!(
        (alarm.threshold, alarm.datapoints_to_alarm),
        (Some(70.0), None)
    );
    let action = scenario.scheduled_actions.first().unwrap();
    let sizes = (
        action.action.min_capacity,
        action.action.max_capacity,
        action.desired_capacity,
    );
    assert_eq!(sizes, (Some(0), None, None));
    assert_eq!(
        (
            &*scenario.instance.instance_type,
            scenario.availability_zones
        ),
        ("m7g.large", 2)
    );
    let known = serde_json::to_string(&scenario).unwrap();
    assert!(
        !known.contains("123456789012") && !known.contains("arn:"),
        "{known}"
    );
}

#[test]
fn a_plan_ties_alarms_to_policies_that_have_no_arn_yet() {
    let gathering = read(&[("", PLAN)], &[]);
    assert_eq!(
        said(&gathering.findings),
        [
            "20 module.scaling[\"a\"].aws_appautoscaling_policy.steps.cooldown UnsetCooldownIsZero",
            "33  1 aws_iam_role"
        ]
    );
    let scenario = scenario(&gathering);
    assert_eq!(scenario.scalable_target.max_capacity, Some(8));
    assert_eq!(
        scenario
            .policies
            .first()
            .unwrap()
            .alarm
            .as_ref()
            .unwrap()
            .threshold,
        Some(70.0)
    );
}

#[test]
fn another_version_of_the_state_is_refused() {
    let text = STATE.replace("\"version\": 4", "\"version\": 3");
    assert_eq!(
        said(&read(&[("", &text)], &[]).findings),
        ["2 version Wrong { found: \"3\", expected: Listed([\"4\"]) }"]
    );
}

#[test]
fn values_are_given_as_terraform_takes_them() {
    for (declared, given, expression, expected) in [
        ("type = list(number)", "[5, 6]", "var.x[1]", Ok(6.0)),
        (
            "type = list(string)",
            r#"["5", "6",]"#,
            "length(var.x)",
            Ok(2.0),
        ),
        ("type = set(string)", r#"["5"]"#, "length(var.x)", Ok(1.0)),
        (
            "type = map(number)",
            "{ a = 5, \"b\" = 6 }",
            "var.x.b",
            Ok(6.0),
        ),
        ("type = map(number)", r#"{"a": 5}"#, "var.x[\"a\"]", Ok(5.0)),
        (
            "type = object({a = number})",
            "{a = -5}",
            "0 - var.x.a",
            Ok(5.0),
        ),
        ("type = any", "7", "var.x", Ok(7.0)),
        ("type = any", "null", "coalesce(var.x, 3)", Ok(3.0)),
        ("type = any", "true", "var.x ? 1 : 2", Ok(1.0)),
        ("type = any", "prod", "length(var.x)", Ok(4.0)),
        ("type = number", "7", "var.x", Ok(7.0)),
        ("type = bool", "false", "var.x ? 1 : 2", Ok(2.0)),
        // What is declared as a text stays one.
        ("type = string", "[1]", "length(var.x)", Ok(3.0)),
        ("type = \"string\"", "[1, 2]", "length(var.x)", Ok(6.0)),
        ("type = \"list\"", "[1, 2]", "length(var.x)", Ok(2.0)),
        ("", "[1, 2]", "length(var.x)", Ok(2.0)),
        ("", "{a = 4}", "var.x.a", Ok(4.0)),
        ("", "[x", "length(var.x)", Ok(2.0)),
        ("", "7", "var.x", Ok(7.0)),
        // What is none is said, and nothing refers to anything.
        (
            "type = list(number)",
            "5",
            "var.x[0]",
            Err(r#"1 var.x Wrong { found: "5", expected: List }"#),
        ),
        (
            "type = list(number)",
            "a,b",
            "var.x[0]",
            Err(r#"1 var.x Wrong { found: "a,b", expected: List }"#),
        ),
        (
            "type = map(number)",
            "[5]",
            "var.x.a",
            Err(r#"1 var.x Wrong { found: "[5]", expected: Object }"#),
        ),
        (
            "type = list(number)",
            "[var.two]",
            "var.x[0]",
            Err(r#"1 var.x Wrong { found: "[var.two]", expected: List }"#),
        ),
    ] {
        let text = format!(
            "variable \"x\" {{\n  {declared}\n}}\nresource \"aws_autoscaling_group\" \"of\" {{\n  name = \"of\"\n  max_size = {expression}\n}}\n"
        );
        let gathering = read(&[("", &text)], &[("x", given)]);
        let group = gathering.account.groups.iter().find(|it| it.name == "of");
        let found = group.and_then(|it| it.max_size).map(f64::from);
        let wrong = said(&gathering.findings);
        let wrong = wrong.iter().find(|it| it.contains("var.x Wrong"));
        let found = match (found, wrong) {
            (Some(value), None) => Ok(value),
            (_, wrong) => Err(wrong.map_or("", |it| it)),
        };
        assert_eq!(found, expected, "{declared} {given} {expression}");
    }
    // What no file declares is a list where it is written as one.
    let text = "resource \"aws_autoscaling_group\" \"g\" {\n  max_size = data.x.y.ids[1]\n}\n";
    let listed = read(&[("", text)], &[("data.x.y.ids", "[6, 7]")]);
    let open = "2 aws_autoscaling_group.g.max_size open data.x.y.ids[1]";
    assert!(said(&listed.findings).contains(&open.to_owned()));
    let deep = "[".repeat(90_000);
    let huge = format!("[{}]", "1,".repeat(90_000));
    for given in [&deep, &huge] {
        let text = format!(
            "variable \"x\" {{\n  type = any\n}}\nlocals {{\n  {}\n}}\n",
            (0..200)
                .map(|it| format!("l{it} = var.x\n"))
                .collect::<String>()
        );
        let start = Instant::now();
        read(&[("", &text)], &[("x", given)]);
        assert!(start.elapsed().as_secs() < 20);
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let deep = format!("a = {}1{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let blocks = "a {\n".repeat(10_000);
    let large = " ".repeat((32 << 20) + 1);
    for (text, finding) in [
        ("a = 1e400\n", "1  Syntax"),
        ("a = 1\na = 2\n", "2  RepeatedName"),
        ("x {\n  a = 1\n  a = 2\n}\n", "3  RepeatedName"),
        ("variable \"a\" {}\nvariable \"a\" {}\n", "2 a RepeatedName"),
        (
            "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n",
            "5 local.a RepeatedName",
        ),
        ("a = \"x\n", "1  Syntax"),
        ("a = [1,\n", "1  Truncated"),
        ("a b c\nd = 1\n", "1  Syntax"),
        (&*deep, "1  TooDeep"),
        (&*blocks, "65  TooDeep"),
        (&*large, "0  TooLarge"),
    ] {
        let found = said(&read(&[("x.tf", text)], &[]).findings).join("; ");
        let shown: String = text.chars().take(40).collect();
        assert!(found.starts_with(finding), "{shown}: {found}");
    }
    // A byte order mark, and line ends of Windows.
    let text = format!("\u{feff}{}", MAIN.replace('\n', "\r\n"));
    let folder = [("", &*text), ("variables.tf", VARIABLES)];
    let (plain, windows) = (read(&[("", MAIN), folder[1]], &[]), read(&folder, &[]));
    assert_eq!(plain, windows);
}

#[test]
fn what_says_nothing_of_scaling_is_passed_over() {
    let blocks = r#"
terraform {
  required_version = ">= 1.9"
  backend "s3" { bucket = "state" }
}
provider "aws" {
  region = var.region
  default_tags { tags = { team = "ml" } }
}
import {
  to = aws_autoscaling_group.g
  id = "g"
}
import {
  for_each = toset(["a"])
  to       = aws_autoscaling_group.of[each.key]
  id       = each.key
}
moved {
  from = aws_autoscaling_group.old
  to   = aws_autoscaling_group.g
}
removed {
  from = aws_autoscaling_policy.gone
  lifecycle { destroy = false }
}
check "health" {
  data "http" "page" { url = "https://example.org" }
  assert {
    condition     = data.http.page.status_code == 200
    error_message = "down"
  }
}
ephemeral "random_password" "p" { length = 16 }
output "group" { value = aws_autoscaling_group.g.arn }
variable "region" {
  type    = string
  default = "eu-central-1"
  validation {
    condition     = length(var.region) > 2
    error_message = "short"
  }
}
"#;
    let text = format!(
        "{blocks}resource \"aws_autoscaling_group\" \"g\" {{\n  name     = \"g\"\n  min_size = 1\n  max_size = 2\n}}\n"
    );
    let gathering = read(&[("", &text)], &[]);
    assert_eq!(said(&gathering.findings), [""; 0]);
    assert_eq!(gathering.account.groups.len(), 1);
    // Pasted alone they are still a file of Terraform's.
    for block in [
        "moved {\n}\n",
        "import {\n}\n",
        "removed {\n}\n",
        "check \"x\" {\n}\n",
    ] {
        let gathering = read(&[("", block)], &[]);
        assert_eq!(said(&gathering.findings), [""; 0], "{block}");
        assert_eq!(gathering.recognised.len(), 1, "{block}");
    }
}

#[test]
fn what_grows_or_needs_itself_ends() {
    let chain = |item: &str| {
        let mut text = String::from("locals {\n");
        for index in 0..60 {
            text += &format!(
                "  l{index} = {}\n",
                item.replace('@', &format!("local.l{}", index + 1))
            );
        }
        text + "  l60 = \"ab\"\n}\nresource \"aws_autoscaling_group\" \"g\" {\n  name = local.l0\n  min_size = 1\n  max_size = 2\n}\n"
    };
    let mut long = String::from("locals {\n");
    for index in 0..5000 {
        long += &format!("  l{index} = local.l{}\n", index + 1);
    }
    long += "}\nresource \"aws_autoscaling_group\" \"g\" {\n  name = local.l0\n}\n";
    for text in [
        &*chain("\"${@}${@}\""),
        &chain("[@, @]"),
        &chain("{ a = @, b = @ }"),
        &chain("join(\"\", [@, @])"),
        &long,
    ] {
        let start = Instant::now();
        let gathering = read(&[("", text)], &[]);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        let names: usize = gathering
            .account
            .groups
            .iter()
            .map(|it| it.name.len())
            .sum();
        assert!(names < 100_000, "{names}");
    }
}
