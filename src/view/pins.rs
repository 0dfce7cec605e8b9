//! The row above the charts: the runs that are pinned, each with the colour and number of its lines, and the way to pin this one.

use std::rc::Rc;

use scenario::{
    differences::{Difference, Said, differences},
    document::Scenario,
    link::MOST_PINNED,
};
use words::Words;
use yew::prelude::*;

use crate::{app::BesideRun, browser::dom, outcome::Outcome, state::Action};

/// Most differences that name a run in place of its title.
const FEW: usize = 2;

/// What the row is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct PinsProps {
    /// This run.
    pub outcome: Rc<Outcome>,
    /// Those that are pinned.
    pub beside: Rc<Vec<BesideRun>>,
    /// Language.
    pub words: Words,
    /// Whether it stands in a frame, which changes nothing.
    pub embed: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

/// The row.
#[function_component]
pub fn Pins(props: &PinsProps) -> Html {
    let PinsProps {
        outcome,
        beside,
        on,
        ..
    } = props;
    let (words, embed) = (props.words, props.embed);
    if embed && beside.is_empty() {
        return Html::default();
    }
    let is_pinned = beside.iter().any(|run| run.scenario == outcome.scenario);
    let is_full = beside.len() >= MOST_PINNED;
    let is_aligned = beside.iter().any(|run| is_of_another_time(outcome, run));
    let on_pin = on.reform(|_: MouseEvent| Action::PinRun);
    html! {
        <div class="pins">
            if !beside.is_empty() {
                <ul aria-label={words.compare_pinned()}>
                    for (place, run) in beside.iter().enumerate() {
                        { pin(words, outcome, (place, run), on, embed) }
                    }
                </ul>
            }
            if !embed {
                <button type="button" class="b" title={words.compare_pin_about()} disabled={is_pinned || is_full} onclick={on_pin}>{ words.compare_pin() }</button>
                if is_full && !is_pinned {
                    <p class="says">{ words.compare_full(&words.integer(MOST_PINNED as f64)) }</p>
                }
            }
            if is_aligned {
                <p class="says">{ words.compare_aligned() }</p>
            }
        </div>
    }
}

fn pin(
    words: Words,
    outcome: &Rc<Outcome>,
    (place, run): (usize, &BesideRun),
    on: &Callback<Action>,
    embed: bool,
) -> Html {
    let found = differences(&outcome.scenario, &run.scenario);
    let called = called(words, &found, &run.scenario);
    let on_unpin = on.reform(move |event: MouseEvent| {
        dom::focus_beside(&event);
        Action::UnpinRun(place)
    });
    let on_open = {
        let scenario = Rc::clone(&run.scenario);
        on.reform(move |_: MouseEvent| Action::Change(Rc::clone(&scenario)))
    };
    html! {
        <li class="pinned" style={swatch(place)}>
            <b aria-hidden="true">{ place + 1 }</b>
            if embed {
                <span>{ &called }</span>
            } else {
                <button type="button" title={words.compare_open(&called)} onclick={on_open}>{ &called }</button>
            }
            if run.outcome.is_none() {
                <small>{ run.without_result(words) }</small>
            } else if is_of_another_time(outcome, run) {
                <small>{ words.begins_and_lasts(&run.scenario) }</small>
            }
            if !embed {
                <button type="button" aria-label={words.compare_unpin(&called)} onclick={on_unpin}>{ "✕" }</button>
            }
        </li>
    }
}

/// Whether a run begins on another day than the present one, or is longer or shorter.
pub fn is_of_another_time(outcome: &Outcome, run: &BesideRun) -> bool {
    let time = |scenario: &Scenario| (scenario.start, scenario.hours);
    time(&outcome.scenario) != time(&run.scenario)
}

/// Returns the colour of the lines of the run at a place.
pub fn swatch(place: usize) -> AttrValue {
    format!("--m:var(--beside-{})", place + 1).into()
}

/// Returns what a pinned run is called: what it says otherwise than the present one where that is little, else its title.
pub fn called(words: Words, found: &[Difference], pinned: &Scenario) -> String {
    if (1..=FEW).contains(&found.len()) {
        let told = found.iter().map(|it| {
            let name = words.differs(it);
            if it.to == Said::Nothing {
                return words.compare_without(&name);
            }
            let [_, here] = words.differs_from_to(it);
            [&*name, " ", &here].concat()
        });
        return told.collect::<Vec<String>>().join(", ");
    }
    words.title_of(pinned).to_owned()
}
