//! Packs as a page reads them: from JSON that was parsed, a field at a time.
//!
//! What is read is what serde writes, to which a test holds it; serde's own readers are many times as much code for each type, and
//! a page carries it. Packs are the page's own files: what does not fit is not told, there is no pack then.

pub mod join;
mod lesson;
mod lists;
mod question;
mod text;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{claim::Claim, expression::Expression, pack::Quantity, unit::Unit};

/// Reads a pack from the texts of its files; nothing where these are none of this type, or do not belong together.
#[must_use]
pub fn unpack<T: Unpack>(files: &[String]) -> Option<T> {
    T::unpack(&join::joined(files)?)
}

/// What can be read from a pack.
pub trait Unpack: Sized {
    /// Reads it from JSON.
    fn unpack(value: &Value) -> Option<Self>;

    /// Returns what a field that is left out holds; nothing where it must be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a field.
pub(crate) fn field<T: Unpack>(value: &Value, name: &str) -> Option<T> {
    let fields = value.as_object()?;
    fields.get(name).map_or_else(T::absent, T::unpack)
}

/// Reads a field that must be there.
pub(crate) fn required<T: Unpack>(value: &Value, name: &str) -> Option<T> {
    T::unpack(value.get(name)?)
}

/// Whether an object has no more fields than these.
pub(crate) fn has_only(value: &Value, names: &[&str]) -> bool {
    let fields = value.as_object();
    fields.is_some_and(|fields| fields.keys().all(|name| names.contains(&&**name)))
}

/// Reads an entry of an array.
pub(crate) fn entry<T: Unpack>(value: &Value, index: usize) -> Option<T> {
    T::unpack(value.get(index)?)
}

/// Returns the one name that an object has, as serde writes one of several kinds, and what stands behind it.
fn kind(value: &Value) -> Option<(&str, &Value)> {
    let (name, value) = value.as_object()?.iter().next()?;
    Some((name, value))
}

impl Unpack for Value {
    fn unpack(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Unpack for String {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Unpack for bool {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_bool()
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Unpack for f64 {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Unpack for u32 {
    fn unpack(value: &Value) -> Option<Self> {
        Self::try_from(value.as_u64()?).ok()
    }
}

impl<T: Unpack> Unpack for Option<T> {
    fn unpack(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::unpack(value).map(Some),
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Unpack> Unpack for Vec<T> {
    fn unpack(value: &Value) -> Option<Self> {
        // By a loop: an iterator that stops at nothing is code of its own for each type.
        let mut entries = Self::new();
        for entry in value.as_array()? {
            entries.push(T::unpack(entry)?);
        }
        Some(entries)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Unpack> Unpack for BTreeMap<String, T> {
    fn unpack(value: &Value) -> Option<Self> {
        // One by one: collecting them would sort them first, by code of its own for each type.
        let mut fields = Self::new();
        for (name, value) in value.as_object()? {
            fields.insert(name.clone(), T::unpack(value)?);
        }
        Some(fields)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Types with fields that are called as in JSON.
macro_rules! fields {
    ($($type:ident { $($field:ident),+ })+) => {$(
        impl Unpack for $type {
            fn unpack(value: &Value) -> Option<Self> {
                Some(Self { $($field: field(value, stringify!($field))?),+ })
            }
        }
    )+};
}
use fields;

/// Types of which each is a name.
macro_rules! names {
    ($($type:ident { $($name:literal => $variant:ident),+ })+) => {$(
        impl Unpack for $type {
            fn unpack(value: &Value) -> Option<Self> {
                const NAMES: &[(&str, $type)] = &[$(($name, $type::$variant)),+];
                let name = value.as_str()?;
                let found = NAMES.iter().find(|(it, _)| *it == name);
                found.map(|(_, it)| *it)
            }
        }
    )+};
}
use names;

names! {
    Unit {
        "number" => Number, "requests" => Requests, "requests_per_second" => RequestsPerSecond,
        "requests_per_minute" => RequestsPerMinute, "instances" => Instances, "times" => Times, "share" => Share,
        "percent" => Percent, "usd" => Usd, "minutes" => Minutes, "seconds" => Seconds, "milliseconds" => Milliseconds,
        "moment" => Moment, "credits" => Credits
    }
}

impl Unpack for Expression {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }
}

impl Unpack for Claim {
    fn unpack(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }
}

impl Unpack for Quantity {
    fn unpack(value: &Value) -> Option<Self> {
        Some(Self(entry(value, 0)?, entry(value, 1)?))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::json;

    use super::*;
    use crate::pack::Home;

    /// Checks that what serde reads of JSON is what is unpacked, and that of what serde writes the same comes back.
    pub fn check<T: Unpack + Serialize + DeserializeOwned + PartialEq + Debug>(json: &Value) {
        let read: T = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(T::unpack(json).as_ref(), Some(&read), "{json}");
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(T::unpack(&written), Some(read), "{written}");
    }

    #[test]
    fn units_are_unpacked_as_serde_reads_them() {
        for unit in [
            "number",
            "requests",
            "requests_per_second",
            "requests_per_minute",
            "instances",
            "times",
            "share",
            "percent",
            "usd",
            "minutes",
            "seconds",
            "milliseconds",
            "moment",
            "credits",
        ] {
            check::<Unit>(&json!(unit));
        }
    }

    #[test]
    fn what_is_none_is_no_pack() {
        for text in [
            "",
            "[]",
            "{\"lessons\":1}",
            "{\"lessons\":[{\"tasks\":[\"?\"]}]}",
        ] {
            assert_eq!(unpack::<Home>(&[text.to_owned()]), None, "{text}");
        }
        assert_eq!(unpack::<Home>(&[]), Some(Home::default()));
    }
}
