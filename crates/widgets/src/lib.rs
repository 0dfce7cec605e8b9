//! What the page and the program of documents have in common: thin wrappers around the browser, which return a value where it
//! refuses something, and the small parts of a form that both show. Nothing here knows a scenario.

pub mod check_box;
pub mod clipboard;
pub mod copyable;
pub mod dom;
pub mod file;
pub mod given;

use words::{Lang, Words};
use yew::prelude::*;

/// The browser refused something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl From<wasm_bindgen::JsValue> for Refused {
    fn from(_: wasm_bindgen::JsValue) -> Self {
        Self
    }
}

/// Returns the language of the page, and how the person writes numbers: a context, which every component that says something asks
/// for.
#[hook]
pub fn use_words() -> Words {
    use_context().unwrap_or_else(|| Words::new(Lang::default()))
}
