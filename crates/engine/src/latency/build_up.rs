//! Random waits that take longer than a moment to build up or to fall back, followed minute by minute.
//!
//! Close to full use (and at slow instances well below) a station needs minutes or hours until waits are those of the long run.
//! One number follows them: the backlog, the work that a request which has to wait finds before it.

use super::{
    Table, TablePosition, brownian,
    station::{Station, Steady},
};

/// Waits that reach those of the long run within this time need not be followed, seconds.
pub(super) const AT_ONCE_S: f64 = 3.0;

/// Waits that take longer than this to do so are followed even while they stay the same, seconds.
const SOON_S: f64 = 30.0;

/// Two kinds of requests of a minute: the share of each, and the station that it meets.
pub(crate) type Parts = [(f64, Station); 2];

/// The backlog from minute to minute. It begins with empty stations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BuildUp {
    /// At the end of the last minute, seconds; `None`: that of the long run, at `last`.
    backlog_s: Option<f64>,
    last: Option<TablePosition>,
    capacity_rps: f64,
}

impl BuildUp {
    /// Returns whether the last minute was as in the long run.
    #[inline]
    pub(crate) fn is_settled(&self) -> bool {
        self.backlog_s.is_none()
    }

    /// Notes that minutes have passed as in the long run, the last of them at a position of the table.
    #[inline]
    pub(crate) fn settle(&mut self, at: TablePosition) {
        (self.backlog_s, self.last, self.capacity_rps) = (None, Some(at), 0.0);
    }

    /// Returns whether a minute is as in the long run; if so, notes that it has passed.
    #[inline]
    pub(crate) fn settles(&mut self, table: &Table, at: TablePosition) -> bool {
        let settles =
            (at.index < table.slow_from && self.is_settled()) || self.hardly_moves(table, at);
        if settles {
            self.settle(at);
        }
        settles
    }

    fn hardly_moves(&self, table: &Table, at: TablePosition) -> bool {
        let Some(steady) = table.steady(at) else {
            return false;
        };
        let (before_s, after_s) = (self.before_s(table), steady.backlog_s());
        let unit_s = steady.unit_s();
        // The difference that is left, as a mean over the minute, is at most a hundredth.
        let moves = (before_s - after_s).abs();
        unit_s <= SOON_S && moves <= after_s * (0.02 * 60.0 / unit_s).min(0.5)
    }

    fn before_s(&self, table: &Table) -> f64 {
        match (self.backlog_s, self.last) {
            (Some(backlog_s), _) => backlog_s,
            (None, Some(last)) => table.steady(last).map_or(0.0, Steady::backlog_s),
            (None, None) => 0.0,
        }
    }

    /// Lets `seconds` pass at the utilisation `load` (zero seconds while the first requests are being served). `capacity_rps`:
    /// capacity at their end. Returns what the requests meet.
    #[cold]
    pub(crate) fn pass(
        &mut self,
        table: &Table,
        load: f64,
        seconds: f64,
        capacity_rps: f64,
    ) -> Parts {
        let steady = Steady::new(&table.load_test, load);
        let mut before_s = self.before_s(table);
        // Instances that have just come into service are empty.
        if capacity_rps > self.capacity_rps && self.capacity_rps > 0.0 {
            before_s *= self.capacity_rps / capacity_rps;
        }
        self.capacity_rps = capacity_rps;
        if seconds <= 0.0 {
            self.backlog_s = Some(before_s);
            return [(1.0, steady.after(0.0)), (0.0, Station::default())];
        }
        let long_run_s = steady.backlog_s();
        let (end_s, parts) = if before_s <= long_run_s {
            grow(&steady, before_s, seconds)
        } else {
            // The longest waits stay as they were, while more and more stations have worked off their backlog.
            let time = seconds / steady.falls_in_s(before_s);
            let left = libm::exp(-time);
            let mean = (1.0 - left) / time;
            let parts = [
                (mean, steady.falling_back(before_s)),
                (1.0 - mean, steady.in_the_long_run()),
            ];
            (long_run_s + (before_s - long_run_s) * left, parts)
        };
        self.backlog_s = Some(end_s);
        parts
    }
}

/// Lets a backlog build up. Returns its value at the end, and what requests meet meanwhile.
fn grow(steady: &Steady, before_s: f64, seconds: f64) -> (f64, Parts) {
    let unit_s = steady.unit_s();
    let from_s = unit_s * brownian::time_of(before_s / steady.backlog_s());
    let until_s = from_s + seconds;
    // At first it grows with the root of time, of which this is the mean.
    let root = 2.0 / 3.0 * (until_s * until_s.sqrt() - from_s * from_s.sqrt()) / seconds;
    let end_s = steady.backlog_s() * brownian::after(until_s / unit_s).share;
    let station = steady.after(root * root);
    (end_s, [(1.0, station), (0.0, Station::default())])
}
