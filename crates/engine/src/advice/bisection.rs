//! Bisection, one trial at a time.

/// Looks for the smallest number in `1..=max` that holds, where every number above one that holds does so too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bisection {
    /// The largest number that is known not to hold; zero at first.
    highest_failing: u32,
    /// The smallest number that is known to hold; `max` while `is_known` is false.
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

    /// Returns the number to try next; `None` when the bisection is over.
    pub(super) fn next(&self) -> Option<u32> {
        // The largest first: if that does not hold, none does.
        if !self.is_known {
            (self.lowest_holding > self.highest_failing).then_some(self.lowest_holding)
        } else if self.lowest_holding - self.highest_failing > 1 {
            Some(self.highest_failing + (self.lowest_holding - self.highest_failing) / 2)
        } else {
            None
        }
    }

    /// Records whether the number that `next` returned holds. If the largest does not, the bisection is over.
    pub(super) fn record(&mut self, number: u32, holds: bool) {
        if holds {
            self.lowest_holding = number;
            self.is_known = true;
        } else {
            self.highest_failing = number;
        }
    }

    /// Returns the smallest number that holds.
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
