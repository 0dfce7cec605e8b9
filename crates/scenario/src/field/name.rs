//! The name of a field: where it is, and what it is called there. It prints as its path, and is read from one.

use std::{fmt, str::FromStr};

use super::{
    ItemId, Spec, Unit, Value, Wrong,
    sections::{Fixed, entry, entry_mut},
};
use crate::document::Scenario;

/// The scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// Layers of demand.
    Demand,
    /// What fails.
    Failures,
    /// Scaling policies.
    Policies,
    /// Scheduled actions.
    Actions,
    /// Machines to compare with.
    OtherMachines,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Demand,
        Self::Failures,
        Self::Policies,
        Self::Actions,
        Self::OtherMachines,
    ];

    /// Returns the name that paths begin with.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Policies => "policies",
            Self::Actions => "scheduled_actions",
            Self::Failures => "failures",
            Self::OtherMachines => "other_machines",
        }
    }

    /// Returns a field that each item has.
    #[must_use]
    pub const fn field(self, name: &'static str) -> ItemField {
        ItemField { list: self, name }
    }

    /// Returns the list as a whole.
    #[must_use]
    pub const fn whole(self) -> Field {
        Fixed::Scenario.field(self.name())
    }

    /// Returns an item as a whole.
    #[must_use]
    pub const fn item(self, id: ItemId) -> Field {
        self.field("").of(id)
    }

    /// Returns the numbers of its items, in their order.
    #[must_use]
    pub fn ids(self, scenario: &Scenario) -> &[ItemId] {
        match self {
            Self::Demand => scenario.demand.ids(),
            Self::Policies => scenario.policies.ids(),
            Self::Actions => scenario.scheduled_actions.ids(),
            Self::Failures => scenario.failures.ids(),
            Self::OtherMachines => scenario.other_machines.ids(),
        }
    }
}

/// Where fields are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In a section that every scenario has.
    Section(Fixed),
    /// In an item of a list.
    Item(List, ItemId),
    /// In a step of a policy: the policy's number, the step's.
    Step(ItemId, ItemId),
}

impl Place {
    /// Returns a field there, or with an empty name the place as a whole.
    #[must_use]
    pub const fn field(self, name: &'static str) -> Field {
        Field { place: self, name }
    }
}

/// The name of a field of a scenario; also of a list, of an item, and of whatever else a problem can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// Where it is.
    pub place: Place,
    /// What it is called there; empty: the place as a whole.
    pub name: &'static str,
}

impl Field {
    /// Returns its path in a document, in which items are told by their indexes.
    #[must_use]
    pub fn path(self, scenario: &Scenario) -> String {
        let index = |ids: &[ItemId], id: ItemId| {
            let index = ids.iter().position(|known| *known == id);
            index
                .and_then(|index| u32::try_from(index).ok())
                .map_or(id, ItemId)
        };
        let place = match self.place {
            Place::Section(_) => self.place,
            Place::Item(list, id) => Place::Item(list, index(list.ids(scenario), id)),
            Place::Step(policy, step) => {
                let given = scenario.policies.of(policy);
                let steps = given.and_then(|given| given.step_scaling.as_ref());
                let step = steps.map_or(step, |steps| index(steps.steps.ids(), step));
                Place::Step(index(scenario.policies.ids(), policy), step)
            }
        };
        place.field(self.name).to_string()
    }

    /// Returns what is known of it; `None` where the scenario has no such field.
    #[must_use]
    pub fn spec(self, scenario: &Scenario) -> Option<&'static Spec> {
        let (section, index) = entry(scenario, self)?;
        section.spec(index)
    }

    /// Returns what its number counts.
    #[must_use]
    pub fn unit(self, scenario: &Scenario) -> Unit {
        entry(scenario, self).map_or(Unit::None, |(section, index)| section.unit(index))
    }

    /// Returns what it holds; `None` where the scenario has no such field.
    #[must_use]
    pub fn read(self, scenario: &Scenario) -> Option<Value> {
        let (section, index) = entry(scenario, self)?;
        section.read(index)
    }

    /// Writes its value.
    ///
    /// # Errors
    /// Where there is no such field, or it does not take the value; the scenario then is as it was.
    pub fn write(self, scenario: &mut Scenario, value: &Value) -> Result<(), Wrong> {
        let (section, index) = entry_mut(scenario, self).ok_or(Wrong::NoField)?;
        section.write(index, value)
    }
}

/// The name of a field that each item of a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemField {
    /// The list.
    pub list: List,
    /// What it is called there.
    pub name: &'static str,
}

impl ItemField {
    /// Returns the field of one item.
    #[must_use]
    pub const fn of(self, id: ItemId) -> Field {
        Place::Item(self.list, id).field(self.name)
    }
}

/// The name of a field that each step of a policy has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepField {
    /// What it is called there.
    pub name: &'static str,
}

impl StepField {
    /// Returns a field of such a name.
    #[must_use]
    pub const fn field(self, name: &'static str) -> Self {
        Self { name }
    }

    /// Returns the field of one step.
    #[must_use]
    pub const fn of(self, policy: ItemId, step: ItemId) -> Field {
        Place::Step(policy, step).field(self.name)
    }
}

/// What [`StepField`]s are made of.
pub(crate) const STEP: StepField = StepField { name: "" };

/// The list of steps in paths.
const STEPS: &str = "StepAdjustments";

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Section(section) => f.write_str(section.path()),
            Self::Item(list, id) => write!(f, "{}[{}]", list.name(), id.0),
            Self::Step(policy, step) => {
                let policies = List::Policies.name();
                write!(f, "{policies}[{}].{STEPS}[{}]", policy.0, step.0)
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)?;
        if self.name.is_empty() {
            return Ok(());
        }
        if self.place != Place::Section(Fixed::Scenario) {
            f.write_str(".")?;
        }
        f.write_str(self.name)
    }
}

/// A text that is no field's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoField;

impl fmt::Display for NoField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the path of a field")
    }
}

impl std::error::Error for NoField {}

impl FromStr for Field {
    type Err = NoField;

    fn from_str(path: &str) -> Result<Self, NoField> {
        let named = |place: Place, name: &str| {
            let name = known(place, name).ok_or(NoField)?;
            Ok(place.field(name))
        };
        if let Some((list, id, rest)) = item(path) {
            return match entry_of(rest, STEPS) {
                Some((step, rest)) if list == List::Policies => named(Place::Step(id, step), rest),
                _ => named(Place::Item(list, id), rest),
            };
        }
        let mut all = Fixed::ALL.iter().filter_map(|section| {
            let path = match section.path() {
                "" => path,
                prefix => path.strip_prefix(prefix)?.strip_prefix('.')?,
            };
            let place = Place::Section(*section);
            Some(place.field(known(place, path).filter(|name| !name.is_empty())?))
        });
        all.next().ok_or(NoField)
    }
}

/// Returns a name that there can be in a place, or the empty one.
fn known(place: Place, name: &str) -> Option<&'static str> {
    let mut names = place.specs().map(|spec| spec.name).chain([""]);
    names.find(|known| *known == name)
}

/// Splits `demand[2].event.at` into list, number and rest.
fn item(path: &str) -> Option<(List, ItemId, &str)> {
    let of = |list: List| {
        let (id, rest) = entry_of(path, list.name())?;
        Some((list, id, rest))
    };
    List::ALL.into_iter().find_map(of)
}

/// Splits `demand[2].event.at` behind its list into number and rest.
fn entry_of<'a>(path: &'a str, list: &str) -> Option<(ItemId, &'a str)> {
    let (id, rest) = path
        .strip_prefix(list)?
        .strip_prefix('[')?
        .split_once(']')?;
    let rest = match rest {
        "" => "",
        rest => rest.strip_prefix('.')?,
    };
    Some((ItemId(id.parse().ok()?), rest))
}
