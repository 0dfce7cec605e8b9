//! Target tracking: the two alarms it creates, and the capacity it asks for.
//!
//! Source: Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works".

use crate::{
    cloudwatch::{
        alarm::{Alarm, Evaluated},
        breach::Datapoint,
    },
    exact,
    plan::{Assumptions, Comparison, MetricAlarm, Statistic, TargetTracking},
    run::{Direction, PERIOD_S, TICK_S},
};

/// Removes rounding before the ceiling: 3 × 600 / 600 is 3.
const ROUNDING: f64 = 1e-9;

/// A policy with its alarms.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub configuration: TargetTracking,
    pub high: Alarm,
    pub low: Alarm,
}

impl TargetTracking {
    /// Returns the alarms that the policy creates: AlarmHigh above the target for 3 of 3 minutes, AlarmLow below 0.9 × the target for
    /// 15 of 15. Both are observed in real accounts, not documented; AWS documents only "usually more than 10 % lower". Of a
    /// high-resolution metric 3 of 3 times ten seconds is assumed, and the same fifteen minutes to scale in, as AWS says that it
    /// is no faster then.
    // rule: target-tracking.two-alarms
    #[must_use]
    pub fn alarms(&self, assumptions: &Assumptions) -> [MetricAlarm; 2] {
        let is_high_resolution = self.metric.is_high_resolution();
        // rule: sagemaker.concurrent-requests-alarms
        let period_s = if is_high_resolution { TICK_S } else { PERIOD_S };
        let alarm = |comparison, threshold, datapoints| MetricAlarm {
            metric: self.metric,
            statistic: Statistic::Average,
            period_s,
            evaluation_periods: datapoints,
            datapoints_to_alarm: datapoints,
            threshold,
            comparison,
            treat_missing_data: assumptions.treat_missing_data,
        };
        [
            // rule: target-tracking.alarm-high
            alarm(
                Comparison::GreaterThanThreshold,
                self.target,
                assumptions.alarm_high_datapoints,
            ),
            // rule: target-tracking.alarm-low
            alarm(
                Comparison::LessThanThreshold,
                exact::number(self.target * assumptions.alarm_low_factor),
                assumptions.alarm_low_datapoints * (PERIOD_S / period_s),
            ),
        ]
    }
}

impl Policy {
    /// Returns a policy with its alarms.
    pub(crate) fn new(
        configuration: TargetTracking,
        assumptions: &Assumptions,
        periods: usize,
    ) -> Self {
        let [high, low] = (configuration.alarms(assumptions))
            .map(|alarm| Alarm::new(&alarm, assumptions.extra_evaluation_range, periods));
        Self {
            configuration,
            high,
            low,
        }
    }

    /// Returns the alarm that asks to scale in a direction.
    #[inline]
    pub(super) fn alarm(&self, direction: Direction) -> &Alarm {
        match direction {
            Direction::Out => &self.high,
            Direction::In => &self.low,
        }
    }

    /// Evaluates both alarms.
    #[inline(always)]
    pub(crate) fn evaluate(&mut self, now_s: f64, datapoint: Option<&Datapoint>) -> Evaluated {
        let (high, low) = match datapoint {
            Some(datapoint) => (self.high.follow(datapoint), self.low.follow(datapoint)),
            None => (false, false),
        };
        if !high {
            self.high.evaluate(now_s, datapoint);
        }
        if !low {
            self.low.evaluate(now_s, datapoint);
        }
        Evaluated {
            asks_for_change: self.high.asks_for_change() || self.low.asks_for_change(),
            may_have_changed: !(high & low),
        }
    }
}

/// Returns the capacity that keeps the metric at the target, before any bound: rounded up, so that adding 1.5 adds 2, removing
/// 1.5 removes 1 and removing 0.5 nothing, as the user guides' examples say. One ceiling gives all three; that AWS uses it is
/// assumed. It also is the documented rule against flapping: removing another instance would lift the metric above the target
/// again.
// rule: target-tracking.formula
// rule: target-tracking.anticipated-flapping
pub(super) fn wanted(base: u32, metric: f64, target: f64) -> u32 {
    (f64::from(base) * metric / target - ROUNDING)
        .ceil()
        .max(0.0) as u32
}

/// Margin, in instances, by which the range of a metric is narrowed that leads to a capacity: far above any rounding.
pub(super) const MARGIN: f64 = 1e-6;

/// Returns the metric with which the formula wants `capacity`.
pub(super) fn metric_for(capacity: f64, base: u32, target: f64) -> f64 {
    capacity * target / f64::from(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_follows_the_formula() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/target_tracking.json")).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 9);
        for case in cases {
            let number = |i: usize| case[i].as_f64().unwrap();
            let (min, max) = (number(3) as u32, number(4) as u32);
            let new = wanted(number(0) as u32, number(1), number(2)).clamp(min, max);
            assert_eq!(new, number(5) as u32, "{case}");
        }
    }

    #[test]
    fn rounding_adds_no_instance() {
        for base in 1..2000 {
            assert_eq!(wanted(base, 0.1 + 0.2, 0.3), base);
        }
    }
}
