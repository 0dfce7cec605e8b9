//! What only a serverless endpoint has on the form: its memory and limits, what one request takes, and sizing in requests at once.

use engine::environments_for;
use scenario::{
    compile::{Compiled, Warning},
    document::{Instance, LoadTest, Scenario, Serverless},
    field::{Field, Fixed, Place},
};
use words::Words;
use yew::prelude::*;

use super::{
    FormProps,
    card::{Card, Fold},
    fields::RowOptions,
    instance,
};

/// Returns the card of what a load test of one request gave, and of how many requests come at once.
pub fn load_test(form: &FormProps) -> Html {
    let words = form.words;
    let title = words.card_load_test();
    let problems = form.problems(|field| field.place == Place::Section(Fixed::LoadTest));
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
        <Card key={title} {title} note={words.card_load_test_note_request()} {problems}>
            { form.rows([LoadTest::p50_ms, LoadTest::p95_ms, LoadTest::safety_factor]) }
            if let Some(outcome) = form.outcome() {
                <p class="says">{ at_once(&outcome.compiled) }</p>
            }
        </Card>
    }
}

/// Returns provisioned concurrency and the limit that follow, as rows: name, label, count.
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

/// Returns the card of the endpoint, which has no machine.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let given = &form.scenario().serverless;
    let note = words.card_serverless_note(
        &given.memory_size_in_mb.to_string(),
        &given.max_concurrency.to_string(),
    );
    let of_endpoint = |warning: &Warning| {
        matches!(
            warning,
            Warning::ProvisionedPriceIsEstimate { .. } | Warning::MaxConcurrencyBelowPeak { .. }
        )
    };
    let title = words.card_serverless();
    let sections = [Fixed::Instance, Fixed::Serverless];
    let problems = form.problems(|field| {
        field == Scenario::platform
            || matches!(field.place, Place::Section(section) if sections.contains(&section))
    });
    html! {
        <Card key={title} {title} {note} {problems}>
            { form.wide(Scenario::platform) }
            { form.rows([
                Serverless::memory_size_in_mb,
                Serverless::max_concurrency,
                Serverless::model_setup_s,
                Serverless::keep_s,
                Serverless::provisioned_concurrency,
            ]) }
            { form.warnings(of_endpoint) }
            { prices(form) }
            if given.provisioned().is_some() {
                { times(form) }
            }
        </Card>
    }
}

/// Returns the fold of how long provisioned concurrency takes to come and go.
fn times(form: &FormProps) -> Html {
    let fields = [
        Instance::launch_s,
        Instance::launch_to_s,
        Instance::removal_s,
    ];
    let problems = form.problems(|field| field.place == Place::Section(Fixed::Instance));
    instance::coming_and_going(form, problems, form.rows(fields))
}

/// Returns the fold of prices of a GB and a second, with all their decimals: they are that small.
fn prices(form: &FormProps) -> Html {
    let words = form.words;
    let given = &form.scenario().serverless;
    let prices: [(Field, f64); 3] = [
        (Serverless::usd_per_gb_s, given.on_demand_usd_per_gb_s()),
        (
            Serverless::provisioned_served_usd_per_gb_s,
            given.served_usd_per_gb_s(),
        ),
        (
            Serverless::provisioned_usd_per_gb_s,
            given.ready_usd_per_gb_s(),
        ),
    ];
    let price = |(field, usd): (Field, f64)| {
        let more = RowOptions {
            wide: true,
            automatic: Some(usd.to_string().into()),
            ..RowOptions::default()
        };
        form.row_with(field, more)
    };
    let problems = form.problems(|field| prices.iter().any(|(price, _)| *price == field));
    html! {
        <Fold key="prices" title={words.prices_title()} {problems}>{ for prices.map(price) }</Fold>
    }
}

/// Returns the bounds in a few words, where there is something to scale.
pub fn bounds_note(form: &FormProps, min: &str, max: u64) -> String {
    match form.scenario().serverless.provisioned() {
        Some(_) => (form.words).card_scaling_note_units(max, min, &max.to_string()),
        None => String::new(),
    }
}
