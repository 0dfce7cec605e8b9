//! The log of scaling activities. An answer that stays the same from one evaluation to the next is one entry.

use crate::run::{Activity, Cause, Direction, NotScaledReason, Outcome, PERIOD_S};

/// Activities in order of time.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    entries: Vec<Activity>,
}

impl Log {
    /// In the memory of `recycled`. Room for as many as a busy fleet has in so many periods: a list that doubles copies all it
    /// has, again and again.
    pub(super) fn new(periods: usize, mut recycled: Vec<Activity>) -> Self {
        recycled.clear();
        recycled.reserve(periods / 16);
        Self { entries: recycled }
    }

    /// An activity has begun, or nothing has changed for a reason that is new; gives the entry's index.
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        now_s: f64,
        from: u32,
        to: u32,
        cause: Cause,
        outcome: Outcome,
    ) -> usize {
        let index = self.entries.len();
        self.entries.push(Activity {
            start_s: now_s,
            end_s: (outcome != Outcome::InProgress).then_some(now_s),
            from,
            to,
            cause,
            outcome,
            evaluations: 1,
        });
        index
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
        self.add(now_s, desired, desired, cause, Outcome::Successful);
    }

    /// The answer of an entry has been given so many times more, last at `now_s`.
    pub(super) fn repeat(&mut self, entry: usize, now_s: f64, times: u32) {
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.end_s = Some(now_s);
            activity.evaluations += times;
        }
    }

    /// Instances are replaced once more, for the reason of an entry.
    pub(super) fn replace_again(&mut self, entry: usize, instances: u32) {
        if let Some(activity) = self.entries.get_mut(entry) {
            if let Cause::Replacement(replacement) = &mut activity.cause {
                replacement.instances = replacement.instances.saturating_add(instances);
            }
            activity.outcome = Outcome::InProgress;
            activity.end_s = None;
            activity.evaluations += 1;
        }
    }

    /// Continues the entry that the evaluation before this one gave or continued, if it says the same, and gives it;
    /// a scheduled action and a policy can both be waiting, so there may be two such entries. Until when that holds may be
    /// known by now, or be later than it was.
    pub(super) fn continue_last(
        &mut self,
        now_s: f64,
        desired: u32,
        by: Asker,
        reason: NotScaledReason,
    ) -> Option<usize> {
        let previous_s = now_s - f64::from(PERIOD_S);
        let same = |activity: &Activity| {
            matches!(activity.outcome, Outcome::NotScaled(old) if same_reason(old, reason))
                && activity.end_s.is_some_and(|end_s| end_s >= previous_s)
                && Asker::of(&activity.cause) == by
                && activity.to == desired
        };
        let newest = self.entries.len();
        let back = self.entries.iter().rev().take(2).position(same)?;
        let entry = newest - 1 - back;
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.outcome = Outcome::NotScaled(reason);
        }
        self.repeat(entry, now_s, 1);
        Some(entry)
    }

    pub(super) fn into_activities(self) -> Vec<Activity> {
        self.entries
    }
}

fn same_reason(a: NotScaledReason, b: NotScaledReason) -> bool {
    core::mem::discriminant(&a) == core::mem::discriminant(&b)
}

/// Who asks, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A policy, by its index in the scenario.
    Policy(usize, Direction),
    /// A scheduled action, by its index in the scenario.
    Scheduled(usize),
    /// The forecast of a policy.
    Predictive(usize),
    /// Health, or balance between zones.
    Health,
}

impl Asker {
    #[inline]
    fn of(cause: &Cause) -> Self {
        match cause {
            Cause::Policy(decision) => Self::Policy(decision.policy, decision.direction),
            Cause::Scheduled { action, .. } => Self::Scheduled(*action),
            Cause::Predictive(prediction) => Self::Predictive(prediction.policy),
            Cause::Replacement(_) => Self::Health,
        }
    }
}
