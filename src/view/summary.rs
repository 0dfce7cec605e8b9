//! The card on top: the verdict, the six key figures, and a fold with all of them; on a phone also the bar at the foot.
//!
//! One component, rendered again when the outcome or the advice changes and not when the cross-hair moves.

use std::rc::Rc;

use engine::advice::{Advice, Change};
use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use super::{
    all_figures::all_figures, figures::key_figures, opened, sight::sight, verdict::verdict,
};
use crate::{outcome::Outcome, parts::of};

#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub scenario: Rc<Scenario>,
    pub advice: Rc<Vec<Advice>>,
    pub advice_done: bool,
    pub on_apply: Callback<Change>,
    pub embed: bool,
}

#[function_component]
pub fn SummaryCard(props: &SummaryProps) -> Html {
    let (outcome, words) = (&props.outcome, props.words);
    let open = use_state_eq(|| false);
    let figures = key_figures(outcome, words);
    if props.embed {
        return of("section", "card summary")
            .set("aria-label", words.key_figures())
            .with(figures)
            .html();
    }
    let groups = if *open {
        all_figures(outcome, words)
    } else {
        Vec::new()
    };
    let fold = html! {
        <details class="all" ontoggle={opened(&open)}>
            <summary>{ words.key_more() }</summary>
            { of("div", "groups").each(groups).html() }
        </details>
    };
    of("section", "card summary")
        .set("aria-label", words.verdict_label())
        .with(verdict(props))
        .with(figures)
        .with(fold)
        .with(sight(outcome, words))
        .html()
}
