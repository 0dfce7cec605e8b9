//! The study aid as a half of the program that is loaded when first needed. The start script keeps it, and loads it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Asks for it anew where it is slow: who waits for it is given the new one; the page's start script defines it.
    #[wasm_bindgen(js_name = loadStudyAnew)]
    pub fn load_study_anew();
}
