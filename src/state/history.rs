//! The document as it is, and the steps of undo and redo around it. What a step is made of is [`super::edit`]'s.

use std::{collections::BTreeMap, rc::Rc};

use scenario::document::Scenario;

use crate::typed::{List, Wrong};

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
    /// Texts that could not be read, by path.
    pub unread: Rc<BTreeMap<String, Unread>>,
    /// A name for each list item that stays with it when the list changes.
    pub ids: Rc<Ids>,
}

/// Ids of the items of the scenario's lists, in the same order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ids {
    lists: [Vec<u32>; 4],
    /// The first id given after the scenario was opened.
    added_from: u32,
}

impl Ids {
    /// Returns the ids of one list.
    pub fn of(&self, list: List) -> &[u32] {
        let [demand, policies, actions, failures] = &self.lists;
        match list {
            List::Demand => demand,
            List::Policies => policies,
            List::Actions => actions,
            List::Failures => failures,
        }
    }

    /// Whether a person added this item to a scenario that was open.
    pub fn is_added(&self, id: u32) -> bool {
        id >= self.added_from
    }

    pub(super) fn of_mut(&mut self, list: List) -> &mut Vec<u32> {
        let [demand, policies, actions, failures] = &mut self.lists;
        match list {
            List::Demand => demand,
            List::Policies => policies,
            List::Actions => actions,
            List::Failures => failures,
        }
    }
}

impl Snapshot {
    /// Returns what a scenario that is opened begins with; its items take their ids from `next_id` on.
    pub(super) fn new(scenario: Rc<Scenario>, next_id: &mut u32) -> Self {
        let mut name = |count: usize| -> Vec<u32> {
            (0..count)
                .map(|_| {
                    *next_id += 1;
                    *next_id - 1
                })
                .collect()
        };
        let lists = [
            name(scenario.demand.len()),
            name(scenario.policies.len()),
            name(scenario.scheduled_actions.len()),
            name(scenario.failures.len()),
        ];
        let ids = Ids {
            lists,
            added_from: *next_id,
        };
        Self {
            scenario,
            unread: Rc::default(),
            ids: Rc::new(ids),
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
    typing: Option<String>,
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

    /// Returns how many steps back there are.
    #[cfg(test)]
    pub(super) fn steps_back(&self) -> usize {
        self.past.len()
    }

    /// Whether an edit of this field would go on with the step of undo that the last edit took.
    pub(super) fn continues(&self, path: &str) -> bool {
        self.typing.as_deref() == Some(path)
    }

    /// Has further edits of this field, or of none, go on with the last step of undo.
    pub(super) fn type_on(&mut self, path: Option<String>) {
        self.typing = path;
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

    /// Makes the step before the present the present.
    pub(super) fn undo(&mut self) {
        travel(&mut self.past, &mut self.now, &mut self.future);
        self.typing = None;
    }

    /// Makes the step after the present the present.
    pub(super) fn redo(&mut self) {
        travel(&mut self.future, &mut self.now, &mut self.past);
        self.typing = None;
    }
}

/// Takes the last snapshot of `from` as the present, and puts the present at the end of `to`.
fn travel(from: &mut Rc<Vec<Snapshot>>, now: &mut Snapshot, to: &mut Rc<Vec<Snapshot>>) {
    if let Some(then) = from.last().cloned() {
        Rc::make_mut(from).pop();
        Rc::make_mut(to).push(std::mem::replace(now, then));
    }
}
