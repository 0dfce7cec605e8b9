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
    text::{Item, Outline, Section, plain},
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

/// Returns what a lesson says, and tells what lacks of it.
pub fn read(outline: &Outline, lesson: &Lesson, faults: &mut Faults) -> Said<LessonText> {
    let sections = by_name(outline, faults);
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
        off: blocks("off"),
        rule: blocks("rule"),
        wrong: blocks("wrong"),
    };
    for (name, is_in_every) in SECTIONS {
        let is_needed = is_in_every || !variants.is_empty();
        match sections.get(name) {
            Some(section) if section.pieces.is_empty() => {
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
    let sections = (sections.iter())
        .map(|(name, section)| (name.clone(), Within::of(section)))
        .collect();
    Said {
        text,
        place: outline.place.clone(),
        sections,
    }
}

fn by_name<'a>(outline: &'a Outline, faults: &mut Faults) -> BTreeMap<String, &'a Section> {
    let mut sections = BTreeMap::new();
    let names = || listed(SECTIONS.map(|(name, _)| name));
    for section in &outline.sections {
        let name = section.name();
        let is_known = SECTIONS.iter().any(|(known, _)| *known == name);
        if !is_known || section.is_part {
            faults.add(
                &section.place,
                format!("a lesson has no section `{name}`"),
                format!("{}, behind `##` and in English in every language", names()),
            );
        } else if sections.insert(name.clone(), section).is_some() {
            faults.add(
                &section.place,
                format!("the section `{name}` stands twice"),
                "one of them",
            );
        }
    }
    sections
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
