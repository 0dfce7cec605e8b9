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

/// A file that was asked for: on its way, there, or refused.
#[derive(Clone, Debug)]
pub struct File(Promise);

/// Asks for the file of this name.
pub fn ask(name: &str) -> Result<File, Refused> {
    Ok(File(load_file(name)?))
}

impl File {
    /// Returns its text. It is waited for from the call on, so that the browser knows that a refusal will be heard.
    pub fn text(self) -> impl Future<Output = Result<String, Refused>> {
        let text = JsFuture::from(self.0);
        async move { text.await?.as_string().ok_or(Refused) }
    }
}

/// Returns the text of the file of this name.
pub async fn text(name: &str) -> Result<String, Refused> {
    ask(name)?.text().await
}
