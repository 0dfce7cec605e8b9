//! What a drag or a key does to the window over the overview strip. No browser, no drawing.

use chart::Window;

/// What a drag on the strip does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// Moves the window.
    Whole,
    /// Moves its start.
    From,
    /// Moves its end.
    To,
    /// Draws a new window from here.
    New(f64),
}

/// A drag: what it holds, where it began, and the window at that time.
pub type Drag = Option<(Grip, f64, Window)>;

/// Pixels around an edge that take hold of it.
const EDGE_PX: f64 = 12.0;

/// Returns what a press at `at_s` takes hold of.
pub fn grip(at_s: f64, per_px: f64, window: Window, length_s: f64) -> Grip {
    let near = |edge_s: f64| (at_s - edge_s).abs() <= EDGE_PX * per_px;
    let (from, to) = (near(window.from_s), near(window.to_s));
    if from && to {
        let later = at_s > f64::midpoint(window.from_s, window.to_s);
        if later { Grip::To } else { Grip::From }
    } else if from {
        Grip::From
    } else if to {
        Grip::To
    } else if window.contains(at_s) && !window.is_whole(length_s) {
        Grip::Whole
    } else {
        Grip::New(at_s)
    }
}

/// Returns the window after dragging `grip` by `by_s`.
pub fn dragged(grip: Grip, by_s: f64, window: Window, length_s: f64) -> Window {
    match grip {
        Grip::Whole => window.pan(by_s, length_s),
        Grip::From => {
            let latest_s = (window.to_s - chart::SHORTEST_S).max(0.0);
            Window {
                from_s: (window.from_s + by_s).clamp(0.0, latest_s),
                ..window
            }
        }
        Grip::To => {
            let earliest_s = (window.from_s + chart::SHORTEST_S).min(length_s);
            Window {
                to_s: (window.to_s + by_s).clamp(earliest_s, length_s),
                ..window
            }
        }
        Grip::New(from_s) => {
            Window::between(from_s, (from_s + by_s).clamp(0.0, length_s), length_s)
        }
    }
}

/// Returns what a key does to what has the focus.
pub fn keyed(key: &str, grip: Grip, window: Window, length_s: f64) -> Option<Window> {
    let step_s = if grip == Grip::Whole {
        window.span_s() / 10.0
    } else {
        length_s / 100.0
    };
    let middle_s = f64::midpoint(window.from_s, window.to_s);
    Some(match key {
        "ArrowLeft" | "ArrowDown" => dragged(grip, -step_s, window, length_s),
        "ArrowRight" | "ArrowUp" => dragged(grip, step_s, window, length_s),
        "Home" => dragged(grip, -length_s, window, length_s),
        "End" => dragged(grip, length_s, window, length_s),
        "+" | "=" => window.zoom(0.5, middle_s, length_s),
        "-" | "_" => window.zoom(2.0, middle_s, length_s),
        "0" => Window::whole(length_s),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window {
        from_s: 2000.0,
        to_s: 4000.0,
    };

    #[test]
    fn a_press_takes_hold_of_what_is_there() {
        for (at_s, expected) in [
            (2005.0, Grip::From),
            (3990.0, Grip::To),
            (3000.0, Grip::Whole),
            (9000.0, Grip::New(9000.0)),
        ] {
            assert_eq!(grip(at_s, 1.0, WINDOW, 10_000.0), expected);
        }
        let whole = Window::whole(10_000.0);
        assert_eq!(grip(5000.0, 1.0, whole, 10_000.0), Grip::New(5000.0));
    }

    #[test]
    fn edges_do_not_cross_and_nothing_leaves_the_run() {
        let window = |from_s, to_s| Window { from_s, to_s };
        for (grip, by_s, expected) in [
            (Grip::Whole, -9e9, window(0.0, 2000.0)),
            (Grip::From, 9e9, window(3700.0, 4000.0)),
            (Grip::From, -9e9, window(0.0, 4000.0)),
            (Grip::To, -9e9, window(2000.0, 2300.0)),
            (Grip::To, 9e9, window(2000.0, 10_000.0)),
            (Grip::New(8000.0), -1000.0, window(7000.0, 8000.0)),
        ] {
            assert_eq!(dragged(grip, by_s, WINDOW, 10_000.0), expected, "{grip:?}");
        }
    }

    #[test]
    fn keys_move_what_has_the_focus() {
        let window = |from_s, to_s| Some(Window { from_s, to_s });
        for (key, grip, expected) in [
            ("ArrowRight", Grip::Whole, window(2200.0, 4200.0)),
            ("ArrowLeft", Grip::From, window(1900.0, 4000.0)),
            ("End", Grip::To, window(2000.0, 10_000.0)),
            ("0", Grip::Whole, window(0.0, 10_000.0)),
            ("x", Grip::Whole, None),
        ] {
            assert_eq!(keyed(key, grip, WINDOW, 10_000.0), expected, "{key}");
        }
    }
}
