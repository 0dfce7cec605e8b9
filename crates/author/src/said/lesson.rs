//! What a lesson says: from its sections to [`LessonText`].

use std::collections::BTreeMap;

use study::{
    lesson::{Lesson, LessonText, Prediction},
    setting::Control,
    text::{Block, Line},
};

use super::{Said, Within};
use crate::{
    fault::{Faults, Place, listed},
    text::{Item, Kind, Outline, Section, plain},
};

/// Names of a lesson's sections, in order, and whether each is in every lesson.
pub const SECTIONS: [(&str, bool); 8] = [
    ("question", true),
    ("predict", true),
    ("control", true),
    ("variants", false),
    ("happened", true),
    ("off", true),
    ("rule", true),
    ("wrong", true),
];

/// The section that has parts of its own for variants.
const HAPPENED: &str = "happened";

/// Returns what a lesson says, and tells what lacks of it.
pub fn read(outline: &Outline, lesson: &Lesson, faults: &mut Faults) -> Said<LessonText> {
    let (sections, parts) = by_name(outline, faults);
    let of_variant = |id: &str| lesson.variants.iter().any(|it| it.id == id);
    for (id, part) in &parts {
        if !of_variant(id) {
            let ids = listed(lesson.variants.iter().map(|it| it.id.as_str()));
            faults.add(&part.place, format!("there is no variant `{id}`"), ids);
        }
    }
    let blocks = |name: &str| match sections.get(name) {
        Some(section) => section.blocks_and_items().0,
        None => Vec::new(),
    };
    let mut of_ids = |name: &str, ids: &[String]| match sections.get(name) {
        Some(section) => items(section, ids, faults),
        None => BTreeMap::new(),
    };
    let options = match &lesson.prediction {
        Prediction::Choice { options, .. } => options.clone(),
        _ => Vec::new(),
    };
    let variants = match &lesson.control {
        Control::Variants { ids, .. } => ids.clone(),
        _ => Vec::new(),
    };
    let text = LessonText {
        title: outline.title.clone(),
        question: blocks("question"),
        predict: blocks("predict"),
        options: of_ids("predict", &options),
        control: label(&blocks("control")),
        variants: of_ids("variants", &variants),
        happened: blocks("happened"),
        happened_in: (parts.iter())
            .map(|(id, part)| (id.clone(), part.blocks_and_items().0))
            .collect(),
        off: blocks("off"),
        rule: blocks("rule"),
        wrong: blocks("wrong"),
    };
    let question = sections.get("question").map(|section| &section.mentions);
    let of_runs = [
        Kind::Value,
        Kind::Now,
        Kind::Default,
        Kind::Moment,
        Kind::When,
    ];
    for mention in question
        .into_iter()
        .flatten()
        .filter(|it| of_runs.contains(&it.kind))
    {
        faults.add(
            &mention.place,
            format!(
                "{} stands in the question of a lesson",
                mention.kind.written(&mention.name)
            ),
            "a question without numbers: the list of all lessons shows it, and has no facts",
        );
    }
    for (name, blocks) in [
        ("question", &text.question),
        ("control", &blocks("control")),
    ] {
        let is_paragraph = matches!(blocks.first(), Some(Block::Paragraph(_)));
        if let Some(section) = sections
            .get(name)
            .filter(|it| !it.pieces.is_empty() && !is_paragraph)
        {
            faults.add(
                &section.place,
                format!("`{name}` begins with no paragraph"),
                "a sentence, or a label",
            );
        }
    }
    for (name, is_in_every) in SECTIONS {
        let is_needed = is_in_every || !variants.is_empty();
        match sections.get(name) {
            Some(section)
                if section.pieces.is_empty() && (name != HAPPENED || parts.is_empty()) =>
            {
                faults.add(
                    &section.place,
                    format!("the section `{name}` is empty"),
                    "a text",
                );
            }
            None if is_needed => faults.add(
                &outline.place,
                format!("there is no section `{name}`"),
                format!("`## {name}` with a text"),
            ),
            _ => {}
        }
    }
    let parts = parts
        .iter()
        .map(|(id, part)| (format!("{HAPPENED}/{id}"), *part));
    let sections = (sections.into_iter().chain(parts))
        .map(|(name, section)| (name, Within::of(section)))
        .collect();
    Said {
        text,
        place: outline.place.clone(),
        sections,
    }
}

/// Sections by their names.
type Sections<'a> = BTreeMap<String, &'a Section>;

/// Returns the sections, and apart from them what happened in variants.
fn by_name<'a>(outline: &'a Outline, faults: &mut Faults) -> (Sections<'a>, Sections<'a>) {
    let (mut sections, mut parts) = (Sections::new(), Sections::new());
    let mut last = String::new();
    for section in &outline.sections {
        let name = section.name();
        let is_known = SECTIONS.iter().any(|(known, _)| *known == name);
        let before = match section.is_part {
            true if last == HAPPENED => parts.insert(name.clone(), section),
            false if is_known => {
                last.clone_from(&name);
                sections.insert(name.clone(), section)
            }
            _ => {
                let names = listed(SECTIONS.map(|(name, _)| name));
                faults.add(
                    &section.place,
                    format!("a lesson has no section `{name}` here"),
                    format!("{names}, behind `##` and in English in every language; behind `###` under `{HAPPENED}` the id of a variant"),
                );
                None
            }
        };
        if before.is_some() {
            faults.add(
                &section.place,
                format!("the section `{name}` stands twice"),
                "one of them",
            );
        }
    }
    (sections, parts)
}

/// Returns the texts of items with these ids; tells which lack, and which others there are.
fn items(section: &Section, ids: &[String], faults: &mut Faults) -> BTreeMap<String, Line> {
    let (_, items) = section.blocks_and_items();
    missing(&items, ids, &section.place, faults);
    let known = |item: &&Item| ids.contains(&item.id);
    for other in items.iter().filter(|item| !known(item)) {
        faults.add(
            &other.place,
            format!("`{}` is none of the ids in lesson.toml", other.id),
            listed(ids.iter().map(String::as_str)),
        );
    }
    let texts = items.into_iter().filter(|item| known(&item));
    texts.map(|item| (item.id, item.text)).collect()
}

/// Tells which ids have no item, or an empty one.
pub(super) fn missing(items: &[Item], ids: &[String], at: &Place, faults: &mut Faults) {
    for id in ids {
        match items.iter().find(|item| item.id == *id) {
            None => faults.add(
                at,
                format!("there is no text for `{id}`"),
                format!("- `{id}` and its text"),
            ),
            Some(item) if plain(&item.text).is_empty() => {
                faults.add(
                    &item.place,
                    format!("`{id}` has no text"),
                    format!("- `{id}` and its text"),
                );
            }
            Some(_) => {}
        }
    }
}

/// Returns the first paragraph as a label.
fn label(blocks: &[Block]) -> Line {
    match blocks.first() {
        Some(Block::Paragraph(line)) => line.clone(),
        _ => Line::new(),
    }
}
