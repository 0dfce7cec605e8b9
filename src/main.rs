//! The web app: a form, what follows from it, and the browser around both.
//!
//! Formulas, AWS's rules and prices are not here but in `engine` and `scenario`; every word is in `words`.

mod advice;
mod app;
mod apply;
mod boot;
mod browser;
mod errors;
mod form;
mod kept;
mod language;
mod link;
mod outcome;
mod pace;
mod page;
mod state;
mod sync;
mod trapped;
mod typed;
mod view;

use wasm_bindgen::{JsError, prelude::wasm_bindgen};
use words::Lang;

/// Shows the page; the start script calls it as soon as there is a language to speak.
///
/// # Errors
/// If these are not the texts that the page was built with.
#[wasm_bindgen]
pub fn begin(lang: &str, texts: String) -> Result<(), JsError> {
    let lang = Lang::from_tag(lang).unwrap_or_default();
    words::install(lang, texts).map_err(|_| JsError::new("these texts are of another build"))?;
    yew::Renderer::<app::App>::with_props(boot::boot()).render();
    Ok(())
}

/// Does nothing: the start script calls [`begin`].
fn main() {}
