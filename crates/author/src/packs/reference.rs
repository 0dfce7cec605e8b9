//! The packs to look things up: what guides get wrong, and tables. Their numbers are written out, their runs are addresses.

use scenario::{
    catalogue::{self, PriceKind},
    document::Scenario,
    link,
};
use study::{
    address::{Address, LessonAddress},
    draw::Drawn,
    pack::{Wrong, Wrongs},
    question::Proof,
    setting::Unset,
    table::{Cell, Column, Known, Row, Table, TableRow, Tables},
    text::{Inline, Line, Marked},
};

use super::{
    Writer, lines,
    written::{Written, clock, words},
};
use crate::{
    content::{TableSource, WrongSource},
    runs::{name_of_cell, scenario_of_cell, scenario_of_proof},
    said::table::{ROW, TableText, is_text},
};

impl Writer<'_> {
    pub(super) fn wrong(&self) -> Wrongs {
        let entries = self.content.wrong.entries.iter();
        Wrongs {
            wrong: entries.filter_map(|it| self.wrong_one(it)).collect(),
            ..Wrongs::default()
        }
    }

    fn wrong_one(&self, source: &WrongSource) -> Option<Wrong> {
        let said = source.said.get(self.language).as_ref()?;
        let entry = &source.wrong;
        let proof = entry.run.as_ref();
        let scenario =
            proof.and_then(|proof| scenario_of_proof(self.content, proof, &Drawn::default()));
        let run = proof.and_then(|proof| way_to(proof, scenario.clone()));
        let facts = self.snapshot.wrong.get(&entry.id);
        let written = Written::new(self.language, facts, clock(scenario));
        let mut names = self.names();
        let about = said.text.about.iter().cloned();
        let right = lines::blocks(about, &mut |line| written.line(names.named(line)));
        Some(Wrong {
            id: entry.id.clone(),
            printed: said.text.name.clone(),
            right,
            certainty: entry.certainty,
            sources: entry.sources.clone(),
            lesson: entry.lesson.clone(),
            run,
        })
    }

    pub(super) fn tables(&self) -> Tables {
        let tables = self.content.tables.iter().filter_map(|source| {
            let said = source.said.get(self.language).as_ref()?;
            Some(self.table(source, &said.text))
        });
        Tables {
            tables: tables.collect(),
            ..Tables::default()
        }
    }

    fn table(&self, source: &TableSource<'_>, text: &TableText) -> Table {
        let data = &source.table;
        let mut names = self.names();
        let plain = Written::new(self.language, None, None);
        let about = text.about.iter().cloned();
        let about = lines::blocks(about, &mut |line| plain.line(names.named(line)));
        let mut line = |line: Option<&Line>| {
            let line = line.cloned().unwrap_or_default();
            plain.line(names.named(line))
        };
        let columns = (data.column.iter()).map(|column| column.id.as_str());
        let columns = [ROW].into_iter().chain(columns);
        let columns = columns.map(|id| line(text.columns.get(id))).collect();
        let rows = data.row.iter().map(|row| {
            let cells = data.column.iter().map(|column| {
                if is_text(column) {
                    let said = text.cells.get(&column.id);
                    return Cell::Text(line(said.and_then(|rows| rows.get(&row.id))));
                }
                self.cell(source, column, row)
            });
            let cells = cells.collect();
            let name = match &row.instance {
                Some(instance) => vec![Inline::Marked(Marked::Code(instance.clone()))],
                None => line(text.rows.get(&row.id)),
            };
            TableRow {
                name,
                run: self.way_to_row(source, row),
                cells,
            }
        });
        let rows = rows.collect();
        Table {
            id: source.id.clone(),
            title: text.title.clone(),
            about,
            columns,
            rows,
            sources: data.sources.clone(),
            lesson: (data.lesson.clone()).filter(|id| self.content.lesson(id).is_some()),
        }
    }

    /// Returns a cell that is read from its run, or from the catalogue.
    fn cell(&self, source: &TableSource<'_>, column: &Column, row: &Row) -> Cell {
        let words = words(self.language);
        let kind = row.instance.as_deref().and_then(catalogue::find);
        if let (Some(known), Some(kind)) = (column.catalogue, kind) {
            let text = |text: &str| Cell::Text(vec![Inline::Text(text.to_owned())]);
            let price = kind.price.as_ref();
            match known {
                Known::UsdPerHour => {
                    let price = price.map(|price| words.usd_price(price.usd_per_hour));
                    return Cell::Number(price.unwrap_or_else(none));
                }
                Known::Price => {
                    return price.map_or_else(
                        || text(NONE),
                        |price| {
                            text(&match price.kind {
                                PriceKind::Quoted => words.price_kind_quoted(&price.as_of),
                                PriceKind::Estimate => words.price_kind_estimate(&price.as_of),
                                PriceKind::OnDemand | PriceKind::Own => {
                                    words.price_kind_on_demand(&price.as_of)
                                }
                            })
                        },
                    );
                }
                // What earns credits SageMaker refuses to autoscale.
                Known::Autoscaled if kind.burstable => return text(words.study_t_no()),
                Known::Autoscaled => return text(words.study_t_yes()),
                Known::Vcpu | Known::MemoryGib | Known::Baseline => {}
            }
        }
        let facts = self.snapshot.tables.get(&source.id);
        let scenario = scenario_of_cell(self.content, source, column, row);
        let clock = row.has_run().then(|| clock(scenario)).flatten();
        let written = Written::new(self.language, facts, clock);
        let value = written.value(&name_of_cell(column, row));
        Cell::Number(value.unwrap_or_else(none))
    }

    /// Returns the way to a row's run, where all its cells are of one.
    fn way_to_row(&self, source: &TableSource<'_>, row: &Row) -> Option<String> {
        let is_one = |it: &Column| it.setting.is_none() && it.patch.is_null();
        if !row.has_run() || !source.table.column.iter().all(is_one) {
            return None;
        }
        if let (Some(lesson), Some(setting)) = (&source.table.lesson, &row.setting) {
            return Some(to_lesson(lesson, Some(setting.clone())));
        }
        let column = source.table.column.first()?;
        to_scenario(scenario_of_cell(self.content, source, column, row))
    }
}

/// What stands in a cell without a value.
const NONE: &str = "–";

fn none() -> String {
    NONE.to_owned()
}

/// Returns what stands behind `#` where a proof's run is.
fn way_to(proof: &Proof, scenario: Option<Result<Scenario, Unset>>) -> Option<String> {
    match &proof.lesson {
        Some(lesson) => Some(to_lesson(lesson, proof.setting.clone())),
        None => to_scenario(scenario),
    }
}

fn to_lesson(id: &str, setting: Option<String>) -> String {
    let id = id.to_owned();
    Address::Lesson(LessonAddress { id, setting }).to_string()
}

fn to_scenario(scenario: Option<Result<Scenario, Unset>>) -> Option<String> {
    link::encode(&scenario?.ok()?).ok()
}
