//! The browser, one thin wrapper a thing. Whatever a browser or a frame refuses comes back as a value; nothing here panics.

pub mod clipboard;
pub mod clock;
pub mod documents;
pub mod dom;
pub mod fetch;
pub mod file;
pub mod intl;
pub mod location;
pub mod media;
pub mod storage;
pub mod texts;

/// The browser refused something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl From<wasm_bindgen::JsValue> for Refused {
    fn from(_: wasm_bindgen::JsValue) -> Self {
        Self
    }
}
