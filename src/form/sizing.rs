//! Card: the sizing calculator beyond the target value: what is expected, and the instances and bounds that follow.

use scenario::compile::Compiled;
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    fields::{Fields, Say},
    serverless,
};
use crate::parts::{El, el, of};

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> El {
    let words = fields.words();
    let compiled = fields.outcome().map(|outcome| &outcome.compiled);
    let mut note = String::new();
    if let Some(compiled) = compiled {
        let count = |n: u64| words.integer(n as f64);
        note = words.sizing_note(
            &count(compiled.sizing.at_quiet),
            &count(compiled.sizing.at_peak),
        );
    }
    let card = Card {
        title: words.sizing_title(),
        note: note.into(),
        open: true,
        paths: &["expected"],
    };
    let card = card.begin(fields).with(expected(fields, compiled));
    match compiled {
        Some(compiled) => card
            .with(sums(fields, compiled))
            .with(why(fields, compiled)),
        // As many as with a result: children without keys are told apart by their place.
        None => card.with(Html::default()).with(Html::default()),
    }
}

/// What is expected, where it is not as the demand below says.
fn expected(fields: &Fields, compiled: Option<&Compiled>) -> El {
    let words = fields.words();
    let (mut quiet, mut peak) = (String::new(), String::new());
    let (mut fewest, mut note) = (String::new(), String::new());
    if let Some(Compiled { resolved, .. }) = compiled {
        quiet = words.significant(resolved.quiet_rps);
        peak = words.significant(resolved.peak_rps);
        fewest = resolved.fewest_instances.to_string();
        note = words.sizing_expected_note(&quiet, &peak);
    }
    let fewest_label: (Say, Say) = if serverless::is_on(fields) {
        (Words::field_fewest_units, Words::field_fewest_units_about)
    } else {
        (
            Words::field_fewest_instances,
            Words::field_fewest_instances_about,
        )
    };
    let fill = |body: El| {
        let body = fields.optional(
            body,
            AttrValue::Static("expected.peak_rps"),
            Words::field_peak_rps,
            Words::field_peak_rps_about,
            peak.clone().into(),
        );
        let body = fields.optional(
            body,
            AttrValue::Static("expected.quiet_rps"),
            Words::field_quiet_rps,
            Words::field_quiet_rps_about,
            quiet.clone().into(),
        );
        fields.optional(
            body,
            AttrValue::Static("expected.fewest_instances"),
            fewest_label.0,
            fewest_label.1,
            fewest.clone().into(),
        )
    };
    let fold = Fold {
        key: "expected",
        colour: "--line2",
        title: AttrValue::Static(words.sizing_expected()),
        note: note.into(),
        open: false,
        off: false,
        paths: &["expected"],
    };
    fold.around(fields, &fill)
}

/// The instances and bounds that follow.
fn sums(fields: &Fields, compiled: &Compiled) -> El {
    let (words, sizing) = (fields.words(), &compiled.sizing);
    let row = |name: &'static str, label: &'static str, value: String, bad: bool| {
        let sum = el("dd")
            .maybe("class", bad.then_some(AttrValue::Static("worse")))
            .set("data-name", name)
            .says(value.into());
        el("div").key(name).with(el("dt").tells(label)).with(sum)
    };
    let count = |name: &'static str, label: &'static str, n: u64| {
        row(name, label, words.integer(n as f64), false)
    };
    let rate = |name: &'static str, label: &'static str, rps: f64| {
        let value = words.value_rps(&words.significant(rps));
        row(name, label, value, rps < 0.0)
    };
    let list = of("dl", "sums");
    if serverless::is_on(fields) {
        let sums = serverless::sums(compiled, words);
        return (sums.into_iter()).fold(list, |list, (name, label, n)| {
            list.with(count(name, label, n))
        });
    }
    let (at_peak, at_quiet, one_lost) = if fields.scenario().platform.is_component() {
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
    let list = list
        .with(count("at_peak", at_peak, sizing.at_peak))
        .with(count("at_quiet", at_quiet, sizing.at_quiet))
        .with(count(
            "min_capacity",
            words.sizing_min(),
            sizing.min_capacity,
        ))
        .with(count(
            "max_capacity",
            words.sizing_max(),
            sizing.max_capacity,
        ));
    // Its work can wait for a peak to pass.
    if fields.scenario().platform.is_asynchronous() {
        let fixed = fields.outcome().map(|it| it.report.fixed_fleet.instances);
        return list.with(count(
            "always_on",
            words.sizing_always_on(),
            fixed.map_or(sizing.at_peak, u64::from),
        ));
    }
    list.with(rate(
        "headroom",
        words.sizing_headroom(),
        sizing.headroom_rps,
    ))
    .with(rate(
        "headroom_one_lost",
        one_lost,
        sizing.headroom_one_lost_rps,
    ))
}

/// What the time to react is made of.
fn why(fields: &Fields, compiled: &Compiled) -> El {
    let why = fields.words().reaction(compiled);
    of("p", "says").says(why.into())
}
