//! A lesson: a prediction, then the run with its one control, what happened in it, and the rule behind.
//!
//! The run is the lesson's own ([`OwnRun`]), and nothing of it is kept but how far one is and what was answered.

mod bench;
mod control;
pub(super) mod facts;
mod guess;
mod offered;
mod predict;
mod questions;
mod shown;
mod told;

use gloo::timers::callback::Timeout;
use study::{
    address::LessonAddress,
    pack::{Home, LessonPack},
    progress::Predicted,
    unit::Unit,
};
use words::{AskAgain, Words};
use yew::prelude::*;

use self::{
    bench::{Bench, Terms},
    facts::LessonFacts,
    guess::guess_of,
    offered::{Offered, way_out},
    predict::{Predict, predict},
    questions::ways_on,
    shown::Shown,
    told::Telling,
};
use super::{
    keeping::Kept,
    load::{Shared, lacking},
    own_run::{OwnRun, RunMsg, opens, titled},
    text::Speaker,
};
use crate::{browser::dom, page::notice::Unloaded, state::Action};

/// Milliseconds without another setting before the address says it: browsers refuse many addresses in a short time.
const REST_MS: u32 = 200;

/// What a lesson is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct LessonProps {
    /// The lesson.
    pub pack: Shared<LessonPack>,
    /// The setting that the address names.
    pub setting: Option<String>,
    /// What else there is, once that is known.
    pub home: Option<Shared<Home>>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// In a frame of another page, the words of its address.
    pub frame: Option<String>,
    /// What is kept of the person.
    pub kept: Kept,
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
    /// Something happens to the run.
    Run(RunMsg),
    /// The address is to say the setting.
    Write,
    /// The lesson's scenario is opened in the workbench.
    Open,
}

/// The lesson. It owns the run of its scenario, so that one rendering shows the control and what follows from it.
pub struct LessonPage {
    bench: Bench,
    /// What was chosen, typed or slid to as a prediction.
    draft: String,
    /// Why that is none, once one asked for the comparison.
    wrong: Option<AskAgain>,
    /// Whether the run is seen, and what was predicted of it.
    seen: Option<Option<Predicted>>,
    /// Until the address says the setting.
    writes: Option<Timeout>,
}

impl Component for LessonPage {
    type Message = LessonMsg;
    type Properties = LessonProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut page = Self {
            bench: Bench::new(ctx.link().callback(LessonMsg::Run)),
            draft: String::new(),
            wrong: None,
            seen: ctx.props().done.clone(),
            writes: None,
        };
        page.begin(ctx);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &LessonProps) -> bool {
        let props = ctx.props();
        if props.setting != old.setting && props.setting.as_ref() != Some(&self.bench.setting) {
            self.begin(ctx);
        } else {
            self.bench.speak(props.words);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: LessonMsg) -> bool {
        match msg {
            LessonMsg::Set(setting) => {
                let is_other = self.bench.set(&terms(ctx), setting);
                self.write_soon(ctx, is_other);
            }
            LessonMsg::Type(typed) => {
                let is_other = self.bench.enter(&terms(ctx), typed);
                self.write_soon(ctx, is_other);
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
            LessonMsg::Run(msg) => {
                return self.bench.hear(&ctx.props().pack.0.lesson, msg);
            }
            LessonMsg::Write => {
                ctx.props().on_setting.emit(self.bench.setting.clone());
                return false;
            }
            LessonMsg::Open => {
                self.open(ctx);
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let LessonProps { words, frame, .. } = ctx.props();
        let pack = &*ctx.props().pack.0;
        let run = self.bench.run.as_ref();
        let outcome = run.and_then(OwnRun::outcome);
        let clock = outcome.map(|outcome| &outcome.compiled.clock);
        let sight = run.and_then(|run| {
            let window = run.sight.window_of(run.length_s());
            Some((run.sight.cursor_s?, window))
        });
        let facts = LessonFacts {
            words: *words,
            pack,
            now: &self.bench.facts,
            clock,
            sight,
        };
        let speaker = Speaker {
            facts: &facts,
            sources: &pack.sources,
            on_go: run.filter(|_| self.seen.is_some()).map(|run| &run.on_go),
            frame: frame.as_deref(),
        };
        let say = |value: f64, unit: Unit| words.quantity(value, unit, clock);
        let text = &pack.text;
        let body = match (run, &self.seen) {
            (None, _) => lacking(*words, Some(Unloaded::Failed), &Callback::noop()),
            (Some(_), None) => {
                let form = Predict {
                    words: *words,
                    prediction: &pack.lesson.prediction,
                    text,
                    speaker,
                    typed: &self.draft,
                    wrong: self.wrong,
                    moments: self.bench.moments(&pack.lesson),
                    outcome,
                };
                let on_type = ctx.link().callback(LessonMsg::Draft);
                let on_done = ctx.link().callback(LessonMsg::Done);
                predict(&form, &on_type, &on_done)
            }
            (Some(run), Some(guess)) => {
                let telling = Telling {
                    words: *words,
                    pack,
                    speaker,
                    setting: &self.bench.setting,
                    guess: guess.as_ref(),
                    say: &say,
                };
                let shown = Shown {
                    page: ctx.props(),
                    run,
                    setting: &self.bench.setting,
                    typed: self.bench.typed.as_deref(),
                };
                html! {
                    <>
                        { telling.compared(&ctx.link().callback(|_| LessonMsg::Again)) }
                        <div class="bench">
                            { shown.section(ctx.link()) }
                            <div class="tells">{ telling.sections() }</div>
                        </div>
                        if frame.is_none() {
                            { ways_on(ctx.props(), speaker) }
                        }
                    </>
                }
            }
        };
        html! {
            <article>
                <header>
                    <h1>{ speaker.line(&text.title) }</h1>
                    <div class="lead">{ speaker.blocks(&text.question) }</div>
                    <p class="warn" role="status" hidden={!self.bench.is_unfit}>{ if self.bench.is_unfit { words.study_unfit() } else { "" } }</p>
                    if frame.is_none() {
                        <Offered words={*words} title={title(pack)} lesson={self.address(ctx)} />
                    }
                </header>
                { body }
                if frame.is_some() {
                    { way_out(*words, title(pack), self.address(ctx)) }
                }
            </article>
        }
    }
}

impl LessonPage {
    /// Puts the control to what the address says.
    fn begin(&mut self, ctx: &Context<Self>) {
        let asked = ctx.props().setting.as_ref();
        self.bench.begin(&terms(ctx), asked);
    }

    /// Sees to it that the address soon says the setting, where it is another.
    fn write_soon(&mut self, ctx: &Context<Self>, is_other: bool) {
        if is_other {
            let link = ctx.link().clone();
            let write = move || link.send_message(LessonMsg::Write);
            self.writes = Some(Timeout::new(REST_MS, write));
        }
    }

    fn done(&mut self, ctx: &Context<Self>, compares: bool) {
        let LessonProps { words, pack, .. } = ctx.props();
        let guess = if compares {
            match guess_of(*words, &pack.0.lesson.prediction, &self.draft) {
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

    /// Returns the lesson's address as the reader sees it.
    fn address(&self, ctx: &Context<Self>) -> LessonAddress {
        LessonAddress {
            id: ctx.props().pack.0.lesson.id.clone(),
            setting: Some(self.bench.setting.clone()),
        }
    }

    /// Opens the scenario in the workbench, under the lesson's title.
    fn open(&self, ctx: &Context<Self>) {
        let pack = &ctx.props().pack.0;
        if let Some(scenario) = self.bench.scenario(&pack.lesson) {
            ctx.props().on_open.emit(opens(titled(scenario, pack)));
        }
    }
}

/// Returns what the lesson's run is made in.
fn terms(ctx: &Context<LessonPage>) -> Terms<'_> {
    let LessonProps {
        words, frame, pack, ..
    } = ctx.props();
    Terms {
        lesson: &pack.0.lesson,
        words: *words,
        is_framed: frame.is_some() || dom::is_framed(),
    }
}

/// Returns the lesson's title as a text.
pub fn title(pack: &LessonPack) -> String {
    study::text::plain(&pack.text.title, &mut |_| String::new())
}
