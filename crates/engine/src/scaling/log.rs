//! The log of scaling activities. An answer that stays the same from one evaluation to the next is one entry.

use crate::run::{Activity, Cause, Direction, LaunchFailure, NotScaledReason, Outcome, PERIOD_S};

/// Activities in order of time.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    entries: Vec<Activity>,
    /// Entries of refusals that may go on.
    refused: Vec<usize>,
}

impl Log {
    /// Returns an empty log in the memory of `recycled`, with room for the activities of a busy fleet: a list that grows by
    /// doubling copies all it has again and again.
    pub(super) fn new(periods: usize, mut recycled: Vec<Activity>) -> Self {
        recycled.clear();
        recycled.reserve(periods / 16);
        Self {
            entries: recycled,
            refused: Vec::new(),
        }
    }

    /// Adds an entry: an activity that begins, or an answer that changes nothing for a new reason. Returns the entry's index.
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

    /// Returns whether an activity begins at this moment.
    pub(super) fn has_begun(&self, entry: usize, now_s: f64) -> bool {
        (self.entries.get(entry)).is_some_and(|activity| activity.start_s == now_s)
    }

    /// Ends an activity.
    pub(super) fn end(&mut self, entry: usize, now_s: f64, outcome: Outcome) {
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.end_s = Some(now_s);
            activity.outcome = outcome;
        }
    }

    /// Adds an entry for something that left capacity as it is (new bounds that it already keeps).
    pub(super) fn done(&mut self, now_s: f64, desired: u32, cause: Cause) {
        self.add(now_s, desired, desired, cause, Outcome::Successful);
    }

    /// Notes that the answer of an entry has been repeated, last at `now_s`.
    pub(super) fn repeat(&mut self, entry: usize, now_s: f64, times: u32) {
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.end_s = Some(now_s);
            activity.evaluations += times;
        }
    }

    /// Notes that more instances are replaced for the reason of an entry.
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

    /// Logs that launches are refused. A refusal that is the same as an evaluation before continues its entry.
    #[cold]
    pub(super) fn refuse(
        &mut self,
        now_s: f64,
        (from, to): (u32, u32),
        (cause, failure): (Cause, LaunchFailure),
    ) {
        let by = Asker::of(&cause);
        let previous_s = now_s - f64::from(PERIOD_S);
        let same = |activity: &Activity| {
            let is_same = |old: LaunchFailure| {
                core::mem::discriminant(&old.reason) == core::mem::discriminant(&failure.reason)
            };
            matches!(activity.outcome, Outcome::Failed(old) if is_same(old))
                && Asker::of(&activity.cause) == by
                && (activity.from, activity.to) == (from, to)
        };
        let entries = &self.entries;
        let ended = |entry: &usize| entries.get(*entry).and_then(|activity| activity.end_s);
        (self.refused).retain(|entry| ended(entry).is_some_and(|end_s| end_s >= previous_s));
        let mut refused = self.refused.iter().copied();
        let Some(entry) = refused.find(|entry| entries.get(*entry).is_some_and(same)) else {
            let entry = self.add(now_s, from, to, cause, Outcome::Failed(failure));
            self.refused.push(entry);
            return;
        };
        if let Some(activity) = self.entries.get_mut(entry) {
            activity.outcome = Outcome::Failed(failure);
            if let Cause::Replacement(replacement) = &mut activity.cause {
                replacement.instances = failure.instances;
            }
        }
        self.repeat(entry, now_s, 1);
    }

    /// Continues the entry of the evaluation before this one, if the answer is the same, and returns it. A scheduled action and a
    /// policy can both be waiting, so there may be two such entries. The end of what they wait for may be known by now, or be
    /// later than before.
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

/// What asks for a change: the source of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A policy, by its index in the scenario.
    Policy(usize, Direction),
    /// A scheduled action, by its index in the scenario.
    Scheduled(usize),
    /// The forecast of a policy.
    Predictive(usize),
    /// Replacements, and balance between zones.
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
