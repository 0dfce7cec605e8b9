//! Keeps the address bar and the browser's storage in step with the scenario, a moment after each change and when the page goes.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use scenario::{document::Scenario, file, link::encode};
use yew::prelude::*;

use crate::{
    browser::{location, storage},
    link::{Mode, join},
    same::Same,
};

/// Milliseconds without a change before it is written down. Some browsers refuse more than a hundred addresses in half a minute.
const REST_MS: u32 = 200;

/// What is still to be written.
#[derive(Debug, Default)]
struct Pending {
    scenario: Option<Rc<Scenario>>,
    mode: Mode,
    timer: Option<Timeout>,
    /// What the address bar said when it was last looked at.
    known: String,
}

/// Whether the next address is a new entry of the history: set where a person opens another scenario.
pub type NewEntry = Rc<std::cell::Cell<bool>>;

/// Writes `scenario` down.
#[hook]
pub fn use_sync(scenario: &Rc<Scenario>, mode: Mode, new_entry: &NewEntry) {
    let pending = use_mut_ref(|| Pending {
        known: location::hash(),
        ..Pending::default()
    });
    let new_entry = Rc::clone(new_entry);
    {
        let (pending, new_entry) = (Rc::clone(&pending), Rc::clone(&new_entry));
        use_effect_with((Same::of(scenario), mode), {
            move |(Same(scenario), mode): &(Same<Scenario>, Mode)| {
                let later = Rc::clone(&pending);
                let timer = Timeout::new(REST_MS, move || write(&later, &new_entry));
                let mut pending = pending.borrow_mut();
                pending.scenario = Some(Rc::clone(scenario));
                pending.mode = *mode;
                pending.timer = Some(timer);
            }
        });
    }
    use_effect_with((), move |()| {
        let seen = Rc::clone(&pending);
        let listeners = web_sys::window().map(|window| {
            (
                EventListener::new(&window, "pagehide", move |_| write(&pending, &new_entry)),
                EventListener::new(&window, "hashchange", move |_| {
                    seen.borrow_mut().known = location::hash()
                }),
            )
        });
        move || drop(listeners)
    });
}

fn write(pending: &RefCell<Pending>, new_entry: &std::cell::Cell<bool>) {
    let mut pending = pending.borrow_mut();
    pending.timer = None;
    let mode = pending.mode;
    let there = location::hash();
    // Somebody just went to another address and the page is about to be told: that one must not be overwritten.
    let elsewhere = there != pending.known;
    let Some(scenario) = pending.scenario.take().filter(|_| !elsewhere) else {
        return;
    };
    // Too long for a link: the address names no scenario rather than an old one, and storage alone keeps it.
    let payload = encode(&scenario).unwrap_or_default();
    let hash = join(mode, &payload);
    // A browser that refuses leaves the old address; the page goes on.
    if hash != there && location::put(&hash, new_entry.get()).is_ok() {
        pending.known = location::hash();
    }
    new_entry.set(false);
    if mode == Mode::Page {
        // Refused or full: the link still keeps it.
        let _ = storage::write(storage::SCENARIO, &file::to_json(&scenario));
    }
}
