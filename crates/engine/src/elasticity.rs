//! The elasticity measures of the SPEC Research Group, minute by minute.

use crate::report::Elasticity;

/// Sums on the way to [`Elasticity`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    minutes: f64,
    under: f64,
    over: f64,
    under_minutes: f64,
    over_minutes: f64,
    apart_minutes: f64,
    last: Option<(f64, f64)>,
}

impl Meter {
    /// Adds a minute: its mean instances in service, and the fewest instances that can serve its demand (≥ 1).
    #[inline]
    pub(crate) fn add(&mut self, supply: f64, demand: f64) {
        self.minutes += 1.0;
        let share = (demand - supply).abs() / demand;
        if supply < demand {
            self.under += share;
        } else {
            self.over += share;
        }
        self.under_minutes += f64::from(u8::from(supply < demand));
        self.over_minutes += f64::from(u8::from(supply > demand));
        if let Some((last_supply, last_demand)) = self.last {
            let same = last_supply.partial_cmp(&supply) == last_demand.partial_cmp(&demand);
            self.apart_minutes += f64::from(u8::from(!same));
        }
        self.last = Some((supply, demand));
    }

    /// Returns the measures, in percent. Instability is a share of the changes from one minute to the next.
    pub(crate) fn finish(self) -> Elasticity {
        let share = |sum: f64, of: f64| if of > 0.0 { 100.0 * sum / of } else { 0.0 };
        Elasticity {
            under_accuracy_pct: share(self.under, self.minutes),
            over_accuracy_pct: share(self.over, self.minutes),
            under_time_pct: share(self.under_minutes, self.minutes),
            over_time_pct: share(self.over_minutes, self.minutes),
            instability_pct: share(self.apart_minutes, self.minutes - 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_series_worked_out_by_hand() {
        let mut meter = Meter::default();
        for (supply, demand) in [(2.0, 2.0), (2.0, 4.0), (4.0, 4.0), (4.0, 2.0), (3.0, 2.0)] {
            meter.add(supply, demand);
        }
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
        (0..3).for_each(|_| still.add(3.0, 3.0));
        assert_eq!(still.finish().instability_pct, 0.0);
        assert_eq!(still.finish().over_time_pct, 0.0, "enough is not too much");
        assert_eq!(Meter::default().finish().under_time_pct, 0.0);
    }

    #[test]
    fn supply_and_demand_move_together_or_apart() {
        let levels = [1.0, 2.0, 3.0];
        for (supply, demand) in levels.map(|a| levels.map(|b| (a, b))).concat() {
            let mut meter = Meter::default();
            meter.add(2.0, 2.0);
            meter.add(supply, demand);
            let together = if supply == demand { 0.0 } else { 100.0 };
            let finished = meter.finish();
            assert_eq!(finished.instability_pct, together, "{supply}, {demand}");
        }
    }
}
