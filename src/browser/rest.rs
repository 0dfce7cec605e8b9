//! The rest of the program: what the first view does not call is a second file, divided off after the build.
//!
//! Nothing here knows what is in which file; a build that is not divided never calls this.

use wasm_bindgen::prelude::wasm_bindgen;

/// The start script's event: somebody is there, and with them all of the program.
pub const WHOLE: &str = "headroom:whole";

#[wasm_bindgen]
extern "C" {
    /// Of the page's start script: loads the rest and returns when it is there.
    #[wasm_bindgen(js_name = loadRest)]
    fn load_rest();
}

/// Called by the first file's stubs when something of the rest is needed before it has been loaded.
#[wasm_bindgen]
pub fn load_rest_now() {
    load_rest();
}
