//! The result: verdict, key figures, charts and log, and the one cross-hair and window that they share.
//!
//! It shows an outcome and asks for changes through callbacks; it computes nothing that the engine or the report could.

mod all_figures;
mod charts;
mod figures;
mod log;
mod sight;
mod summary;
mod verdict;

use std::rc::Rc;

use chart::Window;
use engine::advice::{Advice, Change};
use words::Words;
use yew::prelude::*;

use self::{charts::Charts, log::Log, summary::Summary};
use crate::{advice::Searched, outcome::Outcome, state::Action};

/// Whether an outcome is of what the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It is.
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
    /// Whether the outcome is of what the form holds.
    pub stale: Stale,
    /// Language.
    pub words: Words,
    /// Changes that would have held, cheapest first.
    pub advice: Rc<Vec<Advice>>,
    /// How far the search for advice is.
    pub searched: Searched,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// What the charts show, seconds from the start; `None`: the whole run.
    pub window_s: Option<(f64, f64)>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Makes a piece of advice part of the scenario.
    pub on_apply: Callback<Change>,
    /// Changes whenever colours did, after the page wears the new ones.
    pub theme_epoch: u32,
    /// Charts and key figures alone.
    pub embed: bool,
}

/// A window from a link or from before a change of length may not fit a run: then all of that shows.
fn window_of(window_s: Option<(f64, f64)>, length_s: f64) -> Window {
    match window_s {
        Some((from_s, to_s)) if from_s >= 0.0 && to_s <= length_s && to_s - from_s >= 1.0 => {
            Window { from_s, to_s }
        }
        _ => Window::whole(length_s),
    }
}

/// The right-hand side of the page.
#[function_component]
pub fn ResultView(props: &ResultProps) -> Html {
    let ResultProps {
        outcome,
        stale,
        words,
        on,
        embed,
        ..
    } = props;
    let (words, embed) = (*words, *embed);
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let window = window_of(props.window_s, length_s);
    let cursor_s = props
        .cursor_s
        .filter(|at_s| (0.0..=length_s).contains(at_s));
    let on_hover = use_callback(on.clone(), |at_s, on| on.emit(Action::Hover(at_s)));
    let on_pin = use_callback(on.clone(), |at_s, on| on.emit(Action::Pin(at_s)));
    let on_window = use_callback(on.clone(), |window: Window, on| {
        on.emit(Action::Window(Some((window.from_s, window.to_s))));
    });
    let on_go = {
        let whom = (on_window.clone(), on_pin.clone(), window, length_s);
        use_callback(whom, |at_s, (on_window, on_pin, window, length_s)| {
            let reached = window.reach(at_s, *length_s);
            if reached != *window {
                on_window.emit(reached);
            }
            on_pin.emit(Some(at_s));
        })
    };
    let sentence = match stale {
        Stale::Wrong => words.stale_result(),
        Stale::Fresh | Stale::Before => "",
    };
    let is_stale = *stale != Stale::Fresh;
    html! {
        <div class={classes!("result", is_stale.then_some("stale"), embed.then_some("embed"))}>
            <p class="stale-note" role="status" hidden={*stale != Stale::Wrong}>{ sentence }</p>
            <Summary {outcome} {words} advice={&props.advice} searched={props.searched} on_apply={&props.on_apply} {embed} />
            <div class={classes!("two", embed.then_some("alone"))}>
                <section class="card" aria-label={words.chart_capacity()}>
                    <Charts {outcome} {words} {window} {cursor_s} theme_epoch={props.theme_epoch} {on_hover} {on_pin}
                        on_go={&on_go} {on_window} />
                </section>
                if !embed {
                    <Log {outcome} {words} {cursor_s} {on_go} />
                }
            </div>
        </div>
    }
}
