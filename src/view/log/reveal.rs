//! Keeps the selected entry of the log in sight, and the entries that are in the page ahead of the scrolling.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Shown;
use crate::{
    outcome::Outcome,
    view::desk::{Ask, Desk, Now},
};

/// Height of the day that stays on top of the list, CSS pixels.
const DAY_PX: f64 = 28.0;
/// Below the list's lower edge, CSS pixels: entries that are not in the page by then are asked for.
const AHEAD_PX: i32 = 800;

/// What stood in the list when it was last scrolled.
#[derive(PartialEq)]
pub struct Revealed {
    outcome: Rc<Outcome>,
    selected: usize,
    shown: Shown,
}

/// After a rendering: scrolls to the selected entry if that, the run or the part in the page is another one.
pub fn reveal(desk: &Desk, now: &Now) {
    let revealed = now.selected.map(|selected| Revealed {
        outcome: Rc::clone(&now.outcome),
        selected,
        shown: desk.local().shown,
    });
    let focuses = desk.focuses.take();
    let before = &mut *desk.revealed.borrow_mut();
    if *before == revealed {
        return;
    }
    *before = revealed;
    if before.is_some()
        && let Some(list) = desk.list.cast::<Element>()
    {
        scroll(&list, focuses);
    }
}

/// Scrolls the list, and nothing around it, so that the selected entry is in sight; moves the focus if an entry has it or
/// had it: that entry may be in the page no more.
#[inline(never)]
fn scroll(list: &Element, focuses: bool) {
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
        .and_then(|w| w.document())
        .and_then(|d| d.active_element());
    let has =
        |focused: Element| list.contains(Some(&focused)) && focused.matches(".e").unwrap_or(false);
    if focuses || focused.is_some_and(has) {
        // An entry that cannot take the focus leaves it where it is.
        let _ = entry.focus();
    }
}

/// The list was scrolled: asks for the next entries before the last ones come into sight.
#[inline(never)]
pub fn scrolled(desk: &Desk) {
    let Some((now, list)) = desk.now().zip(desk.list.cast::<Element>()) else {
        return;
    };
    let (shown, len) = (desk.local().shown, now.listed.len());
    let below = list.scroll_height() - list.scroll_top() - list.client_height();
    if shown.to < len && below < AHEAD_PX {
        desk.answer(Ask::Entries(shown.later(len)));
    }
}

/// A key in the list: arrows go from entry to entry.
#[inline(never)]
pub fn keyed(desk: &Desk, event: &web_sys::KeyboardEvent) {
    let Some(now) = desk.now() else { return };
    let last = now.listed.len().saturating_sub(1);
    let tab_stop = now.selected.unwrap_or(desk.local().shown.from);
    let to = match event.key().as_str() {
        "ArrowDown" => (tab_stop + 1).min(last),
        "ArrowUp" => tab_stop.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    desk.focuses.set(now.selected != Some(to));
    desk.answer(Ask::Entry(to));
}
