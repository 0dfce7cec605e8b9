//! The page as a program: nothing but its beginning.
//!
//! It is a crate of its own because a program's loops are made fast or small as its own crate says, whatever the others say: the
//! page's code is made small, and the engine's and the charts' loops work on several numbers at once.

use wasm_bindgen::{JsError, prelude::wasm_bindgen};

/// Shows the page; the start script calls it as soon as there is a language to speak.
///
/// # Errors
/// If these are not the texts that the page was built with.
#[wasm_bindgen]
pub fn begin(lang: &str, texts: String) -> Result<(), JsError> {
    page::begin(lang, texts).map_err(JsError::new)
}

/// Nothing by itself: [`begin`] does.
fn main() {}
