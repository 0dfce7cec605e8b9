//! When a datapoint can be seen.

use crate::run::PERIOD_S;

/// A metric whose datapoints become visible some time after their period has ended.
///
/// AWS does not publish the delay; a datapoint that is not due yet is late, not missing.
#[derive(Clone, Debug)]
pub(crate) struct Delayed {
    ring: Vec<f64>,
    next: usize,
    published: usize,
}

impl Delayed {
    pub(crate) fn new(delay_s: f64) -> Self {
        // Seen at the first whole minute at or after it is due.
        let minutes = (delay_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 1440.0) as usize;
        Self {
            ring: vec![0.0; minutes + 1],
            next: 0,
            published: 0,
        }
    }

    /// Takes the datapoint of the period that ends now; gives the one that becomes visible now, if one does.
    #[inline]
    pub(crate) fn publish(&mut self, datapoint: f64) -> Option<f64> {
        if let Some(slot) = self.ring.get_mut(self.next) {
            *slot = datapoint;
        }
        self.next = if self.next + 1 == self.ring.len() {
            0
        } else {
            self.next + 1
        };
        self.published += 1;
        if self.published < self.ring.len() {
            return None;
        }
        self.ring.get(self.next).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datapoints_come_out_in_order_after_the_delay() {
        for (delay_s, minutes) in [(0.0, 0), (1.0, 1), (60.0, 1), (61.0, 2), (180.0, 3)] {
            let mut metric = Delayed::new(delay_s);
            for i in 0..10 {
                let expected = (i >= minutes).then(|| f64::from(i - minutes));
                assert_eq!(metric.publish(f64::from(i)), expected, "{delay_s}");
            }
        }
    }
}
