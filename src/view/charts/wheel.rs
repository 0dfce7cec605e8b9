//! The wheel: it zooms charts that were clicked or tabbed to, and with Ctrl or ⌘ any; sideways it pans. Otherwise, and
//! where there is nothing left to zoom, the page scrolls as it always does.

use chart::Window;
use web_sys::{Element, WheelEvent};

/// One line of a wheel that counts in lines, CSS pixels.
const LINE_PX: f64 = 16.0;

/// Returns the window that a turn of the wheel asks for; `None`: the page may have the turn.
fn turned(
    delta: (f64, f64),
    zooms: bool,
    share: f64,
    window: Window,
    length_s: f64,
) -> Option<Window> {
    let (x, y) = delta;
    let new = if x.abs() > y.abs() {
        window.pan(x / 800.0 * window.span_s(), length_s)
    } else if zooms {
        let around_s = window.from_s + share.clamp(0.0, 1.0) * window.span_s();
        window.zoom((y.clamp(-240.0, 240.0) * 0.0025).exp(), around_s, length_s)
    } else {
        return None;
    };
    (new != window).then_some(new)
}

/// Returns what a turn of the wheel over a plot asks for.
pub fn window_after(
    event: &WheelEvent,
    pad: &Element,
    window: Window,
    length_s: f64,
) -> Option<Window> {
    let rect = pad.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
    let per_unit = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL {
        1.0
    } else {
        LINE_PX
    };
    let stack = pad.closest(".charts").ok()??;
    let focused = stack.matches(":focus-within").unwrap_or(false);
    let zooms = event.ctrl_key() || event.meta_key() || focused;
    turned(
        (event.delta_x() * per_unit, event.delta_y() * per_unit),
        zooms,
        share,
        window,
        length_s,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_scrolls_unless_the_chart_can_use_the_turn() {
        let window = Window {
            from_s: 1000.0,
            to_s: 3000.0,
        };
        let whole = Window::whole(10_000.0);
        assert_eq!(turned((0.0, 100.0), false, 0.5, window, 10_000.0), None);
        assert_eq!(turned((0.0, 100.0), true, 0.5, whole, 10_000.0), None);
        assert_eq!(turned((50.0, 0.0), true, 0.5, whole, 10_000.0), None);
        let closer = turned((0.0, -100.0), true, 0.25, window, 10_000.0).unwrap();
        assert!(closer.span_s() < 2000.0);
        assert!((closer.from_s + 0.25 * closer.span_s() - 1500.0).abs() < 1e-9);
        let later = turned((80.0, 3.0), false, 0.5, window, 10_000.0).unwrap();
        assert!((later.from_s - 1200.0).abs() < 1e-9);
    }
}
