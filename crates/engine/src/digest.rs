//! A run's columns at a glance, for whoever shows a long run: the lowest, the highest and the sum of the values of each block of
//! periods, and the blocks in which requests find too little capacity or fail. It says nothing that the columns do not say, and decides nothing.

use crate::run::{AlarmState, Series};
use core::ops::Range;

/// Periods of a block.
const BLOCK: usize = 64;

/// What is found in one walk over a run's columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Of `demand_rps`.
    pub demand_rps: Extremes,
    /// Of the metric of the first policy.
    pub metric: Extremes,
    /// Of `p50_ms`, without periods that have none.
    pub p50_ms: Extremes,
    /// Of `p95_ms`, without periods that have none.
    pub p95_ms: Extremes,
    /// Of `p99_ms`, without periods that have none.
    pub p99_ms: Extremes,
    /// Where demand exceeds capacity.
    pub short: Blocks,
    /// Where requests fail.
    pub failing: Blocks,
}

impl Digest {
    /// Returns that of nothing yet, for a run of so many periods.
    #[must_use]
    pub fn new(periods: usize) -> Self {
        let extremes = |least| Extremes::new(least, periods);
        Self {
            demand_rps: extremes(0.0),
            metric: extremes(0.0),
            p50_ms: extremes(f32::MIN_POSITIVE),
            p95_ms: extremes(f32::MIN_POSITIVE),
            p99_ms: extremes(f32::MIN_POSITIVE),
            short: Blocks::new(periods),
            failing: Blocks::new(periods),
        }
    }

    /// Returns the digest of a run's columns.
    #[must_use]
    pub fn of(series: &Series) -> Self {
        Self::new(series.demand_rps.len()).finish(series)
    }

    /// Goes on to so many periods of columns of which further ones are not written yet. Columns are looked at several times as fast
    /// while they are still in the processor's memory.
    pub fn go_on(&mut self, series: &Series, periods: usize) {
        self.demand_rps.go_on(&series.demand_rps, periods);
        self.p50_ms.go_on(&series.p50_ms, periods);
        self.p95_ms.go_on(&series.p95_ms, periods);
        self.p99_ms.go_on(&series.p99_ms, periods);
        let (demand, capacity) = (&series.demand_rps, &series.capacity_rps);
        self.short.go_on_above(demand, capacity, periods / BLOCK);
        self.failing
            .go_on_not_zero(&series.failed_rps, periods / BLOCK);
    }

    /// Goes on to the end of columns that are all written.
    #[must_use]
    pub fn finish(mut self, series: &Series) -> Self {
        let periods = series.demand_rps.len();
        self.go_on(series, periods);
        // What is left is less than a block.
        let blocks = periods.div_ceil(BLOCK);
        let (demand, capacity) = (&series.demand_rps, &series.capacity_rps);
        self.short.go_on_above(demand, capacity, blocks);
        self.failing.go_on_not_zero(&series.failed_rps, blocks);
        // Some metrics are known only now.
        let metric = series.metric();
        self.metric.go_on(metric, metric.len());
        self
    }
}

/// The lowest and the highest value of each whole block of a column, of values from the least that counts up to the largest number,
/// and what these add up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extremes {
    least: f32,
    blocks: Vec<Ranks>,
    sums: Vec<Sum>,
}

impl Extremes {
    fn new(least: f32, periods: usize) -> Self {
        Self {
            least,
            blocks: Vec::with_capacity(periods / BLOCK),
            sums: Vec::with_capacity(periods / BLOCK),
        }
    }

    /// Returns those of a column. `least`: the least value that counts, not below zero.
    #[must_use]
    pub fn of(column: &[f32], least: f32) -> Self {
        let mut extremes = Self::new(least, column.len());
        extremes.go_on(column, column.len());
        extremes
    }

    fn go_on(&mut self, column: &[f32], periods: usize) {
        let new = column.get(self.blocks.len() * BLOCK..periods);
        let blocks = new.unwrap_or_default().chunks_exact(BLOCK);
        for block in blocks {
            self.blocks.push(Ranks::of(block, self.least));
            self.sums.push(Sum::of(block, self.least));
        }
    }

    /// Returns whether a value counts.
    #[must_use]
    pub fn counts(&self, value: f32) -> bool {
        value >= self.least && value <= f32::MAX
    }

    /// Returns the periods with the lowest value, the first of them, and with the highest, the last of them, among `periods` of
    /// the column that this is of; `None` where none counts.
    #[must_use]
    pub fn places(&self, column: &[f32], periods: Range<usize>) -> Option<(usize, usize)> {
        let parts = Parts::of(periods, column.len());
        let blocks = self.blocks.get(parts.blocks.clone()).unwrap_or_default();
        let [head, tail] = [&parts.head, &parts.tail].map(|part| self.ranks(column, part));
        // First what the extremes are, then where: a block's being lower than all before it cannot be foreseen by a processor.
        let all = Ranks::of_all(blocks).and(head).and(tail);
        if !all.is_some(self.least) {
            return None;
        }
        let is_lowest = |ranks: &Ranks| ranks.low == all.low;
        let is_highest = |ranks: &Ranks| ranks.high == all.high && ranks.is_some(self.least);
        let part_of = |block: usize| {
            let block = parts.blocks.start + block;
            block * BLOCK..(block + 1) * BLOCK
        };
        let lowest = if is_lowest(&head) {
            parts.head.clone()
        } else {
            let block = blocks.iter().position(is_lowest);
            block.map_or(parts.tail.clone(), part_of)
        };
        let highest = if is_highest(&tail) {
            parts.tail.clone()
        } else {
            let block = blocks.iter().rposition(is_highest);
            block.map_or(parts.head.clone(), part_of)
        };
        // Only these two parts are looked at period by period.
        let low = first_of_rank(column.get(lowest.clone())?, all.low, self.least)?;
        let high = last_of_rank(column.get(highest.clone())?, all.high, self.least)?;
        Some((lowest.start + low, highest.start + high))
    }

    /// Returns the lowest and the highest value among `periods` of the column that this is of; `None` where none counts.
    #[must_use]
    pub fn range(&self, column: &[f32], periods: Range<usize>) -> Option<(f32, f32)> {
        let parts = Parts::of(periods, column.len());
        let blocks = self.blocks.get(parts.blocks.clone()).unwrap_or_default();
        let [head, tail] = [&parts.head, &parts.tail].map(|part| self.ranks(column, part));
        let all = Ranks::of_all(blocks).and(head).and(tail);
        let value = |rank: u32| f32::from_bits(rank + self.least.to_bits());
        let is_some = all.is_some(self.least);
        is_some.then(|| (value(all.low), value(all.high)))
    }

    /// Returns the mean of the values among `periods` of the column that this is of; `None` where none counts.
    #[must_use]
    pub fn mean(&self, column: &[f32], periods: Range<usize>) -> Option<f64> {
        let parts = Parts::of(periods, column.len());
        let blocks = self.sums.get(parts.blocks.clone()).unwrap_or_default();
        let ends = [&parts.head, &parts.tail].map(|part| {
            let values = column.get(part.clone()).unwrap_or_default();
            Sum::of(values, self.least)
        });
        let (mut sum, mut count) = (0.0, 0);
        for part in blocks.iter().chain(&ends) {
            sum += f64::from(part.sum);
            count += u64::from(part.count);
        }
        (count > 0).then(|| sum / count as f64)
    }

    /// Returns how many values among `periods` of the column that this is of are above a limit.
    #[must_use]
    pub fn count_above(&self, column: &[f32], periods: Range<usize>, limit: f64) -> usize {
        let parts = Parts::of(periods, column.len());
        let count = |part: Range<usize>| {
            let values = column.get(part).unwrap_or_default().iter();
            let above = values.map(|value| usize::from(f64::from(*value) > limit));
            above.sum::<usize>()
        };
        // Rounded, the limit is still not above a value that it was below.
        let limit_rank = rank(limit.max(f64::from(self.least)) as f32, self.least);
        let blocks = self.blocks.get(parts.blocks.clone()).unwrap_or_default();
        let blocks = (parts.blocks.start..).zip(blocks);
        let blocks = blocks.filter(|(_, ranks)| ranks.high >= limit_rank);
        let blocks = blocks.map(|(block, _)| count(block * BLOCK..(block + 1) * BLOCK));
        count(parts.head) + blocks.sum::<usize>() + count(parts.tail)
    }

    /// Returns what a part of a column comes to.
    fn ranks(&self, column: &[f32], part: &Range<usize>) -> Ranks {
        Ranks::of(column.get(part.clone()).unwrap_or_default(), self.least)
    }
}

/// Periods, as whole blocks and what is left of others at both ends.
struct Parts {
    head: Range<usize>,
    blocks: Range<usize>,
    tail: Range<usize>,
}

impl Parts {
    /// Splits those of `periods` that a column of this length has.
    fn of(periods: Range<usize>, len: usize) -> Self {
        let periods = periods.start..periods.end.min(len);
        let first = periods.start.div_ceil(BLOCK);
        let last = periods.end / BLOCK;
        if first >= last {
            return Self {
                tail: periods.end..periods.end,
                head: periods,
                blocks: 0..0,
            };
        }
        Self {
            head: periods.start..first * BLOCK,
            blocks: first..last,
            tail: last * BLOCK..periods.end,
        }
    }
}

/// Blocks of periods in some of which something is the case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blocks(Vec<bool>);

impl Blocks {
    fn new(periods: usize) -> Self {
        Self(Vec::with_capacity(periods.div_ceil(BLOCK)))
    }

    /// Returns those in which one column is above another.
    #[must_use]
    pub fn above(one: &[f32], other: &[f32]) -> Self {
        let mut blocks = Self::new(one.len());
        blocks.go_on_above(one, other, one.len().div_ceil(BLOCK));
        blocks
    }

    /// Returns those in which a column is not zero.
    #[must_use]
    pub fn not_zero(column: &[f32]) -> Self {
        let mut blocks = Self::new(column.len());
        blocks.go_on_not_zero(column, column.len().div_ceil(BLOCK));
        blocks
    }

    fn go_on_above(&mut self, one: &[f32], other: &[f32], blocks: usize) {
        let known = self.0.len();
        let new = one.chunks(BLOCK).zip(other.chunks(BLOCK)).take(blocks);
        let new = new.skip(known);
        self.0.extend(new.map(|(one, other)| is_above(one, other)));
    }

    fn go_on_not_zero(&mut self, column: &[f32], blocks: usize) {
        let known = self.0.len();
        let new = column.chunks(BLOCK).take(blocks).skip(known);
        self.0.extend(new.map(is_some_not_zero));
    }

    /// Returns the parts of `periods` that belong to such blocks.
    pub fn within(&self, periods: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let is_it = |block: usize| self.0.get(block).is_some_and(|is_it| *is_it);
        parts(periods).filter_map(move |(block, part)| is_it(block).then_some(part))
    }
}

/// Returns the blocks that `periods` touch, and what of each belongs to them.
fn parts(periods: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
    let blocks = periods.start / BLOCK..periods.end.div_ceil(BLOCK);
    blocks.filter_map(move |block| {
        let from = periods.start.max(block * BLOCK);
        let to = periods.end.min((block + 1) * BLOCK);
        (from < to).then_some((block, from..to))
    })
}

fn is_above(one: &[f32], other: &[f32]) -> bool {
    let both = one.iter().zip(other);
    both.fold(0, |any, (one, other)| any | u32::from(one > other)) != 0
}

fn is_some_not_zero(values: &[f32]) -> bool {
    // But for the sign, of zero no bit is set.
    let bits = values.iter().fold(0, |bits, value| bits | value.to_bits());
    bits << 1 != 0
}

/// The lowest and the highest rank of some values.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ranks {
    low: u32,
    high: u32,
}

impl Ranks {
    /// Those of no value.
    const NONE: Self = Self {
        low: u32::MAX,
        high: 0,
    };

    fn of(values: &[f32], least: f32) -> Self {
        let (mut low, mut high, mut any) = (u32::MAX, 0, 0);
        for value in values {
            let bits = value.to_bits();
            low = low.min(bits.wrapping_sub(least.to_bits()));
            high = high.max(bits);
            any |= bits;
        }
        // With a sign, or more than the largest number, some do not count.
        if any >> 31 != 0 || high > f32::MAX.to_bits() {
            return Self::of_some(values, least);
        }
        let high = high.saturating_sub(least.to_bits());
        Self { low, high }
    }

    /// Returns those of values some of which do not count.
    fn of_some(values: &[f32], least: f32) -> Self {
        let most = highest_rank(least);
        let Self { mut low, mut high } = Self::NONE;
        for value in values {
            let rank = rank(*value, least);
            low = low.min(rank);
            high = high.max(if rank <= most { rank } else { 0 });
        }
        Self { low, high }
    }

    fn of_all(parts: &[Self]) -> Self {
        parts.iter().fold(Self::NONE, |all, part| all.and(*part))
    }

    fn and(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// Returns whether any value counts.
    fn is_some(self, least: f32) -> bool {
        self.low <= highest_rank(least)
    }
}

/// What the values of less than or just a block that count add up to, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sum {
    sum: f32,
    count: u32,
}

/// Sums that are kept side by side: one after another, each addition would wait for the one before.
const LANES: usize = 8;

impl Sum {
    fn of(values: &[f32], least: f32) -> Self {
        let most = highest_rank(least);
        let (mut lanes, mut count) = ([0.0; LANES], 0);
        for values in values.chunks(LANES) {
            for (lane, value) in lanes.iter_mut().zip(values) {
                let counts = rank(*value, least) <= most;
                *lane += if counts { *value } else { 0.0 };
                count += u32::from(counts);
            }
        }
        let sum = lanes.iter().sum();
        Self { sum, count }
    }
}

/// Returns a number's place in the order of those that are not below `least`, which is not negative; what is below, or no number,
/// comes last.
///
/// Such numbers are in the order of their bits, which are compared several times as fast, and several at once.
#[inline]
fn rank(value: f32, least: f32) -> u32 {
    // Zero may be negative; its sum with zero is not.
    (value + 0.0).to_bits().wrapping_sub(least.to_bits())
}

/// Returns the rank of the largest number.
#[inline]
fn highest_rank(least: f32) -> u32 {
    f32::MAX.to_bits() - least.to_bits()
}

/// Values that are searched together.
const STRIDE: usize = 16;

/// Returns the first of some values that has a rank.
fn first_of_rank(values: &[f32], of: u32, least: f32) -> Option<usize> {
    let mut strides = values.chunks(STRIDE);
    let stride = strides.position(|values| has_rank(values, of, least))? * STRIDE;
    let mut values = values.get(stride..)?.iter();
    Some(stride + values.position(|value| rank(*value, least) == of)?)
}

/// Returns the last of some values that has a rank.
fn last_of_rank(values: &[f32], of: u32, least: f32) -> Option<usize> {
    let mut strides = values.chunks(STRIDE);
    let stride = strides.rposition(|values| has_rank(values, of, least))? * STRIDE;
    let values = values.get(stride..)?;
    let mut values = values.get(..values.len().min(STRIDE))?.iter();
    Some(stride + values.rposition(|value| rank(*value, least) == of)?)
}

#[inline]
fn has_rank(values: &[f32], of: u32, least: f32) -> bool {
    let is = |any, value: &f32| any | u32::from(rank(*value, least) == of);
    values.iter().fold(0, is) != 0
}

/// Returns the stretches of periods at whose ends an alarm is in ALARM.
#[must_use]
pub fn in_alarm(states: &[AlarmState]) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut from = None;
    for (block, states) in states.chunks(BLOCK).enumerate() {
        let is_alarm = |state: &AlarmState| u8::from(*state == AlarmState::Alarm);
        let in_alarm: u8 = states.iter().map(is_alarm).sum();
        let alike = if from.is_some() { states.len() } else { 0 };
        if usize::from(in_alarm) == alike {
            continue;
        }
        for (period, state) in (block * BLOCK..).zip(states) {
            match (from, is_alarm(state) == 1) {
                (None, true) => from = Some(period),
                (Some(since), false) => {
                    stretches.push(since..period);
                    from = None;
                }
                _ => {}
            }
        }
    }
    stretches.extend(from.map(|from| from..states.len()));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NONE: f32 = f32::NAN;

    #[test]
    fn a_column_gives_its_extremes() {
        for (column, least, expected) in [
            (&[3.0, 1.0, 2.0][..], 0.0, Some((1, 0))),
            (&[1.0, 5.0, 0.5, 2.0], 0.0, Some((2, 1))),
            (&[NONE, 4.0, f32::INFINITY, -1.0], 0.0, Some((1, 1))),
            (&[2.0, -0.0, 1.0], 0.0, Some((1, 0))),
            (&[2.0, 1.0, 1.0, 2.0], 0.0, Some((1, 3))),
            (&[0.0, 2.0, 0.0, 1.0], f32::MIN_POSITIVE, Some((3, 1))),
            (&[NONE, NONE], 0.0, None),
            (&[], 0.0, None),
        ] {
            let extremes = Extremes::of(column, least);
            let places = extremes.places(column, 0..9);
            assert_eq!(places, expected, "{column:?}");
            let values = places.map(|(low, high)| (column[low] + 0.0, column[high]));
            assert_eq!(extremes.range(column, 0..9), values, "{column:?}");
        }
    }

    proptest! {
        #[test]
        fn blocks_come_to_what_their_periods_come_to(
            values in prop::collection::vec(
                prop_oneof![Just(NONE), Just(0.0), (0_u8..9).prop_map(f32::from)], 1..400),
            edges in (0_usize..400, 0_usize..400),
            limit in -1.0..10.0_f64,
        ) {
            let periods = edges.0.min(edges.1)..edges.0.max(edges.1);
            let shown = periods.start.min(values.len())..periods.end.min(values.len());
            let counted = || shown.clone().filter(|i| !values[*i].is_nan());
            let value = |i: &usize| ordered(values[*i]);
            let extremes = Extremes::of(&values, 0.0);
            // Of equal ones min_by_key returns the first, max_by_key the last.
            let expected = counted().min_by_key(value).zip(counted().max_by_key(value));
            prop_assert_eq!(extremes.places(&values, periods.clone()), expected);
            let sum: f64 = counted().map(|i| f64::from(values[i])).sum();
            let mean = extremes.mean(&values, periods.clone());
            prop_assert_eq!(mean.is_some(), counted().count() > 0);
            prop_assert!(mean.is_none_or(|mean| (mean - sum / counted().count() as f64).abs() < 1e-9));
            let above = counted().filter(|i| f64::from(values[*i]) > limit).count();
            prop_assert_eq!(extremes.count_above(&values, periods, limit), above);
            let positive = |i: &usize| values[*i] > 0.0;
            let expected: Vec<usize> = shown.clone().filter(positive).collect();
            for blocks in [Blocks::above(&values, &[0.0; 400]), Blocks::not_zero(&values)] {
                let found = blocks.within(shown.clone()).flatten().filter(positive);
                prop_assert_eq!(&found.collect::<Vec<usize>>(), &expected);
            }
        }

        #[test]
        fn stretches_in_alarm_hold_every_period_in_alarm(
            runs in prop::collection::vec((0_usize..3, 1_usize..150), 0..9),
        ) {
            let states = [AlarmState::Ok, AlarmState::Alarm, AlarmState::InsufficientData];
            let states: Vec<AlarmState> =
                runs.iter().flat_map(|(state, count)| vec![states[*state]; *count]).collect();
            let stretches = in_alarm(&states);
            let inside = |i: &usize| states[*i] == AlarmState::Alarm;
            let expected: Vec<usize> = (0..states.len()).filter(inside).collect();
            prop_assert!(stretches.windows(2).all(|pair| pair[0].end < pair[1].start));
            prop_assert_eq!(stretches.into_iter().flatten().collect::<Vec<_>>(), expected);
        }
    }

    fn ordered(value: f32) -> u32 {
        value.to_bits()
    }

    #[test]
    fn nothing_is_short_or_failing_where_nothing_happens() {
        let column = [0.0, -0.0, 0.0];
        assert_eq!(Blocks::not_zero(&column).within(0..3).count(), 0);
        assert_eq!(Blocks::above(&column, &column).within(0..3).count(), 0);
    }
}
