//! What a policy saw and reckoned, in words: its alarm, and the sum that gave the capacity it asks for.

use engine::{
    plan::{AdjustmentType, StepAdjustment},
    run::{Decision, Direction, PERIOD_S, Prediction, Rule, Step, TICK_S},
};
use scenario::{
    compile::Compiled,
    document::{self, ComparisonOperator, MetricName, ScalingPolicy, Scenario},
};

use crate::{
    Words,
    moment::wall,
    number::is_zero,
    rounded::{ALL_DECIMALS, RoundedNumber, decimals_of},
};

impl Words {
    /// The alarm and the sum: `InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15`.
    pub(crate) fn alarm_and_sum(self, decision: &Decision, scenario: &Scenario) -> String {
        let policy = scenario.policies.get(decision.policy);
        if let Rule::StepScaling(step) = decision.rule {
            return self.alarm_and_step(decision, policy, step);
        }
        let Tracked {
            metric,
            threshold,
            target,
        } = Tracked::of(decision, None);
        let metric = self.shown(metric);
        let sign = if decision.direction == Direction::Out {
            ">"
        } else {
            "<"
        };
        let comparison = self.comparison(policy, &metric, sign, &self.shown(threshold));
        let by_tick = policy.is_some_and(|policy| policy.metric().spec().is_high_resolution);
        let period_s = if by_tick { TICK_S } else { PERIOD_S };
        let alarm = self.alarm_over(&comparison, decision, period_s);
        let sum = self.capacity_sum(
            &self.count(decision.base),
            &metric,
            &self.shown(target),
            &self.count(decision.wanted),
        );
        self.clauses(&alarm, &sum)
    }

    /// What the metric would be with one fewer than there are: `Kept 5: with 4 the metric would be 93, above the target of 80 (7 × 53 ÷
    /// 4 = 93)`. `None` where there would be none left, or the target is not exceeded.
    pub(crate) fn one_fewer(self, decision: &Decision, from: u32) -> Option<String> {
        let fewer = from.checked_sub(1).filter(|fewer| *fewer > 0)?;
        let Tracked { metric, target, .. } = Tracked::of(decision, Some(fewer));
        let then = f64::from(decision.base) * metric.value() / f64::from(fewer);
        let then = RoundedNumber::first(then, 0, &|then| then > target.value())?;
        let (base, fewer) = (self.count(decision.base), self.count(fewer));
        let sum = [&*base, " × ", &self.shown(metric), " ÷ ", &fewer].concat();
        Some(self.flapping(
            &self.count(from),
            &fewer,
            &self.shown(then),
            &self.shown(target),
            &sum,
        ))
    }

    /// `InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes`.
    fn alarm_over(self, comparison: &str, decision: &Decision, period_s: u32) -> String {
        let breaching = self.count(decision.breaching);
        let datapoints = self.count(decision.datapoints);
        if period_s == PERIOD_S {
            self.alarm_by_minutes(
                u64::from(decision.datapoints),
                comparison,
                &breaching,
                &datapoints,
            )
        } else {
            self.alarm_over_periods(comparison, decision, period_s)
        }
    }

    fn alarm_over_periods(self, comparison: &str, decision: &Decision, period_s: u32) -> String {
        self.alarm_by_periods(
            u64::from(decision.datapoints),
            comparison,
            &self.count(decision.breaching),
            &self.count(decision.datapoints),
            &self.duration_short(f64::from(period_s)),
        )
    }

    /// The same of a step scaling policy: its own alarm, and the step where the metric lies.
    fn alarm_and_step(
        self,
        decision: &Decision,
        policy: Option<&ScalingPolicy>,
        step: Option<Step>,
    ) -> String {
        let own = policy.and_then(|policy| policy.alarm.clone());
        let own = own.unwrap_or_default();
        let compare = |metric: f64, threshold: f64| match own.comparison {
            ComparisonOperator::GreaterThanThreshold => metric > threshold,
            ComparisonOperator::GreaterThanOrEqualToThreshold => metric >= threshold,
            ComparisonOperator::LessThanThreshold => metric < threshold,
            ComparisonOperator::LessThanOrEqualToThreshold => metric <= threshold,
        };
        // Of M out of N datapoints the newest need not be one that breaches.
        let breaches = compare(decision.metric, decision.threshold);
        let least = decimals_of(decision.threshold);
        let (metric, threshold) = RoundedNumber::pair(
            (decision.metric, least.min(MOST_OF_METRICS)),
            (decision.threshold, least),
            &|metric, threshold| {
                compare(metric, threshold) == breaches
                    && step.is_none_or(|step| lies(metric - threshold, &step.step))
            },
        );
        let (metric, threshold) = (self.shown(metric), self.shown(threshold));
        let sign = sign(own.comparison);
        let comparison = match breaches {
            true => self.comparison(policy, &metric, sign, &threshold),
            false => {
                let bound = [sign, " ", &threshold].concat();
                self.newest_and_bound(metric_name(policy), &metric, &bound)
            }
        };
        let alarm = self.alarm_over(&comparison, decision, own.period);
        let Some(step) = step else { return alarm };
        let least =
            policy.and_then(|policy| policy.step_scaling.as_ref()?.min_adjustment_magnitude);
        let wanted = self.count(decision.wanted);
        let sum = self.step_sum(&step, decision.base, least.unwrap_or(0), &wanted);
        self.clauses(&alarm, &sum)
    }

    /// The forecast and the sum: `Forecast for 09:00: ALBRequestCount 4,080; ceil(4,080 ÷ 600) = 7`.
    pub(crate) fn forecast_says(
        self,
        prediction: &Prediction,
        start_s: f64,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let index = prediction.policy;
        let predictive = compiled.plan.resource.predictive();
        let policy = predictive.and_then(|it| it.policies.iter().find(|p| p.index == index));
        let (Some(policy), Some(given)) = (policy, scenario.policies.get(index)) else {
            return String::new();
        };
        let target = policy.target;
        let load = prediction.rps * 60.0 * policy.metric.per_invocation();
        let least = decimals_of(target);
        let (load, target) = RoundedNumber::pair((load, 0), (target, least), &|load, target| {
            ceiling(load / target) == f64::from(prediction.capacity)
        });
        let (load, target) = (self.shown(load), self.shown(target));
        let pair = given.metric().spec().pair.unwrap_or_default().name();
        let start = wall(&compiled.clock, start_s);
        let hour = wall(&compiled.clock, prediction.hour_s);
        let wanted = self.count(prediction.capacity);
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
        threshold: &str,
    ) -> String {
        [metric_name(policy), " ", metric, " ", sign, " ", threshold].concat()
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
        if step.is_simple() {
            return self.simple_sum(step, base, wanted);
        }
        let range = self.step_range(&step.step);
        let change = self.signed(f64::from(step.change));
        match step.adjustment_type {
            AdjustmentType::ChangeInCapacity => {
                self.step_adds(&range, &self.added(step, base), wanted)
            }
            AdjustmentType::ExactCapacity => self.step_sets(&range, wanted),
            AdjustmentType::PercentChangeInCapacity => {
                let percent = self.signed(f64::from(step.step.adjustment));
                let base = &self.count(base);
                if share.abs() < f64::from(least) {
                    return self.step_percent_least(&range, &percent, base, &change, wanted);
                }
                self.step_percent(&range, &percent, base, &change, wanted)
            }
        }
    }

    fn simple_sum(self, step: &Step, base: u32, wanted: &str) -> String {
        match step.adjustment_type {
            AdjustmentType::ChangeInCapacity => [&*self.added(step, base), " = ", wanted].concat(),
            AdjustmentType::ExactCapacity => self.simple_sets(wanted),
            AdjustmentType::PercentChangeInCapacity => {
                let percent = self.signed(f64::from(step.step.adjustment));
                let change = self.signed(f64::from(step.change));
                self.simple_percent(&percent, &self.count(base), &change, wanted)
            }
        }
    }

    /// `10 + 2`; `max(0, 3 − 5)` where more is taken than there is.
    fn added(self, step: &Step, base: u32) -> String {
        let sign = if step.change < 0 { " − " } else { " + " };
        let change = self.count(step.change.unsigned_abs());
        let sum = [&*self.count(base), sign, &change].concat();
        match base.checked_add_signed(step.change) {
            Some(_) => sum,
            None => ["max(0, ", &sum, ")"].concat(),
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
        let number = self.number(value.abs(), decimals_of(value));
        let sign = match value {
            _ if is_zero(&number) => "",
            value if value > 0.0 => "+",
            _ => "−",
        };
        [sign, &number].concat()
    }
}

/// What a target-tracking policy compared and reckoned with, as it is written.
struct Tracked {
    metric: RoundedNumber,
    threshold: RoundedNumber,
    target: RoundedNumber,
}

impl Tracked {
    /// With as few decimals as the comparison and the sum hold with; also that `fewer` instances would exceed the target again,
    /// where that is to be said.
    fn of(decision: &Decision, fewer: Option<u32>) -> Self {
        let target = match decision.rule {
            Rule::TargetTracking { target } => target,
            Rule::StepScaling(_) => decision.threshold,
        };
        let threshold = decision.threshold;
        let least = decimals_of(threshold).max(decimals_of(target));
        let is_out = decision.direction == Direction::Out;
        let base = f64::from(decision.base);
        let mut all = Self {
            metric: RoundedNumber::new(decision.metric, least.min(MOST_OF_METRICS)),
            threshold: RoundedNumber::new(threshold, decimals_of(threshold)),
            target: RoundedNumber::new(target, decimals_of(target)),
        };
        for decimals in 0..=ALL_DECIMALS {
            let at_least = |shown: RoundedNumber| {
                RoundedNumber::new(shown.exact, shown.decimals.max(decimals))
            };
            all = Self {
                metric: at_least(all.metric),
                threshold: at_least(all.threshold),
                target: at_least(all.target),
            };
            let [metric, threshold, target] =
                [all.metric, all.threshold, all.target].map(RoundedNumber::value);
            let breaches = match is_out {
                true => metric > threshold,
                false => metric < threshold,
            };
            let again = fewer.is_none_or(|fewer| base * metric / f64::from(fewer) > target);
            if breaches && again && ceiling(base * metric / target) == f64::from(decision.wanted) {
                break;
            }
        }
        all
    }
}

/// Most decimals of a metric, unless what is said of it takes more.
const MOST_OF_METRICS: usize = 3;

/// As the engine rounds up: what floating point adds is no instance.
fn ceiling(instances: f64) -> f64 {
    (instances - 1e-9).ceil().max(0.0)
}

/// Whether a metric so far from its threshold lies in a step: above it a step holds its lower bound, below it its upper one.
fn lies(distance: f64, step: &StepAdjustment) -> bool {
    let rounding = 1e-9 * distance.abs().max(1.0);
    step.lower <= distance + rounding && distance - rounding <= step.upper
}

fn metric_name(policy: Option<&ScalingPolicy>) -> &'static str {
    policy
        .map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric)
        .name()
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
