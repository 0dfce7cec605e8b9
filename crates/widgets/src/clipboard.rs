//! The clipboard, where the browser and the frame allow it.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;

use crate::Refused;

/// Copies `text`.
pub async fn copy(text: &str) -> Result<(), Refused> {
    let navigator = web_sys::window().ok_or(Refused)?.navigator();
    // Outside of secure contexts the property is absent, which web-sys does not say.
    if Reflect::get(&navigator, &"clipboard".into())?.is_undefined() {
        return Err(Refused);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await?;
    Ok(())
}
