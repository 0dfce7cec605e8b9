//! What outlives a rendering of the charts: where pointers and folds stand, and how each is answered.
//!
//! Handlers are made once and ask the desk, so that nothing is handed down, compared or made anew at each rendering.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chart::{Window, cursor::nearest};
use words::Words;
use yew::prelude::*;

use super::{Drag, Gesture, Nodes, Painted, Said, Size};
use crate::{browser::dom, outcome::Outcome, state::Action};

/// What a person can ask of the charts.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// The cross-hair follows a pointer, and goes back to where it was pinned when that leaves.
    Hover(f64),
    /// The cross-hair stays here.
    Pin(f64),
    /// The cross-hair stays here, and the window follows it.
    Go(f64),
    /// The pointer left.
    Leave,
    /// The cross-hair goes away.
    Clear,
    /// The cross-hair goes to the activity nearest to here, and stays.
    Nearest(f64),
    /// A stretch is being selected.
    Select(f64, f64),
    /// Another window.
    Show(Window),
    /// So many times the window.
    Zoom(f64),
    /// The whole run.
    Whole,
}

/// What folds away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The table of a chart, by its place.
    Table(usize),
}

/// What stands on the page now, as handlers need it.
pub struct Now {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub window: Window,
    pub length_s: f64,
    pub cursor_s: Option<f64>,
    /// What the cross-hair snaps to.
    pub grid_s: f64,
    /// Changes whenever colours did.
    pub theme_epoch: u32,
    pub on: Callback<Action>,
    pub on_go: Callback<f64>,
}

impl Now {
    fn snap(&self, at_s: f64) -> f64 {
        ((at_s / self.grid_s).round() * self.grid_s).clamp(0.0, self.length_s)
    }
}

/// What the result keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// How wide the charts are.
    pub size: Size,
    /// The stretch that is being selected.
    pub band: Option<(f64, f64)>,
    /// Which charts' tables are open.
    pub tables: [bool; 4],
}

/// See the top of the file.
pub struct Desk {
    again: UseForceUpdateHandle,
    now: RefCell<Option<Rc<Now>>>,
    local: Cell<Local>,
    /// Elements that are drawn on, measured or scrolled.
    pub nodes: Nodes,
    /// Pointers on the charts.
    pub gesture: RefCell<Gesture>,
    /// A drag on the strip.
    pub drag: Cell<Drag>,
    /// What the charts say, until it changes.
    pub said: RefCell<Option<Said>>,
    /// What the canvases hold.
    pub painted: RefCell<Painted>,
}

/// A desk is itself alone.
impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Desk {
    /// A desk of a component that is rendered again by `again`.
    pub fn new(again: UseForceUpdateHandle) -> Self {
        Self {
            again,
            now: RefCell::default(),
            local: Cell::new(Local {
                size: Size::unknown(),
                band: None,
                tables: [false; 4],
            }),
            nodes: Nodes::default(),
            gesture: RefCell::default(),
            drag: Cell::new(None),
            said: RefCell::default(),
            painted: RefCell::default(),
        }
    }

    /// What the result keeps for itself.
    pub fn local(&self) -> Local {
        self.local.get()
    }

    /// Keeps something else, and renders the result again.
    pub fn put(&self, local: Local) {
        if self.local.replace(local) != local {
            self.again.force_update();
        }
    }

    /// What stands on the page; nothing before the first rendering.
    pub fn now(&self) -> Option<Rc<Now>> {
        self.now.borrow().clone()
    }

    /// Tells what is about to stand on the page.
    pub fn tell(&self, now: Rc<Now>) {
        *self.now.borrow_mut() = Some(now);
    }

    fn show(&self, now: &Now, window: Window) {
        self.band(None);
        now.on.emit(Action::Show(window));
    }

    fn band(&self, band: Option<(f64, f64)>) {
        let local = self.local();
        self.put(Local { band, ..local });
    }

    /// Does what is asked.
    #[inline(never)]
    pub fn answer(&self, ask: Ask) {
        let Some(now) = self.now() else { return };
        let now = &*now;
        match ask {
            Ask::Hover(at_s) => {
                self.band(None);
                now.on.emit(Action::Hover(Some(now.snap(at_s))));
            }
            Ask::Pin(at_s) => {
                self.band(None);
                now.on.emit(Action::Pin(Some(now.snap(at_s))));
            }
            Ask::Go(at_s) => now.on_go.emit(now.snap(at_s)),
            Ask::Leave => now.on.emit(Action::Hover(None)),
            Ask::Clear => now.on.emit(Action::Pin(None)),
            Ask::Nearest(at_s) => {
                let activities = &now.outcome.run.activities;
                let moment_s = |i: usize| activities.get(i).map_or(0.0, |a| a.start_s);
                if let Some(found) = nearest(activities.len(), moment_s, at_s) {
                    now.on_go.emit(moment_s(found));
                }
            }
            Ask::Select(from_s, to_s) => {
                self.band(Some((from_s, to_s)));
                now.on.emit(Action::Hover(Some(now.snap(to_s))));
            }
            Ask::Show(window) => self.show(now, window),
            Ask::Zoom(factor) => {
                let middle_s = || f64::midpoint(now.window.from_s, now.window.to_s);
                let around_s = now.cursor_s.unwrap_or_else(middle_s);
                self.show(now, now.window.zoom(factor, around_s, now.length_s));
            }
            Ask::Whole => self.show(now, Window::whole(now.length_s)),
        }
    }

    fn fold(&self, fold: Fold, open: bool) {
        let mut local = self.local();
        match fold {
            Fold::Table(place) => {
                if let Some(table) = local.tables.get_mut(place) {
                    *table = open;
                }
            }
        }
        self.put(local);
    }
}

/// A click that asks for something.
#[inline(never)]
pub fn asks(desk: &Rc<Desk>, ask: Ask) -> Callback<MouseEvent> {
    let desk = Rc::clone(desk);
    Callback::from(move |_| desk.answer(ask))
}

/// Keeps a fold as its `<details>` is, so that what is folded away need not be rendered.
#[inline(never)]
pub fn folds(desk: &Rc<Desk>, fold: Fold) -> Callback<Event> {
    let desk = Rc::clone(desk);
    Callback::from(move |event: Event| {
        let details = dom::target(&event);
        let open = details.is_some_and(|details| details.has_attribute("open"));
        desk.fold(fold, open);
    })
}
