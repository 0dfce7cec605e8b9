//! What a person does on the charts, by pointer, wheel, key or button, and what comes of it.

use std::rc::Rc;

use chart::{Window, nearest};
use yew::prelude::*;

use crate::{outcome::Outcome, state::Action};

/// What a person does. Moments are seconds from the start of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// The cross-hair follows a pointer.
    Hover(f64),
    /// The pointer leaves.
    Leave,
    /// The cross-hair stays here.
    Pin(f64),
    /// The cross-hair stays here, and the window follows it.
    Go(f64),
    /// The cross-hair goes to the activity nearest to here, and stays.
    Nearest(f64),
    /// The cross-hair goes away.
    Clear,
    /// A stretch is being selected.
    Select(f64, f64),
    /// Another window shows.
    Show(Window),
}

/// What the charts show, as handlers need it.
#[derive(Clone, PartialEq)]
pub struct Scene {
    pub outcome: Rc<Outcome>,
    pub window: Window,
    /// Length of the run, seconds.
    pub length_s: f64,
    pub cursor_s: Option<f64>,
    /// What the cross-hair snaps to, seconds.
    pub grid_s: f64,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Pins the cross-hair, and brings it into the window.
    pub on_go: Callback<f64>,
    /// Marks the stretch that is being selected.
    pub mark: UseStateSetter<Option<(f64, f64)>>,
}

impl Scene {
    fn snap(&self, at_s: f64) -> f64 {
        ((at_s / self.grid_s).round() * self.grid_s).clamp(0.0, self.length_s)
    }

    /// Does what a person does.
    pub fn act(&self, act: Act) {
        match act {
            Act::Select(from_s, to_s) => self.mark.set(Some((from_s, to_s))),
            Act::Hover(_) | Act::Pin(_) | Act::Show(_) => self.mark.set(None),
            Act::Leave | Act::Go(_) | Act::Nearest(_) | Act::Clear => {}
        }
        match act {
            Act::Hover(at_s) | Act::Select(_, at_s) => {
                self.on.emit(Action::Hover(Some(self.snap(at_s))));
            }
            Act::Leave => self.on.emit(Action::Hover(None)),
            Act::Pin(at_s) => self.on.emit(Action::Pin(Some(self.snap(at_s)))),
            Act::Clear => self.on.emit(Action::Pin(None)),
            Act::Go(at_s) => self.on_go.emit(self.snap(at_s)),
            Act::Nearest(at_s) => {
                let activities = &self.outcome.run.activities;
                let start_s = |index: usize| activities.get(index).map_or(0.0, |a| a.start_s);
                if let Some(index) = nearest(activities.len(), start_s, at_s) {
                    self.on_go.emit(start_s(index));
                }
            }
            Act::Show(window) => self.on.emit(Action::Show(window)),
        }
    }
}
