//! The sums of demand by the minute, computed many minutes ahead: they do not depend on the fleet.

use crate::{
    demand::{BLOCK_MINUTES, Cursor, Walks},
    exact,
    plan::Plan,
    run::PERIOD_S,
};

/// Most minutes that may still have to be written when further ones are computed.
pub(in crate::simulate) const MAX_UNWRITTEN: usize = 128;
const CAPACITY: usize = MAX_UNWRITTEN + BLOCK_MINUTES;

pub(super) struct Ahead<'a> {
    cursor: Cursor<'a>,
    /// The sums of each minute, a column for each field of a `Walk`.
    requests: [f64; CAPACITY],
    squares: [f64; CAPACITY],
    highest_rps: [f64; CAPACITY],
    /// The period of the first minute, and the period after the last.
    first: usize,
    until: usize,
}

/// The sums of some minutes one after the other, a column for each field of a `Walk`.
#[derive(Clone, Copy)]
pub(super) struct Minutes<'a> {
    pub requests: &'a [f64],
    pub squares: &'a [f64],
    pub highest_rps: &'a [f64],
}

impl<'a> Ahead<'a> {
    /// Returns it without any minute computed yet.
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            cursor: Cursor::new(plan.demand.nodes()),
            requests: [0.0; CAPACITY],
            squares: [0.0; CAPACITY],
            highest_rps: [0.0; CAPACITY],
            first: 0,
            until: 0,
        }
    }

    /// Makes sure that a period is computed, and keeps those before it from `oldest` on, at most `MAX_UNWRITTEN`.
    #[inline]
    pub(super) fn keep(&mut self, oldest: usize, period: usize) {
        if period >= self.until {
            self.walk_on(oldest, period);
        }
    }

    fn walk_on(&mut self, oldest: usize, period: usize) {
        let columns = [&mut self.requests, &mut self.squares, &mut self.highest_rps];
        let kept = period - oldest;
        let next = columns.map(|column| {
            if kept > 0 {
                let from = oldest - self.first;
                column.copy_within(from..from + kept, 0);
            }
            column
                .get_mut(kept..kept + BLOCK_MINUTES)
                .unwrap_or_default()
        });
        let [requests, squares, highest_rps] = next;
        self.cursor.skip_to(period as f64 * f64::from(PERIOD_S));
        self.cursor.walk_minutes(Walks {
            requests: &mut *requests,
            squares,
            highest_rps,
        });
        exact::replace_all(requests);
        (self.first, self.until) = (oldest, period + BLOCK_MINUTES);
    }

    /// Returns the minutes from one period to before another, as far as they are computed.
    #[inline]
    pub(super) fn minutes(&self, from: usize, until: usize) -> Minutes<'_> {
        let places = from - self.first..until.min(self.until) - self.first;
        Minutes {
            requests: self.requests.get(places.clone()).unwrap_or_default(),
            squares: self.squares.get(places.clone()).unwrap_or_default(),
            highest_rps: self.highest_rps.get(places).unwrap_or_default(),
        }
    }
}
