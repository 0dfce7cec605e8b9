//! One moment of a run, and what the run says at it: the values beside a cross-hair.

use engine::run::{AlarmState, FleetChange, Run};

/// A moment of a run. Values of series are those of the metric period that holds it; those of the fleet are exact.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The run.
    pub run: &'a Run,
    /// When, in seconds from the start of the run.
    pub at_s: f64,
    /// The fleet at that moment.
    pub fleet: &'a FleetChange,
    /// How far away, in seconds, a mark is still beside it: half a metric period, or as far as a pointer cannot tell.
    pub reach_s: f64,
    /// Index of the metric period that holds it.
    period: usize,
}

impl<'a> Moment<'a> {
    /// Returns the moment of a run at `at_s`; `None` for a run without samples.
    #[must_use]
    pub fn new(run: &'a Run, at_s: f64) -> Option<Self> {
        let last = run.series.demand_rps.len().checked_sub(1)?;
        let period_s = f64::from(run.period_s.max(1));
        let period = (at_s / period_s).floor().max(0.0) as usize;
        let after = run.fleet.partition_point(|c| c.at_s <= at_s);
        Some(Self {
            run,
            at_s,
            fleet: run.fleet.get(after.saturating_sub(1))?,
            reach_s: period_s / 2.0,
            period: period.min(last),
        })
    }

    /// Returns the moment on a screen on which marks this far away are still beside it.
    #[must_use]
    pub fn reaching(self, reach_s: f64) -> Self {
        let reach_s = self.reach_s.max(reach_s);
        Self { reach_s, ..self }
    }

    /// Returns what a column of the run's series holds for it; `None` where the run has no such column.
    #[must_use]
    pub fn of<T: Copy>(&self, column: &[T]) -> Option<T> {
        column.get(self.period).copied()
    }

    /// Returns the same as a number: NaN where there is none.
    #[must_use]
    pub fn value(&self, column: &[f32]) -> f64 {
        self.of(column).map_or(f64::NAN, f64::from)
    }

    /// Returns the state of an alarm: a state is that at its period's end, so it stands until the next period ends.
    #[must_use]
    pub fn alarm(&self, states: &[AlarmState]) -> AlarmState {
        let before = self.period.checked_sub(1);
        let state = before.and_then(|before| states.get(before));
        state.copied().unwrap_or_default()
    }
}

/// Returns the index of the moment in a sorted list that is nearest to `at_s`; `None` for an empty list.
#[must_use]
pub fn nearest(len: usize, moment_s: impl Fn(usize) -> f64, at_s: f64) -> Option<usize> {
    let last = len.checked_sub(1)?;
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if moment_s(middle) <= at_s {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let after = low.min(last);
    let before = after.saturating_sub(1);
    let closer = (at_s - moment_s(before)).abs() <= (moment_s(after) - at_s).abs();
    Some(if closer { before } else { after })
}

#[cfg(test)]
mod tests {
    use engine::run::AlarmRole;

    use super::*;
    use crate::sample;

    #[test]
    fn a_moment_mixes_exact_fleet_and_period_means() {
        let run = sample::run();
        let moment = Moment::new(&run, 3_630.0).unwrap();
        let demand_rps = &run.series.demand_rps;
        assert_eq!(moment.value(demand_rps), f64::from(demand_rps[60]));
        assert_eq!((moment.fleet.in_service, moment.fleet.pending), (2, 4));
        assert!(moment.value(&[]).is_nan() && moment.of::<u32>(&[]).is_none());
        let in_service = |at_s| Moment::new(&run, at_s).unwrap().fleet.in_service;
        assert_eq!((in_service(1e12), in_service(-5.0)), (6, 2));
        assert!(Moment::new(&Run::default(), 0.0).is_none());
    }

    #[test]
    fn an_alarm_is_as_the_period_before_left_it() {
        let run = sample::run();
        let high = run.series.alarm(AlarmRole::High);
        let state = |at_s| Moment::new(&run, at_s).unwrap().alarm(high);
        for (at_s, expected) in [
            (0.0, AlarmState::default()),
            (3_719.0, AlarmState::Ok),
            (3_720.0, AlarmState::Alarm),
            (4_019.0, AlarmState::Alarm),
            (4_020.0, AlarmState::Ok),
        ] {
            assert_eq!(state(at_s), expected, "{at_s}");
        }
    }

    #[test]
    fn the_nearest_activity_is_found() {
        let moments = [10.0, 20.0, 40.0];
        for (at_s, expected) in [
            (-9.0, 0),
            (14.0, 0),
            (16.0, 1),
            (31.0, 2),
            (99.0, 2),
            (20.0, 1),
        ] {
            assert_eq!(nearest(3, |i| moments[i], at_s), Some(expected), "{at_s}");
        }
        assert_eq!(nearest(0, |_| 0.0, 5.0), None);
    }
}
