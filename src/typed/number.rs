//! Numbers as people type them into fields, with the field's unit or a near one behind them. What marks mean is
//! [`NumberFormat::read`]'s.

pub use scenario::field::Unit;
use words::{NumberFormat, split_number, with_plain_signs};

/// Why a text is not the value that its field wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing typed where a value is needed.
    Empty,
    /// Not a number.
    NotANumber,
    /// A number, but not a whole one from 0 to 4,294,967,295.
    NotWhole,
    /// A unit that the field does not know.
    UnknownUnit,
    /// Not a date, a time of day, or both.
    NotATime,
}

/// Reads `text`, in a person's way of writing numbers, as a number in `unit`.
pub fn parse(text: &str, unit: Unit, format: NumberFormat) -> Result<f64, Wrong> {
    let text = with_plain_signs(text);
    let text = text.trim().trim_start_matches(['$', '₩']).trim_start();
    if text.is_empty() {
        return Err(Wrong::Empty);
    }
    let (number, suffix) = split_number(text);
    let value = format.read(number).ok_or(Wrong::NotANumber)?;
    let factor = factor(suffix.trim(), unit).ok_or_else(|| {
        if suffix.contains(|c: char| c.is_ascii_digit()) {
            Wrong::NotANumber
        } else {
            Wrong::UnknownUnit
        }
    })?;
    let value = value * factor;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Wrong::NotANumber)
    }
}

/// Reads `text` as a whole number in `unit`.
pub fn parse_whole(text: &str, unit: Unit, format: NumberFormat) -> Result<u32, Wrong> {
    let value = parse(text, unit, format)?;
    if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
        Ok(value as u32)
    } else {
        Err(Wrong::NotWhole)
    }
}

/// Reads `text` as a whole number that may be negative.
pub fn parse_change(text: &str, format: NumberFormat) -> Result<i32, Wrong> {
    let value = parse(text, Unit::Difference, format)?;
    let fits = (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value);
    if value.fract() == 0.0 && fits {
        Ok(value as i32)
    } else {
        Err(Wrong::NotWhole)
    }
}

/// Returns the next rounder number up or down: steps of one to ten percent, of at least one where it is `whole`; never below zero.
pub fn nudged(value: f64, up: bool, whole: bool) -> f64 {
    let mut step = 1.0;
    while step * 100.0 <= value && step < 1e12 {
        step *= 10.0;
    }
    while !whole && step * 10.0 > value && step > 0.01 && value > 0.0 {
        step /= 10.0;
    }
    let next = ((value / step).round() + if up { 1.0 } else { -1.0 }) * step;
    ((next * 1e6).round() / 1e6).max(0.0)
}

/// Returns the next rounder number as [`nudged`] does, on both sides of zero.
pub fn nudged_difference(value: f64, up: bool, whole: bool) -> f64 {
    if value > 0.0 || (value == 0.0 && up) {
        nudged(value, up, whole)
    } else {
        // Not -0, which would be shown as such.
        0.0 - nudged(-value, !up, whole)
    }
}

/// Returns what a typed unit multiplies the number by.
fn factor(suffix: &str, unit: Unit) -> Option<f64> {
    if suffix.is_empty() {
        return Some(1.0);
    }
    let suffix = if suffix == "M" {
        "million".to_owned()
    } else {
        suffix.to_ascii_lowercase().replace(' ', "")
    };
    let own: &[(&str, f64)] = match unit {
        Unit::Seconds => &[
            ("s", 1.0),
            ("sec", 1.0),
            ("초", 1.0),
            ("ms", 0.001),
            ("m", 60.0),
            ("min", 60.0),
            ("분", 60.0),
            ("h", 3600.0),
            ("시간", 3600.0),
        ],
        Unit::Minutes => &[
            ("m", 1.0),
            ("min", 1.0),
            ("분", 1.0),
            ("s", 1.0 / 60.0),
            ("초", 1.0 / 60.0),
            ("h", 60.0),
            ("시간", 60.0),
            ("d", 1440.0),
            ("일", 1440.0),
        ],
        Unit::Millis => &[("ms", 1.0), ("s", 1000.0), ("초", 1000.0)],
        Unit::Hours => &[
            ("h", 1.0),
            ("시간", 1.0),
            ("d", 24.0),
            ("days", 24.0),
            ("일", 24.0),
            ("w", 168.0),
            ("주", 168.0),
        ],
        Unit::Percent | Unit::Difference => &[("%", 1.0)],
        Unit::Rps => &[
            ("rps", 1.0),
            ("/s", 1.0),
            ("req/s", 1.0),
            ("rpm", 1.0 / 60.0),
            ("/min", 1.0 / 60.0),
        ],
        Unit::UsdPerHour => &[
            ("$", 1.0),
            ("usd", 1.0),
            ("$/h", 1.0),
            ("/h", 1.0),
            ("usd/h", 1.0),
        ],
        Unit::UsdPerGbSecond => &[("$", 1.0), ("usd", 1.0)],
        Unit::PerMinute => &[("/min", 1.0), ("/m", 1.0), ("/분", 1.0), ("/s", 60.0)],
        Unit::Days => &[("d", 1.0), ("days", 1.0), ("일", 1.0)],
        Unit::Instances => &[("대", 1.0)],
        Unit::Requests => &[("건", 1.0)],
        Unit::Datapoints => &[("min", 1.0), ("m", 1.0), ("분", 1.0)],
        Unit::None => &[],
    };
    let any: &[(&str, f64)] = &[
        ("k", 1e3),
        ("million", 1e6),
        ("천", 1e3),
        ("만", 1e4),
        ("krps", 1e3),
    ];
    own.iter()
        .chain(any)
        .find(|(name, _)| *name == suffix)
        .map(|(_, factor)| *factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, unit: Unit, expect: Result<f64, Wrong>) {
        assert_eq!(
            parse(text, unit, NumberFormat::default()),
            expect,
            "{text:?} as {unit:?}"
        );
    }

    #[test]
    fn units_are_understood() {
        for (text, unit, value) in [
            ("20 RPS", Unit::Rps, 20.0),
            ("1.2k", Unit::Rps, 1200.0),
            ("1.2 k RPS", Unit::Rps, 1200.0),
            ("4 min", Unit::Seconds, 240.0),
            ("4분", Unit::Seconds, 240.0),
            ("2h", Unit::Minutes, 120.0),
            ("99.9 %", Unit::Percent, 99.9),
            ("$0.204", Unit::UsdPerHour, 0.204),
            ("2 days", Unit::Hours, 48.0),
            ("1 M", Unit::Rps, 1e6),
        ] {
            check(text, unit, Ok(value));
        }
    }

    #[test]
    fn the_rest_is_said_to_be_wrong() {
        for (text, wrong) in [
            ("", Wrong::Empty),
            ("  ", Wrong::Empty),
            ("$", Wrong::Empty),
            ("abc", Wrong::NotANumber),
            ("1.2.3", Wrong::NotANumber),
            ("1 2", Wrong::NotANumber),
            ("12 34 rps", Wrong::NotANumber),
            ("1e999", Wrong::NotANumber),
            ("1e308 k", Wrong::NotANumber),
            (".", Wrong::NotANumber),
            ("20 apples", Wrong::UnknownUnit),
        ] {
            check(text, Unit::None, Err(wrong));
        }
    }

    #[test]
    fn arrow_keys_nudge() {
        for (value, whole, up, down) in [
            (20.0, false, 21.0, 19.0),
            (240.0, false, 250.0, 230.0),
            (0.5, false, 0.51, 0.49),
            (9.0, false, 9.1, 8.9),
            (3.0, true, 4.0, 2.0),
            (0.0, true, 1.0, 0.0),
        ] {
            assert_eq!(
                (nudged(value, true, whole), nudged(value, false, whole)),
                (up, down),
                "{value}"
            );
        }
    }

    #[test]
    fn differences_are_nudged_through_zero() {
        for (value, up, down) in [
            (2.0, "3", "1"),
            (1.0, "2", "0"),
            (0.0, "1", "-1"),
            (-1.0, "0", "-2"),
            (-240.0, "-230", "-250"),
        ] {
            let next = |up| nudged_difference(value, up, true).to_string();
            assert_eq!((&*next(true), &*next(false)), (up, down), "{value}");
        }
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let format = NumberFormat::default();
        assert_eq!(parse_whole("1,200", Unit::Instances, format), Ok(1200));
        for text in ["2.5", "-1", "4294967296"] {
            assert_eq!(
                parse_whole(text, Unit::Instances, format),
                Err(Wrong::NotWhole),
                "{text}"
            );
        }
    }
}
