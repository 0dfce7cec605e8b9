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
fn run(program: &str, before: &[&str], file: &str, text: &str) -> Option<String> {
    let path = env::temp_dir().join(format!("headroom-{}-{file}", std::process::id()));
    fs::write(&path, text).unwrap();
    let done = Command::new(program).args(before).arg(&path).output();
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
        );
        run("node", &["--check"], "k6.mjs", &written("k6", &test));
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
fn the_last_rate_that_held_is_the_maximum() {
    let test = LoadTest::of(&Scenario::default(), "").unwrap();
    let script = written("k6", &test);
    let (_, script) = script
        .split_once("import { Rate } from \"k6/metrics\";\n")
        .unwrap();
    let before = "const http = {}; class Rate {}; globalThis.__ENV = { URL: 'x' }; globalThis.open = () => '';\n";
    // The third step misses the objective, and k6 stops there; or it is given fewer requests than it should have.
    for (passes, fails) in [(10, 400), (0, 100)] {
        let after = format!(
            "\nconst step = (passes, fails) => ({{ values: {{ passes, fails, rate: passes / (passes + fails) }} }});
            const metrics = {{
              'missed{{scenario:step_0}}': step(0, 300),
              'missed{{scenario:step_1}}': step(1, 329),
              'missed{{scenario:step_2}}': step({passes}, {fails}),
            }};
            console.log(handleSummary({{ metrics }}).stdout);"
        );
        let told = run(
            "node",
            &[],
            "summary.mjs",
            &format!("{before}{script}{after}"),
        );
        if let Some(told) = told {
            // 20 RPS are expected: a quarter, and a tenth more.
            assert!(told.contains("5.000 RPS: missed 0.00%, held"), "{told}");
            assert!(told.contains("broke\nmax_rps=5.500\n"), "{told}");
            assert!(
                told.contains("TargetValue=5.500 * 0.5 * 60 = 165.0"),
                "{told}"
            );
        }
    }
}
