//! A patch as bytes.
//!
//! A value begins with a byte: its kind in the upper three bits, a number n in the lower five (31: a variable-length
//! number follows and is added). Numbers are variable-length, seven bits a byte, the lowest first. Kinds:
//!
//! 0. n 0: null, 1: false, 2: true, 3: the list's previous value with the patch that follows, 4: the baseline's policy
//!    with the patch that follows, from 5 on: the (n − 5)-th text of kind 2 so far.
//! 1. The n-th word.
//! 2. A text of n bytes.
//! 3. The whole number n.
//! 4. A decimal: the zigzag number that follows, times 10^−n; n 30: the exponent comes first, zigzag.
//! 5. A list of n values.
//! 6. An object of the n-th record's fields (from 31 on, of the (n − 1)-th); n 30: how many fields, then each key
//!    (a value of kind 0, 1 or 2) and value.
//! 7. A date or time: n 0 a date as days since 2027 (zigzag), 1 to 3 a time of day, 4 to 6 a date and time, 7 to 9 the
//!    same as `at(…)`: in quarter hours, minutes or seconds since midnight, or (zigzag) since 2027 began. Since version 3 n 10
//!    are the counts of a recording, n 11 their levels (`trace/ladder.rs`): how many, how many bytes, and these (`counts.rs`).

use serde_json::{Map, Number, Value};

use super::{
    MOST_TO_READ,
    words::{RECORDS, word_index},
};
use crate::{
    patch,
    schedule::Schedule,
    time::{LocalDate, LocalDateTime, LocalTime},
};

pub(super) const SIMPLE: u8 = 0;
pub(super) const WORD: u8 = 1;
pub(super) const TEXT: u8 = 2;
pub(super) const WHOLE: u8 = 3;
pub(super) const DECIMAL: u8 = 4;
pub(super) const LIST: u8 = 5;
pub(super) const OBJECT: u8 = 6;
pub(super) const TIME: u8 = 7;

/// Of kind `SIMPLE`: a value written as what differs from the one before it, or from the baseline's policy.
pub(super) const LIKE_PREVIOUS: u64 = 3;
pub(super) const LIKE_POLICY: u64 = 4;
/// Of kind `SIMPLE`: from this number on, texts that were written before.
pub(super) const TEXT_AGAIN: u64 = 5;
/// Of kind `TIME`: the counts of a recording, and counts that are levels of the ladder.
pub(super) const COUNTS: u64 = 10;
pub(super) const LEVELS: u64 = 11;
/// Of decimals the exponent, of objects the keys follow in full.
pub(super) const EXPLICIT: u64 = 30;
/// Days from 1970 to 2027.
pub(super) const DAYS_TO_2027: i64 = 20_819;
pub(super) const DAY_S: i64 = 86_400;
/// Units in which times are counted, seconds, the longest first.
pub(super) const UNITS_S: [i64; 3] = [900, 60, 1];

/// The counts of a recording, packed.
#[derive(Debug)]
pub(super) struct PackedCounts {
    /// What stands for them in a document.
    pub text: String,
    /// [`COUNTS`] or [`LEVELS`].
    pub form: u64,
    /// How many there are.
    pub length: usize,
    /// As `counts.rs` packs them.
    pub bytes: Vec<u8>,
}

/// Packs a value; counts that are packed already so, others as any text.
pub(super) fn pack(value: &Value, recordings: &[PackedCounts]) -> Vec<u8> {
    let mut packer = Packer {
        out: Vec::new(),
        texts: Vec::new(),
        recordings,
    };
    packer.put(value);
    packer.out
}

#[derive(Clone)]
struct Packer<'a> {
    out: Vec<u8>,
    texts: Vec<String>,
    recordings: &'a [PackedCounts],
}

impl Packer<'_> {
    fn put(&mut self, value: &Value) {
        // It is too long for a link already, and what is written is copied for each entry of a list.
        if self.out.len() > MOST_TO_READ {
            return;
        }
        match value {
            Value::Null => self.head(SIMPLE, 0),
            Value::Bool(is) => self.head(SIMPLE, 1 + u64::from(*is)),
            Value::Number(number) => self.number(number),
            Value::String(text) => {
                if !self.counts(text) && !self.time(text) {
                    self.text(text);
                }
            }
            Value::Array(list) => {
                self.head(LIST, list.len() as u64);
                let mut previous = None;
                for value in list {
                    self.entry(value, previous);
                    previous = Some(value);
                }
            }
            Value::Object(map) => self.object(map),
        }
    }

    /// Writes a kind and its number.
    fn head(&mut self, kind: u8, n: u64) {
        if n < 31 {
            self.out.push(kind << 5 | n as u8);
        } else {
            self.out.push(kind << 5 | 31);
            self.varint(n - 31);
        }
    }

    fn varint(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.out.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.out.push(n as u8);
    }

    fn zigzag(&mut self, n: i64) {
        self.varint(((n << 1) ^ (n >> 63)) as u64);
    }

    /// Writes a list's entry in the shortest of three ways.
    fn entry(&mut self, value: &Value, previous: Option<&Value>) {
        let mut best = self.clone();
        best.put(value);
        let policy = patch::baseline_policy().filter(|_| value.get("PolicyName").is_some());
        for (how, base) in [(LIKE_PREVIOUS, previous), (LIKE_POLICY, policy)] {
            if let (Some(Value::Object(base)), Value::Object(value)) = (base, value) {
                let mut other = self.clone();
                other.head(SIMPLE, how);
                other.object(&patch::difference(base, value));
                if other.out.len() < best.out.len() {
                    best = other;
                }
            }
        }
        *self = best;
    }

    /// Writes the text of counts that are packed already, if it is one.
    fn counts(&mut self, text: &str) -> bool {
        let Some(packed) = self.recordings.iter().find(|known| known.text == text) else {
            return false;
        };
        self.head(TIME, packed.form);
        self.varint(packed.length as u64);
        self.varint(packed.bytes.len() as u64);
        self.out.extend_from_slice(&packed.bytes);
        true
    }

    fn text(&mut self, text: &str) {
        if let Some(index) = word_index(text) {
            self.head(WORD, index as u64);
        } else if let Some(index) = self.texts.iter().position(|known| known == text) {
            self.head(SIMPLE, TEXT_AGAIN + index as u64);
        } else {
            self.head(TEXT, text.len() as u64);
            self.out.extend_from_slice(text.as_bytes());
            self.texts.push(text.to_owned());
        }
    }

    fn object(&mut self, map: &Map<String, Value>) {
        let fits = |(_, record): &(usize, &Vec<&str>)| {
            record.len() == map.len() && record.iter().all(|key| map.contains_key(*key))
        };
        match RECORDS.iter().enumerate().find(fits) {
            Some((index, record)) => {
                let n = index as u64;
                self.head(OBJECT, n + u64::from(n >= EXPLICIT));
                for value in record.iter().filter_map(|key| map.get(*key)) {
                    self.put(value);
                }
            }
            None => {
                self.head(OBJECT, EXPLICIT);
                self.varint(map.len() as u64);
                for (key, value) in map {
                    self.text(key);
                    self.put(value);
                }
            }
        }
    }

    /// Whole numbers as they are, others as the digits and the exponent of their shortest form.
    fn number(&mut self, number: &Number) {
        if let Some(whole) = number.as_u64() {
            return self.head(WHOLE, whole);
        }
        let text = number.to_string();
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let mantissa: i64 = [whole, fraction].concat().parse().unwrap_or(0);
        let exponent = exponent.trim_start_matches('+').parse().unwrap_or(0);
        match exponent - fraction.len() as i64 {
            0 if mantissa >= 0 => self.head(WHOLE, mantissa as u64),
            exponent @ -29..=0 => {
                self.head(DECIMAL, exponent.unsigned_abs());
                self.zigzag(mantissa);
            }
            exponent => {
                self.head(DECIMAL, EXPLICIT);
                self.zigzag(exponent);
                self.zigzag(mantissa);
            }
        }
    }

    /// Writes a text that is a date or time, if it is one that would be read back the same.
    fn time(&mut self, text: &str) -> bool {
        if let Ok(date) = text.parse::<LocalDate>() {
            self.head(TIME, 0);
            self.zigzag(date.days() - DAYS_TO_2027);
        } else if let Ok(time) = text.parse::<LocalTime>()
            && time.to_string() == text
        {
            let (unit, count) = units(i64::from(time.second_of_day()));
            self.head(TIME, 1 + unit);
            self.varint(count.unsigned_abs());
        } else if let Some((first_form, both)) = date_time(text) {
            let (unit, count) = units(both.seconds() - DAYS_TO_2027 * DAY_S);
            self.head(TIME, first_form + unit);
            self.zigzag(count);
        } else {
            return false;
        }
        true
    }
}

/// Returns the first form and the time of a text that is a date and time, or `at(…)` with one.
fn date_time(text: &str) -> Option<(u64, LocalDateTime)> {
    let inside = text
        .strip_prefix("at(")
        .and_then(|rest| rest.strip_suffix(')'));
    let both = inside.unwrap_or(text).parse().ok()?;
    let (form, written) = match inside {
        Some(_) => (7, Schedule::once(both)),
        None => (4, both.to_string()),
    };
    (written == text).then_some((form, both))
}

/// Returns the index of the largest unit of which `seconds` is a multiple, and how many of them it is.
fn units(seconds: i64) -> (u64, i64) {
    let whole = |unit_s: &i64| seconds % unit_s == 0;
    let unit = UNITS_S.iter().position(whole).unwrap_or(2);
    let unit_s = UNITS_S.get(unit).copied().unwrap_or(1);
    (unit as u64, seconds / unit_s)
}
