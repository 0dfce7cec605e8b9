//! Demand by the minute, walked many minutes ahead: what it comes to does not depend on the fleet.

use crate::{
    demand::{Cursor, Walk},
    plan::Plan,
    run::PERIOD_S,
};

/// The most minutes that may still be needed when others are walked, and how many are walked at once.
pub(super) const MOST: usize = 128;
const AT_ONCE: usize = 192;

pub(super) struct Ahead<'a> {
    cursor: Cursor<'a>,
    minutes: [Walk; MOST + AT_ONCE],
    /// The period that the first of them is, and the one after the last.
    first: usize,
    until: usize,
}

impl<'a> Ahead<'a> {
    /// Nothing walked yet.
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            cursor: Cursor::new(plan.demand.nodes()),
            minutes: [Walk::default(); MOST + AT_ONCE],
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
        if kept > 0 {
            let from = oldest - self.first;
            self.minutes.copy_within(from..from + kept, 0);
        }
        self.cursor.skip_to(period as f64 * f64::from(PERIOD_S));
        if let Some(minutes) = self.minutes.get_mut(kept..kept + AT_ONCE) {
            self.cursor.walk_minutes(minutes);
        }
        (self.first, self.until) = (oldest, period + AT_ONCE);
    }

    /// Minutes from one period to before another, as far as they are walked.
    #[inline]
    pub(super) fn minutes(&self, from: usize, until: usize) -> &[Walk] {
        let places = from - self.first..until.min(self.until) - self.first;
        self.minutes.get(places).unwrap_or_default()
    }
}
