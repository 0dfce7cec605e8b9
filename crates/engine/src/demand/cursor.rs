//! Walks a demand curve forwards in time, and returns its straight pieces and what they add up to.

use super::{
    Node, count_while, straight,
    walk::{MINUTE_S, Walk, Walks, larger, split_at, square},
};
use core::mem;

/// Minutes walked together at most.
pub(crate) const BLOCK_MINUTES: usize = 192;

/// Rates at which minutes begin and end.
struct Rates {
    starts: [f64; BLOCK_MINUTES],
    ends: [f64; BLOCK_MINUTES],
}

/// What is left of a straight piece: its rate now, how that changes per second, and its seconds (without end after the last
/// node).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub rps: f64,
    pub slope: f64,
    pub seconds: f64,
}

/// A position on a piecewise-linear curve, at first that of its first node. After the last node the rate stays as it is there.
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

    /// Returns the rate at the position reached (after a jump, if one was passed), requests per second.
    pub(crate) fn rps(&self) -> f64 {
        self.now.rps
    }

    /// Returns the time of the position reached, seconds.
    pub(crate) fn at_s(&self) -> f64 {
        self.now.at_s
    }

    /// Returns the line from the position on (after a jump, if there is one).
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
    // rule: run.nodes-say-nothing-new
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

    /// Walks on to `at_s`. Returns the sums over what lies between.
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

    /// Walks on minute by minute, one for each element of the columns, and writes each minute's sums.
    pub(crate) fn walk_minutes(&mut self, mut walks: Walks<'_>) {
        // A copy walks, so that it can stay in registers.
        let mut cursor = self.clone();
        let mut rates = Rates {
            starts: [0.0; BLOCK_MINUTES],
            ends: [0.0; BLOCK_MINUTES],
        };
        while !walks.requests.is_empty() {
            let most = walks.requests.len();
            let straight = cursor.straight_minutes(&mut rates, most);
            let (next, rest) = walks.split_at(straight.max(1));
            walks = rest;
            if straight > 0 {
                let Rates { starts, ends } = &rates;
                straight::walk(starts, ends, next.requests, next.squares, next.highest_rps);
            } else {
                let mut walk = Walk::default();
                cursor.walk_minute(&mut walk);
                next.fill(walk);
            }
        }
        *self = cursor;
    }

    /// Walks on over at most `most` minutes in each of which demand is one straight line, and writes the rates at which each
    /// begins and ends. Returns how many minutes.
    #[inline]
    fn straight_minutes(&mut self, rates: &mut Rates, most: usize) -> usize {
        let mut starts = split_at(&mut rates.starts, most.min(BLOCK_MINUTES)).0;
        let mut ends = split_at(&mut rates.ends, most.min(BLOCK_MINUTES)).0;
        let all = ends.len();
        while !ends.is_empty() {
            // The line that the last walk ended with, and a jump at its end.
            while self.end.at_s <= self.now.at_s {
                self.next_line();
            }
            let minutes = self.whole_minutes().min(ends.len());
            if minutes == 0 {
                break;
            }
            let (first_starts, later_starts) = split_at(mem::take(&mut starts), minutes);
            let (first_ends, later_ends) = split_at(mem::take(&mut ends), minutes);
            (starts, ends) = (later_starts, later_ends);
            straight::rates_of_line(first_ends, self.start, self.end, self.now.at_s);
            let from_rps = self.now.rps;
            let Some(last) = first_ends.last_mut() else {
                break;
            };
            self.now.at_s += minutes as f64 * MINUTE_S;
            let is_over = self.now.at_s == self.end.at_s;
            if is_over {
                *last = self.end.rps;
            }
            self.now.rps = *last;
            straight::starts_of(first_starts, from_rps, first_ends);
            if !is_over {
                continue;
            }
            let nodes = self.rest.as_slice();
            let lines = straight::rates_of_nodes(ends, nodes, self.now.at_s);
            // Lines without a jump begin where the line before ends; a line after a jump has its own beginning.
            let (minutes, passed) = if lines > 0 {
                let these = split_at(ends, lines).0;
                straight::starts_of(starts, self.end.rps, these);
                (lines, lines)
            } else {
                let jumps = straight::rates_of_jumps(starts, ends, nodes, self.now.at_s);
                (jumps, 2 * jumps)
            };
            starts = split_at(starts, minutes).1;
            ends = split_at(ends, minutes).1;
            if let Some(last) = passed.checked_sub(1)
                && let Some(&node) = self.rest.nth(last)
            {
                self.end = node;
            }
            self.next_line();
        }
        all - ends.len()
    }

    /// Returns the whole minutes that are left of the line. Rounding never adds one: what is left is exact, and the largest
    /// number below 60 k is too far from it for its 60th part to round up to k.
    #[inline]
    fn whole_minutes(&self) -> usize {
        ((self.end.at_s - self.now.at_s) / MINUTE_S) as usize
    }

    /// Walks on by a minute and writes its sums to `walk`.
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

    /// Moves on to `at_s` without summing up what lies between. It takes little time where that is little.
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

    /// Returns the rate of the current line at a time.
    #[inline]
    fn rate_at(&self, at_s: f64) -> f64 {
        straight::rate_at(self.start, self.end, at_s)
    }

    fn walk_lines(&mut self, at_s: f64) -> Walk {
        self.walk(at_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of any length from none (a jump) to three minutes, on and off whole minutes, and many of just a minute, with
    /// jumps between them or without, or of hours.
    fn curve() -> impl Strategy<Value = Vec<Node>> {
        let any = || prop::collection::vec((0_u32..37, 0_u32..50), 1..30);
        let minutes = prop::collection::vec((Just(12_u32), 0_u32..50), 1..230);
        let jumps = prop::collection::vec((0_u32..50, 0_u32..50), 0..230);
        let long = prop::collection::vec((0_u32..5000, 0_u32..50), 1..3);
        (any(), minutes, jumps, long, any()).prop_map(|(first, minutes, jumps, long, last)| {
            let mut at_s = 0.0;
            let node = |(fives, rps): (u32, u32)| {
                let node = Node {
                    at_s,
                    rps: f64::from(rps),
                };
                at_s += 5.0 * f64::from(fives);
                node
            };
            (first.into_iter())
                .chain(minutes)
                .chain(
                    jumps
                        .into_iter()
                        .flat_map(|(to, from)| [(12, to), (0, from)]),
                )
                .chain(long)
                .chain(last)
                .map(node)
                .collect()
        })
    }

    proptest! {
        #[test]
        fn minutes_and_skips_come_to_what_a_walk_comes_to(
            nodes in curve(),
            skipped in prop::collection::vec(0_u32..9, 1..4),
        ) {
            let mut walking = Cursor::new(&nodes);
            let mut skipping = Cursor::new(&nodes);
            let mut at_s = 0.0;
            for minutes in skipped {
                at_s += 60.0 * f64::from(minutes);
                walking.advance_to(at_s, |_, _, _| {});
                skipping.skip_to(at_s);
                prop_assert_eq!(skipping.rps(), walking.rps());
                let mut columns = [[0.0; 250]; 3];
                let [requests, squares, highest_rps] = &mut columns;
                skipping.walk_minutes(Walks { requests, squares, highest_rps });
                let [requests, squares, highest_rps] = columns;
                for ((requests, squares), highest_rps) in
                    requests.into_iter().zip(squares).zip(highest_rps)
                {
                    at_s += 60.0;
                    let expected = walking.walk(at_s);
                    prop_assert_eq!(requests, expected.requests);
                    prop_assert_eq!(squares, expected.squares);
                    prop_assert_eq!(highest_rps, expected.highest_rps);
                }
            }
        }
    }
}
