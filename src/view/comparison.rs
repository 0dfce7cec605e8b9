//! The card of runs side by side: each figure of this run and of those that are pinned, with the differences, and what the scenarios
//! say differently.

use std::rc::Rc;

use scenario::differences::{Difference, differences};
use words::{Figure, Words};
use yew::prelude::*;

use super::pins::{called, is_of_another_time, swatch};
use crate::{app::BesideRun, browser::dom, outcome::Outcome};

/// What the card is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ComparisonProps {
    /// This run.
    pub outcome: Rc<Outcome>,
    /// Those that are pinned.
    pub beside: Rc<Vec<BesideRun>>,
    /// Language.
    pub words: Words,
}

/// The card.
#[function_component]
pub fn Comparison(props: &ComparisonProps) -> Html {
    let ComparisonProps {
        outcome,
        beside,
        words,
    } = props;
    let words = *words;
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let is_open = is_open.clone();
        move |event: Event| is_open.set(dom::is_open(&event))
    };
    let mine = figures(words, outcome);
    let others: Vec<Result<Vec<Figure>, &'static str>> = beside
        .iter()
        .map(|run| match &run.outcome {
            Some(outcome) => Ok(figures(words, outcome)),
            None => Err(run.without_result(words)),
        })
        .collect();
    let key = [
        words.key_availability(),
        words.key_failed(),
        words.key_late(),
        words.key_p95(),
        words.key_instances(),
        words.key_units(),
        words.key_copies(),
        words.key_cost_per_month(),
    ];
    let (few, rest): (Vec<&Figure>, Vec<&Figure>) =
        mine.iter().partition(|figure| key.contains(&figure.name));
    let found: Vec<Vec<Difference>> = beside
        .iter()
        .map(|run| differences(&outcome.scenario, &run.scenario))
        .collect();
    let names: Vec<String> = beside
        .iter()
        .zip(&found)
        .map(|(run, found)| called(words, found, &run.scenario))
        .collect();
    let times = beside.iter().any(|run| is_of_another_time(outcome, run));
    let times = times.then(|| {
        let all = std::iter::once(&outcome.scenario).chain(beside.iter().map(|it| &it.scenario));
        all.map(|it| words.begins_and_lasts(it)).collect::<Vec<_>>()
    });
    let is_longer = |run: &BesideRun| run.scenario.hours != outcome.scenario.hours;
    html! {
        <section class="card beside" aria-label={words.compare_title()}>
            <h2>{ words.compare_title() }</h2>
            if beside.iter().any(is_longer) {
                <p class="says">{ words.compare_lengths() }</p>
            }
            { table(words, words.key_figures(), &few, &others, &names, times.unwrap_or_default()) }
            <details {ontoggle}>
                <summary>{ words.compare_all() }</summary>
                if *is_open {
                    { table(words, words.compare_all(), &rest, &others, &names, Vec::new()) }
                }
            </details>
            for (place, (found, name)) in found.iter().zip(&names).enumerate() {
                { differs(words, place, found, name) }
            }
        </section>
    }
}

fn figures(words: Words, outcome: &Outcome) -> Vec<Figure> {
    words.figures(&outcome.compiled, &outcome.run, &outcome.report)
}

/// Returns a table of figures, which is called `title`: a row each, a column for each run; before them when these are, unless that is
/// the same.
fn table(
    words: Words,
    title: &'static str,
    mine: &[&Figure],
    others: &[Result<Vec<Figure>, &'static str>],
    names: &[String],
    times: Vec<String>,
) -> Html {
    let cell = |figure: &Figure, others: &Result<Vec<Figure>, &'static str>| {
        let others = match others {
            Ok(others) => others,
            Err(why) => return html! { <td>{ *why }</td> },
        };
        let Some(other) = others.iter().find(|it| it.name == figure.name) else {
            return html! { <td>{ "–" }</td> };
        };
        html! { <td>{ &other.value }<small>{ words.figure_difference(figure, other) }</small></td> }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={title}>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ words.compare_figure() }</th>
                        <th scope="col">{ words.compare_this() }</th>
                        for (place, name) in names.iter().enumerate() {
                            <th scope="col" style={swatch(place)}><b aria-hidden="true">{ place + 1 }</b>{ " " }{ name }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    if !times.is_empty() {
                        <tr>
                            <th scope="row">{ words.compare_when() }</th>
                            for time in times {
                                <td>{ time }</td>
                            }
                        </tr>
                    }
                    for figure in mine {
                        <tr>
                            <th scope="row">{ figure.name }</th>
                            <td>{ &figure.value }</td>
                            for others in others {
                                { cell(figure, others) }
                            }
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

/// Returns what a pinned scenario says otherwise than this one, folded.
fn differs(words: Words, place: usize, found: &[Difference], name: &str) -> Html {
    html! {
        <details style={swatch(place)}>
            <summary><b aria-hidden="true">{ place + 1 }</b>{ words.compare_differs() }{ " · " }{ name }</summary>
            <p hidden={!found.is_empty()}>{ words.compare_nothing() }</p>
            <dl>
                for it in found {
                    <div>
                        <dt>{ words.differs(it) }</dt>
                        <dd>{ words.differs_from_to(it).join(" → ") }</dd>
                    </div>
                }
            </dl>
        </details>
    }
}
