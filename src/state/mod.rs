//! All that the page remembers, and the one pure function that changes it ([`State::after`]).
//!
//! The document and its undo history are [`history`]'s, what an edit makes of the document [`edit`]'s, how the page is
//! looked at [`view`]'s. What a scenario results in is not here: that is computed from it ([`crate::outcome`]) and never kept.

mod edit;
mod history;
mod pinned;
mod sight;
mod view;
mod whose;

use std::rc::Rc;

use chart::Window;
use documents::Past;
use scenario::{
    document::{Failure, Layer, OtherMachine, ScalingPolicy, Scenario, ScheduledAction},
    field::{Field, ItemId, List},
    link::LinkError,
};
use words::Lang;
use yew::{Callback, MouseEvent, Reducible};

pub use self::{
    history::{History, Snapshot, Unread},
    pinned::{Pinned, all_pinned},
    sight::Sight,
    view::{Theme, View},
    whose::{Line, Own, Whose, is_automatic},
};
use crate::{
    kept::{Opened, Titles},
    page::{Panel, given::GivenFile, notice::Notice},
    typed::Wrong,
};

/// All that the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The document, and what it was before.
    pub history: History,
    /// How the page is looked at.
    pub view: View,
    /// The scenarios whose runs are pinned beside the present one.
    pub pinned: Pinned,
    /// One's own scenarios.
    pub own: Own,
    /// Why the address does not open: then the page shows that, and no document.
    pub unopened: Option<LinkError>,
    /// How many scenarios have been opened.
    opened: u32,
}

/// Something to put into a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A layer of demand.
    Layer(Layer),
    /// A policy.
    Policy(Box<ScalingPolicy>),
    /// A scheduled action.
    Action(ScheduledAction),
    /// Something that fails.
    Failure(Failure),
    /// A machine to compare with.
    OtherMachine(OtherMachine),
}

/// What a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types into a field; nothing, in a field that may be empty, makes it automatic.
    Type {
        /// The field.
        field: Field,
        /// All of its text.
        text: String,
    },
    /// Types half of a date or time, which the browser reports as empty.
    TypeHalf(Field),
    /// Counts the number in a field up or down.
    Nudge {
        /// The field.
        field: Field,
        /// All of its text.
        text: String,
        /// Whether up.
        up: bool,
    },
    /// Opens or closes the explanation of a field.
    Explain(Field),
    /// Leaves the field of a date or time.
    Leave {
        /// The field.
        field: Field,
        /// Whether what stands there is half of a date or time: that is a value still to come, even in a field that may
        /// be empty.
        half: bool,
    },
    /// Leaves a field: what is typed next is a new step of undo.
    EndTyping,
    /// Adds an item at the end of its list.
    Insert(Rc<Item>),
    /// Takes an item out of a list.
    Remove(List, ItemId),
    /// Adds a step to a step scaling policy.
    AddStep {
        /// The policy.
        policy: ItemId,
        /// Width of the step, in the metric's unit.
        width: f64,
        /// Whether above the others.
        above: bool,
    },
    /// Gives a policy the alarm that it lacks.
    AddAlarm(ItemId),
    /// Takes a step out of a policy.
    RemoveStep {
        /// The policy.
        policy: ItemId,
        /// The step.
        step: ItemId,
    },
    /// Exchanges the item at an index with the one after it.
    SwapWithNext(List, usize),
    /// Opens another scenario beside what is pinned.
    Open(Rc<Scenario>, Whose),
    /// Opens another scenario with those that are pinned beside it, and no other.
    OpenTogether(Rc<Scenario>, Whose, Pinned),
    /// Opens a scenario that is one's own from now on.
    Begin(Rc<Scenario>),
    /// Begins with what documents of an account came to, and what its own scaling did.
    Bring(Rc<Scenario>, Rc<Past>),
    /// Makes what the page shows one's own.
    KeepCopy,
    /// Takes note of what is kept, once it has changed elsewhere.
    Kept(Titles),
    /// Shows why the address does not open, or the document again.
    Unopened(Option<LinkError>),
    /// Changes the scenario as a whole and goes on looking at the same time.
    Change(Rc<Scenario>),
    /// Pins the present run beside those to come.
    PinRun,
    /// Takes away the pinned run at a place.
    UnpinRun(usize),
    /// Goes one step back.
    Undo,
    /// Goes one step forward again.
    Redo,
    /// Moves the cross-hair along with a pointer; `None`: the pointer has left, and it goes back to where it was pinned.
    Hover(Option<f64>),
    /// Pins the cross-hair, or takes it away.
    Pin(Option<f64>),
    /// Pins the cross-hair and brings it into the window.
    Go {
        /// Seconds from the start.
        at_s: f64,
        /// Length of the run.
        length_s: f64,
    },
    /// Shows a stretch of the run.
    Show(Window),
    /// Chooses another language.
    Lang(Lang),
    /// Chooses other colours.
    Theme(Theme),
    /// Opens a dialog, or closes the one that is open.
    Panel(Option<Panel>),
    /// Drops a trace on the page.
    Drop(GivenFile),
    /// Brings in files that are, or may be, documents of AWS's.
    Import(Rc<Vec<GivenFile>>),
    /// Dismisses the line that says whose the scenario is.
    HideLine,
    /// Dismisses what the shipped scenario teaches.
    HideLesson,
    /// Shows what did not open, or dismisses it.
    Notice(Option<Notice>),
    /// Offers the kinds of layers to add, or no longer.
    OfferLayers(bool),
    /// Moves the focus to a field that has suggestions.
    Suggest,
}

impl Action {
    /// Returns what opens a scenario that a person chose: what is pinned stays, unless this one brings its own.
    pub fn opens(opened: Opened) -> Self {
        let Opened {
            scenario,
            whose,
            pinned,
        } = opened;
        if pinned.is_empty() {
            Self::Open(scenario, whose)
        } else {
            Self::OpenTogether(scenario, whose, pinned)
        }
    }

    /// Returns a listener of clicks that does this.
    pub fn on_click(self, on: &Callback<Self>) -> Callback<MouseEvent> {
        on.reform(move |_: MouseEvent| self.clone())
    }

    /// Returns a listener that types whatever text it is told into a field.
    pub fn typed_in(field: Field, on: &Callback<Self>) -> Callback<String> {
        on.reform(move |text: String| Self::Type { field, text })
    }
}

impl State {
    /// Returns the state of a page that has just opened `scenario`.
    pub fn new(scenario: Rc<Scenario>, whose: Whose, lang: Lang, theme: Theme) -> Self {
        let view = View {
            lang,
            theme,
            lesson: whose.shipped(),
            ..View::default()
        };
        Self {
            history: History::new(Snapshot::new(scenario, 0, whose)),
            view,
            pinned: Pinned::default(),
            own: Own::default(),
            unopened: None,
            opened: 0,
        }
    }

    /// Returns the document, with what could not be read.
    pub fn now(&self) -> &Snapshot {
        &self.history.now
    }

    /// Returns the scenario.
    pub fn scenario(&self) -> &Rc<Scenario> {
        &self.history.now.scenario
    }

    /// Returns the state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut state = self.clone();
        let opens = matches!(
            action,
            Action::Open(..) | Action::OpenTogether(..) | Action::Begin(_) | Action::Bring(..)
        );
        let State {
            history,
            view,
            pinned,
            own,
            unopened,
            opened,
        } = &mut state;
        match action {
            Action::Type { field, text } => state.type_in(field, text),
            Action::TypeHalf(field) => view.keep_draft(field.path(self.scenario()), String::new()),
            Action::Nudge { field, text, up } => {
                if let Some(text) = history.now.nudged(field, &text, up, view.format) {
                    state.type_in(field, text);
                }
            }
            Action::Explain(field) => view.explain(field),
            Action::Leave { field, half } => state.leave(field, half),
            Action::EndTyping => history.continue_typing(None),
            Action::Insert(item) => {
                let item = Rc::unwrap_or_clone(item);
                view.offers_layers &= !matches!(item, Item::Layer(_));
                let now = history.now.with(item);
                state.edit(now);
            }
            Action::Remove(list, id) => state.edit(self.now().without(list, id)),
            Action::AddStep {
                policy,
                width,
                above,
            } => state.edit(self.now().with_step(policy, width, above)),
            Action::RemoveStep { policy, step } => {
                state.edit(self.now().without_step(policy, step));
            }
            Action::AddAlarm(policy) => state.edit(self.now().with_alarm(policy)),
            Action::SwapWithNext(list, index) => state.edit(self.now().swapped(list, index)),
            Action::Open(scenario, whose) => {
                *opened += 1;
                let now = Snapshot::new(scenario, *opened, whose);
                state.open(now);
            }
            Action::OpenTogether(scenario, whose, pins) => {
                history.pin(pinned, pins);
                state = state.after(Action::Open(scenario, whose));
            }
            Action::Begin(scenario) => {
                *opened += 1;
                let now = Snapshot::new(scenario, *opened, Whose::Other);
                let now = state.begun(now);
                state.open(now);
                state.view.begun += 1;
            }
            Action::Bring(scenario, account) => {
                *opened += 1;
                let now = Snapshot::new(scenario, *opened, Whose::Other);
                let mut now = state.begun(now);
                now.account = account;
                state.open(now);
            }
            Action::KeepCopy => {
                *opened += 1;
                let now = state.begun(self.now().clone());
                state.history.step(now, false);
            }
            Action::Kept(titles) => own.titles = Rc::new(titles),
            Action::Unopened(error) => *unopened = error,
            Action::Change(scenario) => {
                *opened += 1;
                let now = Snapshot {
                    as_opened: self.now().as_opened.clone(),
                    account: Rc::clone(&self.now().account),
                    ..Snapshot::new(scenario, *opened, self.now().whose)
                };
                state.edit(now);
            }
            // Nothing of the document is seen.
            Action::Undo | Action::Redo if unopened.is_some() => {}
            Action::Undo => history.undo(pinned),
            Action::Redo => history.redo(pinned),
            Action::Hover(_) | Action::Pin(_) | Action::Go { .. } | Action::Show(_) => {
                view.sight.hear(&action);
            }
            Action::Lang(lang) => {
                view.lang = lang;
                view.notice
                    .take_if(|notice| matches!(notice, Notice::Texts(..)));
            }
            Action::Theme(theme) => view.theme = theme,
            Action::Panel(panel) => {
                view.panel = panel;
                view.dropped = None;
                view.documents = Rc::default();
            }
            Action::Import(files) => {
                view.panel = Some(Panel::Import);
                view.documents = files;
            }
            Action::Drop(source) => {
                let is_new = view.panel.is_some_and(Panel::is_new) || unopened.is_some();
                view.panel = Some(if is_new {
                    Panel::NewTrace
                } else {
                    Panel::Trace
                });
                view.dropped = Some(source);
            }
            Action::PinRun => *pinned = pinned::with(pinned, &self.now().scenario),
            Action::UnpinRun(place) => *pinned = pinned::without(pinned, place),
            Action::HideLine => {
                view.hides_line = true;
                view.is_greeted = true;
            }
            Action::HideLesson => view.lesson = None,
            Action::Notice(notice) => {
                view.tells_kept &= !notice.as_ref().is_some_and(Notice::is_of_keeping);
                view.notice = notice;
            }
            Action::OfferLayers(offers) => view.offers_layers = offers,
            Action::Suggest => view.suggests = true,
        }
        let (old, new) = (self.scenario(), state.scenario());
        if !Rc::ptr_eq(old, new) {
            if (old.hours, old.start) != (new.hours, new.start) {
                state.view.sight = Sight::default();
            }
            state.note_own();
        }
        if let Some((number, _)) = state.undone() {
            state.own.forget(number);
        }
        if !opens && state.now().whose != self.now().whose {
            state.view.tells_kept = self.line().is_some();
        }
        state
    }

    /// Makes another scenario the present.
    fn open(&mut self, now: Snapshot) {
        self.history.step(now, false);
        self.view.sight = Sight::default();
        self.view.notice = None;
        self.view.hides_line = false;
        self.view.tells_kept = false;
        self.view.lesson = self.now().whose.shipped();
        self.unopened = None;
    }

    fn type_in(&mut self, field: Field, text: String) {
        let now = self.recalled(self.now().typed(field, &text, self.view.format));
        let continues = self.history.continues(field);
        let now = self.claimed(now);
        self.history.step(now, continues);
        self.view.keep_draft(field.path(self.scenario()), text);
        self.history.continue_typing(Some(field));
    }

    /// Returns the document with what it was given on the platform that it has come back to, where that was left to sizing.
    fn recalled(&self, mut now: Snapshot) -> Snapshot {
        let platform = now.scenario.platform;
        if platform != self.scenario().platform {
            let mut before = self.history.before();
            let then =
                before.find(|then| then.opened == now.opened && then.scenario.platform == platform);
            if let Some(then) = then {
                Rc::make_mut(&mut now.scenario).recall(&then.scenario);
            }
        }
        now
    }

    /// Leaves the field of a date or time: one that was wiped is empty from now on, half of one is still to come.
    fn leave(&mut self, field: Field, half: bool) {
        let path = field.path(self.scenario());
        if self.view.drafts.get(&path).is_some_and(String::is_empty) {
            if half {
                let now = self.now().with_unread(field, "", Wrong::Empty);
                let continues = self.history.continues(field);
                self.history.step(now, continues);
            } else {
                self.type_in(field, String::new());
            }
            Rc::make_mut(&mut self.view.drafts).retain(|other| *other != path);
        }
        self.history.continue_typing(None);
    }

    /// Makes an edited document the present, as a step of undo of its own.
    fn edit(&mut self, now: Snapshot) {
        let now = self.claimed(now);
        self.history.step(now, false);
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        self.after(action).into()
    }
}

#[cfg(test)]
mod tests;
