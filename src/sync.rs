//! Keeps the address bar and the browser's storage in step with the scenario, a moment after each change and when the page goes.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use scenario::{document::Scenario, file, link::share};

use crate::{
    browser::{location, storage},
    link::{Mode, join},
};

/// Milliseconds without a change before it is written down. Some browsers refuse more than a hundred addresses in half a minute.
const REST_MS: u32 = 200;

/// Writes down as long as it lives.
#[derive(Debug)]
pub struct Sync {
    pending: Rc<RefCell<Pending>>,
    _leaving: Vec<EventListener>,
}

/// What is written, and what is still to be.
#[derive(Debug)]
struct Pending {
    /// What the page shows.
    shown: Option<(Rc<Scenario>, Mode)>,
    /// Until it is written.
    timer: Option<Timeout>,
    /// What the address bar said when it was last looked at.
    known: String,
    /// Whether the next address is a new entry of the history.
    new_entry: bool,
}

impl Sync {
    /// Returns one that takes the address bar as it is.
    pub fn new() -> Self {
        let pending = Rc::new(RefCell::new(Pending {
            shown: None,
            timer: None,
            known: location::hash(),
            new_entry: false,
        }));
        let mut leaving = Vec::new();
        if let Some(window) = web_sys::window() {
            let left = Rc::clone(&pending);
            leaving.push(EventListener::new(&window, "pagehide", move |_| {
                write(&left);
            }));
            // What goes into the background on a phone may never be told that it ends.
            if let Some(document) = window.document() {
                let hidden = Rc::clone(&pending);
                leaving.push(EventListener::new(
                    &document,
                    "visibilitychange",
                    move |_| {
                        write(&hidden);
                    },
                ));
            }
        }
        Self {
            pending,
            _leaving: leaving,
        }
    }

    /// Writes `scenario` down soon, unless that is what was last asked for.
    pub fn later(&self, scenario: &Rc<Scenario>, mode: Mode) {
        let mut pending = self.pending.borrow_mut();
        let is_shown = |(shown, shown_mode): &(Rc<Scenario>, Mode)| {
            Rc::ptr_eq(shown, scenario) && *shown_mode == mode
        };
        if pending.shown.as_ref().is_some_and(is_shown) {
            return;
        }
        let due = Rc::clone(&self.pending);
        pending.shown = Some((Rc::clone(scenario), mode));
        pending.timer = Some(Timeout::new(REST_MS, move || write(&due)));
    }

    /// Makes the next address a new entry of the history: a person opens another scenario.
    pub fn enter(&self) {
        self.pending.borrow_mut().new_entry = true;
    }

    /// Takes note that the page was told what the address bar says.
    pub fn look(&self, hash: &str) {
        storage::forget_left();
        hash.clone_into(&mut self.pending.borrow_mut().known);
    }
}

/// Writes down what is still to be.
fn write(pending: &RefCell<Pending>) {
    let mut pending = pending.borrow_mut();
    if pending.timer.take().is_none() {
        return;
    }
    let there = location::hash();
    // Somebody just went to another address and the page is about to be told: that one must not be overwritten.
    if there != pending.known {
        return;
    }
    let Some((scenario, mode)) = pending.shown.clone() else {
        return;
    };
    // Too long for a link: the address names no scenario rather than an old one, and storage alone keeps it.
    let shared = share(&scenario).ok();
    // Of what a link rounds the history keeps every value, so that coming back loses nothing.
    let keeps = (shared.as_ref())
        .filter(|shared| shared.rounding.is_some())
        .map(|_| file::to_json(&scenario));
    let payload = shared.map(|shared| shared.payload).unwrap_or_default();
    let hash = join(mode, &payload);
    let is_same = hash == there && keeps == location::kept();
    if pending.new_entry {
        storage::forget_left();
    } else if hash != there {
        // A reload that was asked for just before goes to the old address. Refused: storage has the scenario in any case, where the
        // page may keep anything at all.
        let _ = storage::leave(&there, &hash);
    }
    // A browser that refuses leaves the old address; the page goes on.
    if !is_same && location::put(&hash, keeps.as_deref(), pending.new_entry).is_ok() {
        pending.known = location::hash();
    }
    pending.new_entry = false;
    // A page that finds nothing shows the default anyway.
    let is_found = || scenario.is_default() && storage::read(storage::SCENARIO).is_none();
    if mode == Mode::Page && !is_found() {
        let document = keeps.unwrap_or_else(|| file::to_json(&scenario));
        // Refused or full: the link still keeps it.
        let _ = storage::write(storage::SCENARIO, &document);
    }
}
