//! The loop's part of an asynchronous endpoint's queue: what flows through it, its metrics, and what still waits at the end.

use super::target::Target;
use crate::{
    run::{Distress, PERIOD_S},
    service::DemandLine,
};

impl Target<'_> {
    /// Lets demand flow up to `at_s`.
    pub(super) fn flow_through_backlog(&mut self, at_s: f64) {
        let Some(backlog) = &mut self.backlog else {
            return;
        };
        let (queue, flow) = (&mut self.queue, &mut self.flow);
        let (mut start_s, came) = (self.counted_s, self.totals.requests);
        self.demand.advance_to(at_s, |from_rps, to_rps, seconds| {
            let line = DemandLine {
                start_s,
                from_rps,
                to_rps,
                seconds,
                before: came + flow.arrived,
            };
            backlog.advance(queue, &line, flow);
            start_s += seconds;
        });
    }

    /// Counts requests that still wait at the end as late, if they have waited for longer than the objective allows.
    pub(super) fn note_overdue(&mut self, length_s: f64) {
        let Some(backlog) = &mut self.backlog else {
            return;
        };
        let Some((late, longest_wait_s)) = backlog.overdue(&self.queue, length_s) else {
            return;
        };
        self.totals.late += late;
        self.distress.push(Distress {
            start_s: length_s - f64::from(PERIOD_S),
            failed: 0.0,
            late,
            longest_wait_s,
        });
    }
}
