//! Walks a demand curve forwards in time, handing out its straight pieces.

use super::Node;

/// A place on a piecewise-linear curve. Before the first and after the last node the rate stays as it is there.
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
        let now = Node { at_s: 0.0, ..first };
        let mut cursor = Self {
            rest,
            start: now,
            end: now,
            now,
        };
        cursor.next_line();
        cursor
    }

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
}
