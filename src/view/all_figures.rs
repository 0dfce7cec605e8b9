//! Every figure of the report, a fold below the six: percentiles, elasticity measures with what they mean, baselines.

use words::{FigureGroup, Words};
use yew::prelude::*;

use crate::outcome::Outcome;

/// The groups, in the order in which they stand.
const GROUPS: [FigureGroup; 4] = [
    FigureGroup::Requests,
    FigureGroup::Cost,
    FigureGroup::Fleet,
    FigureGroup::Elasticity,
];

/// Returns every figure, in its group.
pub fn all_figures(outcome: &Outcome, words: Words) -> Html {
    let Outcome {
        compiled,
        run,
        report,
        ..
    } = outcome;
    let figures = words.figures(compiled, run, report);
    let groups = GROUPS.iter().filter_map(|group| {
        let mut of_group = figures.iter().filter(|it| it.group == *group).peekable();
        of_group.peek()?;
        let (title, about) = words.figure_group(*group, compiled, report);
        Some(html! {
            <section>
                <h3>{ title }</h3>
                <dl>
                    for figure in of_group {
                        <div>
                            <dt>{ figure.name }</dt>
                            <dd>{ &figure.value }</dd>
                            <dd class="tells" hidden={figure.about.is_empty()}>{ figure.about }</dd>
                        </div>
                    }
                </dl>
                <p class="tells">{ about }</p>
            </section>
        })
    });
    html! { <>{ for groups }</> }
}
