//! Card: what a load test of one instance gave, and the target value that follows, with the sum in the person's numbers.

use scenario::document::Platform;
use words::Words;
use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, Line},
    serverless,
};
use crate::{
    outcome::Outcome,
    parts::{El, el, list, of, text, typed},
    state::Action,
};

const FACTOR: &str = "load_test.safety_factor";

const LINES: [Line; 2] = [
    (
        "load_test.max_rps",
        Words::field_max_rps,
        Words::field_max_rps_about,
    ),
    (
        FACTOR,
        Words::field_safety_factor,
        Words::field_safety_factor_about,
    ),
];

/// The same of one copy.
const OF_COPY: [Line; 2] = [
    (
        "load_test.max_rps",
        Words::field_max_rps,
        Words::field_max_rps_copy_about,
    ),
    LINES[1],
];

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> El {
    if serverless::is_on(fields) {
        return serverless::load_test(fields);
    }
    let words = fields.words();
    let is_component = fields.scenario().platform.is_component();
    let card = Card {
        title: words.card_load_test(),
        note: AttrValue::Static(match is_component {
            true => words.card_load_test_note_copy(),
            false => words.card_load_test_note(),
        }),
        open: true,
        paths: &["load_test.max_rps", FACTOR],
    };
    fields
        .lines(
            card.begin(fields),
            if is_component { &OF_COPY } else { &LINES },
        )
        .with(slider(fields))
        .with(formula(fields))
}

/// The safety factor once more, to try values out.
fn slider(fields: &Fields) -> El {
    let value = fields.scenario().load_test.safety_factor;
    let on = &fields.shown.on;
    el("input")
        .set("type", "range")
        .set("min", "0.05")
        .set("max", "1")
        .set("step", "0.01")
        .value(value.to_string().into())
        .input(typed(&Action::typed_at(FACTOR, on)))
        .change(on.reform(|_: Event| Action::Settle))
        .set("aria-label", fields.words().field_safety_factor())
}

/// `20 × 0.5 × 60 = 600`, and what the safety factor buys.
fn formula(fields: &Fields) -> Html {
    let words = fields.words();
    let Some(outcome) = fields.outcome() else {
        return Html::default();
    };
    let Outcome { compiled, .. } = outcome;
    let service = &compiled.plan.service;
    let sum = words.formula(
        &words.number(service.max_rps, 3),
        &words.number(service.safety_factor, 3),
    );
    let sum = el("span")
        .says(sum.into())
        .with(of("span", "is").tells(" ="));
    let target = el("output")
        .set("name", "target")
        .says(words.number(compiled.sizing.target, 2).into());
    let sum = of("div", "eq").with(sum).with(target);
    let formula_about = match fields.scenario().platform {
        Platform::SagemakerAsynchronous => words.formula_about_queue(),
        Platform::SagemakerInferenceComponent => words.formula_about_copies(),
        Platform::Ec2AutoScalingGroup => words.formula_about_group(),
        _ => words.formula_about(),
    };
    let says = of("p", "says").tells(formula_about).tells(". ");
    // In a queue requests wait however slowly demand grows.
    let says = match compiled.plan.service.shared_queue {
        true => says,
        false => says.with(growth(words, outcome)),
    };
    list(vec![sum.html(), says.html()])
}

/// "Demand may double in 8 min before requests wait.", the time in bold.
fn growth(words: Words, outcome: &Outcome) -> Html {
    let sizing = &outcome.compiled.sizing;
    let sentence = words.growth(&outcome.compiled);
    let time = words.duration_short(sizing.reaction_s);
    match sentence.split_once(&*time) {
        Some((before, after)) => list(vec![
            text(before.to_owned().into()),
            el("b").says(time.clone().into()).html(),
            text(after.to_owned().into()),
        ]),
        None => text(sentence.into()),
    }
}
