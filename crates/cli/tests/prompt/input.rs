//! What is taken as a scenario, and what is said where nothing can be.

use crate::{json, run, text};

#[test]
fn every_kind_of_input_is_taken() {
    let json_text = "{\"headroom\": 1}";
    let known = include_str!("../../../bench/tests/fingerprints.txt").lines();
    let mut known = known.filter_map(|line| line.strip_suffix(" finals_game"));
    let expected = known.next().unwrap();
    for (scenario, input) in [
        ("finals_game", ""),
        ("scenarios/finals_game.json", ""),
        ("https://example.org/h/#1.X94A", ""),
        ("#embed.1.X94A", ""),
        ("1.X94A", ""),
        ("-", json_text),
        ("-", "\u{feff}{}"),
        ("-", "https://example.org/h/#1.X94A\n"),
        ("-", "finals_game\n"),
    ] {
        let result = json(
            &["simulate", scenario, "--json", "--include", "summary"],
            input,
        );
        let fingerprint = &result["summary"]["fingerprint"];
        assert_eq!(fingerprint, expected, "{scenario} {input}");
    }
}

#[test]
fn what_cannot_be_done_is_said_with_a_status() {
    for (args, input, status, says) in [
        (
            &["simulate", "nothing"][..],
            "",
            2,
            "There is no file “nothing”",
        ),
        (&["simulate", "scenarios"], "", 2, "cannot be read"),
        (&["simulate"], "", 2, "<SCENARIO>"),
        (
            &["simulate", "--ndjson", "nothing"],
            "",
            2,
            "There is no file",
        ),
        (
            &["simulate", "-"],
            "{\"hours\": 0}",
            1,
            "hours: Too small: at least 1.",
        ),
        (&["simulate", "-"], "{\"hours\": }", 1, "Line 1, column"),
        (&["simulate", "-"], "", 1, "The file ends too early"),
        (&["simulate", "-"], "\u{1}", 1, "This is not JSON"),
        (
            &["simulate", "finals_game", "--set", "hour=1"],
            "",
            2,
            "There is no field “hour”",
        ),
        (
            &["simulate", "finals_game", "--sweep", "hour=1..2"],
            "",
            2,
            "There is no field “hour”",
        ),
        (
            &["simulate", "finals_game", "--sweep", "a.b=1..2"],
            "",
            2,
            "There is no field “a”",
        ),
        (
            &[
                "simulate",
                "finals_game",
                "--sweep",
                "hours=1..9999",
                "--sweep",
                "seed=1..9",
            ],
            "",
            2,
            "10000 points",
        ),
        (
            &["simulate", "finals_game", "--include", "series"],
            "",
            2,
            "Add --json",
        ),
        (
            &["simulate", "finals_game", "--json", "--csv"],
            "",
            2,
            "cannot be used with",
        ),
        (&["check", "-"], "{\"hours\": 0}", 1, ""),
        (&["link", "decode", "1.X94"], "", 1, "This link is damaged"),
        (
            &["catalog", "--search", "abacus"],
            "",
            1,
            "No type matches “abacus”",
        ),
    ] {
        let output = run(args, input.as_bytes());
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {stderr}");
        assert!(stderr.contains(says), "{args:?}: {stderr}");
        assert_eq!(stderr.is_empty(), says.is_empty(), "{args:?}: {stderr}");
    }
    let not_text = run(&["simulate", "-"], b"\xff{}");
    assert_eq!(not_text.status.code(), Some(1));
    assert!(text(&not_text.stderr).contains("Save it as UTF-8"));
}
