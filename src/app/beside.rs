//! The runs that are pinned beside the present one. Each is computed once, when it is pinned or when a link brings it; while it rests
//! it costs nothing: a change of the scenario runs the present one alone.

use std::{
    cell::Cell,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use engine::Run;
use scenario::document::Scenario;
use words::Words;
use yew::Callback;

use crate::{
    outcome::{self, Ended, Outcome},
    pace::{BrowserPace, Speed, Terms},
    state::Pinned,
};

/// A run beside the present one.
#[derive(Clone, Debug)]
pub struct BesideRun {
    /// Its scenario.
    pub scenario: Rc<Scenario>,
    /// Its result; none while it is computed, and where it is not.
    pub outcome: Option<Rc<Outcome>>,
    /// Whether there will be none: something is wrong with the scenario, or it takes too long for a frame.
    pub is_lacking: bool,
}

impl BesideRun {
    fn end(&mut self, ended: Ended) {
        match ended {
            Ended::Done(outcome) => self.outcome = Some(outcome),
            _ => self.is_lacking = true,
        }
    }

    /// Returns what stands in the place of a result that is not there.
    pub fn without_result(&self, words: Words) -> &'static str {
        if self.is_lacking {
            words.compare_lacking()
        } else {
            words.compare_works()
        }
    }
}

/// Two are the same if they are one: comparing scenarios with recordings would take long.
impl PartialEq for BesideRun {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario)
            && (&self.outcome, self.is_lacking) == (&other.outcome, other.is_lacking)
    }
}

/// All of them, in the order in which they were pinned.
#[derive(Debug)]
pub struct Beside {
    pinned: Pinned,
    /// The runs, for whoever shows them.
    pub runs: Rc<Vec<BesideRun>>,
    /// Told of a run that took longer: its scenario, and how it ended.
    ended: Callback<(Rc<Scenario>, Ended)>,
    /// Whether anybody still waits for those that are being computed.
    alive: Rc<Cell<bool>>,
    speed: Speed,
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.alive.set(false);
    }
}

impl Beside {
    /// Returns none at all. `ended` is told of each run that takes longer than a moment.
    pub fn new(ended: Callback<(Rc<Scenario>, Ended)>) -> Self {
        Self {
            pinned: Pinned::default(),
            runs: Rc::default(),
            ended,
            alive: Rc::new(Cell::new(true)),
            speed: Speed::default(),
        }
    }

    /// Makes them those that are `pinned`: what is known stays, the present result is taken where it is of that scenario, and the rest
    /// is computed.
    pub fn update(&mut self, pinned: &Pinned, present: Option<&Rc<Outcome>>, framed: bool) {
        if Rc::ptr_eq(&self.pinned, pinned) {
            return;
        }
        self.pinned = Rc::clone(pinned);
        let known = Rc::clone(&self.runs);
        let runs = pinned.iter().map(|scenario| {
            let is_it = |run: &&BesideRun| Rc::ptr_eq(&run.scenario, scenario);
            known.iter().find(is_it).cloned().unwrap_or_else(|| {
                let present = present.filter(|it| Rc::ptr_eq(&it.scenario, scenario));
                let ended = match present {
                    Some(outcome) => Some(Ended::Done(Rc::clone(outcome))),
                    None => self.compute(scenario, framed),
                };
                let mut run = BesideRun {
                    scenario: Rc::clone(scenario),
                    outcome: None,
                    is_lacking: false,
                };
                if let Some(ended) = ended {
                    run.end(ended);
                }
                run
            })
        });
        self.runs = Rc::new(runs.collect());
    }

    /// Takes the result of a run that took longer. Returns whether it is shown.
    pub fn ended(&mut self, scenario: &Rc<Scenario>, ended: Ended) -> bool {
        let runs = Rc::make_mut(&mut self.runs).iter_mut();
        let mut waits = runs.filter(|run| Rc::ptr_eq(&run.scenario, scenario));
        let Some(run) = waits.next() else {
            return false;
        };
        run.end(ended);
        true
    }

    /// Computes a run; returns how it ended where that took no longer than a moment.
    fn compute(&self, scenario: &Rc<Scenario>, framed: bool) -> Option<Ended> {
        let terms = Terms {
            asked: !framed,
            framed,
            changing: false,
        };
        let alive = Rc::clone(&self.alive);
        let pace = BrowserPace::new(alive, self.speed.clone(), terms, Callback::noop());
        let scenario = Rc::clone(scenario);
        let mut work = Box::pin(outcome::of(
            Rc::clone(&scenario),
            None,
            None,
            Run::default(),
            pace,
        ));
        if let Poll::Ready(ended) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return Some(ended);
        }
        let ended = self.ended.clone();
        wasm_bindgen_futures::spawn_local(async move {
            ended.emit((scenario, work.await));
        });
        None
    }
}
