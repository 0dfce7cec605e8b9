//! Which part of a long log is in the page: a stretch around the selection that grows at either end when asked.

/// Entries that are shown at first, and added at a time.
pub const PAGE: usize = 200;

/// A stretch of places in the list, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub from: usize,
    pub to: usize,
}

impl Shown {
    /// The first page of a list, or the page around a place in it.
    pub fn around(selected: Option<usize>, len: usize) -> Self {
        let from = selected
            .unwrap_or(0)
            .saturating_sub(PAGE / 2)
            .min(len.saturating_sub(PAGE));
        Self {
            from,
            to: (from + PAGE).min(len),
        }
    }

    /// The same if it fits the list and holds the place, else the page around that.
    pub fn holding(self, selected: Option<usize>, len: usize) -> Self {
        let fits = self.to <= len && (self.to > self.from || len == 0);
        let holds = selected.is_none_or(|place| (self.from..self.to).contains(&place));
        if fits && holds {
            self
        } else {
            Self::around(selected, len)
        }
    }

    /// With one more page before.
    pub fn earlier(self) -> Self {
        Self {
            from: self.from.saturating_sub(PAGE),
            ..self
        }
    }

    /// With one more page after.
    pub fn later(self, len: usize) -> Self {
        Self {
            to: (self.to + PAGE).min(len),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_is_always_shown_and_never_more_than_a_page() {
        for (selected, len, expected) in [
            (None, 14, (0, 14)),
            (None, 0, (0, 0)),
            (Some(5), 100_000, (0, 200)),
            (Some(50_000), 100_000, (49_900, 50_100)),
            (Some(99_999), 100_000, (99_800, 100_000)),
        ] {
            let shown = Shown::around(selected, len);
            assert_eq!((shown.from, shown.to), expected, "{selected:?} of {len}");
        }
    }

    #[test]
    fn it_moves_only_when_it_must() {
        let shown = Shown { from: 100, to: 300 };
        assert_eq!(shown.holding(Some(299), 1000), shown);
        assert_eq!(shown.holding(None, 1000), shown);
        assert_eq!(shown.holding(Some(300), 1000), Shown { from: 200, to: 400 });
        assert_eq!(shown.holding(None, 250), Shown { from: 0, to: 200 });
        assert_eq!(shown.earlier(), Shown { from: 0, to: 300 });
        assert_eq!(shown.later(320), Shown { from: 100, to: 320 });
    }
}
