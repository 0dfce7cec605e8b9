#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Load tests are what their tools take, whatever people type, and read what the tools say as it is.

use std::{env, fs, process::Command};

use aws::{LOAD_TESTS, LoadTest, Parameter, Remark, Remarks};
use scenario::{
    document::{Platform, Scenario},
    presets,
};

/// Remarks that would do harm outside a comment.
struct Hostile;

impl Remarks for Hostile {
    fn remark(&self, remark: &Remark) -> String {
        format!("coding: utf-7 {remark:?}\n*/ raise 9; throw 9 \"'`\u{2028}throw 9")
    }

    fn head(&self, _: &aws::Deployment) -> Vec<String> {
        Vec::new()
    }
}

/// Runs a program on a text in a file, as far as it is there, and returns what it prints.
fn run(program: &str, before: &[&str], file: &str, text: &str, after: &[String]) -> Option<String> {
    let path = env::temp_dir().join(format!("headroom-{}-{file}", std::process::id()));
    fs::write(&path, text).unwrap();
    let done = Command::new(program)
        .args(before)
        .arg(&path)
        .args(after)
        .output();
    let _ = fs::remove_file(&path);
    let Ok(done) = done else {
        eprintln!("skipped: there is no {program}");
        return None;
    };
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}\n{text}");
    Some(String::from_utf8(done.stdout).unwrap())
}

fn written(id: &str, test: &LoadTest) -> String {
    let mut forms = LOAD_TESTS.iter().filter(|it| it.id() == id);
    forms.next().unwrap().write(test, &Hostile)
}

#[test]
fn load_tests_are_what_their_tools_take() {
    let parse = "import ast, sys; ast.parse(open(sys.argv[1], 'rb').read())";
    for id in ["finals_game", "retail_weekend", "burst_then_baseline"] {
        let scenario = presets::find(id).unwrap().scenario();
        let title = "it's \"so\" \\ ${x} `y` \"\"\" {z} %s 킥오프 🚀\n\u{202e}raise 9";
        let mut test = LoadTest::of(&scenario, title).unwrap();
        test.given = vec![(Parameter::EndpointName, title.to_owned())];
        run(
            "python3",
            &["-c", parse],
            "locust.py",
            &written("locust", &test),
            &[],
        );
        run("node", &["--check"], "k6.mjs", &written("k6", &test), &[]);
    }
}

#[test]
fn what_serves_a_request_at_a_time_has_none() {
    let mut scenario = Scenario::default();
    assert!(LoadTest::of(&scenario, "").is_some());
    scenario.move_to(Platform::SagemakerServerless);
    assert_eq!(LoadTest::of(&scenario, ""), None);
}

#[test]
fn k6_finds_what_a_server_can_serve() {
    let test = LoadTest::of(&Scenario::default(), "").unwrap();
    let script = written("k6", &test);
    let player = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/aws/k6.mjs");
    // 20 RPS are expected: from 10 to 40 is where it looks. The second server lets nothing wait, and refuses what is too much.
    for most_waiting in ["1000000", "3"] {
        for can_rps in [10.7, 20.0, 37.0] {
            let file = format!("{can_rps}-{most_waiting}.mjs");
            let after = [can_rps.to_string(), most_waiting.to_owned()];
            let Some(told) = run("node", &[player], &file, &script, &after) else {
                return;
            };
            let played: serde_json::Value = serde_json::from_str(&told).unwrap();
            let told = played["told"].as_str().unwrap();
            let (_, end) = told.split_once("max_rps=").unwrap();
            let max_rps: f64 = end.lines().next().unwrap().parse().unwrap();
            assert!((0.94..1.04).contains(&(max_rps / can_rps)), "{told}");
            assert_eq!(played["is_aborted"], true, "{told}");
        }
    }
}

#[test]
fn waits_in_a_queue_of_its_own_say_nothing_of_an_instance() {
    let limit_ms = |id: &str| {
        let scenario = presets::find(id).unwrap().scenario();
        LoadTest::of(&scenario, "").unwrap().limit_ms
    };
    // 0.64 s at the 95th percentile, and 0.5 s until it is late; then 11 s, where being late is a matter of hours.
    assert_eq!(limit_ms("finals_game"), 1140.0);
    assert_eq!(limit_ms("document_queue"), 22_000.0);
}
