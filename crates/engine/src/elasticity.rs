//! The elasticity measures of the SPEC Research Group, minute by minute.

use multiversion::multiversion;

/// Elasticity measures of the SPEC Research Group ("Ready for Rain?", Herbst et al., 2016): supply `s` is
/// instances in service, demand `d` the fewest instances that can serve the arrivals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elasticity {
    /// θ_U: mean of max(d − s, 0) / d, percent.
    pub under_accuracy_pct: f64,
    /// θ_O: mean of max(s − d, 0) / d, percent.
    pub over_accuracy_pct: f64,
    /// τ_U: share of time with s < d, percent.
    pub under_time_pct: f64,
    /// τ_O: share of time with s > d, percent.
    pub over_time_pct: f64,
    /// υ: share of time in which supply and demand do not move the same way, percent.
    pub instability_pct: f64,
}

/// Minutes whose shares are worked out together.
const BLOCK_MINUTES: usize = 64;

/// Sums on the way to [`Elasticity`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    minutes: usize,
    under: f64,
    over: f64,
    under_minutes: usize,
    over_minutes: usize,
    apart_minutes: usize,
    last: Option<(f64, f64)>,
}

impl Meter {
    /// Adds minutes one after the other: of each its mean instances in service, and the fewest instances that can serve its demand (≥ 1).
    pub(crate) fn add(&mut self, supply: &[f64], demand: &[f64]) {
        let first = supply.first().zip(demand.first());
        if let (Some(last), Some((&supply, &demand))) = (self.last, first) {
            self.apart_minutes += usize::from(are_apart(last, (supply, demand)));
        }
        self.minutes += supply.len();
        self.apart_minutes += count_apart(supply, demand);
        self.under_minutes += count_less(supply, demand);
        self.over_minutes += count_less(demand, supply);
        self.last = supply.last().copied().zip(demand.last().copied());
        let mut shares = [[0.0; BLOCK_MINUTES]; 2];
        for (supply, demand) in supply
            .chunks(BLOCK_MINUTES)
            .zip(demand.chunks(BLOCK_MINUTES))
        {
            let [under, over] = &mut shares;
            write_shares(under, over, supply, demand);
            for (under, over) in under.iter().zip(over).take(supply.len()) {
                self.under += *under;
                self.over += *over;
            }
        }
    }

    /// Returns the measures, in percent. Instability is a share of the changes from one minute to the next.
    pub(crate) fn finish(self) -> Elasticity {
        let share = |sum: f64, of: f64| if of > 0.0 { 100.0 * sum / of } else { 0.0 };
        let minutes = self.minutes as f64;
        Elasticity {
            under_accuracy_pct: share(self.under, minutes),
            over_accuracy_pct: share(self.over, minutes),
            under_time_pct: share(self.under_minutes as f64, minutes),
            over_time_pct: share(self.over_minutes as f64, minutes),
            instability_pct: share(self.apart_minutes as f64, minutes - 1.0),
        }
    }
}

/// Whether supply and demand of two minutes do not move the same way.
#[inline]
fn are_apart(before: (f64, f64), now: (f64, f64)) -> bool {
    let rise = (before.0 < now.0) != (before.1 < now.1);
    let fall = (before.0 > now.0) != (before.1 > now.1);
    rise | fall
}

/// Minutes that are apart from the one before.
#[multiversion(targets("x86_64+avx2"))]
fn count_apart(supply: &[f64], demand: &[f64]) -> usize {
    let before = supply.iter().zip(demand);
    let now = supply.iter().zip(demand).skip(1);
    let pairs = before.zip(now);
    pairs
        .map(|((&supply, &demand), (&next_supply, &next_demand))| {
            usize::from(are_apart((supply, demand), (next_supply, next_demand)))
        })
        .sum()
}

/// How many of some numbers are less than those beside them.
#[multiversion(targets("x86_64+avx2"))]
fn count_less(these: &[f64], those: &[f64]) -> usize {
    let pairs = these.iter().zip(those);
    pairs.map(|(this, that)| usize::from(this < that)).sum()
}

/// Writes how much each supply is below its demand and how much above, as shares of the demand; 0 where it is not.
#[multiversion(targets("x86_64+avx2"))]
fn write_shares(under: &mut [f64], over: &mut [f64], supply: &[f64], demand: &[f64]) {
    let shares = under.iter_mut().zip(over);
    for ((supply, demand), (under, over)) in supply.iter().zip(demand).zip(shares) {
        let share = (demand - supply).abs() / demand;
        let is_under = supply < demand;
        *under = if is_under { share } else { 0.0 };
        *over = if is_under { 0.0 } else { share };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_series_worked_out_by_hand() {
        let mut meter = Meter::default();
        meter.add(&[2.0, 2.0], &[2.0, 4.0]);
        meter.add(&[4.0, 4.0, 3.0], &[4.0, 2.0, 2.0]);
        let expected = Elasticity {
            under_accuracy_pct: 100.0 * (2.0 / 4.0) / 5.0,
            over_accuracy_pct: 100.0 * (2.0 / 2.0 + 1.0 / 2.0) / 5.0,
            under_time_pct: 20.0,
            over_time_pct: 40.0,
            // Four changes, in none of which both moved alike.
            instability_pct: 100.0,
        };
        assert_eq!(meter.finish(), expected);
        let mut still = Meter::default();
        still.add(&[3.0; 150], &[3.0; 150]);
        still.add(&[3.0; 3], &[3.0; 3]);
        assert_eq!(still.finish().instability_pct, 0.0);
        assert_eq!(still.finish().over_time_pct, 0.0, "enough is not too much");
        assert_eq!(Meter::default().finish().under_time_pct, 0.0);
    }

    #[test]
    fn supply_and_demand_move_together_or_apart() {
        let levels = [1.0, 2.0, 3.0];
        for (supply, demand) in levels.map(|a| levels.map(|b| (a, b))).concat() {
            let mut meter = Meter::default();
            meter.add(&[2.0], &[2.0]);
            meter.add(&[supply], &[demand]);
            let together = if supply == demand { 0.0 } else { 100.0 };
            let finished = meter.finish();
            assert_eq!(finished.instability_pct, together, "{supply}, {demand}");
        }
    }
}
