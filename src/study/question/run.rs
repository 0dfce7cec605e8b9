//! The run of a question: by the page's own charts, up to where it is paused as long as the question is not answered.

use std::rc::Rc;

use chart::Window;
use scenario::document::Scenario;
use study::{
    draw::Drawn,
    expression::Name,
    measure::read,
    pack::LessonPack,
    question::Proof,
    setting::{scenario_drawn, scenario_of},
};
use words::Words;
use yew::prelude::*;

use crate::{
    app::{Evaluation, Listeners},
    browser::{dom, storage::Device},
    kept,
    outcome::{Ended, Outcome, until},
    page::work,
    state::{Action, Sight, Snapshot, Whose},
    study::{
        lesson::facts::subject,
        load::{Loaded, lacking, use_pack},
    },
    view::{Charts, few_figures},
};

/// Seconds that are shown before and after the moment at which a chart is paused.
const AROUND_S: f64 = 5_400.0;

/// What a run is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct RunProps {
    /// Which run it is.
    pub proof: Proof,
    /// The numbers that were drawn.
    pub drawn: Drawn,
    /// The moment at which it is paused, as measures take it.
    pub paused: Option<String>,
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

/// The run of a question, once there is its scenario.
#[function_component]
pub fn Run(props: &RunProps) -> Html {
    let RunProps {
        proof,
        drawn,
        words,
        ..
    } = props;
    let of_lesson = proof.lesson.as_ref();
    let name = of_lesson.map(|id| format!("lesson-{id}.{}.json", words.lang.tag()));
    let Loaded { pack, lack, again } = use_pack::<LessonPack>(name);
    let is_loaded = pack.is_some() || of_lesson.is_none();
    let scenario = use_memo(
        (proof.clone(), drawn.clone(), is_loaded),
        move |(proof, drawn, _)| scenario(proof, drawn, pack.as_deref()).map(Rc::new),
    );
    match &*scenario {
        Some(scenario) => html! { <Running scenario={Rc::clone(scenario)} run={props.clone()} /> },
        None if props.is_shown => lacking(*words, lack, &again),
        None => Html::default(),
    }
}

/// Returns the scenario of a run, under its lesson's title; nothing where its lesson is not there.
fn scenario(proof: &Proof, drawn: &Drawn, pack: Option<&LessonPack>) -> Option<Scenario> {
    let Some(pack) = pack else {
        return scenario_drawn(proof.scenario.as_ref()?, drawn).ok();
    };
    let lesson = &pack.lesson;
    let setting = proof.setting.clone();
    let setting = setting.unwrap_or_else(|| lesson.control.first());
    let control = Some(&lesson.control);
    let mut scenario = scenario_of(&lesson.scenario, &lesson.variants, control, &setting).ok()?;
    if scenario.name.is_empty() && kept::whose(&Device, &scenario).shipped().is_none() {
        scenario.name = crate::study::lesson::title(pack);
    }
    Some(scenario)
}

/// What the run of a scenario is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct RunningProps {
    /// The scenario.
    pub scenario: Rc<Scenario>,
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
    /// The outcome that was told.
    told: Option<Rc<Outcome>>,
    /// The moment at which it is paused, seconds from the start.
    paused_s: Option<f64>,
    /// The outcome up to there.
    cut: Option<Rc<Outcome>>,
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
        let now = Snapshot::new(Rc::clone(scenario), 0, Whose::Other);
        let mut running = Self {
            evaluation: Evaluation::new(&now, run.words, dom::is_framed(), listeners),
            now,
            told: None,
            paused_s: None,
            cut: None,
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
            self.now = Snapshot::new(Rc::clone(scenario), 0, Whose::Other);
        }
        self.evaluation.update(&self.now, run.words);
        self.tell(ctx);
        if run.goes_on && !old.run.goes_on {
            self.look_around(true);
        }
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
                let scenario = Rc::clone(&ctx.props().scenario);
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
            paused,
            goes_on,
            ..
        } = &ctx.props().run;
        if !is_shown {
            return Html::default();
        }
        let outcome = self.shown(ctx);
        let is_paused = paused.is_some() && !goes_on;
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
                            <p class="out"><button type="button" class="b" onclick={ctx.link().callback(|_: MouseEvent| RunMsg::Open)}>{ words.study_open() }</button></p>
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
        if run.paused.is_some() && !run.goes_on {
            self.cut.as_ref()
        } else {
            self.evaluation.outcome.as_ref()
        }
    }

    /// Tells the outcome where it is another, and cuts it where it is paused.
    fn tell(&mut self, ctx: &Context<Self>) {
        let outcome = self.evaluation.outcome.clone();
        let Some(outcome) = outcome.filter(|outcome| self.told.as_ref() != Some(outcome)) else {
            return;
        };
        let run = &ctx.props().run;
        self.paused_s = run.paused.as_ref().and_then(|at| {
            let name = Name {
                name: "time".to_owned(),
                argument: Some(at.clone()),
                setting: None,
            };
            read(&name, &subject(&outcome))
        });
        self.cut = self.paused_s.map(|at_s| Rc::new(until(&outcome, at_s)));
        self.told = Some(Rc::clone(&outcome));
        self.look_around(run.goes_on);
        run.on_ran.emit(outcome);
    }

    /// Shows what is around the moment at which the run is paused, and puts the cross-hair there.
    fn look_around(&mut self, goes_on: bool) {
        if let (Some(at_s), Some(whole), Some(cut)) = (self.paused_s, &self.told, &self.cut) {
            let length_s = length_s(if goes_on { whole } else { cut });
            let window = Window::between(at_s - AROUND_S, at_s + AROUND_S, length_s);
            self.sight = Sight::default();
            self.sight.hear(&Action::Show(window));
            self.sight.hear(&Action::Pin(Some(at_s.min(length_s))));
        }
    }
}

fn length_s(outcome: &Outcome) -> f64 {
    f64::from(outcome.compiled.plan.length_s)
}
