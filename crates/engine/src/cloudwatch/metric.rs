//! When a datapoint can be seen.

use super::breach::Datapoint;
use crate::run::PERIOD_S;
use core::cell::Cell;
use std::collections::VecDeque;

/// Minutes by which datapoints move through their places before all are moved back.
const ROOM: usize = 256;

/// A metric whose datapoints become visible some time after their period has ended.
///
/// AWS does not publish the delay; a datapoint that is not due yet is late, not missing.
#[derive(Clone, Debug)]
pub(crate) struct Delayed {
    /// Requests that came, of the datapoints on their way, from the oldest on; NaN before the first.
    places: Vec<f64>,
    oldest: usize,
    minutes: usize,
    /// Whether anybody looks at more than requests that came.
    in_full: bool,
    /// Those that are not plain, by place.
    apart: VecDeque<(usize, Datapoint)>,
}

impl Delayed {
    pub(crate) fn new(delay_s: f64, in_full: bool) -> Self {
        // Seen at the first whole minute at or after it is due.
        let minutes = (delay_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 1440.0) as usize;
        Self {
            places: vec![f64::NAN; minutes + ROOM],
            oldest: 0,
            minutes,
            in_full,
            apart: VecDeque::new(),
        }
    }

    /// Takes the datapoint of the period that ends now; gives the one that becomes visible now, if one does.
    // rule: alarm.metric-delay
    pub(crate) fn publish(&mut self, datapoint: Datapoint) -> Option<Datapoint> {
        if let Some((coming, _)) = self.window(1).next() {
            // One that is missing is kept apart; here it would be one that is late.
            coming.set(datapoint.arrived.max(0.0));
        }
        if self.in_full && datapoint != Datapoint::plain(datapoint.arrived) {
            self.keep_apart(datapoint);
        }
        self.reveal()
    }

    #[inline(never)]
    fn keep_apart(&mut self, datapoint: Datapoint) {
        self.apart
            .push_back((self.oldest + self.minutes, datapoint));
    }

    /// Of all datapoints on their way, as many were served as came, and none waited.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.apart.is_empty()
    }

    /// The datapoint that becomes visible now, if one does, once that of the period that ends now is in its place.
    pub(crate) fn reveal(&mut self) -> Option<Datapoint> {
        let arrived = self.places.get(self.oldest).copied();
        let apart = if self.is_plain() { None } else { self.apart() };
        self.pass(1);
        arrived
            .filter(|arrived| !arrived.is_nan())
            .map(|arrived| apart.unwrap_or(Datapoint::plain(arrived)))
    }

    #[inline(never)]
    fn apart(&mut self) -> Option<Datapoint> {
        let (_, datapoint) =
            (self.apart.front().copied()).filter(|(place, _)| *place == self.oldest)?;
        self.apart.pop_front();
        Some(datapoint)
    }

    /// For each of the next minutes (at most `ROOM`), where the requests that come in it go, and then those that become
    /// visible: NaN if none do.
    #[inline]
    pub(crate) fn window(
        &mut self,
        minutes: usize,
    ) -> impl Iterator<Item = (&Cell<f64>, &Cell<f64>)> {
        if self.oldest + self.minutes + minutes > self.places.len() {
            self.move_back();
        }
        let places = Cell::from_mut(self.places.as_mut_slice()).as_slice_of_cells();
        let visible = places.get(self.oldest..).unwrap_or_default();
        let coming = visible.get(self.minutes..).unwrap_or_default();
        coming.iter().zip(visible)
    }

    #[inline(never)]
    fn move_back(&mut self) {
        let under_way = self.oldest..self.oldest + self.minutes;
        self.places.copy_within(under_way, 0);
        for (place, _) in &mut self.apart {
            *place -= self.oldest;
        }
        self.oldest = 0;
    }

    /// So many minutes of the window have passed.
    #[inline]
    pub(crate) fn pass(&mut self, minutes: usize) {
        self.oldest += minutes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(requests: f64) -> Datapoint {
        let mut datapoint = Datapoint::plain(requests);
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
            let mut metric = Delayed::new(delay_s, true);
            for i in 0..1000 {
                let expected = (i >= minutes).then(|| point(f64::from(i - minutes)));
                assert_eq!(metric.publish(point(f64::from(i))), expected, "{delay_s}");
            }
        }
    }

    #[test]
    fn a_window_shows_what_one_by_one_becomes_visible() {
        for delay_s in [0.0, 120.0, 7200.0, 86_400.0] {
            let (mut one_by_one, mut by_windows) =
                (Delayed::new(delay_s, true), Delayed::new(delay_s, true));
            let mut requests = 0.0;
            for length in (0..200).map(|i| i % 65) {
                // What is left of a window when something happens is looked at again.
                let left = length / 3;
                for (coming, _) in by_windows.window(length + left).take(length + left) {
                    coming.set(-1.0);
                }
                let plain = by_windows.is_plain();
                for (coming, visible) in by_windows.window(length).take(length) {
                    coming.set(requests);
                    let expected = one_by_one.publish(Datapoint::plain(requests));
                    if plain {
                        let visible = Some(visible.get()).filter(|requests| !requests.is_nan());
                        assert_eq!(visible.map(Datapoint::plain), expected);
                    }
                    requests += 1.0;
                }
                by_windows.pass(length);
                if by_windows.is_plain() {
                    let expected = one_by_one.publish(point(1.0));
                    assert_eq!(by_windows.publish(point(1.0)), expected);
                }
                while !by_windows.is_plain() {
                    let expected = one_by_one.publish(Datapoint::plain(requests));
                    assert_eq!(by_windows.publish(Datapoint::plain(requests)), expected);
                    requests += 1.0;
                }
            }
        }
    }
}
