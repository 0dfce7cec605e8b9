//! What a sentence of the content rests on, so that a test finds out when it is true no longer: `failed_requests@600 == 0`.

use serde::{Deserialize, Serialize};

use crate::expression::{Expression, Name, NotAnExpression};

/// Two sums, and how they compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Claim {
    left: Expression,
    comparison: Comparison,
    right: Expression,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtMost,
    AtLeast,
    Equal,
    Unequal,
    Less,
    More,
}

/// As they are written; the longer ones first, so that none is taken for a shorter one.
const COMPARISONS: [(&str, Comparison); 6] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("==", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

/// How much two numbers may differ that are the same but for rounding, as a share.
const ROUNDING: f64 = 1e-9;

impl Claim {
    /// Reads a claim.
    ///
    /// # Errors
    /// Where it goes wrong, and what should stand there.
    pub fn parse(text: &str) -> Result<Self, NotAnExpression> {
        let found = COMPARISONS.into_iter().find_map(|(sign, comparison)| {
            let (left, right) = text.split_once(sign)?;
            Some((left, comparison, right))
        });
        let Some((left, comparison, right)) = found else {
            return Err(NotAnExpression {
                text: text.to_owned(),
                at: text.chars().count(),
                expected: "one of ==, !=, <, <=, >, >= and another number",
            });
        };
        Ok(Self {
            left: Expression::parse(left)?,
            comparison,
            right: Expression::parse(right)?,
        })
    }

    /// Returns whether it holds; nothing where one of its names has no value.
    pub fn holds(&self, mut of: impl FnMut(&Name) -> Option<f64>) -> Option<bool> {
        let (left, right) = (self.left.value(&mut of)?, self.right.value(&mut of)?);
        let is_same = (left - right).abs() <= ROUNDING * left.abs().max(right.abs());
        Some(match self.comparison {
            Comparison::AtMost => is_same || left < right,
            Comparison::AtLeast => is_same || left > right,
            Comparison::Equal => is_same,
            Comparison::Unequal => !is_same,
            Comparison::Less => !is_same && left < right,
            Comparison::More => !is_same && left > right,
        })
    }

    /// Returns both of its sides.
    #[must_use]
    pub fn sides(&self) -> [&Expression; 2] {
        [&self.left, &self.right]
    }
}

impl TryFrom<String> for Claim {
    type Error = NotAnExpression;

    fn try_from(text: String) -> Result<Self, NotAnExpression> {
        Self::parse(&text)
    }
}

impl From<Claim> for String {
    fn from(claim: Claim) -> Self {
        let sign = COMPARISONS
            .into_iter()
            .find(|(_, it)| *it == claim.comparison);
        let sign = sign.map_or("", |(sign, _)| sign);
        format!("{} {sign} {}", claim.left.text(), claim.right.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_hold_or_not() {
        for (text, holds) in [
            ("1 < 2", Some(true)),
            ("2 <= 2", Some(true)),
            ("0.1 + 0.2 == 0.3", Some(true)),
            ("0.1 + 0.2 > 0.3", Some(false)),
            ("1 != 1", Some(false)),
            ("3 >= 4", Some(false)),
            ("unknown > 1", None),
        ] {
            let claim = Claim::parse(text).unwrap();
            assert_eq!(claim.holds(|_| None), holds, "{text}");
            assert_eq!(String::from(claim), text);
        }
        assert!(Claim::parse("1").is_err());
        assert!(Claim::parse("1 = 2").is_err());
    }
}
