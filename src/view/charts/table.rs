//! A chart's numbers as a table that opens on demand: for screen readers, for copying, for everybody.

use std::rc::Rc;

use chart::{
    Chart, Window,
    table::{row_s, rows},
};
use words::Words;
use yew::prelude::*;

use super::subject;
use crate::{browser::dom, language::use_words, outcome::Outcome};

/// What a table is made from.
#[derive(PartialEq, Properties)]
pub struct TableProps {
    /// The chart whose numbers it has.
    pub chart: &'static dyn Chart,
    /// What the chart shows.
    pub outcome: Rc<Outcome>,
    /// The window that the chart shows.
    pub window: Window,
}

/// The fold with the table in it. Rows are computed only while it is open.
#[function_component]
pub fn DataTable(props: &TableProps) -> Html {
    let words = use_words();
    let is_open = use_state_eq(|| false);
    let on_toggle = {
        let is_open = is_open.clone();
        move |event: Event| is_open.set(dom::is_open(&event))
    };
    let title = props.chart.title(subject(&props.outcome, words));
    html! {
        <details class="data" ontoggle={on_toggle}>
            <summary>{ words.chart_table() }</summary>
            <div class="scroll" tabindex={if *is_open { "0" } else { "-1" }} role="region" aria-label={title}>
                if *is_open {
                    { table(props, words) }
                }
            </div>
        </details>
    }
}

fn table(props: &TableProps, words: Words) -> Html {
    let TableProps {
        chart,
        outcome,
        window,
    } = props;
    let subject = subject(outcome, words);
    let caption = words.chart_table_caption(
        chart.title(subject),
        &subject.minute(window.from_s),
        &subject.minute(window.to_s),
    );
    let note = words.table_note(&words.duration(row_s(*window, subject.period_s())));
    let columns = chart.columns(subject);
    html! {
        <table>
            <caption>{ caption }{ ". " }{ note }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.chart_time() }</th>
                    for column in &columns {
                        <th scope="col">{ &*column.head }</th>
                    }
                </tr>
            </thead>
            <tbody>
                for row in rows(&outcome.run, *window) {
                    <tr>
                        <th scope="row">{ subject.moment(row.from_s) }</th>
                        for column in &columns {
                            <td>{ (column.cell)(subject, &row) }</td>
                        }
                    </tr>
                }
            </tbody>
        </table>
    }
}
