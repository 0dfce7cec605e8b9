//! From what a person types to a value in the scenario, and back to text.
//!
//! It reads one field at a time and says what is wrong with its text; whether a value makes sense is `scenario::compile`'s.

pub mod editable;
pub mod number;
pub mod usual;

pub use editable::Editable;
pub use number::{Unit, Wrong};
