//! An answer that is a number, as a person types it: `600/min`, `1,200`, `50 %`, `분당 600건`, `1시간 5분`.
//!
//! What [`Words::quantity`] writes is read, and what people write beside numbers. Whatever is not understood is asked again with an
//! example of what would be: it is no wrong answer.

mod units;

use study::unit::Unit;

use self::units::{Piece, piece};
use crate::{
    Words,
    reading::{SIGNS, split_number, with_plain_signs},
};

/// Why an answer is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskAgain {
    /// Nothing was typed.
    Nothing,
    /// It is no number, or more than one.
    NoNumber,
    /// What stands beside the number is not understood, or is of something else.
    OtherUnit,
    /// It may be a share or a number of percent: `0.3`.
    ShareOrPercent,
}

/// Most characters of an answer.
const MOST_CHARACTERS: usize = 80;

impl Words {
    /// Reads a number of a unit, in the person's way of writing numbers or with a plain decimal point.
    ///
    /// # Errors
    /// Why it is asked again.
    pub fn read_quantity(self, typed: &str, unit: Unit) -> Result<f64, AskAgain> {
        if typed.chars().count() > MOST_CHARACTERS {
            return Err(AskAgain::NoNumber);
        }
        let typed = with_plain_signs(typed);
        let typed = typed.trim_start_matches(is_roughly).trim_end();
        let typed = typed.trim_end_matches('.');
        if typed.is_empty() {
            return Err(AskAgain::Nothing);
        }
        let (before, mut rest) = split_label(typed);
        let before = Label::read(before, unit)?;
        let mut sum = 0.0;
        let mut is_rated = before.rate.is_some();
        let mut last: Option<Label> = None;
        while !rest.is_empty() {
            let (number, behind) = split_number(rest);
            let value = self.format.read(number).ok_or(AskAgain::NoNumber)?;
            let (label, behind) = split_label(behind);
            let label = Label::read(label, unit)?;
            if last.is_some_and(|last| !label.goes_on(last, unit) || number.starts_with(SIGNS)) {
                return Err(AskAgain::NoNumber);
            }
            if label.rate.is_some() && is_rated {
                return Err(AskAgain::OtherUnit);
            }
            is_rated |= label.rate.is_some();
            sum += value * label.factor();
            last = Some(label);
            rest = behind;
        }
        let last = last.ok_or(AskAgain::NoNumber)?;
        let value = sum * before.factor();
        let has_sign = last.scale.or(before.scale).is_some();
        match unit {
            Unit::Share if has_sign || !(-1.0..=1.0).contains(&value) => Ok(value / 100.0),
            Unit::Share if value != 0.0 => Err(AskAgain::ShareOrPercent),
            _ if value.is_finite() => Ok(value),
            _ => Err(AskAgain::NoNumber),
        }
    }

    /// Why an answer is asked again, and what would be understood.
    #[must_use]
    pub fn ask_again(self, why: AskAgain, unit: Unit) -> String {
        let example = match unit {
            Unit::Seconds => self.quantity(300.0, unit, None),
            Unit::Share => self.quantity(0.3, unit, None),
            Unit::Moment => self.integer(300.0),
            _ => self.quantity(12.0, unit, None),
        };
        match why {
            AskAgain::Nothing => self.answer_missing(&example),
            AskAgain::NoNumber => self.answer_no_number(&example),
            AskAgain::OtherUnit => self.answer_other_unit(&example),
            AskAgain::ShareOrPercent => self.answer_share(&self.percent(0.3, 0)),
        }
    }
}

/// Parts what stands before the first number from the rest.
fn split_label(text: &str) -> (&str, &str) {
    let is_number = |at: usize| {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        let mut rest = text.get(at..).unwrap_or_default().chars();
        let first = rest.next();
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let begins = before.is_none_or(|c| !c.is_ascii_digit() && c != '-');
        match first {
            Some('-' | '+' | '.' | ',') => begins && is_digit(rest.next()),
            first => is_digit(first),
        }
    };
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| is_number(*at));
    text.split_at_checked(at.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}

/// What stands beside a number.
#[derive(Clone, Copy, Debug, Default)]
struct Label {
    scale: Option<f64>,
    rate: Option<f64>,
}

impl Label {
    fn read(text: &str, unit: Unit) -> Result<Self, AskAgain> {
        let words: Vec<String> = text.split_whitespace().map(power).collect();
        let text = words.concat().replace(['.', ',', '(', ')'], "");
        let mut rest = text.as_str();
        let mut label = Self::default();
        while !rest.is_empty() {
            let (piece, len) = piece(rest, unit).ok_or(AskAgain::OtherUnit)?;
            let place = match piece {
                Piece::Noun => None,
                Piece::Rate(factor) => Some((&mut label.rate, factor)),
                Piece::Scale(factor) => Some((&mut label.scale, factor)),
            };
            if let Some((place, factor)) = place
                && place.replace(factor).is_some()
            {
                return Err(AskAgain::OtherUnit);
            }
            rest = rest.get(len..).unwrap_or_default();
        }
        Ok(label)
    }

    /// Returns whether this follows another within one number: of `1시간 5분` or `1만 2천` each is less than the one before. The minutes
    /// of `1시간 5` are only guessed.
    fn goes_on(self, last: Self, unit: Unit) -> bool {
        let is_span = matches!(
            unit,
            Unit::Minutes | Unit::Seconds | Unit::Milliseconds | Unit::Moment
        );
        self.factor() < last.factor() && (!is_span || self.scale.is_some())
    }

    fn factor(self) -> f64 {
        self.scale.unwrap_or(1.0) * self.rate.unwrap_or(1.0)
    }
}

/// What people write before a number that is about right, or that they computed.
fn is_roughly(c: char) -> bool {
    c == ' ' || matches!(c, '=' | '~' | '≈' | '약')
}

/// Returns a word in small letters; `M` is a million, for `m` may be a minute.
fn power(word: &str) -> String {
    match word {
        "M" => "million".to_owned(),
        "B" => "billion".to_owned(),
        "T" => "trillion".to_owned(),
        word => word.to_lowercase(),
    }
}

#[cfg(test)]
mod tests;
