//! The search for the smallest change that would have held, spread over the time the page is idle.
//!
//! A search belongs to one outcome; another outcome drops it, and with the timer everything it had planned.

use std::rc::Rc;

use engine::{
    advice::{Advice, Search},
    report::Standing,
};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::outcome::Outcome;

/// Milliseconds without a change before the search begins.
const REST_MS: u32 = 150;
/// Milliseconds of search at a time.
const SLICE_MS: f64 = 8.0;

/// What was found so far, and whether that is all.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Changes that held.
    pub advice: Rc<Vec<Advice>>,
    /// Whether the search is over.
    pub done: bool,
}

impl Found {
    fn nothing(done: bool) -> Self {
        Self {
            advice: Rc::default(),
            done,
        }
    }
}

/// Searches for `outcome`'s remedy.
#[hook]
pub fn use_advice(outcome: Option<Rc<Outcome>>) -> Found {
    let found = use_state(|| (None::<Rc<Outcome>>, Found::nothing(false)));
    let timer = use_mut_ref(|| None::<Timeout>);
    {
        let (found, timer) = (found.clone(), Rc::clone(&timer));
        use_effect_with(outcome.clone(), move |outcome| {
            if let Some(outcome) = outcome.clone()
                && outcome.report.standing != Standing::Holds
            {
                let search = Search::new(outcome.compiled.plan.clone());
                let again = Rc::clone(&timer);
                *timer.borrow_mut() = Some(Timeout::new(REST_MS, move || {
                    go_on(search, outcome, found, &again)
                }));
            }
            move || *timer.borrow_mut() = None
        });
    }
    match (&*found, outcome) {
        ((Some(of), found), Some(outcome)) if Rc::ptr_eq(of, &outcome) => found.clone(),
        (_, Some(outcome)) => Found::nothing(outcome.report.standing == Standing::Holds),
        _ => Found::nothing(true),
    }
}

type Timer = Rc<std::cell::RefCell<Option<Timeout>>>;

/// Searches for a moment, then lets the page breathe.
fn go_on(
    mut search: Search,
    outcome: Rc<Outcome>,
    found: UseStateHandle<(Option<Rc<Outcome>>, Found)>,
    timer: &Timer,
) {
    let begun = now_ms();
    let mut more = true;
    while more && now_ms() - begun < SLICE_MS {
        more = search.step();
    }
    if more {
        let again = Rc::clone(timer);
        *timer.borrow_mut() = Some(Timeout::new(0, move || {
            go_on(search, outcome, found, &again)
        }));
    } else {
        let advice = Rc::new(search.found());
        found.set((Some(outcome), Found { advice, done: true }));
    }
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}
