//! Card: latency when idle, patience of requests, and what counts as holding.

use words::Words;
use yew::prelude::*;

use super::{
    asynchronous,
    card::Card,
    fields::{Fields, Line},
};

const LINES: [Line; 4] = [
    (
        "objective.availability_pct",
        Words::field_availability,
        Words::field_availability_about,
    ),
    (
        "objective.late_ms",
        Words::field_late_ms,
        Words::field_late_ms_about,
    ),
    (
        "load_test.p50_ms",
        Words::field_p50_ms,
        Words::field_p50_ms_about,
    ),
    (
        "load_test.p95_ms",
        Words::field_p95_ms,
        Words::field_p95_ms_about,
    ),
];

/// An endpoint that answers at once does not let requests wait for long.
const PATIENCE: [Line; 1] = [(
    "service.timeout_s",
    Words::field_timeout_s,
    Words::field_timeout_s_about,
)];

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let objective = &fields.scenario().objective;
    let note = words.card_service_note(
        &words.number(objective.availability_pct, 4),
        &words.latency(objective.late_ms),
    );
    let title = words.card_service();
    let problems = fields.problems(&["objective", "service", "load_test.p", "asynchronous"]);
    html! {
        <Card key={title} {words} {title} {note} open=false {problems}>{ inside(fields) }</Card>
    }
}

fn inside(fields: &Fields) -> Html {
    // One request's latency stands with the load test there, and nothing queues.
    if !fields.rules().has_instances {
        let ([availability, late, ..], [timeout]) = (LINES, PATIENCE);
        return fields.lines(&[availability, late, timeout]);
    }
    if fields.rules().has_queue {
        return html! { <>{ fields.lines(&LINES) }{ asynchronous::patience(fields) }</> };
    }
    let queue_limit = fields.optional(
        AttrValue::Static("service.queue_limit_per_instance"),
        Words::field_queue_limit,
        Words::field_queue_limit_about,
        AttrValue::Static(fields.words().field_none()),
    );
    html! { <>{ fields.lines(&LINES) }{ fields.lines(&PATIENCE) }{ queue_limit }</> }
}
