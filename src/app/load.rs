//! What takes a while to come: a chosen file, the texts of another language. Each ends in a message.

use std::rc::Rc;

use scenario::{file, limits::MOST_BYTES, trace::is_recording};
use web_sys::File;
use words::Lang;
use yew::prelude::*;

use super::{App, Msg};
use crate::{
    browser::{file as files, texts},
    page::{notice::Notice, trace::Recording},
    state::Action,
};

/// Reads a scenario's file, and opens it or says why not. JSON of a monitoring system is recorded traffic.
pub fn read(link: html::Scope<App>, chosen: File) {
    wasm_bindgen_futures::spawn_local(async move {
        let wrong = |notice| Msg::Do(Action::Notice(Some(notice)));
        if chosen.size() > MOST_BYTES as f64 {
            link.send_message(wrong(Notice::File(file::too_large())));
            return;
        }
        let text = files::text(&chosen).await;
        link.send_message(
            match text.map(|text| (file::from_json(&text), is_recording(&text))) {
                Ok((Ok(scenario), _)) => Msg::Open(Rc::new(scenario)),
                Ok((Err(_), true)) => Msg::Do(Action::Drop(Recording::of(chosen))),
                Ok((Err(error), false)) => wrong(Notice::File(error)),
                Err(_) => wrong(Notice::Refused),
            },
        );
    });
}

/// Loads the texts of a language, then speaks it.
pub fn learn(link: html::Scope<App>, lang: Lang) {
    wasm_bindgen_futures::spawn_local(async move {
        link.send_message(Msg::Do(match texts::load(lang).await {
            Ok(()) => Action::Lang(lang),
            Err(_) => Action::Notice(Some(Notice::Language)),
        }));
    });
}
