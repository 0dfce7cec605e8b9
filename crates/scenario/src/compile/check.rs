//! Collects problems while fields are checked, so that all are found at once.

use std::ops::RangeInclusive;

use super::problem::{Problem, ProblemKind};

/// The problems found so far.
#[derive(Default)]
pub(super) struct Checks {
    pub problems: Vec<Problem>,
}

impl Checks {
    /// Notes a problem.
    pub fn problem(&mut self, field: impl Into<String>, kind: ProblemKind) {
        self.problems.push(Problem {
            field: field.into(),
            kind,
        });
    }

    /// A number must be finite and within a range.
    pub fn number(&mut self, field: &str, value: f64, range: RangeInclusive<f64>) {
        let kind = if !value.is_finite() {
            ProblemKind::NotANumber
        } else if value < *range.start() {
            ProblemKind::TooSmall {
                min: *range.start(),
            }
        } else if value > *range.end() {
            ProblemKind::TooLarge { max: *range.end() }
        } else {
            return;
        };
        self.problem(field, kind);
    }

    /// A whole number must be within a range.
    pub fn whole(&mut self, field: &str, value: u32, range: RangeInclusive<u32>) {
        let (least, most) = (f64::from(*range.start()), f64::from(*range.end()));
        self.number(field, f64::from(value), least..=most);
    }

    /// The same for a number that need not be given.
    pub fn whole_if(&mut self, field: &str, value: Option<u32>, range: RangeInclusive<u32>) {
        if let Some(value) = value {
            self.whole(field, value, range);
        }
    }

    /// A value must reach that of another field.
    pub fn reaches(&mut self, field: &str, value: f64, other: &'static str, least: f64) {
        if value < least {
            self.problem(
                field,
                ProblemKind::BelowOther {
                    other,
                    value: least,
                },
            );
        }
    }

    /// A text may have so many characters.
    pub fn text(&mut self, field: &str, text: &str, max: u32) {
        if text.chars().count() > max as usize {
            self.problem(field, ProblemKind::TooLong { max });
        }
    }

    /// A list may have so many entries. `false` if it has more.
    pub fn list<T>(&mut self, field: &str, list: &[T], max: u32) -> bool {
        let fits = list.len() <= max as usize;
        if !fits {
            self.problem(field, ProblemKind::TooMany { max });
        }
        fits
    }

    /// A name must be there, fit, and be no other's: `earlier` are those before it in the list.
    pub fn name<'a>(
        &mut self,
        field: &str,
        name: &str,
        mut earlier: impl Iterator<Item = &'a str>,
    ) {
        if name.is_empty() {
            self.problem(field, ProblemKind::Missing);
        }
        self.text(field, name, 256);
        if let Some(other) = earlier.position(|other| other == name) {
            self.problem(field, ProblemKind::NotUnique { other });
        }
    }
}
