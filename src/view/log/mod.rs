//! Why it scaled: every activity and every alarm that led to none, filtered, and tied to the cross-hair both ways.

mod list;
mod reveal;
mod shown;
mod told;

use std::rc::Rc;

use chart::nearest;
use engine::run::{Activity, Outcome as Ending};
use words::Words;

pub use self::{
    list::Log,
    reveal::{Revealed, reveal},
    shown::Shown,
    told::Told,
};
use super::desk::Now;
use crate::outcome::Outcome;

/// Which activities are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    Changes,
    NotScaled,
}

impl Filter {
    pub const ALL: [Self; 3] = [Self::All, Self::Changes, Self::NotScaled];

    pub fn name(self, words: Words) -> &'static str {
        match self {
            Self::All => words.log_all(),
            Self::Changes => words.log_changes(),
            Self::NotScaled => words.log_not_scaled(),
        }
    }

    fn takes(self, activity: &Activity) -> bool {
        let not_scaled = matches!(activity.outcome, Ending::NotScaled(_));
        match self {
            Self::All => true,
            Self::Changes => !not_scaled,
            Self::NotScaled => not_scaled,
        }
    }
}

/// Indices of the activities that a filter lets through: those of `before` where nothing changed.
pub fn listed(before: Option<&Now>, outcome: &Rc<Outcome>, filter: Filter) -> Rc<Vec<usize>> {
    let same = before.filter(|now| now.filter == filter && Rc::ptr_eq(&now.outcome, outcome));
    if let Some(now) = same {
        return Rc::clone(&now.listed);
    }
    let mut listed = Vec::new();
    for (index, activity) in outcome.run.activities.iter().enumerate() {
        if filter.takes(activity) {
            listed.push(index);
        }
    }
    Rc::new(listed)
}

/// Place of the entry nearest to the cross-hair; of several at one moment, the one that was chosen.
pub fn selected(now: &Now, chosen: Option<usize>) -> Option<usize> {
    let at_s = now.cursor_s?;
    let start_s = |place: usize| now.start_s(place).unwrap_or(f64::NAN);
    chosen
        .filter(|place| start_s(*place) == at_s)
        .or_else(|| nearest(now.listed.len(), start_s, at_s))
}
