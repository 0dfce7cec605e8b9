//! The search for the smallest change that would have held, spread over the time the page is idle.
//!
//! A search belongs to one outcome; another outcome drops it, and with the timer everything it had planned.

use std::rc::Rc;

use engine::{
    advice::{Advice, Search},
    report::Standing,
};
use gloo::timers::callback::Timeout;
use yew::Callback;

use crate::outcome::Outcome;

/// Milliseconds without a change before the search begins.
const REST_MS: u32 = 150;
/// Milliseconds of search at a time.
const SLICE_MS: f64 = 4.0;

/// What was found so far, and whether that is all.
#[derive(Debug)]
pub struct Adviser {
    /// Changes that held.
    pub advice: Rc<Vec<Advice>>,
    /// Whether the search is over.
    pub done: bool,
    of: Option<Rc<Outcome>>,
    search: Option<Search>,
    timer: Option<Timeout>,
    /// Called whenever it is time to go on.
    go_on: Callback<()>,
}

impl Adviser {
    /// One that has nothing to search for.
    pub fn new(go_on: Callback<()>) -> Self {
        Self {
            advice: Rc::default(),
            done: true,
            of: None,
            search: None,
            timer: None,
            go_on,
        }
    }

    /// Searches for the remedy of another outcome, once it has stood for a moment.
    pub fn search(&mut self, outcome: Rc<Outcome>) {
        self.advice = Rc::default();
        self.done = outcome.report.standing == Standing::Holds;
        self.search = None;
        self.timer = None;
        self.of = None;
        if !self.done {
            self.of = Some(outcome);
            self.wait(REST_MS);
        }
    }

    /// Searches for a moment, then lets the page breathe. Answers whether the search is over.
    pub fn go_on(&mut self) -> bool {
        let Some(outcome) = &self.of else {
            return false;
        };
        let search = self
            .search
            .get_or_insert_with(|| Search::new(outcome.compiled.plan.clone()));
        let begun = now_ms();
        let mut more = true;
        while more && now_ms() - begun < SLICE_MS {
            more = search.step();
        }
        if more {
            self.wait(0);
            return false;
        }
        self.advice = Rc::new(search.found());
        self.done = true;
        self.of = None;
        self.search = None;
        true
    }

    fn wait(&mut self, rest_ms: u32) {
        let go_on = self.go_on.clone();
        self.timer = Some(Timeout::new(rest_ms, move || go_on.emit(())));
    }
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}
