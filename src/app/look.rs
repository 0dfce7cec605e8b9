//! How the page looks as a whole: header, form, result and dialogs, each from the state and what follows from it.

use std::rc::Rc;

use yew::prelude::*;

use super::{App, Msg, Stage};
use crate::{
    form::{Form, FormProps},
    page::{
        dialogs::Dialog, header::Header, notice::NoticeBar, problems::Problems,
        suggestions::Suggestions, work::WorkBar,
    },
    view::{ResultView, Stale},
};

impl App {
    pub(super) fn page(&self, link: &html::Scope<Self>) -> Html {
        let (state, words) = (&self.state, self.words);
        html! {
            <div class="page">
                <Header name={state.scenario().name.clone()} unnamed={self.evaluation.unnamed} theme={state.view.theme}
                    can_undo={state.history.can_undo()} can_redo={state.history.can_redo()} on={&self.on} on_file={&self.on_file}
                    on_save={&self.on_save} />
                <NoticeBar notice={state.view.notice.clone()} on={&self.on} />
                <main>
                    <form aria-label={words.form_label()}>
                        <Problems errors={&self.evaluation.errors} />
                        { self.form() }
                    </form>
                    <section id="result" tabindex="-1" aria-label={words.result_label()}>
                        { self.work() }
                        { self.result(false) }
                    </section>
                </main>
                <div class="dialogs">
                    if let Some(panel) = state.view.panel {
                        <Dialog {panel} scenario={state.scenario()} title={self.evaluation.title().to_owned()}
                            dropped={state.view.dropped.clone()} on={&self.on} on_open={link.callback(Msg::Open)}
                            on_save={&self.on_save} />
                    }
                </div>
                <div hidden=true>
                    if state.view.suggests {
                        <Suggestions />
                    }
                </div>
            </div>
        }
    }

    fn form(&self) -> Html {
        let props = FormProps {
            now: self.state.now().clone(),
            outcome: self.evaluation.outcome.clone(),
            errors: Rc::clone(&self.evaluation.errors),
            words: self.words,
            drafts: Rc::clone(&self.state.view.drafts),
            explained: Rc::clone(&self.state.view.explained),
            offers_layers: self.state.view.offers_layers,
            on: self.on.clone(),
        };
        html! { <Form ..props /> }
    }

    pub(super) fn result(&self, embed: bool) -> Html {
        let Some(outcome) = &self.evaluation.outcome else {
            return self.nothing();
        };
        let view = &self.state.view;
        let stale = if !self.evaluation.errors.is_empty() {
            Stale::Wrong
        } else if self.evaluation.stage != Stage::Rests {
            Stale::Before
        } else {
            Stale::Fresh
        };
        html! {
            <ResultView {outcome} {stale} advice={&self.adviser.advice} searched={self.adviser.searched}
                cursor_s={view.cursor_s} window={view.window_of(f64::from(outcome.compiled.plan.length_s))} on={&self.on}
                on_apply={&self.on_apply} theme_epoch={self.theme_epoch} {embed} />
        }
    }

    /// What is being simulated, or would be.
    pub(super) fn work(&self) -> Html {
        let before = self.evaluation.outcome.is_some();
        html! { <WorkBar stage={self.evaluation.stage} {before} on_press={&self.on_work} /> }
    }

    /// What stands where there has never been a result. While one is computed, the bar above says all that there is to say.
    fn nothing(&self) -> Html {
        html! {
            if self.evaluation.stage == Stage::Rests {
                <div class="card nothing"><p>{ self.words.result_nothing() }</p></div>
            }
        }
    }
}
