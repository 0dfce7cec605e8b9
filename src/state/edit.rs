//! What an edit makes of the document. It knows nothing of undo, and never fails: what leads nowhere changes nothing.

use std::rc::Rc;

use scenario::{
    document::{PolicyType, ScalingPolicy, StepScaling},
    field::Kind,
};

use super::{
    Item,
    history::{Snapshot, Unread},
};
use crate::typed::{
    List, Unit, Wrong,
    number::{nudged, nudged_difference, parse},
    slot::{place, split},
};

impl Snapshot {
    /// After a field's text became `text`.
    pub(super) fn typed(&self, path: &str, text: &str) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let platform = scenario.platform;
        let Some(slot) = place(scenario, path) else {
            return self.clone();
        };
        match slot.set(text) {
            Ok(()) => {
                let to = std::mem::replace(&mut scenario.platform, platform);
                if to != platform {
                    scenario.move_to(to);
                }
                let read = |other: &str| other == path || is_piece_beside(other, path);
                if now.unread.keys().any(|other| read(other)) {
                    Rc::make_mut(&mut now.unread).retain(|other, _| !read(other));
                }
            }
            Err(wrong) => now = self.with_unread(path, text, wrong),
        }
        now
    }

    /// Returns the text one step up or down from `text`, where the field holds numbers and this is one.
    pub(super) fn nudged(&self, path: &str, text: &str, up: bool) -> Option<String> {
        let mut scenario = (*self.scenario).clone();
        let slot = place(&mut scenario, path)?;
        let whole = match slot.kind {
            Kind::Number => false,
            Kind::Whole | Kind::Seed => true,
            _ => return None,
        };
        let value = parse(text, slot.unit()).ok()?;
        let next = match slot.unit() {
            Unit::Difference => nudged_difference,
            _ => nudged,
        };
        Some(next(value, up, whole).to_string())
    }

    /// With a text that could not be read.
    pub(super) fn with_unread(&self, path: &str, text: &str, wrong: Wrong) -> Self {
        let mut now = self.clone();
        let text = text.to_owned();
        Rc::make_mut(&mut now.unread).insert(path.to_owned(), Unread { text, wrong });
        now
    }

    /// With another item, of this id, at the end of its list.
    pub(super) fn with(&self, item: Item, id: u32) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let list = match item {
            Item::Layer(layer) => {
                scenario.demand.push(layer);
                List::Demand
            }
            Item::Policy(policy) => {
                scenario.policies.push(*policy);
                List::Policies
            }
            Item::Action(action) => {
                scenario.scheduled_actions.push(action);
                List::Actions
            }
            Item::Failure(failure) => {
                scenario.failures.push(failure);
                List::Failures
            }
        };
        Rc::make_mut(&mut now.ids).of_mut(list).push(id);
        now
    }

    /// Without an item of a list.
    pub(super) fn without(&self, list: List, index: usize) -> Self {
        let mut now = self.clone();
        if index >= self.ids.of(list).len() {
            return now;
        }
        let scenario = Rc::make_mut(&mut now.scenario);
        match list {
            List::Demand => drop(scenario.demand.remove(scenario.demand.id(index))),
            List::Policies => drop(scenario.policies.remove(scenario.policies.id(index))),
            List::Actions => {
                drop(
                    scenario
                        .scheduled_actions
                        .remove(scenario.scheduled_actions.id(index)),
                );
            }
            List::Failures => drop(scenario.failures.remove(scenario.failures.id(index))),
        }
        Rc::make_mut(&mut now.ids).of_mut(list).remove(index);
        now.renumber(list, |at| match at {
            at if at == index => None,
            at if at > index => Some(at - 1),
            at => Some(at),
        });
        now
    }

    /// With a step more in a step scaling policy, so wide in the metric's unit, above the others or below.
    pub(super) fn with_step(&self, policy: usize, width: f64, above: bool) -> Self {
        self.with_steps(policy, |steps| steps.add(width, above))
    }

    fn with_steps(&self, policy: usize, change: impl FnOnce(&mut StepScaling)) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let policy = scenario.policies.get_mut(policy);
        if let Some(steps) = policy.and_then(|policy| policy.step_scaling.as_mut()) {
            change(steps);
        }
        now
    }

    /// With an alarm as a policy that is added has it.
    pub(super) fn with_alarm(&self, policy: usize) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let added = ScalingPolicy::step("").on(scenario.platform);
        if let Some(policy) = scenario.policies.get_mut(policy)
            && matches!(
                policy.policy_type,
                PolicyType::StepScaling | PolicyType::SimpleScaling
            )
            && policy.alarm.is_none()
        {
            policy.alarm = added.alarm;
        }
        now
    }

    /// Without a step of a policy.
    pub(super) fn without_step(&self, policy: usize, step: usize) -> Self {
        let mut now = self.with_steps(policy, |steps| steps.remove(step));
        let stem = [&List::Policies.item(policy), ".StepAdjustments["].concat();
        let moved = |path: &str| -> Option<String> {
            let Some((index, leaf)) = path.strip_prefix(&stem).and_then(|at| at.split_once(']'))
            else {
                return Some(path.to_owned());
            };
            match index.parse::<usize>() {
                Ok(index) if index > step => Some(format!("{stem}{}]{leaf}", index - 1)),
                Ok(index) if index == step => None,
                _ => Some(path.to_owned()),
            }
        };
        let unread = now.unread.iter();
        let unread = unread.filter_map(|(path, unread)| Some((moved(path)?, unread.clone())));
        now.unread = Rc::new(unread.collect());
        now
    }

    /// With an item of a list behind the one that came after it.
    pub(super) fn swapped(&self, list: List, index: usize) -> Self {
        let mut now = self.clone();
        if index.saturating_add(1) >= self.ids.of(list).len() {
            return now;
        }
        let scenario = Rc::make_mut(&mut now.scenario);
        match list {
            List::Demand => scenario.demand.swap(index, index + 1),
            List::Policies => scenario.policies.swap(index, index + 1),
            List::Actions => scenario.scheduled_actions.swap(index, index + 1),
            List::Failures => scenario.failures.swap(index, index + 1),
        }
        Rc::make_mut(&mut now.ids)
            .of_mut(list)
            .swap(index, index + 1);
        now.renumber(list, |at| match at {
            at if at == index => Some(index + 1),
            at if at == index + 1 => Some(index),
            at => Some(at),
        });
        now
    }

    /// Keeps texts that could not be read with their items.
    fn renumber(&mut self, list: List, to: impl Fn(usize) -> Option<usize>) {
        if self.unread.is_empty() {
            return;
        }
        let moved = self.unread.iter().filter_map(|(path, unread)| {
            let path = match split(path) {
                Some((of, at, rest)) if of == list => format!("{}.{rest}", list.item(to(at)?)),
                _ => path.clone(),
            };
            Some((path, unread.clone()))
        });
        self.unread = Rc::new(moved.collect());
    }
}

/// Whether a field is another piece of the schedule that `path` is about: whatever it could not read is gone with the
/// expression that it was a piece of.
fn is_piece_beside(other: &str, path: &str) -> bool {
    const SCHEDULE: &str = ".Schedule";
    let ends = |path: &str| path.find(SCHEDULE).map(|at| at + SCHEDULE.len());
    match (ends(other), ends(path)) {
        (Some(a), Some(b)) => {
            other.get(..a) == path.get(..b)
                && [other.get(a..), path.get(b..)]
                    .iter()
                    .all(|rest| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        }
        _ => false,
    }
}
