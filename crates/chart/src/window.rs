//! The stretch of time that all charts show, and how zooming and panning change it.
//!
//! Plain arithmetic on seconds from the start of the run; calendars stay with the caller.

/// Shortest window that can be zoomed to, seconds.
pub const SHORTEST_S: f64 = 300.0;

/// A stretch of a run, in seconds from its start; `from_s < to_s`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Left edge.
    pub from_s: f64,
    /// Right edge.
    pub to_s: f64,
}

impl Window {
    /// Returns the whole of a run of `length_s`.
    #[must_use]
    pub fn whole(length_s: f64) -> Self {
        Self {
            from_s: 0.0,
            to_s: length_s.max(1.0),
        }
    }

    /// Returns the stretch between two moments in any order, not shorter than [`SHORTEST_S`] and inside a run of `length_s`.
    #[must_use]
    pub fn between(a_s: f64, b_s: f64, length_s: f64) -> Self {
        let (from_s, to_s) = if a_s <= b_s { (a_s, b_s) } else { (b_s, a_s) };
        let span_s = (to_s - from_s).max(SHORTEST_S).min(length_s.max(1.0));
        let middle_s = f64::midpoint(from_s, to_s);
        Self {
            from_s: middle_s - span_s / 2.0,
            to_s: middle_s + span_s / 2.0,
        }
        .inside(length_s)
    }

    /// Returns its length in seconds.
    #[must_use]
    pub fn span_s(self) -> f64 {
        self.to_s - self.from_s
    }

    /// Whether a moment lies in it, edges included.
    #[must_use]
    pub fn contains(self, at_s: f64) -> bool {
        at_s >= self.from_s && at_s <= self.to_s
    }

    /// Whether it shows the whole of a run of `length_s` (to half a second).
    #[must_use]
    pub fn is_whole(self, length_s: f64) -> bool {
        self.from_s < 0.5 && self.to_s > length_s - 0.5
    }

    /// Returns the window moved by `by_s`, stopping at the run's ends without changing its length.
    #[must_use]
    pub fn pan(self, by_s: f64, length_s: f64) -> Self {
        Self {
            from_s: self.from_s + by_s,
            to_s: self.to_s + by_s,
        }
        .inside(length_s)
    }

    /// Returns a window `factor` times as long, with `around_s` staying where it is on the screen.
    #[must_use]
    pub fn zoom(self, factor: f64, around_s: f64, length_s: f64) -> Self {
        let length_s = length_s.max(1.0);
        let span_s = self.span_s();
        let new_s = (span_s * factor).clamp(SHORTEST_S.min(length_s), length_s);
        let share = ((around_s - self.from_s) / span_s).clamp(0.0, 1.0);
        let from_s = around_s.clamp(self.from_s, self.to_s) - share * new_s;
        Self {
            from_s,
            to_s: from_s + new_s,
        }
        .inside(length_s)
    }

    /// Returns the window, moved so that it is centred on `at_s` where `at_s` is outside of it.
    #[must_use]
    pub fn reach(self, at_s: f64, length_s: f64) -> Self {
        if self.contains(at_s) {
            self
        } else {
            self.pan(at_s - f64::midpoint(self.from_s, self.to_s), length_s)
        }
    }

    fn inside(self, length_s: f64) -> Self {
        let length_s = length_s.max(1.0);
        let span_s = self.span_s().min(length_s);
        let from_s = self.from_s.clamp(0.0, length_s - span_s);
        Self {
            from_s,
            to_s: from_s + span_s,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from_s: f64, to_s: f64) -> Window {
        Window { from_s, to_s }
    }

    #[test]
    fn zooming_keeps_the_moment_under_the_pointer() {
        let w = window(1000.0, 5000.0).zoom(0.5, 2000.0, 86_400.0);
        assert_eq!(w, window(1500.0, 3500.0));
        assert_eq!(w.zoom(2.0, 2000.0, 86_400.0), window(1000.0, 5000.0));
    }

    #[test]
    fn no_window_leaves_the_run() {
        for (w, expected) in [
            (window(0.0, 600.0).pan(-50.0, 3600.0), window(0.0, 600.0)),
            (
                window(3000.0, 3600.0).pan(900.0, 3600.0),
                window(3000.0, 3600.0),
            ),
            (
                window(0.0, 3600.0).zoom(3.0, 10.0, 3600.0),
                window(0.0, 3600.0),
            ),
            (
                window(0.0, 3600.0).zoom(0.0001, 3600.0, 3600.0),
                window(3300.0, 3600.0),
            ),
            (Window::between(700.0, 690.0, 3600.0), window(545.0, 845.0)),
            (Window::between(-90.0, 9e9, 3600.0), window(0.0, 3600.0)),
        ] {
            assert_eq!(w, expected);
        }
    }

    #[test]
    fn reaching_moves_only_when_it_must() {
        let w = window(0.0, 600.0);
        assert_eq!(w.reach(500.0, 3600.0), w);
        assert_eq!(w.reach(1800.0, 3600.0), window(1500.0, 2100.0));
        assert!(w.reach(3600.0, 3600.0).contains(3600.0));
        assert!(Window::whole(3600.0).is_whole(3600.0));
    }
}
