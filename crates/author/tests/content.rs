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
use study::pack::{Home, LessonPack, Terms, TopicPack};

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
            "lesson" => serde_json::to_string(&serde_json::from_str::<LessonPack>(&text).unwrap()),
            "topic" => serde_json::to_string(&serde_json::from_str::<TopicPack>(&text).unwrap()),
            _ => panic!("{name}"),
        };
        assert_eq!(again.unwrap(), text, "{name}");
        assert!(!text.contains("TODO"), "{name}");
    }
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
