//! A run of the study aid's own, a lesson's or a question's: evaluated as the workbench evaluates the person's scenario, and shown by
//! the same charts, with a cross-hair and a window of its own.

use std::rc::Rc;

use scenario::{document::Scenario, presets};
use study::{expression::Name, measure::read, pack::LessonPack, subject::Subject};
use words::Words;
use yew::prelude::*;

use crate::{
    app::{Evaluation, Listeners, Stage},
    browser::storage::Device,
    kept,
    outcome::{Ended, Outcome},
    page::work,
    state::{Action, Sight, Snapshot, Whose},
    study::lesson::title,
    view::Charts,
};

/// What happens to a run.
#[derive(Debug)]
pub enum RunMsg {
    /// Something is done on the charts.
    Look(Action),
    /// The cross-hair goes to a moment, seconds from the start.
    Go(f64),
    /// A person asks for the result (`true`), or wants it no longer.
    Simulate(bool),
    /// So much of the work of this number is done, as a share.
    Progress(u32, f64),
    /// The work of this number has ended.
    Ended(u32, Ended),
}

/// A run. The component that holds it is told what happens to it, and passes that on ([`OwnRun::hear`]).
pub struct OwnRun {
    now: Snapshot,
    evaluation: Evaluation,
    /// The cross-hair and the window.
    pub sight: Sight,
    on_look: Callback<Action>,
    /// Moves the cross-hair to a moment, seconds from the start.
    pub on_go: Callback<f64>,
    on_work: Callback<bool>,
}

impl OwnRun {
    /// Evaluates a scenario. `tell` is told what happens; `is_framed`: only what is quick is computed unasked.
    pub fn new(scenario: Scenario, words: Words, is_framed: bool, tell: &Callback<RunMsg>) -> Self {
        let now = snapshot(Rc::new(scenario));
        let listeners = Listeners {
            progress: tell.reform(|(number, share)| RunMsg::Progress(number, share)),
            ended: tell.reform(|(number, ended)| RunMsg::Ended(number, ended)),
        };
        Self {
            evaluation: Evaluation::new(&now, words, is_framed, listeners),
            now,
            sight: Sight::default(),
            on_look: tell.reform(RunMsg::Look),
            on_go: tell.reform(RunMsg::Go),
            on_work: tell.reform(RunMsg::Simulate),
        }
    }

    /// Evaluates another scenario.
    pub fn set(&mut self, scenario: Scenario, words: Words) {
        self.now = snapshot(Rc::new(scenario));
        self.speak(words);
    }

    /// Takes over the language of the page.
    pub fn speak(&mut self, words: Words) {
        self.evaluation.update(&self.now, words);
    }

    /// Takes note of what happens. Returns whether something else is to be shown.
    pub fn hear(&mut self, msg: RunMsg) -> bool {
        match msg {
            RunMsg::Look(action) => return self.sight.hear(&action),
            RunMsg::Go(at_s) => {
                let length_s = self.length_s();
                self.sight.hear(&Action::Go { at_s, length_s });
            }
            RunMsg::Simulate(true) => {
                self.evaluation.begin();
            }
            RunMsg::Simulate(false) => self.evaluation.stop(),
            RunMsg::Progress(number, share) => return self.evaluation.progressed(number, share),
            RunMsg::Ended(number, ended) => {
                self.evaluation.ended(number, ended);
            }
        }
        true
    }

    /// Runs it once more, up to a moment, seconds from the start; none: all of it.
    pub fn run_until(&mut self, until_s: Option<f64>) {
        self.evaluation.until_s = until_s;
        self.evaluation.begin();
    }

    /// Returns the moment up to which it is run; none: all of it is.
    pub fn until_s(&self) -> Option<f64> {
        self.evaluation.until_s
    }

    /// Returns the last good outcome.
    pub fn outcome(&self) -> Option<&Rc<Outcome>> {
        self.evaluation.outcome.as_ref()
    }

    /// Whether the outcome is not, or not yet, that of the scenario.
    pub fn is_stale(&self) -> bool {
        self.evaluation.stage != Stage::Rests
    }

    /// Returns the length of the run, seconds.
    pub fn length_s(&self) -> f64 {
        self.outcome().map_or(0.0, |outcome| length_s(outcome))
    }

    /// Returns where the cross-hair stands in the run, seconds from the start.
    pub fn cursor_s(&self) -> Option<f64> {
        let length_s = self.length_s();
        self.sight.cursor_s.filter(|at_s| *at_s <= length_s)
    }

    /// Returns how far the work is, and the way to begin or to stop it. `has_before`: an outcome stands below it.
    pub fn bar(&self, words: Words, has_before: bool) -> Html {
        work::bar(words, self.evaluation.stage, has_before, &self.on_work)
    }

    /// Returns the charts of an outcome; `only`: ids of those to show, none for all.
    pub fn charts(
        &self,
        outcome: &Rc<Outcome>,
        colours: &'static str,
        only: Option<Vec<String>>,
    ) -> Html {
        html! {
            <div class="two">
                <Charts {outcome} window={self.sight.window_of(length_s(outcome))} cursor_s={self.cursor_s()}
                    {colours} {only} on={&self.on_look} on_go={&self.on_go} />
            </div>
        }
    }
}

/// Returns the moment that a time of content means in a run, seconds from the start.
pub fn time_s(time: &str, subject: &Subject<'_>) -> Option<f64> {
    let name = Name {
        name: "time".to_owned(),
        argument: Some(time.to_owned()),
        setting: None,
    };
    read(&name, subject)
}

/// Returns a scenario of a lesson under the lesson's title; a shipped one has its own.
pub fn titled(mut scenario: Scenario, pack: &LessonPack) -> Scenario {
    if scenario.name.is_empty() && presets::of(&scenario).is_none() {
        scenario.name = title(pack);
    }
    scenario
}

/// Returns what opens a scenario in the workbench.
pub fn opens(scenario: Scenario) -> Action {
    Action::opens(kept::opened(&Device, Rc::new(scenario)))
}

/// Returns the length of an outcome's run, seconds.
fn length_s(outcome: &Outcome) -> f64 {
    f64::from(outcome.compiled.plan.length_s)
}

fn snapshot(scenario: Rc<Scenario>) -> Snapshot {
    Snapshot::new(scenario, 0, Whose::Other)
}
