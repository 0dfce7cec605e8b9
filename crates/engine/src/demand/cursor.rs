//! Walks a demand curve forwards in time, handing out its straight pieces.

use super::{Node, count_while};

/// What a stretch of demand comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Walk {
    /// Integral of the rate.
    pub requests: f64,
    /// Integral of the squared rate.
    pub squares: f64,
    /// Highest rate, requests per second.
    pub highest_rps: f64,
}

/// A minute, seconds.
const MINUTE_S: f64 = 60.0;

impl Walk {
    /// A minute of a straight line.
    #[inline]
    fn over_a_minute(from_rps: f64, to_rps: f64) -> Self {
        Self {
            requests: 0.5 * (from_rps + to_rps) * MINUTE_S,
            squares: square(from_rps, to_rps, MINUTE_S),
            highest_rps: larger(from_rps, to_rps),
        }
    }
}

/// What is left of a straight piece: its rate now, how that changes per second, and its seconds (without end after the last
/// node).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub rps: f64,
    pub slope: f64,
    pub seconds: f64,
}

/// Integral of the square of a rate that goes in a straight line.
#[inline]
pub(crate) fn square(from_rps: f64, to_rps: f64, seconds: f64) -> f64 {
    (from_rps * from_rps + from_rps * to_rps + to_rps * to_rps) * seconds * (1.0 / 3.0)
}

/// The larger of two numbers, one of which at least is not negative. Such numbers sort like their bits; comparing
/// those takes neither a call in wasm, as `max` does, nor a branch that noise makes unforeseeable.
#[inline]
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    f64::from_bits(
        a.to_bits()
            .cast_signed()
            .max(b.to_bits().cast_signed())
            .cast_unsigned(),
    )
}

/// A place on a piecewise-linear curve, at first its first node. After the last node the rate stays as it is there.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    rest: core::slice::Iter<'a, Node>,
    /// Where the current line starts and ends.
    start: Node,
    end: Node,
    now: Node,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(nodes: &'a [Node]) -> Self {
        let mut rest = nodes.iter();
        let first = rest.next().copied().unwrap_or(Node {
            at_s: 0.0,
            rps: 0.0,
        });
        let mut cursor = Self {
            rest,
            start: first,
            end: first,
            now: first,
        };
        cursor.next_line();
        cursor
    }

    #[inline]
    fn next_line(&mut self) {
        self.start = self.end;
        self.now = self.end;
        self.end = self.rest.next().copied().unwrap_or(Node {
            at_s: f64::INFINITY,
            rps: self.end.rps,
        });
    }

    /// Rate at the place reached (after a jump, if there is one and it has been passed), requests per second.
    pub(crate) fn rps(&self) -> f64 {
        self.now.rps
    }

    /// The time of the place reached, seconds.
    pub(crate) fn at_s(&self) -> f64 {
        self.now.at_s
    }

    /// The line that goes on from here (after a jump, if there is one).
    pub(crate) fn line(&mut self) -> Line {
        while self.end.at_s <= self.now.at_s {
            self.next_line();
        }
        Line {
            rps: self.now.rps,
            slope: (self.end.rps - self.start.rps) / (self.end.at_s - self.start.at_s),
            seconds: self.end.at_s - self.now.at_s,
        }
    }

    /// Walks on to `at_s` and calls `piece(rate at its start, rate at its end, its seconds)` for each straight piece.
    #[inline]
    pub(crate) fn advance_to(&mut self, at_s: f64, mut piece: impl FnMut(f64, f64, f64)) {
        while self.end.at_s <= at_s {
            let seconds = self.end.at_s - self.now.at_s;
            if seconds > 0.0 {
                piece(self.now.rps, self.end.rps, seconds);
            }
            self.next_line();
        }
        let seconds = at_s - self.now.at_s;
        if seconds > 0.0 {
            let rps = self.rate_at(at_s);
            piece(self.now.rps, rps, seconds);
            self.now = Node { at_s, rps };
        }
    }

    /// Walks on to `at_s` and sums up what lies between.
    #[inline]
    pub(crate) fn walk(&mut self, at_s: f64) -> Walk {
        let mut walk = Walk::default();
        self.advance_to(at_s, |from, to, seconds| {
            walk.requests += 0.5 * (from + to) * seconds;
            walk.squares += square(from, to, seconds);
            walk.highest_rps = larger(larger(walk.highest_rps, from), to);
        });
        walk
    }

    /// Walks on minute by minute, one for each place.
    pub(crate) fn walk_minutes(&mut self, walks: &mut [Walk]) {
        // A copy walks, so that it can stay in registers.
        let mut cursor = self.clone();
        let mut walks = walks.iter_mut();
        loop {
            cursor.walk_lines_of_a_minute(&mut walks);
            let Some(walk) = walks.next() else { break };
            cursor.walk_minute(walk);
        }
        *self = cursor;
    }

    /// Walks on while line after line takes just a minute, as those of noise do.
    #[inline]
    fn walk_lines_of_a_minute(&mut self, walks: &mut core::slice::IterMut<'_, Walk>) {
        if self.end.at_s != self.now.at_s {
            return;
        }
        while let Some(&node) = self.rest.as_slice().first()
            && node.at_s == self.end.at_s + MINUTE_S
            && let Some(walk) = walks.next()
        {
            *walk = Walk::over_a_minute(self.end.rps, node.rps);
            self.rest.next();
            (self.start, self.end, self.now) = (self.end, node, node);
        }
    }

    /// Walks on by a minute and sums up what lies between.
    #[inline]
    pub(crate) fn walk_minute(&mut self, walk: &mut Walk) {
        // The line that the last walk ended with, and a jump at its end.
        while self.end.at_s <= self.now.at_s {
            self.next_line();
        }
        let at_s = self.now.at_s + MINUTE_S;
        if self.end.at_s < at_s {
            let mut cursor = self.clone();
            *walk = cursor.walk_lines(at_s);
            *self = cursor;
            return;
        }
        let from = self.now.rps;
        let to = if self.end.at_s == at_s {
            self.end.rps
        } else {
            self.rate_at(at_s)
        };
        self.now = Node { at_s, rps: to };
        *walk = Walk::over_a_minute(from, to);
    }

    /// Goes on to `at_s` without a look at what lies between; quick where that is little.
    pub(crate) fn skip_to(&mut self, at_s: f64) {
        if self.end.at_s <= at_s {
            let passed = count_while(self.rest.as_slice(), |node| node.at_s <= at_s);
            if let Some(last) = passed.checked_sub(1)
                && let Some(&node) = self.rest.nth(last)
            {
                self.end = node;
            }
            self.next_line();
        }
        if self.now.at_s < at_s {
            self.now = Node {
                at_s,
                rps: self.rate_at(at_s),
            };
        }
    }

    /// Rate at a place of the current line, from the line's own start, so that rounding does not add up over a long line.
    #[inline]
    fn rate_at(&self, at_s: f64) -> f64 {
        let share = (at_s - self.start.at_s) / (self.end.at_s - self.start.at_s);
        self.start.rps + (self.end.rps - self.start.rps) * share
    }

    #[inline(never)]
    fn walk_lines(&mut self, at_s: f64) -> Walk {
        self.walk(at_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of any length from none (a jump) to three minutes, on and off whole minutes.
    fn curve() -> impl Strategy<Value = Vec<Node>> {
        let step = (0_u32..37, 0_u32..50);
        prop::collection::vec(step, 1..60).prop_map(|steps| {
            let mut at_s = 0.0;
            let node = |(fives, rps): (u32, u32)| {
                let node = Node {
                    at_s,
                    rps: f64::from(rps),
                };
                at_s += 5.0 * f64::from(fives);
                node
            };
            steps.into_iter().map(node).collect()
        })
    }

    proptest! {
        #[test]
        fn minutes_and_skips_come_to_what_a_walk_comes_to(
            nodes in curve(),
            skipped in prop::collection::vec(0_u32..9, 1..9),
        ) {
            let mut walking = Cursor::new(&nodes);
            let mut skipping = Cursor::new(&nodes);
            let mut at_s = 0.0;
            for minutes in skipped {
                at_s += 60.0 * f64::from(minutes);
                walking.advance_to(at_s, |_, _, _| {});
                skipping.skip_to(at_s);
                prop_assert_eq!(skipping.rps(), walking.rps());
                let mut walks = [Walk::default(); 3];
                skipping.walk_minutes(&mut walks);
                for walk in walks {
                    at_s += 60.0;
                    let expected = walking.walk(at_s);
                    prop_assert_eq!(walk.requests, expected.requests);
                    prop_assert_eq!(walk.squares, expected.squares);
                    prop_assert_eq!(walk.highest_rps, expected.highest_rps);
                }
            }
        }
    }
}
