//! Card: the sizing calculator beyond the target value: what is expected, and the instances and bounds that follow.

use scenario::{
    compile::Compiled,
    document::Expected,
    field::{Fixed, Place},
    platform::ScalableDimension,
};
use yew::prelude::*;

use super::{
    FormProps,
    card::{Card, Fold},
    fields::RowOptions,
    serverless,
};

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let compiled = form.outcome().map(|outcome| &outcome.compiled);
    let count = |n: u64| words.integer(n as f64);
    let note = compiled.map_or_else(String::new, |Compiled { sizing, .. }| {
        words.sizing_note(&count(sizing.at_quiet), &count(sizing.at_peak))
    });
    let title = words.sizing_title();
    html! {
        <Card key={title} {title} {note} problems={problems(form)}>
            { expected(form, compiled) }
            if let Some(compiled) = compiled {
                <dl class="sums">{ sums(form, compiled) }</dl>
                // What the time to react is made of.
                <p class="says">{ words.reaction(compiled) }</p>
                <p class="says">{ which_number(form) }</p>
            }
        </Card>
    }
}

fn problems(form: &FormProps) -> usize {
    form.problems(|field| field.place == Place::Section(Fixed::Expected))
}

/// Returns what is expected, where it is not as the demand below says.
fn expected(form: &FormProps, compiled: Option<&Compiled>) -> Html {
    let words = form.words;
    let (mut quiet, mut peak) = (String::new(), String::new());
    let (mut fewest, mut note) = (String::new(), String::new());
    if let Some(Compiled { resolved, .. }) = compiled {
        quiet = words.significant(resolved.quiet_rps);
        peak = words.significant(resolved.peak_rps);
        fewest = resolved.fewest_instances.to_string();
        note = words.sizing_expected_note(&quiet, &peak);
    }
    let is_serverless = !form.rules().has_instances;
    let fewest = RowOptions {
        label: is_serverless.then(|| words.field_fewest_units()),
        about: is_serverless.then(|| words.field_fewest_units_about()),
        automatic: Some(fewest.into()),
        ..RowOptions::default()
    };
    html! {
        <Fold key="expected" title={words.sizing_expected()} {note} problems={problems(form)}>
            { form.automatic(Expected::peak_rps, peak) }
            { form.automatic(Expected::quiet_rps, quiet) }
            { form.row_with(Expected::fewest_instances, fewest) }
        </Fold>
    }
}

/// Returns the instances and bounds that follow, as rows of a list.
fn sums(form: &FormProps, compiled: &Compiled) -> Html {
    let (words, sizing) = (form.words, &compiled.sizing);
    let count = |name, label, n: u64| sum(name, label, words.integer(n as f64), false);
    let rate = |name, label, rps: f64| {
        let value = words.value_rps(&words.significant(rps));
        sum(name, label, value, rps < 0.0)
    };
    if !form.rules().has_instances {
        return (serverless::sums(compiled, words).into_iter())
            .map(|(name, label, n)| count(name, label, n))
            .collect();
    }
    let (at_peak, at_quiet, one_lost) = if form.rules().has_queue {
        let names = (
            words.sizing_no_wait_at_peak(),
            words.sizing_no_wait_at_quiet(),
        );
        (names.0, names.1, words.sizing_headroom_one_lost())
    } else if form.rules().scales == ScalableDimension::ComponentCopies {
        (
            words.sizing_copies_at_peak(),
            words.sizing_copies_at_quiet(),
            words.sizing_headroom_copy_lost(),
        )
    } else {
        (
            words.sizing_at_peak(),
            words.sizing_at_quiet(),
            words.sizing_headroom_one_lost(),
        )
    };
    let always_on = || {
        let fixed = (form.outcome()).map(|outcome| outcome.report.fixed_fleet.instances);
        fixed.map_or(sizing.at_peak, u64::from)
    };
    html! {
        <>
            { count("at_peak", at_peak, sizing.at_peak) }
            { count("at_quiet", at_quiet, sizing.at_quiet) }
            { count("min_capacity", words.sizing_min(), sizing.min_capacity) }
            { count("max_capacity", words.sizing_max(), sizing.max_capacity) }
            // Its work can wait for a peak to pass.
            if form.rules().has_queue {
                { count("always_on", words.sizing_always_on(), always_on()) }
            } else {
                { rate("headroom", words.sizing_headroom(), sizing.headroom_rps) }
                { rate("headroom_one_lost", one_lost, sizing.headroom_one_lost_rps) }
            }
        </>
    }
}

/// Returns which of the numbers that the page shows means what.
fn which_number(form: &FormProps) -> String {
    let outcome = form.outcome();
    outcome.map_or_else(String::new, |outcome| {
        form.words.which_number(&outcome.compiled, &outcome.report)
    })
}

fn sum(name: &'static str, label: &'static str, value: String, is_bad: bool) -> Html {
    html! {
        <div key={name}>
            <dt>{ label }</dt>
            <dd class={is_bad.then_some("worse")} data-name={name}>{ value }</dd>
        </div>
    }
}
