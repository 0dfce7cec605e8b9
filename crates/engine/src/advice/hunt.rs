//! Bisection, one question at a time.

/// Looks for the smallest number in `1..=most` for which the answer is yes, if it is yes from some number on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hunt {
    /// Answered no, or zero.
    no: u32,
    /// Answered yes, or not asked yet.
    yes: u32,
    known: bool,
}

impl Hunt {
    pub(super) fn new(most: u32) -> Self {
        Self {
            no: 0,
            yes: most,
            known: false,
        }
    }

    /// The number to ask about next; `None` when the hunt is over.
    pub(super) fn next(&self) -> Option<u32> {
        // The largest first: if that does not do, nothing does.
        if !self.known {
            (self.yes > self.no).then_some(self.yes)
        } else if self.yes - self.no > 1 {
            Some(self.no + (self.yes - self.no) / 2)
        } else {
            None
        }
    }

    /// Takes the answer for the number that `next` gave. After a no for the largest the hunt is over.
    pub(super) fn answer(&mut self, number: u32, yes: bool) {
        if yes {
            self.yes = number;
            self.known = true;
        } else {
            self.no = number;
        }
    }

    /// The smallest number with a yes.
    pub(super) fn found(&self) -> Option<u32> {
        self.known.then_some(self.yes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_smallest_yes() {
        for most in 0..40 {
            for first in 1..45 {
                let mut hunt = Hunt::new(most);
                let mut asked = 0;
                while let Some(number) = hunt.next() {
                    hunt.answer(number, number >= first);
                    asked += 1;
                }
                assert_eq!(hunt.found(), (first <= most).then_some(first));
                assert!(asked <= 7);
            }
        }
    }
}
