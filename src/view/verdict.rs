//! The verdict on top: does it hold, what happens where it does not, and the change that would have held, to apply at once.

use chart::Window;
use engine::{
    Report,
    advice::{Advice, Change, Effect},
    report::Standing,
    run::{Activity, Outcome as Ending},
};
use words::{Tone, Words};
use yew::prelude::*;

use super::summary::SummaryProps;
use crate::{advice::Searched, state::Action};

/// Time that is shown before and after an incident at least, seconds.
const LEAST_MARGIN_S: f64 = 1_800.0;

/// Returns the verdict, with the first piece of advice beside it and the others in a fold.
pub fn verdict(props: &SummaryProps, words: Words) -> Html {
    let outcome = &*props.outcome;
    let found = (props.searched == Searched::Done).then_some(props.advice.as_slice());
    let verdict = words.verdict(&outcome.report, &outcome.compiled, &outcome.scenario, found);
    let searching = found.is_none() && outcome.report.standing != Standing::Holds;
    let remedy = match props.searched {
        Searched::TooLong => words.remedy_too_long().to_owned(),
        _ => verdict.remedy,
    };
    let (first, others) = match found.and_then(<[Advice]>::split_first) {
        Some((first, others)) => (Some(first), others),
        None => (None, &[][..]),
    };
    let (many, n) = (others.len() as u64, words.integer(others.len() as f64));
    let fix = |it: &Advice| it.effect == Effect::KeepsObjective;
    let count = match others.iter().all(fix) {
        true => words.advice_others(many, &n),
        false => words.advice_others_end(many, &n),
    };
    let apply = |change| apply_button(props, words, change);
    let says = |advice| words.advice(advice, &outcome.report, &outcome.compiled);
    html! {
        <div class="verdict">
            { icon(verdict.tone) }
            <div class="said">
                <p class="headline">
                    <strong>{ verdict.headline }</strong>{ " " }
                    <span class={classes!(searching.then_some("quiet"))}>{ remedy }</span>{ "\u{a0} " }
                    { first.map(|first| apply(first.change)).unwrap_or_default() }
                    { show_button(props, words) }
                </p>
                <p class="why" hidden={verdict.why.is_empty()}>{ verdict.why }</p>
                <details class="others" hidden={others.is_empty()}>
                    <summary>{ count }</summary>
                    <ul>
                        for advice in others {
                            <li>{ says(advice) }{ " " }{ apply(advice.change) }</li>
                        }
                    </ul>
                </details>
            </div>
        </div>
    }
}

/// Returns the button that shows the worst incident: in all charts with what led to it and came of it, and in the log.
fn show_button(props: &SummaryProps, words: Words) -> Html {
    let outcome = &*props.outcome;
    let Some(incident) = outcome.report.incidents.first() else {
        return Html::default();
    };
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let (start_s, end_s) = (incident.start_s, incident.end_s);
    // What was done about it, if anything was, is what the log then shows; what was refused, where nothing was.
    let during = |activity: &&Activity| (start_s..=end_s).contains(&activity.start_s);
    let answers = || outcome.run.activities.iter().filter(during);
    let has_changed = |activity: &&Activity| !matches!(activity.outcome, Ending::NotScaled(_));
    let answer = answers().find(has_changed).or_else(|| answers().next());
    let at_s = answer.map_or(start_s, |activity| activity.start_s);
    let margin_s = (end_s - start_s).max(LEAST_MARGIN_S);
    let window = Window::between(start_s - margin_s, end_s + margin_s, length_s);
    let onclick = {
        let on = props.on.clone();
        move |_| {
            on.emit(Action::Show(window));
            on.emit(Action::Go { at_s, length_s });
        }
    };
    html! { <button type="button" class="show" {onclick}>{ words.verdict_show() }</button> }
}

/// Returns the button that applies a change.
fn apply_button(props: &SummaryProps, words: Words, change: Change) -> Html {
    let name = words.apply_change(&words.change(change, &props.outcome.compiled));
    let onclick = props.on_apply.reform(move |_| change);
    html! {
        <button type="button" class="apply" aria-label={name.clone()} title={name} {onclick}>{ words.apply() }</button>
    }
}

/// Returns the tone of a report.
pub fn tone(report: &Report) -> Tone {
    match report.standing {
        _ if report.is_idle() => Tone::Fair,
        Standing::Holds => Tone::Good,
        Standing::WithinObjective => Tone::Fair,
        Standing::Short => Tone::Bad,
    }
}

/// Returns a tone's sign: its shape says the same as its colour.
pub fn icon(tone: Tone) -> Html {
    let (class, d) = match tone {
        Tone::Good => ("tone good", "M6 10.3l2.8 2.8L14.2 7.4"),
        Tone::Fair => ("tone fair", "M6 10.2q2-2 4 0t4 0"),
        Tone::Bad => ("tone bad", "M10 5.2v6M10 14.2v.3"),
    };
    html! {
        <svg {class} viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9" /><path {d} /></svg>
    }
}
