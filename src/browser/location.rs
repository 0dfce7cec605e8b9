//! The address bar: what stands behind `#`, and the page's address without it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{NavigationType, PerformanceNavigationTiming};

use super::Refused;

/// Returns what stands behind `#`, without it.
pub fn hash() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    let hash = hash.unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Returns the page's address up to `#`.
pub fn base() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Puts `hash` into the address bar, and what the history `keeps` with it; as a new entry of the history where `new_entry` is set.
pub fn put(hash: &str, keeps: Option<&str>, new_entry: bool) -> Result<(), Refused> {
    let history = web_sys::window().ok_or(Refused)?.history()?;
    let base = base();
    let url = if hash.is_empty() {
        base
    } else {
        format!("{base}#{hash}")
    };
    let state = keeps.map_or(JsValue::NULL, JsValue::from_str);
    let result = if new_entry {
        history.push_state_with_url(&state, "", Some(&url))
    } else {
        history.replace_state_with_url(&state, "", Some(&url))
    };
    Ok(result?)
}

/// Returns what the history keeps with the address that there is.
pub fn kept() -> Option<String> {
    web_sys::window()?.history().ok()?.state().ok()?.as_string()
}

/// Goes to `hash` as a click on a link would: the page is told.
pub fn go(hash: &str) -> Result<(), Refused> {
    Ok(web_sys::window()
        .ok_or(Refused)?
        .location()
        .set_hash(hash)?)
}

/// Opens `url` in a new tab.
pub fn open_tab(url: &str) -> Result<(), Refused> {
    let opened = web_sys::window()
        .ok_or(Refused)?
        .open_with_url_and_target(url, "_blank")?;
    opened.map(drop).ok_or(Refused)
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused: the page stays as it is, and the sentence that offered it with it.
        let _ = window.location().reload();
    }
}

/// Whether the page was reloaded, or come back to, rather than opened by its address.
pub fn is_revisit() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    let entry = performance.map(|performance| performance.get_entries_by_type("navigation").get(0));
    entry
        .and_then(|entry| entry.dyn_into::<PerformanceNavigationTiming>().ok())
        .is_some_and(|navigation| navigation.type_() != NavigationType::Navigate)
}
