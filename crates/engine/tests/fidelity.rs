//! `docs/fidelity.md` names a tag in the code and a test for every rule: each must be there, and every tag in the code must have
//! its row.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const PAGE: &str = include_str!("../../../docs/fidelity.md");

fn crates() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn source(path: &str) -> String {
    fs::read_to_string(crates().join(path)).unwrap_or_else(|_| panic!("no file {path}"))
}

/// The tags of a source: what follows `// rule:` on a line of its own.
fn tags(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("// rule: "))
}

/// Adds the tags of every source below a folder, each with the files that have it.
fn gather_tags(folder: &Path, found: &mut BTreeMap<String, Vec<PathBuf>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather_tags(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            for tag in tags(&fs::read_to_string(&path).unwrap()) {
                found.entry(tag.to_owned()).or_default().push(path.clone());
            }
        }
    }
}

/// The tags of the code of all crates.
fn tags_in_code() -> BTreeMap<String, Vec<PathBuf>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(crates()).unwrap() {
        let sources = entry.unwrap().path().join("src");
        if sources.is_dir() {
            gather_tags(&sources, &mut found);
        }
    }
    found
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

/// Checks a text of files and of names in them. Returns how many names it has.
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

/// The rules of the page: rule, page, how it is known, code, test.
fn rows() -> Vec<[String; 5]> {
    // The table of latency has no rules, but figures.
    let (before, rest) = PAGE.split_once("## Latency, and who is late").unwrap();
    let (_, after) = rest.split_once("\n## ").unwrap();
    let lines = before.lines().chain(after.lines());
    let rows = lines.filter(|line| line.starts_with("| ")).map(|row| {
        let row = row.replace("\\|", "/");
        let cells: Vec<String> = (row.trim_matches('|').split('|'))
            .map(|cell| cell.trim().to_owned())
            .collect();
        <[String; 5]>::try_from(cells).unwrap_or_else(|_| panic!("five cells: {row}"))
    });
    rows.filter(|[rule, ..]| rule != "rule").collect()
}

#[test]
fn every_rule_is_known_and_has_a_test_that_is_there() {
    let rows = rows();
    for [rule, _, known, code, test] in &rows {
        assert!(rule.ends_with('.'), "a sentence: {rule}");
        if code == "not yet" {
            assert!(known == "documented" && test.is_empty(), "{rule}");
        } else {
            let is_known = ["documented", "observed", "assumed"];
            let is_known = is_known.iter().any(|word| known.contains(word));
            assert!(is_known || known.is_empty(), "{rule}");
            assert!(check(test, true, rule) > 0, "no test: {rule}");
        }
    }
    assert!(rows.len() > 60, "{}", rows.len());
}

#[test]
fn every_tag_of_the_page_stands_once_in_the_code_and_every_tag_of_the_code_has_a_row() {
    let in_code = tags_in_code();
    let mut in_page: BTreeMap<String, String> = BTreeMap::new();
    for [rule, _, _, code, _] in rows() {
        if code == "not yet" {
            continue;
        }
        assert!(quoted(&code).next().is_some(), "no tag: {rule}");
        for tag in quoted(&code) {
            let places = in_code.get(tag).map_or(0, Vec::len);
            assert_eq!(places, 1, "times that {tag} is in the code: {rule}");
            let other = in_page.insert(tag.to_owned(), rule.clone());
            assert_eq!(other, None, "{tag} has two rows");
        }
    }
    let without_row: Vec<_> = in_code
        .iter()
        .filter(|(tag, _)| !in_page.contains_key(*tag))
        .collect();
    assert!(without_row.is_empty(), "without a row: {without_row:?}");
}

#[test]
fn tags_are_lines_of_their_own() {
    let source = "    // rule: step.bounds\n// rules: none\nlet rule = 1; // rule: no.line\n// rule: step.order\n";
    assert_eq!(
        tags(source).collect::<Vec<_>>(),
        ["step.bounds", "step.order"]
    );
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
