//! A terminal acts on nothing that a scenario holds, whatever is printed of it and in which form.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{run, text};

/// What terminals act on: a colour, a bell, a title, a line feed, C1, text turned round.
const HOSTILE: &str =
    "\u{1b}[31m\u{7}\u{1b}]0;x\u{7}\nno\r\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}\u{2028}";

fn acts(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Scenarios with hostile texts in every field that holds one: one that runs, and others that are refused, each otherwise.
fn scenarios() -> Vec<Value> {
    vec![
        json!({
            "name": format!("a{HOSTILE}b"),
            "policies": [{ "PolicyName": format!("p{HOSTILE}") }],
            "demand": [
                { "name": format!("l{HOSTILE}"), "shape": { "steady": { "rps": 40 } } },
                { "name": format!("e{HOSTILE}"), "shape": { "event": {
                    "at": "2026-11-28T12:00", "rps": 300, "ramp_up_min": 5, "hold_min": 30, "decay_min": 5 } } }
            ],
            "scheduled_actions": [{ "ScheduledActionName": "noon", "Schedule": "cron(0 12 * * ? *)",
                "ScalableTargetAction": { "MinCapacity": 4 } }]
        }),
        json!({ "time_zone": HOSTILE, "instance": { "type": HOSTILE } }),
        json!({ "scheduled_actions": [{ "ScheduledActionName": HOSTILE, "Schedule": HOSTILE, "Timezone": HOSTILE,
            "ScalableTargetAction": { "MinCapacity": 4 } }] }),
        json!({ "scheduled_actions": [{ "ScheduledActionName": "a", "Schedule": format!("cron({HOSTILE}x 9 * * ? *)"),
            "ScalableTargetAction": { "MinCapacity": 4 } }] }),
        json!({ "scheduled_actions": [{ "ScheduledActionName": "a", "Recurrence": format!("@{HOSTILE}"), "MinSize": 4 }] }),
        json!({ HOSTILE: 1 }),
        json!({ "load_test": { HOSTILE: 1 } }),
        json!({ "hours": HOSTILE }),
        json!({ "platform": HOSTILE }),
        json!({ "start": HOSTILE }),
    ]
}

#[test]
fn nothing_of_a_scenario_does_anything_to_a_terminal() {
    let setting = format!("name=s{HOSTILE}");
    let unfit = format!("hours={HOSTILE}");
    for scenario in scenarios() {
        let line = scenario.to_string();
        for args in [
            &["simulate", "-"][..],
            &["simulate", "-", "--lang", "ko"],
            &[
                "simulate",
                "-",
                "--json",
                "--include",
                "summary,activities,scenario",
            ],
            &[
                "simulate",
                "-",
                "--ndjson",
                "--include",
                "summary,activities",
            ],
            &["simulate", "-", "--ndjson", "--csv"],
            &["simulate", "-", "--sweep", "hours=24,48"],
            &["simulate", "-", "--sweep", "hours=24,48", "--json"],
            &["simulate", "-", "--set", &setting],
            &["simulate", "-", "--set", &unfit],
            &["check", "-"],
            &["check", "-", "--json"],
            &["size", "-"],
            &["size", "-", "--json"],
            &["link", "encode", "-"],
            &["link", "decode", "-"],
        ] {
            let output = run(args, line.as_bytes());
            for printed in [text(&output.stdout), text(&output.stderr)] {
                let bad = printed.find(acts).map(|at| &printed[at..]);
                assert_eq!(bad, None, "{args:?} {line}");
            }
            // What was refused was told; a line of it is a line of the program's own.
            assert!(!output.stdout.is_empty() || !output.stderr.is_empty());
            for printed in [text(&output.stdout), text(&output.stderr)] {
                assert!(!printed.contains("\nno"), "{args:?} {printed}");
            }
        }
    }
    // The same text comes back from what is escaped.
    let output = run(
        &["link", "decode", "-"],
        scenarios()[0].to_string().as_bytes(),
    );
    let written: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(written["name"], format!("a{HOSTILE}b"));
}

/// Files that are far too much of one thing: refused in a sentence, in no time.
#[test]
fn hostile_files_are_refused_in_a_sentence_and_at_once() {
    let many = |entry: &str, count: usize| vec![entry; count].join(",");
    let cases = [
        (
            format!("{{\"demand\":[{}]}}", many("{}", 100_000)),
            "“demand” has more entries",
        ),
        (
            format!("{{\"policies\":[{}]}}", many("{}", 300_000)),
            "“policies” has more entries",
        ),
        (
            format!(
                "{{\"policies\":[{{\"StepAdjustments\":[{}]}}]}}",
                many("{}", 100_000)
            ),
            "“policies[0].StepAdjustments” has more entries",
        ),
        (
            format!("{{\"x\":[{}]}}", many("[]", 100_000)),
            "“x” has more entries",
        ),
        (
            format!("{{\"name\":\"{}\"}}", "a".repeat(10_000_000)),
            "“name” has more characters",
        ),
        (
            format!("{{{}}}", " ".repeat(20_000_000)),
            "larger than any scenario",
        ),
        (
            format!("{{\"x\":{}", "[".repeat(5_000_000)),
            "too deep in each other",
        ),
        (
            format!("{{\"x\":{}", "{\"x\":".repeat(1_000_000)),
            "too deep in each other",
        ),
        ("-".repeat(5_000_000), ""),
        ("\"".repeat(5_000_000), ""),
        ("{\"hours\":".repeat(1_000_000), "too deep in each other"),
    ];
    for (file, says) in cases {
        let begun = Instant::now();
        let output = run(&["check", "-"], file.as_bytes());
        let printed = [text(&output.stdout), text(&output.stderr)].concat();
        let start = &file[..20];
        assert_eq!(output.status.code(), Some(1), "{start}: {printed}");
        assert!(
            printed.contains(says) && printed.len() < 1000,
            "{start}: {printed}"
        );
        // A minute is ample, also for a machine that is busy: what is quadratic takes hours.
        assert!(begun.elapsed() < Duration::from_secs(60), "{start}");
    }
}
