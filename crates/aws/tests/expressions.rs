#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Expressions of CloudFormation's templates and Terraform's files: what each comes to, or what it lacks, which can then be given.

use std::collections::BTreeMap;

use aws::{
    FindingKind,
    import::{Document, gather},
};

/// A target value as an expression, what it comes to, and otherwise what is said: the expression, and what it lacks.
type Case = (&'static str, Result<f64, &'static str>);

/// Holds expressions to what they come to, each as the target value of a policy in a document that `written` makes; `given`: those
/// that come to something once what they lack is given by its name.
#[track_caller]
fn check(written: fn(&str) -> String, cases: &[Case], given: &[(&str, &str)]) {
    for (expression, value) in cases {
        let value = value.map_err(str::to_owned);
        assert_eq!(value_of(&written(expression), None), value, "{expression}");
    }
    for (expression, name) in given {
        let value = value_of(&written(expression), Some((name, "7")));
        assert_eq!(value, Ok(7.0), "{expression}");
    }
}

/// Returns the target value of a document's policy, or what is said of it.
fn value_of(text: &str, given: Option<(&str, &str)>) -> Result<f64, String> {
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let params: BTreeMap<String, String> = given.into_iter().collect();
    let gathering = gather(&[Document { name: "", text }], &params);
    let policy = gathering.account.policies.first().unwrap();
    let value = policy.policy.target_tracking.as_ref().unwrap().target_value;
    value.ok_or_else(|| {
        let is_it = |path: &str| {
            path.to_lowercase()
                .replace('_', "")
                .ends_with("targetvalue")
        };
        let finding = gathering.findings.iter().find(|it| is_it(&it.path));
        match &finding.unwrap().kind {
            FindingKind::Open { expression, lacks } => format!("{expression} {lacks}"),
            kind => format!("{kind:?}"),
        }
    })
}

fn template(expression: &str) -> String {
    format!(
        "{TEMPLATE}  P:\n    Type: AWS::AutoScaling::ScalingPolicy\n    Properties:\n      PolicyType: TargetTrackingScaling\n      \
         AutoScalingGroupName: g\n      TargetTrackingConfiguration:\n        PredefinedMetricSpecification: {{PredefinedMetricType: \
         ASGAverageCPUUtilization}}\n        TargetValue: {expression}\n"
    )
}

const TEMPLATE: &str = "
Parameters:
  Two: {Type: Number, Default: 2}
  List: {Type: CommaDelimitedList, Default: '5, 6,7'}
  Unknown: {Type: Number}
Mappings:
  Map: {two: {target: 60, text: 6}}
Conditions:
  Yes: !Equals [!Ref Two, '2']
  No: !Not [!Condition Yes]
  Open: !Equals [!Ref Unknown, 1]
  Either: !Or [!Condition Open, !Condition Yes]
  Loop: !Not [!Condition Loop]
Resources:
";

#[test]
fn functions_of_cloudformation_are_worked_out() {
    let cases = [
        ("50", Ok(50.0)),
        ("'50'", Ok(50.0)),
        ("!Ref Two", Ok(2.0)),
        ("{Ref: Two}", Ok(2.0)),
        ("!Sub '${Two}0'", Ok(20.0)),
        ("!Sub ['${a}${Two}', {a: !Ref Two}]", Ok(22.0)),
        ("!Join ['', [1, !Ref Two, 3]]", Ok(123.0)),
        ("!Join [1, !Ref List]", Ok(51617.0)),
        ("!Select [1, !Ref List]", Ok(6.0)),
        ("!Select [2, !Split ['-', '1-2-3']]", Ok(3.0)),
        ("!FindInMap [Map, two, target]", Ok(60.0)),
        (
            "!FindInMap [Map, three, target, {DefaultValue: 7}]",
            Ok(7.0),
        ),
        ("!If [Yes, 1, 2]", Ok(1.0)),
        ("!If [No, 1, 2]", Ok(2.0)),
        ("!If [Either, 1, 2]", Ok(1.0)),
        ("{'Fn::Length': !Ref List}", Ok(3.0)),
        ("!Ref Unknown", Err("${Unknown} Unknown")),
        ("!Sub '${Two}${Unknown}'", Err("2${Unknown} Unknown")),
        ("!If [Open, 1, 2]", Err("${Fn::If(Open, 1, 2)} Unknown")),
        ("!If [Loop, 1, 2]", Err("${Fn::If(Loop, 1, 2)} ")),
        ("!If [Nowhere, 1, 2]", Err("${Fn::If(Nowhere, 1, 2)} ")),
        (
            "!FindInMap [Map, three, target]",
            Err("${Fn::FindInMap(Map, three, target)} "),
        ),
        (
            "!FindInMap [Map, !Ref Unknown, target]",
            Err("${Map.${Unknown}.target} Unknown"),
        ),
        (
            "!Select [9, !Ref List]",
            Err("${Fn::Select(9, Ref(List))} "),
        ),
        ("!Ref AWS::Region", Err("${AWS::Region} AWS::Region")),
        ("!GetAtt Other.Value", Err("${Other.Value} Other.Value")),
        (
            "!ImportValue target",
            Err("${Fn::ImportValue(target)} target"),
        ),
        ("!Cidr [a, 2]", Err("${Fn::Cidr(a, 2)} ")),
        ("!Custom 3", Err("!Custom ")),
        (
            "'{{resolve:ssm:target:1}}'",
            Err("{{resolve:ssm:target:1}} ssm:target:1"),
        ),
        (
            "!Sub '${!Two}'",
            Err("Wrong { found: \"${Two}\", expected: Number }"),
        ),
        ("1e400", Err("Wrong { found: \"1e400\", expected: Number }")),
    ];
    let given = [
        ("!Ref Unknown", "Unknown"),
        ("!GetAtt Other.Value", "Other.Value"),
        ("!ImportValue target", "target"),
        ("!Ref AWS::Region", "AWS::Region"),
        ("'{{resolve:ssm:target:1}}'", "ssm:target:1"),
    ];
    check(template, &cases, &given);
}

fn file(expression: &str) -> String {
    format!(
        "{FILE}\nresource \"aws_autoscaling_policy\" \"p\" {{\n  name = \"p\"\n  policy_type = \"TargetTrackingScaling\"\n  \
         target_tracking_configuration {{\n    predefined_metric_specification {{\n      predefined_metric_type = \
         \"ASGAverageCPUUtilization\"\n    }}\n    target_value = {expression}\n  }}\n}}\n"
    )
}

const FILE: &str = r#"
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
fn expressions_of_terraform_are_worked_out() {
    let cases = [
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
            Err("Wrong { found: \"${var.two}\", expected: Number }"),
        ),
        ("each.value", Err("${each.value} ")),
        ("1 / 0", Err("${1 / 0} ")),
    ];
    let given = [
        ("var.unknown", "unknown"),
        ("data.x.y.z", "data.x.y.z"),
        ("module.x.target", "module.x.target"),
        ("aws_autoscaling_group.g.arn", "aws_autoscaling_group.g.arn"),
    ];
    check(file, &cases, &given);
}
