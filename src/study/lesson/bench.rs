//! The control of a lesson and its run: to which setting it is put, what was typed into it, and the facts of what follows.

use std::rc::Rc;

use scenario::document::Scenario;
use study::{
    lesson::{Lesson, Prediction},
    setting::scenario_of,
};
use words::Words;
use yew::Callback;

use super::{
    control::setting_of,
    facts::{Values, facts_of, subject},
};
use crate::{
    outcome::Outcome,
    study::own_run::{OwnRun, RunMsg, time_s},
};

/// What a lesson's run is made in.
pub struct Terms<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Language.
    pub words: Words,
    /// Whether the page stands in a frame, where only what is quick is computed unasked.
    pub is_framed: bool,
}

/// The control and its run.
pub struct Bench {
    /// The setting of the control.
    pub setting: String,
    /// What was typed into the control's field, until something else moves the control.
    pub typed: Option<String>,
    /// Whether the address named a setting that the lesson does not have.
    pub is_unfit: bool,
    /// The run of the setting; none where the lesson's data gives no scenario.
    pub run: Option<OwnRun>,
    /// The facts of the run.
    pub facts: Values,
    /// The outcome whose facts these are.
    read: Option<Rc<Outcome>>,
    tell: Callback<RunMsg>,
}

impl Bench {
    /// Returns one that runs nothing yet; `tell` is told what happens to its run.
    pub fn new(tell: Callback<RunMsg>) -> Self {
        Self {
            setting: String::new(),
            typed: None,
            is_unfit: false,
            run: None,
            facts: Values::new(),
            read: None,
            tell,
        }
    }

    /// Puts the control to what the address says, else to what stands there first.
    pub fn begin(&mut self, terms: &Terms<'_>, asked: Option<&String>) {
        let control = &terms.lesson.control;
        self.is_unfit = asked.is_some_and(|setting| !control.offers(setting));
        let fit = asked.filter(|setting| control.offers(setting));
        self.typed = None;
        self.apply(terms, fit.cloned().unwrap_or_else(|| control.first()));
    }

    /// Puts the control to a setting that a person chose. Returns whether it stands elsewhere now.
    pub fn set(&mut self, terms: &Terms<'_>, setting: String) -> bool {
        self.typed = None;
        if setting == self.setting || !terms.lesson.control.offers(&setting) {
            return false;
        }
        self.is_unfit = false;
        self.apply(terms, setting);
        true
    }

    /// Puts the control to what is typed into its field, where that is a setting. Returns whether it stands elsewhere now.
    pub fn enter(&mut self, terms: &Terms<'_>, typed: String) -> bool {
        let setting = setting_of(terms.words, &terms.lesson.control, &typed);
        let is_other = setting.is_some_and(|setting| self.set(terms, setting));
        self.typed = Some(typed);
        is_other
    }

    /// Takes note of what happens to the run. Returns whether something else is to be shown.
    pub fn hear(&mut self, lesson: &Lesson, msg: RunMsg) -> bool {
        let is_other = self.run.as_mut().is_some_and(|run| run.hear(msg));
        self.read_facts(lesson);
        is_other
    }

    /// Takes over the language of the page.
    pub fn speak(&mut self, words: Words) {
        if let Some(run) = &mut self.run {
            run.speak(words);
        }
    }

    /// Returns the last good outcome.
    pub fn outcome(&self) -> Option<&Rc<Outcome>> {
        self.run.as_ref()?.outcome()
    }

    /// Returns the scenario of the setting.
    pub fn scenario(&self, lesson: &Lesson) -> Option<Scenario> {
        let control = Some(&lesson.control);
        scenario_of(&lesson.scenario, &lesson.variants, control, &self.setting).ok()
    }

    /// Returns the least and the most moment that can be predicted, seconds from the start.
    pub fn moments(&self, lesson: &Lesson) -> Option<(f64, f64)> {
        let Prediction::Moment { from, to, .. } = &lesson.prediction else {
            return None;
        };
        let subject = subject(self.read.as_ref()?);
        time_s(from, &subject).zip(time_s(to, &subject))
    }

    /// Runs the scenario of a setting.
    fn apply(&mut self, terms: &Terms<'_>, setting: String) {
        self.setting = setting;
        let words = terms.words;
        match (self.scenario(terms.lesson), &mut self.run) {
            (None, run) => *run = None,
            (Some(scenario), Some(run)) => run.set(scenario, words),
            (Some(scenario), run) => {
                *run = Some(OwnRun::new(scenario, words, terms.is_framed, &self.tell));
            }
        }
        self.read_facts(terms.lesson);
    }

    /// Reads the lesson's facts from the run, where it is another.
    fn read_facts(&mut self, lesson: &Lesson) {
        let outcome = self.outcome().cloned();
        if outcome != self.read {
            self.facts = match &outcome {
                Some(outcome) => facts_of(lesson, outcome),
                None => Values::new(),
            };
            self.read = outcome;
        }
    }
}
