//! One field of `cron(…)`: numbers, names, ranges, steps and lists of them. What a day field knows beyond that is not here.

use super::problem::{CronField, FieldProblem};

/// Most characters of a field that its problem quotes.
const MOST_SHOWN: usize = 20;

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The values that a field allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedValues {
    list: Vec<u16>,
    /// How many the field could allow.
    of: usize,
}

impl AllowedValues {
    /// Returns the values in ascending order; there is at least one.
    #[must_use]
    pub fn list(&self) -> &[u16] {
        &self.list
    }

    /// Returns whether the field allows everything.
    #[must_use]
    pub fn allows_all(&self) -> bool {
        self.list.len() == self.of
    }

    /// Returns whether the field allows this value.
    #[must_use]
    pub fn allows(&self, value: u16) -> bool {
        self.list.binary_search(&value).is_ok()
    }

    /// Returns the first value and the step, where the field allows every such step from the first value to its end: `10/20`.
    #[must_use]
    pub fn steps(&self) -> Option<(u16, u16)> {
        let [first, second, ..] = self.list[..] else {
            return None;
        };
        let step = second - first;
        let even = (self.list.windows(2)).all(|pair| matches!(pair, [a, b] if b - a == step));
        // Behind the last the next would be beyond the field; all fields that are asked begin with 0.
        let ends = self
            .list
            .last()
            .is_some_and(|last| usize::from(last + step) >= self.of);
        (even && ends).then_some((first, step))
    }
}

/// Reads a field without `?`, `L`, `W` and `#`, whose readers are in `cron`.
pub(super) fn values(field: CronField, text: &str) -> Result<AllowedValues, FieldProblem> {
    let (min, max) = field.range();
    // Of a plain cron's days of the week the last is the first again.
    let wraps_onto_first = field == CronField::DayOfWeekFromZero;
    let cycle = max - min + u16::from(!wraps_onto_first);
    let size = usize::from(cycle);
    let mut allowed = vec![false; size];
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(self::step(step, max)?)),
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (min, max),
            Some((from, to)) => (value(field, from)?, value(field, to)?),
            None if step.is_some() => (value(field, range)?, max),
            None => {
                let value = value(field, range)?;
                (value, value)
            }
        };
        // A range may wrap: hours 20-2. There is no year before the first.
        let length = match to.checked_sub(from) {
            Some(length) => length,
            None if field == CronField::Year => return Err(FieldProblem::Backwards),
            None => cycle - (from - min) + (to - min),
        };
        for ahead in (0..=length).step_by(usize::from(step.unwrap_or(1))) {
            if let Some(slot) = allowed.get_mut(usize::from(from - min + ahead) % size) {
                *slot = true;
            }
        }
    }
    let chosen = (min..=max).zip(&allowed).filter(|(_, allowed)| **allowed);
    Ok(AllowedValues {
        list: chosen.map(|(value, _)| value).collect(),
        of: size,
    })
}

fn step(text: &str, max: u16) -> Result<u16, FieldProblem> {
    match number(text) {
        Some(step) if (1..=max).contains(&step) => Ok(step),
        _ => Err(FieldProblem::Step { max }),
    }
}

/// Returns a number within the field's range, or a name.
pub(super) fn value(field: CronField, text: &str) -> Result<u16, FieldProblem> {
    let (min, max) = field.range();
    let names = match field {
        CronField::Month => MONTHS.as_slice(),
        CronField::DayOfWeek | CronField::DayOfWeekFromZero => DAYS.as_slice(),
        _ => &[],
    };
    let named = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text));
    let value = named
        .map(|index| index as u16 + min)
        .or_else(|| number(text));
    match value {
        Some(value) if (min..=max).contains(&value) => Ok(value),
        _ => Err(match text.chars().find(|c| "?LlWw#".contains(*c)) {
            Some(mark) if !is_word(text) => FieldProblem::NotHere {
                mark: mark.to_ascii_uppercase(),
            },
            _ => FieldProblem::NotAValue { text: short(text) },
        }),
    }
}

/// Returns whether `L` or `W` is only a letter of a word: `Wednesday`, `July`.
fn is_word(text: &str) -> bool {
    text.chars().filter(char::is_ascii_alphabetic).count() > 2
}

pub(super) fn short(text: &str) -> String {
    crate::short::short(text, MOST_SHOWN)
}

fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
