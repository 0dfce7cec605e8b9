//! What only a serverless endpoint has on the form: its memory and limits, what one request takes, and sizing in requests at once.

use engine::environments_for;
use scenario::compile::{Compiled, Warning};
use words::Words;
use yew::AttrValue;

use super::{
    card::{Card, Fold},
    fields::{Fields, Line, More, Say},
};
use crate::{
    parts::{El, of},
    typed::MEMORY_MB,
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

/// Whether a serverless endpoint is described.
pub fn is_on(fields: &Fields) -> bool {
    fields.scenario().platform.is_serverless()
}

/// Card: what a load test of one request gave, and how many come at once.
#[inline(never)]
pub fn load_test(fields: &Fields) -> El {
    let words = fields.words();
    let card = Card {
        title: words.card_load_test(),
        note: AttrValue::Static(words.card_load_test_note_request()),
        open: true,
        paths: &["load_test."],
    };
    let card = fields.lines(card.begin(fields), &REQUEST);
    let Some(outcome) = fields.outcome() else {
        return card;
    };
    let compiled = &outcome.compiled;
    let sum = words.at_once(
        &words.value_rps(&words.significant(compiled.resolved.peak_rps)),
        &words.latency(1000.0 / compiled.plan.service.max_rps),
        &words.significant(compiled.peak_at_once()),
    );
    let says = [
        words.at_once_about(),
        ": ",
        &sum,
        ". ",
        &words.growth(compiled),
    ]
    .concat();
    card.with(of("p", "says").says(says.into()))
}

/// Provisioned concurrency and the limit that follow, as rows: name, label, count.
#[inline(never)]
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
#[inline(never)]
pub fn card(fields: &Fields, platform: fn(&Fields, El) -> El, times: fn(&Fields) -> El) -> El {
    let words = fields.words();
    let given = &fields.scenario().serverless;
    let (memory, most) = (
        given.memory_size_in_mb.to_string(),
        given.max_concurrency.to_string(),
    );
    let card = Card {
        title: words.card_serverless(),
        note: words.card_serverless_note(&memory, &most).into(),
        open: true,
        paths: &["platform", "instance", "serverless"],
    };
    let sizes = MEMORY_MB.map(|(_, name)| (name, name));
    let memory = More {
        about: Words::field_memory_about,
        choices: sizes.to_vec(),
        ..More::default()
    };
    let card = fields.field(
        platform(fields, card.begin(fields)),
        AttrValue::Static("serverless.MemorySizeInMB"),
        Words::field_memory,
        memory,
    );
    let card = fields.optional(
        fields.lines(card, &LIMITS),
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
    let card = fields.warnings(card, &of_endpoint).with(prices(fields));
    if given.provisioned().is_some() {
        card.with(times(fields))
    } else {
        card
    }
}

/// What a GB and a second cost.
fn prices(fields: &Fields) -> El {
    let words = fields.words();
    let given = &fields.scenario().serverless;
    // So small a price has many places.
    let line = |body: El, path: &'static str, label: Say, about: Say, usd: f64| {
        let more = More {
            wide: true,
            about,
            automatic: Some(AttrValue::from(usd.to_string())),
            ..More::default()
        };
        fields.field(body, AttrValue::Static(path), label, more)
    };
    let fill = |body: El| {
        let body = line(
            body,
            "serverless.usd_per_gb_s",
            Words::field_usd_per_gb_s,
            Words::field_usd_per_gb_s_about,
            given.on_demand_usd_per_gb_s(),
        );
        let body = line(
            body,
            "serverless.provisioned_served_usd_per_gb_s",
            Words::field_served_usd_per_gb_s,
            Words::field_served_usd_per_gb_s_about,
            given.served_usd_per_gb_s(),
        );
        line(
            body,
            "serverless.provisioned_usd_per_gb_s",
            Words::field_provisioned_usd_per_gb_s,
            Words::field_provisioned_usd_per_gb_s_about,
            given.ready_usd_per_gb_s(),
        )
    };
    let fold = Fold {
        key: "prices",
        colour: "--line2",
        title: AttrValue::Static(words.prices_title()),
        note: AttrValue::Static(""),
        open: false,
        off: false,
        paths: &[
            "serverless.usd_per_gb_s",
            "serverless.provisioned_served_usd_per_gb_s",
            "serverless.provisioned_usd_per_gb_s",
        ],
    };
    fold.around(fields, &fill)
}

/// Card: scaling, where there is nothing to scale.
#[inline(never)]
pub fn no_scaling(fields: &Fields, card: El) -> El {
    card.with(of("p", "says").tells(fields.words().scaling_nothing()))
}

/// The bounds in a few words, where there is something to scale.
#[inline(never)]
pub fn bounds_note(fields: &Fields, min: &str, max: u64) -> String {
    match fields.scenario().serverless.provisioned() {
        Some(_) => (fields.words()).card_scaling_note_units(max, min, &max.to_string()),
        None => String::new(),
    }
}
