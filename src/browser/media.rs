//! What the system prefers: dark or light, and when that changes.

use gloo::events::EventListener;
use web_sys::MediaQueryList;

fn dark_query() -> Option<MediaQueryList> {
    web_sys::window()?
        .match_media("(prefers-color-scheme: dark)")
        .ok()?
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
