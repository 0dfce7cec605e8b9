//! Decimal text to the nearest double, without the standard library's tables (ten kilobytes that do not compress).
//!
//! What people type has at most 15 digits and takes the short way; the long way is exact integer arithmetic.

/// Words that hold 800 digits.
const MOST_WORDS: usize = 84;

/// Reads a number: sign, digits, a point, an exponent. `None` for anything else, and for what no double can hold.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut digits = Natural(vec![0]);
    let (mut count, mut exponent) = (0, 0_i64);
    let (mut after_point, mut cut) = (false, false);
    let mut rest = unsigned;
    while let [byte, more @ ..] = rest {
        match byte {
            b'0'..=b'9' => {
                count += 1;
                // No two doubles have a middle of more digits; of those beyond it only counts whether there are any.
                if digits.0.len() < MOST_WORDS {
                    digits.times_ten(u32::from(byte - b'0'));
                    exponent -= i64::from(after_point);
                } else {
                    cut |= *byte != b'0';
                    exponent += i64::from(!after_point);
                }
            }
            b'.' if !after_point => after_point = true,
            b'e' | b'E' => {
                exponent = exponent.saturating_add(signed(more)?);
                break;
            }
            _ => return None,
        }
        rest = more;
    }
    if count == 0 {
        return None;
    }
    let value = match digits.0[..] {
        [low] => from_decimal(u64::from(low), exponent),
        [low, high] if !cut => from_decimal(u64::from(high) << 32 | u64::from(low), exponent),
        _ => exactly(digits, exponent, cut),
    };
    (value < f64::INFINITY).then_some(if negative { -value } else { value })
}

/// An exponent.
fn signed(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, digit| {
        (value * 10 + i64::from(digit - b'0')).min(1_000_000)
    });
    Some(sign * value)
}

/// The double nearest to `mantissa × 10^exponent`; infinite where none is.
pub(crate) fn from_decimal(mantissa: u64, exponent: i64) -> f64 {
    const EXACT: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
    let power = usize::try_from(exponent.unsigned_abs()).ok();
    match power.and_then(|power| EXACT.get(power)) {
        // Both are doubles, so that one operation rounds once.
        Some(power) if mantissa <= 1 << 53 => {
            let mantissa = mantissa as f64;
            if exponent < 0 {
                mantissa / power
            } else {
                mantissa * power
            }
        }
        _ => exactly(
            Natural(vec![mantissa as u32, (mantissa >> 32) as u32]),
            exponent,
            false,
        ),
    }
}

/// The double nearest to `digits × 10^exponent` (`cut`: to a little more than that); infinite where none is.
fn exactly(mut numerator: Natural, exponent: i64, cut: bool) -> f64 {
    if numerator.bits() == 0 || exponent < -2000 {
        return 0.0;
    }
    if exponent > 400 {
        return f64::INFINITY;
    }
    let mut denominator = Natural(vec![1]);
    let scaled = if exponent < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    for _ in 0..exponent.unsigned_abs() {
        scaled.times_ten(0);
    }
    // The quotient shall have 64 bits or one more; what remains only counts as being there.
    let shift = 64 + denominator.bits() - numerator.bits();
    let short = if shift < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    short.shift_up(shift.unsigned_abs());
    let mut quotient = 0_u128;
    denominator.shift_up(65);
    for _ in 0..=65 {
        quotient <<= 1;
        if numerator.take_away(&denominator) {
            quotient |= 1;
        }
        denominator.halve();
    }
    let remains = cut || numerator.0.iter().any(|word| *word != 0);
    round(quotient << 1 | u128::from(remains), -shift - 1)
}

/// The double nearest to `bits × 2^exponent`; halves go to the even one.
fn round(bits: u128, exponent: i64) -> f64 {
    let length = i64::from(128 - bits.leading_zeros());
    // 53 bits are kept, fewer where the double is subnormal.
    let drop = (length - 53).max(-1074 - exponent);
    if drop >= 128 {
        return 0.0;
    }
    let (kept, dropped) = (bits >> drop, bits & ((1 << drop) - 1));
    let half = 1_u128 << (drop - 1);
    let up = dropped > half || dropped == half && kept & 1 == 1;
    let (mut value, mut exponent) = ((kept + u128::from(up)) as f64, exponent + drop);
    // Powers of two are exact, whatever their number.
    while exponent != 0 {
        let step = exponent.clamp(-1000, 1000);
        value *= f64::from_bits(((step + 1023) as u64) << 52);
        exponent -= step;
    }
    value
}

/// A natural number of any size, its lowest 32 bits first.
struct Natural(Vec<u32>);

impl Natural {
    fn bits(&self) -> i64 {
        let top = self.0.iter().rposition(|word| *word != 0);
        top.map_or(0, |top| {
            let word = self.0.get(top).copied().unwrap_or(0);
            top as i64 * 32 + 32 - i64::from(word.leading_zeros())
        })
    }

    /// Appends a decimal digit.
    fn times_ten(&mut self, digit: u32) {
        let mut carry = u64::from(digit);
        for word in &mut self.0 {
            carry += u64::from(*word) * 10;
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift_up(&mut self, bits: u64) {
        let (words, bits) = ((bits / 32) as usize, bits % 32);
        let mut carry = 0;
        for word in &mut self.0 {
            let shifted = u64::from(*word) << bits | carry;
            *word = shifted as u32;
            carry = shifted >> 32;
        }
        self.0.push(carry as u32);
        self.0.splice(0..0, std::iter::repeat_n(0, words));
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for word in self.0.iter_mut().rev() {
            let bits = *word;
            *word = bits >> 1 | carry << 31;
            carry = bits & 1;
        }
    }

    /// Subtracts a number, if it is not greater.
    fn take_away(&mut self, other: &Self) -> bool {
        let length = self.0.len().max(other.0.len());
        self.0.resize(length, 0);
        let word = |index: usize| other.0.get(index).copied().unwrap_or(0);
        let differs = (0..length)
            .rev()
            .find(|index| self.0.get(*index) != Some(&word(*index)));
        if differs.is_some_and(|index| self.0.get(index) < Some(&word(index))) {
            return false;
        }
        let mut borrow = false;
        for (index, own) in self.0.iter_mut().enumerate() {
            let (less, first) = own.overflowing_sub(word(index));
            let (less, second) = less.overflowing_sub(u32::from(borrow));
            (*own, borrow) = (less, first || second);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The standard library's answer, which is the nearest double.
    fn check(text: &str) {
        let expected = text.parse::<f64>().unwrap();
        let expected = expected.is_finite().then_some(expected.to_bits());
        assert_eq!(parse(text).map(f64::to_bits), expected, "{text}");
    }

    #[test]
    fn hard_cases_are_the_nearest_double() {
        for text in [
            "0",
            "-0",
            "1",
            "0.1",
            "0.30000000000000004",
            "1e22",
            "1e23",
            "8.41e21",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e308",
            "1e309",
            "1e-400",
            "1e400",
            "0e999999999999",
            "9007199254740993",
            "9007199254740993.0000000000000000000000000001",
            "9007199254740992.9999999999999999999",
            "123456789012345678901234567890",
            "0.000000000000000000000000000000000000012345678901234567890123456789",
            "6.631236871469758276785396630275967242e-316",
            "3.2378839133029012895883524125015321748630094931e-319",
            ".5",
            "5.",
            "+7e+2",
            "1E-7",
            "18446744073709551615",
            "18446744073709551616",
            "36893488147419103233e-1",
        ] {
            check(text);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "-", ".", "e5", "1e", "1e+", "1.2.3", "1 ", " 1", "1,5", "inf", "NaN", "0x10",
            "--1", "1e5.0", "１",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn every_double_is_read_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            for text in [format!("{value:e}"), format!("{value:.17e}"), format!("{value:.40e}")] {
                prop_assert_eq!(parse(&text).map(f64::to_bits), text.parse().ok().filter(|value: &f64| value.is_finite()).map(f64::to_bits), "{}", text);
            }
        }

        #[test]
        fn any_digits_are_the_nearest_double(whole in "[0-9]{1,30}", fraction in "[0-9]{0,30}", exponent in -345..320) {
            check(&format!("{whole}.{fraction}e{exponent}"));
        }

        #[test]
        fn any_text_is_survived(text: String) {
            let _ = parse(&text);
        }
    }
}
