//! The result: verdict, key figures, charts and log, and the one cross-hair and window that they share.
//!
//! It shows an outcome and asks for changes through callbacks; it computes nothing that the engine or the report could.

mod all_figures;
mod charts;
mod comparison;
mod diagram;
mod figures;
mod log;
mod machines;
mod moment;
mod pins;
mod sight;
mod summary;
mod verdict;

use std::rc::Rc;

use chart::Window;
use engine::advice::{Advice, Change};
use yew::prelude::*;

pub use self::{charts::Charts, diagram::Loop, figures::few_figures, moment::Moment};
use self::{comparison::Comparison, log::Log, machines::Machines, pins::Pins, summary::Summary};
use crate::{
    advice::Searched,
    app::BesideRun,
    language::use_words,
    link::{Part, Parts},
    outcome::Outcome,
    state::Action,
};

/// Whether an outcome belongs to what the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It does.
    Fresh,
    /// The form holds something that cannot be run: this is the last good outcome.
    Wrong,
    /// That is not simulated yet: this is the outcome before.
    Before,
}

/// What the result is shown from, and whom it tells.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ResultProps {
    /// What to show.
    pub outcome: Rc<Outcome>,
    /// The runs that are pinned beside it.
    pub beside: Rc<Vec<BesideRun>>,
    /// Runs on the machines that the scenario names.
    pub machines: Rc<Vec<BesideRun>>,
    /// Whether the outcome is of what the form holds.
    pub stale: Stale,
    /// Changes that would have held, cheapest first.
    pub advice: Rc<Vec<Advice>>,
    /// How far the search for advice is.
    pub searched: Searched,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// What the charts show.
    pub window: Window,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Makes a piece of advice part of the scenario.
    pub on_apply: Callback<Change>,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What the shipped scenario teaches that is shown; nothing once that is dismissed.
    pub lesson: Option<&'static str>,
    /// Whether the log is there, else its place.
    pub has_log: bool,
    /// The scenario's title.
    pub title: AttrValue,
    /// In a frame the parts that there are.
    pub embedded: Option<Parts>,
}

/// The right-hand side of the page.
#[function_component]
pub fn ResultView(props: &ResultProps) -> Html {
    let words = use_words();
    let ResultProps {
        outcome,
        beside,
        stale,
        window,
        on,
        ..
    } = props;
    let embedded = props.embedded;
    let embed = embedded.is_some();
    let parts = embedded.unwrap_or(Parts::ALL);
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let cursor_s = props
        .cursor_s
        .filter(|at_s| (0.0..=length_s).contains(at_s));
    let on_go = use_callback((on.clone(), length_s), |at_s, (on, length_s)| {
        let length_s = *length_s;
        on.emit(Action::Go { at_s, length_s });
    });
    let sentence = match stale {
        Stale::Wrong => words.stale_result(),
        Stale::Fresh | Stale::Before => "",
    };
    let is_stale = *stale != Stale::Fresh;
    html! {
        <div class={classes!("result", is_stale.then_some("stale"), embed.then_some("embed"))}>
            <p class="stale-note" role="status" hidden={*stale != Stale::Wrong}>{ sentence }</p>
            if parts.has(Part::Verdict) || parts.has(Part::Figures) {
                <Summary {outcome} advice={&props.advice} searched={props.searched} on_apply={&props.on_apply} {on}
                    lesson={props.lesson} title={&props.title} {embedded} />
            }
            <div class={classes!("two", embed.then_some("alone"))}>
                if parts.has(Part::Charts) {
                    <section class="card" aria-label={words.embed_charts()}>
                        <Pins {outcome} {beside} {words} {embed} {on} />
                        <Charts {outcome} {beside} window={*window} {cursor_s} colours={props.colours} {on} on_go={&on_go} />
                    </section>
                }
                if parts.has(Part::Log) {
                    if props.has_log {
                        <Log {outcome} {words} {cursor_s} on_go={&on_go} />
                    } else {
                        <div class="card log" />
                    }
                }
            </div>
            if !beside.is_empty() && parts.has(Part::Figures) {
                <Comparison {outcome} {beside} {words} />
            }
            if !outcome.scenario.other_machines.is_empty() && parts.has(Part::Figures) {
                <Machines {outcome} runs={&props.machines} {words} />
            }
            if !embed {
                <Loop {outcome} {words} {cursor_s} {on_go} />
            }
        </div>
    }
}
