//! When a datapoint can be seen.

use crate::run::PERIOD_S;

/// A metric whose datapoints become visible some time after their period has ended.
///
/// AWS does not publish the delay; a datapoint that is not due yet is late, not missing.
#[derive(Clone, Debug)]
pub(crate) struct Delayed {
    /// Datapoints on their way, and the place of the oldest.
    ring: Vec<f64>,
    oldest: usize,
    /// Places that no datapoint has taken yet.
    vacant: usize,
}

impl Delayed {
    pub(crate) fn new(delay_s: f64) -> Self {
        // Seen at the first whole minute at or after it is due.
        let minutes = (delay_s / f64::from(PERIOD_S)).ceil().clamp(0.0, 1440.0) as usize;
        Self {
            ring: vec![0.0; minutes],
            oldest: 0,
            vacant: minutes,
        }
    }

    /// Takes the datapoint of the period that ends now; gives the one that becomes visible now, if one does.
    #[inline]
    pub(crate) fn publish(&mut self, datapoint: f64) -> Option<f64> {
        let Some(oldest) = self.ring.get_mut(self.oldest) else {
            return Some(datapoint);
        };
        let visible = core::mem::replace(oldest, datapoint);
        self.oldest += 1;
        if self.oldest == self.ring.len() {
            self.oldest = 0;
        }
        if self.vacant > 0 {
            self.vacant -= 1;
            return None;
        }
        Some(visible)
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
