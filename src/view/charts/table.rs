//! A chart's numbers as a table that opens on demand: for screen readers, for copying, for everybody.

use std::rc::Rc;

use chart::{
    Kind, Window,
    table::{Row, row_s, rows},
};
use words::Words;
use yew::prelude::*;

use super::{
    legend::rate,
    speech::{minute, moment, title},
};
use crate::{outcome::Outcome, parts::el, view::opened};

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub kind: Kind,
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub window: Window,
}

/// The fold with the table in it. Rows are computed only while it is open.
#[function_component]
pub fn DataTable(props: &TableProps) -> Html {
    let open = use_state_eq(|| false);
    html! {
        <details class="data" ontoggle={opened(&open)}>
            <summary>{ props.words.chart_table() }</summary>
            <div class="scroll" tabindex={if *open { "0" } else { "-1" }} role="region" aria-label={title(props.kind, props.words)}>
                { if *open { table(props) } else { html! {} } }
            </div>
        </details>
    }
}

fn table(props: &TableProps) -> Html {
    let TableProps {
        kind,
        outcome,
        words,
        window,
    } = props;
    let (words, window) = (*words, *window);
    let clock = &outcome.compiled.clock;
    let rows = rows(&outcome.run, window);
    let period_s = f64::from(outcome.run.period_s.max(1));
    let caption = words.chart_table_caption(
        title(*kind, words),
        &minute(words, clock, window.from_s),
        &minute(words, clock, window.to_s),
    );
    let note = words.table_note(&words.duration(row_s(window, period_s)));
    let mut heads = vec![words.chart_time().to_owned()];
    heads.extend(columns(*kind, words));
    let heads = heads
        .into_iter()
        .map(|head| el("th").set("scope", "col").says(head.into()).html());
    let body = rows.iter().map(|row| {
        let time = moment(words, clock, row.from_s);
        let cells = cells(*kind, words, row).into_iter();
        el("tr")
            .with(el("th").set("scope", "row").says(time.into()).html())
            .each(
                cells
                    .map(|cell| el("td").says(cell.into()).html())
                    .collect(),
            )
            .html()
    });
    let head = el("tr").each(heads.collect()).html();
    el("table")
        .with(
            el("caption")
                .says(format!("{caption}. {note}").into())
                .html(),
        )
        .with(el("thead").with(head).html())
        .with(el("tbody").each(body.collect()).html())
        .html()
}

fn columns(kind: Kind, words: Words) -> Vec<String> {
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
        Kind::Instances => [
            words.legend_desired(),
            words.table_in_service(),
            words.legend_pending(),
        ]
        .map(str::to_owned)
        .to_vec(),
        Kind::Metric => vec![words.chart_metric().to_owned()],
        Kind::Latency => [words.legend_p50(), words.legend_p95(), words.legend_p99()]
            .map(highest)
            .to_vec(),
    }
}

fn cells(kind: Kind, words: Words, row: &Row) -> Vec<String> {
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
        Kind::Instances => vec![count(row.desired), in_service(), count(row.pending)],
        Kind::Metric => vec![words.integer(row.invocations_per_instance)],
        Kind::Latency => [row.p50_ms, row.p95_ms, row.p99_ms]
            .map(|ms| words.latency(ms))
            .to_vec(),
    }
}
