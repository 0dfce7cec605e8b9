//! Numbers as people type them: either decimal mark, grouped digits, the field's unit or a near one behind them.
//!
//! What can be read in two ways is read as the page's own languages write it (a comma before exactly three digits groups).

pub use scenario::field::Unit;

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

/// Reads `text` as a number in `unit`.
pub fn parse(text: &str, unit: Unit) -> Result<f64, Wrong> {
    let text: String = text.chars().map(narrow).collect();
    let text = text.trim().trim_start_matches(['$', '₩']).trim_start();
    if text.is_empty() {
        return Err(Wrong::Empty);
    }
    let end = number_end(text);
    let (body, suffix) = (text.get(..end), text.get(end..));
    let (Some(body), Some(suffix)) = (body, suffix) else {
        return Err(Wrong::NotANumber);
    };
    let value: f64 = plain(body.trim_end())
        .and_then(|digits| digits.parse().ok())
        .ok_or(Wrong::NotANumber)?;
    let factor = factor(suffix.trim(), unit).ok_or(Wrong::UnknownUnit)?;
    let value = value * factor;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Wrong::NotANumber)
    }
}

/// Reads `text` as a whole number in `unit`.
pub fn parse_whole(text: &str, unit: Unit) -> Result<u32, Wrong> {
    let value = parse(text, unit)?;
    if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
        Ok(value as u32)
    } else {
        Err(Wrong::NotWhole)
    }
}

/// Reads `text` as a whole number that may be negative.
pub fn parse_change(text: &str) -> Result<i32, Wrong> {
    let value = parse(text, Unit::Difference)?;
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

/// Returns a full-width character, as Korean and Japanese keyboards type it, as ASCII; an odd space or apostrophe as a space.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' | '_' | '\'' | '’' => ' ',
        '−' => '-',
        c => c,
    }
}

/// Returns where the number ends and its unit begins.
fn number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(&b) = bytes.get(end) {
        let exponent = matches!(b, b'e' | b'E')
            && match bytes.get(end + 1) {
                Some(b'+' | b'-') => bytes.get(end + 2).is_some_and(u8::is_ascii_digit),
                next => next.is_some_and(u8::is_ascii_digit),
            };
        let sign = matches!(b, b'-' | b'+')
            && (end == 0 || matches!(bytes.get(end - 1), Some(b'e' | b'E')));
        if !(b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ') || exponent || sign) {
            break;
        }
        end += 1;
    }
    end
}

/// Returns the number in Rust's own spelling; `None` where its marks make no sense.
fn plain(body: &str) -> Option<String> {
    let (mantissa, exponent) = body
        .find(['e', 'E'])
        .map_or((body, ""), |at| body.split_at(at));
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = match decimal_mark(digits) {
        Some(at) => (digits.get(..at)?, digits.get(at + 1..)?),
        None => (digits, ""),
    };
    let whole = ungroup(whole)?;
    let all_digits = fraction.bytes().all(|b| b.is_ascii_digit());
    if !all_digits || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    Some(format!("{sign}{whole}.{fraction}0{exponent}"))
}

/// Returns the position of the decimal mark, if there is one.
fn decimal_mark(digits: &str) -> Option<usize> {
    let count = |mark| digits.bytes().filter(|&b| b == mark).count();
    let (points, commas) = (count(b'.'), count(b','));
    match (points, commas) {
        (0, 1) => {
            let at = digits.find(',')?;
            let groups =
                digits.len() - at == 4 && (1..=3).contains(&at) && !digits.starts_with('0');
            (!groups).then_some(at)
        }
        (1, 0) => digits.find('.'),
        (0, _) | (_, 0) => None,
        _ => digits.rfind(['.', ',']),
    }
}

/// Returns digits without their grouping marks; `None` where a group is not of three.
fn ungroup(whole: &str) -> Option<String> {
    let mark = whole.bytes().find(|b| !b.is_ascii_digit());
    let Some(mark) = mark else {
        return Some(whole.to_owned());
    };
    let mut groups = whole.split(char::from(mark));
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    if !(1..=3).contains(&first.len()) || !digits(first) {
        return None;
    }
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        joined.push_str(group);
    }
    Some(joined)
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
        assert_eq!(parse(text, unit), expect, "{text:?} as {unit:?}");
    }

    #[test]
    fn either_decimal_mark() {
        for (text, value) in [
            ("0.5", 0.5),
            ("0,5", 0.5),
            (".5", 0.5),
            (",5", 0.5),
            ("20.", 20.0),
            ("1,200", 1200.0),
            ("0,200", 0.2),
            ("1,2345", 1.2345),
            ("1,200.5", 1200.5),
            ("1.200,5", 1200.5),
            ("1 200", 1200.0),
            ("1 200,25", 1200.25),
            ("1.200.000", 1_200_000.0),
            ("1,200,000", 1_200_000.0),
            ("1'200", 1200.0),
            ("20", 20.0),
            ("1e3", 1000.0),
            ("1.5e-3", 0.0015),
            ("-4", -4.0),
            ("−4", -4.0),
        ] {
            check(text, Unit::None, Ok(value));
        }
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
            ("abc", Wrong::NotANumber),
            ("1.2.3", Wrong::NotANumber),
            ("1 2", Wrong::NotANumber),
            ("12,34,56", Wrong::NotANumber),
            ("--1", Wrong::NotANumber),
            ("1e999", Wrong::NotANumber),
            (".", Wrong::NotANumber),
            ("NaN", Wrong::NotANumber),
            ("inf", Wrong::NotANumber),
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
        assert_eq!(parse_whole("1,200", Unit::Instances), Ok(1200));
        for text in ["2.5", "-1", "4294967296"] {
            assert_eq!(
                parse_whole(text, Unit::Instances),
                Err(Wrong::NotWhole),
                "{text}"
            );
        }
    }
}
