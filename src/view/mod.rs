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

use chart::{Window, cursor::nearest};
use engine::advice::{Advice, Change};
use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use self::{
    charts::Charts,
    log::{Log, use_log},
    summary::SummaryCard,
};
use crate::outcome::Outcome;

/// What the result is shown from, and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ResultProps {
    /// What to show.
    pub outcome: Rc<Outcome>,
    /// Whether the form holds something that cannot be run: this is then the last good outcome.
    pub stale: bool,
    /// Language.
    pub words: Words,
    /// The document that the outcome is of.
    pub scenario: Rc<Scenario>,
    /// Changes that would have held, cheapest first.
    pub advice: Rc<Vec<Advice>>,
    /// Whether the search for advice is over.
    pub advice_done: bool,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Moves the cross-hair.
    pub on_cursor: Callback<Option<f64>>,
    /// What the charts show, seconds from the start.
    pub window_s: (f64, f64),
    /// Shows another window.
    pub on_window: Callback<(f64, f64)>,
    /// Makes a piece of advice part of the scenario.
    pub on_apply: Callback<Change>,
    /// Changes whenever colours did, after the page wears the new ones.
    pub theme_epoch: u32,
    /// Charts and key figures alone.
    pub embed: bool,
}

/// What happens to the cross-hair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// It follows a pointer, and goes back to where it was pinned when that leaves.
    Hover(f64),
    /// It stays here.
    Pin(f64),
    /// The pointer left.
    Leave,
    /// It goes away.
    Clear,
    /// It goes to the activity nearest to here, and stays.
    Nearest(f64),
}

/// Keeps `open` as a `<details>` is, so that what is folded away need not be rendered.
fn opened(open: &UseStateHandle<bool>) -> Callback<Event> {
    let open = open.setter();
    Callback::from(move |event: Event| {
        let details = event.target_dyn_into::<web_sys::Element>();
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    })
}

/// The right-hand side of the page.
#[function_component]
pub fn ResultView(props: &ResultProps) -> Html {
    let ResultProps {
        outcome,
        words,
        scenario,
        advice,
        advice_done,
        embed,
        ..
    } = props;
    let (words, embed) = (*words, *embed);
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let (from_s, to_s) = props.window_s;
    let window = Window { from_s, to_s };
    // A window from a link or from before a change of length may not fit this run.
    let fits = from_s.is_finite()
        && to_s.is_finite()
        && from_s >= 0.0
        && to_s <= length_s
        && to_s - from_s >= 1.0;
    let window = if fits {
        window
    } else {
        Window::whole(length_s)
    };
    let cursor_s = props
        .cursor_s
        .filter(|at_s| (0.0..=length_s).contains(at_s));
    let pinned = use_mut_ref(|| None::<f64>);

    // Callbacks stay the same while the cross-hair and the window move, so that what does not show them is not rendered
    // again; they read the window from here.
    let latest = use_mut_ref(|| window);
    *latest.borrow_mut() = window;
    let on_window = use_callback(props.on_window.clone(), |window: Window, on_window| {
        on_window.emit((window.from_s, window.to_s));
    });
    let on_move = {
        let on_cursor = props.on_cursor.clone();
        let latest = Rc::clone(&latest);
        let when = (on_cursor, on_window.clone(), Rc::clone(outcome), length_s);
        use_callback(
            when,
            move |to: Move, (on_cursor, on_window, outcome, length_s)| {
                let pin = |at_s: Option<f64>| {
                    *pinned.borrow_mut() = at_s;
                    on_cursor.emit(at_s);
                };
                match to {
                    Move::Hover(at_s) => on_cursor.emit(Some(at_s)),
                    Move::Pin(at_s) => pin(Some(at_s)),
                    Move::Leave => on_cursor.emit(*pinned.borrow()),
                    Move::Clear => pin(None),
                    Move::Nearest(at_s) => {
                        let activities = &outcome.run.activities;
                        let moment_s = |i: usize| activities.get(i).map_or(0.0, |a| a.start_s);
                        if let Some(found) = nearest(activities.len(), moment_s, at_s) {
                            let window = *latest.borrow();
                            let shown = window.reach(moment_s(found), *length_s);
                            if shown != window {
                                on_window.emit(shown);
                            }
                            pin(Some(moment_s(found)));
                        }
                    }
                }
            },
        )
    };
    let on_choose = use_callback(
        (on_move.clone(), on_window.clone(), length_s),
        move |at_s: f64, (on_move, on_window, length_s)| {
            let window = *latest.borrow();
            let shown = window.reach(at_s, *length_s);
            if shown != window {
                on_window.emit(shown);
            }
            on_move.emit(Move::Pin(at_s));
        },
    );

    let (log, choose, on_filter) = use_log(outcome, cursor_s, &on_choose);

    let class = classes!(
        "result",
        props.stale.then_some("stale"),
        embed.then_some("embed")
    );
    html! {
        <div {class}>
            <p key="stale" class="stale-note" role="status" hidden={!props.stale}>{ props.stale.then(|| words.stale_result()) }</p>
            <SummaryCard
                key="summary" {outcome} {words} {scenario} {advice} advice_done={*advice_done}
                on_apply={&props.on_apply} {embed}
            />
            <div key="two" class={if embed { "two alone" } else { "two" }}>
                <section key="charts" class="card" aria-label={words.chart_capacity()}>
                    <Charts {outcome} {words} {window} {cursor_s} {on_move} {on_window} theme_epoch={props.theme_epoch} />
                </section>
                if !embed {
                    <Log key="log" {outcome} {words} {scenario} shown={log} on_choose={choose} {on_filter} />
                }
            </div>
        </div>
    }
}
