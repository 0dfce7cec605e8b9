//! What the whole page hears: keys, files that are dropped, the address bar.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::{browser::dom, state::Action};

/// Hears an event of the window, which `heard` may keep from having its usual effect.
#[hook]
pub fn use_window_event(name: &'static str, heard: Callback<Event>) {
    use_effect_with((name, heard), |(name, heard)| {
        let (name, heard) = (*name, heard.clone());
        let options = EventListenerOptions::enable_prevent_default();
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, name, options, move |event| {
                heard.emit(event.clone());
            })
        });
        move || drop(listener)
    });
}

/// Returns the step that keys ask for outside of texts, where undo is the browser's.
pub fn undo_or_redo(event: &Event) -> Option<Action> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if !(key.ctrl_key() || key.meta_key()) || key.alt_key() {
        return None;
    }
    let action = match (&*key.key().to_ascii_lowercase(), key.shift_key()) {
        ("z", false) => Action::Undo,
        ("z", true) | ("y", false) => Action::Redo,
        _ => return None,
    };
    (!dom::is_typing()).then_some(action)
}
