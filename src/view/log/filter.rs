//! Which activities are listed.

use engine::run::{Activity, Outcome, Run};
use words::Words;

/// Which activities are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every one.
    All,
    /// Those that changed the fleet.
    Changes,
    /// Those that did not.
    NotScaled,
}

impl Filter {
    /// Every filter, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::All, Self::Changes, Self::NotScaled];

    /// Returns what the log opens on: the changes, which are what one looks for; where there are none, every activity.
    pub fn usual(run: &Run) -> Self {
        let is_change = |activity: &Activity| Self::Changes.takes(activity);
        match run.activities.iter().any(is_change) {
            true => Self::Changes,
            false => Self::All,
        }
    }

    /// Returns what the filter is called.
    pub fn name(self, words: Words) -> &'static str {
        match self {
            Self::All => words.log_all(),
            Self::Changes => words.log_changes(),
            Self::NotScaled => words.log_not_scaled(),
        }
    }

    /// Returns the indices of a run's activities that the filter lets through.
    pub fn indices(self, run: &Run) -> Vec<usize> {
        let activities = run.activities.iter().enumerate();
        activities
            .filter(|(_, activity)| self.takes(activity))
            .map(|(index, _)| index)
            .collect()
    }

    fn takes(self, activity: &Activity) -> bool {
        let not_scaled = matches!(activity.outcome, Outcome::NotScaled(_));
        match self {
            Self::All => true,
            Self::Changes => !not_scaled,
            Self::NotScaled => not_scaled,
        }
    }
}
