//! Retry storms in words: that one outlasted its cause, what would have ended it, and the figures of attempts.

use engine::{
    Report,
    advice::Change,
    report::{RetryFigures, RetryStorm},
};

use crate::Words;

impl Words {
    /// Returns what an incident has become after its cause was over. `at`: when that was.
    pub(crate) fn why_storm(self, storm: &RetryStorm, at: &str) -> String {
        let attempts = self.number(storm.attempts_per_request, 1);
        let time = self.duration(storm.lasts_s);
        match storm.goes_on {
            true => self.why_storm_goes_on(at, &attempts, &time),
            false => self.why_storm_outlasts(at, &attempts, &time),
        }
    }

    /// Returns a change as the subject of a sentence that says what it would have done; `None` where sentences of its own do.
    pub(crate) fn change_that_ends(self, change: Change) -> Option<String> {
        Some(match change {
            Change::MaxAttempts(n) => self.change_to_attempts(n.into(), &self.count(n)),
            Change::RetryBudget(share) => self.change_to_budget(&self.percent(share, 0)),
            Change::QueueLimit(limit) => self.change_to_queue_limit(&self.integer(limit)),
            Change::MinAndMax { min, max } => {
                self.change_to_bounds(&self.count(min), &self.count(max))
            }
            _ => return None,
        })
    }

    /// Returns the figures of attempts: names, values, what they mean, and the numbers.
    pub(crate) fn retry_figures(
        self,
        report: &Report,
    ) -> Vec<(&'static str, String, &'static str, f64)> {
        let Some(RetryFigures {
            attempts,
            attempts_per_request,
            wasted,
            ..
        }) = report.retries
        else {
            return Vec::new();
        };
        let each = self.number(attempts_per_request, 2);
        let share = self.percent(wasted / attempts.max(f64::MIN_POSITIVE), 3);
        vec![
            (
                self.key_attempts(),
                self.figure_attempts(&self.compact(attempts), &each),
                self.about_attempts(),
                attempts,
            ),
            (
                self.key_wasted(),
                self.figure_share(&self.compact(wasted), &share),
                self.about_wasted(),
                wasted,
            ),
        ]
    }
}
