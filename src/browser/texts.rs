//! The texts of a language, loaded before it is spoken.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use words::{Lang, install};

use super::Refused;

#[wasm_bindgen]
extern "C" {
    /// Fetches the texts of the language of this tag; the page's start script defines it.
    #[wasm_bindgen(js_name = loadTexts, catch)]
    fn load_texts(lang: &str) -> Result<Promise, wasm_bindgen::JsValue>;
}

/// Makes a language ready to be spoken.
pub async fn load(lang: Lang) -> Result<(), Refused> {
    let texts = JsFuture::from(load_texts(lang.tag())?).await?;
    install(lang, texts.as_string().ok_or(Refused)?).map_err(|_| Refused)
}
