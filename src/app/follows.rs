//! What follows from the document and the language: result, problems in words, title. Computed anew where its cause changed.

use std::{collections::BTreeMap, mem, rc::Rc};

use engine::Run;
use scenario::{compile::Problem, document::Scenario, presets};
use words::Words;

use crate::{
    errors::errors,
    form::Errors,
    outcome::{self, Outcome},
    state::{Snapshot, Unread},
};

/// What follows.
#[derive(Debug)]
pub struct Follows {
    scenario: Rc<Scenario>,
    unread: Rc<BTreeMap<String, Unread>>,
    words: Words,
    problems: Vec<Problem>,
    /// The last good result; `None` as long as there was none.
    pub outcome: Option<Rc<Outcome>>,
    /// The one before, whose memory the next run takes once nothing shows it any more.
    before: Option<Rc<Outcome>>,
    /// What is wrong, by field.
    pub errors: Rc<Errors>,
    /// What the scenario is called without a name of its own.
    pub unnamed: &'static str,
}

impl Follows {
    /// From what a page begins with.
    pub fn new(now: &Snapshot, words: Words) -> Self {
        let mut follows = Self {
            scenario: Rc::clone(&now.scenario),
            unread: Rc::clone(&now.unread),
            words,
            problems: Vec::new(),
            outcome: None,
            before: None,
            errors: Rc::default(),
            unnamed: "",
        };
        follows.compute();
        follows.say();
        follows
    }

    /// From what is now. Answers whether there is another outcome.
    pub fn update(&mut self, now: &Snapshot, words: Words) -> bool {
        let same = Rc::ptr_eq(&self.scenario, &now.scenario);
        if same && Rc::ptr_eq(&self.unread, &now.unread) && self.words == words {
            return false;
        }
        self.scenario = Rc::clone(&now.scenario);
        self.unread = Rc::clone(&now.unread);
        self.words = words;
        let computed = !same && self.compute();
        self.say();
        computed
    }

    /// The scenario's own name, or what it is called without one.
    pub fn title(&self) -> &str {
        if self.scenario.name.trim().is_empty() {
            self.unnamed
        } else {
            &self.scenario.name
        }
    }

    #[inline(never)]
    fn compute(&mut self) -> bool {
        let before = self.before.as_mut().and_then(Rc::get_mut);
        let spent = before.map_or_else(Run::default, |before| mem::take(&mut before.run));
        match outcome::of(&self.scenario, self.outcome.as_deref(), spent) {
            Ok(outcome) => {
                self.before = self.outcome.replace(outcome);
                self.problems = Vec::new();
                true
            }
            Err(problems) => {
                self.problems = problems;
                false
            }
        }
    }

    #[inline(never)]
    fn say(&mut self) {
        let clean = self.problems.is_empty() && self.unread.is_empty();
        if !(clean && self.errors.is_empty()) {
            self.explain();
        }
        self.unnamed = unnamed(self.words, &self.scenario);
    }

    #[inline(never)]
    fn explain(&mut self) {
        self.errors = Rc::new(errors(self.words, &self.unread, &self.problems));
    }
}

/// What a scenario without a name is called: as its preset, where it is one.
fn unnamed(words: Words, scenario: &Scenario) -> &'static str {
    if !scenario.name.trim().is_empty() {
        return words.scenario_untitled();
    }
    presets::of(scenario).map_or(words.scenario_untitled(), |preset| {
        words.preset_name(preset.id)
    })
}
