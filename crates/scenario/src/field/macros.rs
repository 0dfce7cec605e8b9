//! The declarations: of a section with its fields, of variants with theirs, and of a choice with its names.

/// Declares a section: a struct each of whose fields has a line
///
/// ```text
/// /// What it is, for the documentation and the schema.
/// status_check_s as "AWSsName": f64 = 180.0, range(0.0..=3600.0), seconds, later;
/// ```
///
/// name, AWS's name where it has one, type, default, and then whatever else is to be said, each a method of
/// [`crate::field::Entry`]: its range, what it counts, that it is later than the frozen baseline. Of it come the struct, its
/// `Default`, its JSON both ways, its schema, and for each field a constant that names it: `Assumptions::status_check_s`.
///
/// Behind `at` stands what makes such a name, and what it makes: `Fixed::Assumptions => Field`, or `List::Demand => ItemField`
/// where a section belongs to the items of a list. `flat` puts a section's fields into the object that it is in. `beside` are
/// fields that no line of the struct is, such as a choice that stands for several.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $(#[serde($($container:tt)*)])?
        pub struct $Section:ident $(, $flat:ident,)? at $place:expr => $Name:ty {
            $(
                $(#[doc = $doc:literal])+
                $(#[serde($($serde:tt)*)])?
                $field:ident $(as $name:literal)?: $type:ty = $default:expr
                    $(, $option:ident $(($($value:tt)*))?)*;
            )*
        }
        $(beside [$($beside:expr),+ $(,)?])?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[serde($($container)*)])?
        pub struct $Section {
            $(
                $(#[doc = $doc])+
                $(#[serde(rename = $name)])?
                $(#[serde($($serde)*)])?
                pub $field: $type,
            )*
        }

        impl Default for $Section {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        #[allow(non_upper_case_globals, reason = "a field's name is spelled as the field is")]
        impl $Section {
            $(
                $(#[doc = $doc])+
                pub const $field: $Name = $place.field($crate::field::field_name!($field $($name)?));
            )*
        }

        impl $crate::field::Declared for $Section {
            const ENTRIES: &'static [$crate::field::Entry<Self>] = &[
                $($($beside,)+)?
                $(
                    $crate::field::Entry::<Self>::of::<$type>(
                        $crate::field::field_name!($field $($name)?),
                        stringify!($field),
                        concat!($($doc, "\n"),+),
                        |section| $crate::field::FieldType::read(&section.$field),
                        |section, value| {
                            section.$field = $crate::field::FieldType::from_value(value)?;
                            Ok(())
                        },
                    )$(.$option($($($value)*)?))*,
                )*
            ];
        }

        impl $crate::field::Object for $Section {
            fn write_fields<M: serde::ser::SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
                let _usual = Self::default();
                $(
                    let is_said = !$crate::field::is_later!($($option)*) || self.$field != _usual.$field;
                    if is_said && !$crate::field::FieldType::is_absent(&self.$field) {
                        let name = $crate::field::field_name!($field $($name)?);
                        $crate::field::FieldType::write_entry(&self.$field, name, object)?;
                    }
                )*
                Ok(())
            }
        }

        impl $crate::field::FieldType for $Section {
            const KIND: $crate::field::Kind = $crate::field::Kind::Part;

            fn read(&self) -> Option<$crate::field::Value> {
                None
            }

            fn from_value(_: &$crate::field::Value) -> Result<Self, $crate::field::Wrong> {
                Err($crate::field::Wrong::OtherKind)
            }

            fn write_entry<M: serde::ser::SerializeMap>(&self, name: &str, object: &mut M) -> Result<(), M::Error> {
                let flat: &[&str] = &[$(stringify!($flat))?];
                if flat.is_empty() {
                    object.serialize_entry(name, self)
                } else {
                    $crate::field::Object::write_fields(self, object)
                }
            }
        }

        impl serde::Serialize for $Section {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut object = serializer.serialize_map(None)?;
                $crate::field::Object::write_fields(self, &mut object)?;
                object.end()
            }
        }
    };
}

/// Declares a choice of a few names, AWS's where it has some; the first, or the one behind `default`, is what a document says
/// that says nothing. A name behind `|` is read, too.
macro_rules! choices {
    (
        $(#[doc = $about:literal])+
        pub enum $Choice:ident $(default $default:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident = $name:literal $(| $alias:literal)*,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $Choice {
            $(
                $(#[doc = $doc])+
                #[serde(rename = $name $(, alias = $alias)*)]
                $variant,
            )+
        }

        impl $Choice {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Their names.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Returns its name, as a document spells it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Returns the choice of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }

        impl Default for $Choice {
            fn default() -> Self {
                let [usual, ..] = [$(Self::$default,)? $(Self::$variant),+];
                usual
            }
        }

        impl $crate::field::FieldType for $Choice {
            const KIND: $crate::field::Kind = $crate::field::Kind::Choice(Self::NAMES);

            fn read(&self) -> Option<$crate::field::Value> {
                Some($crate::field::Value::Choice(self.name()))
            }

            fn from_value(value: &$crate::field::Value) -> Result<Self, $crate::field::Wrong> {
                match value {
                    $crate::field::Value::Choice(name) => {
                        Self::named(name).ok_or($crate::field::Wrong::NoChoice)
                    }
                    $crate::field::Value::Absent => Err($crate::field::Wrong::Absent),
                    _ => Err($crate::field::Wrong::OtherKind),
                }
            }
        }
    };
}

/// Declares an enum whose variants have fields of their own, as JSON has it: an object with the one field that the variant is
/// called. For each variant there is a module with the names of its fields: `event::rps`.
macro_rules! variants {
    (
        $(#[doc = $about:literal])+
        pub enum $Enum:ident at $list:path {
            $(
                $(#[doc = $doc:literal])+
                $Variant:ident as $kind:ident {
                    $(
                        $(#[doc = $field_doc:literal])+
                        $(#[serde($($serde:tt)*)])?
                        $field:ident: $type:ty $(, $option:ident $(($($value:tt)*))?)*;
                    )*
                }
            )*
        }
        beside [$($beside:expr),* $(,)?]
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        pub enum $Enum {
            $(
                $(#[doc = $doc])+
                $Variant {
                    $(
                        $(#[doc = $field_doc])+
                        $(#[serde($($serde)*)])?
                        $field: $type,
                    )*
                },
            )*
        }

        impl $Enum {
            /// Returns the kind that it is of, as documents name it.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$Variant { .. } => stringify!($kind),)*
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[allow(non_upper_case_globals, reason = "a field's name is spelled as the field is")]
            pub mod $kind {
                use crate::field::{ItemField, List};
                $(
                    $(#[doc = $field_doc])+
                    pub const $field: ItemField =
                        $list.field(concat!(stringify!($kind), ".", stringify!($field)));
                )*
            }
        )*

        impl $crate::field::Declared for $Enum {
            const ENTRIES: &'static [$crate::field::Entry<Self>] = &[
                $($beside,)*
                $($(
                    $crate::field::Entry::<Self>::of::<$type>(
                        concat!(stringify!($kind), ".", stringify!($field)),
                        stringify!($field),
                        concat!($($field_doc, "\n"),+),
                        |shape| match shape {
                            Self::$Variant { $field, .. } => $crate::field::FieldType::read($field),
                            _ => None,
                        },
                        |shape, value| match shape {
                            Self::$Variant { $field, .. } => {
                                *$field = $crate::field::FieldType::from_value(value)?;
                                Ok(())
                            }
                            _ => Err($crate::field::Wrong::NoField),
                        },
                    )$(.$option($($($value)*)?))*,
                )*)*
            ];
        }
    };
}

/// A field's name in documents: AWS's, or else its own.
macro_rules! field_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

/// Whether `later` is among the options of a field.
macro_rules! is_later {
    () => { false };
    (later $($other:ident)*) => { true };
    ($first:ident $($other:ident)*) => { $crate::field::is_later!($($other)*) };
}

pub(crate) use {choices, field_name, is_later, section, variants};
