//! What time it is.

use js_sys::{Date, Math};

/// Returns the time, milliseconds since 1970.
pub fn now_ms() -> u64 {
    Date::now() as u64
}

/// Returns the day on the person's own clock, counted since 1 January 1970.
pub fn today() -> u32 {
    let now = Date::new_0();
    let local_ms = now.get_time() - now.get_timezone_offset() * 60_000.0;
    (local_ms / 86_400_000.0) as u32
}

/// Returns a number that no other page has, nor any close to it: pages that are opened at once differ by chance.
pub fn number_of_page() -> u64 {
    let chance = (Math::random() * 1e6) as u64;
    now_ms().saturating_mul(1_000_000).saturating_add(chance)
}
