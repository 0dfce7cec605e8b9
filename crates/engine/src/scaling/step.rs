//! Step scaling: the step that a metric lies in, and the capacity that its adjustment leads to.
//!
//! Source: Application Auto Scaling user guide, "Step scaling policies for Application Auto Scaling" (step adjustments, scaling
//! adjustment types, rounding, MinAdjustmentMagnitude).

use crate::{
    cloudwatch::{
        alarm::{Alarm, Evaluated},
        breach::Datapoint,
    },
    exact,
    plan::{AdjustmentType, Assumptions, StepAdjustment, StepScaling},
};

/// A policy with its alarm.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub configuration: StepScaling,
    pub alarm: Alarm,
}

impl Policy {
    pub(crate) fn new(
        configuration: &StepScaling,
        assumptions: &Assumptions,
        periods: usize,
    ) -> Self {
        Self {
            alarm: Alarm::new(
                &configuration.alarm,
                assumptions.extra_evaluation_range,
                periods,
            ),
            configuration: configuration.clone(),
        }
    }

    /// Evaluates the alarm.
    pub(crate) fn evaluate(&mut self, now_s: f64, datapoint: Option<&Datapoint>) -> Evaluated {
        let stays = datapoint.is_some_and(|datapoint| self.alarm.follow(datapoint));
        if !stays {
            self.alarm.evaluate(now_s, datapoint);
        }
        Evaluated {
            asks_for_change: self.alarm.asks_for_change(),
            may_have_changed: !stays,
        }
    }

    /// Returns the step that the metric lies in. Above the threshold a step includes its lower bound, below it its upper bound; a
    /// metric just at the threshold goes with the alarm's comparison (assumed).
    pub(super) fn step(&self, metric: f64) -> Option<&StepAdjustment> {
        let alarm = self.alarm.configuration();
        let distance = exact::number_of(metric - alarm.threshold, metric.max(alarm.threshold));
        // rule: step.at-threshold
        let above = distance > 0.0 || (distance == 0.0 && alarm.comparison.is_upward());
        self.configuration.steps.iter().find(|step| {
            // rule: step.bounds
            if above {
                step.lower <= distance && distance < step.upper
            } else {
                step.lower < distance && distance <= step.upper
            }
        })
    }

    /// Returns whether it removes from a capacity wherever on its alarm's side of the threshold the metric lies: there are steps for
    /// all of that side, and each removes.
    pub(super) fn only_removes(&self, capacity: u32) -> bool {
        let steps = || self.configuration.steps_there();
        let (lowest, highest) = match self.configuration.alarm.comparison.is_upward() {
            true => (0.0, f64::INFINITY),
            false => (f64::NEG_INFINITY, 0.0),
        };
        steps().all(|step| self.change(capacity, step) < 0)
            && steps().any(|step| step.lower <= lowest)
            && steps().any(|step| step.upper >= highest)
    }

    /// Returns the instances that a step adds to or removes from a capacity.
    pub(super) fn change(&self, capacity: u32, step: &StepAdjustment) -> i32 {
        let StepScaling {
            adjustment_type,
            min_adjustment_magnitude,
            ..
        } = self.configuration;
        change(
            capacity,
            adjustment_type,
            step.adjustment,
            min_adjustment_magnitude,
        )
    }
}

/// Returns the instances that an adjustment adds to or removes from a capacity. Percentages are rounded towards zero, but to at
/// least one instance; then MinAdjustmentMagnitude holds.
fn change(capacity: u32, adjustment_type: AdjustmentType, adjustment: i32, magnitude: u32) -> i32 {
    let now = i64::from(capacity);
    let by = i64::from(adjustment);
    // rule: step.adjustment-types
    let change = match adjustment_type {
        AdjustmentType::ChangeInCapacity => by,
        AdjustmentType::ExactCapacity => by - now,
        AdjustmentType::PercentChangeInCapacity if by == 0 || now == 0 => 0,
        AdjustmentType::PercentChangeInCapacity => {
            // rule: step.rounding
            let rounded = (now * by / 100).abs().max(1);
            // rule: step.min-adjustment-magnitude
            rounded.max(i64::from(magnitude)) * by.signum()
        }
    };
    change.clamp(-i64::from(u32::MAX / 4), i64::from(u32::MAX / 4)) as i32
}

/// Returns a capacity after a change of it.
pub(super) fn changed(capacity: u32, change: i32) -> u32 {
    capacity.saturating_add_signed(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Comparison, Metric, MetricAlarm, Statistic, TreatMissingData};

    fn policy(upward: bool, steps: &[(f64, f64, i32)]) -> Policy {
        let configuration = StepScaling {
            index: 0,
            alarm: MetricAlarm {
                metric: Metric::InvocationsPerInstance,
                statistic: Statistic::Sum,
                period_s: 60,
                evaluation_periods: 1,
                datapoints_to_alarm: 1,
                threshold: 50.0,
                comparison: if upward {
                    Comparison::GreaterThanOrEqualToThreshold
                } else {
                    Comparison::LessThanOrEqualToThreshold
                },
                treat_missing_data: TreatMissingData::Missing,
            },
            adjustment_type: AdjustmentType::PercentChangeInCapacity,
            steps: steps
                .iter()
                .map(|&(lower, upper, adjustment)| StepAdjustment {
                    lower,
                    upper,
                    adjustment,
                })
                .collect(),
            min_adjustment_magnitude: 0,
            cooldown_s: 300.0,
            is_simple: false,
        };
        Policy::new(&configuration, &Assumptions::default(), 1)
    }

    #[test]
    fn the_user_guides_worked_example() {
        const INF: f64 = f64::INFINITY;
        let out = policy(true, &[(0.0, 10.0, 0), (10.0, 20.0, 10), (20.0, INF, 30)]);
        let scale_in = policy(
            false,
            &[(-10.0, 0.0, 0), (-20.0, -10.0, -10), (-INF, -20.0, -30)],
        );
        let cases: [(&Policy, u32, f64, u32); 10] = [
            (&out, 10, 60.0, 11),
            (&out, 11, 70.0, 14),
            (&out, 10, 50.0, 10),
            (&out, 10, 59.9, 10),
            (&out, 10, 69.9, 11),
            (&scale_in, 14, 40.0, 13),
            (&scale_in, 13, 30.0, 10),
            (&scale_in, 13, 50.0, 13),
            (&scale_in, 13, 40.1, 13),
            (&scale_in, 13, 30.1, 12),
        ];
        for (policy, capacity, metric, expected) in cases {
            let step = policy.step(metric).unwrap();
            let new = changed(capacity, policy.change(capacity, step));
            assert_eq!(new, expected, "{capacity} at {metric}");
        }
        assert_eq!(out.step(49.0), None);
        assert_eq!(scale_in.step(51.0), None);
    }

    #[test]
    fn adjustments_of_every_type() {
        use AdjustmentType::*;
        // Percentages of the user guide: 12.7 becomes 12, 0.67 1, -0.58 -1, -6.67 -6; 25 % of 4 with a magnitude of 2 adds 2.
        for (capacity, adjustment_type, adjustment, magnitude, expected) in [
            (127, PercentChangeInCapacity, 10, 0, 12),
            (67, PercentChangeInCapacity, 1, 0, 1),
            (58, PercentChangeInCapacity, -1, 0, -1),
            (667, PercentChangeInCapacity, -1, 0, -6),
            (4, PercentChangeInCapacity, 25, 2, 2),
            (4, PercentChangeInCapacity, -25, 2, -2),
            (4, PercentChangeInCapacity, 0, 2, 0),
            (8, PercentChangeInCapacity, -25, 0, -2),
            (10, PercentChangeInCapacity, 100, 0, 10),
            (0, PercentChangeInCapacity, 100, 0, 0),
            (3, ChangeInCapacity, 2, 0, 2),
            (3, ChangeInCapacity, -5, 0, -5),
            (3, ExactCapacity, 7, 0, 4),
            (3, ExactCapacity, 0, 0, -3),
            (
                u32::MAX,
                PercentChangeInCapacity,
                i32::MAX,
                u32::MAX,
                1_073_741_823,
            ),
        ] {
            assert_eq!(
                change(capacity, adjustment_type, adjustment, magnitude),
                expected,
                "{adjustment_type:?} {adjustment} of {capacity}"
            );
        }
        assert_eq!(changed(3, -5), 0);
    }
}
