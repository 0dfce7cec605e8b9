//! Datapoints of periods longer than a minute.
//!
//! CloudWatch evaluates an alarm whose period is a minute or longer every minute, over windows that slide along (Amazon
//! CloudWatch user guide, "Evaluating an alarm"). So as many series of datapoints as a period has minutes take turns.

use super::judge::History;
use crate::plan::Statistic;

/// The newest minutes of a metric, and what the datapoints of each turn did.
#[derive(Clone, Debug)]
pub(super) struct Window {
    statistic: Statistic,
    /// As many values as a period has minutes; the oldest is replaced.
    minutes: Vec<f64>,
    /// One history a turn.
    turns: Vec<History>,
    seen: usize,
}

impl Window {
    #[inline(never)]
    pub(super) fn new(statistic: Statistic, period_min: u32) -> Self {
        let period = period_min.clamp(1, 1440) as usize;
        Self {
            statistic,
            minutes: vec![0.0; period],
            turns: vec![History::default(); period],
            seen: 0,
        }
    }

    /// Takes the next minute's value, if there is one, or NaN where it is missing. Gives the period's that ends with it, once a
    /// whole period has been seen (that less is no datapoint yet is assumed), unless all of it is missing.
    pub(super) fn push(&mut self, value: Option<f64>) -> Option<f64> {
        let period = self.minutes.len();
        if let Some(place) = self.minutes.get_mut(self.seen % period) {
            *place = value?;
        }
        self.seen += 1;
        let is_missing = self.minutes.iter().all(|value| value.is_nan());
        (self.seen >= period && !is_missing).then(|| self.value())
    }

    /// The history of the turn that the newest minute ends, with one more datapoint.
    pub(super) fn note(&mut self, breaches: Option<bool>) -> History {
        let period = self.turns.len();
        let turn = self.turns.get_mut(self.seen % period);
        turn.map_or(History::default(), |history| {
            history.push(breaches);
            *history
        })
    }

    fn value(&self) -> f64 {
        let minutes = self.minutes.iter().copied().filter(|value| !value.is_nan());
        let sum = || minutes.clone().sum::<f64>();
        match self.statistic {
            Statistic::Sum => sum(),
            Statistic::Average => sum() / minutes.clone().count() as f64,
            Statistic::Minimum => minutes.fold(f64::INFINITY, f64::min),
            Statistic::Maximum => minutes.fold(f64::NEG_INFINITY, f64::max),
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
            let mut window = Window::new(statistic, 3);
            let got = values.map(|value| window.push(Some(value)));
            assert_eq!(got[..2], [None, None], "{statistic:?}");
            assert_eq!(got[2..], expected.map(Some), "{statistic:?}");
        }
    }
}
