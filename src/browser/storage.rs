//! What the browser keeps between visits. In a sandboxed frame even asking for it throws.

use web_sys::Storage;

use super::Refused;

/// The scenario last shown, as a file's text.
pub const SCENARIO: &str = "headroom.scenario";
/// Language chosen.
pub const LANG: &str = "headroom.lang";
/// Colours chosen.
pub const THEME: &str = "headroom.theme";

fn storage() -> Result<Storage, Refused> {
    web_sys::window()
        .ok_or(Refused)?
        .local_storage()?
        .ok_or(Refused)
}

/// What is kept under `key`; nothing where nothing may be kept.
pub fn read(key: &str) -> Option<String> {
    storage().ok()?.get_item(key).ok()?
}

/// Keeps `value` under `key`.
pub fn write(key: &str, value: &str) -> Result<(), Refused> {
    Ok(storage()?.set_item(key, value)?)
}
