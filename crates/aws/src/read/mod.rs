//! From a text to a tree, a language a file. A reader never panics, and is bounded in size and depth.

pub mod json;
pub mod lines;
pub mod session;

/// Most bytes of a document.
pub const MOST_BYTES: usize = 32 << 20;
/// Most levels of lists and objects within each other.
pub const DEEPEST: usize = 100;
