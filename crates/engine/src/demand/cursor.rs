//! Walks a demand curve forwards in time, handing out its straight pieces.

use super::Node;

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
            // From the line's own start, so that rounding does not add up over a long line.
            let share = (at_s - self.start.at_s) / (self.end.at_s - self.start.at_s);
            let rps = self.start.rps + (self.end.rps - self.start.rps) * share;
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

    /// The same, but only if the rate never exceeds `limit_rps`; otherwise it stays where it is.
    #[inline]
    pub(crate) fn walk_below(&mut self, at_s: f64, limit_rps: f64) -> Option<Walk> {
        // The line that the last walk ended with, and a jump at its end.
        while self.end.at_s <= self.now.at_s {
            self.next_line();
        }
        let seconds = at_s - self.now.at_s;
        if self.end.at_s < at_s || seconds <= 0.0 {
            // A copy walks, so that the place itself can stay in registers.
            let mut ahead = self.clone();
            let walk = ahead.walk_lines(at_s);
            if walk.highest_rps > limit_rps {
                return None;
            }
            *self = ahead;
            return Some(walk);
        }
        let from = self.now.rps;
        let to = if self.end.at_s == at_s {
            self.end.rps
        } else {
            let share = (at_s - self.start.at_s) / (self.end.at_s - self.start.at_s);
            self.start.rps + (self.end.rps - self.start.rps) * share
        };
        if from > limit_rps || to > limit_rps {
            return None;
        }
        self.now = Node { at_s, rps: to };
        Some(Walk {
            requests: 0.5 * (from + to) * seconds,
            squares: square(from, to, seconds),
            highest_rps: larger(from, to),
        })
    }

    #[inline(never)]
    fn walk_lines(&mut self, at_s: f64) -> Walk {
        self.walk(at_s)
    }
}
