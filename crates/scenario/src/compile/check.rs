//! Collects problems while fields are checked, so that all are found at once.

use engine::sort_by_integer;

use super::problem::{Problem, ProblemKind};
use crate::{
    document::Scenario,
    field::{Field, ItemField, ItemId, Place, places},
};

/// The problems found so far.
#[derive(Default)]
pub(crate) struct Checks {
    pub problems: Vec<Problem>,
}

impl Checks {
    /// Returns the problems, those of a scenario's places together and in their order.
    pub fn in_order(mut self, scenario: &Scenario) -> Vec<Problem> {
        let places = places(scenario);
        let place = |problem: &Problem| places.iter().position(|it| *it == problem.field.place);
        // Those of no place of the scenario come first.
        sort_by_integer(&mut self.problems, |problem| {
            place(problem).map_or(-1, |index| index as i64)
        });
        self.problems
    }

    /// Notes a problem.
    pub fn problem(&mut self, field: Field, kind: ProblemKind) {
        self.problems.push(Problem { field, kind });
    }

    /// Checks an item of a list.
    pub fn within<T>(&mut self, id: ItemId, check: impl FnOnce(&mut ItemChecks<'_>) -> T) -> T {
        check(&mut ItemChecks { checks: self, id })
    }

    /// Whether nothing is wrong with any field of a place.
    pub fn is_right(&self, place: Place) -> bool {
        self.problems
            .iter()
            .all(|problem| problem.field.place != place)
    }

    /// Checks that a number is finite and within a range.
    pub fn number(&mut self, field: Field, value: f64, min: f64, max: f64) {
        let kind = if !value.is_finite() {
            ProblemKind::NotANumber
        } else if value < min {
            ProblemKind::TooSmall { min }
        } else if value > max {
            ProblemKind::TooLarge { max }
        } else {
            return;
        };
        self.problem(field, kind);
    }

    /// Checks a number that need not be given, as [`Self::number`] does.
    pub fn number_if(&mut self, field: Field, value: Option<f64>, min: f64, max: f64) {
        if let Some(value) = value {
            self.number(field, value, min, max);
        }
    }

    /// Checks that a value reaches that of another field.
    pub fn reaches(&mut self, field: Field, value: f64, other: Field, least: f64) {
        if value < least {
            let value = least;
            self.problem(field, ProblemKind::BelowOther { other, value });
        }
    }

    /// Checks that a value does not exceed that of another field, where both are given.
    pub fn stays_below(
        &mut self,
        field: Field,
        value: Option<f64>,
        other: Field,
        most: Option<f64>,
    ) {
        if let (Some(value), Some(most)) = (value, most)
            && value > most
        {
            self.problem(field, ProblemKind::AboveOther { other, value: most });
        }
    }

    /// Checks that a list has at most so many entries. Returns `false` if it has more.
    pub fn list(&mut self, field: Field, length: usize, max: u32) -> bool {
        let fits = length <= max as usize;
        if !fits {
            self.problem(field, ProblemKind::TooMany { max });
        }
        fits
    }

    /// Checks that a name is there, and is no other's: `first` is the index of the first of that name in the list.
    pub fn name(&mut self, field: Field, name: &str, index: usize, first: Option<usize>) {
        if name.is_empty() {
            self.problem(field, ProblemKind::Missing);
        }
        if let Some(other) = first.filter(|first| *first < index) {
            self.problem(field, ProblemKind::NotUnique { other });
        }
    }
}

/// The same within an item of a list, whose fields need no number then.
pub(crate) struct ItemChecks<'a> {
    pub checks: &'a mut Checks,
    pub id: ItemId,
}

impl ItemChecks<'_> {
    /// Notes a problem.
    pub fn problem(&mut self, field: ItemField, kind: ProblemKind) {
        self.checks.problem(field.of(self.id), kind);
    }

    /// Checks that a number that is given is finite and within a range.
    pub fn number_if(&mut self, field: ItemField, value: Option<f64>, min: f64, max: f64) {
        self.checks.number_if(field.of(self.id), value, min, max);
    }

    /// Checks that a list has at most so many entries. Returns `false` if it has more.
    pub fn list(&mut self, field: ItemField, length: usize, max: u32) -> bool {
        self.checks.list(field.of(self.id), length, max)
    }
}
