//! Step scaling: the policy, its steps, its alarm.
//!
//! Source: Application Auto Scaling user guide, "Step scaling policies" (step adjustments); CloudWatch API reference,
//! PutMetricAlarm.

use engine::plan;

use super::{
    super::{
        check::Checks,
        problem::{ProblemKind, StepProblem},
    },
    metric::{self, Machine},
    treat_missing_data,
};
use crate::document::{
    AdjustmentType, ComparisonOperator, MetricAlarm, ScalingPolicy, Statistic, StepAdjustment,
    StepScaling,
};
use crate::limits::MOST_STEP_ADJUSTMENTS;

/// A history of an alarm remembers 128 datapoints, two of which may be missing.
const MOST_DATAPOINTS: u32 = 126;

/// Checks a policy, and makes numbers of it.
// rule: step.magnitude-for-percentages-only
#[inline(never)]
pub(super) fn compile(
    index: usize,
    policy: &ScalingPolicy,
    prefix: &str,
    machine: &Machine,
    checks: &mut Checks,
) -> Option<plan::StepScaling> {
    let given = policy.step_scaling.clone().unwrap_or_default();
    checks.whole("Cooldown", given.cooldown, 0, 86_400);
    check_magnitude(
        given.min_adjustment_magnitude,
        given.adjustment_type,
        checks,
    );
    let steps = steps(&given, prefix, checks);
    checks.within(prefix.to_owned());
    let alarm = alarm_of(policy, machine, checks)?;
    Some(plan::StepScaling {
        index,
        alarm,
        adjustment_type: adjustment_type(given.adjustment_type),
        steps,
        min_adjustment_magnitude: given.min_adjustment_magnitude.unwrap_or(0),
        cooldown_s: f64::from(given.cooldown),
        is_simple: false,
    })
}

/// The engine's word for it.
pub(super) fn adjustment_type(given: AdjustmentType) -> plan::AdjustmentType {
    match given {
        AdjustmentType::ChangeInCapacity => plan::AdjustmentType::ChangeInCapacity,
        AdjustmentType::ExactCapacity => plan::AdjustmentType::ExactCapacity,
        AdjustmentType::PercentChangeInCapacity => plan::AdjustmentType::PercentChangeInCapacity,
    }
}

/// A MinAdjustmentMagnitude, where it is given, goes with percentages.
pub(super) fn check_magnitude(
    magnitude: Option<u32>,
    adjustment_type: AdjustmentType,
    checks: &mut Checks,
) {
    let Some(magnitude) = magnitude else { return };
    checks.whole("MinAdjustmentMagnitude", magnitude, 0, 10_000);
    if magnitude > 0 && adjustment_type != AdjustmentType::PercentChangeInCapacity {
        checks.problem("MinAdjustmentMagnitude", ProblemKind::OnlyForPercent);
    }
}

/// Steps in order of their bounds; whatever AWS refuses is a problem.
// rule: policies.quota-steps
fn steps(given: &StepScaling, prefix: &str, checks: &mut Checks) -> Vec<plan::StepAdjustment> {
    if given.steps.is_empty() {
        checks.problem("StepAdjustments", ProblemKind::Missing);
    }
    if !checks.list("StepAdjustments", given.steps.len(), MOST_STEP_ADJUSTMENTS) {
        return Vec::new();
    }
    for (i, step) in given.steps.iter().enumerate() {
        checks.within(format!("{prefix}StepAdjustments[{i}]."));
        let least = match given.adjustment_type {
            AdjustmentType::ExactCapacity => 0.0,
            _ => -10_000.0,
        };
        checks.number(
            "ScalingAdjustment",
            f64::from(step.adjustment),
            least,
            10_000.0,
        );
        for (field, bound) in [(LOWER, step.lower), (UPPER, step.upper)] {
            checks.number_if(field, bound, -1e9, 1e9);
        }
        if let Some((field, problem)) = wrong_alone(step) {
            checks.problem(field, ProblemKind::Step(problem));
        }
    }
    let mut sorted: Vec<(usize, plan::StepAdjustment)> = given
        .steps
        .iter()
        .map(|step| plan::StepAdjustment {
            lower: step.lower.unwrap_or(f64::NEG_INFINITY),
            upper: step.upper.unwrap_or(f64::INFINITY),
            adjustment: step.adjustment,
        })
        .enumerate()
        .collect();
    sorted.sort_by(|(_, a), (_, b)| a.lower.total_cmp(&b.lower));
    for (i, field, problem) in wrong_together(&sorted) {
        checks.within(format!("{prefix}StepAdjustments[{i}]."));
        checks.problem(field, ProblemKind::Step(problem));
    }
    sorted.into_iter().map(|(_, step)| step).collect()
}

const LOWER: &str = "MetricIntervalLowerBound";
const UPPER: &str = "MetricIntervalUpperBound";

// rule: step.one-adjustment
fn wrong_alone(step: &StepAdjustment) -> Option<(&'static str, StepProblem)> {
    match (step.lower, step.upper) {
        (None, None) => Some((LOWER, StepProblem::NoBounds)),
        (Some(lower), Some(upper)) if upper <= lower => Some((UPPER, StepProblem::NotAboveLower)),
        _ => None,
    }
}

/// What is wrong between steps, which are in order of their lower bounds.
// rule: step.no-gap-no-overlap
fn wrong_together(
    steps: &[(usize, plan::StepAdjustment)],
) -> Vec<(usize, &'static str, StepProblem)> {
    let mut wrong = Vec::new();
    for ((_, before), (i, step)) in steps.iter().zip(steps.iter().skip(1)) {
        let problem = if step.lower == f64::NEG_INFINITY {
            StepProblem::TwoWithoutLower
        } else if before.upper == f64::INFINITY && step.upper == f64::INFINITY {
            StepProblem::TwoWithoutUpper
        } else if step.lower < before.upper {
            StepProblem::Overlaps
        } else if step.lower > before.upper {
            StepProblem::LeavesGap
        } else {
            continue;
        };
        let field = match problem {
            StepProblem::TwoWithoutUpper => UPPER,
            _ => LOWER,
        };
        wrong.push((*i, field, problem));
    }
    if let (Some((first, lowest)), Some((last, highest))) = (steps.first(), steps.last()) {
        if lowest.lower.is_finite() && lowest.lower < 0.0 {
            wrong.push((*first, LOWER, StepProblem::OpenBelowNeeded));
        }
        if highest.upper.is_finite() && highest.upper > 0.0 {
            wrong.push((*last, UPPER, StepProblem::OpenAboveNeeded));
        }
    }
    wrong
}

/// The same of a policy's own; without one nothing triggers the policy.
pub(super) fn alarm_of(
    policy: &ScalingPolicy,
    machine: &Machine,
    checks: &mut Checks,
) -> Option<plan::MetricAlarm> {
    let Some(given) = &policy.alarm else {
        let is_simple = policy.simple_scaling.is_some();
        checks.problem("Alarm", ProblemKind::NoAlarm { is_simple });
        return None;
    };
    alarm(given, machine, checks)
}

/// Checks an alarm, and makes numbers of it.
// rule: alarm.longest-evaluation
// rule: step.own-alarm
fn alarm(given: &MetricAlarm, machine: &Machine, checks: &mut Checks) -> Option<plan::MetricAlarm> {
    let name = given.metric_name;
    metric::check(
        name,
        machine.rules.platform,
        given.namespace.as_deref(),
        &given.dimensions,
        given.statistic,
        checks,
    );
    let is_high_resolution = name.is_high_resolution();
    if !(is_high_resolution && [10, 20, 30].contains(&given.period)) {
        checks.whole("Period", given.period, 60, 86_400);
        if given.period > 60 && !given.period.is_multiple_of(60) {
            checks.problem("Period", ProblemKind::NotWholeMinutes);
        }
    }
    checks.whole(
        "EvaluationPeriods",
        given.evaluation_periods,
        1,
        MOST_DATAPOINTS,
    );
    // PutMetricAlarm: a day at most, a week where a period is an hour or longer.
    let most_s = if given.period < 3600 { 86_400 } else { 604_800 };
    if given.period.saturating_mul(given.evaluation_periods) > most_s {
        let max = f64::from((most_s / given.period.max(1)).min(MOST_DATAPOINTS));
        checks.problem("EvaluationPeriods", ProblemKind::TooLarge { max });
    }
    let datapoints = given
        .datapoints_to_alarm
        .unwrap_or(given.evaluation_periods);
    checks.whole("DatapointsToAlarm", datapoints, 1, MOST_DATAPOINTS);
    checks.stays_below(
        "DatapointsToAlarm",
        Some(f64::from(datapoints)),
        "EvaluationPeriods",
        Some(f64::from(given.evaluation_periods)),
    );
    checks.number_if("Threshold", given.threshold, -1e9, 1e9);
    let metric = match machine.metric(name) {
        Ok(metric) => metric,
        Err(problem) => {
            checks.problem("MetricName", problem);
            return None;
        }
    };
    let statistic = given.statistic.unwrap_or(name.statistic());
    let formula = metric::usual(name, &metric, machine.formula());
    Some(plan::MetricAlarm {
        metric,
        statistic: match statistic {
            Statistic::Sum => plan::Statistic::Sum,
            Statistic::Average => plan::Statistic::Average,
            Statistic::Minimum => plan::Statistic::Minimum,
            Statistic::Maximum => plan::Statistic::Maximum,
        },
        period_s: given.period,
        evaluation_periods: given.evaluation_periods,
        datapoints_to_alarm: datapoints,
        threshold: given.threshold.unwrap_or(match statistic {
            Statistic::Sum if name.counts_requests() => formula * f64::from(given.period / 60),
            _ => formula,
        }),
        comparison: match given.comparison {
            ComparisonOperator::GreaterThanThreshold => plan::Comparison::GreaterThanThreshold,
            ComparisonOperator::GreaterThanOrEqualToThreshold => {
                plan::Comparison::GreaterThanOrEqualToThreshold
            }
            ComparisonOperator::LessThanThreshold => plan::Comparison::LessThanThreshold,
            ComparisonOperator::LessThanOrEqualToThreshold => {
                plan::Comparison::LessThanOrEqualToThreshold
            }
        },
        treat_missing_data: treat_missing_data(given.treat_missing_data),
    })
}
