//! What the whole page hears: keys, files, the address bar, the system's colours.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, KeyboardEvent};
use yew::prelude::*;

use super::{App, Msg};
use crate::{
    browser::{dom, file, media},
    state::Action,
};

/// What is heard beyond the page's own elements: keys, files, the address bar, the system's colours.
pub fn listeners(link: &html::Scope<App>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let hear = |name: &'static str, heard: Callback<Event>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            heard.emit(event.clone());
        })
    };
    let stays = Callback::from(|event: Event| event.prevent_default());
    let mut listeners = vec![
        hear("keydown", link.batch_callback(|event: Event| step(&event))),
        hear("drop", link.batch_callback(|event: Event| drop(&event))),
        hear("dragover", stays.clone()),
        hear("submit", stays),
        hear("hashchange", link.callback(|_: Event| Msg::Address)),
    ];
    let dark = link.callback(Msg::Dark);
    listeners.extend(media::watch_dark(move |is| dark.emit(is)));
    listeners
}

/// Undo and redo by keys, outside of texts.
fn step(event: &Event) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if !(key.ctrl_key() || key.meta_key()) || key.alt_key() {
        return None;
    }
    let action = match (&*key.key().to_lowercase(), key.shift_key()) {
        ("z", false) => Action::Undo,
        ("z", true) | ("y", false) => Action::Redo,
        _ => return None,
    };
    if dom::is_typing() {
        return None;
    }
    event.prevent_default();
    Some(Msg::Do(action))
}

/// The file that is dropped, if it is one.
fn drop(event: &Event) -> Option<Msg> {
    let file = file::dropped(event.dyn_ref::<DragEvent>()?)?;
    event.prevent_default();
    Some(Msg::Dropped(file))
}
