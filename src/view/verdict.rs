//! The verdict on top: does it hold, what happens where it does not, and the change that would have held, to apply at once.

use engine::{advice::Change, report::Standing};
use words::Tone;
use yew::prelude::*;

use super::summary::SummaryProps;
use crate::parts::{button, el, of};

/// The tone of a standing.
pub fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Holds => Tone::Good,
        Standing::WithinObjective => Tone::Fair,
        Standing::Short => Tone::Bad,
    }
}

/// A tone's sign: its shape says the same as its colour.
pub fn icon(tone: Tone) -> Html {
    let (class, path) = match tone {
        Tone::Good => ("tone good", "M6 10.3l2.8 2.8L14.2 7.4"),
        Tone::Fair => ("tone fair", "M6 10.2q2-2 4 0t4 0"),
        Tone::Bad => ("tone bad", "M10 5.2v6M10 14.2v.3"),
    };
    let circle = el("circle").set("cx", "10").set("cy", "10").set("r", "9");
    of("svg", class)
        .set("viewBox", "0 0 20 20")
        .set("aria-hidden", "true")
        .with(circle.html())
        .with(el("path").set("d", path).html())
        .html()
}

/// The verdict as elements.
pub fn verdict(props: &SummaryProps) -> Html {
    let SummaryProps {
        outcome,
        words,
        scenario,
        advice,
        advice_done,
        on_apply,
        ..
    } = props;
    let (words, report, compiled) = (*words, &outcome.report, &outcome.compiled);
    let found = advice_done.then_some(advice.as_slice());
    let verdict = words.verdict(report, compiled, scenario, found);
    let apply = |change: Change| {
        let said = AttrValue::from(words.apply_change(&words.change(change, compiled)));
        let onclick = on_apply.reform(move |_: MouseEvent| change);
        button("apply", AttrValue::Static(words.apply()), onclick)
            .attr("aria-label", said.clone())
            .attr("title", said)
            .html()
    };
    let (first, others) = match advice.split_first() {
        Some((first, others)) if *advice_done => (Some(first), others),
        _ => (None, &[][..]),
    };
    let searching = !advice_done && report.standing != Standing::Holds;
    let headline = of("p", "headline")
        .with(el("strong").says(verdict.headline.into()).html())
        .tells(" ")
        .with(
            of("span", if searching { "quiet" } else { "" })
                .says(verdict.remedy.into())
                .html(),
        )
        .tells("\u{a0} ")
        .each(
            first
                .map(|advice| apply(advice.change))
                .into_iter()
                .collect(),
        );
    let why = of("p", "why")
        .flag("hidden", verdict.why.is_empty())
        .says(verdict.why.into());
    let lines = others.iter().map(|advice| {
        let said = words.advice(advice, report.cost_usd, compiled);
        let line = el("li").says(said.into()).tells(" ");
        line.with(apply(advice.change)).html()
    });
    let count = words.advice_others(others.len() as u64, &words.integer(others.len() as f64));
    let more = of("details", "others")
        .flag("hidden", others.is_empty())
        .with(el("summary").says(count.into()).html())
        .with(el("ul").each(lines.collect()).html());
    let said = of("div", "said")
        .with(headline.html())
        .with(why.html())
        .with(more.html());
    of("div", "verdict")
        .with(icon(verdict.tone))
        .with(said.html())
        .html()
}
