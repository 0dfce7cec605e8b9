//! The delay after which a datapoint becomes visible to alarms.

use super::breach::Datapoint;
use crate::run::PERIOD_S;
use core::cell::Cell;
use std::collections::VecDeque;

/// Minutes that `arrivals` has room for beyond the delay. When they are used up, the datapoints under way move back to the front.
const BLOCK_MINUTES: usize = 256;

/// A metric whose datapoints become visible some time after their period has ended.
///
/// AWS does not publish the delay; a datapoint that is not due yet is late, not missing.
#[derive(Clone, Debug)]
pub(crate) struct DelayedMetric {
    /// Arrivals per instance of the datapoints under way, from `oldest` on; NaN before the first.
    arrivals: Vec<f64>,
    oldest: usize,
    delay_minutes: usize,
    /// Whether a policy or a chart needs more of a datapoint than its arrivals.
    keeps_details: bool,
    /// The datapoints that are more than arrivals, with their index in `arrivals`.
    detailed: VecDeque<(usize, Datapoint)>,
}

impl DelayedMetric {
    pub(crate) fn new(delay_s: f64, keeps_details: bool) -> Self {
        // A datapoint is seen at the first whole minute at or after it is due.
        let delay_minutes = (delay_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 1440.0) as usize;
        Self {
            arrivals: vec![f64::NAN; delay_minutes + BLOCK_MINUTES],
            oldest: 0,
            delay_minutes,
            keeps_details,
            detailed: VecDeque::new(),
        }
    }

    /// Takes the datapoint of the period that ends now. Returns the one that becomes visible now, if one does.
    // rule: alarm.metric-delay
    pub(crate) fn publish(&mut self, datapoint: Datapoint) -> Option<Datapoint> {
        if let Some((coming, _)) = self.next_minutes(1).next() {
            // A missing datapoint is kept in `detailed`: NaN here means that it is late.
            coming.set(datapoint.arrived.max(0.0));
        }
        if self.keeps_details && datapoint != Datapoint::of_arrivals(datapoint.arrived) {
            self.keep_detailed(datapoint);
        }
        self.reveal()
    }

    fn keep_detailed(&mut self, datapoint: Datapoint) {
        self.detailed
            .push_back((self.oldest + self.delay_minutes, datapoint));
    }

    /// Returns whether arrivals are all there is to know of the datapoints under way.
    #[inline]
    pub(crate) fn are_all_arrivals(&self) -> bool {
        self.detailed.is_empty()
    }

    /// Returns the datapoint that becomes visible now, if one does. That of the period that ends now must have been written
    /// before.
    pub(crate) fn reveal(&mut self) -> Option<Datapoint> {
        let arrived = self.arrivals.get(self.oldest).copied();
        let detailed = if self.are_all_arrivals() {
            None
        } else {
            self.take_detailed()
        };
        self.pass(1);
        arrived
            .filter(|arrived| !arrived.is_nan())
            .map(|arrived| detailed.unwrap_or(Datapoint::of_arrivals(arrived)))
    }

    fn take_detailed(&mut self) -> Option<Datapoint> {
        let (_, datapoint) =
            (self.detailed.front().copied()).filter(|(index, _)| *index == self.oldest)?;
        self.detailed.pop_front();
        Some(datapoint)
    }

    /// Returns two cells for each of the next minutes (at most `BLOCK_MINUTES`): the one that its arrivals are written to, and
    /// the one that becomes visible at its end (NaN if none does).
    #[inline]
    pub(crate) fn next_minutes(
        &mut self,
        minutes: usize,
    ) -> impl Iterator<Item = (&Cell<f64>, &Cell<f64>)> {
        if self.oldest + self.delay_minutes + minutes > self.arrivals.len() {
            self.move_back();
        }
        let arrivals = Cell::from_mut(self.arrivals.as_mut_slice()).as_slice_of_cells();
        let visible = arrivals.get(self.oldest..).unwrap_or_default();
        let coming = visible.get(self.delay_minutes..).unwrap_or_default();
        coming.iter().zip(visible)
    }

    fn move_back(&mut self) {
        let under_way = self.oldest..self.oldest + self.delay_minutes;
        self.arrivals.copy_within(under_way, 0);
        for (index, _) in &mut self.detailed {
            *index -= self.oldest;
        }
        self.oldest = 0;
    }

    /// Passes over `minutes` of them.
    #[inline]
    pub(crate) fn pass(&mut self, minutes: usize) {
        self.oldest += minutes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(requests: f64) -> Datapoint {
        let mut datapoint = Datapoint::of_arrivals(requests);
        if requests % 3.0 == 1.0 {
            datapoint.served = 0.5;
        }
        if requests % 5.0 == 1.0 {
            datapoint.backlog.size = 7.0;
        }
        datapoint
    }

    #[test]
    fn datapoints_come_out_in_order_after_the_delay() {
        for (delay_s, minutes) in [(0.0, 0), (1.0, 1), (60.0, 1), (61.0, 2), (180.0, 3)] {
            let mut metric = DelayedMetric::new(delay_s, true);
            for i in 0..1000 {
                let expected = (i >= minutes).then(|| point(f64::from(i - minutes)));
                assert_eq!(metric.publish(point(f64::from(i))), expected, "{delay_s}");
            }
        }
    }

    #[test]
    fn a_window_shows_what_one_by_one_becomes_visible() {
        for delay_s in [0.0, 120.0, 7200.0, 86_400.0] {
            let (mut one_by_one, mut by_windows) = (
                DelayedMetric::new(delay_s, true),
                DelayedMetric::new(delay_s, true),
            );
            let mut requests = 0.0;
            for length in (0..200).map(|i| i % 65) {
                // What is left of a window when something happens is looked at again.
                let left = length / 3;
                for (coming, _) in by_windows.next_minutes(length + left).take(length + left) {
                    coming.set(-1.0);
                }
                let plain = by_windows.are_all_arrivals();
                for (coming, visible) in by_windows.next_minutes(length).take(length) {
                    coming.set(requests);
                    let expected = one_by_one.publish(Datapoint::of_arrivals(requests));
                    if plain {
                        let visible = Some(visible.get()).filter(|requests| !requests.is_nan());
                        assert_eq!(visible.map(Datapoint::of_arrivals), expected);
                    }
                    requests += 1.0;
                }
                by_windows.pass(length);
                if by_windows.are_all_arrivals() {
                    let expected = one_by_one.publish(point(1.0));
                    assert_eq!(by_windows.publish(point(1.0)), expected);
                }
                while !by_windows.are_all_arrivals() {
                    let expected = one_by_one.publish(Datapoint::of_arrivals(requests));
                    assert_eq!(
                        by_windows.publish(Datapoint::of_arrivals(requests)),
                        expected
                    );
                    requests += 1.0;
                }
            }
        }
    }
}
