//! The verdict on top: does it hold, what happens where it does not, and the change that would have held, to apply at once.

use engine::{
    advice::{Advice, Change},
    report::Standing,
};
use words::Tone;
use yew::prelude::*;

use super::{
    desk::{Ask, asks},
    summary::Summary,
};
use crate::{
    advice::Searched,
    outcome::Outcome,
    parts::{El, button, el, of},
};

/// The tone of a standing.
pub fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Holds => Tone::Good,
        Standing::WithinObjective => Tone::Fair,
        Standing::Short => Tone::Bad,
    }
}

/// A tone's sign: its shape says the same as its colour.
#[inline(never)]
pub fn icon(tone: Tone) -> El {
    let (class, path) = match tone {
        Tone::Good => ("tone good", "M6 10.3l2.8 2.8L14.2 7.4"),
        Tone::Fair => ("tone fair", "M6 10.2q2-2 4 0t4 0"),
        Tone::Bad => ("tone bad", "M10 5.2v6M10 14.2v.3"),
    };
    let circle = el("circle").set("cx", "10").set("cy", "10").set("r", "9");
    of("svg", class)
        .set("viewBox", "0 0 20 20")
        .set("aria-hidden", "true")
        .with(circle)
        .with(el("path").set("d", path))
}

/// The verdict as elements.
#[inline(never)]
pub fn verdict(from: &Summary) -> El {
    let (words, outcome) = (from.words, &*from.outcome);
    let (report, compiled) = (&outcome.report, &outcome.compiled);
    let found = (from.searched == Searched::Done).then_some(from.advice.0.as_slice());
    let verdict = words.verdict(report, compiled, &from.scenario.0, found);
    let searching = found.is_none() && report.standing != Standing::Holds;
    let remedy = if from.searched == Searched::TooLong {
        AttrValue::Static(words.remedy_too_long())
    } else {
        verdict.remedy.into()
    };
    let (first, others) = match found.and_then(<[Advice]>::split_first) {
        Some((first, others)) => (Some(first), others),
        None => (None, &[][..]),
    };
    let mut headline = of("p", "headline")
        .with(el("strong").says(verdict.headline.into()))
        .tells(" ")
        .with(of("span", if searching { "quiet" } else { "" }).says(remedy))
        .tells("\u{a0} ");
    if let Some(first) = first {
        headline = headline.with(apply(from, first.change));
    }
    let why = of("p", "why")
        .flag("hidden", verdict.why.is_empty())
        .says(verdict.why.into());
    let said = of("div", "said")
        .with(headline)
        .with(why)
        .with(more(from, others));
    of("div", "verdict").with(icon(verdict.tone)).with(said)
}

/// The button that applies a change.
#[inline(never)]
fn apply(from: &Summary, change: Change) -> El {
    let words = from.words;
    let said = words.apply_change(&words.change(change, &from.outcome.compiled));
    let said = AttrValue::from(said);
    let on_click = asks(&from.desk, Ask::Apply(change));
    button("apply", AttrValue::Static(words.apply()), on_click)
        .attr("aria-label", said.clone())
        .attr("title", said)
}

/// The fold with further advice.
#[inline(never)]
fn more(from: &Summary, others: &[Advice]) -> El {
    let words = from.words;
    let Outcome {
        compiled, report, ..
    } = &*from.outcome;
    let count = words.advice_others(others.len() as u64, &words.integer(others.len() as f64));
    let mut lines = el("ul");
    for advice in others {
        let said = words.advice(advice, report.cost_usd, compiled);
        let line = el("li").says(said.into()).tells(" ");
        lines = lines.with(line.with(apply(from, advice.change)));
    }
    of("details", "others")
        .flag("hidden", others.is_empty())
        .with(el("summary").says(count.into()))
        .with(lines)
}
