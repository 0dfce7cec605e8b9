//! What only a serverless endpoint has on the form: its memory and limits, what one request takes, and sizing in requests at once.

use engine::environments_for;
use scenario::{
    compile::{Compiled, Warning},
    document::Serverless,
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    fields::{Fields, Line, More, Say},
};

const REQUEST: [Line; 3] = [
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
    (
        "load_test.safety_factor",
        Words::field_safety_factor,
        Words::field_safety_factor_about,
    ),
];

const LIMITS: [Line; 3] = [
    (
        "serverless.MaxConcurrency",
        Words::field_max_concurrency,
        Words::field_max_concurrency_about,
    ),
    (
        "serverless.model_setup_s",
        Words::field_model_setup_s,
        Words::field_model_setup_s_about,
    ),
    (
        "serverless.keep_s",
        Words::field_keep_s,
        Words::field_keep_s_about,
    ),
];

/// Card: what a load test of one request gave, and how many come at once.
pub fn load_test(fields: &Fields) -> Html {
    let words = fields.words();
    let title = words.card_load_test();
    let at_once = |compiled: &Compiled| {
        let sum = words.at_once(
            &words.value_rps(&words.significant(compiled.resolved.peak_rps)),
            &words.latency(1000.0 / compiled.plan.service.max_rps),
            &words.significant(compiled.peak_at_once()),
        );
        let growth = words.growth(compiled);
        [words.at_once_about(), ": ", &sum, ". ", &growth].concat()
    };
    html! {
        <Card key={title} {words} {title} note={words.card_load_test_note_request()} problems={fields.problems(&["load_test."])}>
            { fields.lines(&REQUEST) }
            if let Some(outcome) = fields.outcome() {
                <p class="says">{ at_once(&outcome.compiled) }</p>
            }
        </Card>
    }
}

/// Provisioned concurrency and the limit that follow, as rows: name, label, count.
pub fn sums(compiled: &Compiled, words: Words) -> [(&'static str, &'static str, u64); 3] {
    let sizing = &compiled.sizing;
    let lost = 1.0 - compiled.plan.objective.availability;
    [
        (
            "max_concurrency",
            words.sizing_max_concurrency(),
            environments_for(compiled.peak_at_once(), lost),
        ),
        ("at_peak", words.sizing_units_at_peak(), sizing.at_peak),
        ("at_quiet", words.sizing_units_at_quiet(), sizing.at_quiet),
    ]
}

/// Card: the endpoint; `platform` is the choice of another.
pub fn card(fields: &Fields, platform: Html, times: fn(&Fields) -> Html) -> Html {
    let words = fields.words();
    let given = &fields.scenario().serverless;
    let note = words.card_serverless_note(
        &given.memory_size_in_mb.to_string(),
        &given.max_concurrency.to_string(),
    );
    let memory = fields.field(
        AttrValue::Static("serverless.MemorySizeInMB"),
        Words::field_memory,
        More {
            about: Words::field_memory_about,
            choices: Serverless::MEMORY_MB
                .iter()
                .map(|name| (*name, *name))
                .collect(),
            ..More::default()
        },
    );
    let provisioned = fields.optional(
        AttrValue::Static("serverless.ProvisionedConcurrency"),
        Words::field_provisioned,
        Words::field_provisioned_about,
        AttrValue::Static(words.field_none()),
    );
    let of_endpoint = |warning: &Warning| {
        matches!(
            warning,
            Warning::ProvisionedPriceIsEstimate { .. } | Warning::MaxConcurrencyBelowPeak { .. }
        )
    };
    let title = words.card_serverless();
    let problems = fields.problems(&["platform", "instance", "serverless"]);
    html! {
        <Card key={title} {words} {title} {note} {problems}>
            { platform }
            { memory }
            { fields.lines(&LIMITS) }
            { provisioned }
            { fields.warnings(of_endpoint) }
            { prices(fields) }
            if given.provisioned().is_some() {
                { times(fields) }
            }
        </Card>
    }
}

/// What a GB and a second cost.
fn prices(fields: &Fields) -> Html {
    let words = fields.words();
    let given = &fields.scenario().serverless;
    // So small a price has many places.
    let price = |path: &'static str, label: Say, about: Say, usd: f64| {
        let more = More {
            wide: true,
            about,
            automatic: Some(AttrValue::from(usd.to_string())),
            ..More::default()
        };
        fields.field(AttrValue::Static(path), label, more)
    };
    let on_demand = price(
        "serverless.usd_per_gb_s",
        Words::field_usd_per_gb_s,
        Words::field_usd_per_gb_s_about,
        given.on_demand_usd_per_gb_s(),
    );
    let served = price(
        "serverless.provisioned_served_usd_per_gb_s",
        Words::field_served_usd_per_gb_s,
        Words::field_served_usd_per_gb_s_about,
        given.served_usd_per_gb_s(),
    );
    let ready = price(
        "serverless.provisioned_usd_per_gb_s",
        Words::field_provisioned_usd_per_gb_s,
        Words::field_provisioned_usd_per_gb_s_about,
        given.ready_usd_per_gb_s(),
    );
    let problems = fields.problems(&[
        "serverless.usd_per_gb_s",
        "serverless.provisioned_served_usd_per_gb_s",
        "serverless.provisioned_usd_per_gb_s",
    ]);
    html! {
        <Fold key="prices" {words} title={words.prices_title()} {problems}>
            { on_demand }
            { served }
            { ready }
        </Fold>
    }
}

/// The bounds in a few words, where there is something to scale.
pub fn bounds_note(fields: &Fields, min: &str, max: u64) -> String {
    match fields.scenario().serverless.provisioned() {
        Some(_) => (fields.words()).card_scaling_note_units(max, min, &max.to_string()),
        None => String::new(),
    }
}
