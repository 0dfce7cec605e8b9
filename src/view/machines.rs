//! The card of the same demand on other machines: a row each, the scenario's own first.

use std::rc::Rc;

use engine::report::Standing;
use words::{MachineFigure, Words};
use yew::prelude::*;

use crate::{app::BesideRun, outcome::Outcome};

/// What the card is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct MachinesProps {
    /// This run.
    pub outcome: Rc<Outcome>,
    /// Runs on the machines that the scenario names, in their order.
    pub runs: Rc<Vec<BesideRun>>,
    /// Language.
    pub words: Words,
}

/// The card.
#[function_component]
pub fn Machines(props: &MachinesProps) -> Html {
    let MachinesProps {
        outcome,
        runs,
        words,
    } = props;
    let words = *words;
    let scenario = &outcome.scenario;
    let own = figures(words, outcome);
    let cheapest = cheapest(outcome, runs);
    let best = |place: Option<usize>| {
        let is_best = cheapest == Some(place) && !runs.is_empty();
        html! { <small hidden={!is_best}>{ words.machines_cheapest() }</small> }
    };
    let named = scenario.other_machines.iter().zip(runs.iter());
    html! {
        <section class="card beside machines" aria-label={words.machines_title()}>
            <h2>{ words.machines_title() }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={words.card_other_machines()}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ words.machines_machine() }</th>
                            for figure in &own {
                                <th scope="col">{ figure.name }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        <tr>
                            <th scope="row">{ words.machines_own(&scenario.instance.instance_type) }{ best(None) }</th>
                            for figure in &own {
                                <td>{ &figure.value }</td>
                            }
                        </tr>
                        for (place, (machine, run)) in named.enumerate() {
                            <tr>
                                <th scope="row">{ words.machine_title(scenario, machine) }{ best(Some(place)) }</th>
                                { cells(words, &own, run) }
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
            <p class="says">{ words.machines_about() }</p>
        </section>
    }
}

fn figures(words: Words, outcome: &Outcome) -> Vec<MachineFigure> {
    words.machine_figures(&outcome.compiled, &outcome.run, &outcome.report)
}

/// Returns the cells of another machine: each figure, and by how much it differs from the scenario's own.
fn cells(words: Words, own: &[MachineFigure], run: &BesideRun) -> Html {
    let Some(outcome) = &run.outcome else {
        let says = match run.is_lacking {
            true => words.machines_lacking(),
            false => words.compare_works(),
        };
        return html! { <td colspan={own.len().to_string()}>{ says }</td> };
    };
    let theirs = figures(words, outcome);
    html! {
        for (figure, own) in theirs.iter().zip(own) {
            <td>
                { &figure.value }
                if let (Some(figure), Some(own)) = (&figure.figure, &own.figure) {
                    <small>{ words.figure_difference(own, figure) }</small>
                }
            </td>
        }
    }
}

/// Returns the machine on which the demand costs least with the objective kept, `None` within: the scenario's own.
fn cheapest(own: &Outcome, runs: &[BesideRun]) -> Option<Option<usize>> {
    let others = runs.iter().enumerate();
    let others = others.filter_map(|(place, run)| Some((Some(place), &**run.outcome.as_ref()?)));
    let all = std::iter::once((None, own)).chain(others);
    let keeps = all.filter(|(_, outcome)| outcome.report.standing != Standing::Short);
    let least = keeps.reduce(|least, other| {
        let costs = |outcome: &Outcome| outcome.report.cost_usd;
        if costs(other.1) < costs(least.1) {
            other
        } else {
            least
        }
    });
    least.map(|(place, _)| place)
}
