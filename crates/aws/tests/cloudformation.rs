#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! CloudFormation's templates: what they come to, what stays open, and what is hostile.

use std::{collections::BTreeMap, time::Instant};

use aws::{
    Finding, FindingKind,
    import::{Document, Gathering, gather},
};
use scenario::document::Scenario;

const ENDPOINT: &str = include_str!("data/templates/endpoint.yaml");
const GROUP: &str = include_str!("data/templates/group.json");

fn read(text: &str, params: &[(&str, &str)]) -> Gathering {
    let documents = [Document { name: "", text }];
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

#[test]
fn lists_are_given_as_cloudformation_takes_them_or_in_json() {
    let wrong =
        |found: &str| format!("3 Parameters.L Wrong {{ found: \"{found}\", expected: Number }}");
    for (kind, given, expression, expected) in [
        ("CommaDelimitedList", "5, 6", "!Select [1, !Ref L]", Ok(6.0)),
        (
            "CommaDelimitedList",
            "[\"5\", 6]",
            "!Select [1, !Ref L]",
            Ok(6.0),
        ),
        ("List<Number>", "5,6,7", "!Select [2, !Ref L]", Ok(7.0)),
        ("List<Number>", "[5,6,7]", "!Select [2, !Ref L]", Ok(7.0)),
        (
            "List<AWS::EC2::Subnet::Id>",
            "a,b",
            "!Length {Ref: L}",
            Ok(2.0),
        ),
        (
            "AWS::SSM::Parameter::Value<CommaDelimitedList>",
            "5,6",
            "!Select [0, !Ref L]",
            Ok(5.0),
        ),
        (
            "AWS::SSM::Parameter::Value<List<String>>",
            "5,6",
            "!Select [0, !Ref L]",
            Ok(5.0),
        ),
        ("CommaDelimitedList", "5", "!Select [0, !Ref L]", Ok(5.0)),
        ("String", "[5]", "!Select [0, !Ref L]", Err(String::new())),
        ("Number", "7", "!Ref L", Ok(7.0)),
        ("Number", "seven", "!Ref L", Err(wrong("seven"))),
        (
            "List<Number>",
            "5,six",
            "!Select [0, !Ref L]",
            Err(wrong("six")),
        ),
    ] {
        let text = format!(
            "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  L: {{Type: '{kind}'}}\nResources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MaxSize: {expression}\n"
        );
        let gathering = read(&text, &[("L", given)]);
        let size = gathering.account.groups.first().and_then(|it| it.max_size);
        let found = said(&gathering.findings);
        let found = found.into_iter().find(|it| it.contains("Wrong"));
        let found = match size {
            Some(size) => Ok(f64::from(size)),
            None => Err(found.unwrap_or_default()),
        };
        assert_eq!(found, expected, "{kind} {given} {expression}");
    }
    // Each entry is one of those that are allowed.
    for (given, expected) in [("a,b", 0), ("a,d", 1), ("[\"a\"]", 0), ("", 1)] {
        let text = "Parameters:\n  L: {Type: CommaDelimitedList, AllowedValues: [a, b, c]}\nResources:\n  G: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {VPCZoneIdentifier: !Ref L}}\n";
        let gathering = read(text, &[("L", given)]);
        let wrong = gathering.findings.iter();
        let wrong = wrong.filter(|it| it.path == "Parameters.L").count();
        assert_eq!(wrong, expected, "{given}");
    }
}

#[test]
fn an_endpoint_comes_by_way_of_its_parameters() {
    let gathering = read(ENDPOINT, &[("Stage", "live")]);
    assert_eq!(said(&gathering.findings), ["74 Resources 2 AWS::IAM::Role"]);
    let subjects = gathering.account.subjects();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    let imported = aws::scenario(&gathering.account, &subjects[0], &Scenario::default());
    assert_eq!(imported.findings, []);
    let scenario = imported.scenario;
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
    assert_eq!(names, ["keep-600", "rush"]);
    let tracking = scenario
        .policies
        .iter()
        .next()
        .unwrap()
        .target_tracking
        .clone()
        .unwrap();
    assert_eq!(tracking.target_value, Some(600.0));
    assert_eq!(
        (tracking.scale_in_cooldown, tracking.scale_out_cooldown),
        (600, 300)
    );
    let alarm = scenario.policies.get(1).unwrap().alarm.clone().unwrap();
    assert_eq!((alarm.threshold, alarm.evaluation_periods), (Some(85.0), 3));
    let action = scenario.scheduled_actions.iter().next().unwrap();
    assert_eq!(action.time_zone.as_deref(), Some("Asia/Seoul"));
    assert_eq!(
        action.start_time.unwrap().to_string(),
        "2026-11-01T00:00:00Z"
    );

    // Without the stage nothing is guessed: what depends on it is open, and says by what.
    let open = said(&read(ENDPOINT, &[]).findings);
    assert_eq!(
        open,
        [
            "22 Resources.Target.Properties.MinCapacity open Stage",
            "38 Resources.Keep.Properties.TargetTrackingScalingPolicyConfiguration.TargetValue open Stage",
            "42 Resources.Keep.Properties.TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown open Stage",
            "41 Resources.Keep.Properties.TargetTrackingScalingPolicyConfiguration.ScaleInCooldown open Stage",
            "45 Resources.Rush.Condition open Stage",
            "60 Resources.RushAlarm.Condition open Stage",
            "74 Resources 2 AWS::IAM::Role",
        ]
    );
}

#[test]
fn a_value_that_the_template_does_not_list_is_told() {
    let found = said(&read(ENDPOINT, &[("Stage", "prod")]).findings);
    let listed =
        r#"4 Parameters.Stage Wrong { found: "prod", expected: Listed(["test", "live"]) }"#;
    assert_eq!(
        found.iter().filter(|it| **it == listed).count(),
        1,
        "{found:?}"
    );
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_change_nothing() {
    for text in [ENDPOINT, GROUP] {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(text, &[]), read(&windows, &[]));
    }
}

#[test]
fn what_is_broken_is_told_with_its_line() {
    let large = format!("Resources:\n{}", " ".repeat(64 << 20));
    for (text, finding) in [
        (
            "Resources: &a {A: {Type: 'AWS::X::Y'}}\nB: *a\n",
            "1  Anchor",
        ),
        ("Resources:\n  A: {}\n  A: {}\n", "3 A RepeatedName"),
        (
            "Resources:\n  A: {Type: 'AWS::X::Y'}\n  B: 3\n",
            "3 Resources.B.Type Missing",
        ),
        ("Resources:\n\tA: {}\nB: 1\n", "2  Syntax"),
        ("Resources:\n  A: {Type: x,\n", "3  Truncated"),
        (
            "{\"Resources\": {\"A\": {}, \"A\": {}}}",
            "1 A RepeatedName",
        ),
        (&*large, "0  TooLarge"),
    ] {
        let found = said(&read(text, &[]).findings).join("; ");
        let shown: String = text.chars().take(60).collect();
        assert!(found.starts_with(finding), "{shown}: {found}");
    }
}

#[test]
fn a_group_keeps_the_names_of_its_metadata() {
    let gathering = read(GROUP, &[("Size", "20"), ("Sice", "3")]);
    assert_eq!(
        said(&gathering.findings),
        [
            "2 Transform generated AWS::LanguageExtensions",
            "2 Transform generated AWS::Serverless-2016-10-31",
            "37  generated Fn::ForEach::Queues",
            "38  generated AWS::CloudFormation::Stack",
            "0  UnknownParameter { name: \"Sice\" }",
        ]
    );
    let subjects = gathering.account.subjects();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    let imported = aws::scenario(&gathering.account, &subjects[0], &Scenario::default());
    assert_eq!(imported.findings, []);
    let scenario = imported.scenario;
    let target = &scenario.scalable_target;
    assert_eq!(
        (target.min_capacity, target.max_capacity),
        (Some(2), Some(20))
    );
    assert_eq!(scenario.instance.instance_type, "c7g.xlarge");
    let group = &scenario.auto_scaling_group;
    assert_eq!(
        (group.default_cooldown, group.health_check_grace_period),
        (120, 200)
    );
    assert_eq!(group.warm_pool.as_ref().unwrap().min_size, 1);
    assert_eq!(
        scenario.policies.iter().next().unwrap().policy_name,
        "keep 50"
    );
    let action = scenario.scheduled_actions.iter().next().unwrap();
    assert_eq!(
        (&*action.name, action.action.min_capacity),
        ("Morning", Some(4))
    );
}

#[test]
fn what_grows_or_needs_itself_ends() {
    let mut parameters = String::from("Resources:\n");
    for index in 0..60 {
        let next = index + 1;
        parameters += &format!(
            "  A{index}:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: 1\n      MaxSize: 2\n      \
             AutoScalingGroupName: !Sub '${{A{next}}}${{A{next}}}'\n"
        );
    }
    let nested = |depth: usize| {
        let open = "{\"Fn::Join\": [\"x\", [\"a\", ".repeat(depth);
        format!(
            "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::AutoScaling::AutoScalingGroup\", \"Properties\": {{\"MaxSize\": {open}1{} }} }} }} }}",
            "]]}".repeat(depth)
        )
    };
    let loops = "Resources:\n  A:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {AutoScalingGroupName: !Ref B}\n  B:\n    \
                 Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {AutoScalingGroupName: !Sub '${A}-${B}'}\n";
    let mut conditions = String::from("Conditions:\n");
    for index in 0..5000 {
        conditions += &format!("  C{index}: !Not [!Condition C{}]\n", index + 1);
    }
    conditions += "Resources:\n  A: {Type: 'AWS::AutoScaling::AutoScalingGroup', Condition: C0}\n";
    let splits = format!(
        "Resources:\n  A:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MaxSize: !Join [{0}, !Split [a, {0}]]\n",
        "a".repeat(20_000)
    );
    for text in [&*parameters, &nested(20), loops, &conditions, &splits] {
        let start = Instant::now();
        let gathering = read(text, &[]);
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
        let names: usize = gathering
            .account
            .groups
            .iter()
            .map(|it| it.name.len())
            .sum();
        assert!(names < 100_000, "{names}");
    }
    assert_eq!(
        said(&read(&nested(1000), &[]).findings),
        ["1  TooDeep { most: 100 }"]
    );
}

#[test]
fn an_endpoint_and_its_configuration_find_each_other() {
    let gathering = read(include_str!("data/templates/model.yaml"), &[]);
    assert_eq!(
        said(&gathering.findings),
        ["27 Resources 1 AWS::SageMaker::Model"]
    );
    let account = gathering.account;
    let (endpoint, config) = (&account.endpoints[0], &account.endpoint_configs[0]);
    assert_eq!(endpoint.config.as_ref(), Some(&config.name));
    assert_eq!(
        config.variants[0].instance_type.as_deref(),
        Some("ml.m5.xlarge")
    );
    assert_eq!(config.asynchronous, Some(Some(4)));
    let subject = format!("{:?}", account.subjects()[0]);
    assert!(
        subject.contains(&format!("endpoint/{}/variant/AllTraffic", endpoint.name)),
        "{subject}"
    );
}
