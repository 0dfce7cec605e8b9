//! Files of scenarios and of recorded traffic, in and out.

use std::rc::Rc;

use scenario::{document::Scenario, file, limits::MOST_BYTES, trace::is_recording};
use web_sys::File;
use yew::prelude::*;

use crate::{
    browser::{file as files, storage::Device},
    kept,
    page::{notice::Notice, trace::Recording},
    state::{Action, Whose},
};

/// Takes in a file that a person chose or dropped. A scenario is opened (`on_open`), as one's own except in a frame, or `on` is
/// told why not; recorded traffic goes to its dialog, which a frame does not have.
pub fn take_in(file: File, is_frame: bool, on: &Callback<Action>, on_open: &Callback<Action>) {
    if file.name().ends_with(".json") {
        let (on, on_open) = (on.clone(), on_open.clone());
        wasm_bindgen_futures::spawn_local(async move {
            match read(file).await {
                Ok(scenario) => on_open.emit(opens(scenario, is_frame)),
                Err(action) => on.emit(action),
            }
        });
    } else if !is_frame {
        on.emit(Action::Drop(Recording::of(file)));
    }
}

/// Returns what opens a file's scenario: the same again where one has it.
fn opens(scenario: Scenario, is_frame: bool) -> Action {
    let whose = kept::whose(&Device, &scenario);
    let scenario = Rc::new(scenario);
    match whose {
        Whose::Other if !is_frame => Action::Begin(scenario),
        whose => Action::Open(scenario, whose),
    }
}

/// Reads a scenario's file, or returns what is to be done instead: JSON of a monitoring system is recorded traffic.
async fn read(chosen: File) -> Result<Scenario, Action> {
    let wrong = |notice| Action::Notice(Some(notice));
    if chosen.size() > MOST_BYTES as f64 {
        return Err(wrong(Notice::File(file::too_large())));
    }
    let text = files::text(&chosen).await;
    let text = text.map_err(|_| wrong(Notice::Refused))?;
    file::from_json(&text).map_err(|error| {
        if is_recording(&text) {
            Action::Drop(Recording::of(chosen))
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
