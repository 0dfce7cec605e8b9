//! The fields of a scenario, each declared once: `section!` makes of a declaration the struct, its defaults, how it is read and
//! written as JSON, and a table of [`Spec`]s. What checks, documents, shows or sets fields goes by these tables.
//!
//! A field is named by a [`Field`], which is small, `Copy`, and prints as its path. Rules between fields are not here: they are
//! [`crate::compile`]'s.

mod content;
mod items;
mod json;
mod macros;
mod name;
#[cfg(feature = "schema")]
mod schema;
mod sections;
mod spec;
mod value;

pub(crate) use content::{Content, ContentMut, ListOf, Object, OneOf, Presence, Rewritten, Table};
pub(crate) use json::read;
pub(crate) use macros::{
    amounts, as_json, choices, field_name, is_flat, object, presence, read_into, section, variants,
};
#[cfg(feature = "schema")]
pub(crate) use schema::require;

pub use items::{ItemId, Items};
pub(crate) use name::STEP;
pub use name::{Field, ItemField, List, NoField, Place, StepField};
pub(crate) use sections::Declared;
pub use sections::{Fixed, Section, places};
pub use spec::{Entry, Kind, Spec, Unit};
pub(crate) use value::{FieldType, Slot, lists};
pub use value::{Value, Wrong};

#[cfg(test)]
mod tests;
