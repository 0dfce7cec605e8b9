//! Whether what there is to look up is whole: what guides get wrong, and tables.

use std::collections::BTreeSet;

use scenario::catalogue;

use crate::{
    content::{Content, TableSource},
    fault::{Faults, Place},
    said::table::{ROW, is_text},
};

/// Tells what lacks of them.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    wrong(content, faults);
    for source in &content.tables {
        table(content, source, faults);
    }
}

fn wrong(content: &Content<'_>, faults: &mut Faults) {
    let mut ids = BTreeSet::new();
    for source in &content.wrong.entries {
        let at = |path: &[&str]| content.wrong.place(source, path);
        let entry = &source.wrong;
        id(&entry.id, &mut ids, &at(&["id"]), faults);
        sources(content, &entry.sources, &at(&["sources"]), faults);
        if let Some(lesson) = entry.lesson.as_ref().filter(|id| !content.has_lesson(id)) {
            faults.add(
                &at(&["lesson"]),
                format!("there is no lesson `{lesson}`"),
                "the lesson about it, or no `lesson`",
            );
        }
        let said = [&source.said.english, &source.said.korean];
        for said in said.into_iter().flatten() {
            if said.text.about.is_empty() {
                faults.add(
                    &said.place,
                    "nothing says what is right",
                    "a paragraph under the heading",
                );
            }
        }
    }
}

fn table(content: &Content<'_>, source: &TableSource<'_>, faults: &mut Faults) {
    let table = &source.table;
    sources(content, &table.sources, &source.place(&["sources"]), faults);
    if let Some(lesson) = table.lesson.as_ref().filter(|id| !content.has_lesson(id)) {
        faults.add(
            &source.place(&["lesson"]),
            format!("there is no lesson `{lesson}`"),
            "the lesson whose settings the rows are, or no `lesson`",
        );
    }
    let mut ids = BTreeSet::from([ROW]);
    for (index, column) in table.column.iter().enumerate() {
        let place = source.place(&["column", &index.to_string()]);
        id(&column.id, &mut ids, &place, faults);
        if column.value.is_some() && column.catalogue.is_some() {
            faults.add(
                &place,
                "a column reads from runs and from the catalogue",
                "`value` or `catalogue`",
            );
        }
    }
    let mut ids = BTreeSet::new();
    for (index, row) in table.row.iter().enumerate() {
        let place = source.place(&["row", &index.to_string()]);
        id(&row.id, &mut ids, &place, faults);
        if row.setting.is_some() && table.lesson.is_none() {
            faults.add(
                &place,
                "a setting of no lesson",
                "`lesson` at the top, or `patch`",
            );
        }
        if row.setting.is_some() && (row.preset.is_some() || !row.patch.is_null()) {
            faults.add(
                &place,
                "the run is not one",
                "either `setting`, or `preset` and `patch`",
            );
        }
        let is_unknown = |name: &&String| catalogue::find(name).is_none();
        if let Some(name) = row.instance.as_ref().filter(is_unknown) {
            faults.add(
                &place,
                format!("the catalogue has no `{name}`"),
                "an instance type as AWS spells it",
            );
        }
        for cell in row.cells.keys() {
            let is_number = |it: &study::table::Column| it.id == *cell && !is_text(it);
            if !table.column.iter().any(is_number) {
                faults.add(
                    &place,
                    format!("`{cell}` is no column of numbers"),
                    "the id of one",
                );
            }
        }
    }
}

/// Tells where an id is none, or stands twice.
pub(super) fn id<'a>(id: &'a str, ids: &mut BTreeSet<&'a str>, place: &Place, faults: &mut Faults) {
    if !ids.insert(id) {
        faults.add(place, format!("`{id}` stands twice"), "an id of its own");
    }
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if id.is_empty() || !id.chars().all(is_id) {
        faults.add(
            place,
            format!("`{id}` is no id"),
            "small letters, digits and hyphens",
        );
    }
}

fn sources(content: &Content<'_>, ids: &[String], place: &Place, faults: &mut Faults) {
    if ids.is_empty() {
        faults.add(
            place,
            "it stands on no source",
            "at least one id of sources.toml",
        );
    }
    for id in ids.iter().filter(|id| !content.sources.contains_key(*id)) {
        faults.add(
            place,
            format!("there is no source `{id}`"),
            "an id of sources.toml",
        );
    }
}
