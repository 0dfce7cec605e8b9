//! What the browser keeps between visits. In a sandboxed frame even asking for it throws: then the page keeps it until it goes.

use std::cell::RefCell;

use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Storage, Window};

use super::{Refused, location};
use crate::kept::Store;

/// Language chosen.
pub const LANG: &str = "headroom.lang";
/// Colours chosen.
pub const THEME: &str = "headroom.theme";
/// There once the person has dismissed what the page says of itself.
pub const GREETED: &str = "headroom.greeted";

/// The last change of the address: as it was, a line break, and as it should be.
const LEFT: &str = "headroom.left";

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// What this browser keeps for this page.
#[derive(Debug)]
pub struct Device;

impl Store for Device {
    fn keys(&self) -> Vec<String> {
        match storage() {
            Ok(storage) => (0..storage.length().unwrap_or(0))
                .filter_map(|index| storage.key(index).ok()?)
                .collect(),
            Err(Refused) => {
                MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect())
            }
        }
    }

    fn read(&self, key: &str) -> Option<String> {
        match storage() {
            Ok(storage) => storage.get_item(key).ok()?,
            Err(Refused) => MEMORY.with_borrow(|memory| {
                let found = memory.iter().find(|(kept, _)| kept == key);
                found.map(|(_, value)| value.clone())
            }),
        }
    }

    fn first_line(&self, key: &str) -> Option<String> {
        let Ok(storage) = storage() else {
            let value = self.read(key)?;
            return value.lines().next().map(str::to_owned);
        };
        let value = uncopied(&storage, key)?;
        let end = u32::try_from(value.index_of("\n", 0)).unwrap_or(value.length());
        Some(value.slice(0, end).into())
    }

    fn length(&self, key: &str) -> usize {
        let Ok(storage) = storage() else {
            return self.read(key).map_or(0, |value| value.len());
        };
        uncopied(&storage, key).map_or(0, |value| value.length() as usize)
    }

    fn write(&self, key: &str, value: &str) -> Result<(), Refused> {
        if let Ok(storage) = storage() {
            return Ok(storage.set_item(key, value)?);
        }
        MEMORY.with_borrow_mut(|memory| {
            memory.retain(|(kept, _)| kept != key);
            memory.push((key.to_owned(), value.to_owned()));
        });
        Ok(())
    }

    fn remove(&self, key: &str) {
        if let Ok(storage) = storage() {
            // Refused: it stays.
            let _ = storage.remove_item(key);
        } else {
            MEMORY.with_borrow_mut(|memory| memory.retain(|(kept, _)| kept != key));
        }
    }

    fn read_of_tab(&self, key: &str) -> Option<String> {
        let of_tab = session().and_then(|session| Ok(session.get_item(key)?));
        of_tab.ok().flatten().or_else(|| self.read(key))
    }

    fn write_of_tab(&self, key: &str, value: &str) {
        // Refused or full: the next page begins with something else.
        let _ = session().and_then(|session| Ok(session.set_item(key, value)?));
        let _ = self.write(key, value);
    }
}

/// Returns what is kept under a key as the browser has it: not copied into the program's memory.
fn uncopied(storage: &Storage, key: &str) -> Option<JsString> {
    let value = Reflect::get(storage, &key.into()).ok()?;
    value.dyn_into().ok()
}

/// Whether what is kept is gone once the page goes.
pub fn is_refused() -> bool {
    storage().is_err()
}

/// Returns what is kept under `key`; nothing where nothing may be kept.
pub fn read(key: &str) -> Option<String> {
    Device.read(key)
}

/// Keeps `value` under `key`.
pub fn write(key: &str, value: &str) -> Result<(), Refused> {
    Device.write(key, value)
}

/// Keeps for the next page of this tab that the address `there` is to be read as `hash`: a reload goes to where the address bar
/// was when it was asked for, whatever is written there until the page goes.
pub fn leave(there: &str, hash: &str) -> Result<(), Refused> {
    Ok(session()?.set_item(LEFT, &[there, "\n", hash].concat())?)
}

/// Keeps nothing of the kind any more: the address is another one.
pub fn forget_left() {
    if let Ok(session) = session() {
        // Refused: there is nothing to forget.
        let _ = session.remove_item(LEFT);
    }
}

/// Returns, once, what the address `there` is to be read as, if the page before has left that, and nobody asked for this very
/// address: the page was reloaded, or come back to.
pub fn left(there: &str) -> Option<String> {
    let session = session().ok()?;
    let left = session.get_item(LEFT).ok()??;
    // Refused: the next page is asked the same, and answers alike.
    let _ = session.remove_item(LEFT);
    let (was, hash) = left.split_once('\n')?;
    (was == there && location::is_revisit()).then(|| hash.to_owned())
}

fn storage() -> Result<Storage, Refused> {
    opened(Window::local_storage)
}

fn session() -> Result<Storage, Refused> {
    opened(Window::session_storage)
}

/// Returns where something is kept: `Window::local_storage`, or that of the tab.
fn opened(of: fn(&Window) -> Result<Option<Storage>, JsValue>) -> Result<Storage, Refused> {
    of(&web_sys::window().ok_or(Refused)?)?.ok_or(Refused)
}
