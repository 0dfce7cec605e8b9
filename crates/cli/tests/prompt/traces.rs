//! `headroom trace`: what it understands, what it asks, and with which exit status.

use serde_json::{Value, json};

use crate::{run, text};

/// The exit status and what was printed as JSON.
fn trace(args: &[&str], input: &str) -> (i32, Value) {
    let args = [&["trace", "-", "--json"], args].concat();
    let output = run(&args, input.as_bytes());
    let told = serde_json::from_slice(&output.stdout);
    assert!(told.is_ok(), "{args:?}: {}", text(&output.stderr));
    (output.status.code().unwrap(), told.unwrap())
}

#[test]
fn what_a_file_comes_to_is_told_with_an_exit_status() {
    let counts = "time,requests\n2026-06-01 10:00,600\n2026-06-01 10:01,803\n";
    let rates = "sep=;\ntime;requests per second\n2026-06-01T10:00Z;10\n2026-06-01T10:01Z;12,5\n";
    let users = "time,users,errors\n2026-06-01T10:00Z,60,1\n2026-06-01T10:01Z,61,2\n";
    let each = "time,InvocationsPerInstance\n2026-06-01T10:00Z,60\n2026-06-01T10:01Z,61\n";
    let bad = "time,requests\n2026-06-01T10:00Z,1\n2026-06-01T10:01Z,2\nlater,3\n";
    let dates = "time,requests\n1/2/2026 10:00,1\n1/2/2026 10:01,2\n";
    let two = "date,clock,a b,c\n2026-06-01,10:00,1,2\n2026-06-01,10:01,3,4\n";
    for (args, input, status, expected) in [
        (
            &["--zone", "Europe/London"][..],
            counts,
            0,
            json!({"start": "2026-06-01T10:00:00+01:00", "step_s": 60, "rows": 2, "total_requests": 1403.0,
                "peak_per_minute": 803.0, "peak_at": "2026-06-01T10:01:00+01:00", "value_columns": ["requests"],
                "reading": "count", "questions": [], "problems": []}),
        ),
        (
            &[],
            counts,
            3,
            json!({"start": "2026-06-01T10:00:00+00:00", "peak_per_minute": 803.0}),
        ),
        (
            &[],
            rates,
            0,
            json!({"peak_per_minute": 750.0, "reading": "per_second"}),
        ),
        (
            &[],
            users,
            3,
            json!({"peak_per_minute": null, "layer": null, "rows": 2, "step_s": 60}),
        ),
        (
            &["--value-column", "users"],
            users,
            3,
            json!({"peak_per_minute": 61.0, "value_columns": ["users"]}),
        ),
        (
            &["--value-column", "users", "--values", "count"],
            users,
            0,
            json!({"peak_per_minute": 61.0}),
        ),
        (
            &["--values", "row-per-request"],
            users,
            0,
            json!({"reading": "row_per_request", "total_requests": 2.0}),
        ),
        (&[], each, 3, json!({"peak_per_minute": null})),
        (
            &["--instances", "6"],
            each,
            0,
            json!({"peak_per_minute": 366.0}),
        ),
        (
            &[],
            bad,
            1,
            json!({"peak_per_minute": 2.0, "unusable_rows": 1}),
        ),
        (
            &["--zone", "UTC"],
            dates,
            3,
            json!({"peak_per_minute": null}),
        ),
        (
            &["--zone", "UTC", "--day-first"],
            dates,
            0,
            json!({"start": "2026-02-01T10:00:00+00:00"}),
        ),
        (
            &["--zone", "UTC", "--month-first"],
            dates,
            0,
            json!({"start": "2026-01-02T10:00:00+00:00"}),
        ),
        (
            &[
                "--zone",
                "UTC",
                "--value-column",
                "a b",
                "--value-column",
                "4",
                "--values",
                "per-minute",
            ],
            two,
            0,
            json!({"total_requests": 10.0, "value_columns": ["a b", "c"], "time_columns": ["date", "clock"]}),
        ),
        (
            &[
                "--zone",
                "UTC",
                "--value-column",
                "c",
                "--values",
                "count",
                "--step",
                "3600",
            ],
            two,
            0,
            json!({"step_s": 3600, "total_requests": 6.0}),
        ),
        (&[], "", 1, json!({"start": null, "rows": 0})),
        (&["--zone", "Mars"], counts, 1, json!({"layer": null})),
    ] {
        let (code, told) = trace(args, input);
        assert_eq!(code, status, "{args:?} {input} {told}");
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&told[field], value, "{field} {args:?} {input}");
        }
    }
}

#[test]
fn a_question_says_how_to_answer_it() {
    let (_, told) = trace(
        &[],
        "time,a b,rps\n1/2/2026 10:00,1,2\n1/2/2026 10:01,3,4\n",
    );
    let asked: Vec<&str> = told["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|asked| asked["about"].as_str().unwrap())
        .collect();
    assert_eq!(asked, ["date_order", "zone"]);
    let order = &told["questions"][0]["choices"];
    assert_eq!(
        (&order[0]["flags"], &order[1]["flags"]),
        (&json!("--day-first"), &json!("--month-first"))
    );
    assert_eq!(
        order[1]["first_rows"][1],
        "1/2/2026 10:01  4 → 2 Jan 2026 10:01: 240 a minute = 4 RPS"
    );
}

#[test]
fn a_layer_can_be_put_into_a_scenario_as_it_stands() {
    let (_, told) = trace(
        &[],
        "time,requests\n2026-06-01T10:00Z,600\n2026-06-01T10:01Z,803\n",
    );
    let scenario =
        json!({"start": "2026-06-01", "time_zone": told["time_zone"], "demand": [told["layer"]]});
    let output = run(&["check", "-"], scenario.to_string().as_bytes());
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn what_is_not_there_is_said() {
    let rows = "time,requests\n2026-06-01T10:00Z,600\n2026-06-01T10:01Z,803\n";
    for (args, status, says) in [
        (
            &["trace", "-", "--value-column", "hits"][..],
            2,
            "There is no column “hits”. Columns are: time, requests.",
        ),
        (&["trace", "nothing.csv"], 2, "nothing.csv"),
        (&["trace", "-", "--instances", "0"], 2, "a number above 0"),
        (&["trace", "-", "--step", "7200"], 2, "3600"),
    ] {
        let output = run(args, rows.as_bytes());
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert!(
            text(&output.stderr).contains(says),
            "{}",
            text(&output.stderr)
        );
    }
}
