//! `headroom compare`: scenarios side by side, each figure with its difference from the first's, and what they say differently.

use std::io::Write;

use scenario::{differences::differences, document::Scenario};
use serde::Serialize;
use words::{Figure, Words};

use super::unusable;
use crate::{
    args::CompareArgs,
    failure::Failure,
    input::{fetch, parse_together},
    outcome::Outcome,
    plain::plain,
    print::{
        json, output,
        rows::{OutputForm, Row, RowKey},
        table::{self, Align},
    },
    result::Summary,
    set::with_settings,
};

/// Most scenarios that stand side by side: the first and those pinned beside it on the page.
const MOST: usize = scenario::link::MOST_PINNED + 1;

/// A scenario beside the others, as JSON.
#[derive(Serialize)]
struct Compared<'a> {
    /// As it was asked for.
    scenario: &'a str,
    name: &'a str,
    summary: Summary,
    /// What it says otherwise than the first, by paths of fields.
    differs: Vec<Differs>,
}

/// A field that differs from the first scenario's; the values as people read them, in English.
#[derive(Serialize)]
struct Differs {
    field: String,
    first: String,
    here: String,
}

/// Runs the command.
///
/// # Errors
/// Why there is no result.
pub fn run(args: &CompareArgs) -> Result<(), Failure> {
    let words = args.lang.words();
    let mut outcomes: Vec<(&str, Outcome)> = Vec::new();
    for argument in &args.scenarios {
        let all = parse_together(&fetch(argument, words)?, words)
            .map_err(|fault| unusable(argument, &[fault]))?;
        for scenario in all {
            let scenario = with_settings(scenario, &args.set, words)?;
            let outcome =
                Outcome::of(scenario, words).map_err(|faults| unusable(argument, &faults))?;
            outcomes.push((argument, outcome));
        }
    }
    let Some(((_, first), others)) = outcomes
        .split_first()
        .filter(|(_, others)| !others.is_empty())
    else {
        return Err(Failure::Usage(
            "There is nothing to compare with. Name two scenarios or more, or a link that pins some."
                .to_owned(),
        ));
    };
    if outcomes.len() > MOST {
        return Err(Failure::Usage(format!(
            "These are {} scenarios; at most {MOST} stand side by side.",
            outcomes.len()
        )));
    }
    let mut out = output();
    if args.json {
        let all: Vec<Compared<'_>> = outcomes
            .iter()
            .map(|(argument, outcome)| compared(argument, outcome, first))
            .collect();
        json::print(&mut out, &all)?;
    } else if args.csv {
        csv(&mut out, &outcomes)?;
    } else {
        figures(&mut out, first, others, words)?;
        for (_, other) in others {
            writeln!(out)?;
            differs(&mut out, &first.scenario, &other.scenario, words)?;
        }
    }
    Ok(out.flush()?)
}

fn compared<'a>(argument: &'a str, outcome: &'a Outcome, first: &Outcome) -> Compared<'a> {
    let english = Words::default();
    let differs = differences(&first.scenario, &outcome.scenario);
    let differs = differs.into_iter().map(|it| {
        let [first, here] = english.differs_from_to(&it);
        Differs {
            field: it.path,
            first,
            here,
        }
    });
    Compared {
        scenario: argument,
        name: &outcome.scenario.name,
        summary: Summary::of(outcome),
        differs: differs.collect(),
    }
}

fn csv(out: &mut impl Write, outcomes: &[(&str, Outcome)]) -> Result<(), Failure> {
    let mut put = |row| match row {
        Row::Line(line) => out.write_all(line.as_bytes()),
        Row::Cells(_) => Ok(()),
    };
    if let Some(head) = OutputForm::Csv.head(&["scenario".to_owned()])? {
        put(head)?;
    }
    for (argument, outcome) in outcomes {
        put(OutputForm::Csv.row(&RowKey::Scenario((*argument).to_owned()), Ok(outcome))?)?;
    }
    Ok(())
}

/// Prints each figure: the first's, then of each other one its own and by how much that differs.
fn figures(
    out: &mut impl Write,
    first: &Outcome,
    others: &[(&str, Outcome)],
    words: Words,
) -> Result<(), Failure> {
    let of = |outcome: &Outcome| words.figures(&outcome.compiled, &outcome.run, &outcome.report);
    let all: Vec<Vec<Figure>> = others.iter().map(|(_, outcome)| of(outcome)).collect();
    let mut head = vec![
        words.compare_figure().to_owned(),
        words.title_of(&first.scenario).to_owned(),
    ];
    for (_, outcome) in others {
        head.extend([words.title_of(&outcome.scenario).to_owned(), String::new()]);
    }
    let mut rows = vec![head];
    let scenarios = others.iter().map(|(_, outcome)| &outcome.scenario);
    let time = |scenario: &Scenario| (scenario.start, scenario.hours);
    let is_other = |other: &Scenario| time(other) != time(&first.scenario);
    if scenarios.clone().any(is_other) {
        let mut row = vec![
            words.compare_when().to_owned(),
            words.begins_and_lasts(&first.scenario),
        ];
        for other in scenarios.clone() {
            row.extend([words.begins_and_lasts(other), String::new()]);
        }
        rows.push(row);
    }
    for figure in of(first) {
        let mut row = vec![figure.name.to_owned(), figure.value.clone()];
        for figures in &all {
            let other = figures.iter().find(|it| it.name == figure.name);
            let Some(other) = other else {
                row.extend(["–".to_owned(), String::new()]);
                continue;
            };
            row.extend([other.value.clone(), words.figure_difference(&figure, other)]);
        }
        rows.push(row);
    }
    let align = std::iter::once(Align::Left).chain([Align::Right; 2 * MOST]);
    table::print(out, &align.collect::<Vec<_>>(), &rows)?;
    if scenarios.clone().any(|it| it.hours != first.scenario.hours) {
        writeln!(out, "\n{}", words.compare_lengths())?;
    }
    Ok(())
}

/// Prints what a scenario says otherwise than the first.
fn differs(
    out: &mut impl Write,
    first: &Scenario,
    other: &Scenario,
    words: Words,
) -> Result<(), Failure> {
    let name = words.title_of(other);
    writeln!(
        out,
        "{}",
        plain(&format!("{} · {name}", words.compare_differs()))
    )?;
    let found = differences(first, other);
    if found.is_empty() {
        writeln!(out, "{}", words.compare_nothing())?;
    }
    let rows = found.iter().map(|it| {
        let [from, to] = words.differs_from_to(it);
        vec![words.differs(it), from, "→".to_owned(), to]
    });
    Ok(table::print(out, &[], &rows.collect::<Vec<_>>())?)
}
