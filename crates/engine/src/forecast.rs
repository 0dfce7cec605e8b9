//! The forecasts of predictive scaling: instances for each hour of the run, from the hours before it.
//!
//! Source of when and how far: Amazon EC2 Auto Scaling user guide, "How predictive scaling works". How AWS forecasts is not
//! published. Here the load of an hour is expected to be the mean of the same hour of the days before; once a week is known, of
//! the same hour and day of the weeks before. There is no trend, no season, and nothing learned.

use crate::{
    demand::{Cursor, Timeline},
    plan::{MAX_FORECAST_INSTANCES, Plan, PredictiveScaling},
};

/// Seconds of an hour: forecasts are hourly.
pub const HOUR_S: u32 = 3600;

/// Fewest hours of data from which a forecast is made.
pub const MIN_HISTORY_HOURS: usize = 24;

/// Most hours of data that a forecast uses: 14 days.
pub const MAX_HISTORY_HOURS: usize = 14 * 24;

/// Hours from one forecast to the next.
const REFRESH_HOURS: usize = 6;

const DAY: usize = 24;
const WEEK: usize = 7 * DAY;

/// Takes off rounding before the ceiling.
const ROUNDING: f64 = 1e-9;

/// The forecast of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Index of the policy in the scenario.
    pub policy: usize,
    /// Whether the policy scales by it.
    pub scales: bool,
    /// The hours of the run, and the one after it, for which there is a forecast, in order.
    pub hours: Vec<Hour>,
}

impl Forecast {
    /// Returns the instances forecast for the hour that a moment of the run lies in; `None` without a forecast.
    #[must_use]
    pub fn at(&self, at_s: f64) -> Option<u32> {
        let begun = self.hours.partition_point(|hour| hour.at_s <= at_s);
        let hour = self.hours.get(begun.checked_sub(1)?)?;
        Some(hour.capacity)
    }
}

/// The forecast of an hour that the policy acts on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// Start of the hour, seconds from the start of the run.
    pub at_s: f64,
    /// When the forecast was made; before the run where that is negative.
    pub made_s: f64,
    /// Mean demand expected, requests per second.
    pub rps: f64,
    /// Instances that keep the policy's metric at its target with that demand, before any bound.
    pub capacity: u32,
}

impl Hour {
    /// Returns when a policy scales out to the forecast: ahead of the hour by its buffer, or as soon as the forecast is made.
    // rule: predictive.scheduling-buffer
    #[must_use]
    pub fn acts_s(&self, policy: &PredictiveScaling) -> f64 {
        (self.at_s - policy.scheduling_buffer_s).max(self.made_s)
    }
}

/// Returns the forecasts of all policies of a plan.
// rule: predictive.hours
#[must_use]
pub fn of(plan: &Plan) -> Vec<Forecast> {
    let Some(predictive) = plan.resource.predictive() else {
        return Vec::new();
    };
    let mut rates: Vec<f64> = hourly_rps(&predictive.history).collect();
    let before = rates.len();
    rates.extend(hourly_rps(&plan.demand));
    // A policy scales out to the hour after the run while the run still goes on.
    let hours = plan.length_s.div_ceil(HOUR_S) as usize + 1;
    (predictive.policies.iter())
        .map(|policy| Forecast {
            policy: policy.index,
            scales: policy.scales,
            hours: (0..hours)
                .filter_map(|hour| forecast(policy, &rates, before, hour))
                .collect(),
        })
        .collect()
}

/// Returns the mean rates of the whole hours.
fn hourly_rps(timeline: &Timeline) -> impl Iterator<Item = f64> {
    let length_s = timeline.nodes().last().map_or(0.0, |node| node.at_s);
    let hour_s = f64::from(HOUR_S);
    let mut cursor = Cursor::new(timeline.nodes());
    (1..=(length_s / hour_s) as u32)
        .map(move |end| cursor.walk(f64::from(end) * hour_s).requests / hour_s)
}

/// Returns the newest forecast of an hour of the run at the moment when the policy scales out to it; or the first one, if that is
/// made between that moment and the hour.
// rule: predictive.refresh
// rule: predictive.capacity-of-hour
fn forecast(policy: &PredictiveScaling, rates: &[f64], before: usize, hour: usize) -> Option<Hour> {
    let buffer_hours = usize::from(policy.scheduling_buffer_s > 0.0);
    // The hour's number from the start of the history, which ends at the start of the run, when forecasts are made in any case.
    let place = before + hour;
    let made_by = |latest: usize| {
        let late = (latest + REFRESH_HOURS - before % REFRESH_HOURS) % REFRESH_HOURS;
        let made = latest.checked_sub(late)?;
        let seen = rates.get(made.saturating_sub(MAX_HISTORY_HOURS)..made)?;
        let rps = expected_rps(seen, place - made)?;
        Some((made, rps))
    };
    let (made, rps) = place
        .checked_sub(buffer_hours)
        .and_then(made_by)
        .or_else(|| made_by(place))?;
    let per_instance = policy.metric.requests_at(policy.target);
    let capacity = (rps * 60.0 / per_instance - ROUNDING).ceil();
    let hour_s = f64::from(HOUR_S);
    Some(Hour {
        at_s: hour as f64 * hour_s,
        made_s: (made as f64 - before as f64) * hour_s,
        rps,
        capacity: capacity.clamp(0.0, MAX_FORECAST_INSTANCES) as u32,
    })
}

/// Returns the mean rate expected of the hour that begins `ahead` hours after the last one of `seen`: the mean of the same hour
/// of the days seen, or of the same hour and day of the weeks once there is a whole week.
// rule: predictive.expected-load
fn expected_rps(seen: &[f64], ahead: usize) -> Option<f64> {
    if seen.len() < MIN_HISTORY_HOURS {
        return None;
    }
    let every = if seen.len() >= WEEK { WEEK } else { DAY };
    let same = seen
        .iter()
        .skip((seen.len() + ahead) % every)
        .step_by(every);
    let (sum, hours) = same.fold((0.0, 0.0), |(sum, hours), rps| (sum + rps, hours + 1.0));
    (hours > 0.0).then(|| sum / hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_expected_to_be_as_it_was() {
        let days = |days: &[f64]| -> Vec<f64> {
            let hours = |level: &f64| {
                (0..24)
                    .map(|hour| level + f64::from(hour))
                    .collect::<Vec<_>>()
            };
            days.iter().flat_map(hours).collect()
        };
        let week = [70.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0];
        let two_weeks = [week, week.map(|level| level + 8.0)].concat();
        // Days, hours missing at the end of the last, hours ahead, expected.
        type Case<'a> = (&'a [f64], usize, usize, Option<f64>);
        let cases: &[Case] = &[
            (&[], 0, 0, None),
            (&[10.0], 1, 0, None),
            (&[10.0], 0, 0, Some(10.0)),
            (&[10.0], 0, 5, Some(15.0)),
            // Tomorrow has not been seen yet: the day after is as today.
            (&[10.0], 0, 47, Some(33.0)),
            (&[10.0, 30.0], 0, 5, Some(25.0)),
            // At 22:00 of the second day: its last two hours have been seen once.
            (&[10.0, 30.0], 2, 1, Some(33.0)),
            (&[10.0, 30.0], 2, 2, Some(20.0)),
            (&week[..6], 0, 0, Some(220.0 / 6.0)),
            (&week, 0, 3, Some(73.0)),
            (&week, 0, 27, Some(13.0)),
            (&two_weeks, 0, 3, Some(77.0)),
            (&two_weeks, 24, 3, Some(63.0)),
        ];
        for &(levels, missing, ahead, expected) in cases {
            let mut seen = days(levels);
            seen.truncate(seen.len() - missing);
            assert_eq!(
                expected_rps(&seen, ahead),
                expected,
                "{levels:?} less {missing}, {ahead} ahead"
            );
        }
    }
}
