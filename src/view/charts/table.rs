//! A chart's numbers as a table that opens on demand: for screen readers, for copying, for everybody.

use std::rc::Rc;

use chart::{
    Kind, Window,
    table::{Row, row_s, rows},
};
use words::{Words, scales_copies};
use yew::prelude::*;

use super::{
    figure::Figure,
    legend::rate,
    speech::{minute, moment, title},
};
use crate::{
    outcome::Outcome,
    parts::{El, Part, el, of, part},
    view::charts::desk::{Fold, folds},
};

/// The fold with the table in it. Rows are computed only while it is open.
#[inline(never)]
pub fn fold(figure: &Figure<'_>) -> El {
    let words = figure.now.words;
    let mut scroll = of("div", "scroll")
        .set("tabindex", if figure.open { "0" } else { "-1" })
        .set("role", "region")
        .set("aria-label", title(figure.kind, words, &figure.now.outcome));
    if figure.open {
        scroll = scroll.with(opened(figure));
    }
    let toggled = folds(figure.desk, Fold::Table(figure.place));
    of("details", "data")
        .on("toggle", &toggled)
        .with(el("summary").tells(words.chart_table()))
        .with(scroll)
}

#[inline(never)]
fn opened(figure: &Figure<'_>) -> Html {
    let table = Table {
        kind: figure.kind,
        outcome: Rc::clone(&figure.now.outcome),
        words: figure.now.words,
        window: figure.now.window,
    };
    part(None, table)
}

/// What a table is made from.
#[derive(PartialEq)]
struct Table {
    kind: Kind,
    outcome: Rc<Outcome>,
    words: Words,
    window: Window,
}

impl Part for Table {
    fn view(&self) -> Html {
        let Self {
            kind,
            outcome,
            words,
            window,
        } = self;
        let (words, window) = (*words, *window);
        let clock = &outcome.compiled.clock;
        let period_s = f64::from(outcome.run.period_s.max(1));
        let caption = words.chart_table_caption(
            title(*kind, words, outcome),
            &minute(words, clock, window.from_s),
            &minute(words, clock, window.to_s),
        );
        let note = words.table_note(&words.duration(row_s(window, period_s)));
        let mut head = el("tr").with(el("th").set("scope", "col").tells(words.chart_time()));
        for column in columns(*kind, words, outcome) {
            head = head.with(el("th").set("scope", "col").says(column.into()));
        }
        let forecasts = *kind == Kind::Instances && !outcome.run.forecasts.is_empty();
        if forecasts {
            let says = words.legend_forecast();
            head = head.with(el("th").set("scope", "col").tells(says));
        }
        let credits = *kind == Kind::Metric && !outcome.run.series.credits.is_empty();
        if credits {
            head = credit_columns(head, words, outcome);
        }
        let mut body = el("tbody");
        for row in rows(&outcome.run, window) {
            let time = moment(words, clock, row.from_s);
            let mut line = el("tr").with(el("th").set("scope", "row").says(time.into()));
            for cell in cells(*kind, words, &row, scales_copies(&outcome.compiled.plan)) {
                line = line.with(el("td").says(cell.into()));
            }
            if forecasts {
                let forecast = row.forecast.map(|n| words.integer(f64::from(n)));
                line = line.with(el("td").says(forecast.unwrap_or_default().into()));
            }
            if credits {
                line = credit_cells(line, words, &row);
            }
            body = body.with(line);
        }
        el("table")
            .with(el("caption").says([&*caption, ". ", &*note].concat().into()))
            .with(el("thead").with(head))
            .with(body)
            .html()
    }
}

#[inline(never)]
fn credit_columns(head: El, words: Words, outcome: &Outcome) -> El {
    let column = |name| el("th").set("scope", "col").tells(name);
    let head = head.with(column(words.table_credits()));
    if outcome.run.series.surplus_credits.is_empty() {
        head
    } else {
        head.with(column(words.table_surplus()))
    }
}

#[inline(never)]
fn credit_cells(line: El, words: Words, row: &Row) -> El {
    let mut line = line;
    for value in [row.credits, row.surplus].into_iter().flatten() {
        line = line.with(el("td").says(words.number(value, 1).into()));
    }
    line
}

fn columns(kind: Kind, words: Words, outcome: &Outcome) -> Vec<String> {
    let highest = |percentile: &str| words.table_highest_ms(percentile);
    match kind {
        Kind::Capacity | Kind::Overview => [
            words.table_demand_mean(),
            words.table_demand_peak(),
            words.table_in_service(),
            words.table_failed(),
        ]
        .map(str::to_owned)
        .to_vec(),
        Kind::Instances if scales_copies(&outcome.compiled.plan) => [
            words.legend_desired(),
            words.table_in_service(),
            words.legend_pending(),
            words.legend_instances(),
        ]
        .map(str::to_owned)
        .to_vec(),
        Kind::Instances => [
            words.legend_desired(),
            words.table_in_service(),
            words.legend_pending(),
        ]
        .map(str::to_owned)
        .to_vec(),
        Kind::Metric => vec![title(kind, words, outcome).to_owned()],
        Kind::Latency => [words.legend_p50(), words.legend_p95(), words.legend_p99()]
            .map(highest)
            .to_vec(),
    }
}

fn cells(kind: Kind, words: Words, row: &Row, copies: bool) -> Vec<String> {
    let count = |n: u32| words.integer(f64::from(n));
    let in_service = || {
        if row.fewest == row.most {
            count(row.most)
        } else {
            words.value_range(&count(row.fewest), &count(row.most))
        }
    };
    match kind {
        Kind::Capacity | Kind::Overview => vec![
            rate(words, row.mean_demand_rps),
            rate(words, row.peak_demand_rps),
            in_service(),
            words.compact(row.failed),
        ],
        Kind::Instances => {
            let mut cells = vec![count(row.desired), in_service(), count(row.pending)];
            if copies {
                cells.push(count(row.instances));
            }
            cells
        }
        Kind::Metric => vec![words.metric(row.metric)],
        Kind::Latency => [row.p50_ms, row.p95_ms, row.p99_ms]
            .map(|ms| words.latency(ms))
            .to_vec(),
    }
}
