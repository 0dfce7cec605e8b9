//! What a policy saw and reckoned, in words: its alarm, and the sum that gave the capacity it asks for.

use engine::{
    plan::{AdjustmentType, StepAdjustment},
    run::{Decision, Direction, Rule, Step},
};
use scenario::document::{
    self, ComparisonOperator, MetricAlarm, MetricName, PolicyType, ScalingPolicy, Scenario,
};

use crate::Words;

/// What a policy's alarm looks at, as far as a sentence names it.
struct Alarm {
    metric: &'static str,
    sign: &'static str,
    /// Minutes of a period.
    period_min: u32,
}

impl Words {
    /// The alarm and the sum: `InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15`.
    pub(crate) fn alarm_and_sum(self, decision: &Decision, scenario: &Scenario) -> String {
        let policy = scenario.policies.get(decision.policy);
        let alarm = alarm(policy, decision.direction);
        let metric = self.true_metric(decision, &alarm);
        let threshold = self.number(decision.threshold, 2);
        let (breaching, datapoints) = (
            self.count(decision.breaching),
            self.count(decision.datapoints),
        );
        let comparison = [alarm.metric, " ", &metric, " ", alarm.sign, " ", &threshold].concat();
        let alarm = match alarm.period_min {
            1 => self.alarm_by_minutes(&comparison, &breaching, &datapoints),
            minutes => {
                let period = self.duration_short(f64::from(minutes) * 60.0);
                self.alarm_by_periods(&comparison, &breaching, &datapoints, &period)
            }
        };
        let base = self.count(decision.base);
        let wanted = self.count(decision.wanted);
        match decision.rule {
            Rule::TargetTracking { target } => {
                let sum = self.capacity_sum(&base, &metric, &self.number(target, 2), &wanted);
                self.clauses(&alarm, &sum)
            }
            Rule::StepScaling(Some(step)) => {
                let sum = self.step_sum(&step, &base, &wanted);
                self.clauses(&alarm, &sum)
            }
            Rule::StepScaling(None) => alarm,
        }
    }

    /// A step's ScalingAdjustment: `+2`, `−10 %`, `= 8`.
    #[must_use]
    pub fn adjustment(self, adjustment: i32, adjustment_type: document::AdjustmentType) -> String {
        let change = self.signed(f64::from(adjustment));
        match adjustment_type {
            document::AdjustmentType::ChangeInCapacity if adjustment == 0 => "±0".to_owned(),
            document::AdjustmentType::ChangeInCapacity => change,
            document::AdjustmentType::PercentChangeInCapacity => {
                self.adjustment_says_percent(&change)
            }
            document::AdjustmentType::ExactCapacity => {
                self.adjustment_says_exact(&self.number(f64::from(adjustment), 0))
            }
        }
    }

    fn step_sum(self, step: &Step, base: &str, wanted: &str) -> String {
        let range = self.step_range(&step.step);
        let change = self.signed(f64::from(step.change));
        match step.adjustment_type {
            AdjustmentType::ChangeInCapacity => self.step_adds(&range, base, &change, wanted),
            AdjustmentType::ExactCapacity => self.step_sets(&range, wanted),
            AdjustmentType::PercentChangeInCapacity => {
                let percent = self.signed(f64::from(step.step.adjustment));
                self.step_percent(&range, &percent, base, &change, wanted)
            }
        }
    }

    /// A step's bounds, relative to the threshold.
    #[must_use]
    pub fn step_range(self, step: &StepAdjustment) -> String {
        let (lower, upper) = (self.signed(step.lower), self.signed(step.upper));
        match (step.lower.is_finite(), step.upper.is_finite()) {
            (true, true) => self.step_between(&lower, &upper),
            (true, false) => self.step_from(&lower),
            _ => self.step_up_to(&upper),
        }
    }

    /// A number that is added: with its sign.
    fn signed(self, value: f64) -> String {
        let sign = if value > 0.0 {
            "+"
        } else if value < 0.0 {
            "−"
        } else {
            ""
        };
        [sign, &self.number(value.abs(), 3)].concat()
    }

    /// The metric with as few decimals as keep both the comparison and the sum true.
    fn true_metric(self, decision: &Decision, alarm: &Alarm) -> String {
        let Decision {
            metric,
            threshold,
            base,
            wanted,
            ..
        } = *decision;
        let holds = |decimals: i32| {
            let unit = [1.0, 10.0, 100.0]
                .get(decimals as usize)
                .copied()
                .unwrap_or(1_000.0);
            let shown = (metric * unit).round() / unit;
            let compares = match alarm.sign {
                ">" => shown > threshold,
                "≥" => shown >= threshold,
                "<" => shown < threshold,
                _ => shown <= threshold,
            };
            let sums = match decision.rule {
                Rule::TargetTracking { target } => {
                    (f64::from(base) * shown / target - 1e-9).ceil() == f64::from(wanted)
                }
                Rule::StepScaling(step) => step.is_none_or(|step| {
                    let distance = shown - threshold;
                    step.step.lower <= distance && distance <= step.step.upper
                }),
            };
            compares && sums
        };
        let decimals = (0..3).find(|decimals| holds(*decimals)).unwrap_or(3);
        self.number(metric, decimals as usize)
    }
}

/// A metric's name, as CloudWatch spells it.
#[must_use]
pub fn metric_name(name: MetricName) -> &'static str {
    match name {
        MetricName::InvocationsPerInstance => "InvocationsPerInstance",
        MetricName::CpuUtilization => "CPUUtilization",
        MetricName::GpuUtilization => "GPUUtilization",
        MetricName::ApproximateBacklogSize => "ApproximateBacklogSize",
        MetricName::ApproximateBacklogSizePerInstance => "ApproximateBacklogSizePerInstance",
        MetricName::HasBacklogWithoutCapacity => "HasBacklogWithoutCapacity",
    }
}

fn own_alarm(policy: &ScalingPolicy) -> MetricAlarm {
    policy.alarm.clone().unwrap_or_default()
}

fn alarm(policy: Option<&ScalingPolicy>, direction: Direction) -> Alarm {
    let metric = policy.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric);
    let metric = metric_name(metric);
    match policy.filter(|policy| policy.policy_type == PolicyType::StepScaling) {
        None => Alarm {
            metric,
            sign: match direction {
                Direction::Out => ">",
                Direction::In => "<",
            },
            period_min: 1,
        },
        Some(policy) => {
            let own = own_alarm(policy);
            Alarm {
                metric,
                sign: match own.comparison {
                    ComparisonOperator::GreaterThanThreshold => ">",
                    ComparisonOperator::GreaterThanOrEqualToThreshold => "≥",
                    ComparisonOperator::LessThanThreshold => "<",
                    ComparisonOperator::LessThanOrEqualToThreshold => "≤",
                },
                period_min: own.period / 60,
            }
        }
    }
}
