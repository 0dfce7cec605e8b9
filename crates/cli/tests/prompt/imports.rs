//! `headroom import`: what is chosen, what is said where, and how it ends.

use super::{ROOT, program, run, text};
use serde_json::Value;

const ANSWERS: &str = "crates/aws/tests/data/answers";

fn answer(name: &str) -> String {
    format!("{ANSWERS}/{name}.json")
}

#[test]
fn of_several_one_is_chosen() {
    let targets = answer("aas-describe-scalable-targets");
    let asked = run(&["import", &targets], b"");
    assert_eq!(asked.status.code(), Some(3));
    let listed: Vec<&str> = text(&asked.stdout).lines().collect();
    assert_eq!(
        listed,
        [
            "--target endpoint/recommender/variant/AllTraffic",
            "--target endpoint/recommender2/variant/AllTraffic"
        ]
    );
    // Its endpoint's name is enough.
    for name in ["endpoint/recommender2/variant/AllTraffic", "recommender2"] {
        let chosen = run(&["import", &targets, "--target", name], b"");
        assert!(chosen.status.success());
        let scenario: Value = serde_json::from_slice(&chosen.stdout).unwrap();
        assert_eq!(scenario["scalable_target"]["MinCapacity"], 2);
        assert_eq!(scenario["name"], "recommender2");
        assert!(text(&chosen.stderr).contains("was not chosen"));
    }
    let unknown = run(&["import", &targets, "--target", "nobody"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("recommender2"));
}

#[test]
fn what_could_not_be_used_is_said_and_the_rest_is_printed() {
    let broken = r#"{"ScalingPolicies": ["#;
    let groups = answer("asg-describe-auto-scaling-groups");
    let done = run(&["import", &groups, "-"], broken.as_bytes());
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).starts_with("headroom: standard input (line 1, column "));
    let scenario: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(scenario["platform"], "ec2_auto_scaling_group");

    let nothing = run(&["import", "-"], b"hello");
    assert_eq!(nothing.status.code(), Some(1));
    assert!(nothing.stdout.is_empty());
    // A terminal is shown what a document holds, and does not do it.
    let coloured = run(
        &["import", "-"],
        b"{\"Scalable\\u001b[31mTargets\": [], \"ScalableTargets\": []}",
    );
    assert!(!text(&coloured.stderr).contains('\u{1b}'));
}

#[test]
fn json_holds_all_of_it() {
    let session = format!(
        "$ aws autoscaling describe-policies --auto-scaling-group-name web\r\n{}",
        r#"{"ScalingPolicies": [], "NextToken": "x"}"#
    );
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(session.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let groups = answer("asg-describe-auto-scaling-groups");
    let done = run(
        &["import", &groups, "-", "--json", "--over", "finals_game"],
        &wide,
    );
    assert!(done.status.success(), "{}", text(&done.stderr));
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["target"], "web");
    assert_eq!(
        report["recognised"][1]["kind"],
        "autoscaling describe-policies"
    );
    assert_eq!(report["recognised"][1]["line"], 2);
    let field = &report["findings"][0]["field"];
    assert_eq!(
        (field.as_str(), &report["findings"][0]["line"]),
        (Some("NextToken"), &2.into())
    );
    assert!(report["scenario"]["demand"].is_array());
}

#[test]
fn commands_only_read_and_are_a_script() {
    for of in ["sagemaker", "group"] {
        let script = run(&["import", "--commands", of], b"");
        let script = text(&script.stdout);
        let checked = std::process::Command::new("sh")
            .args(["-n", "-c", script])
            .status();
        assert!(checked.unwrap().success(), "{script}");
        for line in script.lines().filter(|line| line.starts_with("aws ")) {
            let operation = line.split(' ').nth(2).unwrap();
            assert!(
                operation.starts_with("describe-") || operation.starts_with("get-"),
                "{line}"
            );
        }
        assert!(script.lines().count() > 8);
    }
    let default = run(&["import", "--commands"], b"");
    assert!(text(&default.stdout).contains("describe-endpoint-config"));
    assert!(
        program(&["import"])
            .current_dir(ROOT)
            .output()
            .unwrap()
            .status
            .code()
            == Some(2)
    );
}
