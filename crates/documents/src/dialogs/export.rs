//! Dialog: the scenario as a document that deploys it, a tab a format, to copy or to save. What is filled in for an account's names
//! stands in the text, and is kept nowhere but in this page.

use std::{cell::RefCell, rc::Rc};

use documents::{Desk, ExportQuestion, Exported, Listed, Opening, Told, Wrong};
use widgets::{check_box::check_box, copyable::Copyable, dom, file, use_words};
use words::Words;
use yew::prelude::*;

use super::{
    more,
    tabs::{Tab, tabs},
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
    /// What it opens with.
    pub opening: Rc<Opening>,
    /// Tells the page something.
    pub on_told: Callback<(Told, String)>,
}

/// The dialog.
#[function_component]
pub fn Export(ExportProps { opening, on_told }: &ExportProps) -> Html {
    let words = use_words();
    let format = use_state_eq(AttrValue::default);
    let only_changes = use_state_eq(|| false);
    let given = use_state_eq(|| GIVEN.with_borrow(Clone::clone));
    let desk = use_mut_ref(Desk::default);
    let question = ExportQuestion {
        scenario: opening.scenario.clone(),
        opened: Some(opening.opened.clone()).filter(|opened| *opened != opening.scenario),
        title: opening.title.clone(),
        format: format.to_string(),
        only_changes: *only_changes,
        given: (*given).clone(),
    };
    let exported = use_memo((question, words), move |(question, words)| {
        desk.borrow_mut().export(question, *words)
    });
    let unread = opening.unread.iter();
    let unread = Listed::of(unread.map(|(path, label, sentence)| Wrong {
        path: path.clone(),
        label: label.clone(),
        sentence: sentence.clone(),
    }));
    let content = if !unread.is_empty() {
        wrong(words, &unread, on_told)
    } else if !exported.wrong.is_empty() {
        wrong(words, &exported.wrong, on_told)
    } else {
        let all = exported.formats.iter().map(|it| Tab {
            id: it.id.clone().into(),
            name: it.name.clone().into(),
            is_apart: it.is_load_test,
        });
        let panel = document(words, &exported, &given, &only_changes, on_told);
        let on_tab = format.setter().to_callback();
        tabs(
            "export",
            words.export_formats(),
            &all.collect::<Vec<_>>(),
            &exported.format,
            &on_tab,
            panel,
        )
    };
    html! {<>
        <p>{ words.export_about() }</p>
        { content }
    </>}
}

/// Returns what has to be mended first; each leads to its field.
fn wrong(words: Words, wrong: &Listed<Wrong>, on_told: &Callback<(Told, String)>) -> Html {
    let focuses = |path: &str| {
        let path = path.to_owned();
        on_told.reform(move |_: MouseEvent| (Told::Field, path.clone()))
    };
    html! {
        <div class="problems" role="status">
            <p>{ words.export_wrong() }</p>
            <ul>
                for it in &wrong.first {
                    <li><button type="button" onclick={focuses(&it.path)}>
                        if !it.label.is_empty() { <b>{ &it.label }</b>{ ": " } }
                        { &it.sentence }
                    </button></li>
                }
            </ul>
            { more(words, wrong) }
        </div>
    }
}

/// Returns the document, below what can be said of it.
fn document(
    words: Words,
    exported: &Exported,
    given: &UseStateHandle<Vec<(String, String)>>,
    only_changes: &UseStateHandle<bool>,
    on_told: &Callback<(Told, String)>,
) -> Html {
    let on_download = {
        let (name, text) = (exported.file_name.clone(), exported.text.clone());
        let on_told = on_told.clone();
        Callback::from(move |_: MouseEvent| {
            if file::download(&name, "text/plain", &text).is_err() {
                on_told.emit((Told::Refused, String::new()));
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
        if exported.is_load_test {
            <p class="says">{ words.export_load_test_about() }</p>
        }
        <div class="blanks">
            for it in &exported.blanks {
                <label key={it.name.clone()}>{ &it.name }
                    <input name={it.name.clone()} placeholder={it.placeholder.clone()} maxlength="300" autocomplete="off" spellcheck="false"
                        value={value(&it.name)} oninput={fills(&it.name)} aria-invalid={(!it.wrong.is_empty()).then_some("true")} />
                    if !it.wrong.is_empty() {
                        <span class="err">{ &it.wrong }</span>
                    }
                </label>
            }
        </div>
        if exported.has_changes {
            <div class="f">{ check_box("export-changes", words.export_only_changes(), **only_changes, only_changes.setter()) }</div>
        }
        if !exported.left_out.is_empty() {
            <div class="warn">
                <p>{ words.export_left_out() }</p>
                <ul class="notes">{ for exported.left_out.first.iter().map(|it| html! { <li>{ it }</li> }) }</ul>
                { more(words, &exported.left_out) }
            </div>
        }
        <Copyable id={TEXT} label={exported.file_name.clone()} text={exported.text.clone()} rows="18">
            <button type="button" class="b" onclick={on_download}>{ words.export_download() }</button>
        </Copyable>
        if dom::is_framed() {
            <p class="says">{ words.export_framed() }</p>
        }
    </>}
}
