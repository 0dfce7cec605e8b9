//! Lists and texts as far as they are shown. A document is hostile: one of 1 MB holds 100,000 things to say, or a name of 1 MB.

/// Most items of a list that are shown.
const MOST: usize = 50;
/// Most characters of a text that are shown.
const MOST_CHARACTERS: usize = 400;

/// The first items of a list, and how many more there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// The first.
    pub first: Vec<T>,
    /// How many follow.
    pub more: usize,
}

impl<T> Listed<T> {
    /// Takes as many as are shown; the others are not even made.
    #[must_use]
    pub fn of(all: impl ExactSizeIterator<Item = T>) -> Self {
        Self::up_to(MOST, all)
    }

    /// Takes no more than so many.
    #[must_use]
    pub fn up_to(most: usize, mut all: impl ExactSizeIterator<Item = T>) -> Self {
        Self {
            first: all.by_ref().take(most).collect(),
            more: all.len(),
        }
    }

    /// Returns whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Returns how many there are, shown or not.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.first.len() + self.more
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            more: 0,
        }
    }
}

/// Returns a text as far as it is shown.
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_is_not_shown_is_counted_and_not_made() {
        for (count, shown, more) in [
            (0, 0, 0),
            (1, 1, 0),
            (50, 50, 0),
            (51, 50, 1),
            (9999, 50, 9949),
        ] {
            let made = Cell::new(0);
            let all = (0..count).inspect(|_| made.set(made.get() + 1));
            let listed = Listed::of(all);
            assert_eq!((listed.first.len(), listed.more), (shown, more), "{count}");
            assert_eq!((made.get(), listed.count()), (shown, count), "{count}");
            assert_eq!(listed.is_empty(), count == 0);
        }
    }

    #[test]
    fn texts_end_somewhere() {
        for (letters, shown) in [(0, 0), (400, 400), (401, 401), (1_000_000, 401)] {
            assert_eq!(shortened(&"가".repeat(letters)).chars().count(), shown);
        }
    }
}
