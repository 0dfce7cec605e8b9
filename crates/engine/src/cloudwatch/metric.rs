//! When a datapoint can be seen.

use super::breach::Datapoint;
use crate::run::PERIOD_S;
use core::cell::Cell;

/// Minutes by which datapoints move through their places before all are moved back.
const ROOM: usize = 256;

/// No datapoint.
const NONE: Datapoint = Datapoint {
    arrived: f64::NAN,
    served: f64::NAN,
};

/// A metric whose datapoints become visible some time after their period has ended.
///
/// AWS does not publish the delay; a datapoint that is not due yet is late, not missing.
#[derive(Clone, Debug)]
pub(crate) struct Delayed {
    /// Datapoints on their way, from the oldest on; [`NONE`] before the first.
    places: Vec<Datapoint>,
    oldest: usize,
    minutes: usize,
}

impl Delayed {
    pub(crate) fn new(delay_s: f64) -> Self {
        // Seen at the first whole minute at or after it is due.
        let minutes = (delay_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 1440.0) as usize;
        Self {
            places: vec![NONE; minutes + ROOM],
            oldest: 0,
            minutes,
        }
    }

    /// Takes the datapoint of the period that ends now; gives the one that becomes visible now, if one does.
    pub(crate) fn publish(&mut self, datapoint: Datapoint) -> Option<Datapoint> {
        if let Some((coming, _)) = self.window(1).next() {
            coming.set(datapoint);
        }
        self.reveal()
    }

    /// The datapoint that becomes visible now, if one does, once that of the period that ends now is in its place.
    pub(crate) fn reveal(&mut self) -> Option<Datapoint> {
        let visible = self.places.get(self.oldest).copied();
        self.pass(1);
        visible.filter(|datapoint| !datapoint.arrived.is_nan())
    }

    /// For each of the next minutes (at most `ROOM`), where its datapoint goes, and then the one that becomes visible:
    /// NaN if none does.
    #[inline]
    pub(crate) fn window(
        &mut self,
        minutes: usize,
    ) -> impl Iterator<Item = (&Cell<Datapoint>, &Cell<Datapoint>)> {
        if self.oldest + self.minutes + minutes > self.places.len() {
            let under_way = self.oldest..self.oldest + self.minutes;
            self.places.copy_within(under_way, 0);
            self.oldest = 0;
        }
        let places = Cell::from_mut(self.places.as_mut_slice()).as_slice_of_cells();
        let visible = places.get(self.oldest..).unwrap_or_default();
        let coming = visible.get(self.minutes..).unwrap_or_default();
        coming.iter().zip(visible)
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
        Datapoint {
            arrived: requests,
            served: requests / 2.0,
        }
    }

    #[test]
    fn datapoints_come_out_in_order_after_the_delay() {
        for (delay_s, minutes) in [(0.0, 0), (1.0, 1), (60.0, 1), (61.0, 2), (180.0, 3)] {
            let mut metric = Delayed::new(delay_s);
            for i in 0..10 {
                let expected = (i >= minutes).then(|| point(f64::from(i - minutes)));
                assert_eq!(metric.publish(point(f64::from(i))), expected, "{delay_s}");
            }
        }
    }

    #[test]
    fn a_window_shows_what_one_by_one_becomes_visible() {
        for delay_s in [0.0, 120.0, 7200.0, 86_400.0] {
            let (mut one_by_one, mut by_windows) = (Delayed::new(delay_s), Delayed::new(delay_s));
            let mut datapoint = 0.0;
            for length in (0..200).map(|i| i % 65) {
                // What is left of a window when something happens is looked at again.
                let left = length / 3;
                for (coming, _) in by_windows.window(length + left).take(length + left) {
                    coming.set(point(-1.0));
                }
                for (coming, visible) in by_windows.window(length).take(length) {
                    coming.set(point(datapoint));
                    let visible = visible.get();
                    let expected = one_by_one.publish(point(datapoint));
                    assert_eq!(Some(visible).filter(|v| !v.arrived.is_nan()), expected);
                    datapoint += 1.0;
                }
                by_windows.pass(length);
            }
        }
    }
}
