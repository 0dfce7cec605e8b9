//! Card: latency when idle, patience of requests, and what counts as holding.

use scenario::{
    document::{Asynchronous, LoadTest, Objective, Service},
    field::Field,
};
use yew::prelude::*;

use super::{FormProps, card::FieldsCard};

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let objective = &form.scenario().objective;
    let note = words.card_service_note(
        &words.number(objective.availability_pct, 4),
        &words.latency(objective.late_ms),
    );
    let title = words.card_service();
    let card = form.fields_card(title, note.into(), &shown(form), |field| {
        form.usual_options(field)
    });
    html! { <FieldsCard key={title} ..card /> }
}

fn shown(form: &FormProps) -> Vec<Field> {
    let objective = [Objective::availability_pct, Objective::late_ms];
    let latency = [LoadTest::p50_ms, LoadTest::p95_ms];
    // One request's latency stands with the load test of a serverless endpoint, and nothing queues there.
    if !form.rules().has_instances {
        [&objective[..], &[Service::timeout_s]].concat()
    } else if form.rules().has_queue {
        let patience = [
            Asynchronous::request_ttl_seconds,
            Asynchronous::invocation_timeout_seconds,
            Asynchronous::max_concurrent_invocations_per_instance,
        ];
        [&objective[..], &latency, &patience].concat()
    } else {
        // An endpoint that answers at once does not let requests wait for long.
        let patience = [Service::timeout_s, Service::queue_limit_per_instance];
        [&objective[..], &latency, &patience].concat()
    }
}
