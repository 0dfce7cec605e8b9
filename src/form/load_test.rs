//! Card: what a load test of one instance gave, and the target value that follows, with the sum in the person's numbers.

use web_sys::HtmlInputElement;
use words::Words;
use yew::prelude::*;

use super::{card::Card, fields::Fields};
use crate::{outcome::Outcome, state::Action};

const FACTOR: &str = "load_test.safety_factor";

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let body = html! {<>
        { fields.plain("load_test.max_rps", words.field_max_rps(), words.field_max_rps_about()) }
        { fields.plain(FACTOR, words.field_safety_factor(), words.field_safety_factor_about()) }
        { slider(fields) }
        { formula(fields) }
    </>};
    let card = Card {
        title: words.card_load_test(),
        note: words.card_load_test_note().to_owned(),
        open: true,
        paths: &["load_test.max_rps", FACTOR],
    };
    card.around(fields, body)
}

/// The safety factor once more, to try values out.
fn slider(fields: &Fields) -> Html {
    let value = fields.scenario().load_test.safety_factor;
    let oninput = fields.shown.on.reform(|event: InputEvent| Action::Type {
        path: FACTOR.to_owned(),
        text: event.target_unchecked_into::<HtmlInputElement>().value(),
    });
    let onchange = fields.shown.on.reform(|_: Event| Action::Settle);
    html! {
        <input type="range" min="0.05" max="1" step="0.01" value={value.to_string()} {oninput} {onchange}
            aria-label={fields.words().field_safety_factor()} />
    }
}

/// `20 × 0.5 × 60 = 600`, and what the safety factor buys.
fn formula(fields: &Fields) -> Html {
    let words = fields.words();
    let Some(outcome) = fields.shown.outcome.as_deref() else {
        return Html::default();
    };
    let Outcome { compiled, .. } = outcome;
    let service = &compiled.plan.service;
    let sum = words.formula(
        &words.number(service.max_rps, 3),
        &words.number(service.safety_factor, 3),
    );
    html! {<>
        <div class="eq">
            <span>{ sum }<span class="is">{ " =" }</span></span>
            <output name="target">{ words.number(compiled.sizing.target, 2) }</output>
        </div>
        <p class="says">{ words.formula_about() }{ ". " }{ growth(words, outcome) }</p>
    </>}
}

/// "Demand may double in 8 min before requests wait.", the time in bold.
fn growth(words: Words, outcome: &Outcome) -> Html {
    let sizing = &outcome.compiled.sizing;
    let time = words.duration_short(sizing.reaction_s);
    let factor = sizing.growth_factor;
    let sentence = if factor <= 1.0 {
        return html! { words.sizing_growth_none() };
    } else if (factor - 2.0).abs() < 0.005 {
        words.sizing_growth_double(&time)
    } else if factor < 2.0 {
        words.sizing_growth_percent(&words.percent(factor - 1.0, 0), &time)
    } else {
        words.sizing_growth(&words.number(factor, 1), &time)
    };
    match sentence.split_once(&*time) {
        Some((before, after)) => {
            html! {<>{ before.to_owned() }<b>{ time.clone() }</b>{ after.to_owned() }</>}
        }
        None => html! { sentence.clone() },
    }
}
