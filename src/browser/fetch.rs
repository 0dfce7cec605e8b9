//! Files of the page's own that load on demand.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::Refused;

/// Returns the text at `path`, relative to the page.
pub async fn text(path: &str) -> Result<String, Refused> {
    let window = web_sys::window().ok_or(Refused)?;
    let response = JsFuture::from(window.fetch_with_str(path)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(Refused);
    }
    JsFuture::from(response.text()?)
        .await?
        .as_string()
        .ok_or(Refused)
}
