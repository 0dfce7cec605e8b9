//! The run of a question: by the page's own charts, up to where it is paused as long as the question is not answered.

use std::rc::Rc;

use chart::Window;
use scenario::document::Scenario;
use study::{
    draw::Drawn,
    expression::Name,
    measure::read,
    pack::{LessonPack, TopicPack},
    question::Ask,
    setting::{scenario_drawn, scenario_of},
};
use words::Words;
use yew::prelude::*;

use super::{
    asked,
    draft::{Part, parts},
};
use crate::{
    app::{Evaluation, Listeners},
    browser::{dom, storage::Device},
    kept,
    outcome::{Ended, Outcome},
    page::work,
    state::{Action, Sight, Snapshot, Whose},
    study::{
        lesson::facts::subject,
        load::{Loaded, Shared, lacking, use_pack},
        pack_of,
        parts::button,
    },
    view::{Charts, few_figures},
};

/// Seconds that are shown before and after the moment at which a chart is paused.
const AROUND_S: f64 = 5_400.0;

/// What a run is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct RunProps {
    /// The topic of the question.
    pub pack: Shared<TopicPack>,
    /// The question, and which of its parts it is of.
    pub of: (String, usize),
    /// What draws its numbers.
    pub seed: u32,
    /// Whether what comes after that is shown, too.
    pub goes_on: bool,
    /// Whether it is shown at all; else it only gives its facts.
    pub is_shown: bool,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// Told the whole outcome.
    pub on_ran: Callback<Rc<Outcome>>,
    /// Opens the scenario.
    pub on_open: Callback<Action>,
}

impl RunProps {
    /// Returns the part of the question that it is of, and the numbers that are drawn.
    fn part(&self) -> Option<(Part<'_>, Drawn)> {
        let (id, number) = &self.of;
        let asked = asked(&self.pack.0, id)?;
        let part = parts(asked, self.seed).get(*number).copied()?;
        Some((part, asked.question.drawn(self.seed)))
    }

    /// Returns the moment at which it is paused, as measures take it.
    fn paused(&self) -> Option<&String> {
        match self.part()?.0.ask {
            Ask::Next { at, .. } => Some(at),
            _ => None,
        }
    }
}

/// The run of a question, once there is its scenario.
#[function_component]
pub fn Run(props: &RunProps) -> Html {
    let words = props.words;
    let lesson = props.part().and_then(|(part, _)| part.run?.lesson.clone());
    let name = lesson.map(|id| pack_of(words, &format!("lesson-{id}")));
    let is_of_lesson = name.is_some();
    let Loaded { pack, lack, again } = use_pack::<LessonPack>(name);
    let is_loaded = pack.is_some() || !is_of_lesson;
    let scenario = {
        let props = props.clone();
        let of = (props.pack.clone(), props.of.clone(), props.seed, is_loaded);
        use_memo(of, move |_| scenario(&props, pack.as_deref()).map(Rc::new))
    };
    match &*scenario {
        Some(scenario) => {
            html! { <Running scenario={Shared(Rc::clone(scenario))} run={props.clone()} /> }
        }
        None if props.is_shown => lacking(words, lack, &again),
        None => Html::default(),
    }
}

/// Returns the scenario of a run, under its lesson's title; nothing where its lesson is not there.
fn scenario(props: &RunProps, pack: Option<&LessonPack>) -> Option<Scenario> {
    let (part, drawn) = props.part()?;
    let proof = part.run?;
    if let Some(base) = &proof.scenario {
        return scenario_drawn(base, &drawn).ok();
    }
    let lesson = &pack?.lesson;
    let setting = proof.setting.clone();
    let setting = setting.unwrap_or_else(|| lesson.control.first());
    let control = Some(&lesson.control);
    let mut scenario = scenario_of(&lesson.scenario, &lesson.variants, control, &setting).ok()?;
    if scenario.name.is_empty() && kept::whose(&Device, &scenario).shipped().is_none() {
        scenario.name = crate::study::lesson::title(pack?);
    }
    Some(scenario)
}

/// What the run of a scenario is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct RunningProps {
    /// The scenario.
    pub scenario: Shared<Scenario>,
    /// All else.
    pub run: RunProps,
}

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
    /// The scenario is opened in the workbench.
    Open,
}

/// The run of a scenario. It owns its evaluation.
pub struct Running {
    now: Snapshot,
    evaluation: Evaluation,
    /// The outcome that was told: a whole one.
    told: Option<Rc<Outcome>>,
    /// The moment at which it is paused, seconds from the start.
    paused_s: Option<f64>,
    sight: Sight,
    on_look: Callback<Action>,
    on_go: Callback<f64>,
    on_work: Callback<bool>,
}

impl Component for Running {
    type Message = RunMsg;
    type Properties = RunningProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let listeners = Listeners {
            progress: link.callback(|(number, share)| RunMsg::Progress(number, share)),
            ended: link.callback(|(number, ended)| RunMsg::Ended(number, ended)),
        };
        let RunningProps { scenario, run } = ctx.props();
        let now = Snapshot::new(Rc::clone(&scenario.0), 0, Whose::Other);
        let mut running = Self {
            evaluation: Evaluation::new(&now, run.words, dom::is_framed(), listeners),
            now,
            told: None,
            paused_s: None,
            sight: Sight::default(),
            on_look: link.callback(RunMsg::Look),
            on_go: link.callback(RunMsg::Go),
            on_work: link.callback(RunMsg::Simulate),
        };
        running.tell(ctx);
        running
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RunningProps) -> bool {
        let RunningProps { scenario, run } = ctx.props();
        if *scenario != old.scenario {
            self.now = Snapshot::new(Rc::clone(&scenario.0), 0, Whose::Other);
        }
        self.evaluation.update(&self.now, run.words);
        if run.goes_on && !old.run.goes_on && self.evaluation.until_s.take().is_some() {
            self.evaluation.begin();
        }
        self.tell(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: RunMsg) -> bool {
        match msg {
            RunMsg::Look(action) => return self.sight.hear(&action),
            RunMsg::Go(at_s) => {
                let length_s = self.shown(ctx).map_or(0.0, |outcome| length_s(outcome));
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
            RunMsg::Open => {
                let scenario = Rc::clone(&ctx.props().scenario.0);
                let whose = kept::whose(&Device, &scenario);
                ctx.props().run.on_open.emit(Action::Open(scenario, whose));
                return false;
            }
        }
        self.tell(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let RunProps {
            words,
            colours,
            is_shown,
            ..
        } = &ctx.props().run;
        if !is_shown {
            return Html::default();
        }
        let outcome = self.shown(ctx);
        let is_paused = self.evaluation.until_s.is_some();
        html! {
            <section class="run card" aria-label={words.study_run()}>
                { work::bar(*words, self.evaluation.stage, outcome.is_some(), &self.on_work) }
                if let Some(outcome) = outcome {
                    <div class="result">
                        <div class="two">
                            <Charts {outcome} window={self.sight.window_of(length_s(outcome))} cursor_s={self.sight.cursor_s.filter(|at_s| *at_s <= length_s(outcome))}
                                {colours} on={&self.on_look} on_go={&self.on_go} />
                        </div>
                        if !is_paused {
                            { few_figures(outcome, *words) }
                            <p class="out">{ button("b", words.study_open(), ctx.link().callback(|_| RunMsg::Open)) }</p>
                        }
                    </div>
                }
            </section>
        }
    }
}

impl Running {
    /// Returns what is shown: as long as the run is paused, nothing of what comes after.
    fn shown(&self, ctx: &Context<Self>) -> Option<&Rc<Outcome>> {
        let run = &ctx.props().run;
        let is_cut = self.evaluation.until_s.is_some();
        let may_show = run.goes_on || is_cut || run.paused().is_none();
        self.evaluation.outcome.as_ref().filter(|_| may_show)
    }

    /// Tells a whole outcome where it is another. Where it is to be paused, it is run once more, up to there.
    fn tell(&mut self, ctx: &Context<Self>) {
        let run = &ctx.props().run;
        let outcome = self.evaluation.outcome.clone();
        let Some(outcome) = outcome.filter(|outcome| self.told.as_ref() != Some(outcome)) else {
            return;
        };
        if self.evaluation.until_s.is_none() {
            self.paused_s = run.paused().and_then(|at| {
                let name = Name {
                    name: "time".to_owned(),
                    argument: Some(at.clone()),
                    setting: None,
                };
                read(&name, &subject(&outcome))
            });
            if self.paused_s.is_some() && !run.goes_on {
                self.evaluation.until_s = self.paused_s;
                self.evaluation.begin();
            }
        }
        let length_s = length_s(self.evaluation.outcome.as_ref().unwrap_or(&outcome));
        self.told = Some(Rc::clone(&outcome));
        self.look_around(length_s, run.goes_on);
        if self.evaluation.until_s.is_none() {
            run.on_ran.emit(outcome);
        }
    }

    /// Shows what is around the moment at which the run is paused; once it goes on, the cross-hair stands there.
    fn look_around(&mut self, length_s: f64, goes_on: bool) {
        if let Some(at_s) = self.paused_s {
            let window = Window::between(at_s - AROUND_S, at_s + AROUND_S, length_s);
            self.sight = Sight::default();
            self.sight.hear(&Action::Show(window));
            self.sight.hear(&Action::Pin(goes_on.then_some(at_s)));
        }
    }
}

fn length_s(outcome: &Outcome) -> f64 {
    f64::from(outcome.compiled.plan.length_s)
}
