#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What a terminal showed: answers one after another, errors, forms that are refused; each with its place in the whole text.

use aws::{
    FindingKind,
    import::{Document, Gathering, Params, gather},
};

fn gathered(text: &str) -> Gathering {
    gather(&[Document { name: "", text }], &Params::default())
}

/// A kind of document, with its line and column.
type Recognised = (&'static str, u32, u32);

/// What is recognised, and what is found, with its line.
fn told(text: &str) -> (Vec<Recognised>, Vec<(u32, String)>) {
    let gathering = gathered(text);
    let recognised = gathering.recognised.iter();
    let found = gathering.findings.iter().map(|it| {
        let kind = match &it.kind {
            FindingKind::AwsError {
                code,
                operation,
                command,
            } => format!("{code} {operation}: {command}"),
            FindingKind::OutputForm { form, command } => format!("{form}: {command}"),
            other => format!("{other:?}"),
        };
        (it.at.line, kind)
    });
    (
        recognised
            .map(|(id, at)| (*id, at.line, at.column))
            .collect(),
        found.collect(),
    )
}

const TARGETS: &str = "application-autoscaling describe-scalable-targets";
const POLICIES: &str = "application-autoscaling describe-scaling-policies";

#[test]
fn a_session_is_taken_apart() {
    let targets = include_str!("data/answers/aas-describe-scalable-targets.json");
    let policies = include_str!("data/answers/aas-describe-scaling-policies.json");
    let text = format!(
        "[ec2-user@ip-10-0-0-1 ~]$ aws application-autoscaling describe-scalable-targets \\\n  --service-namespace sagemaker\n{targets}\
         [INFO] 12:00:01 something {{else}}\n$ aws --profile prod application-autoscaling describe-scaling-policies --service-namespace=sagemaker | cat\n{policies}[ec2-user@ip-10-0-0-1 ~]$ exit\n"
    );
    let policies_line = targets.lines().count() as u32 + 5;
    let expected = vec![(TARGETS, 3, 1), (POLICIES, policies_line, 1)];
    let crlf = text.replace('\n', "\r\n");
    let glued = text.replace("\n[", "[");
    for text in [&text, &crlf, &format!("\u{feff}{crlf}")] {
        assert_eq!(told(text), (expected.clone(), vec![]));
    }
    let kinds = |text: &str| told(text).0.iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(kinds(&glued), [TARGETS, POLICIES]);
    assert_eq!(kinds(&format!("{policies}{targets}")), [POLICIES, TARGETS]);
    assert_eq!(gathered(&text).account.targets.len(), 2);
}

#[test]
fn what_is_no_json_is_refused_with_the_command_that_helps() {
    let targets_line = "aws application-autoscaling describe-scalable-targets --service-namespace sagemaker --output json";
    let actions_line = "aws application-autoscaling describe-scheduled-actions --service-namespace sagemaker --output json";
    for (text, line, expected) in [
        (
            include_str!("data/answers/aas-describe-scheduled-actions.iso.text"),
            1,
            format!("text: {actions_line}"),
        ),
        (
            include_str!("data/answers/aas-describe-scheduled-actions.iso.table"),
            2,
            format!("table: {actions_line}"),
        ),
        (
            "ScalableTargets:\n- MinCapacity: 1\n",
            1,
            format!("yaml: {targets_line}"),
        ),
        (
            "\n$ aws application-autoscaling describe-scalable-targets --output text\nSCALABLETARGETS\t1795979532.38\n$ ls\n",
            3,
            format!("text: {targets_line}"),
        ),
        (
            "$ aws sagemaker describe-endpoint --endpoint-name x --output text\n1795979527.585\tarn:aws:x\n",
            1,
            "text: aws sagemaker describe-endpoint --endpoint-name \"$ENDPOINT\" --output json".to_owned(),
        ),
        (
            "\nAn error occurred (AccessDeniedException) when calling the DescribeScalableTargets operation: User: arn:aws:iam::123456789012:user/x is not authorized\n",
            2,
            format!("AccessDeniedException DescribeScalableTargets: {targets_line}"),
        ),
        (
            "$ aws autoscaling describe-scheduled-actions\n\nAn error occurred (Throttling) when calling the DescribeScheduledActions operation: Rate exceeded",
            3,
            "Throttling DescribeScheduledActions: aws autoscaling describe-scheduled-actions --auto-scaling-group-name \"$GROUP\" --output json".to_owned(),
        ),
    ] {
        assert_eq!(told(text), (vec![], vec![(line, expected)]), "{text}");
    }
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_used() {
    let good = "{\"ScalableTargets\": []}";
    for (broken, line, kind) in [
        ("{\"ScalingPolicies\": [\n  {\"a\": 1", 5, "Syntax"),
        ("{\"ScalingPolicies\": [1 2]}", 3, "Syntax"),
        ("{\"a\": 1, \"a\": 2}", 3, "RepeatedName"),
        ("{\"a\": 1e400}", 3, "Syntax"),
    ] {
        let text = format!("{good}\n$ aws sagemaker x\n{broken}\n$ aws autoscaling y\n{good}\n");
        let (recognised, found) = told(&text);
        assert_eq!(recognised.len(), 2, "{text}: {found:?}");
        let [(at, found)] = &*found else {
            unreachable!("{found:?}");
        };
        assert!(found.starts_with(kind), "{text}: {found}");
        assert_eq!(*at, line, "{text}");
    }
    let (recognised, found) = told("{\"ScalableTargets\": [{\"MinCapacity\": 2");
    assert_eq!(
        (recognised.len(), found),
        (0, vec![(1, "Truncated".to_owned())])
    );
    for (text, kind) in [
        ("", "Unrecognised"),
        ("hello\n\nworld", "Unrecognised"),
        ("{a: 1}", "Syntax"),
    ] {
        let (_, found) = told(text);
        assert!(found[0].1.starts_with(kind), "{text}: {found:?}");
    }
}
