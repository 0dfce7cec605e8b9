//! Which part of a long log is in the page: a stretch around the selection that grows at either end when asked.

/// Entries that are shown at first, and added at a time: about twice what a screen has room for.
pub const PAGE: usize = 16;

/// Entries that stay in the page when another run is listed.
const MAX_KEPT: usize = 6 * PAGE;

/// A stretch of places in the list, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisibleRange {
    /// The first place.
    pub from: usize,
    /// The place after the last.
    pub to: usize,
}

impl VisibleRange {
    /// Returns the first page of a list, or the page around a place in it.
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

    /// Returns the same part if it fits the list and holds the place, else the page around that. In a `fresh` list, which is made
    /// anew at every key press, it stays where it is as far as it can, at least a page long, and not much longer.
    pub fn holding(self, selected: Option<usize>, len: usize, fresh: bool) -> Self {
        let part = if fresh { self.fitted(len) } else { self };
        let fits = part.to <= len && (part.to > part.from || len == 0);
        let holds = selected.is_none_or(|place| (part.from..part.to).contains(&place));
        if fits && holds {
            part
        } else {
            Self::around(selected, len)
        }
    }

    fn fitted(self, len: usize) -> Self {
        let to = self.to.max(self.from + PAGE).min(len);
        let longest = to.saturating_sub(MAX_KEPT);
        let from = self.from.max(longest).min(to.saturating_sub(PAGE));
        Self { from, to }
    }

    /// Returns the part with one more page before it.
    pub fn earlier(self) -> Self {
        Self {
            from: self.from.saturating_sub(PAGE),
            ..self
        }
    }

    /// Returns the part with one more page after it.
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

    fn shown(from: usize, to: usize) -> VisibleRange {
        VisibleRange { from, to }
    }

    #[test]
    fn the_selection_is_always_shown_and_never_more_than_a_page() {
        for (selected, len, expected) in [
            (None, 14, (0, 14)),
            (None, 0, (0, 0)),
            (Some(5), 100_000, (0, 16)),
            (Some(50_000), 100_000, (49_992, 50_008)),
            (Some(99_999), 100_000, (99_984, 100_000)),
        ] {
            let (from, to) = expected;
            let found = VisibleRange::around(selected, len);
            assert_eq!(found, shown(from, to), "{selected:?} of {len}");
        }
    }

    #[test]
    fn it_moves_only_when_it_must() {
        let part = shown(100, 300);
        for (selected, len, fresh, expected) in [
            (Some(299), 1000, false, part),
            (None, 1000, false, part),
            (Some(300), 1000, false, shown(292, 308)),
            (None, 250, false, shown(0, 16)),
            (None, 1000, true, shown(204, 300)),
            (None, 250, true, shown(154, 250)),
            (None, 30, true, shown(14, 30)),
            (Some(150), 1000, true, shown(142, 158)),
        ] {
            let found = part.holding(selected, len, fresh);
            assert_eq!(found, expected, "{selected:?} of {len}, {fresh}");
        }
        assert_eq!(shown(0, 14).holding(None, 15, true), shown(0, 15));
        assert_eq!(shown(60, 300).earlier(), shown(44, 300));
        assert_eq!(shown(9, 300).earlier(), shown(0, 300));
        assert_eq!(shown(100, 300).later(310), shown(100, 310));
    }
}
