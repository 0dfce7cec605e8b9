//! On a phone: the verdict's sign and three figures, kept in sight at the foot of the page. It repeats what stands above.

use words::Words;
use yew::prelude::*;

use super::{
    figures::standing_class,
    verdict::{icon, tone},
};
use crate::{
    browser::dom,
    outcome::Outcome,
    parts::{El, el, of},
};

/// The bar as elements.
#[inline(never)]
pub fn sight(outcome: &Outcome, words: Words) -> El {
    let report = &outcome.report;
    let availability = words.availability(report.availability);
    let month = [words.key_cost(), words.per_month()].join(" ");
    of("button", "sight")
        .set("type", "button")
        .set("tabindex", "-1")
        .set("aria-hidden", "true")
        .click(Callback::from(|event: MouseEvent| up(&event)))
        .with(icon(tone(report.standing)))
        .with(figure(
            AttrValue::Static(words.key_availability()),
            standing_class(report.standing),
            availability,
        ))
        .with(figure(
            AttrValue::Static(words.key_p95()),
            "",
            words.latency(report.p95_ms),
        ))
        .with(figure(month.into(), "", words.usd(report.usd_per_month)))
}

#[inline(never)]
fn figure(name: AttrValue, class: &'static str, value: String) -> El {
    el("span")
        .with(el("small").says(name))
        .with(of("b", class).says(value.into()))
}

/// Back to where the figures stand in full.
#[inline(never)]
fn up(event: &MouseEvent) {
    let result = dom::target(event).and_then(|bar| bar.closest(".result").ok().flatten());
    if let Some(result) = result {
        result.scroll_into_view();
    }
}
