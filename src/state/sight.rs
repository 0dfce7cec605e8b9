//! What of a run is looked at: where the cross-hair stands, and which stretch of time the charts show.

use chart::Window;

use super::Action;

/// The cross-hair and the window, which all charts share.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Sight {
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Where it goes back to when a pointer that it follows leaves.
    pinned_s: Option<f64>,
    /// Stretch of time shown; `None`: the whole run.
    pub window: Option<Window>,
}

impl Sight {
    /// Returns the window that is shown of a run of `length_s`: all of it where the window of an earlier run does not fit.
    pub fn window_of(self, length_s: f64) -> Window {
        let fits = |window: &Window| {
            window.from_s >= 0.0 && window.to_s <= length_s && window.span_s() >= 1.0
        };
        let window = self.window.filter(fits);
        window.unwrap_or_else(|| Window::whole(length_s))
    }

    /// Does what a person does on charts. Returns whether it is something of the kind.
    pub fn hear(&mut self, action: &Action) -> bool {
        match *action {
            Action::Hover(at_s) => self.cursor_s = at_s.or(self.pinned_s),
            Action::Pin(at_s) => self.pin(at_s),
            Action::Go { at_s, length_s } => self.go(at_s, length_s),
            Action::Show(window) => self.window = Some(window),
            _ => return false,
        }
        true
    }

    /// Pins the cross-hair, or takes it away.
    fn pin(&mut self, at_s: Option<f64>) {
        self.pinned_s = at_s;
        self.cursor_s = at_s;
    }

    /// Pins the cross-hair, and moves the window of a run of `length_s` so that it holds that moment.
    fn go(&mut self, at_s: f64, length_s: f64) {
        self.pin(Some(at_s));
        let window = self.window_of(length_s);
        if !window.contains(at_s) {
            self.window = Some(window.reach(at_s, length_s));
        }
    }
}
