//! The declarations: of an object with its fields, of a section, whose fields have names and tables besides, of variants with
//! fields of their own, and of a choice with its names.

/// Declares an object: a struct each of whose fields has a line
///
/// ```text
/// /// What it is, for the documentation and the schema.
/// status_check_s as "AWSsName": f64 = 180.0, later;
/// ```
///
/// name, AWS's name where it has one, type, default, and then whatever else is to be said: `later` leaves the field out of JSON
/// while it has its default, `required` wants it there. Of it come the struct, its `Default`, its JSON both ways, and its schema.
///
/// `flat` puts its fields into the object that it is in; `rewritten` says that a file has it in another shape, that of `from`.
macro_rules! object {
    (
        $(#[doc = $about:literal])+
        $(#[schemars(from = $from:literal)])?
        $vis:vis struct $Object:ident $(, $how:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $field:ident $(as $name:literal)?: $type:ty = $default:expr
                    $(, $option:ident $(($($value:tt)*))?)*;
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(
            default,
            deny_unknown_fields,
            transform = $crate::field::require(Self::TABLE)
            $(, from = $from)?
        ))]
        $vis struct $Object {
            $(
                $(#[doc = $doc])+
                $(#[cfg_attr(feature = "schema", schemars(rename = $name))])?
                $vis $field: $type,
            )*
        }

        impl Default for $Object {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $Object {
            const TABLE: &'static $crate::field::Table = &$crate::field::Table {
                names: &[$($crate::field::field_name!($field $($name)?)),*],
                presence: &[$($crate::field::presence!($($option)*)),*],
                prefix: "",
                is_flat: $crate::field::is_flat!($($how)?),
            };
        }

        impl $crate::field::Object for $Object {
            fn table(&self) -> &'static $crate::field::Table {
                Self::TABLE
            }

            fn slot(&self, index: usize) -> Option<&dyn $crate::field::Slot> {
                let slots: &[&dyn $crate::field::Slot] = &[$(&self.$field),*];
                slots.get(index).copied()
            }

            fn slot_mut(&mut self, index: usize) -> Option<&mut dyn $crate::field::Slot> {
                let slots = [$(&mut self.$field as &mut dyn $crate::field::Slot),*];
                slots.into_iter().nth(index)
            }

            fn usual(&self) -> Box<dyn $crate::field::Object> {
                Box::new(Self::default())
            }
        }

        impl $crate::field::FieldType for $Object {
            fn content(&self) -> $crate::field::Content<'_> {
                $crate::field::Content::Object(self)
            }

            fn content_mut(&mut self) -> $crate::field::ContentMut<'_> {
                *self = Self::default();
                $crate::field::read_into!(self $($how)?)
            }
        }

        $crate::field::as_json!($Object);
    };
}

/// Declares a section: an [`object!`] whose fields have options besides, each a method of [`crate::field::Entry`]: its range, what
/// it counts. For each field there is a constant that names it, `Assumptions::status_check_s`, and a line in the section's table.
///
/// Behind `at` stands what makes such a name, and what it makes: `Fixed::Assumptions => Field`, or `List::Demand => ItemField`
/// where a section belongs to the items of a list. `beside` are fields that no line of the struct is, such as a choice that
/// stands for several.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $(#[schemars(from = $from:literal)])?
        pub struct $Section:ident $(, $how:ident,)? at $place:expr => $Name:ty {
            $(
                $(#[doc = $doc:literal])+
                $field:ident $(as $name:literal)?: $type:ty = $default:expr
                    $(, $option:ident $(($($value:tt)*))?)*;
            )*
        }
        $(beside [$($beside:expr),+ $(,)?])?
    ) => {
        $crate::field::object! {
            $(#[doc = $about])+
            $(#[schemars(from = $from)])?
            pub struct $Section $(, $how)? {
                $(
                    $(#[doc = $doc])+
                    $field $(as $name)?: $type = $default $(, $option $(($($value)*))?)*;
                )*
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
                    )$(.$option($($($value)*)?))*,
                )*
            ];
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
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $Choice {
            $(
                $(#[doc = $doc])+
                #[cfg_attr(feature = "schema", schemars(rename = $name))]
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

            /// Returns the choice that is read from this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                let name = match name {
                    $($($alias => $name,)*)+
                    name => name,
                };
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
            const SPELLINGS: &'static [&'static str] = &[$($name, $($alias,)*)+];

            fn content(&self) -> $crate::field::Content<'_> {
                $crate::field::Content::Value($crate::field::Value::Choice(self.name()))
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

        $crate::field::as_json!($Choice);
    };
}

/// Declares an enum whose variants have fields of their own, as JSON has it: an object with the one field that the variant is
/// called. Every field must be there unless it is `later`. For each variant there is a module with the names of its fields:
/// `event::rps`.
macro_rules! variants {
    (
        $(#[doc = $about:literal])+
        pub enum $Enum:ident at $list:path {
            $(
                $(#[doc = $doc:literal])+
                $Variant:ident as $kind:ident {
                    $(
                        $(#[doc = $field_doc:literal])+
                        $(#[schemars($($schemars:tt)*)])?
                        $field:ident: $type:ty $(, $option:ident $(($($value:tt)*))?)*;
                    )*
                }
            )*
        }
        beside [$($beside:expr),* $(,)?]
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(rename_all = "snake_case", deny_unknown_fields))]
        pub enum $Enum {
            $(
                $(#[doc = $doc])+
                $Variant {
                    $(
                        $(#[doc = $field_doc])+
                        $(#[cfg_attr(feature = "schema", schemars($($schemars)*))])?
                        $field: $type,
                    )*
                },
            )*
        }

        impl $Enum {
            const KINDS: &'static [&'static str] = &[$(stringify!($kind)),*];

            /// Returns the kind that it is of, as documents name it.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$Variant { .. } => stringify!($kind),)*
                }
            }

            /// Returns one of a kind, to read into.
            fn blank(kind: usize) -> Option<Self> {
                let kinds: &[fn() -> Self] =
                    &[$(|| Self::$Variant { $($field: Default::default()),* }),*];
                kinds.get(kind).map(|blank| blank())
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

        impl $crate::field::Object for $Enum {
            fn table(&self) -> &'static $crate::field::Table {
                match self {
                    $(
                        Self::$Variant { .. } => &$crate::field::Table {
                            names: &[$(stringify!($field)),*],
                            presence: &[$($crate::field::presence!($($option)* required)),*],
                            prefix: concat!(stringify!($kind), "."),
                            is_flat: false,
                        },
                    )*
                }
            }

            fn slot(&self, index: usize) -> Option<&dyn $crate::field::Slot> {
                let slots: &[&dyn $crate::field::Slot] = match self {
                    $(Self::$Variant { $($field),* } => &[$($field),*],)*
                };
                slots.get(index).copied()
            }

            fn slot_mut(&mut self, index: usize) -> Option<&mut dyn $crate::field::Slot> {
                match self {
                    $(
                        Self::$Variant { $($field),* } => {
                            let slots = [$($field as &mut dyn $crate::field::Slot),*];
                            slots.into_iter().nth(index)
                        }
                    )*
                }
            }

            fn usual(&self) -> Box<dyn $crate::field::Object> {
                let kind = Self::KINDS.iter().position(|kind| *kind == self.kind());
                Box::new(kind.and_then(Self::blank).unwrap_or_default())
            }
        }

        impl $crate::field::OneOf for $Enum {
            fn names(&self) -> &'static [&'static str] {
                Self::KINDS
            }

            fn held(&self) -> (&'static str, $crate::field::Content<'_>) {
                (self.kind(), $crate::field::Content::Object(self))
            }

            fn choose(&mut self, index: usize) -> $crate::field::ContentMut<'_> {
                *self = Self::blank(index).unwrap_or_default();
                $crate::field::ContentMut::Object(self)
            }
        }

        impl $crate::field::FieldType for $Enum {
            fn content(&self) -> $crate::field::Content<'_> {
                $crate::field::Content::OneOf(self)
            }

            fn content_mut(&mut self) -> $crate::field::ContentMut<'_> {
                $crate::field::ContentMut::OneOf(self)
            }
        }

        $crate::field::as_json!($Enum);

        impl $crate::field::Declared for $Enum {
            const ENTRIES: &'static [$crate::field::Entry<Self>] = &[
                $($beside,)*
                $($(
                    $crate::field::Entry::<Self>::of::<$type>(
                        concat!(stringify!($kind), ".", stringify!($field)),
                        stringify!($field),
                        concat!($($field_doc, "\n"),+),
                    )$(.$option($($($value)*)?))*,
                )*)*
            ];
        }
    };
}

/// Declares an enum whose variants hold one number each, as JSON has it: an object with the one field that the variant is called.
macro_rules! amounts {
    (
        $(#[doc = $about:literal])+
        pub enum $Enum:ident: $Kind:ident {
            $(
                $(#[doc = $doc:literal])+
                $Variant:ident($type:ty) = $name:literal,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $Enum {
            $(
                $(#[doc = $doc])+
                #[cfg_attr(feature = "schema", schemars(rename = $name))]
                $Variant($type),
            )+
        }

        impl Default for $Enum {
            fn default() -> Self {
                let [first, ..] = [$(Self::$Variant(Default::default())),+];
                first
            }
        }

        impl $crate::field::OneOf for $Enum {
            fn names(&self) -> &'static [&'static str] {
                &[$($name),+]
            }

            fn held(&self) -> (&'static str, $crate::field::Content<'_>) {
                match self {
                    $(Self::$Variant(amount) => ($name, $crate::field::FieldType::content(amount)),)+
                }
            }

            fn choose(&mut self, index: usize) -> $crate::field::ContentMut<'_> {
                let kinds = [$(Self::$Variant(Default::default())),+];
                *self = kinds.get(index).copied().unwrap_or_default();
                match self {
                    $(Self::$Variant(amount) => $crate::field::FieldType::content_mut(amount),)+
                }
            }
        }

        impl $crate::field::FieldType for $Enum {
            const KIND: $crate::field::Kind = $crate::field::Kind::$Kind;

            fn content(&self) -> $crate::field::Content<'_> {
                $crate::field::Content::OneOf(self)
            }

            fn content_mut(&mut self) -> $crate::field::ContentMut<'_> {
                $crate::field::ContentMut::OneOf(self)
            }
        }

        $crate::field::as_json!($Enum);
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

/// Whether a field must be there: what its options say first.
macro_rules! presence {
    () => { $crate::field::Presence::Written };
    (later $($other:ident)*) => { $crate::field::Presence::Later };
    (required $($other:ident)*) => { $crate::field::Presence::Required };
    ($first:ident $($other:ident)*) => { $crate::field::presence!($($other)*) };
}

/// Whether `flat` is said of an object.
macro_rules! is_flat {
    (flat) => {
        true
    };
    ($($other:ident)?) => {
        false
    };
}

/// What an object is read into: itself, or another shape where it is `rewritten`.
macro_rules! read_into {
    ($object:ident rewritten) => {
        $crate::field::ContentMut::Rewritten($object)
    };
    ($object:ident $($other:ident)?) => {
        $crate::field::ContentMut::Object($object)
    };
}

/// JSON of a type, both ways, by what it holds.
macro_rules! as_json {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::field::FieldType::content(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::field::read(deserializer)
            }
        }
    };
}

pub(crate) use {
    amounts, as_json, choices, field_name, is_flat, object, presence, read_into, section, variants,
};
