//! Files of scenarios, of recorded traffic and of AWS, in and out.

use std::rc::Rc;

use scenario::{document::Scenario, file, limits::MOST_BYTES, text, trace::is_recording};
use web_sys::File;
use words::Lang;
use yew::prelude::*;

use crate::{
    browser::{file as files, storage::Device},
    kept,
    page::{given::GivenFile, notice::Notice, recognised::is_document},
    state::{Action, Whose},
};

/// Takes in files that a person chose or dropped. A scenario is opened (`on_open`), as one's own except in a frame, or `on` is told
/// why not; recorded traffic and AWS's documents go to their dialogs, which a frame does not have: it says so. Several at once are
/// documents.
pub fn take_in(
    given: Vec<File>,
    lang: Lang,
    is_frame: bool,
    on: &Callback<Action>,
    on_open: &Callback<Action>,
) {
    let mut given: Vec<GivenFile> = given.into_iter().map(GivenFile::of).collect();
    if given.len() > 1 && !is_frame {
        on.emit(Action::Import(Rc::new(given)));
        return;
    }
    let Some(given) = given.pop() else {
        return;
    };
    let (on, on_open) = (on.clone(), on_open.clone());
    wasm_bindgen_futures::spawn_local(async move {
        let read = if is_document(&given, lang, is_frame).await {
            Err(Action::Import(Rc::new(vec![given])))
        } else if given.name.ends_with(".json") {
            read(given).await
        } else {
            Err(Action::Drop(given))
        };
        match read {
            Ok(scenario) => on_open.emit(opens(scenario, is_frame)),
            Err(Action::Import(_) | Action::Drop(_)) if is_frame => {
                on.emit(Action::Notice(Some(Notice::NotInFrame)));
            }
            Err(action) => on.emit(action),
        }
    });
}

/// Returns what opens a file's scenario: the same again where one has it.
fn opens(scenario: Scenario, is_frame: bool) -> Action {
    let opened = kept::opened(&Device, Rc::new(scenario));
    match opened.whose {
        whose if is_frame => Action::Open(opened.scenario, whose),
        Whose::Other => Action::Begin(opened.scenario),
        _ => Action::opens(opened),
    }
}

/// Reads a scenario's file, or returns what is to be done instead: JSON of a monitoring system is recorded traffic.
async fn read(given: GivenFile) -> Result<Scenario, Action> {
    let wrong = |notice| Action::Notice(Some(notice));
    if given.blob.size() > MOST_BYTES as f64 {
        return Err(wrong(Notice::File(file::too_large())));
    }
    let bytes = files::bytes(&given.blob).await;
    let bytes = bytes.map_err(|_| wrong(Notice::Refused))?;
    // Of what is no text it is said that it is no JSON.
    let text = text::of(bytes).unwrap_or_default();
    file::from_json(&text).map_err(|error| {
        if is_recording(&text) {
            Action::Drop(given)
        } else {
            wrong(Notice::File(error))
        }
    })
}

/// Hands the person a scenario as a file that is named after its title.
pub fn save(scenario: &Scenario, title: &str, on: &Callback<Action>) {
    let name = format!("{}.headroom.json", files::safe_name(title));
    let content = file::to_json(scenario);
    if files::download(&name, "application/json", &content).is_err() {
        on.emit(Action::Notice(Some(Notice::Refused)));
    }
}
