//! Card: what a load test of one instance gave, and the target value that follows, with the sum in the person's numbers.

use scenario::platform::ScalableDimension;
use words::{Words, platform_texts};
use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, Line},
};
use crate::{browser::dom, outcome::Outcome, state::Action};

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
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let (note, lines) = match fields.rules().scales {
        ScalableDimension::ComponentCopies => (words.card_load_test_note_copy(), OF_COPY),
        _ => (words.card_load_test_note(), LINES),
    };
    let title = words.card_load_test();
    html! {
        <Card key={title} {words} {title} {note} problems={fields.problems(&["load_test.max_rps", FACTOR])}>
            { fields.lines(&lines) }
            { slider(fields) }
            if let Some(outcome) = fields.outcome() {
                { formula(fields, outcome) }
            }
        </Card>
    }
}

/// The safety factor once more, to try values out.
fn slider(fields: &Fields) -> Html {
    let value = fields.scenario().load_test.safety_factor.to_string();
    let on = &fields.shown.on;
    let typed = Action::typed_at(FACTOR, on);
    let on_input = move |event: InputEvent| {
        if let Some(text) = dom::value(&event) {
            typed.emit(text);
        }
    };
    html! {
        <input type="range" min="0.05" max="1" step="0.01" {value} oninput={on_input}
            onchange={on.reform(|_: Event| Action::Settle)} aria-label={fields.words().field_safety_factor()} />
    }
}

/// `20 × 0.5 × 60 = 600`, and what the safety factor buys.
fn formula(fields: &Fields, outcome: &Outcome) -> Html {
    let words = fields.words();
    let Outcome { compiled, .. } = outcome;
    let service = &compiled.plan.service;
    let sum = words.formula(
        &words.number(service.max_rps, 3),
        &words.number(service.safety_factor, 3),
    );
    let about = (platform_texts(fields.scenario().platform).formula_about)(words);
    html! {
        <>
            <div class="eq">
                <span>{ sum }<span class="is">{ " =" }</span></span>
                <output name="target">{ words.number(compiled.sizing.target, 2) }</output>
            </div>
            <p class="says">
                { about }
                { ". " }
                // In a queue requests wait however slowly demand grows.
                if !service.shared_queue {
                    { growth(words, outcome) }
                }
            </p>
        </>
    }
}

/// "Demand may double in 8 min before requests wait.", the time in bold.
fn growth(words: Words, outcome: &Outcome) -> Html {
    let sentence = words.growth(&outcome.compiled);
    let time = words.duration_short(outcome.compiled.sizing.reaction_s);
    match sentence.split_once(&*time) {
        Some((before, after)) => html! { <>{ before }<b>{ &time }</b>{ after }</> },
        None => html! { sentence },
    }
}
