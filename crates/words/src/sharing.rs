//! What a link loses, and why there is none, in words.

use scenario::{
    link::{LongerSteps, MOST_CHARACTERS, Rounding, TooLong},
    trace::WITHIN,
};

use crate::Words;

impl Words {
    /// What a link loses of recordings.
    #[must_use]
    pub fn rounding(self, rounding: &Rounding) -> String {
        self.share_rounded(
            &self.integer(rounding.values as f64),
            &self.percent(WITHIN, 0),
            &self.percent(rounding.largest, 2),
            &self.percent(rounding.sum, 3),
        )
    }

    /// Why there is no link.
    #[must_use]
    pub fn too_long(self, too_long: TooLong) -> String {
        let most = self.integer(MOST_CHARACTERS as f64);
        match too_long.values {
            0 => self.share_too_long(&most),
            values => self.share_values_too_long(&self.integer(values as f64), &most),
        }
    }

    /// With which steps there would be a link.
    #[must_use]
    pub fn longer_steps(self, longer: &LongerSteps) -> String {
        let step = self.duration(f64::from(longer.step_s));
        self.share_longer_steps(&step, &self.integer(longer.values as f64))
    }

    /// Which steps a link has instead of those that were recorded.
    #[must_use]
    pub fn longer_steps_done(self, longer: &LongerSteps) -> String {
        let step = self.duration(f64::from(longer.step_s));
        self.share_longer_steps_done(&step, &self.integer(longer.values as f64))
    }

    /// That a recording came by a link that rounded it.
    #[must_use]
    pub fn came_rounded(self) -> String {
        self.layer_trace_rounded(&self.percent(WITHIN, 0))
    }
}
