//! AWS's documents for the page: a scenario as a document, and documents as a scenario, ready to be read in a person's language.
//!
//! All of it is a program of its own (`main.rs`), which the page loads when somebody exports or imports: who does neither loads
//! none of it. The page itself uses no more of this crate than what the two say to each other ([`Opening`], [`Told`]) and
//! [`may_be_document`]; dialogs (`dialogs/`) ask a [`Desk`], which is pure.

mod export;
mod import;
mod listed;
mod opening;
mod past;
mod preview;

pub use export::{Blank, ExportQuestion, Exported, FormatName, Wrong};
pub use import::{
    Beside, GivenText, ImportQuestion, Imported, Said, commands, import, is_document,
};
pub use listed::{Listed, shortened};
pub use opening::{
    InAlarm, Kind, Opening, Past, Told, before_past, may_be_document, past_in, with_past,
};
pub use preview::Changed;

/// What answers. It keeps what it worked out of the scenarios that it was asked about last, so that who fills in a name does not
/// wait for that again.
#[derive(Debug, Default)]
pub struct Desk {
    prepared: Vec<(String, std::rc::Rc<export::Prepared>)>,
}
