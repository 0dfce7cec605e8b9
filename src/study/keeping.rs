//! The person's progress on this device: read when first asked for, written after each change, in step with other tabs.
//!
//! What progress is, `study::progress` knows. In a frame of another page nothing is read or written: it lasts as long as the page.

use std::{cell::RefCell, rc::Rc};

use study::progress::{Progress, Unread, read, write};
use words::Words;
use yew::{html::ImplicitClone, prelude::*};

use crate::{
    app::use_window_event,
    browser::{clock, storage},
};

/// Where it is kept.
const KEY: &str = "headroom.study.1";
/// Where a text goes that was damaged: nothing is written over what somebody may still want to have.
const DAMAGED: &str = "headroom.study.damaged";

/// Why progress is not kept beyond this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser keeps nothing.
    Refused,
    /// There is no room.
    Full,
    /// A later version of the page has written it.
    Newer,
}

/// Progress as this page knows it, and why it is not kept.
type Known = (Rc<Progress>, Option<Trouble>);

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// What changes progress; it is told the day, counted since 1 January 1970 on the person's own clock.
type Change = Box<dyn FnOnce(&mut Progress, u32)>;

/// The person's progress, for whoever shows it, and the way to change it.
#[derive(Clone)]
pub struct Kept {
    /// What is known.
    pub progress: Rc<Progress>,
    /// Why it is not kept beyond this page.
    pub trouble: Option<Trouble>,
    on_change: Callback<Change>,
}

/// Two are the same if what is known is one: comparing all of it would take long.
impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.progress, &other.progress) && self.trouble == other.trouble
    }
}

impl ImplicitClone for Kept {}

impl Kept {
    /// Changes progress, and keeps it.
    pub fn change(&self, change: impl FnOnce(&mut Progress, u32) + 'static) {
        self.on_change.emit(Box::new(change));
    }
}

/// Returns the person's progress; a frame has its own, as long as it stands.
#[hook]
pub fn use_kept(is_frame: bool) -> Kept {
    let known = use_state(|| known(is_frame));
    let on_change = {
        let known = known.setter();
        use_callback(is_frame, move |change: Change, is_frame| {
            known.set(changed(*is_frame, change));
        })
    };
    // Another tab has kept something.
    let on_storage = {
        let known = known.setter();
        use_callback(is_frame, move |_: Event, is_frame| {
            if !is_frame {
                known.set(remember(load()));
            }
        })
    };
    use_window_event("storage", on_storage);
    let (progress, trouble) = (*known).clone();
    Kept {
        progress,
        trouble,
        on_change,
    }
}

/// Returns what there is to say of progress that is not kept.
pub fn says(words: Words, trouble: Option<Trouble>) -> Option<&'static str> {
    Some(match trouble? {
        Trouble::Refused => words.study_not_kept(),
        Trouble::Full => words.study_no_room(),
        Trouble::Newer => words.study_newer(),
    })
}

fn known(is_frame: bool) -> Known {
    let known = KNOWN.with_borrow(Clone::clone);
    known.unwrap_or_else(|| remember(if is_frame { Known::default() } else { load() }))
}

fn remember(known: Known) -> Known {
    KNOWN.set(Some(known.clone()));
    known
}

/// Reads what is kept.
fn load() -> Known {
    let refused = storage::is_refused().then_some(Trouble::Refused);
    let Some(text) = storage::read(KEY) else {
        return (Rc::default(), refused);
    };
    match read(&text) {
        Ok(progress) => (Rc::new(progress), refused),
        Err(Unread::Newer { .. }) => (Rc::default(), Some(Trouble::Newer)),
        Err(_) => {
            // Refused or full: it is lost with the next change.
            let _ = storage::write(DAMAGED, &text);
            (Rc::default(), refused)
        }
    }
}

/// Changes what is known, with what other tabs have kept meanwhile, and keeps it where it can be.
fn changed(is_frame: bool, change: Change) -> Known {
    let mut known = known(is_frame);
    let is_kept = !is_frame && !matches!(known.1, Some(Trouble::Full | Trouble::Newer));
    if is_kept {
        known = load();
    }
    let (progress, trouble) = &mut known;
    change(Rc::make_mut(progress), clock::today());
    if !is_frame && *trouble != Some(Trouble::Newer) {
        *trouble = match storage::write(KEY, &write(progress)) {
            Err(_) => Some(Trouble::Full),
            Ok(()) => storage::is_refused().then_some(Trouble::Refused),
        };
    }
    remember(known)
}
