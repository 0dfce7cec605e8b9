//! The program of AWS's documents, loaded when first needed. The start script knows where each release keeps it.

use documents::{Opening, Told};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;
use words::Lang;
use yew::Callback;

use super::Refused;
use crate::page::given::GivenFile;

/// What the window hears once the program has ended in the middle of something: it has to be loaded again.
pub const ENDED: &str = "headroom:documents-ended";

#[wasm_bindgen]
extern "C" {
    /// The program, ready to be asked.
    #[derive(Clone, Debug, PartialEq)]
    pub type Documents;

    /// A dialog that it shows.
    #[derive(Debug)]
    type Shown;

    /// Loads it once, however many wait for it, or `anew`, from the host itself; the page's start script defines it.
    #[wasm_bindgen(js_name = loadDocuments, catch)]
    fn load_documents(lang: &str, anew: bool) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, js_name = isDocument, catch)]
    fn is_document_js(this: &Documents, text: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, js_name = open, catch)]
    fn open_js(
        this: &Documents,
        host: &Element,
        opening: Vec<String>,
        files: &Array,
        on_told: &JsValue,
    ) -> Result<Option<Shown>, JsValue>;

    #[wasm_bindgen(method, js_name = give, catch)]
    fn give_js(this: &Shown, files: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = close, catch)]
    fn close_js(this: &Shown) -> Result<(), JsValue>;
}

/// Returns the program, which speaks a language whose texts the page has.
pub async fn load(lang: Lang, anew: bool) -> Result<Documents, Refused> {
    let program = JsFuture::from(load_documents(lang.tag(), anew)?).await?;
    Ok(program.unchecked_into())
}

impl Documents {
    /// Returns whether a text is a document of AWS's.
    pub fn is_document(&self, text: &str) -> Result<bool, Refused> {
        Ok(self.is_document_js(text)?)
    }

    /// Shows a dialog in an element until it is dropped. `on_told` is called with what the page is to do, and a text.
    pub fn open(
        &self,
        host: &Element,
        opening: Opening,
        files: &[GivenFile],
        on_told: Callback<(Told, String)>,
    ) -> Result<Dialog, Refused> {
        let on_told = Closure::<dyn Fn(String, String)>::new(move |what: String, text| {
            if let Some(told) = Told::named(&what) {
                on_told.emit((told, text));
            }
        });
        let shown = self.open_js(host, opening.into_texts(), &listed(files), on_told.as_ref())?;
        Ok(Dialog {
            shown: shown.ok_or(Refused)?,
            _on_told: on_told,
        })
    }
}

/// A dialog that is shown.
#[derive(Debug)]
pub struct Dialog {
    shown: Shown,
    _on_told: Closure<dyn Fn(String, String)>,
}

impl Dialog {
    /// Gives it more files.
    pub fn give(&self, files: &[GivenFile]) -> Result<(), Refused> {
        Ok(self.shown.give_js(&listed(files))?)
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        // Refused: it has ended, and shows nothing more.
        let _ = self.shown.close_js();
    }
}

fn listed(files: &[GivenFile]) -> Array {
    files.iter().map(|it| JsValue::from(&it.blob)).collect()
}
