//! What the page was about to compute: for the start script, should computing it ever end the program.

use std::{cell::RefCell, rc::Rc};

use scenario::{document::Scenario, link::encode};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static LAST: RefCell<Option<Rc<Scenario>>> = const { RefCell::new(None) };
}

/// Takes note of the scenario that is computed next.
pub fn note(scenario: &Rc<Scenario>) {
    let noted = Rc::clone(scenario);
    // Borrowed only where this very program ended: nobody computes any more.
    LAST.with(|last| {
        if let Ok(mut last) = last.try_borrow_mut() {
            *last = Some(noted);
        }
    });
}

/// Returns the link of that scenario, which stands behind `#`; nothing where it is too long for one.
#[wasm_bindgen]
pub fn last_link() -> String {
    let last = LAST.with(|last| last.try_borrow().ok().and_then(|last| last.clone()));
    last.and_then(|scenario| encode(&scenario).ok())
        .unwrap_or_default()
}
