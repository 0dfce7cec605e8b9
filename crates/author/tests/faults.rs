//! Every kind of fault, planted into content that has none: each is told with its file and line, and all at once.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{path::Path, sync::OnceLock};

use author::{check, fault::Fault, files::Files};

/// Returns content without faults, with its facts and ids.
fn sound() -> Files {
    static SOUND: OnceLock<Files> = OnceLock::new();
    let read = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture");
        let mut files = Files::of_folder(&folder).unwrap();
        let settled = check::settle(&files);
        files.0.extend(settled.files.0);
        files
    };
    SOUND.get_or_init(read).clone()
}

fn told(files: &Files) -> Vec<Fault> {
    check::check(files)
}

/// Returns content in which a piece of a file is another one, and the line of that piece.
fn planted(file: &str, from: &str, to: &str) -> (Files, usize) {
    let mut files = sound();
    let text = files
        .0
        .get_mut(file)
        .unwrap_or_else(|| panic!("there is no {file}"));
    let at = text
        .find(from)
        .unwrap_or_else(|| panic!("{file} has no {from}"));
    let line = text[..at].matches('\n').count() + 1;
    *text = text.replacen(from, to, 1);
    (files, line)
}

const LESSON: &str = "lessons/first/lesson.toml";
const EN: &str = "lessons/first/en.md";
const KO: &str = "lessons/first/ko.md";
const DATA: &str = "questions/things.toml";
const Q_EN: &str = "questions/things.en.md";
const Q_KO: &str = "questions/things.ko.md";

#[test]
fn content_without_faults_has_none() {
    assert_eq!(told(&sound()), []);
}

#[test]
fn each_fault_is_told_where_it_is() {
    let cases = include_str!("faults.txt").lines();
    let cases = cases.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut untold = String::new();
    for case in cases {
        let fields: Vec<String> = case.split(" ¦").map(field).collect();
        let [file, from, to, place, words] = fields.as_slice() else {
            panic!("{case}");
        };
        let (files, changed) = planted(file, from, to);
        let (where_told, line) = place.rsplit_once(':').unwrap_or((file, place));
        let line = line.parse().unwrap_or(changed);
        let told = told(&files);
        let is_it =
            |it: &Fault| it.file == where_told && it.line == line && it.wrong.contains(words);
        if !told.iter().any(is_it) {
            untold += &format!(
                "{case}\nis not told at {where_told}:{line}, but\n{}\n\n",
                shown(&told)
            );
        }
        assert!(
            told.iter().all(|fault| !fault.right.is_empty()),
            "{}",
            shown(&told)
        );
    }
    assert!(untold.is_empty(), "{untold}");
}

/// Returns a field of a case as it is meant.
fn field(written: &str) -> String {
    written
        .strip_prefix(' ')
        .unwrap_or(written)
        .replace("\\n", "\n")
}

/// What only some of a lesson's runs have, the reader's own may have.
#[test]
fn a_fact_of_some_runs_is_named_of_the_readers_alone() {
    let (mut files, _) = planted(EN, "{{now.third}}", "{{third}}");
    let told_of_english = told(&files);
    assert!(
        told_of_english
            .iter()
            .any(|it| it.file == KO && it.wrong.contains("{{third}} lacks"))
    );
    let korean = files.0.get_mut(KO).unwrap();
    *korean = korean.replace("{{now.third}}", "{{third}}");
    let told = told(&files);
    assert!(
        told.len() == 1 && told[0].file == LESSON,
        "{}",
        shown(&told)
    );
    assert!(
        told[0].wrong.contains("`change_decided(2)` has no value"),
        "{}",
        shown(&told)
    );
}

#[test]
fn a_strong_not_is_seen() {
    for (file, from, to) in [
        (Q_EN, "Does it hold?", "Which does **not** hold?"),
        (Q_KO, "버틸까요?", "버티지 **않는 것**은?"),
    ] {
        assert_eq!(told(&planted(file, from, to).0), []);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let mut files = sound();
    for (file, from, to) in [
        (LESSON, "hours = 12", "hour = 12"),
        (LESSON, "\"capacity\"", "\"capacities\""),
        (LESSON, "failed_requests@300", "failed_requests@"),
        (LESSON, "time(00:30)", "time(00:30"),
        (EN, "Because.", "Because of 5."),
        (KO, "그래서입니다.", "<br>"),
        (DATA, "answer = \"r * 60\"", "answer = \"r * \""),
        (DATA, "wrong = [\"no\", \"maybe\"]", "wrongs = []"),
        ("sources.toml", "https://", "ftp://"),
    ] {
        let text = files.0.get_mut(file).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        *text = text.replacen(from, to, 1);
    }
    let told = told(&files);
    for (file, words) in [
        (LESSON, "`failed_requests@` goes wrong"),
        (LESSON, "`time(00:30` goes wrong"),
        (EN, "the digits `5`"),
        (KO, "HTML"),
        (DATA, "`r *` goes wrong"),
        (DATA, "unknown field `wrongs`"),
        ("sources.toml", "is no address"),
    ] {
        let is_told = told
            .iter()
            .any(|it| it.file == file && it.wrong.contains(words));
        assert!(is_told, "{file}: {words}\n{}", shown(&told));
    }
}

fn shown(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}
