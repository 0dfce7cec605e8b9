//! A stretch of a run, and what its series and its fleet come to in it: for a sentence about a window, and for a row of a table.

use std::ops::Range;

use engine::{
    digest::{Blocks, Extremes},
    run::{FleetChange, Run},
};

use crate::window::Window;

/// Values that are looked at together.
const BLOCK: usize = 64;

/// Returns the bits of a number as a whole number that is in the same order: such are compared several at once.
#[inline]
fn order(value: f32) -> i32 {
    let bits = value.to_bits().cast_signed();
    bits ^ ((bits >> 31) & i32::MAX)
}

/// Returns the number of this [`order`].
#[inline]
fn of_order(order: i32) -> f32 {
    f32::from_bits((order ^ ((order >> 31) & i32::MAX)).cast_unsigned())
}

/// A stretch of a run.
#[derive(Clone, Debug)]
pub struct Stretch<'a> {
    /// The run.
    pub run: &'a Run,
    /// Where it begins, in seconds from the start of the run.
    pub from_s: f64,
    /// Where it ends.
    pub to_s: f64,
    /// The metric periods that it touches.
    periods: Range<usize>,
}

impl<'a> Stretch<'a> {
    /// Returns the stretch of a run that a window shows.
    #[must_use]
    pub fn new(run: &'a Run, Window { from_s, to_s }: Window) -> Self {
        let period_s = f64::from(run.period_s.max(1));
        let from = (from_s / period_s).floor().max(0.0) as usize;
        let to = (to_s / period_s).ceil().max(0.0) as usize;
        Self {
            run,
            from_s,
            to_s,
            periods: from..to,
        }
    }

    /// Returns its part of a column of the run's series.
    #[must_use]
    pub fn part<'b, T>(&self, column: &'b [T]) -> &'b [T] {
        let to = self.periods.end.min(column.len());
        column
            .get(self.periods.start.min(to)..to)
            .unwrap_or_default()
    }

    /// Returns the seconds that a number of metric periods take.
    #[must_use]
    pub fn periods_s(&self, count: usize) -> f64 {
        count as f64 * f64::from(self.run.period_s.max(1))
    }

    /// Returns the lowest and the highest value of a column; `None` where it has none.
    #[must_use]
    pub fn range(&self, column: &[f32]) -> Option<(f64, f64)> {
        let (mut low, mut high) = (i32::MAX, i32::MIN);
        for value in self.part(column) {
            let order = order(*value);
            low = low.min(if value.is_nan() { i32::MAX } else { order });
            high = high.max(if value.is_nan() { i32::MIN } else { order });
        }
        let value = |order| f64::from(of_order(order));
        (low <= high).then(|| (value(low), value(high)))
    }

    /// Returns the lowest and the highest value of a column that counts in its extremes; `None` where none does.
    #[must_use]
    pub fn range_of(&self, column: &[f32], extremes: &Extremes) -> Option<(f64, f64)> {
        let range = extremes.range(column, self.periods.clone());
        range.map(|(low, high)| (f64::from(low), f64::from(high)))
    }

    /// Returns how many values of a column, which has these extremes, are above a limit.
    #[must_use]
    pub fn count_above(&self, column: &[f32], extremes: &Extremes, limit: f64) -> usize {
        extremes.count_above(column, self.periods.clone(), limit)
    }

    /// Returns the highest finite value of a column, at least zero.
    #[must_use]
    pub fn highest(&self, column: &[f32]) -> f64 {
        let finite = self.part(column).iter().filter(|value| value.is_finite());
        f64::from(finite.copied().fold(0.0, f32::max))
    }

    /// Returns the sum of the finite values of a column. Where many of them are zero, as failures mostly are, they are passed over
    /// at once.
    fn sum(&self, column: &[f32]) -> f64 {
        let blocks = self.part(column).chunks(BLOCK);
        let is_some = |block: &&[f32]| block.iter().fold(false, |any, value| any | (*value != 0.0));
        let values = blocks.filter(is_some).flatten();
        let finite = values.filter(|value| value.is_finite());
        finite.map(|value| f64::from(*value)).sum()
    }

    /// Returns the mean of a column over its periods; what is not finite counts as zero.
    #[must_use]
    pub fn mean(&self, column: &[f32]) -> f64 {
        self.sum(column) / self.part(column).len().max(1) as f64
    }

    /// Returns what a column of rates, in so many a second, adds up to.
    #[must_use]
    pub fn total(&self, rates: &[f32]) -> f64 {
        self.sum(rates) * self.periods_s(1)
    }

    /// Returns the same of a column that is not zero in these blocks alone.
    #[must_use]
    pub fn total_of(&self, rates: &[f32], blocks: &Blocks) -> f64 {
        let blocks = blocks.within(self.periods.clone()).flatten();
        let finite =
            (blocks.filter_map(|period| rates.get(period))).filter(|rate| rate.is_finite());
        finite.map(|rate| f64::from(*rate)).sum::<f64>() * self.periods_s(1)
    }

    /// Returns the fleet at its beginning, and each change in it.
    pub fn fleet(&self) -> impl Iterator<Item = &'a FleetChange> {
        let (from_s, to_s) = (self.from_s, self.to_s);
        let after = self.run.fleet.partition_point(|c| c.at_s <= from_s);
        let shown = self.run.fleet.get(after.saturating_sub(1)..);
        let shown = shown.unwrap_or_default().iter();
        shown.take_while(move |change| change.at_s < to_s)
    }

    /// Returns the fewest and the most instances in service, by the exact moments of change.
    #[must_use]
    pub fn in_service(&self) -> (u32, u32) {
        let counts = self
            .fleet()
            .map(|change| (change.in_service, change.in_service));
        let range = counts.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
        range.unwrap_or_default()
    }

    /// Returns the mean number of instances in service over time.
    #[must_use]
    pub fn mean_in_service(&self) -> f64 {
        let (mut instance_s, mut since_s, mut current) = (0.0, self.from_s, 0);
        for change in self.fleet() {
            let at_s = change.at_s.max(self.from_s);
            instance_s += f64::from(current) * (at_s - since_s);
            (since_s, current) = (at_s, change.in_service);
        }
        instance_s += f64::from(current) * (self.to_s - since_s);
        instance_s / (self.to_s - self.from_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_window_is_summed_up_exactly() {
        let run = sample::run();
        let whole = Stretch::new(&run, Window::whole(7200.0));
        assert_eq!(whole.in_service(), (2, 6));
        let expected = (2.0 * 3850.0 + 6.0 * 3350.0) / 7200.0;
        assert!((whole.mean_in_service() - expected).abs() < 1e-12);
        assert!(whole.total(&run.series.failed_rps) > 0.0);
        let quiet = Window {
            from_s: 600.0,
            to_s: 1200.0,
        };
        let quiet = Stretch::new(&run, quiet);
        let failed = quiet.total(&run.series.failed_rps);
        assert_eq!((quiet.in_service(), failed), ((2, 2), 0.0));
        assert_eq!(quiet.mean_in_service(), 2.0);
        let demand_rps = &run.series.demand_rps;
        let (low, high) = quiet.range(demand_rps).unwrap();
        assert!(high < 25.0 && quiet.highest(demand_rps) == high);
        assert!(low < quiet.mean(demand_rps) && quiet.mean(demand_rps) < high);
        assert_eq!(quiet.part(demand_rps).len(), 10);
    }

    #[test]
    fn a_column_without_values_has_neither_lowest_nor_highest() {
        let run = sample::run();
        let stretch = Stretch::new(&run, Window::whole(7200.0));
        let mut column = vec![f32::NAN; 120];
        assert_eq!(stretch.range(&column), None);
        assert_eq!((stretch.highest(&column), stretch.mean(&[])), (0.0, 0.0));
        column[60] = 700.0;
        assert_eq!(stretch.range(&column), Some((700.0, 700.0)));
        column[61] = f32::INFINITY;
        assert_eq!(stretch.highest(&column), 700.0);
    }

    #[test]
    fn nothing_is_summed_up_as_nothing() {
        let run = Run::default();
        let stretch = Stretch::new(&run, Window::whole(60.0));
        assert_eq!(stretch.range(&run.series.demand_rps), None);
        assert_eq!(
            (stretch.in_service(), stretch.mean_in_service()),
            ((0, 0), 0.0)
        );
        assert_eq!(stretch.fleet().count(), 0);
    }
}
