//! Files of the page's own that load on demand. The start script knows where each release keeps them.

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::Refused;

#[wasm_bindgen]
extern "C" {
    /// Fetches the file of this name, the texts of a language by its tag; the page's start script defines it. What is asked for
    /// again comes from the host itself, and is the answer of those who still wait, too.
    #[wasm_bindgen(js_name = loadFile, catch)]
    fn load_file(name: &str) -> Result<Promise, JsValue>;
}

/// Milliseconds after which a person is told that a file is slow to come, and may ask for it again.
pub const SLOW_MS: u32 = 8_000;

/// Returns the text of the file of this name.
pub async fn text(name: &str) -> Result<String, Refused> {
    let text = JsFuture::from(load_file(name)?).await?;
    text.as_string().ok_or(Refused)
}
