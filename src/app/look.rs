//! How the page looks as a whole: header, form, result and dialogs, each from the state and what follows from it.

use std::rc::Rc;

use yew::prelude::*;

use super::{App, Msg, Stage};
use crate::{
    form::{Shown, hears},
    page::{
        dialogs::Dialogs, header::Header, notice::notice, problems::problems, suggestions,
        work::work,
    },
    parts::{El, component, el, of, part},
    view::{ResultProps, ResultView, Stale},
};

impl App {
    #[inline(never)]
    pub(super) fn page(&self, link: &html::Scope<Self>) -> Html {
        let (state, words) = (&self.state, self.words);
        let header = Header {
            words,
            name: state.now.scenario.name.clone(),
            unnamed: self.follows.unnamed,
            can_undo: state.can_undo(),
            can_redo: state.can_redo(),
            theme: state.theme,
            on: self.on.clone(),
            file: self.file.clone(),
            on_file: self.on_file.clone(),
            on_save: self.on_save.clone(),
        };
        let form = el("form")
            .set("aria-label", words.form_label())
            .with(problems(words, &self.follows.errors))
            .with(self.form());
        let form = hears(form, &self.on_field);
        let result = el("section")
            .set("id", "result")
            .set("tabindex", "-1")
            .set("aria-label", words.result_label())
            .with(self.work())
            .with(self.result(false));
        let dialog = match state.panel {
            None => Html::default(),
            Some(panel) => Dialogs {
                words,
                state,
                title: self.follows.title(),
                on: &self.on,
                on_open: link.callback(Msg::Open),
                on_save: link.callback(|()| Msg::Save),
            }
            .html(panel),
        };
        of("div", "page")
            .with(part(None, header))
            .with(notice(words, state.notice.as_ref(), &self.on))
            .with(el("main").with(form).with(result))
            .with(of("div", "dialogs").with(dialog))
            .with(suggestions::suggestions(self.suggested.as_ref()))
            .html()
    }

    fn form(&self) -> Html {
        let shown = Shown {
            now: self.state.now.clone(),
            outcome: self.follows.outcome.clone(),
            errors: Rc::clone(&self.follows.errors),
            words: self.words,
            drafts: Rc::clone(&self.state.drafts),
            explained: Rc::clone(&self.state.explained),
            offers_layers: self.state.offers_layers,
            on: self.on.clone(),
        };
        part(None, shown)
    }

    pub(super) fn result(&self, embed: bool) -> Html {
        let Some(outcome) = &self.follows.outcome else {
            return self.nothing();
        };
        let whole_s = (0.0, f64::from(outcome.compiled.plan.length_s));
        let props = ResultProps {
            outcome: Rc::clone(outcome),
            stale: if !self.follows.errors.is_empty() {
                Stale::Wrong
            } else if self.follows.stage != Stage::Rests {
                Stale::Before
            } else {
                Stale::Fresh
            },
            words: self.words,
            scenario: Rc::clone(&outcome.scenario),
            advice: Rc::clone(&self.adviser.advice),
            searched: self.adviser.searched,
            cursor_s: self.state.cursor_s,
            on_cursor: self.on_cursor.clone(),
            window_s: self.state.window_s.unwrap_or(whole_s),
            on_window: self.on_window.clone(),
            on_apply: self.on_apply.clone(),
            theme_epoch: self.theme_epoch,
            embed,
        };
        component::<ResultView>(props)
    }

    /// What is being simulated, or would be.
    pub(super) fn work(&self) -> El {
        let before = self.follows.outcome.is_some();
        work(self.words, self.follows.stage, before, &self.on_work)
    }

    /// What stands where there has never been a result.
    #[inline(never)]
    fn nothing(&self) -> Html {
        if self.follows.stage != Stage::Rests {
            // The bar above says all that there is to say.
            return Html::default();
        }
        let says = el("p").tells(self.words.result_nothing());
        of("div", "card nothing").with(says).html()
    }
}
