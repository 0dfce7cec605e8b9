//! The card on top: the verdict, the six key figures, and a fold with all of them; on a phone also the bar at the foot.
//!
//! It is made again when the outcome or the advice changes, and not when the cross-hair moves.

use std::rc::Rc;

use engine::advice::{Advice, Change};
use yew::prelude::*;

use super::{all_figures::all_figures, figures::key_figures, sight::sight, verdict::verdict};
use crate::{
    advice::Searched,
    browser::dom,
    language::use_words,
    link::{Part, Parts},
    outcome::Outcome,
    page::focus::use_focus_after,
    state::Action,
};

/// What the card is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SummaryProps {
    /// The outcome that is summed up.
    pub outcome: Rc<Outcome>,
    /// Changes that would have held, cheapest first.
    pub advice: Rc<Vec<Advice>>,
    /// How far the search for advice is.
    pub searched: Searched,
    /// Makes a piece of advice part of the scenario.
    pub on_apply: Callback<Change>,
    /// What the shipped scenario teaches that is shown; nothing once that is dismissed.
    pub lesson: Option<&'static str>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// The scenario's title, which a frame shows here.
    pub title: AttrValue,
    /// In a frame the parts of the result that there are.
    pub embedded: Option<Parts>,
}

/// The card.
#[function_component]
pub fn Summary(props: &SummaryProps) -> Html {
    let words = use_words();
    let open = use_state(|| false);
    let SummaryProps {
        outcome,
        lesson,
        title,
        embedded,
        ..
    } = props;
    use_focus_after(lesson.is_some());
    let figures = key_figures(outcome, words);
    let verdict = verdict(props, words);
    if let Some(parts) = embedded {
        return html! {
            <section class="card summary" aria-label={words.verdict_label()}>
                if parts.has(Part::Verdict) {
                    <header>
                        <h1>{ title }</h1>
                        <p>{ words.policies(&outcome.scenario, &outcome.compiled) }</p>
                    </header>
                    { verdict }
                }
                if parts.has(Part::Figures) {
                    { figures }
                }
            </section>
        };
    }
    let ontoggle = {
        let open = open.clone();
        move |event: Event| open.set(dom::is_open(&event))
    };
    html! {
        <section class="card summary" aria-label={words.verdict_label()}>
            { verdict }
            if let Some(lesson) = lesson {
                <div class="taught">
                    <p>{ lesson }</p>
                    <button type="button" class="b q" aria-label={words.hide()} onclick={Action::HideLesson.on_click(&props.on)}>{ "✕" }</button>
                </div>
            }
            { figures }
            <details class="all" {ontoggle}>
                <summary>{ words.key_more() }</summary>
                <div class="groups">
                    if *open {
                        { all_figures(outcome, words) }
                    }
                </div>
            </details>
            { sight(outcome, words) }
        </section>
    }
}
