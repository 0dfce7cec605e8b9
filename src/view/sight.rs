//! On a phone: the verdict's sign and three figures, kept in sight at the foot of the page. It repeats what stands above.

use words::Words;
use yew::prelude::*;

use super::{
    figures::availability_class,
    verdict::{icon, tone},
};
use crate::{browser::dom, outcome::Outcome};

/// Returns the bar.
pub fn sight(outcome: &Outcome, words: Words) -> Html {
    let report = &outcome.report;
    html! {
        <button type="button" class="sight" tabindex="-1" aria-hidden="true" onclick={|event: MouseEvent| scroll_to_result(&event)}>
            { icon(tone(report)) }
            <span>
                <small>{ words.key_availability() }</small>
                <b class={availability_class(report)}>{ words.served_in_time(report) }</b>
            </span>
            <span><small>{ words.key_p95() }</small><b>{ words.served_after(report, report.p95_ms) }</b></span>
            <span>
                <small>{ format!("{} {}", words.key_cost(), words.per_month()) }</small>
                <b>{ words.usd(report.usd_per_month) }</b>
            </span>
        </button>
    }
}

/// Scrolls back to where the figures stand in full.
fn scroll_to_result(event: &MouseEvent) {
    let result = dom::target(event).and_then(|bar| bar.closest(".result").ok().flatten());
    if let Some(result) = result {
        result.scroll_into_view();
    }
}
