//! The column of an alarm's states, period by period. States change rarely, so a stretch is written when it ends.

use crate::run::{AlarmState, period_of};

/// An alarm's column, how far it is written, and the state from there on.
#[derive(Clone, Debug)]
pub(super) struct StateColumn {
    column: Vec<AlarmState>,
    written: usize,
    now: AlarmState,
}

impl StateColumn {
    /// Returns a column of INSUFFICIENT_DATA over all periods.
    pub(super) fn new(periods: usize) -> Self {
        Self {
            column: vec![AlarmState::default(); periods],
            written: 0,
            now: AlarmState::default(),
        }
    }

    /// Notes the state after the evaluation at `now_s`, at the end of a period.
    pub(super) fn note(&mut self, now_s: f64, state: AlarmState) {
        if self.now != state {
            self.write(period_of(now_s));
            self.now = state;
        }
    }

    /// Returns the column, once the run is over.
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
