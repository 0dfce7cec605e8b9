//! What is known of a field without looking at a scenario: its name, its documentation, what it counts, its range.

use std::ops::RangeInclusive;

use super::{FieldType, Value, Wrong};

/// How a field is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// A whole number of up to 64 bits.
    Seed,
    /// Words.
    Text,
    /// A choice of these names.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Switch,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time of day.
    DateTime,
    /// A moment in UTC.
    Moment,
    /// Days of the week.
    Days,
    /// Not at all: it has fields of its own.
    Part,
}

/// What a number counts, so that a typed unit can be understood and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A bare number.
    None,
    /// Requests per second.
    Rps,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Milliseconds.
    Millis,
    /// Hours.
    Hours,
    /// Percent.
    Percent,
    /// US dollars per hour.
    UsdPerHour,
    /// US dollars for a GB of memory and a second.
    UsdPerGbSecond,
    /// Invocations per instance per minute.
    PerMinute,
    /// Instances.
    Instances,
    /// Requests.
    Requests,
    /// Days.
    Days,
    /// Datapoints of one minute.
    Datapoints,
    /// What something is changed by, or differs by: may be negative.
    Difference,
}

/// What is known of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its name in its place: the last part of its path.
    pub name: &'static str,
    /// The name of its texts: `field_<text>` and `field_<text>_about`.
    pub text: &'static str,
    /// The documentation of its declaration, for what is generated of it.
    #[cfg(feature = "schema")]
    pub doc: &'static str,
    /// How it is edited.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub is_optional: bool,
    /// What a number counts.
    pub unit: Unit,
    /// Least and most that a number may be; a text: fewest and most characters.
    pub range: Option<(f64, f64)>,
}

/// Functions that read and write a field: `None` where this very section has no such.
type By<S> = (
    fn(&S) -> Option<Value>,
    fn(&mut S, &Value) -> Result<(), Wrong>,
);

/// A field of a section: what is known of it, and what it does otherwise than others.
#[derive(Debug)]
pub struct Entry<S: 'static> {
    /// What is known of it.
    pub spec: Spec,
    /// Functions of its own to read and to write it.
    pub(super) by: Option<By<S>>,
    /// What it counts, where that depends on the section's other fields.
    pub(super) counts: Option<fn(&S) -> Unit>,
}

/// Options that say what a number counts.
macro_rules! units {
    ($($option:ident => $unit:ident;)+) => {
        $(
            #[doc = concat!("It counts [`Unit::", stringify!($unit), "`].")]
            #[must_use]
            pub(crate) const fn $option(mut self) -> Self {
                self.spec.unit = Unit::$unit;
                self
            }
        )+
    };
}

/// What a declaration says of a field behind its default.
impl<S: 'static> Entry<S> {
    /// Returns a field of a type.
    pub(crate) const fn of<T: FieldType>(
        name: &'static str,
        text: &'static str,
        #[cfg_attr(
            not(feature = "schema"),
            expect(unused_variables, reason = "the page shows its own texts")
        )]
        doc: &'static str,
    ) -> Self {
        Self {
            spec: Spec {
                name,
                text,
                #[cfg(feature = "schema")]
                doc,
                kind: T::KIND,
                is_optional: T::IS_OPTIONAL,
                unit: Unit::None,
                range: None,
            },
            by: None,
            counts: None,
        }
    }

    /// Returns the field with a range: the least and the most that its number may be.
    #[must_use]
    pub(crate) const fn range(mut self, range: RangeInclusive<f64>) -> Self {
        self.spec.range = Some((*range.start(), *range.end()));
        self
    }

    /// Returns the field with a limit: the most characters of its text.
    #[must_use]
    pub(crate) const fn characters(mut self, most: u32) -> Self {
        self.spec.range = Some((0.0, most as f64));
        self
    }

    /// Returns the field as one that is later than the frozen baseline, or has been left out of files from the first: it is not
    /// written while it has its default. The macro sees to it.
    #[must_use]
    pub(crate) const fn later(self) -> Self {
        self
    }

    /// Returns the field as one that must be there in JSON. The macro sees to it.
    #[must_use]
    pub(crate) const fn required(self) -> Self {
        self
    }

    /// Returns the field as one that the texts have under another name: another section has the same field, or this one words it
    /// otherwise.
    #[must_use]
    pub(crate) const fn text(mut self, text: &'static str) -> Self {
        self.spec.text = text;
        self
    }

    /// Returns the field as a choice of other names than its type has.
    #[must_use]
    pub(crate) const fn choice_of(mut self, names: &'static [&'static str]) -> Self {
        self.spec.kind = Kind::Choice(names);
        self
    }

    /// Returns the field as one that may be absent.
    #[must_use]
    pub(crate) const fn optional(mut self) -> Self {
        self.spec.is_optional = true;
        self
    }

    /// Returns the field with functions of its own to read and to write it, which also change what belongs to it.
    #[must_use]
    pub(crate) const fn by(
        mut self,
        read: fn(&S) -> Option<Value>,
        write: fn(&mut S, &Value) -> Result<(), Wrong>,
    ) -> Self {
        self.by = Some((read, write));
        self
    }

    /// Returns the field with a unit that depends on the section's other fields.
    #[must_use]
    pub(crate) const fn counts(mut self, counts: fn(&S) -> Unit) -> Self {
        self.counts = Some(counts);
        self
    }

    units! {
        rps => Rps;
        seconds => Seconds;
        minutes => Minutes;
        millis => Millis;
        hours => Hours;
        percent => Percent;
        usd_per_hour => UsdPerHour;
        usd_per_gb_second => UsdPerGbSecond;
        instances => Instances;
        requests => Requests;
        days => Days;
        datapoints => Datapoints;
        difference => Difference;
    }
}
