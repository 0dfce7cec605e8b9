//! The program of AWS's documents, loaded when first needed. The start script knows where each release keeps it.

use ::documents::Question;
use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use words::Lang;

use super::Refused;

#[wasm_bindgen]
extern "C" {
    /// The program, ready to be asked.
    #[derive(Clone, Debug, PartialEq)]
    pub type Documents;

    /// Loads it once, however many wait for it, or `anew`, from the host itself; the page's start script defines it.
    #[wasm_bindgen(js_name = loadDocuments, catch)]
    fn load_documents(lang: &str, anew: bool) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, js_name = ask, catch)]
    fn ask_in_json(this: &Documents, question: &str) -> Result<String, JsValue>;
}

/// Returns the program, which speaks a language whose texts the page has.
pub async fn load(lang: Lang, anew: bool) -> Result<Documents, Refused> {
    let program = JsFuture::from(load_documents(lang.tag(), anew)?).await?;
    Ok(program.unchecked_into())
}

impl Documents {
    /// Asks it. It is refused where the program has ended: then it has to be loaded again.
    pub fn ask<A: DeserializeOwned>(&self, question: &Question) -> Result<A, Refused> {
        let question = serde_json::to_string(question).map_err(|_| Refused)?;
        let answer = self.ask_in_json(&question)?;
        serde_json::from_str(&answer).map_err(|_| Refused)
    }
}
