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
fn a_document_may_be_in_utf_8_or_utf_16() {
    let session = "$ aws application-autoscaling describe-scalable-targets --service-namespace sagemaker\r\n{\"ScalableTargets\": [\r\n{\"ServiceNamespace\": \"sagemaker\", \"ResourceId\": \"endpoint/추천/variant/v🚀\",\r\n\"ScalableDimension\": \"sagemaker:variant:DesiredInstanceCount\", \"MinCapacity\": 3, \"MaxCapacity\": 4, \"New\": 1}]}\r\n";
    let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = session.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(units).collect()
    };
    let little = wide([0xFF, 0xFE], u16::to_le_bytes);
    let big = wide([0xFE, 0xFF], u16::to_be_bytes);
    for (case, bytes) in [
        ("UTF-8", session.as_bytes().to_vec()),
        ("its mark", format!("\u{feff}{session}").into_bytes()),
        ("line feeds", session.replace('\r', "").into_bytes()),
        ("UTF-16, little end first", little.clone()),
        ("UTF-16, big end first", big),
    ] {
        let done = run(&["import", "-"], &bytes);
        assert!(done.status.success(), "{case}: {}", text(&done.stderr));
        assert_eq!(
            text(&done.stderr),
            "headroom: standard input (line 4, column 100): ScalableTargets[0].New: Not used: it is not simulated.\n",
            "{case}"
        );
        let scenario: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(scenario["scalable_target"]["MinCapacity"], 3, "{case}");
    }
    let cut = little.get(..little.len() - 1).unwrap();
    for (bytes, says) in [
        (cut, "Standard input: This is UTF-16 with half a character"),
        (
            b"\xfe\xff\xd8\x3d\x00a".as_slice(),
            "Standard input: This is UTF-16 with half a character",
        ),
        (
            b"{\"ScalingPolicies\": [\"caf\xe9\"]}",
            "Standard input: This is neither UTF-8 nor UTF-16. Save it as UTF-8.",
        ),
        (
            b"PK\x03\x04",
            "Standard input: This is not text, but a spreadsheet",
        ),
    ] {
        let refused = run(&["import", "-"], bytes);
        assert_eq!(refused.status.code(), Some(1), "{says}");
        assert!(refused.stdout.is_empty(), "{says}");
        let said = text(&refused.stderr);
        assert!(said.contains(says), "{says}: {said}");
    }
    // A scenario that PowerShell wrote is one, too.
    let units = "{\"availability_zones\": 2}".encode_utf16();
    let scenario: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(units.flat_map(u16::to_le_bytes))
        .collect();
    assert!(run(&["check", "-"], &scenario).status.success());
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
