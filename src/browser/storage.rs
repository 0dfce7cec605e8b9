//! What the browser keeps between visits. In a sandboxed frame even asking for it throws.

use wasm_bindgen::JsValue;
use web_sys::{Storage, Window};

use super::{Refused, location};

/// The scenario last shown, as a file's text.
pub const SCENARIO: &str = "headroom.scenario";
/// Language chosen.
pub const LANG: &str = "headroom.lang";
/// Colours chosen.
pub const THEME: &str = "headroom.theme";

/// The last change of the address: as it was, a line break, and as it should be.
const LEFT: &str = "headroom.left";

/// Returns where something is kept: `Window::local_storage`, or that of the tab.
fn storage(of: fn(&Window) -> Result<Option<Storage>, JsValue>) -> Result<Storage, Refused> {
    of(&web_sys::window().ok_or(Refused)?)?.ok_or(Refused)
}

/// Returns what is kept under `key`; nothing where nothing may be kept.
pub fn read(key: &str) -> Option<String> {
    storage(Window::local_storage).ok()?.get_item(key).ok()?
}

/// Keeps for the next page of this tab that the address `there` is to be read as `hash`: a reload goes to where the address bar
/// was when it was asked for, whatever is written there until the page goes.
pub fn leave(there: &str, hash: &str) -> Result<(), Refused> {
    Ok(storage(Window::session_storage)?.set_item(LEFT, &[there, "\n", hash].concat())?)
}

/// Keeps nothing of the kind any more: the address is another one.
pub fn forget_left() {
    if let Ok(session) = storage(Window::session_storage) {
        // Refused: there is nothing to forget.
        let _ = session.remove_item(LEFT);
    }
}

/// Returns, once, what the address `there` is to be read as, if the page before has left that, and nobody asked for this very
/// address: the page was reloaded, or come back to.
pub fn left(there: &str) -> Option<String> {
    let session = storage(Window::session_storage).ok()?;
    let left = session.get_item(LEFT).ok()??;
    // Refused: the next page is asked the same, and answers alike.
    let _ = session.remove_item(LEFT);
    let (was, hash) = left.split_once('\n')?;
    (was == there && location::is_revisit()).then(|| hash.to_owned())
}

/// Keeps `value` under `key`.
pub fn write(key: &str, value: &str) -> Result<(), Refused> {
    Ok(storage(Window::local_storage)?.set_item(key, value)?)
}
