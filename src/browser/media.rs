//! What the system prefers: dark or light, and when that changes; whether things may move.

use gloo::events::EventListener;
use web_sys::MediaQueryList;

fn query(of: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(of).ok()?
}

fn dark_query() -> Option<MediaQueryList> {
    query("(prefers-color-scheme: dark)")
}

/// Whether nothing should move by itself.
pub fn prefers_stillness() -> bool {
    query("(prefers-reduced-motion: reduce)").is_some_and(|query| query.matches())
}

/// Whether the system is dark.
pub fn prefers_dark() -> bool {
    dark_query().is_some_and(|query| query.matches())
}

/// Calls `changed` with the answer whenever it changes, until dropped.
pub fn watch_dark(changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = dark_query()?;
    let asked = query.clone();
    Some(EventListener::new(&query, "change", move |_| {
        changed(asked.matches())
    }))
}
