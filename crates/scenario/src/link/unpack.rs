//! Bytes back to a patch, in time and memory bounded by how many there are. The form is told in `pack`.

use serde_json::{Map, Number, Value};

use super::{
    pack::{
        DAY_S, DAYS_TO_2020, DECIMAL, LIST, OBJECT, OTHER, QUARTER_S, SIMPLE, TEXT, TIME, WHOLE,
        WORD,
    },
    words::{RECORDS, WORDS},
};
use crate::time::{LocalDate, LocalDateTime, LocalTime};

/// Deepest nesting.
const DEEPEST: u32 = 16;

/// Unpacks an object; `None` for anything that `pack` cannot have made.
pub(super) fn unpack(bytes: &[u8]) -> Option<Value> {
    let mut rest = bytes;
    let value = value(&mut rest, 0)?;
    (rest.is_empty() && value.is_object()).then_some(value)
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(*first)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = byte(rest)?;
        let bits = u64::from(byte & 0x7f);
        number |= bits
            .checked_shl(shift)
            .filter(|shifted| shifted >> shift == bits)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn zigzag(rest: &mut &[u8]) -> Option<i64> {
    let number = varint(rest)?;
    Some((number >> 1) as i64 ^ -((number & 1) as i64))
}

fn head(rest: &mut &[u8]) -> Option<(u8, u64)> {
    let first = byte(rest)?;
    match u64::from(first & 31) {
        31 => Some((first >> 5, varint(rest)?.checked_add(31)?)),
        n => Some((first >> 5, n)),
    }
}

fn value(rest: &mut &[u8], depth: u32) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let (kind, n) = head(rest)?;
    match kind {
        SIMPLE => match n {
            0 => Some(Value::Null),
            1 => Some(Value::Bool(false)),
            2 => Some(Value::Bool(true)),
            _ => None,
        },
        WORD | TEXT => text(rest, kind, n).map(Value::String),
        WHOLE => Some(n.into()),
        DECIMAL => {
            let exponent = match n {
                OTHER => zigzag(rest)?,
                n => -i64::try_from(n).ok()?,
            };
            decimal(zigzag(rest)?, exponent)
        }
        LIST => {
            let mut list = Vec::new();
            for _ in 0..n {
                list.push(value(rest, depth + 1)?);
            }
            Some(Value::Array(list))
        }
        OBJECT => object(rest, n, depth).map(Value::Object),
        TIME => time(rest, n).map(Value::String),
        _ => None,
    }
}

fn text(rest: &mut &[u8], kind: u8, n: u64) -> Option<String> {
    let n = usize::try_from(n).ok()?;
    if kind == WORD {
        return WORDS.get(n).map(|word| (*word).to_owned());
    }
    let (text, others) = rest.split_at_checked(n)?;
    *rest = others;
    Some(std::str::from_utf8(text).ok()?.to_owned())
}

fn object(rest: &mut &[u8], n: u64, depth: u32) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    if n == OTHER {
        for _ in 0..varint(rest)? {
            let (kind, n) = head(rest)?;
            if kind != WORD && kind != TEXT {
                return None;
            }
            map.insert(text(rest, kind, n)?, value(rest, depth + 1)?);
        }
    } else {
        let index = if n < OTHER { n } else { n - 1 };
        for key in *RECORDS.get(usize::try_from(index).ok()?)? {
            map.insert((*key).to_owned(), value(rest, depth + 1)?);
        }
    }
    Some(map)
}

/// Digits and exponent to the nearest double, as the standard library reads them.
fn decimal(mantissa: i64, exponent: i64) -> Option<Value> {
    let value: f64 = format!("{mantissa}e{exponent}").parse().ok()?;
    Number::from_f64(value).map(Value::Number)
}

fn time(rest: &mut &[u8], n: u64) -> Option<String> {
    let unit = if n % 2 == 1 { QUARTER_S } else { 1 };
    match n {
        0 => {
            let days = zigzag(rest)?.checked_add(DAYS_TO_2020)?;
            Some(LocalDate::from_days(days).to_string())
        }
        1 | 2 => {
            let second = varint(rest)?.checked_mul(unit as u64)?;
            let second = u32::try_from(second).ok()?;
            let time = LocalTime::new(second / 3600, second / 60 % 60, second % 60)?;
            Some(time.to_string())
        }
        3 | 4 => {
            let seconds = zigzag(rest)?.checked_mul(unit)?;
            let seconds = seconds.checked_add(DAYS_TO_2020 * DAY_S)?;
            Some(LocalDateTime::from_seconds(seconds).to_string())
        }
        _ => None,
    }
}
