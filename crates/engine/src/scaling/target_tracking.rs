//! Target tracking: the two alarms it creates, and the capacity it asks for.
//!
//! Source: Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works".

use crate::{
    cloudwatch::alarm::{Alarm, Rule},
    plan::{Assumptions, TargetTracking},
    run::{Decision, Direction, NotScaledReason},
};

/// Takes off rounding before the ceiling: 3 × 600 / 600 is 3.
const ROUNDING: f64 = 1e-9;

/// A policy with its alarms.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub configuration: TargetTracking,
    pub low_threshold: f64,
    pub high: Alarm,
    pub low: Alarm,
    /// One of the two is in ALARM.
    in_alarm: bool,
}

impl Policy {
    /// AlarmHigh above the target for 3 of 3 minutes, AlarmLow below 0.9 × the target for 15 of 15: read off real
    /// accounts, not documented; AWS documents only "usually more than 10 % lower".
    pub(crate) fn new(configuration: TargetTracking, assumptions: &Assumptions) -> Self {
        let rule = |datapoints: u32| {
            // An alarm remembers 128 datapoints.
            let datapoints = datapoints.clamp(1, 126);
            Rule {
                datapoints_to_alarm: datapoints,
                evaluation_periods: datapoints,
                evaluation_range: datapoints
                    .saturating_add(assumptions.extra_evaluation_range)
                    .min(128),
                treat_missing_data: assumptions.treat_missing_data,
            }
        };
        Self {
            configuration,
            low_threshold: configuration.target * assumptions.alarm_low_factor,
            high: Alarm::new(rule(assumptions.alarm_high_datapoints)),
            low: Alarm::new(rule(assumptions.alarm_low_datapoints)),
            in_alarm: false,
        }
    }

    /// Evaluates both alarms. The comparisons are strict (GreaterThanThreshold, LessThanThreshold).
    #[inline(always)]
    pub(crate) fn evaluate(&mut self, now_s: f64, datapoint: Option<f64>) -> Evaluated {
        if let Some(metric) = datapoint {
            let high = self.high.follow(metric > self.configuration.target);
            let low = self.low.follow(metric < self.low_threshold);
            if high & low {
                return Evaluated {
                    in_alarm: self.in_alarm,
                    turned: false,
                };
            }
        }
        self.evaluate_in_full(now_s, datapoint.is_some())
    }

    #[cold]
    fn evaluate_in_full(&mut self, now_s: f64, visible: bool) -> Evaluated {
        self.high.evaluate(now_s, visible);
        self.low.evaluate(now_s, visible);
        self.in_alarm = self.high.in_alarm() || self.low.in_alarm();
        Evaluated {
            in_alarm: self.in_alarm,
            turned: true,
        }
    }
}

/// What came of an evaluation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evaluated {
    /// One of the two is in ALARM.
    pub in_alarm: bool,
    /// The state of one of the two may have changed.
    pub turned: bool,
}

/// Capacity that keeps the metric at the target, before any bound: rounded up, so that adding 1.5 adds 2, removing 1.5
/// removes 1 and removing 0.5 nothing, as the user guides' examples say. One ceiling gives all three; that AWS uses
/// it is assumed. It also is the documented rule against flapping: removing another instance would lift the metric
/// above the target again.
pub(super) fn wanted(base: u32, metric: f64, target: f64) -> u32 {
    (f64::from(base) * metric / target - ROUNDING)
        .ceil()
        .max(0.0) as u32
}

/// Why an answer that leaves desired capacity as it is does so. `waits`: a cooldown that runs.
pub(super) fn why_not(
    decision: &Decision,
    desired: u32,
    waits: Option<NotScaledReason>,
) -> NotScaledReason {
    match decision.direction {
        Direction::Out if desired >= decision.max && decision.wanted >= desired => {
            NotScaledReason::AlreadyAtMaxCapacity
        }
        Direction::Out => waits.unwrap_or(NotScaledReason::AlreadyAtDesiredCapacity),
        Direction::In if desired <= decision.min => NotScaledReason::AlreadyAtMinCapacity,
        Direction::In => NotScaledReason::AutoScalingAnticipatedFlapping,
    }
}

/// The metric from which on an answer stays the same as long as the alarms do; `None` where time can change it too.
pub(super) fn stands_from(
    decision: &Decision,
    desired: u32,
    reason: NotScaledReason,
) -> Option<f64> {
    match reason {
        NotScaledReason::AlreadyAtMinCapacity => Some(0.0),
        // One instance fewer is too few while `wanted` is more than that; the margin is far above any rounding.
        NotScaledReason::AutoScalingAnticipatedFlapping => {
            let fewer = f64::from(desired) - 1.0;
            Some((fewer + 1e-6) * decision.target / f64::from(desired))
        }
        _ => None,
    }
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
