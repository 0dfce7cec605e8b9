//! A chart's numbers as rows: the window cut into stretches of a round length, each summed up.

use engine::Run;

use crate::{stretch::Stretch, window::Window};

/// Most rows of a table.
pub const MOST_ROWS: usize = 48;

/// Lengths of a stretch, in seconds, as people count them.
const STEPS_S: [f64; 15] = [
    60.0,
    120.0,
    300.0,
    600.0,
    900.0,
    1800.0,
    3600.0,
    7200.0,
    10_800.0,
    21_600.0,
    43_200.0,
    86_400.0,
    172_800.0,
    604_800.0,
    1_209_600.0,
];

/// Returns the length of one row's stretch for a window in seconds, a multiple of the metric period.
#[must_use]
pub fn row_s(window: Window, period_s: f64) -> f64 {
    let least_s = (window.span_s() / (MOST_ROWS - 1) as f64).max(period_s);
    STEPS_S
        .into_iter()
        .find(|s| (least_s..=4.0 * least_s).contains(s) && *s % period_s == 0.0)
        .unwrap_or_else(|| (least_s / period_s).ceil().max(1.0) * period_s)
}

/// Returns the rows of a window, at most [`MOST_ROWS`], in order of time. Each begins at a whole multiple of [`row_s`].
#[must_use]
pub fn rows(run: &Run, window: Window) -> Vec<Stretch<'_>> {
    let period_s = f64::from(run.period_s.max(1));
    let step_s = row_s(window, period_s);
    let length_s = run.series.demand_rps.len() as f64 * period_s;
    let first = (window.from_s / step_s).floor().max(0.0) as usize;
    let last = (window.to_s.min(length_s) / step_s).ceil().max(0.0) as usize;
    let row = |i: usize| {
        let from_s = i as f64 * step_s;
        let to_s = (from_s + step_s).min(length_s);
        Stretch::new(run, Window { from_s, to_s })
    };
    (first..last).take(MOST_ROWS).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn rows_are_round_and_few() {
        for (span_s, expected) in [
            (3600.0, 120.0),
            (86_400.0, 3600.0),
            (7.0 * 86_400.0, 21_600.0),
            (31_536_000.0, 1_209_600.0),
        ] {
            assert_eq!(row_s(Window::whole(span_s), 60.0), expected);
        }
        assert_eq!(row_s(Window::whole(300.0), 60.0), 60.0);
        assert_eq!(row_s(Window::whole(300.0), 7.0), 7.0);
    }

    #[test]
    fn rows_are_the_window_in_stretches() {
        let run = sample::run();
        let rows = rows(&run, Window::whole(7200.0));
        assert_eq!(rows.len(), 24);
        assert!(rows.len() <= MOST_ROWS);
        assert!(rows.windows(2).all(|pair| pair[0].to_s == pair[1].from_s));
        let failed = &run.series.failed_rps;
        let by_rows: f64 = rows.iter().map(|row| row.total(failed)).sum();
        let expected: f64 = failed.iter().map(|v| f64::from(*v) * 60.0).sum();
        assert!((by_rows - expected).abs() < 1e-6 && by_rows > 0.0);
        let busy = rows.iter().find(|row| row.from_s == 3600.0).unwrap();
        assert_eq!(busy.in_service(), (2, 6));
    }

    #[test]
    fn a_window_in_the_middle_gives_only_its_rows() {
        let run = sample::run();
        let window = Window {
            from_s: 3500.0,
            to_s: 4100.0,
        };
        let rows = rows(&run, window);
        assert_eq!(rows.first().unwrap().from_s, 3480.0);
        assert!(rows.last().unwrap().from_s < 4100.0);
    }
}
