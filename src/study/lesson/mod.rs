//! A lesson: a prediction, then the run with its one control, what happened in it, and the rule behind.
//!
//! The run is evaluated as the workbench evaluates the person's scenario, and shown by the same charts; it is the lesson's own, and
//! nothing of it is kept but how far one is.

mod control;
pub(super) mod facts;
mod guess;
mod predict;
mod told;

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use scenario::document::Scenario;
use study::{
    expression::Name,
    lesson::Prediction,
    measure::read,
    pack::{LessonEntry, LessonPack},
    progress::Predicted,
    setting::scenario_of,
    unit::Unit,
};
use words::{AskAgain, Words};
use yew::prelude::*;

use self::{
    control::{control, setting_of},
    facts::{LessonFacts, Values, facts_of, subject},
    guess::guess_of,
    predict::{Predict, predict},
    told::Telling,
};
use super::{
    load::{Shared, lacking},
    text::Speaker,
};
use crate::{
    app::{Evaluation, Listeners, Stage},
    browser::{dom, location, storage::Device},
    kept,
    outcome::{Ended, Outcome},
    page::{header::logo, notice::Unloaded, work},
    state::{Action, Sight, Snapshot, Whose},
    view::{Charts, Loop, few_figures},
};

/// Milliseconds without another setting before the address says it: browsers refuse many addresses in a short time.
const REST_MS: u32 = 200;

/// What a lesson is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct LessonProps {
    /// The lesson.
    pub pack: Shared<LessonPack>,
    /// The setting that the address names.
    pub setting: Option<String>,
    /// The lesson to go on with.
    pub next: Option<LessonEntry>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// In a frame of another page, the words of its address.
    pub frame: Option<String>,
    /// What was predicted when the lesson was done, if it was.
    pub done: Option<Option<Predicted>>,
    /// Told that the lesson is done, and what was predicted.
    pub on_done: Callback<Option<Predicted>>,
    /// Told another setting, for the address.
    pub on_setting: Callback<String>,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// What happens to a lesson.
#[derive(Debug)]
pub enum LessonMsg {
    /// The control is put to a setting.
    Set(String),
    /// Something is typed into the control's field.
    Type(String),
    /// Something is chosen, typed or slid to as a prediction.
    Draft(String),
    /// The prediction is to be compared (`true`), or one does without.
    Done(bool),
    /// One predicts again.
    Again,
    /// Something is done on the charts.
    Look(Action),
    /// The cross-hair goes to a moment, seconds from the start.
    Go(f64),
    /// The address is to say the setting.
    Write,
    /// A person asks for the result (`true`), or wants it no longer.
    Simulate(bool),
    /// So much of the work of this number is done, as a share.
    Progress(u32, f64),
    /// The work of this number has ended.
    Ended(u32, Ended),
    /// The lesson's scenario is opened in the workbench.
    Open,
}

/// The lesson. It owns the evaluation of its scenario, so that one rendering shows the control and what follows from it.
pub struct LessonPage {
    setting: String,
    /// What was typed into the control's field, until something else moves the control.
    typed: Option<String>,
    /// Whether the address named a setting that the lesson does not have.
    is_unfit: bool,
    /// The scenario of the setting.
    now: Option<Snapshot>,
    /// Its result; none where the lesson's data gives no scenario.
    evaluation: Option<Evaluation>,
    /// The outcome whose facts are in `facts`.
    read: Option<Rc<Outcome>>,
    facts: Values,
    sight: Sight,
    /// What was chosen, typed or slid to as a prediction.
    draft: String,
    /// Why that is none, once one asked for the comparison.
    wrong: Option<AskAgain>,
    /// Whether the run is seen, and what was predicted of it.
    seen: Option<Option<Predicted>>,
    /// Until the address says the setting.
    writes: Option<Timeout>,
    on_look: Callback<Action>,
    on_go: Callback<f64>,
    on_work: Callback<bool>,
}

impl Component for LessonPage {
    type Message = LessonMsg;
    type Properties = LessonProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let mut page = Self {
            setting: String::new(),
            typed: None,
            is_unfit: false,
            now: None,
            evaluation: None,
            read: None,
            facts: Values::new(),
            sight: Sight::default(),
            draft: String::new(),
            wrong: None,
            seen: ctx.props().done.clone(),
            writes: None,
            on_look: link.callback(LessonMsg::Look),
            on_go: link.callback(LessonMsg::Go),
            on_work: link.callback(LessonMsg::Simulate),
        };
        page.begin(ctx);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &LessonProps) -> bool {
        let props = ctx.props();
        if props.setting != old.setting && props.setting.as_ref() != Some(&self.setting) {
            self.begin(ctx);
        } else if let (Some(now), Some(evaluation)) = (&self.now, &mut self.evaluation) {
            evaluation.update(now, props.words);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: LessonMsg) -> bool {
        match msg {
            LessonMsg::Set(setting) => {
                self.typed = None;
                self.set(ctx, setting);
            }
            LessonMsg::Type(typed) => {
                if let Some(setting) = setting_of(
                    ctx.props().words,
                    &ctx.props().pack.0.lesson.control,
                    &typed,
                ) {
                    self.set(ctx, setting);
                }
                self.typed = Some(typed);
            }
            LessonMsg::Draft(typed) => {
                self.draft = typed;
                self.wrong = None;
            }
            LessonMsg::Done(compares) => self.done(ctx, compares),
            LessonMsg::Again => {
                self.seen = None;
                self.draft.clear();
                dom::focus_soon("result");
            }
            LessonMsg::Look(action) => return self.sight.hear(&action),
            LessonMsg::Go(at_s) => {
                let length_s = self.length_s();
                self.sight.hear(&Action::Go { at_s, length_s });
            }
            LessonMsg::Write => {
                ctx.props().on_setting.emit(self.setting.clone());
                return false;
            }
            LessonMsg::Simulate(true) => {
                if let Some(evaluation) = &mut self.evaluation {
                    evaluation.begin();
                }
            }
            LessonMsg::Simulate(false) => {
                if let Some(evaluation) = &mut self.evaluation {
                    evaluation.stop();
                }
            }
            LessonMsg::Progress(number, share) => {
                let evaluation = self.evaluation.as_mut();
                return evaluation.is_some_and(|it| it.progressed(number, share));
            }
            LessonMsg::Ended(number, ended) => {
                if let Some(evaluation) = &mut self.evaluation {
                    evaluation.ended(number, ended);
                }
            }
            LessonMsg::Open => {
                self.open(ctx);
                return false;
            }
        }
        self.read_facts(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let LessonProps { words, frame, .. } = ctx.props();
        let pack = &*ctx.props().pack.0;
        let outcome = self.outcome();
        let clock = outcome.map(|outcome| &outcome.compiled.clock);
        let facts = LessonFacts {
            words: *words,
            pack,
            now: &self.facts,
            clock,
            sight: self
                .sight
                .cursor_s
                .map(|at_s| (at_s, self.sight.window_of(self.length_s()))),
        };
        let speaker = Speaker {
            facts: &facts,
            sources: &pack.sources,
            on_go: self.seen.as_ref().map(|_| &self.on_go),
            frame: frame.as_deref(),
        };
        let say = |value: f64, unit: Unit| words.quantity(value, unit, clock);
        let text = &pack.text;
        let body = match (&self.evaluation, &self.seen) {
            (None, _) => lacking(*words, Some(Unloaded::Failed), &Callback::noop()),
            (Some(_), None) => {
                let moments = self.moments(pack);
                let say = |at_s: f64| say(at_s, Unit::Moment);
                let form = Predict {
                    words: *words,
                    prediction: &pack.lesson.prediction,
                    text,
                    speaker,
                    typed: &self.draft,
                    wrong: self.wrong,
                    moments,
                    say: &say,
                };
                let (on_type, on_done) = (
                    ctx.link().callback(LessonMsg::Draft),
                    ctx.link().callback(LessonMsg::Done),
                );
                predict(&form, &on_type, &on_done)
            }
            (Some(evaluation), Some(guess)) => {
                let telling = Telling {
                    words: *words,
                    pack,
                    speaker,
                    setting: &self.setting,
                    guess: guess.as_ref(),
                    say: &say,
                    next: ctx.props().next.as_ref(),
                    is_frame: frame.is_some(),
                };
                html! {
                    <>
                        { telling.compared(&ctx.link().callback(|_| LessonMsg::Again)) }
                        <div class="bench">
                            { self.run(ctx, evaluation) }
                            <div class="tells">{ telling.sections() }</div>
                        </div>
                    </>
                }
            }
        };
        html! {
            <article>
                <header>
                    <h1>{ speaker.line(&text.title) }</h1>
                    <div class="lead">{ speaker.blocks(&text.question) }</div>
                    <p class="warn" role="status" hidden={!self.is_unfit}>{ if self.is_unfit { words.study_unfit() } else { "" } }</p>
                </header>
                { body }
                if frame.is_some() {
                    { self.way_out(ctx) }
                }
            </article>
        }
    }
}

impl LessonPage {
    /// Puts the control to what the address says, else to what stands there first.
    fn begin(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let control = &props.pack.0.lesson.control;
        let asked = props.setting.as_ref();
        self.is_unfit = asked.is_some_and(|setting| !control.offers(setting));
        let fit = asked.filter(|setting| control.offers(setting));
        self.typed = None;
        self.apply(ctx, fit.cloned().unwrap_or_else(|| control.first()));
        self.read_facts(ctx);
    }

    /// Puts the control to a setting that a person chose, and soon the address.
    fn set(&mut self, ctx: &Context<Self>, setting: String) {
        if setting == self.setting || !ctx.props().pack.0.lesson.control.offers(&setting) {
            return;
        }
        self.is_unfit = false;
        self.apply(ctx, setting);
        let link = ctx.link().clone();
        self.writes = Some(Timeout::new(REST_MS, move || {
            link.send_message(LessonMsg::Write);
        }));
    }

    /// Evaluates the scenario of a setting.
    fn apply(&mut self, ctx: &Context<Self>, setting: String) {
        let LessonProps { words, frame, .. } = ctx.props();
        let lesson = &ctx.props().pack.0.lesson;
        let control = Some(&lesson.control);
        self.setting = setting;
        let found = scenario_of(&lesson.scenario, &lesson.variants, control, &self.setting);
        let Ok(scenario) = found else {
            self.evaluation = None;
            return;
        };
        let now = Snapshot::new(Rc::new(scenario), 0, Whose::Other);
        let now = self.now.insert(now);
        if let Some(evaluation) = &mut self.evaluation {
            evaluation.update(now, *words);
            return;
        }
        let link = ctx.link();
        let listeners = Listeners {
            progress: link.callback(|(number, share)| LessonMsg::Progress(number, share)),
            ended: link.callback(|(number, ended)| LessonMsg::Ended(number, ended)),
        };
        let is_framed = frame.is_some() || dom::is_framed();
        self.evaluation = Some(Evaluation::new(now, *words, is_framed, listeners));
    }

    fn outcome(&self) -> Option<&Rc<Outcome>> {
        self.evaluation.as_ref()?.outcome.as_ref()
    }

    /// Returns the length of the run, seconds.
    fn length_s(&self) -> f64 {
        let outcome = self.outcome();
        outcome.map_or(0.0, |outcome| f64::from(outcome.compiled.plan.length_s))
    }

    /// Reads the lesson's facts from the run, where it is another.
    fn read_facts(&mut self, ctx: &Context<Self>) {
        let outcome = self.outcome().cloned();
        if outcome != self.read {
            self.facts = match &outcome {
                Some(outcome) => facts_of(&ctx.props().pack.0.lesson, outcome),
                None => Values::new(),
            };
            self.read = outcome;
        }
    }

    /// Returns the least and the most moment that can be predicted.
    fn moments(&self, pack: &LessonPack) -> Option<(f64, f64)> {
        let Prediction::Moment { from, to, .. } = &pack.lesson.prediction else {
            return None;
        };
        let outcome = self.outcome()?;
        let at_s = |time: &String| {
            let name = Name {
                name: "time".to_owned(),
                argument: Some(time.clone()),
                setting: None,
            };
            read(&name, &subject(outcome))
        };
        at_s(from).zip(at_s(to))
    }

    fn done(&mut self, ctx: &Context<Self>, compares: bool) {
        let guess = if compares {
            match guess_of(
                ctx.props().words,
                &ctx.props().pack.0.lesson.prediction,
                &self.draft,
            ) {
                Ok(guess) => Some(guess),
                Err(wrong) => {
                    self.wrong = Some(wrong);
                    dom::focus("guess");
                    return;
                }
            }
        } else {
            None
        };
        self.wrong = None;
        ctx.props().on_done.emit(guess.clone());
        self.seen = Some(guess);
        dom::focus_soon("told-guess");
    }

    /// Returns the run: its control, its charts, and what it comes to.
    fn run(&self, ctx: &Context<Self>, evaluation: &Evaluation) -> Html {
        let LessonProps {
            words,
            colours,
            frame,
            ..
        } = ctx.props();
        let pack = &*ctx.props().pack.0;
        let link = ctx.link();
        let Evaluation { outcome, stage, .. } = evaluation;
        let set = control(
            *words,
            &pack.lesson.control,
            &pack.text,
            &self.setting,
            self.typed.as_deref(),
            &link.callback(LessonMsg::Set),
            &link.callback(LessonMsg::Type),
        );
        let length_s = self.length_s();
        let is_stale = *stage != Stage::Rests;
        html! {
            <section class="run" aria-label={words.study_run()}>
                <div class="card">
                    { set }
                    { work::bar(*words, *stage, outcome.is_some(), &self.on_work) }
                    if let Some(outcome) = outcome {
                        <div class={classes!("result", is_stale.then_some("stale"))}>
                            <div class="two">
                                <Charts {outcome} window={self.sight.window_of(length_s)} cursor_s={self.sight.cursor_s.filter(|at_s| *at_s <= length_s)}
                                    {colours} only={Some(pack.lesson.charts.clone())} on={&self.on_look} on_go={&self.on_go} />
                            </div>
                            { few_figures(outcome, *words) }
                        </div>
                    }
                </div>
                if frame.is_none() {
                    if let Some(outcome) = outcome {
                        <Loop {outcome} words={*words} cursor_s={self.sight.cursor_s.filter(|at_s| *at_s <= length_s)} on_go={&self.on_go} />
                    }
                    <p class="out"><button type="button" class="b" onclick={link.callback(|_: MouseEvent| LessonMsg::Open)}>{ words.study_open() }</button></p>
                }
            </section>
        }
    }

    /// Returns the scenario that the reader sees, under the lesson's title.
    fn scenario(&self, ctx: &Context<Self>) -> Option<Scenario> {
        let pack = &*ctx.props().pack.0;
        let lesson = &pack.lesson;
        let control = Some(&lesson.control);
        let found = scenario_of(&lesson.scenario, &lesson.variants, control, &self.setting);
        let mut scenario = found.ok()?;
        // A shipped one has its own title.
        let is_shipped = kept::whose(&Device, &scenario).shipped().is_some();
        if scenario.name.is_empty() && !is_shipped {
            scenario.name = title(pack);
        }
        Some(scenario)
    }

    /// Opens the scenario in the workbench.
    fn open(&self, ctx: &Context<Self>) {
        if let Some(scenario) = self.scenario(ctx) {
            let whose = kept::whose(&Device, &scenario);
            let opens = Action::Open(Rc::new(scenario), whose);
            ctx.props().on_open.emit(opens);
        }
    }

    /// Returns, in a frame, the way to the whole page.
    fn way_out(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().words;
        let pack = &*ctx.props().pack.0;
        let hash = format!("learn.{}.{}", pack.lesson.id, self.setting);
        let href = format!("{}#{hash}", location::base());
        let onclick = {
            let href = href.clone();
            move |event: MouseEvent| {
                event.prevent_default();
                if location::open_tab(&href).is_err() {
                    // Where even this is refused, nothing can be opened at all.
                    let _ = location::go(&hash);
                }
            }
        };
        html! {
            <footer class="full">
                <a {href} target="_blank" {onclick}>{ logo() }<b>{ title(pack) }</b>{ words.embed_open_full() }</a>
            </footer>
        }
    }
}

/// Returns the lesson's title as a text.
pub fn title(pack: &LessonPack) -> String {
    study::text::plain(&pack.text.title, &mut |_| String::new())
}
