//! An alarm's states, period by period. They turn rarely: a stretch is written when it ends.

use crate::run::{AlarmState, period_of};

/// An alarm's column, as far as it is written, and what goes on from there.
#[derive(Clone, Debug)]
pub(super) struct StateColumn {
    column: Vec<AlarmState>,
    written: usize,
    now: AlarmState,
}

impl StateColumn {
    /// No data over so many periods.
    pub(super) fn new(periods: usize) -> Self {
        Self {
            column: vec![AlarmState::default(); periods],
            written: 0,
            now: AlarmState::default(),
        }
    }

    /// The state after the evaluation at `now_s`, at the end of a period.
    pub(super) fn note(&mut self, now_s: f64, state: AlarmState) {
        if self.now != state {
            self.write(period_of(now_s));
            self.now = state;
        }
    }

    /// The column, once the run is over.
    pub(super) fn finish(mut self) -> Vec<AlarmState> {
        self.write(self.column.len());
        self.column
    }

    fn write(&mut self, until: usize) {
        if let Some(stretch) = self.column.get_mut(self.written..until) {
            stretch.fill(self.now);
        }
        self.written = until;
    }
}
