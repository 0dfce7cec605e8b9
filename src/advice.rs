//! The search for the smallest change that would have held, spread over the time the page is idle.
//!
//! A search belongs to one outcome; another outcome drops it, and with it everything it had planned. It tries dozens of runs:
//! where one of them takes long, nobody would see its end, and it is not begun.

use std::{cell::Cell, rc::Rc};

use engine::{
    Simulation,
    advice::{Advice, Search},
    report::Standing,
};
use gloo::timers::callback::Timeout;
use yew::Callback;

use crate::{
    outcome::{self, Outcome},
    pace::{BrowserPace, Pace},
};

/// Milliseconds without a change before the search begins.
const REST_MS: u32 = 150;
/// Steps of a run beyond which no search begins: dozens of such runs take minutes.
const MAX_STEPS: f64 = 2e7;

/// How far the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// It goes on.
    Searching,
    /// It is over.
    Done,
    /// It is not begun: a run takes too long for that.
    TooLong,
}

/// What was found so far, and whether that is all.
#[derive(Debug)]
pub struct Adviser {
    /// Changes that held.
    pub advice: Rc<Vec<Advice>>,
    /// Whether the search is over.
    pub searched: Searched,
    /// Whether somebody waits for the search that is going on.
    alive: Rc<Cell<bool>>,
    of: Option<Rc<Outcome>>,
    timer: Option<Timeout>,
    /// Called when it is time to begin.
    begin: Callback<()>,
    /// Told of what was found.
    found: Callback<Vec<Advice>>,
}

impl Adviser {
    /// Returns an adviser that has nothing to search for.
    pub fn new(begin: Callback<()>, found: Callback<Vec<Advice>>) -> Self {
        Self {
            advice: Rc::default(),
            searched: Searched::Done,
            alive: Rc::default(),
            of: None,
            timer: None,
            begin,
            found,
        }
    }

    /// Searches for the remedy of another outcome, once it has stood for a moment.
    pub fn search(&mut self, outcome: Rc<Outcome>) {
        self.drop_search();
        self.advice = Rc::default();
        self.searched = if outcome.report.standing == Standing::Holds {
            Searched::Done
        } else if outcome.steps > MAX_STEPS {
            Searched::TooLong
        } else {
            self.of = Some(outcome);
            let begin = self.begin.clone();
            self.timer = Some(Timeout::new(REST_MS, move || begin.emit(())));
            Searched::Searching
        };
    }

    /// Begins what was planned.
    pub fn begin(&mut self) {
        self.timer = None;
        let Some(outcome) = self.of.take() else {
            return;
        };
        let alive = Rc::new(Cell::new(true));
        self.alive = Rc::clone(&alive);
        let found = self.found.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let pace = BrowserPace::quiet(Rc::clone(&alive));
            if let Some(advice) = all(&outcome, &pace).await
                && alive.get()
            {
                found.emit(advice);
            }
        });
    }

    /// Takes what was found.
    pub fn take(&mut self, advice: Vec<Advice>) {
        self.advice = Rc::new(advice);
        self.searched = Searched::Done;
    }

    fn drop_search(&mut self) {
        self.alive.set(false);
        self.timer = None;
        self.of = None;
    }
}

/// Returns all changes that would have held; `None` if nobody waits for them any more.
async fn all(outcome: &Outcome, pace: &impl Pace) -> Option<Vec<Advice>> {
    let mut search = Search::new(outcome.compiled.plan.clone(), &outcome.run);
    while let Some(plan) = search.next() {
        let periods = outcome::periods_per_slice(&plan, engine::effort::of_run(&plan));
        let mut simulation = Simulation::new(&plan, search.recycled_run());
        while !simulation.advance(periods) {
            if pace.is_due() && !pace.pause(0.0).await {
                return None;
            }
        }
        let run = simulation.finish();
        if !search.answer(&plan, run) {
            break;
        }
        if pace.is_due() && !pace.pause(0.0).await {
            return None;
        }
    }
    Some(search.found())
}
