//! Bisection, one question at a time.

/// Looks for the smallest number in `1..=most` for which the answer is yes, if it is yes from some number on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bisection {
    /// Answered no, or zero.
    highest_failing: u32,
    /// Answered yes, or not asked yet.
    lowest_holding: u32,
    is_known: bool,
}

impl Bisection {
    pub(super) fn new(max: u32) -> Self {
        Self {
            highest_failing: 0,
            lowest_holding: max,
            is_known: false,
        }
    }

    /// The number to ask about next; `None` when the bisection is over.
    pub(super) fn next(&self) -> Option<u32> {
        // The largest first: if that does not do, nothing does.
        if !self.is_known {
            (self.lowest_holding > self.highest_failing).then_some(self.lowest_holding)
        } else if self.lowest_holding - self.highest_failing > 1 {
            Some(self.highest_failing + (self.lowest_holding - self.highest_failing) / 2)
        } else {
            None
        }
    }

    /// Takes the answer for the number that `next` gave. After a no for the largest the bisection is over.
    pub(super) fn record(&mut self, number: u32, holds: bool) {
        if holds {
            self.lowest_holding = number;
            self.is_known = true;
        } else {
            self.highest_failing = number;
        }
    }

    /// The smallest number with a yes.
    pub(super) fn found(&self) -> Option<u32> {
        self.is_known.then_some(self.lowest_holding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_smallest_yes() {
        for most in 0..40 {
            for first in 1..45 {
                let mut bisection = Bisection::new(most);
                let mut asked = 0;
                while let Some(number) = bisection.next() {
                    bisection.record(number, number >= first);
                    asked += 1;
                }
                assert_eq!(bisection.found(), (first <= most).then_some(first));
                assert!(asked <= 7);
            }
        }
    }
}
