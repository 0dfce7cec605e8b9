//! Which distance between time labels suits a window. Where midnight is, and what a label says, is known in `ticks`.

use crate::window::Window;

/// A label on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTick {
    /// Seconds from the start of the run.
    pub at_s: f64,
    /// What it says: "21:00", "28 Nov".
    pub label: String,
    /// Whether a larger unit starts here (a day among hours, a year among months).
    pub major: bool,
}

/// Distance between labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickStep {
    /// So many seconds; a divisor of a day.
    Seconds(u32),
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
}

const DAY_S: f64 = 86_400.0;

const STEPS: [(TickStep, f64); 21] = [
    (TickStep::Seconds(10), 10.0),
    (TickStep::Seconds(30), 30.0),
    (TickStep::Seconds(60), 60.0),
    (TickStep::Seconds(120), 120.0),
    (TickStep::Seconds(300), 300.0),
    (TickStep::Seconds(600), 600.0),
    (TickStep::Seconds(900), 900.0),
    (TickStep::Seconds(1800), 1800.0),
    (TickStep::Seconds(3600), 3600.0),
    (TickStep::Seconds(7200), 7200.0),
    (TickStep::Seconds(10_800), 10_800.0),
    (TickStep::Seconds(21_600), 21_600.0),
    (TickStep::Seconds(43_200), 43_200.0),
    (TickStep::Days(1), DAY_S),
    (TickStep::Days(2), 2.0 * DAY_S),
    (TickStep::Days(7), 7.0 * DAY_S),
    (TickStep::Days(14), 14.0 * DAY_S),
    (TickStep::Months(1), 28.0 * DAY_S),
    (TickStep::Months(2), 59.0 * DAY_S),
    (TickStep::Months(3), 90.0 * DAY_S),
    (TickStep::Months(6), 181.0 * DAY_S),
];

/// Returns the smallest step that puts at most `most` labels into `window`.
#[must_use]
pub fn tick_step(window: Window, most: usize) -> TickStep {
    let least_s = window.span_s() / most.max(1) as f64;
    STEPS
        .into_iter()
        .find(|(_, seconds)| *seconds >= least_s)
        .map_or(TickStep::Months(12), |(step, _)| step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_suit_the_window() {
        for (hours, most, expected) in [
            (24.0, 9, TickStep::Seconds(10_800)),
            (24.0, 4, TickStep::Seconds(21_600)),
            (7.0 * 24.0, 9, TickStep::Days(1)),
            (7.0 * 24.0, 4, TickStep::Days(2)),
            (0.25, 8, TickStep::Seconds(120)),
            (366.0 * 24.0, 12, TickStep::Months(2)),
            (366.0 * 24.0, 0, TickStep::Months(12)),
        ] {
            let window = Window::whole(hours * 3600.0);
            assert_eq!(tick_step(window, most), expected, "{hours} h, {most}");
        }
    }
}
