//! What an edit makes of the document. It knows nothing of undo, and never fails: what leads nowhere changes nothing.

use std::rc::Rc;

use scenario::{
    document::{PolicyType, ScalingPolicy, Scenario, ScheduledAction, StepScaling},
    field::{Field, ItemId, Kind, List, Place},
};
use words::NumberFormat;

use super::{
    Item,
    history::{Snapshot, Unread},
};
use crate::typed::{
    Editable, Unit, Wrong,
    number::{nudged, nudged_difference, parse},
};

impl Snapshot {
    /// Returns the document after a field's text became `text`, in a person's way of writing numbers.
    pub(super) fn typed(&self, field: Field, text: &str, format: NumberFormat) -> Self {
        let Some(editable) = Editable::of(field, &self.scenario) else {
            return self.clone();
        };
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let platform = scenario.platform;
        match editable.set(scenario, text, format) {
            Ok(()) => {
                let to = std::mem::replace(&mut scenario.platform, platform);
                if to != platform {
                    scenario.move_to(to);
                }
                now.forget(|other| other == field || is_piece_beside(other, field));
            }
            Err(wrong) => now = self.with_unread(field, text, wrong),
        }
        now
    }

    /// Returns the text one step up or down from `text`, where the field holds numbers and this is one.
    pub(super) fn nudged(
        &self,
        field: Field,
        text: &str,
        up: bool,
        format: NumberFormat,
    ) -> Option<String> {
        let editable = Editable::of(field, &self.scenario)?;
        let is_whole = match editable.kind {
            Kind::Number => false,
            Kind::Whole | Kind::Seed => true,
            _ => return None,
        };
        let value = parse(text, editable.unit, format).ok()?;
        let next = match editable.unit {
            Unit::Difference => nudged_difference,
            _ => nudged,
        };
        Some(format.typed(next(value, up, is_whole)))
    }

    /// Returns the document with a text that could not be read.
    pub(super) fn with_unread(&self, field: Field, text: &str, wrong: Wrong) -> Self {
        let mut now = self.clone();
        let text = text.to_owned();
        Rc::make_mut(&mut now.unread).insert(field, Unread { text, wrong });
        now
    }

    /// Returns the document with another item at the end of its list.
    pub(super) fn with(&self, item: Item) -> Self {
        self.changed(|scenario| {
            match item {
                Item::Layer(layer) => scenario.demand.push(layer),
                Item::Policy(policy) => scenario.policies.push(*policy),
                Item::Action(action) => scenario.scheduled_actions.push(action),
                Item::Failure(failure) => scenario.failures.push(failure),
                Item::OtherMachine(machine) => scenario.other_machines.push(machine),
            };
        })
    }

    /// Returns the document without an item of a list.
    pub(super) fn without(&self, list: List, id: ItemId) -> Self {
        self.changed(|scenario| match list {
            List::Demand => drop(scenario.demand.remove(id)),
            List::Policies => drop(scenario.policies.remove(id)),
            List::Actions => drop(scenario.scheduled_actions.remove(id)),
            List::Failures => drop(scenario.failures.remove(id)),
            List::OtherMachines => drop(scenario.other_machines.remove(id)),
        })
    }

    /// Returns the document with the item at this index of a list exchanged for the one after it.
    pub(super) fn swapped(&self, list: List, index: usize) -> Self {
        let next = index.saturating_add(1);
        self.changed(|scenario| match list {
            List::Demand => scenario.demand.swap(index, next),
            List::Policies => scenario.policies.swap(index, next),
            List::Actions => scenario.scheduled_actions.swap(index, next),
            List::Failures => scenario.failures.swap(index, next),
            List::OtherMachines => scenario.other_machines.swap(index, next),
        })
    }

    /// Returns the document with one more step in a step scaling policy: `width` in the metric's unit, above the others or below.
    pub(super) fn with_step(&self, policy: ItemId, width: f64, above: bool) -> Self {
        self.with_steps(policy, |steps| steps.add(width, above))
    }

    /// Returns the document without a step of a policy.
    pub(super) fn without_step(&self, policy: ItemId, step: ItemId) -> Self {
        self.with_steps(policy, |steps| {
            if let Some(index) = steps.steps.index(step) {
                steps.remove(index);
            }
        })
    }

    fn with_steps(&self, policy: ItemId, change: impl FnOnce(&mut StepScaling)) -> Self {
        self.changed(|scenario| {
            let policy = scenario.policies.of_mut(policy);
            if let Some(steps) = policy.and_then(|policy| policy.step_scaling.as_mut()) {
                change(steps);
            }
        })
    }

    /// Returns the document with an alarm for a policy that lacks one: the alarm that a new policy has.
    pub(super) fn with_alarm(&self, policy: ItemId) -> Self {
        self.changed(|scenario| {
            let added = ScalingPolicy::step("").on(scenario.platform);
            if let Some(policy) = scenario.policies.of_mut(policy)
                && matches!(
                    policy.policy_type,
                    PolicyType::StepScaling | PolicyType::SimpleScaling
                )
                && policy.alarm.is_none()
            {
                policy.alarm = added.alarm;
            }
        })
    }

    /// Returns the document with the scenario changed, and without the texts of fields that it no longer has.
    fn changed(&self, change: impl FnOnce(&mut Scenario)) -> Self {
        let mut now = self.clone();
        change(Rc::make_mut(&mut now.scenario));
        let scenario = Rc::clone(&now.scenario);
        now.forget(|field| Editable::of(field, &scenario).is_none());
        now
    }

    /// Forgets the texts that could not be read in the fields that `is_gone` names.
    fn forget(&mut self, is_gone: impl Fn(Field) -> bool) {
        if self.unread.keys().any(|field| is_gone(*field)) {
            Rc::make_mut(&mut self.unread).retain(|field| !is_gone(*field));
        }
    }
}

/// Whether `other` is a piece of the same schedule as `field`: an edit of one replaces the expression that both are pieces of.
fn is_piece_beside(other: Field, field: Field) -> bool {
    let is_of_schedule = |field: Field| {
        matches!(field.place, Place::Item(List::Actions, _))
            && (field.name == ScheduledAction::schedule.name || field.name.starts_with("Schedule."))
    };
    other.place == field.place && is_of_schedule(other) && is_of_schedule(field)
}
