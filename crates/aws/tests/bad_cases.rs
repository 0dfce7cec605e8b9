//! What goes wrong with documents, and what is answered: a case a line, text in, finding out.

use aws::{
    FindingKind,
    import::{Document, Params, gather},
    read::{DEEPEST, MOST_BYTES},
};
use scenario::document::Scenario;

/// Returns the line and kind of everything that is found: while it is read, and while a scenario is made of the first that scales.
fn found(text: &str) -> Vec<(u32, FindingKind)> {
    let gathering = gather(&[Document { name: "", text }], &Params::default());
    let subjects = gathering.account.subjects();
    let imported = aws::scenario(&gathering.account, subjects.first(), &Scenario::default());
    let all = gathering.findings.into_iter().chain(imported.findings);
    all.map(|it| (it.at.line, it.kind)).collect()
}

const STEPS: &str = r#"{"ScalingPolicies": [
 {"PolicyName": "rush", "PolicyARN": "arn:p", "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/e/variant/v", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
  "PolicyType": "StepScaling", "StepScalingPolicyConfiguration": {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}]}}]}
"#;

fn alarm(name: &str, more: &str) -> String {
    format!(
        r#"{{"MetricAlarms": [{{"AlarmName": "{name}", "AlarmActions": ["arn:p"], "Namespace": "x", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold", {more}}}]}}"#
    )
}

#[test]
fn what_goes_wrong_is_answered() {
    let policy = || "rush".to_owned();
    let cpu = r#""MetricName": "CPUUtilization""#;
    let with = |alarm: &str| format!("{STEPS}{alarm}");
    let named = |name: &str| name.to_owned();
    for (case, text, expected) in [
        (
            "a step policy without alarm is told at the policy",
            STEPS.to_owned(),
            vec![(2, FindingKind::PolicyWithoutAlarm { policy: policy() })],
        ),
        (
            "an alarm that triggers it is found by its ARN",
            with(&alarm("high", cpu)),
            vec![],
        ),
        (
            "actions disabled",
            with(&alarm("high", &format!(r#"{cpu}, "ActionsEnabled": false"#))),
            vec![(4, FindingKind::ActionsDisabled { alarm: named("high") })],
        ),
        (
            "a metric that is not modelled is listed with its line, and the policy has no alarm then",
            with(&alarm("high", r#""MetricName": "DiskUtilization""#)),
            vec![
                (
                    4,
                    FindingKind::UnknownMetric {
                        name: named("DiskUtilization"),
                    },
                ),
                (2, FindingKind::PolicyWithoutAlarm { policy: policy() }),
            ],
        ),
        (
            "metric math",
            alarm("high", r#""Metrics": [{"Id": "a", "Expression": "b / c"}]"#),
            vec![(1, FindingKind::MetricMath)],
        ),
        (
            "one page of more",
            r#"{"ScalableTargets": [], "NextToken": "x"}"#.to_owned(),
            vec![(
                1,
                FindingKind::MorePages {
                    operation: named("application-autoscaling describe-scalable-targets"),
                },
            )],
        ),
        (
            "something else that scales",
            "{\"ScalableTargets\": [\n{\"ServiceNamespace\": \"ecs\", \"ResourceId\": \"service/a/b\", \"ScalableDimension\": \"ecs:service:DesiredCount\"}]}".to_owned(),
            vec![(
                2,
                FindingKind::OtherSubject {
                    resource: named("service/a/b ecs:service:DesiredCount"),
                },
            )],
        ),
        (
            "what --query leaves",
            "$ aws autoscaling describe-policies --query 'ScalingPolicies[0]'\n{\"Name\": \"x\"}".to_owned(),
            vec![(
                2,
                FindingKind::OutputForm {
                    form: "query",
                    command: named("aws autoscaling describe-policies --auto-scaling-group-name \"$GROUP\" --output json"),
                },
            )],
        ),
        ("a name twice", "{\"a\": 1,\n \"a\": 2}".to_owned(), vec![(2, FindingKind::RepeatedName)]),
        (
            "10,000 levels",
            "[".repeat(10_000) + &"]".repeat(10_000),
            vec![(1, FindingKind::TooDeep { most: DEEPEST })],
        ),
        ("broken off", "{\"ScalableTargets\": [".to_owned(), vec![(1, FindingKind::Truncated)]),
        ("nothing", String::new(), vec![(0, FindingKind::Unrecognised)]),
        (
            "64 MB",
            " ".repeat(64 << 20),
            vec![(0, FindingKind::TooLarge { most: MOST_BYTES })],
        ),
    ] {
        assert_eq!(found(&text), expected, "{case}");
        // A byte order mark and the line ends of Windows change nothing.
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(found(&windows), expected, "{case}");
    }
    assert!(matches!(
        &*found("{\"a\": 1e400}"),
        [(
            1,
            FindingKind::Syntax {
                language: "JSON",
                ..
            }
        )]
    ));
}
