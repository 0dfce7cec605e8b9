//! What the page asks of AWS's documents, and what is answered: a [`Question`] and, for each kind of it, the shape of its answer,
//! declared here alone. The page uses these shapes and nothing else of the crate; what answers ([`Desk`]) is in a program of its
//! own (`main.rs`), loaded when first needed, so that who never exports or imports loads none of it.
//!
//! What is answered is ready to be read: sentences come in the language of whoever asks.

mod export;

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use words::Words;

pub use export::{Blank, ExportQuestion, Exported, FormatName, Wrong};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// A scenario in one of the formats; the answer is [`Exported`].
    Export(ExportQuestion),
}

/// What answers. It keeps what it worked out of the scenarios that it was asked about last, so that who fills in a name does not
/// wait for that again.
#[derive(Debug, Default)]
pub struct Desk {
    prepared: Vec<(String, Rc<export::Prepared>)>,
}

impl Desk {
    /// Answers a question, both as JSON; what is no question has no answer, an empty one.
    pub fn answer(&mut self, question: &str, words: Words) -> String {
        let answer = match serde_json::from_str::<Question>(question) {
            Ok(Question::Export(question)) => serde_json::to_string(&self.export(&question, words)),
            Err(error) => Err(error),
        };
        answer.unwrap_or_default()
    }
}
