//! The scenarios whose runs are pinned beside the present one.

use std::rc::Rc;

use scenario::{document::Scenario, link::MOST_PINNED};

/// Them, in the order in which they were pinned; at most [`MOST_PINNED`].
pub type Pinned = Rc<Vec<Rc<Scenario>>>;

/// Returns scenarios as those that are pinned beside another.
pub fn all_pinned(scenarios: Vec<Scenario>) -> Pinned {
    Rc::new(scenarios.into_iter().map(Rc::new).collect())
}

/// Returns them with one more; without a change where it is there already, or where there is no room.
pub(super) fn with(pinned: &Pinned, scenario: &Rc<Scenario>) -> Pinned {
    let mut pinned = Rc::clone(pinned);
    if pinned.len() < MOST_PINNED && !pinned.contains(scenario) {
        Rc::make_mut(&mut pinned).push(Rc::clone(scenario));
    }
    pinned
}

/// Returns them without the one at a place.
pub(super) fn without(pinned: &Pinned, place: usize) -> Pinned {
    let left = pinned.iter().enumerate().filter(|(at, _)| *at != place);
    Rc::new(left.map(|(_, scenario)| Rc::clone(scenario)).collect())
}
