//! Card: latency when idle, patience of requests, and what counts as holding.

use yew::prelude::*;

use super::{card::Card, fields::Fields};

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let note = words.card_service_note(
        &words.number(scenario.objective.availability_pct, 4),
        &words.latency(scenario.objective.late_ms),
    );
    let body = html! {<>
        { fields.plain("objective.availability_pct", words.field_availability(), words.field_availability_about()) }
        { fields.plain("objective.late_ms", words.field_late_ms(), words.field_late_ms_about()) }
        { fields.plain("load_test.p50_ms", words.field_p50_ms(), words.field_p50_ms_about()) }
        { fields.plain("load_test.p95_ms", words.field_p95_ms(), words.field_p95_ms_about()) }
        { fields.plain("service.timeout_s", words.field_timeout_s(), words.field_timeout_s_about()) }
        { fields.optional("service.queue_limit_per_instance", words.field_queue_limit(), words.field_queue_limit_about(), words.field_none().to_owned()) }
    </>};
    let paths = ["objective", "service", "load_test.p"];
    Card {
        title: words.card_service(),
        note,
        open: false,
        paths: &paths,
    }
    .around(fields, body)
}
