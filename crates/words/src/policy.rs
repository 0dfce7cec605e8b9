//! What a policy saw and reckoned, in words: its alarm, and the sum that gave the capacity it asks for.

use engine::{
    plan::{AdjustmentType, StepAdjustment},
    run::{Decision, Direction, PERIOD_S, Prediction, Rule, Step, TICK_S},
};
use scenario::{
    compile::Compiled,
    document::{self, ComparisonOperator, MetricName, ScalingPolicy, Scenario},
};

use crate::{Words, moment::wall};

impl Words {
    /// The alarm and the sum: `InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15`.
    pub(crate) fn alarm_and_sum(self, decision: &Decision, scenario: &Scenario) -> String {
        let policy = scenario.policies.get(decision.policy);
        let target = match decision.rule {
            Rule::TargetTracking { target } => target,
            Rule::StepScaling(step) => return self.alarm_and_step(decision, policy, step),
        };
        let is_out = decision.direction == Direction::Out;
        let metric = self.true_metric(decision.metric, &|shown| {
            let breaches = match is_out {
                true => shown > decision.threshold,
                false => shown < decision.threshold,
            };
            let wanted = (f64::from(decision.base) * shown / target - 1e-9).ceil();
            breaches && wanted == f64::from(decision.wanted)
        });
        let sign = if is_out { ">" } else { "<" };
        let comparison = self.comparison(policy, &metric, sign, decision.threshold);
        let by_tick = policy.is_some_and(|policy| policy.metric().is_high_resolution());
        let period_s = if by_tick { TICK_S } else { PERIOD_S };
        let alarm = self.alarm_over(&comparison, decision, period_s);
        let sum = self.capacity_sum(
            &self.count(decision.base),
            &metric,
            &self.number(target, 2),
            &self.count(decision.wanted),
        );
        self.clauses(&alarm, &sum)
    }

    /// `InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes`.
    fn alarm_over(self, comparison: &str, decision: &Decision, period_s: u32) -> String {
        let breaching = self.count(decision.breaching);
        let datapoints = self.count(decision.datapoints);
        if period_s == PERIOD_S {
            self.alarm_by_minutes(comparison, &breaching, &datapoints)
        } else {
            self.alarm_over_periods(comparison, &breaching, &datapoints, period_s)
        }
    }

    #[inline(never)]
    fn alarm_over_periods(
        self,
        comparison: &str,
        breaching: &str,
        datapoints: &str,
        period_s: u32,
    ) -> String {
        let period = self.duration_short(f64::from(period_s));
        self.alarm_by_periods(comparison, breaching, datapoints, &period)
    }

    /// The same of a step scaling policy: its own alarm, and the step where the metric lies.
    #[inline(never)]
    fn alarm_and_step(
        self,
        decision: &Decision,
        policy: Option<&ScalingPolicy>,
        step: Option<Step>,
    ) -> String {
        let threshold = decision.threshold;
        let own = policy.and_then(|policy| policy.alarm.clone());
        let own = own.unwrap_or_default();
        let metric = self.true_metric(decision.metric, &|shown| {
            let breaches = match own.comparison {
                ComparisonOperator::GreaterThanThreshold => shown > threshold,
                ComparisonOperator::GreaterThanOrEqualToThreshold => shown >= threshold,
                ComparisonOperator::LessThanThreshold => shown < threshold,
                ComparisonOperator::LessThanOrEqualToThreshold => shown <= threshold,
            };
            let distance = shown - threshold;
            let lies = |step: Step| step.step.lower <= distance && distance <= step.step.upper;
            breaches && step.is_none_or(lies)
        });
        let comparison = self.comparison(policy, &metric, sign(own.comparison), threshold);
        let alarm = self.alarm_over(&comparison, decision, own.period);
        let Some(step) = step else { return alarm };
        let least =
            policy.and_then(|policy| policy.step_scaling.as_ref()?.min_adjustment_magnitude);
        let wanted = self.count(decision.wanted);
        let sum = self.step_sum(&step, decision.base, least.unwrap_or(0), &wanted);
        self.clauses(&alarm, &sum)
    }

    /// The forecast and the sum: `Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7`.
    #[inline(never)]
    pub(crate) fn forecast_says(
        self,
        prediction: &Prediction,
        start_s: f64,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let index = prediction.policy;
        let predictive = compiled.plan.predictive.as_ref();
        let policy = predictive.and_then(|it| it.policies.iter().find(|p| p.index == index));
        let (Some(policy), Some(given)) = (policy, scenario.policies.get(index)) else {
            return String::new();
        };
        let target = policy.target;
        let load = prediction.rps * 60.0 * policy.metric.per_invocation();
        let load = self.true_metric(load, &|shown| {
            (shown / target - 1e-9).ceil() == f64::from(prediction.capacity)
        });
        let pair = match given.metric() {
            MetricName::CpuUtilization => "ASGCPUUtilization",
            _ => "ALBRequestCount",
        };
        let start = wall(&compiled.clock, start_s);
        let hour = wall(&compiled.clock, prediction.hour_s);
        let wanted = self.count(prediction.capacity);
        let target = self.number(target, 2);
        let forecast = self.forecast_for(&self.time_beside(hour, start), pair, &load);
        let mut text = self.clauses(&forecast, &self.forecast_sum(&load, &target, &wanted));
        if scenario.policies.len() > 1 {
            text = self.policy_says(&given.policy_name, &text);
        }
        let max = self.count(prediction.max);
        if prediction.capacity > prediction.max {
            text = self.bounded(&text, &self.capped_by_max(&max));
        } else if prediction.raises_max {
            text = [&text, ". ", &*self.max_raised(&max)].concat();
        }
        text
    }

    /// `InvocationsPerInstance 1,402 > 600`.
    fn comparison(
        self,
        policy: Option<&ScalingPolicy>,
        metric: &str,
        sign: &str,
        threshold: f64,
    ) -> String {
        let name = policy.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric);
        let threshold = self.number(threshold, 2);
        [name.name(), " ", metric, " ", sign, " ", &threshold].concat()
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

    /// `least`: the policy's MinAdjustmentMagnitude.
    fn step_sum(self, step: &Step, base: u32, least: u32, wanted: &str) -> String {
        let share = f64::from(base) * f64::from(step.step.adjustment) / 100.0;
        let base = &self.count(base);
        if step.is_simple() {
            return self.simple_sum(step, base, wanted);
        }
        let range = self.step_range(&step.step);
        let change = self.signed(f64::from(step.change));
        match step.adjustment_type {
            AdjustmentType::ChangeInCapacity => {
                let sign = if step.change < 0 { "− " } else { "+ " };
                let count = self.number(f64::from(step.change).abs(), 0);
                self.step_adds(&range, base, &[sign, &count].concat(), wanted)
            }
            AdjustmentType::ExactCapacity => self.step_sets(&range, wanted),
            AdjustmentType::PercentChangeInCapacity => {
                let percent = self.signed(f64::from(step.step.adjustment));
                if share.abs() < f64::from(least) {
                    return self.step_percent_least(&range, &percent, base, &change, wanted);
                }
                self.step_percent(&range, &percent, base, &change, wanted)
            }
        }
    }

    fn simple_sum(self, step: &Step, base: &str, wanted: &str) -> String {
        let change = self.signed(f64::from(step.change));
        match step.adjustment_type {
            AdjustmentType::ChangeInCapacity => [base, " ", &change, " = ", wanted].concat(),
            AdjustmentType::ExactCapacity => self.simple_sets(wanted),
            AdjustmentType::PercentChangeInCapacity => {
                let percent = self.signed(f64::from(step.step.adjustment));
                self.simple_percent(&percent, base, &change, wanted)
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

    /// The metric with as few decimals as what is said of it holds with.
    fn true_metric(self, metric: f64, holds: &dyn Fn(f64) -> bool) -> String {
        let units = [1.0, 10.0, 100.0];
        let is_enough = |unit: &f64| holds((metric * unit).round() / unit);
        let decimals = units.iter().position(is_enough).unwrap_or(3);
        self.number(metric, decimals)
    }
}

/// How an alarm compares.
#[must_use]
pub fn sign(comparison: ComparisonOperator) -> &'static str {
    match comparison {
        ComparisonOperator::GreaterThanThreshold => ">",
        ComparisonOperator::GreaterThanOrEqualToThreshold => "≥",
        ComparisonOperator::LessThanThreshold => "<",
        ComparisonOperator::LessThanOrEqualToThreshold => "≤",
    }
}
