//! What a table says: its title, what it is a table of, what its columns and rows are called, and the cells that are texts.

use std::collections::BTreeMap;

use study::{
    table::{Column, TableData},
    text::{Block, Line},
};

use super::{Said, Within};
use crate::{
    fault::{Faults, listed},
    text::{Outline, Section},
};

/// What a table says in a language.
#[derive(Clone, Debug, Default)]
pub struct TableText {
    /// Its title.
    pub title: Line,
    /// What it is a table of.
    pub about: Vec<Block>,
    /// What columns are called, by id; that of the rows' names is `row`.
    pub columns: BTreeMap<String, Line>,
    /// What rows are called, by id.
    pub rows: BTreeMap<String, Line>,
    /// Texts of cells, by column and row.
    pub cells: BTreeMap<String, BTreeMap<String, Line>>,
}

/// The name of the column that names the rows.
pub const ROW: &str = "row";

/// Returns what a table says, and tells what lacks of it.
pub fn read(outline: &Outline, table: &TableData, faults: &mut Faults) -> Said<TableText> {
    let rows: Vec<&str> = table.row.iter().map(|it| it.id.as_str()).collect();
    // A row about an instance type is called as that is.
    let named = (table.row.iter()).filter(|it| it.instance.is_none());
    let named: Vec<&str> = named.map(|it| it.id.as_str()).collect();
    let columns = table.column.iter().map(|it| it.id.as_str());
    let columns: Vec<&str> = [ROW].into_iter().chain(columns).collect();
    let mut text = TableText {
        title: outline.title.clone(),
        ..TableText::default()
    };
    let mut sections = BTreeMap::new();
    for section in &outline.sections {
        let name = section.name();
        let is_text = |it: &&Column| it.id == name && is_text(it);
        match name.as_str() {
            "about" => text.about = section.pieces.iter().map(|it| it.block.clone()).collect(),
            "columns" => text.columns = items(section, &columns, faults),
            "rows" => text.rows = items(section, &named, faults),
            _ if table.column.iter().any(|it| is_text(&it)) => {
                // A row may have nothing to say there.
                let said = said(section, &rows, faults);
                text.cells.insert(name.clone(), said);
            }
            _ => {
                let texts = table.column.iter().filter(|it| self::is_text(it));
                let texts = texts.map(|it| it.id.as_str());
                faults.add(
                    &section.place,
                    format!("a table has no section `{name}`"),
                    listed(["about", "columns", "rows"].into_iter().chain(texts)),
                );
            }
        }
        sections.insert(name, Within::of(section));
    }
    let wanted = (table.column.iter().filter(|it| is_text(it))).map(|it| it.id.as_str());
    let wanted = wanted.chain((!named.is_empty()).then_some("rows"));
    for wanted in ["about", "columns"].into_iter().chain(wanted) {
        if !sections.contains_key(wanted) {
            faults.add(
                &outline.place,
                format!("the section `{wanted}` lacks"),
                format!("`## {wanted}`"),
            );
        }
    }
    Said {
        text,
        place: outline.place.clone(),
        sections,
    }
}

/// Returns whether the cells of a column are texts.
#[must_use]
pub fn is_text(column: &Column) -> bool {
    column.value.is_none() && column.catalogue.is_none()
}

/// Returns what is said of each of these ids; tells which lack.
fn items(section: &Section, ids: &[&str], faults: &mut Faults) -> BTreeMap<String, Line> {
    let said = said(section, ids, faults);
    for id in ids.iter().filter(|id| !said.contains_key(**id)) {
        faults.add(
            &section.place,
            format!("`{id}` is not said"),
            format!("- `{id}` and what it is called"),
        );
    }
    said
}

/// Returns what is said of some of these ids; tells which are none.
fn said(section: &Section, ids: &[&str], faults: &mut Faults) -> BTreeMap<String, Line> {
    let (blocks, items) = section.blocks_and_items();
    if !blocks.is_empty() {
        faults.add(
            &section.place,
            "there is more than a list",
            "a list alone, - `id` text",
        );
    }
    let mut said = BTreeMap::new();
    for item in items {
        if !ids.contains(&item.id.as_str()) {
            faults.add(
                &item.place,
                format!("there is no `{}`", item.id),
                listed(ids.iter().copied()),
            );
        } else if said.insert(item.id.clone(), item.text).is_some() {
            faults.add(
                &item.place,
                format!("`{}` stands twice", item.id),
                "one of them",
            );
        }
    }
    said
}
