//! Numbers rounded to as few decimals as possible while what a sentence says of them stays true: a comparison, a sum. The
//! sentences are written elsewhere.

use crate::Words;

/// A number, and the decimals that it is written with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoundedNumber {
    pub exact: f64,
    pub decimals: usize,
}

impl RoundedNumber {
    pub(crate) fn new(exact: f64, decimals: usize) -> Self {
        Self { exact, decimals }
    }

    /// Returns the rounded number, as it is read.
    pub(crate) fn value(self) -> f64 {
        let Self { exact, decimals } = self;
        format!("{exact:.decimals$}").parse().unwrap_or(exact)
    }

    /// Returns the number with the fewest decimals, at least `least`, with which `holds` is true; `None` if it never is.
    pub(crate) fn first(exact: f64, least: usize, holds: &dyn Fn(f64) -> bool) -> Option<Self> {
        let mut decimals = (least..=ALL_DECIMALS).map(|decimals| Self { exact, decimals });
        decimals.find(|shown| holds(shown.value()))
    }

    /// Returns two numbers with the fewest decimals with which `holds` is true, each with at least its `least`.
    pub(crate) fn pair(
        (a, least_a): (f64, usize),
        (b, least_b): (f64, usize),
        holds: &dyn Fn(f64, f64) -> bool,
    ) -> (Self, Self) {
        let mut both = (0..ALL_DECIMALS).map(|decimals| {
            let shown = |exact, least: usize| Self::new(exact, least.max(decimals));
            (shown(a, least_a), shown(b, least_b))
        });
        both.find(|(a, b)| holds(a.value(), b.value()))
            .unwrap_or((Self::new(a, ALL_DECIMALS), Self::new(b, ALL_DECIMALS)))
    }
}

/// Most decimals of a number that nothing asks more of, and most of all.
const MOST_DECIMALS: usize = 4;
pub(crate) const ALL_DECIMALS: usize = 15;

/// Decimals of a number as a person has written it; a few where there are more than anybody writes, as of a third.
pub(crate) fn decimals_of(value: f64) -> usize {
    let is_all = |decimals: &usize| {
        let shown = RoundedNumber::new(value, *decimals).value();
        (shown - value).abs() <= 1e-9 * value.abs()
    };
    (0..=6).find(is_all).unwrap_or(MOST_DECIMALS)
}

impl Words {
    pub(crate) fn shown(self, shown: RoundedNumber) -> String {
        self.number(shown.exact, shown.decimals)
    }

    /// Two numbers of which one is said to be the larger, or that they differ: with so many decimals at most, or as many as that is
    /// true with of what is read.
    pub(crate) fn apart(self, a: f64, b: f64, decimals: usize) -> [String; 2] {
        let order = a.partial_cmp(&b);
        let (a, b) = RoundedNumber::pair((a, decimals), (b, decimals), &|a, b| {
            a.partial_cmp(&b) == order
        });
        [a, b].map(|shown| self.shown(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn what_differs_is_written_so() {
        let en = Words::new(Lang::En);
        for (a, b, decimals, written) in [
            (20.0, 50.0, 0, ["20", "50"]),
            (39.7, 40.0, 0, ["39.7", "40"]),
            (40.0, 39.996, 2, ["40", "39.996"]),
            (558.6, 558.600_1, 2, ["558.6", "558.6001"]),
            (0.5, 0.5, 2, ["0.5", "0.5"]),
            (-0.4, 0.3, 0, ["−0.4", "0.3"]),
        ] {
            assert_eq!(en.apart(a, b, decimals), written, "{a} {b}");
        }
    }

    #[test]
    fn a_number_has_the_decimals_that_were_written() {
        for (value, decimals) in [
            (600.0, 0),
            (0.875, 3),
            (0.1 + 0.2, 1),
            (1e-6, 6),
            (1.0 / 3.0, MOST_DECIMALS),
            (f64::INFINITY, MOST_DECIMALS),
        ] {
            assert_eq!(decimals_of(value), decimals, "{value}");
        }
    }
}
