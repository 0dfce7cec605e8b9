//! The project's own content: without faults, and open to a lesson more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{collections::BTreeMap, path::Path};

use author::{
    check,
    content::Content,
    fault::{Fault, Faults},
    files::Files,
    packs::packs,
    skeleton,
    snapshot::{self, Snapshot},
};
use serde::Serialize;
use serde_json::Value;
use study::{
    pack::{Findable, Home, LessonPack, PackName, Terms, TopicPack, Wrongs},
    table::Tables,
    unpack::{Unpack, join, unpack},
};

fn content() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    Files::of_folder(&folder).unwrap()
}

fn shown(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}

/// Returns a pack's files as one.
fn joined(packs: &BTreeMap<String, String>, name: &str, lang: &'static str) -> Value {
    join::joined(&files_of(packs, name, lang)).unwrap()
}

fn files_of(packs: &BTreeMap<String, String>, name: &str, lang: &'static str) -> Vec<String> {
    let files = PackName::new(name, lang).files();
    files.iter().map(|file| packs[file].clone()).collect()
}

/// Returns the names of all packs.
fn names(packs: &BTreeMap<String, String>) -> impl Iterator<Item = &str> {
    let files = packs.keys().filter(|file| *file != PackName::SOURCES);
    files.filter_map(|file| file.strip_suffix(".en.json"))
}

fn packed(files: &Files) -> BTreeMap<String, String> {
    let mut faults = Faults::default();
    let content = Content::read(files, &mut faults);
    let snapshot = Snapshot::read(files.text(snapshot::FILE), &mut faults);
    packs(&content, &snapshot)
}

#[test]
fn the_content_has_no_faults() {
    let faults = check::check(&content());
    assert!(faults.is_empty(), "{}", shown(&faults));
}

/// Checks that a page reads a pack, and leaves out nothing of it.
fn check_read<T: Unpack + Serialize>(name: &str, pack: &Value) {
    let read = T::unpack(pack).unwrap_or_else(|| panic!("{name}: {pack}"));
    assert_eq!(serde_json::to_value(read).unwrap(), *pack, "{name}");
}

#[test]
fn packs_are_what_a_page_reads() {
    let packs = packed(&content());
    for name in names(&packs) {
        for lang in ["en", "ko"] {
            let pack = joined(&packs, name, lang);
            let check = match name.split('-').next() {
                Some("home") => check_read::<Home>,
                Some("terms") => check_read::<Terms>,
                Some("wrong") => check_read::<Wrongs>,
                Some("tables") => check_read::<Tables>,
                Some("search") => check_read::<Findable>,
                Some("lesson") => check_read::<LessonPack>,
                Some("topic") => check_read::<TopicPack>,
                _ => panic!("{name}"),
            };
            check(name, &pack);
            assert!(!pack.to_string().contains("TODO"), "{name}");
        }
    }
}

/// Returns the names that a text mentions in a way, such as `v` for a value.
fn named(text: &Value, way: &str) -> Vec<String> {
    let within: Vec<&Value> = match text {
        Value::Array(values) => values.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    };
    let name = match text.get(way) {
        Some(Value::String(name)) => Some(name.clone()),
        Some(Value::Array(parts)) => parts[0].as_str().map(str::to_owned),
        _ => None,
    };
    let within = within.into_iter().flat_map(|it| named(it, way));
    name.into_iter().chain(within).collect()
}

#[test]
fn packs_have_what_their_texts_name() {
    let packs = packed(&content());
    let mut count = 0;
    for name in names(&packs).filter(|name| name.starts_with("lesson-")) {
        let pack = joined(&packs, name, "ko");
        let [text, now] = ["/text", "/lesson/facts"].map(|at| pack.pointer(at).unwrap());
        let facts = &pack["facts"];
        for value in named(text, "v") {
            assert!(facts.get(&value).is_some(), "{name}: {value}");
        }
        for value in named(text, "now") {
            assert!(now.get(&value).is_some(), "{name}: {value}");
            count += 1;
        }
        for moment in named(text, "m") {
            assert!(now.get(&moment).is_some(), "{name}: {moment}");
        }
        for source in named(text, "s") {
            assert!(pack["sources"].get(&source).is_some(), "{name}: {source}");
        }
        let terms = joined(&packs, "terms", "ko");
        for term in named(text, "t") {
            let mut terms = terms["terms"].as_array().unwrap().iter();
            assert!(terms.any(|it| it["id"] == term.as_str()), "{name}: {term}");
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn a_lesson_and_a_question_are_added_in_both_languages() {
    let mut files = content();
    let lesson = skeleton::lesson(&files, "brand-new").unwrap();
    files.0.extend(lesson.0);
    let question = skeleton::question(&files, "brand-new-topic", "brand-new-1").unwrap();
    files.0.extend(question.0);
    files.0.extend(check::settle(&files).files.0);
    let faults = check::check(&files);
    assert!(faults.len() > 20, "{}", shown(&faults));
    for fault in &faults {
        assert!(
            fault.wrong.contains("TODO") && !fault.right.is_empty(),
            "{fault}"
        );
    }

    for text in files.0.values_mut() {
        *text = filled_in(text);
    }
    let faults = check::check(&files);
    assert!(faults.is_empty(), "{}", shown(&faults));
    let packs = packed(&files);
    for language in ["en", "ko"] {
        let lesson = files_of(&packs, "lesson-brand-new", language);
        let lesson: LessonPack = unpack(&lesson).unwrap();
        assert!(!lesson.text.wrong.is_empty() && lesson.facts.is_empty());
        let sure = |it: &LessonPack| it.lesson.claims.is_empty() && it.lesson.facts.len() == 1;
        assert!(sure(&lesson), "what proves it is of no use to a page");
        assert!(lesson.answer.is_some());
        let topic = files_of(&packs, "topic-brand-new-topic", language);
        let topic: TopicPack = unpack(&topic).unwrap();
        assert_eq!(topic.questions[0].text.reasons.len(), 3);
        let home: Home = unpack(&files_of(&packs, "home", language)).unwrap();
        assert!(home.lessons.iter().any(|it| it.id == "brand-new"));
    }
    assert!(skeleton::lesson(&files, "brand-new").is_err());
    assert!(skeleton::question(&files, "target", "brand-new-1").is_err());
    assert!(skeleton::lesson(&files, "Brand New").is_err());
}

/// Returns a text with what a skeleton asks for in place of its asking.
fn filled_in(text: &str) -> String {
    let line = |line: &str| match line.split_once("# TODO") {
        // A comment of data; a title begins with the mark.
        Some((data, _)) if !data.is_empty() => data.trim_end().to_owned(),
        _ => line.replace("TODO ", ""),
    };
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n") + "\n"
}
