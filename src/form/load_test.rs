//! Card: what a load test of one instance gave, and the target value that follows, with the sum in the person's numbers.

use scenario::{document::LoadTest, platform::ScalableDimension};
use words::{Words, platform_texts};
use yew::prelude::*;

use super::{FormProps, card::Card, fields::RowOptions};
use crate::{browser::dom, outcome::Outcome, state::Action};

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let of_copy = form.rules().scales == ScalableDimension::ComponentCopies;
    let note = match of_copy {
        true => words.card_load_test_note_copy(),
        false => words.card_load_test_note(),
    };
    let max_rps = RowOptions {
        about: of_copy.then(|| words.field_max_rps_copy_about()),
        ..RowOptions::default()
    };
    let title = words.card_load_test();
    let problems =
        form.problems(|field| [LoadTest::max_rps, LoadTest::safety_factor].contains(&field));
    html! {
        <Card key={title} {title} {note} {problems}>
            { form.row_with(LoadTest::max_rps, max_rps) }
            { form.row(LoadTest::safety_factor) }
            { slider(form) }
            if let Some(outcome) = form.outcome() {
                { formula(form, outcome) }
            }
        </Card>
    }
}

/// Returns a slider of the safety factor, to try values out.
fn slider(form: &FormProps) -> Html {
    let value = form.scenario().load_test.safety_factor.to_string();
    let on_text = Action::typed_in(LoadTest::safety_factor, &form.on);
    html! {
        <input type="range" min="0.05" max="1" step="0.01" {value} oninput={dom::on_text(&on_text)}
            onchange={form.on.reform(|_: Event| Action::EndTyping)} aria-label={form.words.field_safety_factor()} />
    }
}

/// Returns the formula with the person's numbers (`20 × 0.5 × 60 = 600`), and what the safety factor buys.
fn formula(form: &FormProps, outcome: &Outcome) -> Html {
    let words = form.words;
    let Outcome { compiled, .. } = outcome;
    let service = &compiled.plan.service;
    let sum = words.formula(
        &words.number(service.max_rps, 3),
        &words.number(service.safety_factor, 3),
    );
    let about = (platform_texts(form.scenario().platform).formula_about)(words);
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
                if !compiled.plan.resource.has_shared_queue() {
                    { growth(words, outcome) }
                }
            </p>
        </>
    }
}

/// Returns "If demand no more than doubles within 8 min, no request waits.", the time in bold.
fn growth(words: Words, outcome: &Outcome) -> Html {
    let sentence = words.growth(&outcome.compiled);
    let time = words.duration_short(outcome.compiled.sizing.reaction_s);
    match sentence.split_once(&*time) {
        Some((before, after)) => html! { <>{ before }<b>{ &time }</b>{ after }</> },
        None => html! { sentence },
    }
}
