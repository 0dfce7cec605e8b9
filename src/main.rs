//! The web app: a form, what follows from it, and the browser around both.
//!
//! Formulas, AWS's rules and prices are not here but in `engine` and `scenario`; every word is in `words`.

mod advice;
mod app;
mod apply;
mod boot;
mod browser;
mod errors;
mod few;
mod form;
mod kept;
mod language;
mod link;
mod outcome;
mod pace;
mod page;
mod state;
mod study;
mod sync;
mod trapped;
mod typed;
mod view;

use wasm_bindgen::prelude::wasm_bindgen;
use words::{Lang, Unfit};

/// Shows the page; the start script calls it as soon as there is a language to speak. Returns why it cannot, where these are not
/// all of the texts that the page was built with.
#[wasm_bindgen]
pub fn begin(lang: &str, texts: String) -> Option<String> {
    let lang = Lang::from_tag(lang).unwrap_or_default();
    if let Err(unfit) = words::install(lang, texts) {
        let why = match unfit {
            Unfit::OtherRelease => "the texts are of another release",
            Unfit::Incomplete => "the texts are not whole",
        };
        return Some(why.to_owned());
    }
    yew::Renderer::<app::App>::with_props(boot::boot()).render();
    None
}

/// Does nothing: the start script calls [`begin`].
fn main() {}
