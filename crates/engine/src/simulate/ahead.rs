//! Demand by the minute, walked many minutes ahead: what it comes to does not depend on the fleet.

use crate::{
    demand::{Cursor, Minutes},
    plan::Plan,
    run::PERIOD_S,
};

/// The most minutes that may still be needed when others are walked, and how many are walked at once.
pub(super) const MOST: usize = 128;
const AT_ONCE: usize = 192;

/// Places for minutes walked ahead.
const PLACES: usize = MOST + AT_ONCE;

pub(super) struct Ahead<'a> {
    cursor: Cursor<'a>,
    minutes: Minutes<[f64; PLACES]>,
    /// The period that the first of them is, and the one after the last.
    first: usize,
    until: usize,
}

impl<'a> Ahead<'a> {
    /// Nothing walked yet.
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            cursor: Cursor::new(plan.demand.nodes()),
            minutes: Minutes {
                requests: [0.0; PLACES],
                squares: [0.0; PLACES],
                highest_rps: [0.0; PLACES],
            },
            first: 0,
            until: 0,
        }
    }

    /// Sees to it that a period is walked, and keeps those before it from `oldest` on, at most `MOST`.
    #[inline]
    pub(super) fn keep(&mut self, oldest: usize, period: usize) {
        if period >= self.until {
            self.walk_on(oldest, period);
        }
    }

    #[inline(never)]
    fn walk_on(&mut self, oldest: usize, period: usize) {
        let kept = period - oldest;
        let Minutes {
            requests,
            squares,
            highest_rps,
        } = &mut self.minutes;
        if kept > 0 {
            let from = oldest - self.first;
            for column in [&mut *requests, &mut *squares, &mut *highest_rps] {
                column.copy_within(from..from + kept, 0);
            }
        }
        self.cursor.skip_to(period as f64 * f64::from(PERIOD_S));
        let [requests, squares, highest_rps] = [requests, squares, highest_rps]
            .map(|column| column.get_mut(kept..kept + AT_ONCE).unwrap_or_default());
        self.cursor.walk_minutes(Minutes {
            requests,
            squares,
            highest_rps,
        });
        (self.first, self.until) = (oldest, period + AT_ONCE);
    }

    /// Minutes from one period to before another, as far as they are walked.
    #[inline]
    pub(super) fn minutes(&self, from: usize, until: usize) -> Minutes<&[f64]> {
        let places = from - self.first..until.min(self.until) - self.first;
        let Minutes {
            requests,
            squares,
            highest_rps,
        } = &self.minutes;
        let [requests, squares, highest_rps] = [requests, squares, highest_rps]
            .map(|column| column.get(places.clone()).unwrap_or_default());
        Minutes {
            requests,
            squares,
            highest_rps,
        }
    }
}
