//! The cells of a table that are numbers, each read from its run, and the claims about them.

use std::collections::{BTreeMap, btree_map::Entry};

use scenario::{catalogue, document::Scenario};
use study::{
    expression::{Expression, Name},
    lesson::Fact,
    measure::read,
    pack::Quantity,
    setting::{Unset, scenario_of, scenario_patched},
    subject::Ran,
    table::{Column, Known, Row},
    unit::Unit,
};

use super::{Done, constant, ran};
use crate::{
    content::{Content, TableSource},
    fault::Faults,
    scope::Scope,
    snapshot::Facts,
};

/// Runs a table; its facts are its cells: `failed@tracking`, the column and the row.
pub fn run(content: &Content<'_>, source: &TableSource<'_>) -> Done {
    let mut faults = Faults::default();
    let mut facts = Facts::new();
    let mut runs: BTreeMap<String, Option<Ran>> = BTreeMap::new();
    let is_setting = |_: &str| false;
    let scope = Scope {
        numbers: Vec::new(),
        constants: true,
        run: Some(&is_setting),
    };
    for (index, row) in source.table.row.iter().enumerate() {
        let place = source.place(&["row", &index.to_string()]);
        for column in &source.table.column {
            if let Some(value) = known(column, row) {
                facts.insert(name(column, row), value);
            }
            let Some(fact) = sum(column, row).filter(|_| row.has_run()) else {
                continue;
            };
            if !scope.check(fact.value(), &place, &mut faults) {
                continue;
            }
            let run = match runs.entry(key(column, row)) {
                Entry::Occupied(run) => run.into_mut(),
                Entry::Vacant(empty) => empty.insert(
                    match scenario_of_cell(content, source, column, row).map(ran) {
                        Some(Ok(run)) => Some(run),
                        wrong => {
                            let wrong = wrong.and_then(Result::err);
                            let wrong =
                                wrong.unwrap_or_else(|| "there is no such lesson".to_owned());
                            faults.add(
                                &place,
                                format!(
                                    "`{}` makes no scenario that runs: {wrong}",
                                    name(column, row)
                                ),
                                "a setting of the table's lesson, or a patch (docs/scenario.md)",
                            );
                            None
                        }
                    },
                ),
            };
            let Some(run) = run else { continue };
            let subject = run.subject();
            let value = |name: &Name| constant(&name.name).or_else(|| read(name, &subject));
            match fact.value().value(value) {
                Some(value) => {
                    facts.insert(name(column, row), Quantity(value, fact.unit()));
                }
                None => faults.add(
                    &place,
                    format!("`{}` has no value in its run", fact.value().text()),
                    "something that happens in this run",
                ),
            }
        }
    }
    claims(source, &facts, &mut faults);
    (facts, faults)
}

/// Tells which claims do not hold.
fn claims(source: &TableSource<'_>, facts: &Facts, faults: &mut Faults) {
    let value = |name: &Name| {
        let cell = format!("{}@{}", name.name, name.setting.as_deref()?);
        let Quantity(value, _) = facts.get(&cell)?;
        Some(*value)
    };
    for (index, claim) in source.table.claims.iter().enumerate() {
        if claim.holds(value) == Some(true) {
            continue;
        }
        let said = |sum: &Expression| match sum.value(value) {
            Some(value) => value.to_string(),
            None => "nothing".to_owned(),
        };
        let [left, right] = claim.sides().map(said);
        faults.add(
            &source.place(&["claims", &index.to_string()]),
            format!(
                "`{}` does not hold: {left} against {right}",
                String::from(claim.clone())
            ),
            "what the runs say, with cells as `column@row`",
        );
    }
}

/// Returns what is read for a cell.
fn sum<'a>(column: &'a Column, row: &'a Row) -> Option<&'a Fact> {
    let usual = column.value.as_ref()?;
    Some(row.cells.get(&column.id).unwrap_or(usual))
}

/// Returns the name of a cell.
#[must_use]
pub fn name(column: &Column, row: &Row) -> String {
    format!("{}@{}", column.id, row.id)
}

/// Returns the setting of the table's lesson that a cell is read from.
fn setting(column: &Column, row: &Row) -> Option<String> {
    let of_row = row.setting.as_deref()?;
    Some(match &column.setting {
        Some(setting) => setting.replace('*', of_row),
        None => of_row.to_owned(),
    })
}

/// Returns the name of a cell's run: those that are the same have the same.
fn key(column: &Column, row: &Row) -> String {
    match setting(column, row) {
        Some(setting) => setting,
        None => format!("{} {}", row.id, column.patch),
    }
}

/// Returns the scenario of a cell; nothing where the table's lesson cannot be read.
#[must_use]
pub fn scenario_of_cell(
    content: &Content<'_>,
    source: &TableSource<'_>,
    column: &Column,
    row: &Row,
) -> Option<Result<Scenario, Unset>> {
    let table = &source.table;
    if let Some(setting) = setting(column, row) {
        let lesson = &content.lesson(table.lesson.as_deref()?)?.lesson;
        let control = Some(&lesson.control);
        return Some(scenario_of(
            &lesson.scenario,
            &lesson.variants,
            control,
            &setting,
        ));
    }
    let mut base = table.scenario.clone();
    if let Some(preset) = &row.preset {
        // One of a shipped scenario has nothing of the table's own.
        base.preset = Some(preset.clone());
        base.patch = serde_json::Value::Null;
    }
    Some(scenario_patched(&base, &[&row.patch, &column.patch]))
}

/// Returns what is known of a row's instance type as a number.
fn known(column: &Column, row: &Row) -> Option<Quantity> {
    let kind = catalogue::find(row.instance.as_deref()?)?;
    let (value, unit) = match column.catalogue? {
        Known::Vcpu => (kind.vcpu?.into(), Unit::Number),
        Known::MemoryGib => (kind.memory_gib?.into(), Unit::Number),
        Known::UsdPerHour => (kind.price.as_ref()?.usd_per_hour, Unit::Usd),
        Known::Baseline => (
            catalogue::burstable(&kind.name)?.baseline_pct,
            Unit::Percent,
        ),
        Known::Price | Known::Autoscaled => return None,
    };
    Some(Quantity(value, unit))
}
