//! The verdict on top: does it hold, what happens where it does not, and the change that would have held, to apply at once.

use engine::{advice::Change, report::Standing};
use words::Tone;
use yew::prelude::*;

use super::summary::SummaryProps;

/// The class of a tone.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Fair => "fair",
        Tone::Bad => "bad",
    }
}

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
    let path = match tone {
        Tone::Good => "M6 10.3l2.8 2.8L14.2 7.4",
        Tone::Fair => "M6 10.2q2-2 4 0t4 0",
        Tone::Bad => "M10 5.2v6M10 14.2v.3",
    };
    html! {
        <svg class={classes!("tone", tone_class(tone))} viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="9" />
            <path d={path} />
        </svg>
    }
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
        let onclick = on_apply.reform(move |_: MouseEvent| change);
        let said = words.apply_change(&words.change(change, compiled));
        html! { <button type="button" class="apply" {onclick} aria-label={said.clone()} title={said}>{ words.apply() }</button> }
    };
    let (first, others) = match advice.split_first() {
        Some((first, others)) if *advice_done => (Some(first), others),
        _ => (None, &[][..]),
    };
    let searching = !advice_done && report.standing != Standing::Holds;
    html! {
        <div key="verdict" class="verdict">
            { icon(verdict.tone) }
            <div class="said">
                <p key="said" class="headline">
                    <strong>{ &verdict.headline }</strong>
                    { " " }
                    <span class={searching.then_some("quiet")}>{ &verdict.remedy }</span>
                    { first.map(|advice| html! { <>{ "\u{a0} " }{ apply(advice.change) }</> }) }
                </p>
                <p key="why" class="why" hidden={verdict.why.is_empty()}>{ &verdict.why }</p>
                if !others.is_empty() {
                    <details key="others" class="others">
                        <summary>{ words.advice_others(others.len() as u64, &words.integer(others.len() as f64)) }</summary>
                        <ul>
                            { for others.iter().enumerate().map(|(i, advice)| html! {
                                <li key={i}>
                                    <span>{ words.advice(advice, report.cost_usd, compiled) }</span>
                                    { " " }
                                    { apply(advice.change) }
                                </li>
                            }) }
                        </ul>
                    </details>
                }
            </div>
        </div>
    }
}
