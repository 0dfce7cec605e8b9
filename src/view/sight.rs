//! On a phone: the verdict's sign and three figures, kept in sight at the foot of the page. It repeats what stands above.

use wasm_bindgen::JsCast;
use words::Words;
use yew::prelude::*;

use super::{
    figures::standing_class,
    verdict::{icon, tone},
};
use crate::outcome::Outcome;

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
    html! {
        <button key="sight" type="button" class="sight" tabindex="-1" aria-hidden="true" {onclick}>
            { icon(tone(report.standing)) }
            <span><small>{ words.key_availability() }</small><b class={standing_class(report.standing)}>{ words.availability(report.availability) }</b></span>
            <span><small>{ words.key_p95() }</small><b>{ words.latency(report.p95_ms) }</b></span>
            <span><small>{ words.key_cost() }{ " " }{ words.per_month() }</small><b>{ words.usd(report.usd_per_month) }</b></span>
        </button>
    }
}
