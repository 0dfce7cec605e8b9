//! What is found in AWS's documents: each says what is wrong and what would be right, with its place.

use aws::{Difference, Expected, Finding, FindingKind, LearnedTime, Place, Subject};
use scenario::trace::TraceProblem;
use words::{Lang, Words};

fn text(text: &str) -> String {
    text.to_owned()
}

/// Every kind there is.
fn kinds() -> Vec<(FindingKind, &'static str)> {
    vec![
        (FindingKind::NotUsed, "Not used: it is not simulated."),
        (
            FindingKind::Wrong {
                found: text("ten"),
                expected: Expected::Whole,
            },
            "“ten” cannot stand here. Write a whole number from 0 on.",
        ),
        (
            FindingKind::Wrong {
                found: text("x"),
                expected: Expected::OneOf(vec!["ENABLED", "DISABLED"]),
            },
            "“x” cannot stand here. Write one of ENABLED, DISABLED.",
        ),
        (FindingKind::Missing, "Missing, and needed."),
        (
            FindingKind::Open {
                expression: text("Ref Most"),
                lacks: text("Most"),
            },
            "“Ref Most” depends on Most, which no document holds. Give its value.",
        ),
        (
            FindingKind::Open {
                expression: text("max(1, 2)"),
                lacks: String::new(),
            },
            "“max(1, 2)” cannot be worked out here. Write its value in its place.",
        ),
        (
            FindingKind::UnknownParameter { name: text("Mots") },
            "No document asks for “Mots”. Check its spelling.",
        ),
        (
            FindingKind::OtherResources {
                resource_type: text("AWS::IAM::Role"),
                count: 2,
            },
            "2 resources of type AWS::IAM::Role are not read.",
        ),
        (FindingKind::UnsetIsZero, "Not set, so Terraform sends 0."),
        (
            FindingKind::UnsetSizeIsZero,
            "Not set, so Terraform sends 0. Write -1 to leave the size as it is.",
        ),
        (
            FindingKind::ZeroIsNotSent,
            "Terraform does not send this 0, so AWS’s default applies.",
        ),
        (
            FindingKind::UnsetCooldownIsZero,
            "Not set, so Terraform sends 0, and AWS’s default of 300 s does not apply.",
        ),
        (
            FindingKind::MorePages {
                operation: text("autoscaling describe-policies"),
            },
            "One page of more. Add the rest: run “aws autoscaling describe-policies” without --max-items.",
        ),
        (
            FindingKind::UnknownMetric { name: text("Disk") },
            "The metric “Disk” is not simulated.",
        ),
        (FindingKind::MetricMath, "Metric math is not simulated."),
        (
            FindingKind::UnnamedMetric {
                id: text("m1"),
                label: text("requests"),
            },
            "Nothing says which metric “requests” is. Add the command with its --metric-data-queries, or give the metric for m1, such as Invocations.",
        ),
        (
            FindingKind::PolicyWithoutAlarm { policy: text("p") },
            "No alarm triggers the policy “p”, so it does nothing. If it has one, add what “aws cloudwatch describe-alarms” answers.",
        ),
        (
            FindingKind::SecondAlarm {
                alarm: text("a"),
                policy: text("p"),
            },
            "The policy “p” has an alarm already, so “a” is left out.",
        ),
        (
            FindingKind::ActionsDisabled { alarm: text("a") },
            "The alarm “a” has its actions disabled, so its policy does nothing.",
        ),
        (
            FindingKind::AlarmWithoutPolicy { alarm: text("a") },
            "The alarm “a” triggers a policy that no document holds, and is left out.",
        ),
        (
            FindingKind::PolicyDisabled { policy: text("p") },
            "The policy “p” is disabled, and is left out.",
        ),
        (
            FindingKind::UnknownPolicyType {
                policy_type: text("Magic"),
            },
            "Policies of type “Magic” are not simulated.",
        ),
        (
            FindingKind::OtherSubject {
                resource: text("service/a/b"),
            },
            "“service/a/b” is neither a SageMaker endpoint nor an EC2 Auto Scaling group, and is left out.",
        ),
        (
            FindingKind::NotChosen {
                subject: Subject::Group { name: text("web") },
            },
            "Auto Scaling group web scales, too, and was not chosen.",
        ),
        (
            FindingKind::OtherInstanceType {
                used: text("c5.large"),
                other: text("c6i.large"),
            },
            "Instances are of several types: c5.large is simulated, c6i.large is not.",
        ),
        (
            FindingKind::OutOfBounds { found: text("1e9") },
            "“1e9” is beyond what can be simulated.",
        ),
        (
            FindingKind::AwsError {
                code: text("AccessDeniedException"),
                operation: text("DescribePolicies"),
                command: text("aws x"),
            },
            "AWS denied DescribePolicies (AccessDeniedException). Once you may read it, run: aws x",
        ),
        (
            FindingKind::AwsError {
                code: text("Throttling"),
                operation: text("DescribePolicies"),
                command: text("aws x"),
            },
            "AWS answered Throttling to DescribePolicies. Run it again: aws x",
        ),
        (
            FindingKind::AwsError {
                code: text("InternalError"),
                operation: text("GetMetricData"),
                command: String::new(),
            },
            "AWS answered InternalError.",
        ),
        (
            FindingKind::OutputForm {
                form: "table",
                command: text("aws x"),
            },
            "--output table leaves out what matters. Run: aws x",
        ),
        (
            FindingKind::OutputForm {
                form: "query",
                command: text("aws x"),
            },
            "--query leaves out what matters. Run: aws x",
        ),
        (
            FindingKind::Unrecognised,
            "Not recognised: it is no answer of the AWS CLI, template, state or request.",
        ),
        (
            FindingKind::Syntax {
                language: "JSON",
                reason: text("key must be a string"),
            },
            "This is not JSON: key must be a string.",
        ),
        (FindingKind::Truncated, "It ends too early. Copy it whole."),
        (
            FindingKind::TooLarge { most: 32 << 20 },
            "It is larger than 32\u{a0}MB, too large to be read.",
        ),
        (
            FindingKind::TooDeep { most: 100 },
            "More than 100 levels within each other: too deep to be read.",
        ),
        (
            FindingKind::RepeatedName,
            "This name stands twice in one object. Leave one of the two.",
        ),
        (
            FindingKind::Anchor,
            "YAML's anchors and aliases are not read. Write the value in each place.",
        ),
        (
            FindingKind::Generated {
                what: text("count"),
            },
            "“count” would have to be run first. Bring what comes of it, such as the output of terraform show -json.",
        ),
        (
            FindingKind::DemandOf {
                metric: text("Invocations"),
                period_s: 300,
                datapoints: 1440,
                missing: 3,
                unusable: 1,
                is_unordered: true,
            },
            "Demand is made of Invocations: 1,440 datapoints, one every 5\u{a0}min. 3 are missing in between, and taken as no requests. 1 could not be used: it is of the same time as another, or off the steps. They came in another order.",
        ),
        (
            FindingKind::NoDemand {
                metric: text("Invocations"),
                problem: TraceProblem::TooFewRows { usable: 1 },
            },
            "No demand can be made of Invocations. ",
        ),
        (
            FindingKind::MetricNotUsed {
                metric: text("Invocation5XXErrors"),
            },
            "The metric “Invocation5XXErrors” is not used.",
        ),
        (
            FindingKind::PerInstanceOnly {
                metric: text("InvocationsPerInstance"),
            },
            "InvocationsPerInstance is per instance, and demand needs the number of instances, too. Add GroupInServiceInstances or scaling activities, or the sum of all requests.",
        ),
        (
            FindingKind::Learned {
                time: LearnedTime::Launch,
                from_s: 120.0,
                to_s: Some(300.0),
                activities: 8,
            },
            "A launch takes 2\u{a0}min to 5\u{a0}min, as 8 scaling activities say.",
        ),
        (
            FindingKind::Learned {
                time: LearnedTime::WarmPoolLaunch,
                from_s: 35.0,
                to_s: None,
                activities: 1,
            },
            "A launch from the warm pool takes 35\u{a0}s, as 1 scaling activity says.",
        ),
        (
            FindingKind::Learned {
                time: LearnedTime::Removal,
                from_s: 62.0,
                to_s: None,
                activities: 2,
            },
            "A removal takes 1\u{a0}min\u{a0}2\u{a0}s, as 2 scaling activities say.",
        ),
        (
            FindingKind::ConfigAssumed {
                config: text("c-1"),
            },
            "The configuration “c-1” is taken for the endpoint's, as it is the only one. To be sure, add what “aws sagemaker describe-endpoint” answers.",
        ),
        (
            FindingKind::AccountLeftOut,
            "The documents’ account numbers and ARNs were left out of names.",
        ),
        (
            FindingKind::AccountKept,
            "The scenario’s own texts hold what may be account numbers or ARNs. They stay, also in its link.",
        ),
    ]
}

#[test]
fn every_finding_is_said() {
    for (kind, expected) in kinds() {
        let said = Words::new(Lang::En).finding(&kind);
        if expected.ends_with(' ') {
            assert!(
                said.starts_with(expected) && said.len() > expected.len(),
                "{said}"
            );
        } else {
            assert_eq!(said, expected);
        }
        let korean = Words::new(Lang::Ko).finding(&kind);
        assert!(
            korean.contains(|it: char| ('가'..='힣').contains(&it)),
            "{korean}"
        );
        assert!(!korean.contains(['{', '}']), "{korean}");
    }
}

#[test]
fn a_finding_has_its_place_and_field() {
    let finding = |file, line, path: &str, kind| Finding {
        at: Place {
            file,
            line,
            column: 5,
        },
        path: path.to_owned(),
        kind,
    };
    let files = ["a.json", ""];
    let group = || Subject::Group { name: text("web") };
    for (finding, expected) in [
        (
            finding(0, 3, "ScalableTargets[0].Max", FindingKind::NotUsed),
            "a.json (line 3, column 5): ScalableTargets[0].Max: Not used: it is not simulated.",
        ),
        (
            finding(1, 3, "", FindingKind::MetricMath),
            "Line 3, column 5: Metric math is not simulated.",
        ),
        (
            finding(0, 0, "", FindingKind::Truncated),
            "a.json: It ends too early. Copy it whole.",
        ),
        (
            finding(0, 0, "", FindingKind::NotChosen { subject: group() }),
            "Auto Scaling group web scales, too, and was not chosen.",
        ),
        (
            finding(9, 0, "", FindingKind::Truncated),
            "It ends too early. Copy it whole.",
        ),
    ] {
        assert_eq!(Words::new(Lang::En).finding_at(&finding, &files), expected);
    }
}

#[test]
fn a_difference_says_both_sides() {
    let said = |before: &str, after: &str| {
        Words::new(Lang::En).difference(&Difference {
            path: text("scalable_target.MaxCapacity"),
            before: text(before),
            after: text(after),
        })
    };
    assert_eq!(
        said("12", "16"),
        "scalable_target.MaxCapacity: 16 in the document, 12 in the scenario of its link."
    );
    assert!(said("", "16").ends_with("16 in the document, nothing in the scenario of its link."));
    assert!(said("12", "").contains("nothing in the document, 12"));
}
