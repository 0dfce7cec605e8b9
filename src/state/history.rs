//! The document as it is, and the steps of undo and redo around it. What a step is made of is [`super::edit`]'s.

use std::rc::Rc;

use documents::Past;
use scenario::{document::Scenario, field::Field};

use super::{Pinned, Whose};
use crate::{few::Few, typed::Wrong};

/// Steps of undo that are kept.
pub const MAX_STEPS: usize = 200;

/// A text that could not be read, kept until it can.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// What the person typed.
    pub text: String,
    /// Why it could not be read.
    pub wrong: Wrong,
}

/// What undo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The document, with the last good value wherever a text could not be read.
    pub scenario: Rc<Scenario>,
    /// Texts that could not be read.
    pub unread: Rc<Few<Field, Unread>>,
    /// Number of the scenario among those that were opened: items of two scenarios are never the same.
    pub opened: u32,
    /// Whose the document is.
    pub whose: Whose,
    /// What the scaling of the account did that the document came from.
    pub account: Rc<Past>,
    /// The document as it was opened, whatever was done to it since.
    pub as_opened: AsOpened,
    /// What was pinned beside it, where the document opened next brought its own.
    pub(super) beside: Option<Pinned>,
}

/// A document as it was opened. Mostly two are one: then no long recordings are compared.
#[derive(Clone, Debug)]
pub struct AsOpened(pub Rc<Scenario>);

impl PartialEq for AsOpened {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Snapshot {
    /// Returns what a scenario that is opened begins with: its items are numbered anew, as none of them was added by hand.
    pub fn new(mut scenario: Rc<Scenario>, opened: u32, whose: Whose) -> Self {
        let Scenario {
            demand,
            policies,
            scheduled_actions,
            failures,
            other_machines,
            ..
        } = Rc::make_mut(&mut scenario);
        *demand = demand.iter().cloned().collect();
        *policies = policies.iter().cloned().collect();
        *scheduled_actions = scheduled_actions.iter().cloned().collect();
        *failures = failures.iter().cloned().collect();
        *other_machines = other_machines.iter().cloned().collect();
        Self {
            as_opened: AsOpened(Rc::clone(&scenario)),
            account: Rc::default(),
            scenario,
            unread: Rc::default(),
            opened,
            whose,
            beside: None,
        }
    }
}

/// The present, with the way back and the way forward again.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The present.
    pub now: Snapshot,
    past: Rc<Vec<Snapshot>>,
    future: Rc<Vec<Snapshot>>,
    /// Field whose further edits belong to the step of undo already taken.
    typing: Option<Field>,
}

impl History {
    /// Returns the history of a document that was just opened: there is no step in either direction.
    pub(super) fn new(now: Snapshot) -> Self {
        Self {
            now,
            past: Rc::default(),
            future: Rc::default(),
            typing: None,
        }
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Returns what the next step forward leads to.
    pub(super) fn next(&self) -> Option<&Snapshot> {
        self.future.last()
    }

    /// Returns the steps back, the last first.
    pub(super) fn before(&self) -> impl Iterator<Item = &Snapshot> {
        self.past.iter().rev()
    }

    /// Returns how many steps back there are.
    #[cfg(test)]
    pub(super) fn steps_back(&self) -> usize {
        self.past.len()
    }

    /// Whether an edit of this field would go on with the step of undo that the last edit took.
    pub(super) fn continues(&self, field: Field) -> bool {
        self.typing == Some(field)
    }

    /// Makes further edits of this field, or of none, part of the last step of undo.
    pub(super) fn continue_typing(&mut self, field: Option<Field>) {
        self.typing = field;
    }

    /// Makes `now` the present; the old present becomes a step of undo unless this edit goes on with the last.
    pub(super) fn step(&mut self, now: Snapshot, continues: bool) {
        if now == self.now {
            return;
        }
        let before = std::mem::replace(&mut self.now, now);
        if !(continues && self.can_undo()) {
            let past = Rc::make_mut(&mut self.past);
            past.push(before);
            if past.len() > MAX_STEPS {
                past.remove(0);
            }
        }
        self.future = Rc::default();
        self.typing = None;
    }

    /// Pins other runs beside the document that is opened next: undo brings back those that are `pinned`, redo these.
    pub(super) fn pin(&mut self, pinned: &mut Pinned, others: Pinned) {
        self.now.beside = Some(std::mem::replace(pinned, others));
    }

    /// Makes the step before the present the present, with what was pinned then if the present has brought its own.
    pub(super) fn undo(&mut self, pinned: &mut Pinned) {
        travel(&mut self.past, &mut self.now, &mut self.future, pinned);
        self.typing = None;
    }

    /// Makes the step after the present the present, with what it brings.
    pub(super) fn redo(&mut self, pinned: &mut Pinned) {
        travel(&mut self.future, &mut self.now, &mut self.past, pinned);
        self.typing = None;
    }
}

/// Takes the last snapshot of `from` as the present, and puts the present at the end of `to`.
fn travel(
    from: &mut Rc<Vec<Snapshot>>,
    now: &mut Snapshot,
    to: &mut Rc<Vec<Snapshot>>,
    pinned: &mut Pinned,
) {
    if let Some(mut then) = from.last().cloned() {
        Rc::make_mut(from).pop();
        if let Some(beside) = then.beside.take() {
            now.beside = Some(std::mem::replace(pinned, beside));
        }
        Rc::make_mut(to).push(std::mem::replace(now, then));
    }
}
