//! The states of the first policy's alarms, period by period. They turn rarely: a stretch is written when it ends.

use crate::run::{AlarmState, PERIOD_S};

/// Two columns, as far as they are written, and what goes on from there.
#[derive(Clone, Debug)]
pub(crate) struct States {
    pub high: Vec<AlarmState>,
    pub low: Vec<AlarmState>,
    written: usize,
    now: (AlarmState, AlarmState),
}

impl States {
    /// No data over so many periods.
    pub(super) fn new(periods: usize) -> Self {
        Self {
            high: vec![AlarmState::default(); periods],
            low: vec![AlarmState::default(); periods],
            written: 0,
            now: Default::default(),
        }
    }

    /// The states after the evaluation at `now_s`, at the end of a period.
    pub(super) fn note(&mut self, now_s: f64, high: AlarmState, low: AlarmState) {
        if self.now != (high, low) {
            let ended = (now_s / f64::from(PERIOD_S)) as usize;
            self.write(ended.saturating_sub(1));
            self.now = (high, low);
        }
    }

    /// The run is over.
    pub(super) fn finish(&mut self) {
        self.write(self.high.len());
    }

    fn write(&mut self, until: usize) {
        for (column, state) in [(&mut self.high, self.now.0), (&mut self.low, self.now.1)] {
            if let Some(stretch) = column.get_mut(self.written..until) {
                stretch.fill(state);
            }
        }
        self.written = until;
    }
}
