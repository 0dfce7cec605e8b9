//! Collects problems while fields are checked, so that all are found at once.

use super::problem::{Problem, ProblemKind};

/// The problems found so far.
#[derive(Default)]
pub(crate) struct Checks {
    pub problems: Vec<Problem>,
    /// What comes before the names of fields: `policies[0].`
    prefix: String,
}

impl Checks {
    /// From here on fields are those of an entry of a list: `policies[0].`, or of none: an empty text.
    pub fn within(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// Notes a problem.
    #[inline(never)]
    pub fn problem(&mut self, field: &str, kind: ProblemKind) {
        let field = [self.prefix.as_str(), field].concat();
        self.problems.push(Problem { field, kind });
    }

    /// A number must be finite and within a range.
    #[inline(never)]
    pub fn number(&mut self, field: &str, value: f64, min: f64, max: f64) {
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

    /// The same for a number that need not be given.
    #[inline(never)]
    pub fn number_if(&mut self, field: &str, value: Option<f64>, min: f64, max: f64) {
        if let Some(value) = value {
            self.number(field, value, min, max);
        }
    }

    /// A whole number must be within a range.
    #[inline(never)]
    pub fn whole(&mut self, field: &str, value: u32, min: u32, max: u32) {
        self.number(field, f64::from(value), f64::from(min), f64::from(max));
    }

    /// The same for a whole number that need not be given; it is 1 at least.
    #[inline(never)]
    pub fn count_if(&mut self, field: &str, value: Option<u32>, max: u32) {
        if let Some(value) = value {
            self.whole(field, value, 1, max);
        }
    }

    /// A value must reach that of another field.
    #[inline(never)]
    pub fn reaches(&mut self, field: &str, value: f64, other: &'static str, least: f64) {
        if value < least {
            let kind = ProblemKind::BelowOther {
                other,
                value: least,
            };
            self.problem(field, kind);
        }
    }

    /// A value must not exceed that of another field, where both are given.
    #[inline(never)]
    pub fn stays_below(
        &mut self,
        field: &str,
        value: Option<f64>,
        other: &'static str,
        most: Option<f64>,
    ) {
        if let (Some(value), Some(most)) = (value, most)
            && value > most
        {
            self.problem(field, ProblemKind::AboveOther { other, value: most });
        }
    }

    /// A text may have so many characters.
    #[inline(never)]
    pub fn text(&mut self, field: &str, text: &str, max: u32) {
        if text.chars().count() > max as usize {
            self.problem(field, ProblemKind::TooLong { max });
        }
    }

    /// A list may have so many entries. `false` if it has more.
    #[inline(never)]
    pub fn list(&mut self, field: &str, length: usize, max: u32) -> bool {
        let fits = length <= max as usize;
        if !fits {
            self.problem(field, ProblemKind::TooMany { max });
        }
        fits
    }

    /// A name must be there, fit, and be no other's: `first` is the index of the first of that name in the list.
    #[inline(never)]
    pub fn name(&mut self, field: &str, name: &str, index: usize, first: Option<usize>) {
        if name.is_empty() {
            self.problem(field, ProblemKind::Missing);
        }
        self.text(field, name, 256);
        if let Some(other) = first.filter(|first| *first < index) {
            self.problem(field, ProblemKind::NotUnique { other });
        }
    }
}
