//! What a key does on a chart. No browser: key names in, acts out.

use chart::Window;

use super::act::Act;

/// What the keys act on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyContext {
    /// The window shown.
    pub window: Window,
    /// Where the cross-hair is.
    pub cursor_s: Option<f64>,
    /// Length of the run.
    pub length_s: f64,
    /// Smallest step of the cross-hair.
    pub step_s: f64,
}

/// Returns what a key asks for, by its DOM name; `None`: the key is not the chart's.
pub fn act_of(key: &str, shift: bool, context: KeyContext) -> Option<Act> {
    let KeyContext {
        window,
        cursor_s,
        length_s,
        step_s,
    } = context;
    let here_s = cursor_s
        .filter(|at_s| window.contains(*at_s))
        .unwrap_or_else(|| f64::midpoint(window.from_s, window.to_s));
    let pan = |share: f64| Act::Show(window.pan(share * window.span_s(), length_s));
    let go = |by_s: f64| Act::Go((here_s + by_s).clamp(0.0, length_s));
    Some(match key {
        "ArrowLeft" if shift => pan(-0.1),
        "ArrowRight" if shift => pan(0.1),
        "ArrowLeft" => go(-step_s),
        "ArrowRight" => go(step_s),
        "PageUp" => go(-window.span_s() / 10.0),
        "PageDown" => go(window.span_s() / 10.0),
        "Home" => Act::Go(window.from_s),
        "End" => Act::Go(window.to_s),
        "+" | "=" => Act::Show(window.zoom(0.5, here_s, length_s)),
        "-" | "_" => Act::Show(window.zoom(2.0, here_s, length_s)),
        "0" => Act::Show(Window::whole(length_s)),
        "Enter" => Act::Nearest(here_s),
        "Escape" => Act::Clear,
        _ => return None,
    })
}

/// Returns a round step of the cross-hair for a window on a plot of `width_px`, and the grid it snaps to, in seconds.
pub fn step_s(window: Window, width_px: f64, period_s: f64) -> f64 {
    let per_px = window.span_s() / width_px.max(1.0);
    if per_px >= period_s / 6.0 {
        (per_px / period_s).ceil().max(1.0) * period_s
    } else if per_px >= 1.0 {
        10.0
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: KeyContext = KeyContext {
        window: Window {
            from_s: 1000.0,
            to_s: 3000.0,
        },
        cursor_s: Some(1200.0),
        length_s: 10_000.0,
        step_s: 60.0,
    };

    fn window(from_s: f64, to_s: f64) -> Act {
        Act::Show(Window { from_s, to_s })
    }

    #[test]
    fn every_key_of_the_hint_does_what_it_says() {
        for (key, shift, expected) in [
            ("ArrowLeft", false, Some(Act::Go(1140.0))),
            ("ArrowRight", false, Some(Act::Go(1260.0))),
            ("ArrowRight", true, Some(window(1200.0, 3200.0))),
            ("ArrowLeft", true, Some(window(800.0, 2800.0))),
            ("+", true, Some(window(1100.0, 2100.0))),
            ("-", false, Some(window(800.0, 4800.0))),
            ("0", false, Some(window(0.0, 10_000.0))),
            ("Home", false, Some(Act::Go(1000.0))),
            ("End", false, Some(Act::Go(3000.0))),
            ("Enter", false, Some(Act::Nearest(1200.0))),
            ("Escape", false, Some(Act::Clear)),
            ("a", false, None),
            ("Tab", false, None),
        ] {
            assert_eq!(act_of(key, shift, CONTEXT), expected, "{key}");
        }
    }

    #[test]
    fn without_a_cross_hair_keys_start_in_the_middle() {
        let away = KeyContext {
            cursor_s: Some(9000.0),
            ..CONTEXT
        };
        assert_eq!(act_of("ArrowRight", false, away), Some(Act::Go(2060.0)));
    }

    #[test]
    fn steps_are_round() {
        for (span_s, expected) in [
            (604_800.0, 1020.0),
            (86_400.0, 180.0),
            (3600.0, 10.0),
            (300.0, 1.0),
        ] {
            assert_eq!(step_s(Window::whole(span_s), 600.0, 60.0), expected);
        }
    }
}
