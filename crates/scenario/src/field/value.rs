//! What a field holds, and which types a field can have.

use serde::{Serialize, ser::SerializeMap};

use super::{Items, Kind};
use crate::time::{LocalDate, LocalDateTime, LocalTime, UtcDateTime, Weekday};

/// What a field holds, whichever kind it is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, in a field that may be empty.
    Absent,
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A whole number of up to 64 bits.
    Seed(u64),
    /// Words.
    Text(String),
    /// One of a few names.
    Choice(&'static str),
    /// Yes or no.
    Switch(bool),
    /// A day.
    Date(LocalDate),
    /// A time of day.
    Time(LocalTime),
    /// A day and a time of day.
    DateTime(LocalDateTime),
    /// A moment in UTC.
    Moment(UtcDateTime),
    /// Days of the week.
    Days(Vec<Weekday>),
}

/// Why a field does not take a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The scenario has no such field.
    NoField,
    /// The field must hold something.
    Absent,
    /// The value is of another kind than the field.
    OtherKind,
    /// A whole number that is too large for the field, or negative where it cannot be.
    OutOfBounds,
    /// The field has no choice of that name.
    NoChoice,
}

/// A type that a field of a section can have: one of [`Value`]'s, one that may be absent, or a part with fields of its own.
pub trait FieldType: Sized + Serialize {
    /// How it is edited.
    const KIND: Kind;
    /// Whether it may hold nothing.
    const IS_OPTIONAL: bool = false;

    /// Returns the value; `None` where it is a part.
    fn read(&self) -> Option<Value>;

    /// Makes one of a value.
    ///
    /// # Errors
    /// Where the value is none of this type.
    fn from_value(value: &Value) -> Result<Self, Wrong>;

    /// Whether it is left out of JSON.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it into an object under its name.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write_entry<M: SerializeMap>(&self, name: &str, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry(name, self)
    }
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: Kind = T::KIND;
    const IS_OPTIONAL: bool = true;

    fn read(&self) -> Option<Value> {
        match self {
            Some(value) => value.read(),
            None => (!matches!(T::KIND, Kind::Part)).then_some(Value::Absent),
        }
    }

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        match value {
            Value::Absent => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write_entry<M: SerializeMap>(&self, name: &str, object: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => value.write_entry(name, object),
            None => Ok(()),
        }
    }
}

/// A type of which [`Value`] has a variant.
macro_rules! plain {
    ($($type:ty => $kind:ident;)+) => {
        $(
            impl FieldType for $type {
                const KIND: Kind = Kind::$kind;

                fn read(&self) -> Option<Value> {
                    Some(Value::$kind(self.clone()))
                }

                fn from_value(value: &Value) -> Result<Self, Wrong> {
                    match value {
                        Value::$kind(value) => Ok(value.clone()),
                        Value::Absent => Err(Wrong::Absent),
                        _ => Err(Wrong::OtherKind),
                    }
                }
            }
        )+
    };
}

plain! {
    f64 => Number;
    u64 => Seed;
    bool => Switch;
    String => Text;
    LocalDate => Date;
    LocalTime => Time;
    LocalDateTime => DateTime;
    UtcDateTime => Moment;
    Vec<Weekday> => Days;
}

/// A whole number of up to 32 bits.
macro_rules! whole {
    ($($type:ty),+) => {
        $(
            impl FieldType for $type {
                const KIND: Kind = Kind::Whole;

                fn read(&self) -> Option<Value> {
                    Some(Value::Whole(i64::from(*self)))
                }

                fn from_value(value: &Value) -> Result<Self, Wrong> {
                    match value {
                        Value::Whole(value) => (*value).try_into().map_err(|_| Wrong::OutOfBounds),
                        Value::Absent => Err(Wrong::Absent),
                        _ => Err(Wrong::OtherKind),
                    }
                }
            }
        )+
    };
}

whole!(u32, i32);

/// Makes types parts: what is in them has fields of its own, or none that can be named.
macro_rules! parts {
    ($($type:ty),+) => {
        $(
            impl $crate::field::FieldType for $type {
                const KIND: $crate::field::Kind = $crate::field::Kind::Part;

                fn read(&self) -> Option<$crate::field::Value> {
                    None
                }

                fn from_value(
                    _: &$crate::field::Value,
                ) -> Result<Self, $crate::field::Wrong> {
                    Err($crate::field::Wrong::OtherKind)
                }
            }
        )+
    };
}

pub(crate) use parts;

impl<T: Serialize> FieldType for Items<T> {
    const KIND: Kind = Kind::Part;

    fn read(&self) -> Option<Value> {
        None
    }

    fn from_value(_: &Value) -> Result<Self, Wrong> {
        Err(Wrong::OtherKind)
    }
}
