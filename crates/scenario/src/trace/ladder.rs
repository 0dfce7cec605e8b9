//! The levels to which a link rounds counts: so few that a count takes little room, so many that each is within 1 % of one.
//! Up to 100 every count is a level; from there on they go up by 2 %. Frozen: links hold the numbers of levels.

/// A level is at most this share of a count away from it.
pub const WITHIN: f64 = 0.01;

/// The levels, the lowest first.
#[derive(Debug)]
pub(crate) struct Ladder(Vec<u32>);

impl Ladder {
    /// Returns the levels.
    pub(crate) fn new() -> Self {
        Self(std::iter::successors(Some(0), |level| above(*level)).collect())
    }

    /// Returns the number of the level that is nearest to a count: of two as near, the lower one.
    pub(crate) fn number(&self, count: u32) -> u32 {
        let above = self.0.partition_point(|level| *level < count);
        let distance = |number: usize| self.0.get(number).map(|level| level.abs_diff(count));
        let below = above.checked_sub(1);
        let nearest = match (below.and_then(distance), distance(above)) {
            (Some(down), Some(up)) if up < down => above,
            (Some(_), _) => above - 1,
            (None, _) => above,
        };
        nearest as u32
    }

    /// Returns the level of this number, if there is one.
    pub(crate) fn level(&self, number: u32) -> Option<u32> {
        self.0.get(usize::try_from(number).ok()?).copied()
    }

    /// Returns the level that is nearest to a count.
    pub(crate) fn round(&self, count: u32) -> u32 {
        self.level(self.number(count)).unwrap_or(count)
    }
}

/// Returns the level above another: the highest that is within 1 % of the lowest count of which `level` is not.
fn above(level: u32) -> Option<u32> {
    let uncovered = u64::from(level) * 100 / 99 + 1;
    u32::try_from(uncovered).ok()?;
    Some(u32::try_from(uncovered + uncovered / 100).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_levels_are_frozen() {
        let ladder = Ladder::new();
        for (number, level) in [
            (0, Some(0)),
            (99, Some(99)),
            (100, Some(102)),
            (101, Some(105)),
            (200, Some(788)),
            (976, Some(u32::MAX)),
            (977, None),
        ] {
            assert_eq!(ladder.level(number), level, "{number}");
        }
        let sum: u64 = ladder.0.iter().map(|level| u64::from(*level)).sum();
        assert_eq!((ladder.0.len(), sum), (977, 218_779_737_719));
    }

    /// Where a level ends and the next begins is where a count is farthest from both.
    #[test]
    fn every_count_is_within_1_percent_of_its_level() {
        let ladder = Ladder::new();
        let ends = ladder.0.windows(2).flat_map(|pair| {
            let middle = pair[0] + (pair[1] - pair[0]) / 2;
            middle.saturating_sub(1)..=middle.saturating_add(1)
        });
        for count in ends.chain(0..2000).chain([u32::MAX - 1, u32::MAX]) {
            let level = ladder.round(count);
            let off = u64::from(level.abs_diff(count));
            assert!(off * 100 <= u64::from(count), "{count}: {level}");
            assert_eq!(ladder.round(level), level, "a level is its own");
        }
    }

    proptest! {
        #[test]
        fn any_count_is(count: u32) {
            let off = u64::from(Ladder::new().round(count).abs_diff(count));
            prop_assert!(off * 100 <= u64::from(count));
        }
    }
}
