//! Card: latency when idle, patience of requests, and what counts as holding.

use words::Words;
use yew::prelude::*;

use super::{
    asynchronous,
    card::Card,
    fields::{Fields, Line},
    quiet::Quiet,
    serverless,
};
use crate::parts::El;

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
pub const QUIET: Quiet = Quiet {
    card,
    paths: &["objective", "service", "load_test.p", "asynchronous"],
    same: |a, b| {
        a.platform == b.platform
            && a.objective == b.objective
            && a.service == b.service
            && a.asynchronous == b.asynchronous
            && a.load_test.p50_ms == b.load_test.p50_ms
            && a.load_test.p95_ms == b.load_test.p95_ms
    },
};

#[inline(never)]
fn card(fields: &Fields) -> El {
    let words = fields.words();
    let objective = &fields.scenario().objective;
    let note = words.card_service_note(
        &words.number(objective.availability_pct, 4),
        &words.latency(objective.late_ms),
    );
    let card = Card {
        title: words.card_service(),
        note: note.into(),
        open: false,
        paths: QUIET.paths,
    };
    card.around(fields, inside)
}

#[inline(never)]
fn inside(fields: &Fields, card: El) -> El {
    // One request's latency stands with the load test there, and nothing queues.
    if serverless::is_on(fields) {
        let ([availability, late, ..], [timeout]) = (LINES, PATIENCE);
        return fields.lines(card, &[availability, late, timeout]);
    }
    let card = fields.lines(card, &LINES);
    if fields.scenario().platform.is_asynchronous() {
        return asynchronous::patience(fields, card);
    }
    fields.optional(
        fields.lines(card, &PATIENCE),
        AttrValue::Static("service.queue_limit_per_instance"),
        Words::field_queue_limit,
        Words::field_queue_limit_about,
        AttrValue::Static(fields.words().field_none()),
    )
}
