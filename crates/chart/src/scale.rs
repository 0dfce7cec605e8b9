//! Value axes: how high a number stands, and which numbers are worth a label.
//!
//! Linear axes start at zero; logarithmic ones are of time, and start and end where people count it: at 200 ms, 1 s, 10 min.

/// A value axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// From zero to `max`, with a label every `step`.
    Linear {
        /// Top of the axis.
        max: f64,
        /// Distance between labels.
        step: f64,
    },
    /// Milliseconds from `min` to `max`, both positive, by powers.
    Log {
        /// Bottom of the axis.
        min: f64,
        /// Top of the axis.
        max: f64,
        /// Powers of ten from bottom to top.
        decades: f64,
    },
}

/// Returns the smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`.
#[must_use]
pub fn nice_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .map(|m| m * power)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

impl Scale {
    /// Returns a linear axis that reaches `top`, with about `labels` labels above zero, none closer than `least_step`.
    #[must_use]
    pub fn linear(top: f64, labels: usize, least_step: f64) -> Self {
        let top = if top.is_finite() && top > 0.0 {
            top
        } else {
            1.0
        };
        let step = nice_step(top / labels.max(1) as f64).max(least_step);
        let whole = (top / step * (1.0 - 1e-9)).ceil().max(1.0) * step;
        // Ending on a label is worth some empty space, not a third of the plot.
        let max = if whole > 1.25 * top && top >= step {
            1.05 * top
        } else {
            whole
        };
        Self::Linear { max, step }
    }

    /// Returns a logarithmic axis that holds `low..=high` milliseconds; at least a factor of ten.
    #[must_use]
    pub fn log(low: f64, high: f64) -> Self {
        let low = if low.is_finite() && low > 0.0 {
            low
        } else {
            1.0
        };
        let high = if high.is_finite() { high.max(low) } else { low };
        let min = enclosing(low).0;
        let max = enclosing(high).1.max(enclosing(min * 10.0).1);
        let decades = (max / min).log10();
        Self::Log { min, max, decades }
    }

    /// Returns the height of `value` as a share of the axis, kept inside it; `NaN` stays `NaN`.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        match *self {
            Self::Linear { max, .. } => (value / max).clamp(0.0, 1.0),
            Self::Log { min, decades, .. } => {
                // Of zero the logarithm is below any axis, and of what is no number it is none.
                ((value / min).log10() / decades).clamp(0.0, 1.0)
            }
        }
    }

    /// Returns the value at the top of the axis.
    #[must_use]
    pub fn max(&self) -> f64 {
        match *self {
            Self::Linear { max, .. } | Self::Log { max, .. } => max,
        }
    }

    /// Returns the values that get a line and a label, at most about `most` of them, in order.
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        match *self {
            Self::Linear { max, step } => {
                let count = (max / step * (1.0 + 1e-9)).floor().clamp(0.0, 64.0) as usize;
                (0..=count).map(|i| i as f64 * step).collect()
            }
            Self::Log { min, max, .. } => {
                let inside = |values: &[f64]| {
                    let values = values.iter().copied();
                    let values = values.filter(|v| *v >= min * 0.999 && *v <= max * 1.001);
                    values.collect::<Vec<f64>>()
                };
                let [spans, decades, units] = [&SPANS_MS[..], &DECADES_MS, &UNITS_MS].map(inside);
                // The finest that fits; where none does, some of the coarsest that says how the axis goes on.
                let fits = [&spans, &decades, &units];
                let mut fits = fits.into_iter().filter(|it| (2..=most).contains(&it.len()));
                let all = match fits.next() {
                    Some(fit) => fit,
                    None if units.len() > most => &units,
                    None => &spans,
                };
                let every = all.len().div_ceil(most.max(1)).max(1);
                all.iter().copied().step_by(every).collect()
            }
        }
    }
}

/// Spans that people count in, in milliseconds: those that an axis may end on, and label.
const SPANS_MS: [f64; 43] = [
    1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0,
    200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4, 1.2e5, 3e5, 6e5, 1.8e6, 3.6e6, 7.2e6, 1.8e7,
    4.32e7, 8.64e7, 1.728e8, 4.32e8, 8.64e8, 1.728e9, 4.32e9, 8.64e9, 1.728e10, 4.32e10, 8.64e10,
    8.64e11,
];

/// Those of them that are about ten times one another.
const DECADES_MS: [f64; 14] = [
    1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 6e4, 6e5, 3.6e6, 8.64e7, 8.64e8, 8.64e9,
];

/// Those that are one of a unit, and what is less than a millisecond.
const UNITS_MS: [f64; 9] = [1e-3, 0.1, 1.0, 10.0, 100.0, 1e3, 6e4, 3.6e6, 8.64e7];

/// Returns the nearest of these spans at or below `value`, and at or above it.
fn enclosing(value: f64) -> (f64, f64) {
    let below = SPANS_MS.iter().rfind(|span| **span <= value * (1.0 + 1e-9));
    let above = SPANS_MS.iter().find(|span| **span >= value * (1.0 - 1e-9));
    let [first, .., last] = SPANS_MS;
    (
        below.copied().unwrap_or(first),
        above.copied().unwrap_or(last),
    )
}

/// Returns where to end an axis that single spikes would flatten: the largest value; or, where at most 5 % of the columns exceed
/// 1/2.5 of it and the line at `floor` does not, 1.6 times what the others and that line need. What stands higher gets a mark.
#[must_use]
pub fn robust_top(columns: &[f64], floor: f64) -> f64 {
    let largest = columns
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .fold(floor, f64::max);
    let cut = largest / 2.5;
    let (mut above, mut usual) = (0, floor);
    for value in columns {
        if *value > cut {
            above += 1;
        } else {
            usual = usual.max(*value);
        }
    }
    if floor <= cut && above * 20 <= columns.len() {
        1.6 * usual
    } else {
        largest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_axes_have_round_labels_and_little_empty_space() {
        for (top, labels, least, expected) in [
            (240.0, 5, 0.0, vec![0.0, 50.0, 100.0, 150.0, 200.0, 250.0]),
            (12.0, 4, 1.0, vec![0.0, 5.0, 10.0, 15.0]),
            (2203.0, 2, 0.0, vec![0.0, 2000.0]),
            (1.0, 4, 1.0, vec![0.0, 1.0]),
            (3.0, 4, 1.0, vec![0.0, 1.0, 2.0, 3.0]),
            (1500.0, 3, 0.0, vec![0.0, 500.0, 1000.0, 1500.0]),
            (0.0, 3, 0.0, vec![0.0, 0.5, 1.0]),
            (f64::NAN, 3, 1.0, vec![0.0, 1.0]),
        ] {
            assert_eq!(
                Scale::linear(top, labels, least).ticks(9),
                expected,
                "{top}"
            );
        }
    }

    #[test]
    fn logarithmic_axes_are_labelled_as_people_count_time() {
        for (low_ms, high_ms, most, expected_ms) in [
            (42.0, 31_000.0, 5, vec![100.0, 1e3, 1e4, 6e4]),
            (42.0, 130.0, 5, vec![20.0, 50.0, 100.0, 200.0]),
            (0.0, f64::NAN, 5, vec![1.0, 2.0, 5.0, 10.0]),
            // A minute to an hour, as those who wait in a queue do.
            (
                50_000.0,
                3_500_000.0,
                7,
                vec![3e4, 6e4, 1.2e5, 3e5, 6e5, 1.8e6, 3.6e6],
            ),
            (80.0, 3_500_000.0, 4, vec![100.0, 1e3, 6e4, 3.6e6]),
            (80.0, 3_500_000.0, 6, vec![100.0, 1e3, 1e4, 6e4, 6e5, 3.6e6]),
            (80.0, 3_500_000.0, 2, vec![100.0, 6e4]),
            (1e-9, 1e20, 3, vec![1e-3, 10.0, 6e4]),
            // Where there is one power of ten alone, others tell how the axis goes on.
            (25.0, 450.0, 4, vec![20.0, 100.0, 500.0]),
        ] {
            let ticks = Scale::log(low_ms, high_ms).ticks(most);
            assert_eq!(ticks, expected_ms, "{low_ms} to {high_ms} ms, {most}");
        }
    }

    #[test]
    fn shares_stay_on_the_axis() {
        let log = Scale::log(10.0, 1000.0);
        assert!((log.share(100.0) - 0.5).abs() < 1e-12);
        assert_eq!((log.share(1.0), log.share(1e9)), (0.0, 1.0));
        assert!(log.share(0.0) == 0.0 && log.share(f64::NAN).is_nan());
        let linear = Scale::linear(100.0, 4, 0.0);
        assert_eq!((linear.share(-5.0), linear.share(50.0)), (0.0, 0.5));
        assert!(linear.share(f64::NAN).is_nan());
    }

    #[test]
    fn only_rare_spikes_are_cut() {
        let spiky: Vec<f64> = (0..100)
            .map(|i| if i == 50 { 9000.0 } else { 500.0 })
            .collect();
        assert_eq!(robust_top(&spiky, 600.0), 960.0);
        let modest: Vec<f64> = (0..100)
            .map(|i| if i == 50 { 1402.0 } else { 500.0 })
            .collect();
        assert_eq!(robust_top(&modest, 600.0), 1402.0);
        let often: Vec<f64> = (0..100)
            .map(|i| if i < 20 { 9000.0 } else { 500.0 })
            .collect();
        assert_eq!(robust_top(&often, 600.0), 9000.0);
        assert_eq!(robust_top(&[], 600.0), 600.0);
    }
}
