//! AWS's documents for the page, as a wasm module of its own: who never exports or imports loads none of it. It is asked and
//! answers in JSON (`ask`), keeps nothing between two questions, and says what it says in the language that it was given.

use documents::{Question, answer};
use wasm_bindgen::prelude::wasm_bindgen;
use words::{Lang, install};

/// Gives it a language to speak. Returns whether these are all of the texts that it was built with.
#[wasm_bindgen]
pub fn speak(lang: &str, texts: String) -> bool {
    install(Lang::from_tag(lang).unwrap_or_default(), texts).is_ok()
}

/// Answers a question, both as JSON; a text that is no question has no answer, an empty one.
#[wasm_bindgen]
pub fn ask(question: &str) -> String {
    let Ok(question) = serde_json::from_str::<Question>(question) else {
        return String::new();
    };
    serde_json::to_string(&answer(&question)).unwrap_or_default()
}

/// Does nothing: the page calls [`ask`].
fn main() {}
