//! How a random wait builds up: the mean of a Brownian motion that starts at zero, is reflected there, and drifts back to it.
//!
//! J. Abate and W. Whitt, "Transient behavior of regulated Brownian motion, I: starting at the origin", Advances in Applied
//! Probability 19 (1987). Time is in units in which drift and variance are one.

use core::f64::consts::{FRAC_1_SQRT_2, PI, TAU};

/// After this time all has built up.
const LONGEST: f64 = 40.0;

/// How far a wait has built up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BuiltUp {
    /// Its mean as a share of the mean in the long run.
    pub share: f64,
    /// How fast that share grows.
    pub growth: f64,
}

/// Returns what has built up after `time`.
pub(super) fn after(time: f64) -> BuiltUp {
    if time <= 0.0 {
        return BuiltUp {
            share: 0.0,
            growth: f64::INFINITY,
        };
    }
    if time >= LONGEST {
        return BuiltUp {
            share: 1.0,
            growth: 0.0,
        };
    }
    let root = time.sqrt();
    let density = libm::exp(-0.5 * time) / TAU.sqrt();
    // Twice the share of a normal distribution beyond the root.
    let beyond = libm::erfc(root * FRAC_1_SQRT_2);
    BuiltUp {
        share: 1.0 - beyond + 2.0 * root * density - time * beyond,
        growth: 2.0 * density / root - beyond,
    }
}

/// Returns the time after which a share of the long run's mean has built up.
pub(super) fn time_of(share: f64) -> f64 {
    if share <= 0.0 {
        return 0.0;
    }
    if share >= 1.0 - 1e-9 {
        return LONGEST;
    }
    // A guess close to it, then Newton's method in the root of time, in which the share begins as a straight line.
    let square = share * share;
    let longest = LONGEST.sqrt();
    let mut root = (PI / 8.0 * square / (1.0 - square)).sqrt().min(longest);
    for _ in 0..8 {
        let now = after(root * root);
        let step = (share - now.share) / (2.0 * root * now.growth);
        if step.is_nan() {
            break;
        }
        root = (root + step).max(0.25 * root).min(longest);
        if step.abs() < 1e-6 * root {
            break;
        }
    }
    root * root
}

/// A wait as a sum of exponential stages: of the requests that wait, the shares that wait for at least two, three and four
/// stages.
pub(super) type Stages = [f64; 3];

/// Returns the stages of a wait by its evenness: 0 is exponential, 1 is half-normal, the distribution that builds up first.
/// Fitted to the distribution of what has built up at any time, to 0.01.
pub(super) fn stages(evenness: f64) -> Stages {
    let square = evenness * evenness;
    [0.78 * evenness, 0.45 * square, 0.54 * evenness * square]
}

/// Returns the evenness of a wait that has built up to a share of the long run.
pub(super) fn evenness_of_share(share: f64) -> f64 {
    (1.05 * (1.0 - share).max(0.0).sqrt().sqrt()).min(1.0)
}

/// Returns the evenness of a wait with this squared coefficient of variation: 1 is exponential, 0.58 is half-normal.
pub(super) fn evenness_of_variation(variation: f64) -> f64 {
    // To the power of 3/8.
    let root = ((1.0 - variation) / 0.418).clamp(0.0, 1.0).sqrt().sqrt();
    root * root.sqrt()
}

/// Returns the evenness of a wait that is even for two reasons.
pub(super) fn both(one: f64, other: f64) -> f64 {
    if one == 0.0 || other == 0.0 {
        return one.max(other);
    }
    libm::cbrt(one * one * one + other * other * other).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_up_as_published() {
        // Their formula (corollary 1.1.1), worked out by another program.
        for (time, share) in [(0.01, 0.1499), (0.1, 0.4134), (1.0, 0.8493), (4.0, 0.9885)] {
            let got = after(time).share;
            assert!((got - share).abs() < 5e-4, "{time}: {got}");
        }
        assert_eq!(after(100.0).share, 1.0);
        assert_eq!(after(0.0).share, 0.0);
    }

    #[test]
    fn growth_is_the_slope_and_time_the_inverse() {
        for time in [1e-9, 1e-4, 0.01, 0.3, 1.0, 5.0, 12.0] {
            let (at, step) = (after(time), 1e-4 * time);
            let slope = (after(time + step).share - after(time - step).share) / (2.0 * step);
            assert!(
                (at.growth - slope).abs() <= 1e-4 * slope + 1e-8,
                "{time}: {at:?} {slope}"
            );
            let back = after(time_of(at.share)).share;
            assert!((back - at.share).abs() < 3e-5, "{time}: {back} {at:?}");
        }
        assert_eq!((time_of(-1.0), time_of(0.0)), (0.0, 0.0));
        assert_eq!(time_of(1.0), LONGEST);
    }

    /// What is longer than `x`, of what has built up after `time`; its mean in the long run is a half (Harrison, 1985).
    fn exceeds(x: f64, time: f64) -> f64 {
        let beyond = |x: f64| 0.5 * libm::erfc(x * FRAC_1_SQRT_2);
        let root = time.sqrt();
        beyond((x + time) / root) + libm::exp(-2.0 * x) * beyond((x - time) / root)
    }

    #[test]
    fn stages_are_distributed_as_what_has_built_up() {
        for time in [1e-3, 0.03, 0.2, 0.7, 2.0, 4.0, 8.0] {
            let share = after(time).share;
            let [two, three, four] = stages(evenness_of_share(share));
            let stage = 0.5 * share / (1.0 + two + three + four);
            for i in 1..60 {
                let x = 0.05 * f64::from(i) * share;
                let y = x / stage;
                let more = 1.0 + y * (two + 0.5 * y * (three + y / 3.0 * four));
                let (got, exact) = (libm::exp(-y) * more, exceeds(x, time));
                assert!((got - exact).abs() < 0.01, "{time} {x}: {got} {exact}");
            }
        }
    }

    #[test]
    fn stages_have_the_variation_that_they_are_made_for() {
        for variation in [1.0, 0.95, 0.9, 0.8, 0.7, 0.6] {
            let [two, three, four] = stages(evenness_of_variation(variation));
            let mean = 1.0 + two + three + four;
            let square = 2.0 + 4.0 * two + 6.0 * three + 8.0 * four;
            let got = square / (mean * mean) - 1.0;
            assert!((got - variation).abs() < 0.01, "{variation}: {got}");
        }
        assert_eq!(evenness_of_variation(0.2), 1.0);
        assert_eq!(
            (both(0.0, 0.3), both(0.4, 0.0), both(0.9, 0.9)),
            (0.3, 0.4, 1.0)
        );
    }
}
