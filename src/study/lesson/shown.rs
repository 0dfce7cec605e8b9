//! The run of a lesson as it is shown: its one control, the charts, what it comes to, the loop, and the way to the workbench.

use yew::{html::Scope, prelude::*};

use super::{LessonMsg, LessonPage, LessonProps, control::control};
use crate::{
    study::own_run::OwnRun,
    study::parts::button,
    view::{Loop, few_figures},
};

/// What the run is shown from.
pub struct Shown<'a> {
    /// What the lesson is made from.
    pub page: &'a LessonProps,
    /// Its run.
    pub run: &'a OwnRun,
    /// The setting of its control.
    pub setting: &'a str,
    /// What was typed into the control's field.
    pub typed: Option<&'a str>,
}

impl Shown<'_> {
    /// Returns the run. `link` is told what is done with it.
    pub fn section(&self, link: &Scope<LessonPage>) -> Html {
        let LessonProps {
            words,
            colours,
            frame,
            pack,
            ..
        } = self.page;
        let run = self.run;
        let outcome = run.outcome();
        let charts = &pack.0.lesson.charts;
        let set = control(
            *words,
            &pack.0.lesson.control,
            &pack.0.text,
            self.setting,
            self.typed,
            &link.callback(LessonMsg::Set),
            &link.callback(LessonMsg::Type),
        );
        html! {
            <section class="run" aria-label={words.study_run()}>
                <div class="card">
                    { set }
                    { run.bar(*words, outcome.is_some()) }
                    if let Some(outcome) = outcome {
                        <div class={classes!("result", run.is_stale().then_some("stale"))}>
                            { run.charts(outcome, colours, Some(charts.clone())) }
                            { few_figures(outcome, *words) }
                        </div>
                    }
                </div>
                if frame.is_none() {
                    if let Some(outcome) = outcome {
                        <Loop {outcome} words={*words} cursor_s={run.cursor_s()} on_go={&run.on_go} />
                    }
                    <p class="out">{ button("b", words.study_open(), link.callback(|_| LessonMsg::Open)) }</p>
                }
            </section>
        }
    }
}
