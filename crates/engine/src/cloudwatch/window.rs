//! Datapoints of periods longer than the metric's own.
//!
//! CloudWatch evaluates an alarm whose period is a minute or longer every minute, one with a shorter period every ten seconds,
//! over windows that slide along (Amazon CloudWatch user guide, "Evaluating an alarm"). Each evaluation within a period has
//! datapoints of its own, so it has a history of its own.

use super::judge::History;
use crate::{exact, plan::Statistic};

/// The newest values of a metric, and one history for each evaluation within a period.
#[derive(Clone, Debug)]
pub(super) struct Window {
    statistic: Statistic,
    /// As many values as a period has. The next one replaces the oldest.
    values: Vec<f64>,
    seen: usize,
    /// One history for each evaluation within a period.
    turns: Vec<History>,
    turn: usize,
}

impl Window {
    /// Returns a window over `values` values of the metric, evaluated `turns` times in that time.
    pub(super) fn new(statistic: Statistic, values: u32, turns: u32) -> Self {
        Self {
            statistic,
            values: vec![0.0; values.max(1) as usize],
            seen: 0,
            turns: vec![History::default(); turns.max(1) as usize],
            turn: 0,
        }
    }

    /// Takes the next value, if there is one; NaN where it is missing. Returns the statistic of the period that ends with it,
    /// once a whole period has passed (that less is no datapoint yet is assumed); `None` if all values are missing.
    // rule: alarm.sliding-periods
    // rule: alarm.first-whole-period
    pub(super) fn push(&mut self, value: Option<f64>) -> Option<f64> {
        let period = self.values.len();
        if let Some(place) = self.values.get_mut(self.seen % period) {
            *place = value?;
        }
        self.seen += 1;
        let is_missing = self.values.iter().all(|value| value.is_nan());
        (self.seen >= period && !is_missing).then(|| self.value())
    }

    /// Adds a datapoint to the history of the evaluation that is due. Returns that history.
    pub(super) fn note(&mut self, breaches: Option<bool>) -> History {
        let turns = self.turns.len();
        let turn = self.turns.get_mut(self.turn % turns);
        self.turn += 1;
        turn.map_or(History::default(), |history| {
            history.push(breaches);
            *history
        })
    }

    fn value(&self) -> f64 {
        let values = self.values.iter().copied().filter(|value| !value.is_nan());
        let sum = || exact::number(values.clone().sum());
        match self.statistic {
            Statistic::Sum => sum(),
            Statistic::Average => sum() / values.clone().count() as f64,
            Statistic::Minimum => values.fold(f64::INFINITY, f64::min),
            Statistic::Maximum => values.fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datapoint_is_the_statistic_of_the_newest_period() {
        let values = [1.0, 2.0, 3.0, 5.0, 0.0];
        for (statistic, expected) in [
            (Statistic::Sum, [6.0, 10.0, 8.0]),
            (Statistic::Average, [2.0, 10.0 / 3.0, 8.0 / 3.0]),
            (Statistic::Minimum, [1.0, 2.0, 0.0]),
            (Statistic::Maximum, [3.0, 5.0, 5.0]),
        ] {
            let mut window = Window::new(statistic, 3, 3);
            let got = values.map(|value| window.push(Some(value)));
            assert_eq!(got[..2], [None, None], "{statistic:?}");
            assert_eq!(got[2..], expected.map(Some), "{statistic:?}");
        }
    }
}
