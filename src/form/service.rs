//! Card: latency when idle, patience of requests, and what counts as holding.

use yew::prelude::*;

use super::{card::Card, fields::Fields};

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let objective = &fields.scenario().objective;
    let note = words.card_service_note(
        &words.number(objective.availability_pct, 4),
        &words.latency(objective.late_ms),
    );
    let plain =
        |path: &'static str, label, about| fields.plain(AttrValue::Static(path), label, about);
    let body = vec![
        plain(
            "objective.availability_pct",
            words.field_availability(),
            words.field_availability_about(),
        ),
        plain(
            "objective.late_ms",
            words.field_late_ms(),
            words.field_late_ms_about(),
        ),
        plain(
            "load_test.p50_ms",
            words.field_p50_ms(),
            words.field_p50_ms_about(),
        ),
        plain(
            "load_test.p95_ms",
            words.field_p95_ms(),
            words.field_p95_ms_about(),
        ),
        plain(
            "service.timeout_s",
            words.field_timeout_s(),
            words.field_timeout_s_about(),
        ),
        fields.optional(
            AttrValue::Static("service.queue_limit_per_instance"),
            words.field_queue_limit(),
            words.field_queue_limit_about(),
            AttrValue::Static(words.field_none()),
        ),
    ];
    let card = Card {
        title: words.card_service(),
        note: note.into(),
        open: false,
        paths: &["objective", "service", "load_test.p"],
    };
    card.around(fields, body)
}
