//! Bytes back to a patch, in time and memory bounded by how many there are. `pack` describes the form.

use serde_json::{Map, Number, Value};

use super::{
    counts::{self, MOST_COUNTS},
    pack::{
        COUNTS, DAY_S, DAYS_TO_2027, DECIMAL, EXPLICIT, LEVELS, LIKE_POLICY, LIKE_PREVIOUS, LIST,
        OBJECT, SIMPLE, TEXT, TEXT_AGAIN, TIME, UNITS_S, WHOLE, WORD,
    },
    words::{RECORDS, WORDS},
};
use crate::{
    patch,
    schedule::Schedule,
    time::{LocalDate, LocalDateTime, LocalTime},
    trace::{self, Ladder},
};

/// Deepest nesting.
const DEEPEST: u32 = 16;
/// Most bytes of texts and values together, repetitions included.
const MOST_BYTES: usize = 1 << 20;
/// Bytes that a value counts for, besides its text.
const VALUE_BYTES: usize = 16;

/// Unpacks an object; `None` for anything that `pack` cannot have made.
pub(super) fn unpack(bytes: &[u8]) -> Option<Value> {
    let mut unpacker = Unpacker {
        rest: bytes,
        texts: Vec::new(),
        left: MOST_BYTES,
        counts_left: MOST_COUNTS,
    };
    let value = unpacker.value(0, None)?;
    (unpacker.rest.is_empty() && value.is_object()).then_some(value)
}

struct Unpacker<'a> {
    rest: &'a [u8],
    texts: Vec<&'a str>,
    left: usize,
    counts_left: usize,
}

impl Unpacker<'_> {
    /// Takes bytes of the result from those that are left; `None` when there are too few.
    fn reserve(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn head(&mut self) -> Option<(u8, u64)> {
        let first = self.byte()?;
        match u64::from(first & 31) {
            31 => Some((first >> 5, self.varint()?.checked_add(31)?)),
            n => Some((first >> 5, n)),
        }
    }

    fn value(&mut self, depth: u32, previous: Option<&Value>) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.reserve(VALUE_BYTES)?;
        let (kind, n) = self.head()?;
        match kind {
            SIMPLE => match n {
                0 => Some(Value::Null),
                1 => Some(Value::Bool(false)),
                2 => Some(Value::Bool(true)),
                LIKE_PREVIOUS => self.like(previous?, depth),
                LIKE_POLICY => self.like(patch::baseline_policy()?, depth),
                _ => self.text(kind, n).map(Value::String),
            },
            WORD | TEXT => self.text(kind, n).map(Value::String),
            WHOLE => Some(n.into()),
            DECIMAL => {
                let exponent = match n {
                    EXPLICIT => self.zigzag()?,
                    n => -i64::try_from(n).ok()?,
                };
                decimal(self.zigzag()?, exponent)
            }
            LIST => {
                let mut list: Vec<Value> = Vec::new();
                for _ in 0..n {
                    let value = self.value(depth + 1, list.last())?;
                    list.push(value);
                }
                Some(Value::Array(list))
            }
            OBJECT => self.object(n, depth).map(Value::Object),
            TIME if n == COUNTS || n == LEVELS => self.counts(n).map(Value::String),
            TIME => self.time(n).map(Value::String),
            _ => None,
        }
    }

    /// Returns a value that is written as what differs from another.
    fn like(&mut self, other: &Value, depth: u32) -> Option<Value> {
        self.reserve(size(other))?;
        let patch = self.value(depth + 1, None)?;
        let mut value = other.clone();
        patch::merge(&mut value, patch);
        Some(value)
    }

    fn text(&mut self, kind: u8, n: u64) -> Option<String> {
        let text = match (kind, usize::try_from(n).ok()?) {
            (WORD, n) => *WORDS.get(n)?,
            (TEXT, n) => {
                let (text, rest) = self.rest.split_at_checked(n)?;
                self.rest = rest;
                let text = std::str::from_utf8(text).ok()?;
                self.texts.push(text);
                text
            }
            (SIMPLE, n) => *self.texts.get(n.checked_sub(TEXT_AGAIN as usize)?)?,
            _ => return None,
        };
        self.reserve(text.len())?;
        Some(text.to_owned())
    }

    fn object(&mut self, n: u64, depth: u32) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        if n == EXPLICIT {
            for _ in 0..self.varint()? {
                let (kind, n) = self.head()?;
                map.insert(self.text(kind, n)?, self.value(depth + 1, None)?);
            }
        } else {
            let index = n - u64::from(n > EXPLICIT);
            for key in RECORDS.get(usize::try_from(index).ok()?)? {
                map.insert((*key).to_owned(), self.value(depth + 1, None)?);
            }
        }
        Some(map)
    }

    /// Returns the text that stands for counts in a document.
    fn counts(&mut self, n: u64) -> Option<String> {
        let length = usize::try_from(self.varint()?).ok()?;
        let bytes = usize::try_from(self.varint()?).ok()?;
        let (packed, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        // Few bytes can stand for many counts.
        self.counts_left = self.counts_left.checked_sub(length)?;
        let mut counts = counts::unpack(packed, length)?;
        if n == LEVELS {
            let ladder = Ladder::new();
            let levels = counts.iter().map(|number| ladder.level(*number));
            counts = levels.collect::<Option<_>>()?;
        }
        Some(trace::written(&counts))
    }

    fn time(&mut self, n: u64) -> Option<String> {
        let Some(form) = n.checked_sub(1) else {
            let days = self.zigzag()?.checked_add(DAYS_TO_2027)?;
            return Some(LocalDate::from_days(days).to_string());
        };
        let unit_s = UNITS_S.get(form as usize % UNITS_S.len())?;
        if form < 3 {
            let second = i64::try_from(self.varint()?).ok()?.checked_mul(*unit_s)?;
            let second = u32::try_from(second).ok()?;
            let time = LocalTime::new(second / 3600, second / 60 % 60, second % 60)?;
            return Some(time.to_string());
        }
        let seconds = self.zigzag()?.checked_mul(*unit_s)?;
        let both = LocalDateTime::from_seconds(seconds.checked_add(DAYS_TO_2027 * DAY_S)?);
        match form {
            3..6 => Some(both.to_string()),
            6..9 => Some(Schedule::once(both)),
            _ => None,
        }
    }
}

/// Returns how many bytes a value counts for.
fn size(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(size).sum(),
        Value::Object(map) => map.iter().map(|(key, value)| key.len() + size(value)).sum(),
        _ => 0,
    };
    VALUE_BYTES + inside
}

/// Returns the nearest double of digits and an exponent, as the standard library reads them; whole numbers stay whole.
fn decimal(mantissa: i64, exponent: i64) -> Option<Value> {
    if exponent == 0 {
        return Some(mantissa.into());
    }
    let value: f64 = format!("{mantissa}e{exponent}").parse().ok()?;
    Number::from_f64(value).map(Value::Number)
}
