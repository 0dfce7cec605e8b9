//! The run of a question: by the page's own charts, up to where it is paused as long as the question is not answered.

use std::rc::Rc;

use chart::Window;
use scenario::document::Scenario;
use study::{
    draw::Drawn,
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
    browser::dom,
    outcome::Outcome,
    state::{Action, Sight},
    study::{
        lesson::facts::subject,
        load::{Loaded, Shared, lacking, use_pack},
        own_run::{OwnRun, RunMsg, opens, time_s, titled},
        pack_of,
        parts::button,
    },
    view::few_figures,
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
    let scenario = scenario_of(&lesson.scenario, &lesson.variants, control, &setting).ok()?;
    Some(titled(scenario, pack?))
}

/// What the run of a scenario is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct RunningProps {
    /// The scenario.
    pub scenario: Shared<Scenario>,
    /// All else.
    pub run: RunProps,
}

/// What happens to the run of a question.
#[derive(Debug)]
pub enum RunningMsg {
    /// Something happens to the run.
    Run(RunMsg),
    /// The scenario is opened in the workbench.
    Open,
}

/// The run of a scenario.
pub struct Running {
    own: OwnRun,
    /// The outcome that was told: a whole one.
    told: Option<Rc<Outcome>>,
    /// The moment at which it is paused, seconds from the start.
    paused_s: Option<f64>,
}

impl Component for Running {
    type Message = RunningMsg;
    type Properties = RunningProps;

    fn create(ctx: &Context<Self>) -> Self {
        let RunningProps { scenario, run } = ctx.props();
        let tell = ctx.link().callback(RunningMsg::Run);
        let scenario = Scenario::clone(&scenario.0);
        let mut running = Self {
            own: OwnRun::new(scenario, run.words, dom::is_framed(), &tell),
            told: None,
            paused_s: None,
        };
        running.tell(ctx);
        running
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RunningProps) -> bool {
        let RunningProps { scenario, run } = ctx.props();
        if *scenario == old.scenario {
            self.own.speak(run.words);
        } else {
            self.own.set(Scenario::clone(&scenario.0), run.words);
        }
        if run.goes_on && !old.run.goes_on && self.own.until_s().is_some() {
            self.own.run_until(None);
        }
        self.tell(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: RunningMsg) -> bool {
        match msg {
            RunningMsg::Run(msg) => {
                let is_other = self.own.hear(msg);
                self.tell(ctx);
                is_other
            }
            RunningMsg::Open => {
                let scenario = Scenario::clone(&ctx.props().scenario.0);
                ctx.props().run.on_open.emit(opens(scenario));
                false
            }
        }
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
        let is_paused = self.own.until_s().is_some();
        html! {
            <section class="run card" aria-label={words.study_run()}>
                { self.own.bar(*words, outcome.is_some()) }
                if let Some(outcome) = outcome {
                    <div class="result">
                        { self.own.charts(outcome, colours, None) }
                        if !is_paused {
                            { few_figures(outcome, *words) }
                            <p class="out">{ button("b", words.study_open(), ctx.link().callback(|_| RunningMsg::Open)) }</p>
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
        let is_cut = self.own.until_s().is_some();
        let may_show = run.goes_on || is_cut || run.paused().is_none();
        self.own.outcome().filter(|_| may_show)
    }

    /// Tells a whole outcome where it is another. Where it is to be paused, it is run once more, up to there.
    fn tell(&mut self, ctx: &Context<Self>) {
        let run = &ctx.props().run;
        let outcome = self.own.outcome().cloned();
        let Some(outcome) = outcome.filter(|outcome| self.told.as_ref() != Some(outcome)) else {
            return;
        };
        if self.own.until_s().is_none() {
            let subject = subject(&outcome);
            self.paused_s = run.paused().and_then(|at| time_s(at, &subject));
            if self.paused_s.is_some() && !run.goes_on {
                self.own.run_until(self.paused_s);
            }
        }
        self.told = Some(Rc::clone(&outcome));
        self.look_around(run.goes_on);
        if self.own.until_s().is_none() {
            run.on_ran.emit(outcome);
        }
    }

    /// Shows what is around the moment at which the run is paused; once it goes on, the cross-hair stands there.
    fn look_around(&mut self, goes_on: bool) {
        if let Some(at_s) = self.paused_s {
            let length_s = self.own.length_s();
            let window = Window::between(at_s - AROUND_S, at_s + AROUND_S, length_s);
            self.own.sight = Sight::default();
            self.own.sight.hear(&Action::Show(window));
            self.own.sight.hear(&Action::Pin(goes_on.then_some(at_s)));
        }
    }
}
