//! Numbers that a question draws anew, and the order of its options: by a seed, so that a link asks everybody the same.

use std::collections::BTreeMap;

use scenario::fnv::fnv1a;
use serde::{Deserialize, Serialize};

use crate::{claim::Claim, expression::Name};

/// What a number may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Range {
    /// Always the same: a number of the question that its text need not repeat.
    Always(f64),
    /// One of these.
    Values(Vec<f64>),
    /// One of `from`, `from + step`, … up to `to`.
    #[serde(rename_all = "snake_case")]
    Steps {
        /// Least.
        from: f64,
        /// Most.
        to: f64,
        /// Between two.
        step: f64,
    },
}

/// Numbers by their names.
pub type Drawn = BTreeMap<String, f64>;

/// How often numbers are drawn anew that a question does not allow.
const MOST_DRAWS: u64 = 1_000;
/// Most numbers of a range.
const MOST_VALUES: usize = 1_000;

impl Range {
    /// Returns all that it may be, at most 1,000 numbers.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        match self {
            Self::Always(value) => vec![*value],
            Self::Values(values) => values.iter().copied().take(MOST_VALUES).collect(),
            Self::Steps { from, to, step } => {
                let count = ((to - from) / step + 1e-9).floor();
                let count = if count.is_finite() {
                    count.max(0.0)
                } else {
                    0.0
                };
                let numbers = 0..=(count as usize).min(MOST_VALUES - 1);
                // Multiples of 0.1 as a person writes them.
                let value = |number: usize| ((from + number as f64 * step) * 1e9).round() / 1e9;
                numbers.map(value).collect()
            }
        }
    }
}

/// Returns the numbers that a seed draws: the first of its draws for which every condition holds, or else the last.
#[must_use]
pub fn drawn(ranges: &BTreeMap<String, Range>, only: &[Claim], seed: u32) -> Drawn {
    let mut dice = Dice::new(seed);
    let mut drawn = Drawn::new();
    for _ in 0..MOST_DRAWS {
        drawn = (ranges.iter())
            .filter_map(|(name, range)| {
                let values = range.values();
                let value = values.get(dice.below(values.len()))?;
                Some((name.clone(), *value))
            })
            .collect();
        if allows(only, &drawn) {
            break;
        }
    }
    drawn
}

/// Returns every draw that a question allows; where there are more than `most` of its numbers, that many of them, spread over all.
#[must_use]
pub fn all(ranges: &BTreeMap<String, Range>, only: &[Claim], most: usize) -> Vec<Drawn> {
    let ranges: Vec<(&String, Vec<f64>)> = (ranges.iter())
        .map(|(name, range)| (name, range.values()))
        .collect();
    let count = (ranges.iter()).fold(1usize, |count, (_, values)| {
        count.saturating_mul(values.len())
    });
    let mut stride = count.div_ceil(most.max(1)).max(1);
    // One that shares a factor with a range's length would go past some of its values each time.
    while (ranges.iter()).any(|(_, values)| stride > 1 && common(stride, values.len()) > 1) {
        stride += 1;
    }
    (0..count)
        .step_by(stride)
        .map(|number| {
            let mut rest = number;
            let value = |(name, values): &(&String, Vec<f64>)| {
                let value = values.get(rest % values.len().max(1)).copied();
                rest /= values.len().max(1);
                Some(((*name).clone(), value?))
            };
            ranges.iter().filter_map(value).collect()
        })
        .filter(|drawn| allows(only, drawn))
        .collect()
}

/// Returns the greatest common divisor.
fn common(one: usize, other: usize) -> usize {
    if other == 0 {
        one
    } else {
        common(other, one % other)
    }
}

fn allows(only: &[Claim], drawn: &Drawn) -> bool {
    let value = |name: &Name| drawn.get(&name.name).copied();
    only.iter().all(|claim| claim.holds(value) == Some(true))
}

/// Returns the items in an order that a seed gives.
#[must_use]
pub fn shuffled<T: Clone>(items: &[T], seed: u32) -> Vec<T> {
    let mut dice = Dice::new(seed ^ 0x5bd1_e995);
    let mut items = items.to_vec();
    // Fisher and Yates, as Durstenfeld writes it (Communications of the ACM 7, 1964).
    for last in (1..items.len()).rev() {
        items.swap(dice.below(last + 1), last);
    }
    items
}

/// Returns a number of an id, as good as any.
#[must_use]
pub fn seed_of(id: &str) -> u32 {
    fnv1a(id.as_bytes())
}

/// Returns the seed of an id among all that a seed stands for, at the n-th time that it is asked, from 0. It depends on no other id, so
/// that a question which comes or goes changes what is drawn for none that stays.
#[must_use]
pub fn seed_for(seed: u32, id: &str, times: u32) -> u32 {
    let state =
        (u64::from(seed) << 32 | u64::from(seed_of(id))) ^ u64::from(times).rotate_right(16);
    (Dice(state).bits() >> 32) as u32
}

/// SplitMix64, as the engine's noise (Steele, Lea and Flood, OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Returns the dice of a seed.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// Returns a number below `most`, or 0.
    pub fn below(&mut self, most: usize) -> usize {
        // The high bits of a product: no modulo, which would prefer small numbers (Lemire, 2019).
        ((u128::from(self.bits()) * most as u128) >> 64) as usize
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges() -> BTreeMap<String, Range> {
        let steps = |from, to, step| Range::Steps { from, to, step };
        BTreeMap::from([
            ("f".to_owned(), steps(0.4, 0.8, 0.1)),
            ("r".to_owned(), steps(12.0, 60.0, 4.0)),
            ("two".to_owned(), Range::Always(2.0)),
        ])
    }

    #[test]
    fn a_seed_draws_the_same_and_another_something_else() {
        let only = [Claim::parse("r * f * 60 != 720").unwrap()];
        let draws: Vec<Drawn> = (0..200).map(|seed| drawn(&ranges(), &only, seed)).collect();
        let again: Vec<Drawn> = (0..200).map(|seed| drawn(&ranges(), &only, seed)).collect();
        assert_eq!(draws, again);
        let of = |name: &str| {
            let mut values: Vec<f64> = draws
                .iter()
                .filter_map(|it| it.get(name).copied())
                .collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            values
        };
        assert_eq!(of("f"), [0.4, 0.5, 0.6, 0.7, 0.8]);
        assert_eq!(of("two"), [2.0]);
        assert!(of("r").len() > 10);
        assert!(draws.iter().all(|it| allows(&only, it)));
    }

    #[test]
    fn all_draws_are_gone_through() {
        assert_eq!(all(&ranges(), &[], 1_000).len(), 5 * 13);
        let only = [Claim::parse("r == 12").unwrap()];
        assert_eq!(all(&ranges(), &only, 1_000).len(), 5);
        // Each of the five factors comes up among ten draws of 65.
        let some = all(&ranges(), &[], 10);
        let mut factors: Vec<f64> = some.iter().filter_map(|it| it.get("f").copied()).collect();
        factors.sort_by(f64::total_cmp);
        factors.dedup();
        assert_eq!((some.len() <= 10, factors.len()), (true, 5));
        let wide = BTreeMap::from([(
            "x".to_owned(),
            Range::Steps {
                from: 0.0,
                to: 1e12,
                step: 1.0,
            },
        )]);
        assert_eq!(all(&wide, &[], 1_000).len(), 1_000);
        assert_eq!(Range::Values(vec![]).values(), [0.0; 0]);
    }

    #[test]
    fn seeds_of_ids_differ() {
        let seeds = (0..20u32).flat_map(|seed| {
            let ids = ["a", "b", "q1", "q2"];
            ids.into_iter()
                .flat_map(move |id| (0..5).map(move |times| seed_for(seed, id, times)))
        });
        let mut seeds: Vec<u32> = seeds.collect();
        // A link draws the same in every version.
        assert_eq!(seeds.first(), Some(&2_478_413_548));
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 20 * 4 * 5);
    }

    #[test]
    fn every_order_comes_up() {
        let mut orders: Vec<Vec<u8>> = (0..500).map(|seed| shuffled(&[1, 2, 3], seed)).collect();
        orders.sort();
        let counts: Vec<usize> = orders.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
        assert_eq!(counts.len(), 6);
        assert!(
            counts.iter().all(|count| (50..120).contains(count)),
            "{counts:?}"
        );
    }
}
