//! `docs/fidelity.md` names files, functions and tests: each must be there.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{fs, path::PathBuf};

const PAGE: &str = include_str!("../../../docs/fidelity.md");

fn source(path: &str) -> String {
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(crates.join(path)).unwrap_or_else(|_| panic!("no file {path}"))
}

/// Whether a source has something of that name: for a test, a function below `#[test]` or in `proptest!`.
fn has(source: &str, name: &str, is_test: bool) -> bool {
    let kinds: &[&str] = if is_test {
        &["fn "]
    } else {
        &["fn ", "struct ", "enum "]
    };
    let starts = |line: &str, kind: &str| {
        let declared = format!("{kind}{name}");
        let mut parts = line.split(&declared);
        let before = parts.next().unwrap_or_default();
        let rest = parts.next().unwrap_or("x");
        let is_alone = before.is_empty() || before.ends_with(' ');
        is_alone && !before.contains("//") && rest.starts_with(['(', '<', ' ', '{'])
    };
    let found = |(above, line): (&str, &str)| {
        (!is_test || above.trim() == "#[test]") && kinds.iter().any(|kind| starts(line, kind))
    };
    let above = std::iter::once("").chain(source.lines());
    above.zip(source.lines()).any(found)
}

/// What stands between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Checks a cell of files and of names in them; gives how many names it has.
fn check(cell: &str, is_test: bool, row: &str) -> usize {
    let mut text: Option<(&str, String)> = None;
    let mut names = 0;
    for token in quoted(cell) {
        if token.ends_with(".rs") {
            text = Some((token, source(token)));
            continue;
        }
        let (path, text) = text
            .as_ref()
            .unwrap_or_else(|| panic!("no file before {token}: {row}"));
        assert!(has(text, token, is_test), "{path} has no {token}: {row}");
        names += 1;
    }
    names
}

#[test]
fn every_file_function_and_test_that_the_page_names_is_there() {
    // The table of latency has no rules, but figures.
    let (before, rest) = PAGE.split_once("## Latency, and who is late").unwrap();
    let (_, after) = rest.split_once("\n## ").unwrap();
    let mut rows = 0;
    for row in before
        .lines()
        .chain(after.lines())
        .filter(|line| line.starts_with("| "))
    {
        let row = row.replace("\\|", "/");
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let &[rule, _, known, code, test] = cells.as_slice() else {
            panic!("five cells: {row}");
        };
        if rule == "rule" {
            continue;
        }
        rows += 1;
        assert!(rule.ends_with('.'), "a sentence: {row}");
        if code == "not yet" {
            assert!(known == "documented" && test.is_empty(), "{row}");
        } else {
            let is_known = ["documented", "observed", "assumed"];
            let is_known = is_known.iter().any(|word| known.contains(word));
            assert!(is_known || known.is_empty(), "{row}");
            assert!(check(code, false, &row) > 0, "no code: {row}");
            assert!(check(test, true, &row) > 0, "no test: {row}");
        }
    }
    assert!(rows > 60, "{rows}");
}

#[test]
fn places_of_mutations_that_survive_are_there() {
    let (_, survivors) = PAGE.split_once("## Mutations that survive").unwrap();
    let points = survivors.split("\n- ").skip(1);
    let mut places = 0;
    for point in points {
        let (point, _) = point.split_once("\n\n").unwrap_or((point, ""));
        places += check(point, false, point);
    }
    assert!(places > 5, "{places}");
}

#[test]
fn names_are_told_from_longer_ones() {
    let source = "pub(super) fn step(&self)\n    #[test]\n    fn steps<T>() {\nstruct Step {\n// fn gone() {";
    for (name, is_test, expected) in [
        ("step", false, true),
        ("ste", false, false),
        ("steps", true, true),
        ("step", true, false),
        ("Step", false, true),
        ("gone", false, false),
    ] {
        assert_eq!(has(source, name, is_test), expected, "{name}");
    }
}
