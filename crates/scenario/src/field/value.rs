//! What a field holds, and which types a field can have.

use super::{Content, ContentMut, Kind};
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

/// A type that a field of a section can have: one of [`Value`]'s, one that may be absent, or a part with fields of its own. What it
/// is by default, what is read is read into.
pub trait FieldType: Default + 'static {
    /// How it is edited.
    const KIND: Kind = Kind::Part;
    /// Whether it may hold nothing.
    const IS_OPTIONAL: bool = false;
    /// What a document has to say, as an error names it.
    const EXPECTED: &'static str = "";
    /// Of a choice: all names that it is read from.
    const SPELLINGS: &'static [&'static str] = &[];

    /// Returns what it holds, as JSON sees it.
    fn content(&self) -> Content<'_>;

    /// Returns what is read into it. A part begins as by default.
    fn content_mut(&mut self) -> ContentMut<'_> {
        ContentMut::Value(self)
    }

    /// Returns the value; `None` where it is a part.
    fn read(&self) -> Option<Value> {
        match self.content() {
            Content::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Makes one of a value.
    ///
    /// # Errors
    /// Where the value is none of this type.
    fn from_value(_: &Value) -> Result<Self, Wrong> {
        Err(Wrong::OtherKind)
    }

    /// Returns the value that a text says, where documents have it as a text.
    fn of_text(_: &str) -> Option<Value> {
        None
    }
}

/// A field of a section, whichever type it is of.
pub trait Slot {
    fn kind(&self) -> Kind;
    fn is_optional(&self) -> bool;
    fn expected(&self) -> &'static str;
    fn spellings(&self) -> &'static [&'static str];
    fn content(&self) -> Content<'_>;
    fn content_mut(&mut self) -> ContentMut<'_>;
    fn read(&self) -> Option<Value>;
    fn write(&mut self, value: &Value) -> Result<(), Wrong>;
    fn of_text(&self, text: &str) -> Option<Value>;
}

impl<T: FieldType> Slot for T {
    fn kind(&self) -> Kind {
        T::KIND
    }

    fn is_optional(&self) -> bool {
        T::IS_OPTIONAL
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn spellings(&self) -> &'static [&'static str] {
        T::SPELLINGS
    }

    fn content(&self) -> Content<'_> {
        FieldType::content(self)
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        FieldType::content_mut(self)
    }

    fn read(&self) -> Option<Value> {
        FieldType::read(self)
    }

    fn write(&mut self, value: &Value) -> Result<(), Wrong> {
        *self = T::from_value(value)?;
        Ok(())
    }

    fn of_text(&self, text: &str) -> Option<Value> {
        T::of_text(text)
    }
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: Kind = T::KIND;
    const IS_OPTIONAL: bool = true;

    fn content(&self) -> Content<'_> {
        match self {
            Some(value) => value.content(),
            None => Content::Value(Value::Absent),
        }
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        self.insert(T::default()).content_mut()
    }

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
}

/// A type of which [`Value`] has a variant.
macro_rules! plain {
    ($($type:ty => $kind:ident, $expected:literal $(, $parse:expr)?;)+) => {
        $(
            impl FieldType for $type {
                const KIND: Kind = Kind::$kind;
                const EXPECTED: &'static str = $expected;

                fn content(&self) -> Content<'_> {
                    Content::Value(Value::$kind(self.clone()))
                }

                fn from_value(value: &Value) -> Result<Self, Wrong> {
                    match value {
                        Value::$kind(value) => Ok(value.clone()),
                        Value::Absent => Err(Wrong::Absent),
                        _ => Err(Wrong::OtherKind),
                    }
                }

                $(
                    fn of_text(text: &str) -> Option<Value> {
                        let value: Option<Self> = $parse(text);
                        value.map(Value::$kind)
                    }
                )?
            }
        )+
    };
}

plain! {
    f64 => Number, "f64";
    u64 => Seed, "u64";
    bool => Switch, "a boolean";
    String => Text, "a string", |text: &str| Some(text.to_owned());
    LocalDate => Date, "a date", |text: &str| text.parse().ok();
    LocalTime => Time, "a time", |text: &str| text.parse().ok();
    LocalDateTime => DateTime, "a date and time", |text: &str| text.parse().ok();
    UtcDateTime => Moment, "a moment in UTC", |text: &str| text.parse().ok();
}

/// A whole number of up to 32 bits.
macro_rules! whole {
    ($($type:ty => $expected:literal;)+) => {
        $(
            impl FieldType for $type {
                const KIND: Kind = Kind::Whole;
                const EXPECTED: &'static str = $expected;

                fn content(&self) -> Content<'_> {
                    Content::Value(Value::Whole(i64::from(*self)))
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

whole! {
    u32 => "u32";
    i32 => "i32";
}

impl FieldType for Vec<Weekday> {
    const KIND: Kind = Kind::Days;

    fn content(&self) -> Content<'_> {
        Content::Value(Value::Days(self.clone()))
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        self.clear();
        ContentMut::List(self)
    }

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        match value {
            Value::Days(days) => Ok(days.clone()),
            Value::Absent => Err(Wrong::Absent),
            _ => Err(Wrong::OtherKind),
        }
    }
}

/// Lists of parts that have no name of their own.
macro_rules! lists {
    ($($type:ty),+) => {
        $(
            impl $crate::field::FieldType for $type {
                fn content(&self) -> $crate::field::Content<'_> {
                    $crate::field::Content::List(self)
                }

                fn content_mut(&mut self) -> $crate::field::ContentMut<'_> {
                    self.clear();
                    $crate::field::ContentMut::List(self)
                }
            }
        )+
    };
}

pub(crate) use lists;
