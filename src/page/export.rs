//! Dialog: the scenario as a document that deploys it, a tab a format, to copy or to save. What is filled in for an account's names
//! stands in the text, and is kept nowhere but in this page.

use std::{cell::RefCell, rc::Rc};

use documents::{ExportQuestion, Exported, Question, Wrong};
use scenario::file::to_json;
use words::Words;
use yew::prelude::*;

use super::{
    check_box::check_box,
    documents::{Program, lacking, use_documents},
    modal::Modal,
    notice::Unloaded,
    share::Copyable,
    tabs::{Tab, tabs},
};
use crate::{
    browser::{dom, file},
    errors::errors,
    language::use_words,
    state::Snapshot,
};

/// Id of the text.
const TEXT: &str = "export-text";

thread_local! {
    /// What was filled in, until the page goes: a name, and its value.
    static GIVEN: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ExportProps {
    /// The document.
    pub now: Snapshot,
    /// The scenario's title.
    pub title: AttrValue,
    /// Called where the browser does not let the document be saved.
    pub on_refused: Callback<()>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Export(props: &ExportProps) -> Html {
    let words = use_words();
    let ExportProps {
        now,
        title,
        on_refused,
        on_close,
    } = props;
    let (program, on_again) = use_documents();
    let format = use_state_eq(AttrValue::default);
    let only_changes = use_state_eq(|| false);
    let given = use_state_eq(|| GIVEN.with_borrow(Clone::clone));
    let texts = use_memo(
        (Rc::clone(&now.scenario), now.as_opened.clone()),
        |(scenario, as_opened)| {
            let scenario = to_json(scenario);
            let opened = Some(to_json(&as_opened.0)).filter(|opened| *opened != scenario);
            (scenario, opened)
        },
    );
    let unread = unread(words, now);
    let question = Question::Export(ExportQuestion {
        scenario: texts.0.clone(),
        opened: texts.1.clone(),
        title: title.to_string(),
        format: format.to_string(),
        only_changes: *only_changes,
        given: (*given).clone(),
    });
    let answer = use_memo(
        (program.clone(), question),
        |(program, question)| match program {
            Program::Here(documents) => documents.ask::<Exported>(question).ok(),
            _ => None,
        },
    );
    let content = match &*answer {
        _ if !unread.is_empty() => wrong(words, &unread, on_close),
        Some(exported) if !exported.wrong.is_empty() => wrong(words, &exported.wrong, on_close),
        Some(exported) => {
            let all = exported.formats.iter().map(|it| Tab {
                id: it.id.clone().into(),
                name: it.name.clone().into(),
            });
            let on_tab = format.setter().to_callback();
            let panel = document(
                words,
                exported,
                &given,
                *only_changes,
                only_changes.setter(),
                on_refused,
            );
            tabs(
                "export",
                words.export_formats(),
                all.collect(),
                &exported.format,
                &on_tab,
                panel,
            )
        }
        None => {
            let program = match program {
                Program::Here(_) => Program::Lacks(Unloaded::Failed),
                program => program,
            };
            lacking(words, &program, &on_again)
        }
    };
    html! {
        <Modal title={words.export_title()} wide=true on_close={on_close}>
            <p>{ words.export_about() }</p>
            { content }
        </Modal>
    }
}

/// Returns what could not be read in the form.
fn unread(words: Words, now: &Snapshot) -> Vec<Wrong> {
    let errors = errors(words, &now.unread, &[]);
    let wrong = errors.iter().map(|(field, sentence)| {
        let label = field.spec(&now.scenario).map(|spec| words.label_of(spec));
        Wrong {
            path: field.path(&now.scenario),
            label: label.unwrap_or_default().to_owned(),
            sentence: sentence.clone(),
        }
    });
    wrong.collect()
}

/// Returns what has to be mended first; each leads to its field.
fn wrong(words: Words, wrong: &[Wrong], on_close: &Callback<()>) -> Html {
    let focuses = |path: &str| {
        let (path, on_close) = (path.to_owned(), on_close.clone());
        Callback::from(move |_: MouseEvent| {
            let path = path.clone();
            on_close.emit(());
            // Once the dialog is gone, which gives the focus back to what had it before.
            gloo::timers::callback::Timeout::new(0, move || dom::focus_field(&path)).forget();
        })
    };
    html! {
        <div class="problems" role="status">
            <p>{ words.export_wrong() }</p>
            <ul>
                for it in wrong {
                    <li><button type="button" onclick={focuses(&it.path)}>
                        if !it.label.is_empty() { <b>{ &it.label }</b>{ ": " } }
                        { &it.sentence }
                    </button></li>
                }
            </ul>
        </div>
    }
}

/// Returns the document, below what can be said of it.
fn document(
    words: Words,
    exported: &Exported,
    given: &UseStateHandle<Vec<(String, String)>>,
    only_changes: bool,
    on_only_changes: UseStateSetter<bool>,
    on_refused: &Callback<()>,
) -> Html {
    let on_download = {
        let (name, text) = (exported.file_name.clone(), exported.text.clone());
        let on_refused = on_refused.clone();
        Callback::from(move |_: MouseEvent| {
            if file::download(&name, "text/plain", &text).is_err() {
                on_refused.emit(());
            }
        })
    };
    let fills = |name: &str| {
        let (name, given) = (name.to_owned(), given.clone());
        dom::on_text(&Callback::from(move |value: String| {
            let mut filled = (*given).clone();
            filled.retain(|(other, _)| *other != name);
            filled.push((name.clone(), value));
            GIVEN.set(filled.clone());
            given.set(filled);
        }))
    };
    let value = |name: &str| {
        let found = given.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    html! {<>
        <div class="blanks">
            for it in &exported.blanks {
                <label key={it.name.clone()}>{ &it.name }
                    <input name={it.name.clone()} placeholder={it.placeholder.clone()} maxlength="300" autocomplete="off" spellcheck="false"
                        value={value(&it.name)} oninput={fills(&it.name)} />
                </label>
            }
        </div>
        if exported.has_changes {
            <div class="f">{ check_box("export-changes", words.export_only_changes(), only_changes, on_only_changes) }</div>
        }
        if !exported.left_out.is_empty() {
            <div class="warn">
                <p>{ words.export_left_out() }</p>
                <ul class="notes">{ for exported.left_out.iter().map(|it| html! { <li>{ it }</li> }) }</ul>
            </div>
        }
        <Copyable id={TEXT} label={exported.file_name.clone()} text={exported.text.clone()} rows="18">
            <button type="button" class="b" onclick={on_download}>{ words.export_download() }</button>
        </Copyable>
    </>}
}
