//! The languages of the content.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// All of them, the one first to which the others are held.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// Returns its tag, as files' names have it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }
}

/// Something in each language.
#[derive(Clone, Debug, Default)]
pub struct Both<T> {
    /// In English.
    pub english: T,
    /// In Korean.
    pub korean: T,
}

impl<T> Both<T> {
    /// Makes it of each language.
    pub fn of(mut make: impl FnMut(Language) -> T) -> Self {
        Self {
            english: make(Language::English),
            korean: make(Language::Korean),
        }
    }

    /// Returns the one of a language, to change it.
    pub fn get_mut(&mut self, language: Language) -> &mut T {
        match language {
            Language::English => &mut self.english,
            Language::Korean => &mut self.korean,
        }
    }

    /// Returns the one of a language.
    pub fn get(&self, language: Language) -> &T {
        match language {
            Language::English => &self.english,
            Language::Korean => &self.korean,
        }
    }
}
