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
use serde_json::Value;
use study::{
    pack::{Findable, Home, LessonPack, Terms, TopicPack, Wrongs},
    table::Tables,
};

fn content() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    Files::of_folder(&folder).unwrap()
}

fn shown(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
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

#[test]
fn packs_are_what_a_page_reads() {
    for (name, text) in packed(&content()) {
        let (kind, _) = name.split_once(['-', '.']).unwrap();
        let again = match kind {
            "home" => serde_json::to_string(&serde_json::from_str::<Home>(&text).unwrap()),
            "terms" => serde_json::to_string(&serde_json::from_str::<Terms>(&text).unwrap()),
            "wrong" => serde_json::to_string(&serde_json::from_str::<Wrongs>(&text).unwrap()),
            "tables" => serde_json::to_string(&serde_json::from_str::<Tables>(&text).unwrap()),
            "search" => serde_json::to_string(&serde_json::from_str::<Findable>(&text).unwrap()),
            "lesson" => serde_json::to_string(&serde_json::from_str::<LessonPack>(&text).unwrap()),
            "topic" => serde_json::to_string(&serde_json::from_str::<TopicPack>(&text).unwrap()),
            _ => panic!("{name}"),
        };
        assert_eq!(again.unwrap(), text, "{name}");
        assert!(!text.contains("TODO"), "{name}");
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
    for (name, pack) in packs.iter().filter(|(name, _)| name.starts_with("lesson-")) {
        let pack: Value = serde_json::from_str(pack).unwrap();
        let [text, facts, now] =
            ["/text", "/facts", "/lesson/facts"].map(|at| pack.pointer(at).unwrap());
        for value in named(text, "v") {
            assert!(facts.get(&value).is_some(), "{name}: {value}");
        }
        for value in named(text, "now") {
            let fact = now.get(&value).unwrap_or_else(|| panic!("{name}: {value}"));
            let has_unit = facts.get(&value).is_some() || fact.get("unit").is_some();
            assert!(has_unit, "{name}: {value} of no unit");
            count += 1;
        }
        for moment in named(text, "m") {
            assert!(now.get(&moment).is_some(), "{name}: {moment}");
        }
        for source in named(text, "s") {
            assert!(pack["sources"].get(&source).is_some(), "{name}: {source}");
        }
        let terms: Value = serde_json::from_str(&packs["terms.en.json"]).unwrap();
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
        let lesson = &packs[&format!("lesson-brand-new.{language}.json")];
        let lesson: LessonPack = serde_json::from_str(lesson).unwrap();
        assert!(!lesson.text.wrong.is_empty() && lesson.facts.contains_key("failed"));
        let sure = |it: &LessonPack| it.lesson.claims.is_empty() && it.lesson.facts.len() == 1;
        assert!(sure(&lesson), "what proves it is of no use to a page");
        assert!(lesson.answer.is_some());
        let topic = &packs[&format!("topic-brand-new-topic.{language}.json")];
        let topic: TopicPack = serde_json::from_str(topic).unwrap();
        assert_eq!(topic.questions[0].text.reasons.len(), 3);
        let home: Home = serde_json::from_str(&packs[&format!("home.{language}.json")]).unwrap();
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
