//! The result: verdict, key figures, charts and log, and the one cross-hair and window that they share.
//!
//! It shows an outcome and asks for changes through callbacks; it computes nothing that the engine or the report could.

mod all_figures;
mod charts;
mod desk;
mod figures;
mod log;
mod sight;
mod summary;
mod verdict;

use std::rc::Rc;

use chart::Window;
use engine::advice::{Advice, Change};
use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use self::{
    charts::{charts, grid_s, listen, paint, paint_soon},
    desk::{Desk, Now},
    log::{Log, listed, reveal, selected},
    summary::Summary,
};
use crate::{
    advice::Searched,
    outcome::Outcome,
    parts::{of, part},
    same::Same,
};

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
#[derive(Properties)]
pub struct ResultProps {
    /// What to show.
    pub outcome: Rc<Outcome>,
    /// Whether the outcome is of what the form holds.
    pub stale: Stale,
    /// Language.
    pub words: Words,
    /// The document that the outcome is of.
    pub scenario: Rc<Scenario>,
    /// Changes that would have held, cheapest first.
    pub advice: Rc<Vec<Advice>>,
    /// How far the search for advice is.
    pub searched: Searched,
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

/// Handlers ask the desk, which knows the newest callbacks: those do not change how the result looks, but it must be told.
impl PartialEq for ResultProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.outcome, &other.outcome)
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.advice, &other.advice)
            && self.stale == other.stale
            && self.words == other.words
            && self.searched == other.searched
            && self.cursor_s == other.cursor_s
            && self.window_s == other.window_s
            && self.theme_epoch == other.theme_epoch
            && self.embed == other.embed
            && self.on_cursor == other.on_cursor
            && self.on_window == other.on_window
            && self.on_apply == other.on_apply
    }
}

/// A window from a link or from before a change of length may not fit a run: then all of that shows.
fn window_of((from_s, to_s): (f64, f64), length_s: f64) -> Window {
    let fits = from_s.is_finite()
        && to_s.is_finite()
        && from_s >= 0.0
        && to_s <= length_s
        && to_s - from_s >= 1.0;
    if fits {
        Window { from_s, to_s }
    } else {
        Window::whole(length_s)
    }
}

/// The right-hand side of the page.
#[function_component]
pub fn ResultView(props: &ResultProps) -> Html {
    let again = use_force_update();
    let desk = use_memo((), |()| Desk::new(again));
    if desk.now().is_none() {
        paint_soon(&desk);
    }
    let now = look(&desk, props);
    {
        let desk = Rc::clone(&desk);
        use_effect_with((), move |()| {
            let listening = listen(&desk);
            move || drop(listening)
        });
    }
    let html = result(props, &desk, &now);
    use_effect(move || {
        paint(&desk, &now);
        reveal(&desk, &now);
    });
    html
}

/// Puts together what stands on the page now.
#[inline(never)]
fn look(desk: &Rc<Desk>, props: &ResultProps) -> Rc<Now> {
    let outcome = &props.outcome;
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let window = window_of(props.window_s, length_s);
    let cursor_s = props
        .cursor_s
        .filter(|at_s| (0.0..=length_s).contains(at_s));
    let local = desk.local();
    let before = desk.now();
    let mut now = Now {
        outcome: Rc::clone(outcome),
        words: props.words,
        window,
        length_s,
        cursor_s,
        grid_s: grid_s(outcome, window, local.size),
        listed: listed(before.as_deref(), outcome, local.filter),
        selected: None,
        filter: local.filter,
        theme_epoch: props.theme_epoch,
        on_cursor: props.on_cursor.clone(),
        on_window: props.on_window.clone(),
        on_apply: props.on_apply.clone(),
    };
    now.selected = selected(&now, local.chosen);
    let fresh = before.is_none_or(|before| !Rc::ptr_eq(&before.outcome, outcome));
    let shown = local.shown.holding(now.selected, now.listed.len(), fresh);
    desk.settle(shown);
    let now = Rc::new(now);
    desk.tell(Rc::clone(&now));
    now
}

/// The result as elements.
#[inline(never)]
fn result(props: &ResultProps, desk: &Rc<Desk>, now: &Rc<Now>) -> Html {
    let words = now.words;
    let class = match (props.stale != Stale::Fresh, props.embed) {
        (false, false) => "result",
        (true, false) => "result stale",
        (false, true) => "result embed",
        (true, true) => "result stale embed",
    };
    let stale = of("p", "stale-note")
        .key("stale")
        .set("role", "status")
        .flag("hidden", props.stale != Stale::Wrong)
        .tells(if props.stale == Stale::Wrong {
            words.stale_result()
        } else {
            ""
        });
    let scenario = Same::of(&props.scenario);
    let local = desk.local();
    let summary = Summary {
        outcome: Rc::clone(&now.outcome),
        words,
        scenario: scenario.clone(),
        advice: Same::of(&props.advice),
        searched: props.searched,
        embed: props.embed,
        open: local.figures,
        desk: Rc::clone(desk),
    };
    let section = of("section", "card")
        .key("charts")
        .set("aria-label", words.chart_capacity())
        .with(charts(desk, now));
    let mut two = of("div", if props.embed { "two alone" } else { "two" })
        .key("two")
        .with(section);
    if !props.embed {
        let log = Log {
            outcome: Rc::clone(&now.outcome),
            words,
            scenario,
            filter: local.filter,
            listed: Same::of(&now.listed),
            selected: now.selected,
            shown: local.shown,
            desk: Rc::clone(desk),
        };
        two = two.with(part(Some("log"), log));
    }
    of("div", class)
        .with(stale)
        .with(part(Some("summary"), summary))
        .with(two)
        .html()
}
