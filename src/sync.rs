//! Keeps the address bar and the browser's storage in step with the scenario, a moment after each change and when the page goes.

use std::{
    cell::{RefCell, RefMut},
    rc::Rc,
};

use gloo::{events::EventListener, timers::callback::Timeout};
use scenario::{
    document::Scenario,
    file,
    link::{share, share_together},
};
use yew::Callback;

use crate::{
    browser::{Refused, clock, location, storage},
    kept,
    link::{Mode, join},
    page::notice::Notice,
    state::{Pinned, Whose},
};

/// Milliseconds without a change before it is written down. Some browsers refuse more than a hundred addresses in half a minute.
const REST_MS: u32 = 200;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The scenario.
    pub scenario: Rc<Scenario>,
    /// Those whose runs are pinned beside its own.
    pub pinned: Pinned,
    /// Whose it is.
    pub whose: Whose,
    /// How much of it.
    pub mode: Mode,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.pinned, &other.pinned)
            && (self.whose, self.mode) == (other.whose, other.mode)
    }
}

/// Writes down as long as it lives.
#[derive(Debug)]
pub struct Sync {
    pending: Rc<RefCell<Pending>>,
    _leaving: Vec<EventListener>,
}

/// What is written, and what is still to be.
#[derive(Debug)]
struct Pending {
    shown: Option<Shown>,
    /// Until it is written.
    timer: Option<Timeout>,
    /// What the address bar said when it was last looked at.
    known: String,
    /// What it said when the study aid took the page's place.
    left: Option<String>,
    /// Whether the next address is a new entry of the history.
    new_entry: bool,
    /// What was last said of what could not be kept.
    said: Option<Notice>,
    /// Told what cannot be kept.
    on_notice: Callback<Notice>,
}

impl Sync {
    /// Returns one that takes the address bar as it is.
    pub fn new(on_notice: Callback<Notice>) -> Self {
        let pending = Rc::new(RefCell::new(Pending {
            shown: None,
            timer: None,
            known: location::hash(),
            left: None,
            new_entry: false,
            said: None,
            on_notice,
        }));
        let mut leaving = Vec::new();
        if let Some(window) = web_sys::window() {
            let left = Rc::clone(&pending);
            leaving.push(EventListener::new(&window, "pagehide", move |_| {
                write(&left);
            }));
            // What goes into the background on a phone may never be told that it ends.
            if let Some(document) = window.document() {
                let hidden = Rc::clone(&pending);
                leaving.push(EventListener::new(
                    &document,
                    "visibilitychange",
                    move |_| {
                        write(&hidden);
                    },
                ));
            }
        }
        Self {
            pending,
            _leaving: leaving,
        }
    }

    /// Writes what is `shown` down soon, at once where it is another that was opened, unless that is what was last asked for. `undone`:
    /// the copy, by its number, of which undo has left nothing.
    pub fn later(&self, shown: Shown, undone: Option<(u64, &Rc<Scenario>)>) {
        let mut pending = self.pending.borrow_mut();
        if pending.shown.as_ref() == Some(&shown) {
            return;
        }
        // Another scenario takes its place before it was written down.
        let notice = pending
            .is_another(shown.whose)
            .then(|| pending.keep())
            .flatten();
        if let Some((number, copy)) = undone {
            kept::remove_undone(&storage::Device, number, copy);
        }
        let due = Rc::clone(&self.pending);
        pending.shown = Some(shown);
        pending.timer = Some(Timeout::new(REST_MS, move || write(&due)));
        let is_opened = pending.new_entry;
        tell(pending, notice);
        // A reload would go to the one before until the address is another.
        if is_opened {
            self.now();
        }
    }

    /// Writes down at once what is still to be.
    pub fn now(&self) {
        write(&self.pending);
    }

    /// Makes the next address a new entry of the history: a person opens another scenario.
    pub fn enter(&self) {
        self.pending.borrow_mut().new_entry = true;
    }

    /// Takes note that the address is of the study aid now: what the page showed is kept, and no longer written there.
    pub fn leave(&self, hash: &str) {
        let before = self.pending.borrow().known.clone();
        self.look(hash);
        let mut pending = self.pending.borrow_mut();
        if pending.shown.take().is_some() {
            pending.left = Some(before);
        }
    }

    /// Returns whether the address is, once more, the one that the study aid was entered from: the page shows what it showed then.
    pub fn is_back(&self, hash: &str) -> bool {
        self.pending.borrow_mut().left.take().as_deref() == Some(hash)
    }

    /// Puts an address of the study aid in the place of the one that there is.
    pub fn put(&self, hash: &str) {
        // Refused: the old one leads to the same lesson.
        if location::put(hash, None, false).is_ok() {
            self.pending.borrow_mut().known = location::hash();
        }
    }

    /// Takes note that the page was told what the address bar says.
    pub fn look(&self, hash: &str) {
        storage::forget_left();
        let mut pending = self.pending.borrow_mut();
        hash.clone_into(&mut pending.known);
        // The address is another's now: what was shown is kept, and no longer written there.
        let notice = (pending.timer.take()).and_then(|_| pending.keep());
        tell(pending, notice);
    }
}

impl Pending {
    /// Whether something is still to be written that is not `whose`.
    fn is_another(&self, whose: Whose) -> bool {
        let is_another = |shown: &Shown| shown.whose != whose;
        self.timer.is_some() && self.shown.as_ref().is_some_and(is_another)
    }

    /// Keeps what is shown, where it is one's own, and that it was shown. Returns what there is to say of it.
    fn keep(&mut self) -> Option<Notice> {
        let shown = self.shown.as_ref().filter(|it| it.mode == Mode::Page)?;
        let Shown {
            scenario,
            pinned,
            whose,
            ..
        } = shown;
        let device = &storage::Device;
        kept::remember(device, *whose);
        let Whose::Own(number) = *whose else {
            return None;
        };
        let notice = match kept::keep(device, number, clock::now_ms(), scenario, pinned) {
            Err(Refused) => Some(Notice::NoRoom),
            Ok(()) => storage::is_refused().then_some(Notice::NotKept),
        };
        // Once is enough, until it is another sentence.
        if notice == self.said {
            return None;
        }
        self.said.clone_from(&notice);
        notice
    }

    /// Puts what is shown into the address bar.
    fn write_address(&mut self) {
        let there = location::hash();
        // Somebody just went to another address and the page is about to be told: that one must not be overwritten.
        if there != self.known {
            return;
        }
        let Some(Shown {
            scenario,
            pinned,
            mode,
            ..
        }) = &self.shown
        else {
            return;
        };
        // Too long for a link: the address names no scenario rather than an old one, and storage alone keeps it.
        let shared = share_together(scenario, pinned)
            .or_else(|_| share(scenario))
            .ok();
        // Of what a link rounds the history keeps every value, so that coming back loses nothing.
        let keeps = (shared.as_ref())
            .filter(|shared| shared.rounding.is_some())
            .map(|_| file::to_json(scenario));
        let payload = shared.map(|shared| shared.payload).unwrap_or_default();
        let hash = join(*mode, &payload);
        let is_same = hash == there && keeps == location::kept();
        if self.new_entry {
            storage::forget_left();
        } else if hash != there {
            // A reload that was asked for just before goes to the old address. Refused: storage has the scenario in any case, where the
            // page may keep anything at all.
            let _ = storage::leave(&there, &hash);
        }
        // A browser that refuses leaves the old address; the page goes on.
        if !is_same && location::put(&hash, keeps.as_deref(), self.new_entry).is_ok() {
            self.known = location::hash();
        }
        self.new_entry = false;
    }
}

/// Says what there is to say, once nothing is borrowed that whoever hears it asks for.
fn tell(pending: RefMut<'_, Pending>, notice: Option<Notice>) {
    let on_notice = pending.on_notice.clone();
    drop(pending);
    if let Some(notice) = notice {
        on_notice.emit(notice);
    }
}

/// Writes down what is still to be.
fn write(pending: &RefCell<Pending>) {
    let mut pending = pending.borrow_mut();
    if pending.timer.take().is_some() {
        let notice = pending.keep();
        pending.write_address();
        tell(pending, notice);
    }
}
