#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
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

/// Resources with an argument that may be 0: what each has beside it.
const TRACKING: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "TargetTrackingScaling",
    "target_tracking_configuration": [{ "target_value": 40, "predefined_metric_specification": [{ "predefined_metric_type": "ASGAverageCPUUtilization" }] }]"#;
const SIMPLE: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "SimpleScaling", "adjustment_type": "ChangeInCapacity", "scaling_adjustment": 1"#;
const STEPS: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "StepScaling", "adjustment_type": "PercentChangeInCapacity",
    "step_adjustment": [{ "metric_interval_lower_bound": "0", "scaling_adjustment": 10 }]"#;
const PREDICTIVE: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "PredictiveScaling", "predictive_scaling_configuration": [{
    "metric_specification": [{ "target_value": 40, "predefined_metric_pair_specification": [{ "predefined_metric_type": "ASGCPUUtilization" }] }] }]"#;
const OF_TARGET: &str = r#""name": "p", "service_namespace": "sagemaker", "resource_id": "endpoint/e/variant/v", "scalable_dimension":
    "sagemaker:variant:DesiredInstanceCount""#;

/// Writes members as a file of Terraform's has them: objects in a list are blocks.
fn as_file(members: &serde_json::Map<String, serde_json::Value>) -> String {
    let member = |(name, value): (&String, &serde_json::Value)| match value.as_array() {
        Some(blocks) if blocks.iter().all(serde_json::Value::is_object) => {
            let block = |it: &serde_json::Value| {
                format!("{name} {{\n{}}}\n", as_file(it.as_object().unwrap()))
            };
            blocks.iter().map(block).collect()
        }
        _ => format!("{name} = {value}\n"),
    };
    members.iter().map(member).collect()
}

/// Reads a resource of a file, or of a state, in which an argument holds this; `None`: it is not there.
fn argument(
    kind: &str,
    beside: &str,
    path: &[&str],
    value: Option<&str>,
    is_state: bool,
) -> (Option<f64>, Vec<String>) {
    let mut resource: serde_json::Value = serde_json::from_str(&format!("{{ {beside} }}")).unwrap();
    let mut block = &mut resource;
    let (name, blocks) = path.split_last().unwrap();
    for name in blocks {
        let blocks = block
            .as_object_mut()
            .unwrap()
            .entry(*name)
            .or_insert(serde_json::json!([{}]));
        block = &mut blocks[0];
    }
    if let Some(value) = value {
        block[*name] = serde_json::from_str(value).unwrap();
    }
    let text = if is_state {
        serde_json::json!({ "version": 4, "terraform_version": "1.13.4", "lineage": "a", "serial": 1, "resources": [
            { "mode": "managed", "type": kind, "name": "r", "instances": [{ "attributes": resource }] }
        ] })
        .to_string()
    } else {
        format!(
            "resource \"{kind}\" \"r\" {{\n{}}}\n",
            as_file(resource.as_object().unwrap())
        )
    };
    let gathering = read(&[("", &text)], &[]);
    let found = gathering.findings.iter().map(|it| {
        let kind = format!("{:?}", it.kind);
        kind.split([' ', '(']).next().unwrap().to_owned()
    });
    (number(&gathering, name), found.collect())
}

/// Returns what a document says of an argument; `None`: nothing.
fn number(gathering: &Gathering, name: &str) -> Option<f64> {
    let account = &gathering.account;
    let group = account.groups.first();
    let said = |name| {
        group
            .filter(|it| it.said.contains(&name))
            .map(|it| &it.settings)
    };
    let pool = group.and_then(|it| it.settings.warm_pool.as_ref());
    let policy = account.policies.first().map(|it| &it.policy);
    let tracking = policy.and_then(|it| it.target_tracking.as_ref());
    let steps = policy.and_then(|it| it.step_scaling.as_ref());
    let simple = policy.and_then(|it| it.simple_scaling.as_ref());
    let predictive = policy.and_then(|it| it.predictive_scaling.as_ref());
    let alarm = account.alarms.first().map(|it| &it.alarm);
    let action = account.actions.first().map(|it| &it.action);
    let configs = account.endpoint_configs.first();
    let managed = configs.and_then(|it| it.variants.first()?.managed.as_ref());
    let whole = match name {
        "default_cooldown" => said("DefaultCooldown").map(|it| it.default_cooldown),
        "default_instance_warmup" => {
            said("DefaultInstanceWarmup").and_then(|it| it.default_instance_warmup)
        }
        "health_check_grace_period" => {
            said("HealthCheckGracePeriod").map(|it| it.health_check_grace_period)
        }
        "max_group_prepared_capacity" => pool?.max_group_prepared_capacity,
        "min_size" if pool.is_some() => pool.map(|it| it.min_size),
        "min_size" => action?.action.min_capacity,
        "estimated_instance_warmup" => policy?.estimated_instance_warmup,
        "cooldown" => match simple {
            Some(simple) => simple.cooldown,
            None => steps.map(|it| it.cooldown),
        },
        "min_adjustment_magnitude" => steps?.min_adjustment_magnitude,
        "scale_in_cooldown" => tracking.map(|it| it.scale_in_cooldown),
        "max_capacity_buffer" => predictive?.max_capacity_buffer,
        "scheduling_buffer_time" => predictive.map(|it| it.scheduling_buffer_time),
        "threshold" => return alarm?.threshold,
        "datapoints_to_alarm" => alarm?.datapoints_to_alarm,
        "min_instance_count" => managed.map(|it| it.min_instances),
        "max_instance_count" => managed?.max_instances,
        other => panic!("{other}"),
    };
    whole.map(f64::from)
}

#[test]
fn what_is_unset_or_zero_is_what_the_provider_sends() {
    let group = r#""name": "g", "min_size": 1, "max_size": 2"#;
    let pooled = &format!(r#"{group}, "warm_pool": [{{ "pool_state": "Stopped" }}]"#);
    let action = r#""scheduled_action_name": "a", "autoscaling_group_name": "g", "max_size": 2, "desired_capacity": -1, "recurrence": "0 8 * * *""#;
    let alarm = r#""alarm_name": "a", "metric_name": "CPUUtilization", "namespace": "AWS/EC2", "statistic": "Average", "period": 60,
        "evaluation_periods": 1, "comparison_operator": "GreaterThanThreshold""#;
    let busy = &format!(r#"{alarm}, "threshold": 70"#);
    let anomaly = &format!(r#"{alarm}, "threshold_metric_id": "ad1""#);
    let tracking = &format!(
        r#"{OF_TARGET}, "policy_type": "TargetTrackingScaling", "target_tracking_scaling_policy_configuration": [{{ "target_value": 40, "scale_out_cooldown": 60,
        "predefined_metric_specification": [{{ "predefined_metric_type": "SageMakerVariantInvocationsPerInstance" }}] }}]"#
    );
    let steps = &format!(
        r#"{OF_TARGET}, "policy_type": "StepScaling", "step_scaling_policy_configuration": [{{ "adjustment_type": "ChangeInCapacity", "cooldown": 60,
        "step_adjustment": [{{ "metric_interval_lower_bound": "0", "scaling_adjustment": 1 }}] }}]"#
    );
    let cooling = &steps.replace(r#", "cooldown": 60"#, "");
    let variant = r#""name": "c", "production_variants": [{ "variant_name": "v", "instance_type": "ml.m5.large", "managed_instance_scaling": [{ "status": "ENABLED" }] }]"#;
    let of_target = "target_tracking_scaling_policy_configuration";
    let of_steps = "step_scaling_policy_configuration";
    let of_predictive = "predictive_scaling_configuration";
    let (zero, unset) = (Some(0.0), None);
    // Of each what a file comes to that does not say it, one that says 0, and a state that does; and what is found in files.
    for (kind, beside, path, [missing, zero_in_file, zero_in_state], findings) in [
        (
            "aws_autoscaling_group",
            group,
            &["default_cooldown"][..],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            group,
            &["default_instance_warmup"],
            [unset, unset, unset],
            ["", "ZeroIsNotSent"],
        ),
        (
            "aws_autoscaling_group",
            group,
            &["health_check_grace_period"],
            [Some(300.0), zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "min_size"],
            [zero, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "max_group_prepared_capacity"],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            TRACKING,
            &["estimated_instance_warmup"],
            [unset, zero, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            SIMPLE,
            &["cooldown"],
            [unset, zero, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            STEPS,
            &["min_adjustment_magnitude"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            PREDICTIVE,
            &[of_predictive, "max_capacity_buffer"],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            PREDICTIVE,
            &[of_predictive, "scheduling_buffer_time"],
            [Some(300.0), zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_schedule",
            action,
            &["min_size"],
            [zero, zero, zero],
            ["UnsetSizeIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            tracking,
            &[of_target, "scale_in_cooldown"],
            [zero, zero, zero],
            ["UnsetCooldownIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            cooling,
            &[of_steps, "cooldown"],
            [zero, zero, zero],
            ["UnsetCooldownIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            steps,
            &[of_steps, "min_adjustment_magnitude"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_cloudwatch_metric_alarm",
            alarm,
            &["threshold"],
            [zero, zero, zero],
            ["UnsetIsZero", ""],
        ),
        (
            "aws_cloudwatch_metric_alarm",
            busy,
            &["datapoints_to_alarm"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_sagemaker_endpoint_configuration",
            variant,
            &[
                "production_variants",
                "managed_instance_scaling",
                "min_instance_count",
            ],
            [zero, zero, zero],
            ["UnsetIsZero", ""],
        ),
        (
            "aws_sagemaker_endpoint_configuration",
            variant,
            &[
                "production_variants",
                "managed_instance_scaling",
                "max_instance_count",
            ],
            [unset, unset, unset],
            ["UnsetIsZero", "UnsetIsZero"],
        ),
    ] {
        let check = |value: Option<&str>, is_state: bool, expected: Option<f64>, finding: &str| {
            let (number, found) = argument(kind, beside, path, value, is_state);
            let what = format!("{kind} {path:?} {value:?} {is_state}");
            assert_eq!(number, expected, "{what}");
            assert_eq!(found.join(" "), finding, "{what}");
        };
        check(None, false, missing, findings[0]);
        check(Some("0"), false, zero_in_file, findings[1]);
        // What the provider keeps as a text is one in a state.
        let is_text = path.first() == Some(&of_predictive);
        check(
            Some(if is_text { "\"0\"" } else { "0" }),
            true,
            zero_in_state,
            "",
        );
        check(
            Some("7"),
            false,
            Some(7.0),
            if findings[0] == findings[1] {
                findings[0]
            } else {
                ""
            },
        );
        if is_text {
            check(Some("\"\""), true, missing, "");
            check(Some("null"), true, missing, "");
        }
    }
    // −1 leaves a size alone, and is a pool without a bound; an alarm with another threshold has none of 0.
    for (kind, beside, path) in [
        ("aws_autoscaling_schedule", action, &["min_size"][..]),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "max_group_prepared_capacity"],
        ),
    ] {
        for is_state in [false, true] {
            let said = argument(kind, beside, path, Some("-1"), is_state);
            assert_eq!(said, (None, Vec::new()), "{path:?} {is_state}");
        }
    }
    let (threshold, _) = argument(
        "aws_cloudwatch_metric_alarm",
        anomaly,
        &["threshold"],
        None,
        false,
    );
    assert_eq!(threshold, None);
}

/// Reads a number of a policy, as an expression, in files with what is given.
fn value_of(expression: &str, params: &[(&str, &str)]) -> Result<f64, String> {
    let text = format!(
        "{HEAD}\nresource \"aws_autoscaling_policy\" \"p\" {{\n  name = \"p\"\n  policy_type = \"TargetTrackingScaling\"\n  \
         target_tracking_configuration {{\n    predefined_metric_specification {{\n      predefined_metric_type = \
         \"ASGAverageCPUUtilization\"\n    }}\n    target_value = {expression}\n  }}\n}}\n"
    );
    let gathering = read(&[("", &text)], params);
    let Some(policy) = gathering.account.policies.first() else {
        return Err(said(&gathering.findings).join("; "));
    };
    let value = policy.policy.target_tracking.as_ref().unwrap().target_value;
    let mut findings = gathering.findings.iter();
    value.ok_or_else(|| {
        match findings
            .find(|it| it.path.ends_with("target_value"))
            .map(|it| &it.kind)
        {
            Some(FindingKind::Open { expression, lacks }) => format!("{expression} {lacks}"),
            kind => format!("{kind:?}"),
        }
    })
}

const HEAD: &str = r#"
variable "two" { default = 2 }
variable "map" { default = { a = { b = 60 }, "c d" = [1, 2] } }
variable "unknown" {}
variable "null" { default = null }
locals {
  four  = var.two * 2
  loop  = local.other
  other = local.loop + 1
  big   = 1e308 * 10
}
resource "aws_autoscaling_group" "g" {
  min_size = 3
  max_size = aws_autoscaling_group.g.max_size
}
"#;

#[test]
fn expressions_are_worked_out() {
    for (expression, value) in [
        ("50", Ok(50.0)),
        ("\"50\"", Ok(50.0)),
        ("var.two", Ok(2.0)),
        ("\"${var.two}\"", Ok(2.0)),
        ("\"${var.two}0\"", Ok(20.0)),
        ("local.four", Ok(4.0)),
        ("(local.four + 1) * -2 + 20", Ok(10.0)),
        ("7 % 4 - 6 / 3", Ok(1.0)),
        ("var.map.a.b", Ok(60.0)),
        ("var.map[\"c d\"][1]", Ok(2.0)),
        ("[5, 6, 7][var.two]", Ok(7.0)),
        ("{ x = 1 }.x", Ok(1.0)),
        ("var.two > 1 && !false ? 1 : 2", Ok(1.0)),
        ("var.two == \"2\" ? 1 : 2", Ok(1.0)),
        ("max(1, local.four, 3)", Ok(4.0)),
        ("ceil(2.1) + floor(2.9) + abs(-1)", Ok(6.0)),
        ("tonumber(join(\"\", [1, 2]))", Ok(12.0)),
        ("lookup(var.map.a, \"z\", 9)", Ok(9.0)),
        ("coalesce(var.two, 3)", Ok(2.0)),
        ("length(var.map[\"c d\"])", Ok(2.0)),
        ("aws_autoscaling_group.g.min_size", Ok(3.0)),
        ("<<-EOT\n  12\n  EOT\n", Ok(12.0)),
        ("var.unknown", Err("${var.unknown} unknown")),
        ("var.null", Err("${var.null} null")),
        ("var.nowhere", Err("${var.nowhere} nowhere")),
        ("var.unknown + 1", Err("${var.unknown + 1} unknown")),
        (
            "\"${var.two}${var.unknown}\"",
            Err("2${var.unknown} unknown"),
        ),
        ("local.loop", Err("${local.loop + 1} ")),
        ("local.nowhere", Err("${local.nowhere} ")),
        ("local.big", Err("${1e308 * 10} ")),
        (
            "aws_autoscaling_group.g.max_size",
            Err("${aws_autoscaling_group.g.max_size} "),
        ),
        (
            "aws_autoscaling_group.g.arn",
            Err("${aws_autoscaling_group.g.arn} aws_autoscaling_group.g.arn"),
        ),
        ("data.x.y.z", Err("${data.x.y.z} data.x.y.z")),
        ("module.x.target", Err("${module.x.target} module.x.target")),
        (
            "jsondecode(file(\"x\")).y",
            Err("${jsondecode(file(\"x\")).y} "),
        ),
        ("[for x in [1]: x][0]", Err("${[for x in [1]: x][0]} ")),
        (
            "\"%{ if true }1%{ endif }\"",
            Err("${\"%{ if true }1%{ endif }\"} "),
        ),
        (
            "\"$${var.two}\"",
            Err("Some(Wrong { found: \"${var.two}\", expected: Number })"),
        ),
        ("each.value", Err("${each.value} ")),
        ("1 / 0", Err("${1 / 0} ")),
    ] {
        assert_eq!(
            value_of(expression, &[]),
            value.map_err(str::to_owned),
            "{expression}"
        );
    }
    // Whatever lacks can be given by its name.
    for (expression, name) in [
        ("var.unknown", "unknown"),
        ("data.x.y.z", "data.x.y.z"),
        ("module.x.target", "module.x.target"),
        ("aws_autoscaling_group.g.arn", "aws_autoscaling_group.g.arn"),
    ] {
        assert_eq!(
            value_of(expression, &[(name, "7")]),
            Ok(7.0),
            "{expression}"
        );
    }
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
            Err(r#"16 var.x Wrong { found: "5", expected: List }"#),
        ),
        (
            "type = list(number)",
            "a,b",
            "var.x[0]",
            Err(r#"16 var.x Wrong { found: "a,b", expected: List }"#),
        ),
        (
            "type = map(number)",
            "[5]",
            "var.x.a",
            Err(r#"16 var.x Wrong { found: "[5]", expected: Object }"#),
        ),
        (
            "type = list(number)",
            "[var.two]",
            "var.x[0]",
            Err(r#"16 var.x Wrong { found: "[var.two]", expected: List }"#),
        ),
    ] {
        let text = format!(
            "{HEAD}variable \"x\" {{\n  {declared}\n}}\nresource \"aws_autoscaling_group\" \"of\" {{\n  name = \"of\"\n  max_size = {expression}\n}}\n"
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
    let listed = value_of("data.x.y.ids[1]", &[("data.x.y.ids", "[6, 7]")]);
    assert_eq!(listed, Err("${data.x.y.ids[1]} data.x.y.ids[1]".to_owned()));
    let deep = "[".repeat(90_000);
    let huge = format!("[{}]", "1,".repeat(90_000));
    for given in [&deep, &huge] {
        let text = format!(
            "{HEAD}variable \"x\" {{\n  type = any\n}}\nlocals {{\n  {}\n}}\n",
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
