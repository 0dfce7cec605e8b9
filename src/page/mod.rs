//! The page around form and result: header, dialogs, messages.

pub mod dialogs;
pub mod documents;
pub mod embed;
pub mod focus;
pub mod header;
pub mod modal;
pub mod notice;
mod packed;
pub mod picker;
pub mod problems;
pub mod recognised;
pub mod scenarios;
pub mod share;
pub mod start;
pub mod suggestions;
pub mod trace;
pub mod unopened;
pub mod whose;
pub mod work;

pub use widgets::{check_box, given};

/// A dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// One's own scenarios, and the shipped ones.
    Scenarios,
    /// How to start with one's own.
    Start,
    /// The link.
    Share,
    /// The frame.
    Embed,
    /// The scenario as a document of AWS's.
    Export,
    /// Documents of AWS's as a scenario.
    Import,
    /// All instance types.
    Picker,
    /// A trace to read into the scenario.
    Trace,
    /// A trace to read into a scenario of its own.
    NewTrace,
}

impl Panel {
    /// Whether what is dropped meanwhile is to be a scenario of its own.
    pub fn is_new(self) -> bool {
        matches!(self, Self::Start | Self::NewTrace)
    }
}
