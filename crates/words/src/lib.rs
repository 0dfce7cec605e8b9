//! Every sentence, number and date that a person reads, in English and Korean.
//!
//! Texts live in `locales/*.toml`; the build turns each into a function of [`Words`]. Sentences here put the engine's
//! numbers into words, and decide nothing: what a number means stands in the engine and the scenario.

mod duration;
mod guide;
mod number;
mod text;

pub use guide::Entry;
pub use number::{NumberFormat, Samples};
pub use text::{Lang, Words};
