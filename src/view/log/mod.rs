//! Why it scaled: every activity and every alarm that led to none, filtered, and tied to the cross-hair both ways.

mod list;
mod shown;

use std::rc::Rc;

use chart::cursor::nearest;
use engine::run::{Activity, Outcome as Ending};
use words::Words;
use yew::prelude::*;

pub use self::list::Log;
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

/// What the log shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The filter.
    pub filter: Filter,
    /// Indices of the activities that it lets through.
    pub listed: Rc<Vec<usize>>,
    /// Place in `listed` of the entry nearest to the cross-hair.
    pub selected: Option<usize>,
}

/// Ties the log to the cross-hair: what to show, and the callbacks that choose a place in it and a filter.
#[hook]
pub fn use_log(
    outcome: &Rc<Outcome>,
    cursor_s: Option<f64>,
    on_choose: &Callback<f64>,
) -> (Choice, Callback<usize>, Callback<Filter>) {
    let filter = use_state_eq(|| Filter::All);
    let chosen = use_state_eq(|| None::<usize>);
    let listed = use_memo((Rc::clone(outcome), *filter), |(outcome, filter)| {
        let activities = outcome.run.activities.iter().enumerate();
        let taken = activities.filter(|(_, activity)| filter.takes(activity));
        taken.map(|(i, _)| i).collect::<Vec<usize>>()
    });
    let start_s = |place: usize| {
        let activity = listed
            .get(place)
            .and_then(|i| outcome.run.activities.get(*i));
        activity.map_or(f64::NAN, |a| a.start_s)
    };
    // Of several at one moment, the one that was chosen.
    let selected = cursor_s.and_then(|at_s| {
        let kept = chosen.filter(|place| start_s(*place) == at_s);
        kept.or_else(|| nearest(listed.len(), start_s, at_s))
    });
    let choose = {
        let chosen = chosen.setter();
        let when = (Rc::clone(&listed), Rc::clone(outcome), on_choose.clone());
        use_callback(when, move |place: usize, (listed, outcome, on_choose)| {
            chosen.set(Some(place));
            let index = listed.get(place);
            if let Some(activity) = index.and_then(|i| outcome.run.activities.get(*i)) {
                on_choose.emit(activity.start_s);
            }
        })
    };
    let on_filter = {
        let setter = filter.setter();
        use_callback((), move |to: Filter, ()| {
            chosen.set(None);
            setter.set(to);
        })
    };
    let filter = *filter;
    (
        Choice {
            filter,
            listed,
            selected,
        },
        choose,
        on_filter,
    )
}
