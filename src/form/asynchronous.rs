//! What an asynchronous endpoint's form has in place of a real-time one's: how long requests wait.

use words::Words;
use yew::prelude::*;

use super::fields::{Fields, Line};

const LINES: [Line; 2] = [
    (
        "asynchronous.RequestTTLSeconds",
        Words::field_request_ttl,
        Words::field_request_ttl_about,
    ),
    (
        "asynchronous.InvocationTimeoutSeconds",
        Words::field_invocation_timeout,
        Words::field_invocation_timeout_about,
    ),
];

/// How long requests wait and how long the model may take.
pub fn patience(fields: &Fields) -> Html {
    let max_concurrent = fields.optional(
        AttrValue::Static("asynchronous.MaxConcurrentInvocationsPerInstance"),
        Words::field_max_concurrent,
        Words::field_max_concurrent_about,
        AttrValue::Static(fields.words().field_none()),
    );
    html! { <>{ fields.lines(&LINES) }{ max_concurrent }</> }
}
