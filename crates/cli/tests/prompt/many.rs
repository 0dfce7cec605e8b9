//! Fleets and sweeps: order, errors among good lines, readers that wait and readers that leave.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
};

use serde_json::Value;

use crate::{json, program, run, text};

#[test]
fn lines_are_answered_in_order_whatever_stands_in_them() {
    let mut input = Vec::new();
    for number in 1..=300 {
        input.extend(match number % 6 {
            0 => b"\n".to_vec(),
            1 => b"{\"hours\": nonsense}\n".to_vec(),
            2 => b"\xff\n".to_vec(),
            // Long ones first: those after them are done before.
            3 => b"{\"hours\": 240}\n".to_vec(),
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
