//! Numbers that are computed from rates, rounded to the whole numbers or millionths that they stand for.
//!
//! Seven requests a minute are 7 ÷ 60 a second, and that times 60 is 7.000000000000001 in binary: above a threshold of 7. A
//! number that differs from a whole number of millionths by such rounding alone becomes that number here. Any other number stays
//! as it is.

use multiversion::multiversion;

/// The share of a number that may be rounding: a little less than a millionth of a millionth. A minute's sum goes through at most
/// a hundred layers and some hundred pieces, each of which rounds by 2^-53 of it or less: together less than a fortieth of this.
const ROUNDING: f64 = 1.0 / (1_u64 << 40) as f64;

/// Numbers are rounded to millionths: a recording has three decimals, and the factor that scales it may have more.
const MILLION: f64 = 1e6;

/// From here on millionths cannot be told from rounding, so numbers are rounded to whole ones.
const MAX_WITH_DECIMALS: f64 = 1e9;

/// Adding this to a number and subtracting it again leaves the nearest whole number. It takes no call, and works on many numbers
/// at once.
const ROUND_TO_WHOLE: f64 = 1.5 * (1_u64 << 52) as f64;

/// Returns the number that `value` stands for: itself, or the number that it differs from by rounding alone.
#[inline]
pub(crate) fn number(value: f64) -> f64 {
    number_of(value, value)
}

/// Returns the number that `value` stands for, a sum or a difference of numbers as large as `of`.
#[inline]
pub(crate) fn number_of(value: f64, of: f64) -> f64 {
    let of = of.abs();
    let parts = if of < MAX_WITH_DECIMALS { MILLION } else { 1.0 };
    let nearest = ((value * parts + ROUND_TO_WHOLE) - ROUND_TO_WHOLE) / parts;
    if (nearest - value).abs() <= of * ROUNDING {
        nearest
    } else {
        value
    }
}

/// Replaces each value by the number that it stands for.
#[multiversion(targets("x86_64+avx2"))]
pub(crate) fn replace_all(values: &mut [f64]) {
    for value in values {
        *value = number(*value);
    }
}

/// Returns whether two numbers differ by rounding alone.
#[inline]
pub(crate) fn are_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= b.abs() * ROUNDING
}

/// Returns the largest number that differs from `value` by rounding alone.
pub(crate) fn at_most(value: f64) -> f64 {
    value * (1.0 + ROUNDING.copysign(value))
}

/// Returns the smallest number that differs from `value` by rounding alone.
pub(crate) fn at_least(value: f64) -> f64 {
    value * (1.0 - ROUNDING.copysign(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_a_decimal_but_for_rounding_is_that_decimal() {
        for (value, expected) in [
            (7.0 / 60.0 * 60.0, 7.0),
            (7.000_000_000_000_001, 7.0),
            (0.7 * 3.0, 2.1),
            (1_499.000_000_000_1, 1_499.0),
            (0.1 + 0.2, 0.3),
            (-0.0, 0.0),
            (-2.099_999_999_999_999_6, -2.1),
            (4_294_967_294.999_999_5, 4_294_967_295.0),
            // No rounding comes to so much.
            (7.000_000_1, 7.000_000_1),
            (7.000_000_001, 7.000_000_001),
            (1.0 / 3.0, 1.0 / 3.0),
            (1e-9, 1e-9),
            (1e300, 1e300),
            (f64::INFINITY, f64::INFINITY),
        ] {
            assert_eq!(number(value).to_bits(), expected.to_bits(), "{value}");
        }
        assert!(number(f64::NAN).is_nan());
        // Of a difference, what the numbers that it is of were rounded by.
        assert_eq!(number_of(7.3 - 7.0, 7.3), 0.3);
        assert_eq!(number_of(9.0 / 7.0 - 0.9 * (10.0 / 7.0), 2.0), 0.0);
    }

    #[test]
    fn numbers_are_one_within_a_millionth_of_a_millionth() {
        for (a, b, equal) in [
            (7.0, 7.0, true),
            (9.0 / 7.0, 0.9 * (10.0 / 7.0), true),
            (7.000_000_000_1, 7.0, false),
            (0.0, 0.0, true),
            (1e-300, 0.0, false),
            (-3.0, -3.000_000_000_000_001, true),
            (f64::INFINITY, 1.0, false),
            (1.0, f64::NAN, false),
        ] {
            assert_eq!(are_equal(a, b), equal, "{a}, {b}");
            assert_eq!(a >= at_least(b) && a <= at_most(b), equal, "{a}, {b}");
        }
    }

    proptest! {
        /// So that no comparison of two sums turns around.
        #[test]
        fn order_is_kept(a in 0.0..1e10_f64, steps in 1_u64..1_000_000) {
            let b = f64::from_bits(a.to_bits() + steps);
            prop_assert!(number(a) <= number(b));
        }

        #[test]
        fn a_count_divided_by_seconds_comes_back(
            count in any::<u32>(),
            seconds in 1_u32..3600,
            decimals in 0_i32..4,
        ) {
            let (unit, seconds) = (10_f64.powi(decimals), f64::from(seconds));
            let rps = f64::from(count) * (1.0 / unit) / seconds;
            let want = f64::from(count) / unit;
            prop_assert_eq!(number(rps * seconds), want);
            let pieces: f64 = [0.1, 0.25, 0.65].map(|share| rps * (seconds * share)).iter().sum();
            prop_assert_eq!(number(pieces), want);
        }
    }
}
