//! The dialog that is open, with what it needs of the page.

use std::rc::Rc;

use documents::{Kind, Opening, Told, before_past, past_in};
use gloo::timers::callback::Timeout;
use scenario::{document::Scenario, file};
use web_sys::File;
use words::Words;
use yew::prelude::*;

use super::{
    Panel,
    documents::DocumentsDialog,
    embed::Embed,
    given::GivenFile,
    notice::Notice,
    packed::Packed,
    picker::Picker,
    scenarios::Scenarios,
    share::Share,
    start::{Start, blank},
    trace::TraceDialog,
};
use crate::{
    browser::{dom, location, storage::Device},
    errors::errors,
    kept::{self, Titles},
    language::use_words,
    state::{Action, Pinned, Snapshot, Whose, is_automatic},
};

/// What a dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DialogProps {
    /// Which dialog.
    pub panel: Panel,
    /// The document.
    pub now: Snapshot,
    /// The scenarios whose runs are pinned beside it.
    pub pinned: Pinned,
    /// The scenario's title.
    pub title: AttrValue,
    /// Numbers and titles of one's own scenarios.
    pub own: Rc<Titles>,
    /// A trace that was dropped on the page.
    pub dropped: Option<GivenFile>,
    /// Files that may be AWS's documents.
    pub documents: Rc<Vec<GivenFile>>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
    /// Takes in files that were chosen.
    pub on_files: Callback<Vec<File>>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
}

/// The dialog that is open.
#[function_component]
pub fn Dialog(props: &DialogProps) -> Html {
    let words = use_words();
    let DialogProps {
        now,
        title,
        on,
        on_open,
        on_files,
        on_save,
        ..
    } = props;
    let scenario = &now.scenario;
    let on_close = on.reform(|()| Action::Panel(None));
    let on_change = on.reform(Action::Change);
    let on_import = on.reform(|file: GivenFile| Action::Import(Rc::new(vec![file])));
    let wants_longer_steps = use_state_eq(|| false);
    let on_longer = {
        let wants = wants_longer_steps.setter();
        use_callback((), move |(), ()| wants.set(true))
    };
    let shares = matches!(props.panel, Panel::Share | Panel::Embed);
    let packed = use_memo(
        (
            Rc::clone(scenario),
            Rc::clone(&props.pinned),
            *wants_longer_steps,
            shares,
        ),
        |(scenario, pinned, wants, shares)| {
            shares.then(|| Rc::new(Packed::of(scenario, pinned, *wants)))
        },
    );
    match props.panel {
        Panel::Scenarios => {
            html! { <Scenarios whose={now.whose} own={&props.own} {on} {on_open} {on_close} /> }
        }
        Panel::Start => html! { <Start {on} {on_open} {on_files} {on_close} /> },
        Panel::Share | Panel::Embed => {
            let Some(packed) = &*packed else {
                return Html::default();
            };
            let base = location::base();
            if props.panel == Panel::Embed {
                return html! { <Embed {base} {packed} {on_longer} {title} {on_close} /> };
            }
            let on_embed = on.reform(|()| Action::Panel(Some(Panel::Embed)));
            html! { <Share {base} {packed} {on_longer} {on_save} {on_embed} {on_close} /> }
        }
        Panel::Export | Panel::Import => {
            let (kind, called) = match props.panel {
                Panel::Export => (Kind::Export, words.export_title()),
                _ => (Kind::Import, words.importing_title()),
            };
            let opening = Rc::new(opening(words, kind, now, title));
            let on_told = told(words, on, on_open);
            let files = Rc::clone(&props.documents);
            html! { <DocumentsDialog key={called} title={called} {opening} {files} {on_told} {on_close} /> }
        }
        Panel::Picker => html! { <Picker {scenario} {on_change} {on_close} /> },
        Panel::Trace => {
            let dropped = props.dropped.clone();
            html! { <TraceDialog {scenario} {dropped} {on_change} {on_import} {on_close} /> }
        }
        Panel::NewTrace => {
            let dropped = props.dropped.clone();
            let on_change = on_open.reform(Action::Begin);
            html! { <TraceDialog scenario={Rc::new(blank())} {dropped} {on_change} {on_import} {on_close} /> }
        }
    }
}

/// Returns what a dialog of documents opens with.
fn opening(words: Words, kind: Kind, now: &Snapshot, title: &str) -> Opening {
    let unread = errors(words, &now.unread, &[]);
    let unread = unread.iter().map(|(field, sentence)| {
        let label = field.spec(&now.scenario).map(|spec| words.label_of(spec));
        let path = field.path(&now.scenario);
        (path, label.unwrap_or_default().to_owned(), sentence.clone())
    });
    let mut scenario = Scenario::clone(&now.scenario);
    // What is made of it has a better one.
    if kind == Kind::Import && is_automatic(words, &scenario.name) {
        scenario.name = String::new();
    }
    Opening {
        kind,
        scenario: file::to_json(&scenario),
        opened: file::to_json(&now.as_opened.0),
        fresh: file::to_json(&blank()),
        title: title.to_owned(),
        unread: unread.collect(),
    }
}

/// Returns what does what a dialog of documents tells.
fn told(
    words: Words,
    on: &Callback<Action>,
    on_open: &Callback<Action>,
) -> Callback<(Told, String)> {
    let (on, on_open) = (on.clone(), on_open.clone());
    Callback::from(move |(told, text): (Told, String)| match told {
        Told::Use => match file::from_json(before_past(&text)) {
            Ok(scenario) => {
                on.emit(Action::Panel(None));
                let opened = kept::opened(&Device, Rc::new(scenario));
                if opened.whose != Whose::Other {
                    on_open.emit(Action::opens(opened));
                    return;
                }
                let mut scenario = opened.scenario;
                if scenario.name.is_empty() {
                    words
                        .importing_untitled()
                        .clone_into(&mut Rc::make_mut(&mut scenario).name);
                }
                on_open.emit(Action::Bring(scenario, Rc::new(past_in(&text))));
            }
            Err(error) => on.emit(Action::Notice(Some(Notice::File(error)))),
        },
        Told::Field => {
            on.emit(Action::Panel(None));
            // Once the dialog is gone, which gives the focus back to what had it before.
            Timeout::new(0, move || dom::focus_field(&text)).forget();
        }
        Told::Refused => on.emit(Action::Notice(Some(Notice::Refused))),
    })
}
