//! What outlives a rendering of the result: where pointers, folds and filters stand, and how each is answered.
//!
//! Handlers are made once and ask the desk, so that nothing is handed down, compared or made anew at each rendering.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chart::Window;
use engine::advice::Change;
use words::Words;
use yew::prelude::*;

use super::{
    charts::ChartEvent,
    log::{Filter, Revealed, Shown, Told},
};
use crate::{browser::dom, outcome::Outcome};

/// What a person can ask of the result.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// Something that a person did on the charts.
    Charts(ChartEvent),
    /// The cross-hair goes to the activity in this place of the log.
    Entry(usize),
    /// The log lists other activities.
    List(Filter),
    /// Another part of the log is in the page.
    Entries(Shown),
    /// Advice becomes part of the scenario.
    Apply(Change),
}

/// What folds away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Every figure.
    Figures,
}

/// What stands on the page now, as handlers need it.
pub struct Now {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub window: Window,
    pub length_s: f64,
    pub cursor_s: Option<f64>,
    /// Indices of the activities that the log lists.
    pub listed: Rc<Vec<usize>>,
    /// What `listed` was chosen by.
    pub filter: Filter,
    /// Place in `listed` of the entry nearest to the cross-hair.
    pub selected: Option<usize>,
    /// Changes whenever colours did.
    pub theme_epoch: u32,
    pub on_cursor: Callback<Option<f64>>,
    pub on_window: Callback<(f64, f64)>,
    pub on_apply: Callback<Change>,
}

impl Now {
    /// When the activity in a place of the log began.
    pub fn start_s(&self, place: usize) -> Option<f64> {
        let index = *self.listed.get(place)?;
        Some(self.outcome.run.activities.get(index)?.start_s)
    }
}

/// What the result keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// Whether every figure shows.
    pub figures: bool,
    /// What the log lists.
    pub filter: Filter,
    /// The entry that was chosen last.
    pub chosen: Option<usize>,
    /// Which part of the log is in the page.
    pub shown: Shown,
}

/// See the top of the file.
pub struct Desk {
    again: UseForceUpdateHandle,
    now: RefCell<Option<Rc<Now>>>,
    local: Cell<Local>,
    pinned: Cell<Option<f64>>,
    /// The log's list.
    pub list: NodeRef,
    /// The entry that the log's list was last scrolled to.
    pub revealed: RefCell<Option<Revealed>>,
    /// Whether a key in the list has just chosen another entry, which is then to have the focus.
    pub focuses: Cell<bool>,
    /// What the log's entries say.
    pub told: RefCell<Told>,
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
                figures: false,
                filter: Filter::All,
                chosen: None,
                shown: Shown::default(),
            }),
            pinned: Cell::default(),
            list: NodeRef::default(),
            revealed: RefCell::default(),
            focuses: Cell::new(false),
            told: RefCell::default(),
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

    /// Keeps which part of the log is about to be in the page.
    pub fn settle(&self, shown: Shown) {
        let local = self.local();
        self.local.set(Local { shown, ..local });
    }

    /// What stands on the page; nothing before the first rendering.
    pub fn now(&self) -> Option<Rc<Now>> {
        self.now.borrow().clone()
    }

    /// Tells what is about to stand on the page.
    pub fn tell(&self, now: Rc<Now>) {
        *self.now.borrow_mut() = Some(now);
    }

    fn pin(&self, now: &Now, at_s: Option<f64>) {
        self.pinned.set(at_s);
        now.on_cursor.emit(at_s);
    }

    /// Pins the cross-hair, and brings it into the window.
    fn go(&self, now: &Now, at_s: f64) {
        let shown = now.window.reach(at_s, now.length_s);
        if shown != now.window {
            now.on_window.emit((shown.from_s, shown.to_s));
        }
        self.pin(now, Some(at_s));
    }

    fn chart(&self, now: &Now, event: ChartEvent) {
        match event {
            ChartEvent::Hover(at_s) => now.on_cursor.emit(Some(at_s)),
            ChartEvent::Leave => now.on_cursor.emit(self.pinned.get()),
            ChartEvent::Pin(at_s) => self.pin(now, Some(at_s)),
            ChartEvent::Go(at_s) => self.go(now, at_s),
            ChartEvent::Clear => self.pin(now, None),
            ChartEvent::Show(Window { from_s, to_s }) => now.on_window.emit((from_s, to_s)),
        }
    }

    /// Does what is asked.
    #[inline(never)]
    pub fn answer(&self, ask: Ask) {
        let Some(now) = self.now() else { return };
        let now = &*now;
        let local = self.local();
        match ask {
            Ask::Charts(event) => self.chart(now, event),
            Ask::Entry(place) => {
                let chosen = Some(place);
                self.put(Local { chosen, ..local });
                if let Some(at_s) = now.start_s(place) {
                    self.go(now, at_s);
                }
            }
            Ask::List(filter) => self.put(Local {
                filter,
                chosen: None,
                shown: Shown::default(),
                ..local
            }),
            Ask::Entries(shown) => self.put(Local { shown, ..local }),
            Ask::Apply(change) => now.on_apply.emit(change),
        }
    }

    fn fold(&self, fold: Fold, open: bool) {
        let mut local = self.local();
        match fold {
            Fold::Figures => local.figures = open,
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
