//! What is asked again: a question, or a term as a card.

/// A question or a term, by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A question.
    Question(String),
    /// A term.
    Term(String),
}

/// Most bytes of an id: no id of the content is as long.
pub const MOST_BYTES_OF_ID: usize = 64;

impl Item {
    /// Returns its id among questions, or among terms.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Question(id) | Self::Term(id) => id,
        }
    }
}
