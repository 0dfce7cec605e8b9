//! The form, and what follows from it beside it: the work that is going on, and the result. In a frame, that alone.

use std::rc::Rc;

use engine::advice::{Advice, Change};
use gloo::timers::callback::Timeout;
use scenario::{document::Scenario, other_machines};
use words::Words;
use yew::prelude::*;

use super::{
    beside::Beside,
    evaluation::{Evaluation, Listeners, Stage},
    frame::frame,
};
use crate::{
    advice::Adviser,
    apply::apply,
    browser::dom,
    form::Form,
    link::{Mode, Part},
    outcome::Ended,
    pace::shown,
    page::{problems::problems, work},
    state::{Action, Pinned, Snapshot, View, all_pinned},
    view::{ResultView, Stale},
};

/// Milliseconds without another result before it is run on other machines.
const MACHINES_REST_MS: u32 = 150;

/// What the workbench is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WorkbenchProps {
    /// The document and what could not be read.
    pub now: Snapshot,
    /// The scenarios whose runs are pinned beside it.
    pub pinned: Pinned,
    /// How the page is looked at.
    pub view: View,
    /// How much of the page there is.
    pub mode: Mode,
    /// The scenario's title.
    pub title: AttrValue,
    /// What the shipped scenario teaches that is shown.
    pub lesson: Option<&'static str>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

/// What happens beyond what the reducer is told.
#[derive(Debug)]
pub enum WorkbenchMsg {
    /// A person asks for the result (`true`), or wants it no longer.
    Simulate(bool),
    /// So much of the work of this number is done, as a share.
    Progress(u32, f64),
    /// The work of this number has ended.
    Ended(u32, Ended),
    /// The run of a pinned scenario has ended.
    BesideEnded(Rc<Scenario>, Ended),
    /// The run on another machine has ended.
    MachineEnded(Rc<Scenario>, Ended),
    /// It is time to run the scenario on the machines that it names.
    CompareMachines,
    /// It is time to search for advice.
    Advise,
    /// Advice was found.
    Advised(Vec<Advice>),
    /// A person takes a piece of advice.
    Apply(Change),
    /// The result has been seen for the first time.
    Shown,
}

/// The workbench. It owns the evaluation of the document, and goes on with it as its properties change: so that one rendering
/// shows what was typed and what follows from it. This is why it is no function.
#[derive(Debug)]
pub struct Workbench {
    evaluation: Evaluation,
    beside: Beside,
    /// Runs on the machines that the scenario names, and when they are next made.
    machines: Beside,
    machines_due: Option<Timeout>,
    adviser: Adviser,
    on_work: Callback<bool>,
    on_apply: Callback<Change>,
    /// Whether the result has been seen. Before, it alone is made: form and log would have it wait.
    is_shown: bool,
}

impl Component for Workbench {
    type Message = WorkbenchMsg;
    type Properties = WorkbenchProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (link, props) = (ctx.link(), ctx.props());
        let listeners = Listeners {
            progress: link.callback(|(number, share)| WorkbenchMsg::Progress(number, share)),
            ended: link.callback(|(number, ended)| WorkbenchMsg::Ended(number, ended)),
        };
        let mut workbench = Self {
            evaluation: Evaluation::new(&props.now, props.words, is_framed(props.mode), listeners),
            beside: Beside::new(
                link.callback(|(scenario, ended)| WorkbenchMsg::BesideEnded(scenario, ended)),
            ),
            machines: machines_of(ctx),
            machines_due: None,
            adviser: Adviser::new(
                link.callback(|()| WorkbenchMsg::Advise),
                link.callback(WorkbenchMsg::Advised),
            ),
            on_work: link.callback(WorkbenchMsg::Simulate),
            on_apply: link.callback(WorkbenchMsg::Apply),
            is_shown: false,
        };
        workbench.pin(props);
        workbench.advise(ctx, true);
        link.send_future(async {
            shown().await;
            WorkbenchMsg::Shown
        });
        workbench
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &WorkbenchProps) -> bool {
        let props = ctx.props();
        self.evaluation.is_framed = is_framed(props.mode);
        let computed = self.evaluation.update(&props.now, props.words);
        self.pin(props);
        self.advise(ctx, computed);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: WorkbenchMsg) -> bool {
        match msg {
            WorkbenchMsg::Simulate(true) => {
                let computed = self.evaluation.begin();
                self.advise(ctx, computed);
            }
            WorkbenchMsg::Simulate(false) => self.evaluation.stop(),
            WorkbenchMsg::Progress(number, share) => {
                return self.evaluation.progressed(number, share);
            }
            WorkbenchMsg::Ended(number, ended) => {
                // The button goes, and must not take the focus along.
                let focused = dom::has_focus(work::BUTTON);
                let computed = self.evaluation.ended(number, ended);
                self.advise(ctx, computed);
                if focused && self.evaluation.stage == Stage::Rests {
                    dom::focus("result");
                }
            }
            WorkbenchMsg::BesideEnded(scenario, ended) => {
                return self.beside.ended(&scenario, ended);
            }
            WorkbenchMsg::MachineEnded(scenario, ended) => {
                return self.machines.ended(&scenario, ended);
            }
            WorkbenchMsg::CompareMachines => self.compare_machines(ctx),
            WorkbenchMsg::Advise => {
                self.adviser.begin();
                return false;
            }
            WorkbenchMsg::Advised(advice) => self.adviser.take(advice),
            WorkbenchMsg::Apply(change) => {
                self.apply(ctx.props(), change);
                // The button goes, and must not take the focus along.
                dom::focus("result");
                return false;
            }
            WorkbenchMsg::Shown => self.is_shown = true,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let WorkbenchProps {
            now,
            view,
            words,
            on,
            ..
        } = props;
        let Evaluation {
            outcome, errors, ..
        } = &self.evaluation;
        let result = html! {
            <section id="result" tabindex="-1" aria-label={words.result_label()}>
                { work::bar(*words, self.evaluation.stage, outcome.is_some(), &self.on_work) }
                { self.result(props) }
            </section>
        };
        if let Some(embedded) = props.mode.embedded() {
            let has_title = outcome.is_some() && embedded.parts.has(Part::Verdict);
            return frame(props, result, has_title);
        }
        html! {
            <main>
                if self.is_shown {
                    <form aria-label={words.form_label()}>
                        <Form now={now.clone()} outcome={outcome.clone()} {errors} words={*words} drafts={&view.drafts}
                            explained={&view.explained} offers_layers={view.offers_layers} {on} />
                        { problems(*words, errors, &now.scenario) }
                    </form>
                } else {
                    // As in the frame that stands while the program loads.
                    <div class="form">{ for (0..7).map(|_| html! { <div class="card" /> }) }</div>
                }
                { result }
            </main>
        }
    }
}

impl Workbench {
    /// Searches for advice about the outcome, where it is another one, and soon runs it on other machines.
    fn advise(&mut self, ctx: &Context<Self>, is_another: bool) {
        if is_another && let Some(outcome) = &self.evaluation.outcome {
            self.adviser.search(Rc::clone(outcome));
            self.machines_due = None;
            let has_any = !outcome.scenario.other_machines.is_empty();
            // What is gone is forgotten at once; what there is waits until nothing is typed any more.
            if has_any || !self.machines.runs.is_empty() {
                let link = ctx.link().clone();
                let due = move || link.send_message(WorkbenchMsg::CompareMachines);
                self.machines_due = Some(Timeout::new(MACHINES_REST_MS, due));
            }
        }
    }

    /// Runs the scenario of the outcome on the machines that it names.
    fn compare_machines(&mut self, ctx: &Context<Self>) {
        self.machines_due = None;
        let Some(outcome) = &self.evaluation.outcome else {
            return;
        };
        let scenario = &outcome.scenario;
        let machines = scenario.other_machines.iter();
        let on = machines.map(|machine| other_machines::on(scenario, machine));
        let on = all_pinned(on.collect());
        // Runs of the result before, if any go on, are dropped with what they were for.
        self.machines = machines_of(ctx);
        self.machines.update(&on, None, is_framed(ctx.props().mode));
    }

    /// Takes note of which runs are pinned.
    fn pin(&mut self, props: &WorkbenchProps) {
        let present = self.evaluation.outcome.as_ref();
        let is_framed = is_framed(props.mode);
        self.beside.update(&props.pinned, present, is_framed);
    }

    /// Makes a piece of advice part of the scenario that it was found for.
    fn apply(&self, props: &WorkbenchProps, change: Change) {
        let scenario = &props.now.scenario;
        if let Some(outcome) = &self.evaluation.outcome
            && Rc::ptr_eq(&outcome.scenario, scenario)
        {
            let name = props.words.schedule_title();
            let changed = apply(scenario, &outcome.compiled, change, name);
            props.on.emit(Action::Change(Rc::new(changed)));
        }
    }

    fn result(&self, props: &WorkbenchProps) -> Html {
        let Evaluation {
            outcome,
            errors,
            stage,
            ..
        } = &self.evaluation;
        let Some(outcome) = outcome else {
            // While one is computed, the bar above says all that there is to say.
            return html! {
                if *stage == Stage::Rests {
                    <div class="card nothing"><p>{ props.words.result_nothing() }</p></div>
                }
            };
        };
        let stale = if !errors.is_empty() {
            Stale::Wrong
        } else if *stage != Stage::Rests {
            Stale::Before
        } else {
            Stale::Fresh
        };
        let length_s = f64::from(outcome.compiled.plan.length_s);
        html! {
            <ResultView {outcome} beside={&self.beside.runs} {stale} advice={&self.adviser.advice} searched={self.adviser.searched}
                machines={&self.machines.runs} cursor_s={props.view.sight.cursor_s} window={props.view.sight.window_of(length_s)} on={&props.on} on_apply={&self.on_apply}
                colours={props.colours} lesson={props.lesson} title={&props.title}
                embedded={props.mode.embedded().map(|embedded| embedded.parts)} has_log={self.is_shown || props.mode != Mode::Page} />
        }
    }
}

/// Returns no runs on other machines yet.
fn machines_of(ctx: &Context<Workbench>) -> Beside {
    let told = |(scenario, ended)| WorkbenchMsg::MachineEnded(scenario, ended);
    Beside::new(ctx.link().callback(told))
}

/// Whether the page stands in another, which it must not keep busy.
fn is_framed(mode: Mode) -> bool {
    mode != Mode::Page || dom::is_framed()
}
