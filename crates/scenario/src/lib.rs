//! The document that people edit and share: fields and defaults, validation, presets, links, traces, the instance catalogue.
//!
//! It turns what a person typed into an [`engine::Plan`] or into a list of problems, never both, and simulates nothing itself.

mod base64;
pub mod beside;
pub mod catalogue;
pub mod comparisons;
pub mod compile;
mod defaults;
pub mod differences;
pub mod document;
pub mod field;
pub mod file;
pub mod fnv;
pub mod limits;
pub mod link;
pub mod metrics;
pub mod other_machines;
mod patch;
pub mod platform;
pub mod presets;
pub mod schedule;
mod short;
pub mod text;
pub mod time;
pub mod trace;
mod version_1;
