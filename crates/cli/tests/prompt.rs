//! The program from outside: what it prints, on which stream, with which exit status.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headroom"));
    command.args(args).current_dir(ROOT);
    command
}

/// Runs the program on an input.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = program(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    // One that does not read all of it is not wrong.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// What it prints, as JSON.
fn json(args: &[&str], input: &str) -> Value {
    let output = run(args, input.as_bytes());
    assert!(
        output.status.success(),
        "{args:?}: {}",
        text(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn runs_are_those_of_the_page() {
    let known = std::fs::read_to_string(format!("{ROOT}/crates/bench/tests/fingerprints.txt"));
    let known = known.unwrap();
    assert!(known.lines().count() > 10);
    for line in known.lines() {
        let (fingerprint, id) = line.split_once(' ').unwrap();
        let workload = format!("crates/bench/workloads/{id}.json");
        let is_workload = std::path::Path::new(ROOT).join(&workload).exists();
        let scenario = if is_workload { &workload } else { id };
        let result = json(
            &["simulate", scenario, "--json", "--include", "summary"],
            "",
        );
        assert_eq!(result["summary"]["fingerprint"], fingerprint, "{id}");
    }
}

#[test]
fn a_result_has_its_parts_in_order_and_columns_of_one_length() {
    let output = run(&["simulate", "retail_weekend", "--json"], b"");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut at = 0;
    let printed = text(&output.stdout);
    for name in [
        "{\"summary\":{\"fingerprint\":",
        "\"standing\":",
        "\"sizing_growth_factor\":",
        "},\"series\":{\"t_s\":[0,60,",
        "\"demand_rps\":",
        "\"capacity_rps\":",
        "\"desired\":",
        "\"in_service\":",
        "\"pending\":",
        "\"served_rps\":",
        "\"failed_rps\":",
        "\"queue\":",
        "\"p50_ms\":",
        "\"p95_ms\":",
        "\"p99_ms\":",
        "\"invocations_per_instance\":",
        "\"alarm_high\":[\"INSUFFICIENT_DATA\"",
        "\"alarm_low\":",
        "\"cost_usd\":",
        "},\"activities\":[{\"t_s\":",
        "],\"incidents\":[",
    ] {
        let found = printed[at..].find(name);
        at += found.unwrap_or_else(|| panic!("{name} is not there, or not in its place"));
    }
    let series = result["series"].as_object().unwrap();
    for (name, column) in series {
        assert_eq!(column.as_array().unwrap().len(), 96 * 60, "{name}");
    }
    // Numbers of four bytes have the digits of four bytes.
    let long = |value: &Value| value.to_string().len() > 14;
    let demand = result["series"]["demand_rps"].as_array().unwrap();
    assert!(!demand.iter().any(long));
    let csv = run(&["simulate", "retail_weekend", "--csv"], b"");
    let mut lines = text(&csv.stdout).lines();
    assert_eq!(lines.next().unwrap().split(',').count(), series.len());
    let second: Vec<&str> = lines.nth(1).unwrap().split(',').collect();
    assert_eq!((second[0], second[1]), ("60", &*demand[1].to_string()));
    assert_eq!(lines.count(), 96 * 60 - 2);
}

#[test]
fn activities_have_local_time_and_aws_s_codes() {
    let result = json(&["simulate", "retail_weekend", "--json"], "");
    let activities = result["activities"].as_array().unwrap();
    let find = |kind: &str, value: &str| {
        let found = activities.iter().find(|activity| activity[kind] == value);
        found.unwrap_or_else(|| panic!("no activity has {kind} {value}"))
    };
    let scheduled = find("kind", "ScheduledAction");
    assert!(!scheduled["policy"].as_str().unwrap().is_empty());
    assert!(scheduled["cause"].as_str().unwrap().contains("MinCapacity"));
    let refused = find("not_scaled_reason", "ScaleInCooldown");
    assert_eq!(
        (&refused["status"], &refused["from"]),
        (&Value::from("Failed"), &refused["to"])
    );
    assert_eq!(
        find("status", "Successful")["not_scaled_reason"],
        Value::Null
    );
    let time = |zone: &str| {
        let set = format!("time_zone={zone}");
        let changed = ["simulate", "finals_game", "--json", "--set", &set];
        json(&changed, "")["activities"][0]["time"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for (zone, offset) in [
        ("Europe/London", "+00:00"),
        ("Asia/Seoul", "+09:00"),
        ("America/St_Johns", "-03:30"),
    ] {
        assert_eq!(time(zone), format!("2026-11-28T00:16:00{offset}"), "{zone}");
    }
}

#[test]
fn every_kind_of_input_is_taken() {
    let json_text = "{\"headroom\": 1}";
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
        assert_eq!(fingerprint, "6a5f295933546f4e", "{scenario} {input}");
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
            &["link", "encode", "world_cup_semi_final"],
            "",
            1,
            "too long for a link",
        ),
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
    assert!(text(&not_text.stderr).contains("save the scenario as UTF-8"));
}

#[test]
fn lines_are_answered_in_order_whatever_stands_in_them() {
    let mut input = Vec::new();
    for number in 1..=300 {
        input.extend(match number % 6 {
            0 => b"\n".to_vec(),
            1 => b"{\"hours\": nonsense}\n".to_vec(),
            2 => b"\xff\n".to_vec(),
            // Long ones first: those after them are done before.
            3 => b"{\"hours\": 2400}\n".to_vec(),
            4 => format!("{{\"hours\": 1, \"name\": \"{number}\"}}\n").into_bytes(),
            _ => b"{\"hours\": 0, \"seed\": 1, \"load_test\": {\"max_rps\": 0}}\n".to_vec(),
        });
    }
    for threads in ["1", "5"] {
        let output = run(&["simulate", "--ndjson", "-", "--threads", threads], &input);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "headroom: 150 lines are not right.\n");
        let lines: Vec<Value> = text(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let numbers = lines.iter().map(|line| line["line"].as_u64().unwrap());
        assert!(numbers.eq((1..=300).filter(|number| number % 6 != 0)));
        for line in lines {
            let number = line["line"].as_u64().unwrap();
            let errors = line["errors"].as_array().map(Vec::len);
            let expect = [None, Some(1), Some(1), None, None, Some(2)][number as usize % 6];
            assert_eq!(errors, expect, "{line}");
            assert_eq!(line["summary"].is_object(), errors.is_none());
            assert_eq!(line.get("series"), None);
            if number % 6 == 4 {
                assert_eq!(line["name"], number.to_string());
            }
        }
    }
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let mut child = program(&["simulate", "--ndjson", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 1..=3 {
        stdin.write_all(b"{}\n").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"line\":{number},")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn who_stops_reading_ends_it_quietly() {
    let endless = &["simulate", "--ndjson", "-"];
    let mut child = program(endless)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while stdin.write_all(b"{}\n").is_ok() {});
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    let mut said = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), &*said), (Some(0), ""));
    writer.join().unwrap();
}

#[test]
fn a_sweep_is_the_grid_one_by_one() {
    let sweep = ["simulate", "finals_game", "--json"];
    let axes = [
        "--sweep",
        "seed=1..2",
        "--sweep",
        "scalable_target.MaxCapacity=12,9",
    ];
    let output = run(&[&sweep[..], &axes].concat(), b"");
    let points: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(points.len(), 4);
    for (point, (seed, max)) in points.iter().zip([(1, 12), (1, 9), (2, 12), (2, 9)]) {
        let alone = [
            format!("seed={seed}"),
            format!("scalable_target.MaxCapacity={max}"),
        ];
        let set = [
            "--set",
            &alone[0],
            "--set",
            &alone[1],
            "--include",
            "summary",
        ];
        let alone = json(&[&sweep[..], &set].concat(), "");
        assert_eq!(point["summary"], alone["summary"], "{seed} {max}");
        assert_eq!(point["set"]["seed"], seed);
        assert_eq!(point["set"]["scalable_target.MaxCapacity"], max);
    }
    let csv = run(
        &[&["simulate", "finals_game", "--csv"][..], &axes].concat(),
        b"",
    );
    let rows: Vec<Vec<&str>> = text(&csv.stdout)
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(
        rows[0][..3],
        ["seed", "scalable_target.MaxCapacity", "fingerprint"]
    );
    assert_eq!(rows[0].last(), Some(&"errors"));
    for (row, point) in rows[1..].iter().zip(&points) {
        assert_eq!(row.len(), rows[0].len());
        assert_eq!(row[2], point["summary"]["fingerprint"]);
    }
}

#[test]
fn a_link_made_here_is_read_here() {
    let base = [
        "link",
        "encode",
        "black_friday",
        "--base",
        "https://example.org/h/",
    ];
    let link = run(&base, b"");
    let link = text(&link.stdout).trim();
    assert!(link.starts_with("https://example.org/h/#1."), "{link}");
    let file = run(&["link", "decode", link], b"");
    let result = |scenario: &str, input: &str| {
        json(
            &["simulate", scenario, "--json", "--include", "summary"],
            input,
        )
    };
    assert_eq!(result("-", text(&file.stdout)), result("black_friday", ""));
}
