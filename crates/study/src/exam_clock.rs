//! The clock of a mock exam: arithmetic of the seconds that went by, which whoever has a clock says.

/// Seconds for a question.
const SECONDS_OF_QUESTION: u32 = 120;
/// Most that the time is stretched (WCAG 2.2, success criterion 2.2.1: at least ten times, or no limit).
pub const MOST_STRETCH: f64 = 10.0;

/// How a person takes the time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExamClock {
    /// How many times the usual time there is; none: no limit.
    stretch: Option<f64>,
    /// Whether the clock is shown.
    pub is_shown: bool,
}

impl Default for ExamClock {
    fn default() -> Self {
        Self {
            stretch: Some(1.0),
            is_shown: true,
        }
    }
}

impl ExamClock {
    /// Returns it with the time stretched by a factor of 1 to 10, or without a limit.
    #[must_use]
    pub fn stretched(self, factor: Option<f64>) -> Self {
        let within = |factor: f64| {
            if factor.is_nan() {
                1.0
            } else {
                factor.clamp(1.0, MOST_STRETCH)
            }
        };
        Self {
            stretch: factor.map(within),
            ..self
        }
    }

    /// Returns how many times the usual time there is; none: no limit.
    #[must_use]
    pub const fn stretch(self) -> Option<f64> {
        self.stretch
    }

    /// Returns the time for this many questions, seconds; none: no limit.
    #[must_use]
    pub fn allowed_s(self, questions: usize) -> Option<u32> {
        let usual = questions as f64 * f64::from(SECONDS_OF_QUESTION);
        Some((usual * self.stretch?).round() as u32)
    }

    /// Returns the time that is left, seconds; none: no limit.
    #[must_use]
    pub fn left_s(self, questions: usize, elapsed_s: u32) -> Option<u32> {
        Some(self.allowed_s(questions)?.saturating_sub(elapsed_s))
    }

    /// Returns whether the time is over.
    #[must_use]
    pub fn is_over(self, questions: usize, elapsed_s: u32) -> bool {
        self.left_s(questions, elapsed_s) == Some(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_minutes_each_or_as_long_as_one_likes() {
        let usual = ExamClock::default();
        for (factor, allowed, elapsed, left) in [
            (Some(1.0), Some(1_200), 0, Some(1_200)),
            (Some(1.0), Some(1_200), 1_199, Some(1)),
            (Some(1.0), Some(1_200), 1_200, Some(0)),
            (Some(1.0), Some(1_200), u32::MAX, Some(0)),
            (Some(1.5), Some(1_800), 1_200, Some(600)),
            (Some(10.0), Some(12_000), 0, Some(12_000)),
            (Some(1e9), Some(12_000), 0, Some(12_000)),
            (Some(0.1), Some(1_200), 0, Some(1_200)),
            (Some(-1.0), Some(1_200), 0, Some(1_200)),
            (Some(f64::NAN), Some(1_200), 0, Some(1_200)),
            (None, None, u32::MAX, None),
        ] {
            let clock = usual.stretched(factor);
            assert_eq!(clock.allowed_s(10), allowed, "{factor:?}");
            assert_eq!(clock.left_s(10, elapsed), left, "{factor:?} {elapsed}");
            assert_eq!(clock.is_over(10, elapsed), left == Some(0));
        }
        assert_eq!(usual.allowed_s(30), Some(3_600));
    }
}
