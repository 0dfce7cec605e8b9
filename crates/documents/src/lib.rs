//! AWS's documents for the page: a scenario as a document, and documents as a scenario, ready to be read in a person's language.
//!
//! All of it is a program of its own (`main.rs`), which the page loads when somebody exports or imports: who does neither loads
//! none of it. The page itself uses no more of this crate than what the two say to each other ([`Opening`], [`Told`]) and
//! [`may_be_document`]; dialogs (`dialogs/`) ask a [`Desk`], which is pure.

mod export;
mod import;
mod opening;
mod preview;

pub use export::{Blank, ExportQuestion, Exported, FormatName, Wrong};
pub use import::{GivenText, ImportQuestion, Imported, Said, commands, import, is_document};
pub use opening::{
    Kind, Opening, Steps, Told, before_steps, may_be_document, steps_in, with_steps,
};
pub use preview::Changed;

/// What answers. It keeps what it worked out of the scenarios that it was asked about last, so that who fills in a name does not
/// wait for that again.
#[derive(Debug, Default)]
pub struct Desk {
    prepared: Vec<(String, std::rc::Rc<export::Prepared>)>,
}
