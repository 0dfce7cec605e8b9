//! Keeps the selected entry of the log in sight, and the entries that are in the page ahead of the scrolling.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Height of the day that stays on top of the list, CSS pixels.
const DAY_PX: f64 = 28.0;
/// Below the list's lower edge, CSS pixels: entries that are not in the page by then are asked for.
const AHEAD_PX: i32 = 800;

/// Returns whether the list was scrolled so far that the next entries are about to come into sight.
pub fn is_near_end(list: &Element) -> bool {
    list.scroll_height() - list.scroll_top() - list.client_height() < AHEAD_PX
}

/// Scrolls the list, and nothing around it, so that the selected entry is in sight. Moves the focus there if another entry has it,
/// or if `focuses`: the entry that had it may be in the page no more.
pub fn reveal(list: &Element, focuses: bool) {
    let entry = list.query_selector("[aria-current]").ok().flatten();
    let Some(entry) = entry.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (frame, row) = (
        list.get_bounding_client_rect(),
        entry.get_bounding_client_rect(),
    );
    let above = frame.top() + DAY_PX - row.top();
    let below = row.bottom() - frame.bottom();
    if above > 0.0 {
        list.set_scroll_top(list.scroll_top() - above.ceil() as i32);
    } else if below > 0.0 {
        list.set_scroll_top(list.scroll_top() + below.ceil() as i32);
    }
    let focused = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    let is_entry =
        |focused: Element| list.contains(Some(&focused)) && focused.matches(".e").unwrap_or(false);
    if focuses || focused.is_some_and(is_entry) {
        // An entry that cannot take the focus leaves it where it is.
        let _ = entry.focus();
    }
}
