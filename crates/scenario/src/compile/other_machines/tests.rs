use crate::{
    compile::{ProblemKind, compile},
    document::Scenario,
    file,
};

fn scenario(rest: &str) -> Scenario {
    file::from_json(&format!(r#"{{"headroom": 2, {rest}}}"#)).unwrap()
}

#[test]
fn types_and_prices_are_checked_as_the_own_are() {
    const GROUP: &str = r#""platform": "ec2_auto_scaling_group", "instance": { "type": "c5.xlarge" }, "policies": []"#;
    let unknown = ProblemKind::UnknownInstanceType;
    for (rest, machine, expected) in [
        ("", r#""times": 2"#, None),
        ("", r#""type": "ml.g5.xlarge", "times": 6"#, None),
        (
            "",
            r#""type": "ml.zz9.xlarge""#,
            Some(("type", unknown.clone())),
        ),
        ("", r#""type": "ml.zz9.xlarge", "usd_per_hour": 2"#, None),
        (
            "",
            r#""type": "fast one", "usd_per_hour": 2"#,
            Some(("type", unknown)),
        ),
        (
            "",
            r#""times": 0"#,
            Some(("times", ProblemKind::TooSmall { min: 0.001 })),
        ),
        (GROUP, r#""type": "g5.xlarge""#, None),
        (
            GROUP,
            r#""type": "ml.g5.xlarge""#,
            Some((
                "type",
                ProblemKind::OtherInstanceType {
                    right: "g5.xlarge".to_owned(),
                },
            )),
        ),
        (
            GROUP,
            r#""type": "zz9.xlarge""#,
            Some(("usd_per_hour", ProblemKind::Missing)),
        ),
        (
            r#""platform": "sagemaker_serverless", "policies": []"#,
            r#""times": 2"#,
            Some(("", ProblemKind::NothingToCompare)),
        ),
    ] {
        let comma = if rest.is_empty() { "" } else { ", " };
        let scenario = scenario(&format!(
            r#"{rest}{comma}"other_machines": [{{ {machine} }}]"#
        ));
        let problems = compile(&scenario).err().unwrap_or_default();
        let found: Vec<_> = problems
            .into_iter()
            .map(|problem| (problem.field.path(&scenario), problem.kind))
            .collect();
        let expected: Vec<_> = expected
            .map(|(field, kind)| match field {
                "" => ("other_machines".to_owned(), kind),
                field => (format!("other_machines[0].{field}"), kind),
            })
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{rest} {machine}");
    }
}

#[test]
fn the_plan_is_the_same_with_them() {
    let with = scenario(r#""other_machines": [{ "type": "ml.g5.xlarge", "times": 6 }]"#);
    assert_eq!(
        compile(&with).unwrap().plan,
        compile(&Scenario::default()).unwrap().plan
    );
}
