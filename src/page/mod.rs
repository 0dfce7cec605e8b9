//! The page around form and result: header, dialogs, messages.

pub mod check_box;
pub mod dialogs;
pub mod embed;
pub mod header;
pub mod learn;
pub mod modal;
pub mod notice;
mod packed;
pub mod picker;
pub mod problems;
pub mod scenarios;
pub mod share;
pub mod suggestions;
pub mod trace;
pub mod work;

/// A dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The shipped scenarios.
    Scenarios,
    /// How it works, and the glossary.
    Learn,
    /// The link.
    Share,
    /// The frame.
    Embed,
    /// All instance types.
    Picker,
    /// A trace to read.
    Trace,
}
