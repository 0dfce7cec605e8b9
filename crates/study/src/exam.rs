//! Mock exams.

/// How long a mock exam is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// 10 questions.
    Ten,
    /// 20 questions.
    Twenty,
    /// 30 questions.
    Thirty,
}

impl Length {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Ten, Self::Twenty, Self::Thirty];

    /// Returns how many questions it has.
    #[must_use]
    pub const fn questions(self) -> u32 {
        match self {
            Self::Ten => 10,
            Self::Twenty => 20,
            Self::Thirty => 30,
        }
    }

    /// Returns the length of this many questions; nothing for another number.
    #[must_use]
    pub fn of(questions: u32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|length| length.questions() == questions)
    }
}
