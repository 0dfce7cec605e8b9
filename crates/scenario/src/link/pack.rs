//! A patch as bytes.
//!
//! A value begins with a byte: its kind in the upper three bits, a number n in the lower five (31: a variable-length
//! number follows and is added). Numbers are variable-length, seven bits a byte, the lowest first. Kinds:
//! 0 (n: 0 null, 1 false, 2 true), 1 the n-th word, 2 a text of n bytes, 3 the whole number n, 4 a decimal: its digits
//! times 10^−n (zigzag digits follow; n 30: zigzag exponent first), 5 a list of n values, 6 an object of the n-th
//! record's fields (n 30: how many fields, then each key and value; a key is a value of kind 1 or 2),
//! 7 a date or time: n 0 a date, 1 a time of day in quarter hours, 2 in seconds, 3 both in quarter hours, 4 in seconds
//! (dates are days since 2020, zigzag; both together counts units since 2020 began, zigzag).

use serde_json::{Map, Number, Value};

use super::words::{RECORDS, word_index};
use crate::time::{LocalDate, LocalDateTime, LocalTime};

pub(super) const SIMPLE: u8 = 0;
pub(super) const WORD: u8 = 1;
pub(super) const TEXT: u8 = 2;
pub(super) const WHOLE: u8 = 3;
pub(super) const DECIMAL: u8 = 4;
pub(super) const LIST: u8 = 5;
pub(super) const OBJECT: u8 = 6;
pub(super) const TIME: u8 = 7;

/// Where a number stands for "told otherwise" in decimals and objects.
pub(super) const OTHER: u64 = 30;
/// Days from 1970 to 2020.
pub(super) const DAYS_TO_2020: i64 = 18_262;
pub(super) const DAY_S: i64 = 86_400;
pub(super) const QUARTER_S: i64 = 900;

/// Packs a value.
pub(super) fn pack(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, value);
    out
}

fn put(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => head(out, SIMPLE, 0),
        Value::Bool(is) => head(out, SIMPLE, 1 + u64::from(*is)),
        Value::Number(number) => put_number(out, number),
        Value::String(text) => {
            if !put_time(out, text) {
                put_text(out, text);
            }
        }
        Value::Array(list) => {
            head(out, LIST, list.len() as u64);
            list.iter().for_each(|value| put(out, value));
        }
        Value::Object(map) => put_object(out, map),
    }
}

/// Writes a kind and its number.
fn head(out: &mut Vec<u8>, kind: u8, n: u64) {
    if n < 31 {
        out.push(kind << 5 | n as u8);
    } else {
        out.push(kind << 5 | 31);
        put_varint(out, n - 31);
    }
}

fn put_varint(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    match word_index(text) {
        Some(index) => head(out, WORD, index as u64),
        None => {
            head(out, TEXT, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        }
    }
}

fn put_object(out: &mut Vec<u8>, map: &Map<String, Value>) {
    let record = RECORDS.iter().position(|record| {
        record.len() == map.len() && record.iter().all(|key| map.contains_key(*key))
    });
    match record {
        Some(index) => {
            // The number 30 is taken, so later records count from 31.
            let n = index as u64;
            head(out, OBJECT, if n < OTHER { n } else { n + 1 });
            let fields = RECORDS
                .get(index)
                .into_iter()
                .flat_map(|record| record.iter());
            fields
                .filter_map(|key| map.get(*key))
                .for_each(|value| put(out, value));
        }
        None => {
            head(out, OBJECT, OTHER);
            put_varint(out, map.len() as u64);
            for (key, value) in map {
                put_text(out, key);
                put(out, value);
            }
        }
    }
}

/// Whole numbers as they are, others as the digits and the exponent of their shortest form.
fn put_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(whole) = number.as_u64() {
        return head(out, WHOLE, whole);
    }
    let text = number.to_string();
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let mantissa: i64 = [whole, fraction].concat().parse().unwrap_or(0);
    let exponent = exponent.trim_start_matches('+').parse().unwrap_or(0) - fraction.len() as i64;
    match exponent {
        0 if mantissa >= 0 => head(out, WHOLE, mantissa as u64),
        -29..=0 => {
            head(out, DECIMAL, exponent.unsigned_abs());
            put_varint(out, zigzag(mantissa));
        }
        _ => {
            head(out, DECIMAL, OTHER);
            put_varint(out, zigzag(exponent));
            put_varint(out, zigzag(mantissa));
        }
    }
}

/// Writes a text that is a date or time, if it is one that would be written back the same.
fn put_time(out: &mut Vec<u8>, text: &str) -> bool {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let same = |value: &dyn std::fmt::Display| value.to_string() == text;
    if let Ok(date) = text.parse::<LocalDate>()
        && same(&date)
    {
        head(out, TIME, 0);
        put_varint(out, zigzag(date.days() - DAYS_TO_2020));
    } else if let Ok(time) = text.parse::<LocalTime>()
        && same(&time)
    {
        put_seconds(out, 1, i64::from(time.second_of_day()), |n| n as u64);
    } else if let Ok(both) = text.parse::<LocalDateTime>()
        && same(&both)
    {
        put_seconds(out, 3, both.seconds() - DAYS_TO_2020 * DAY_S, zigzag);
    } else {
        return false;
    }
    true
}

/// Writes seconds, in quarter hours (`form`) where they are whole ones, else as they are (the next form).
fn put_seconds(out: &mut Vec<u8>, form: u64, seconds: i64, number: impl Fn(i64) -> u64) {
    if seconds % QUARTER_S == 0 {
        head(out, TIME, form);
        put_varint(out, number(seconds / QUARTER_S));
    } else {
        head(out, TIME, form + 1);
        put_varint(out, number(seconds));
    }
}
