//! On a phone: the verdict's sign and three figures, kept in sight at the foot of the page. It repeats what stands above.

use wasm_bindgen::JsCast;
use words::Words;
use yew::prelude::*;

use super::{
    figures::standing_class,
    verdict::{icon, tone},
};
use crate::{
    outcome::Outcome,
    parts::{el, of},
};

/// The bar as elements.
pub fn sight(outcome: &Outcome, words: Words) -> Html {
    let report = &outcome.report;
    let onclick = Callback::from(|event: MouseEvent| {
        let result = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|bar| bar.closest(".result").ok().flatten());
        if let Some(result) = result {
            result.scroll_into_view();
        }
    });
    let figure = |name: String, class, value: String| {
        el("span")
            .with(el("small").says(name.into()).html())
            .with(of("b", class).says(value.into()).html())
            .html()
    };
    let month = format!("{} {}", words.key_cost(), words.per_month());
    of("button", "sight")
        .set("type", "button")
        .set("tabindex", "-1")
        .set("aria-hidden", "true")
        .click(onclick)
        .with(icon(tone(report.standing)))
        .with(figure(
            words.key_availability().to_owned(),
            standing_class(report.standing),
            words.availability(report.availability),
        ))
        .with(figure(
            words.key_p95().to_owned(),
            "",
            words.latency(report.p95_ms),
        ))
        .with(figure(month, "", words.usd(report.usd_per_month)))
        .html()
}
