//! AWS's documents for the page, as a wasm module of its own: it is asked and answers in JSON, in the language that it was given.

use std::cell::{Cell, RefCell};

use documents::Desk;
use wasm_bindgen::prelude::wasm_bindgen;
use words::{Lang, Words, install};

thread_local! {
    static WORDS: Cell<Words> = Cell::new(Words::default());
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Gives it a language to speak, by its tag, with the texts of it. Returns whether these are all of the texts that it was built
/// with.
#[wasm_bindgen]
pub fn speak(lang: &str, texts: String) -> bool {
    let lang = Lang::from_tag(lang).unwrap_or_default();
    WORDS.set(Words::new(lang));
    install(lang, texts).is_ok()
}

/// Answers a question, both as JSON.
#[wasm_bindgen]
pub fn ask(question: &str) -> String {
    DESK.with_borrow_mut(|desk| desk.answer(question, WORDS.get()))
}

/// Does nothing: the page calls [`ask`].
fn main() {}
