//! The evaluation of the document: its result, or what is wrong with it in words.
//!
//! It is made anew where its cause changed: at once where that is quick, else in slices; or not before somebody asks for it.

use std::{
    cell::Cell,
    mem,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use chart::AccountAlarm;
use documents::Past;
use engine::{Run, run::FleetChange};
use scenario::{
    compile::{Compiled, Problem},
    document::Scenario,
    field::Field,
};
use words::Words;
use yew::Callback;

use crate::{
    errors::errors,
    few::Few,
    form::Errors,
    outcome::{self, Ended, Outcome},
    pace::{BrowserPace, Speed, Terms},
    state::{Snapshot, Unread},
    trapped,
};

/// How far the result of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Stage {
    /// It is there; or there is none, as something is wrong.
    #[default]
    Rests,
    /// It is being computed, so much of it is done, as a share.
    Works {
        /// 0 to 1.
        share: f64,
    },
    /// It takes about so many seconds, and is computed when somebody asks for it.
    Waits(f64),
    /// Somebody stopped it.
    Stopped,
}

/// Whom work tells that goes on in slices, each time with the number of the work.
#[derive(Clone, Debug)]
pub struct Listeners {
    /// Told how far it is, as a share.
    pub progress: Callback<(u32, f64)>,
    /// Told how it ended.
    pub ended: Callback<(u32, Ended)>,
}

/// The evaluation of the document, as the top of the file says.
#[derive(Debug)]
pub struct Evaluation {
    scenario: Rc<Scenario>,
    unread: Rc<Few<Field, Unread>>,
    words: Words,
    problems: Vec<Problem>,
    /// What an account's own scaling did.
    account: Rc<Past>,
    /// The last good result; `None` as long as there was none.
    pub outcome: Option<Rc<Outcome>>,
    /// The one before, whose memory the next run takes once nothing shows it any more.
    before: Option<Rc<Outcome>>,
    /// How far the result of the document is.
    pub stage: Stage,
    /// The moment at which the run ends early, seconds from the start.
    pub until_s: Option<f64>,
    /// Whether the page stands in a frame, where only what is quick is computed unasked.
    pub is_framed: bool,
    /// The number of the work, and whether somebody waits for it.
    number: u32,
    alive: Rc<Cell<bool>>,
    speed: Speed,
    listeners: Listeners,
    /// What is wrong, by field.
    pub errors: Rc<Errors>,
}

impl Evaluation {
    /// Evaluates the document that a page begins with.
    pub fn new(now: &Snapshot, words: Words, is_framed: bool, listeners: Listeners) -> Self {
        let mut evaluation = Self {
            scenario: Rc::clone(&now.scenario),
            unread: Rc::clone(&now.unread),
            account: Rc::clone(&now.account),
            words,
            problems: Vec::new(),
            outcome: None,
            before: None,
            stage: Stage::Rests,
            until_s: None,
            is_framed,
            number: 0,
            alive: Rc::default(),
            speed: Speed::default(),
            listeners,
            errors: Rc::default(),
        };
        evaluation.compute(false);
        evaluation.update_errors();
        evaluation
    }

    /// Evaluates the document as it is now. Returns whether there is another outcome.
    pub fn update(&mut self, now: &Snapshot, words: Words) -> bool {
        let same = Rc::ptr_eq(&self.scenario, &now.scenario);
        if same && Rc::ptr_eq(&self.unread, &now.unread) && self.words == words {
            return false;
        }
        self.scenario = Rc::clone(&now.scenario);
        self.unread = Rc::clone(&now.unread);
        self.account = Rc::clone(&now.account);
        self.words = words;
        let computed = !same && self.compute(false);
        self.update_errors();
        computed
    }

    /// Begins the computation that a person asks for. Returns whether there is another outcome already.
    pub fn begin(&mut self) -> bool {
        self.compute(true)
    }

    /// Stops the computation that is going on.
    pub fn stop(&mut self) {
        self.alive.set(false);
        self.stage = Stage::Stopped;
    }

    /// Takes note of how far the work of this number is. Returns whether it is the work that goes on.
    pub fn progressed(&mut self, number: u32, share: f64) -> bool {
        let waits = number == self.number && self.alive.get();
        if waits {
            self.stage = Stage::Works { share };
        }
        waits
    }

    /// Takes the result of the work of this number. Returns whether there is another outcome.
    pub fn ended(&mut self, number: u32, ended: Ended) -> bool {
        if number != self.number || !self.alive.get() {
            return false;
        }
        let computed = self.settle(ended);
        self.update_errors();
        computed
    }

    /// Computes the result of the document. Returns whether there is another outcome already.
    fn compute(&mut self, asked: bool) -> bool {
        trapped::note(&self.scenario);
        self.alive.set(false);
        self.alive = Rc::new(Cell::new(true));
        self.number = self.number.wrapping_add(1);
        let number = self.number;
        let before = self.before.as_mut().and_then(Rc::get_mut);
        let recycled = before.map_or_else(Run::default, |before| mem::take(&mut before.run));
        let terms = Terms {
            asked,
            framed: self.is_framed,
            changing: self.outcome.is_some() && !asked,
        };
        let progress = self.listeners.progress.reform(move |share| (number, share));
        let pace = BrowserPace::new(Rc::clone(&self.alive), self.speed.clone(), terms, progress);
        let last = self.outcome.clone();
        let mut work = Box::pin(outcome::of(
            Rc::clone(&self.scenario),
            self.until_s,
            last,
            recycled,
            pace,
        ));
        // Most is done before it first asks for a pause.
        if let Poll::Ready(ended) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            drop(work);
            return self.settle(ended);
        }
        self.problems = Vec::new();
        self.stage = Stage::Works { share: 0.0 };
        let ended = self.listeners.ended.clone();
        wasm_bindgen_futures::spawn_local(async move {
            ended.emit((number, work.await));
        });
        false
    }

    fn settle(&mut self, ended: Ended) -> bool {
        self.stage = Stage::Rests;
        self.problems = Vec::new();
        match ended {
            Ended::Done(mut outcome) => {
                if let Some(outcome) = Rc::get_mut(&mut outcome) {
                    outcome.account = steps_within(&self.account, &outcome.compiled);
                    outcome.account_alarms = alarms_within(&self.account, &outcome.compiled);
                }
                self.before = self.outcome.replace(outcome);
                return true;
            }
            Ended::Wrong(problems) => self.problems = problems,
            Ended::Waits(seconds) => self.stage = Stage::Waits(seconds),
            Ended::Dropped => self.stage = Stage::Stopped,
        }
        false
    }

    /// Puts into words what is wrong.
    fn update_errors(&mut self) {
        let clean = self.problems.is_empty() && self.unread.is_empty();
        if !(clean && self.errors.is_empty()) {
            self.errors = Rc::new(errors(self.words, &self.unread, &self.problems));
        }
    }
}

/// Returns the steps of an account that fall into a run; what was in force before it is so from its start on. An account that tells
/// of another time has none.
fn steps_within(account: &Past, compiled: &Compiled) -> Vec<FleetChange> {
    let start_s = compiled.clock.start_utc_s() as f64;
    let length_s = f64::from(compiled.plan.length_s);
    let mut within: Vec<FleetChange> = Vec::new();
    if !(account.steps.last()).is_some_and(|(utc_s, _)| *utc_s >= start_s) {
        return within;
    }
    for (utc_s, desired) in &account.steps {
        let at_s = utc_s - start_s;
        if at_s <= 0.0 {
            within.clear();
        }
        if at_s < length_s {
            within.push(FleetChange {
                at_s: at_s.max(0.0),
                desired: *desired,
                in_service: 0,
                pending: 0,
                min: 0,
                max: 0,
            });
        }
    }
    within
}

/// Returns when alarms of an account were in ALARM, by the run's own time.
fn alarms_within(account: &Past, compiled: &Compiled) -> Vec<AccountAlarm> {
    let start_s = compiled.clock.start_utc_s() as f64;
    let alarms = account.alarms.iter();
    let alarms = alarms.map(|it| AccountAlarm {
        from_s: it.from_s - start_s,
        to_s: it.to_s - start_s,
        is_high: it.is_high,
        name: it.name.clone(),
    });
    let length_s = f64::from(compiled.plan.length_s);
    let within = alarms.filter(|it| it.from_s < length_s && it.to_s > 0.0);
    within.collect()
}

#[cfg(test)]
mod tests {
    use documents::InAlarm;
    use scenario::compile::compile;

    use super::*;

    #[test]
    fn steps_of_an_account_begin_with_the_run_and_end_with_it() {
        let compiled = compile(&Scenario::default()).unwrap();
        let start_s = compiled.clock.start_utc_s() as f64;
        let length_s = f64::from(compiled.plan.length_s);
        for (steps, within) in [
            (vec![], vec![]),
            (vec![(60.0, 3)], vec![(60.0, 3)]),
            (vec![(-90.0, 2), (-60.0, 3)], vec![]),
            (
                vec![(-90.0, 2), (-60.0, 3), (length_s + 1.0, 4)],
                vec![(0.0, 3)],
            ),
            (vec![(length_s + 1.0, 4)], vec![]),
            (
                vec![(-60.0, 2), (60.0, 3), (length_s + 1.0, 9)],
                vec![(0.0, 2), (60.0, 3)],
            ),
        ] {
            let steps: Vec<(f64, u32)> = steps
                .iter()
                .map(|(at_s, it)| (start_s + at_s, *it))
                .collect();
            let past = Past {
                steps,
                alarms: Vec::new(),
            };
            let found = steps_within(&past, &compiled);
            let found: Vec<_> = found.iter().map(|it| (it.at_s, it.desired)).collect();
            assert_eq!(found, within);
        }
    }

    #[test]
    fn alarms_of_an_account_are_those_within_the_run() {
        let compiled = compile(&Scenario::default()).unwrap();
        let start_s = compiled.clock.start_utc_s() as f64;
        let length_s = f64::from(compiled.plan.length_s);
        let alarms = [-90.0, -60.0, -30.0, 0.0, length_s - 1.0, length_s];
        let alarms = alarms.map(|from_s| InAlarm {
            from_s: start_s + from_s,
            to_s: start_s + from_s + 60.0,
            is_high: true,
            name: "AlarmHigh".to_owned(),
        });
        let past = Past {
            alarms: alarms.into(),
            ..Past::default()
        };
        let found = alarms_within(&past, &compiled);
        let found: Vec<f64> = found.iter().map(|it| it.from_s).collect();
        assert_eq!(found, [-30.0, 0.0, length_s - 1.0]);
    }
}
