//! The log of scaling activities. An answer that stays the same from one evaluation to the next is one entry.

use crate::run::{Activity, Cause, NotScaledReason, Outcome, PERIOD_S};

/// Activities in order of time.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    entries: Vec<Activity>,
}

impl Log {
    /// Room for as many as a busy fleet has in so many periods: a list that doubles copies all it has, again and again.
    pub(super) fn new(periods: usize) -> Self {
        Self {
            entries: Vec::with_capacity(periods / 16),
        }
    }

    /// An activity has begun; gives its place.
    pub(super) fn begin(&mut self, now_s: f64, from: u32, to: u32, cause: Cause) -> usize {
        self.entries.push(Activity {
            start_s: now_s,
            end_s: None,
            from,
            to,
            cause,
            outcome: Outcome::InProgress,
            evaluations: 1,
        });
        self.entries.len() - 1
    }

    /// An activity is over.
    pub(super) fn end(&mut self, entry: usize, now_s: f64, outcome: Outcome) {
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.end_s = Some(now_s);
            activity.outcome = outcome;
        }
    }

    /// Something was done that left capacity as it is (new bounds that it already keeps).
    pub(super) fn done(&mut self, now_s: f64, desired: u32, cause: Cause) {
        let entry = self.begin(now_s, desired, desired, cause);
        self.end(entry, now_s, Outcome::Successful);
    }

    /// The answer of an entry has been given so many times more, last at `now_s`.
    pub(super) fn repeat(&mut self, entry: usize, now_s: f64, times: u32) {
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.end_s = Some(now_s);
            activity.evaluations += times;
        }
    }

    /// Nothing changed. Gives the entry. Continues an entry that the evaluation before this one gave or continued, if it says the same;
    /// a scheduled action and a policy can both be waiting, so there may be two such entries.
    pub(super) fn unchanged(
        &mut self,
        now_s: f64,
        desired: u32,
        cause: Cause,
        reason: NotScaledReason,
    ) -> usize {
        let previous_s = now_s - f64::from(PERIOD_S);
        let same = |activity: &Activity| {
            matches!(activity.outcome, Outcome::NotScaled(old) if same_reason(old, reason))
                && activity.end_s.is_some_and(|end_s| end_s >= previous_s)
                && same_cause(activity.cause, cause)
                && activity.to == desired
        };
        let newest = self.entries.len();
        if let Some(back) = self.entries.iter().rev().take(2).position(same) {
            let entry = newest - 1 - back;
            self.repeat(entry, now_s, 1);
            entry
        } else {
            let entry = self.begin(now_s, desired, desired, cause);
            self.end(entry, now_s, Outcome::NotScaled(reason));
            entry
        }
    }

    pub(super) fn into_activities(self) -> Vec<Activity> {
        self.entries
    }
}

fn same_reason(a: NotScaledReason, b: NotScaledReason) -> bool {
    core::mem::discriminant(&a) == core::mem::discriminant(&b)
}

fn same_cause(a: Cause, b: Cause) -> bool {
    match (a, b) {
        (Cause::Policy(a), Cause::Policy(b)) => a.policy == b.policy && a.direction == b.direction,
        (Cause::Scheduled { action: a, .. }, Cause::Scheduled { action: b, .. }) => a == b,
        _ => false,
    }
}
