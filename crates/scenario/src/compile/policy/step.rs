//! Step scaling: the policy, its steps, its alarm.
//!
//! Source: Application Auto Scaling user guide, "Step scaling policies" (step adjustments); CloudWatch API reference,
//! PutMetricAlarm.

use engine::{plan, sort_by_number};

use super::{
    super::{
        check::{Checks, ItemChecks},
        problem::{ProblemKind, StepProblem},
    },
    metric::{self, Machine},
    treat_missing_data,
};
use crate::{
    document::{
        AdjustmentType, ComparisonOperator, MOST_ADJUSTMENT, MOST_DATAPOINTS, MetricAlarm,
        ScalingPolicy, Statistic, StepAdjustment, StepScaling,
    },
    field::{Field, ItemId, StepField},
    limits::MOST_STEP_ADJUSTMENTS,
};

/// Checks a policy, and makes numbers of it.
// rule: step.magnitude-for-percentages-only
pub(super) fn compile(
    index: usize,
    policy: &ScalingPolicy,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::StepScaling> {
    let given = policy.step_scaling.clone().unwrap_or_default();
    check_magnitude(
        given.min_adjustment_magnitude,
        given.adjustment_type,
        checks,
    );
    let steps = steps(&given, checks);
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

/// Returns the engine's adjustment type.
pub(super) fn adjustment_type(given: AdjustmentType) -> plan::AdjustmentType {
    match given {
        AdjustmentType::ChangeInCapacity => plan::AdjustmentType::ChangeInCapacity,
        AdjustmentType::ExactCapacity => plan::AdjustmentType::ExactCapacity,
        AdjustmentType::PercentChangeInCapacity => plan::AdjustmentType::PercentChangeInCapacity,
    }
}

/// Checks that a MinAdjustmentMagnitude, where it is given, goes with percentages.
pub(super) fn check_magnitude(
    magnitude: Option<u32>,
    adjustment_type: AdjustmentType,
    checks: &mut ItemChecks<'_>,
) {
    let Some(magnitude) = magnitude else { return };
    if magnitude > 0 && adjustment_type != AdjustmentType::PercentChangeInCapacity {
        checks.problem(
            StepScaling::min_adjustment_magnitude,
            ProblemKind::OnlyForPercent,
        );
    }
}

/// Checks that an exact capacity is not below zero.
pub(super) fn check_exact(
    field: Field,
    adjustment_type: AdjustmentType,
    adjustment: i32,
    checks: &mut Checks,
) {
    let is_below = (-(MOST_ADJUSTMENT as i32)..0).contains(&adjustment);
    if adjustment_type == AdjustmentType::ExactCapacity && is_below {
        checks.problem(field, ProblemKind::TooSmall { min: 0.0 });
    }
}

/// Steps in order of their bounds; whatever AWS refuses is a problem.
// rule: policies.quota-steps
fn steps(given: &StepScaling, checks: &mut ItemChecks<'_>) -> Vec<plan::StepAdjustment> {
    if given.steps.is_empty() {
        checks.problem(StepScaling::steps, ProblemKind::Missing);
    }
    if !checks.list(StepScaling::steps, given.steps.len(), MOST_STEP_ADJUSTMENTS) {
        return Vec::new();
    }
    let policy = checks.id;
    let checks = &mut *checks.checks;
    for (id, step) in given.steps.numbered() {
        let field = StepAdjustment::adjustment.of(policy, id);
        check_exact(field, given.adjustment_type, step.adjustment, checks);
        if let Some((field, problem)) = wrong_alone(step) {
            checks.problem(field.of(policy, id), ProblemKind::Step(problem));
        }
    }
    let planned = |(id, step): (ItemId, &StepAdjustment)| {
        let step = plan::StepAdjustment {
            lower: step.lower.unwrap_or(f64::NEG_INFINITY),
            upper: step.upper.unwrap_or(f64::INFINITY),
            adjustment: step.adjustment,
        };
        (id, step)
    };
    let mut sorted: Vec<(ItemId, plan::StepAdjustment)> =
        given.steps.numbered().map(planned).collect();
    sort_by_number(&mut sorted, |(_, step)| step.lower);
    for (id, field, problem) in wrong_together(&sorted) {
        checks.problem(field.of(policy, id), ProblemKind::Step(problem));
    }
    sorted.into_iter().map(|(_, step)| step).collect()
}

const LOWER: StepField = StepAdjustment::lower;
const UPPER: StepField = StepAdjustment::upper;

// rule: step.one-adjustment
fn wrong_alone(step: &StepAdjustment) -> Option<(StepField, StepProblem)> {
    match (step.lower, step.upper) {
        (None, None) => Some((LOWER, StepProblem::NoBounds)),
        (Some(lower), Some(upper)) if upper <= lower => Some((UPPER, StepProblem::NotAboveLower)),
        _ => None,
    }
}

/// What is wrong between steps, which are in order of their lower bounds.
// rule: step.no-gap-no-overlap
fn wrong_together(
    steps: &[(ItemId, plan::StepAdjustment)],
) -> Vec<(ItemId, StepField, StepProblem)> {
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

/// Compiles the alarm of a policy; without one nothing triggers the policy.
pub(super) fn alarm_of(
    policy: &ScalingPolicy,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::MetricAlarm> {
    let Some(given) = &policy.alarm else {
        let is_simple = policy.simple_scaling.is_some();
        checks.problem(ScalingPolicy::alarm, ProblemKind::NoAlarm { is_simple });
        return None;
    };
    alarm(given, machine, checks)
}

/// Checks an alarm, and makes numbers of it.
// rule: alarm.longest-evaluation
// rule: step.own-alarm
fn alarm(
    given: &MetricAlarm,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::MetricAlarm> {
    let name = given.metric_name;
    metric::check(
        name,
        machine.rules.platform,
        given.namespace.as_deref(),
        &given.dimensions,
        given.statistic,
        checks,
    );
    if !(name.spec().is_high_resolution && [10, 20, 30].contains(&given.period)) {
        checks.number_if(
            MetricAlarm::period,
            Some(f64::from(given.period)),
            60.0,
            86_400.0,
        );
        if given.period > 60 && !given.period.is_multiple_of(60) {
            checks.problem(MetricAlarm::period, ProblemKind::NotWholeMinutes);
        }
    }
    // PutMetricAlarm: a day at most, a week where a period is an hour or longer.
    let most_s = if given.period < 3600 { 86_400 } else { 604_800 };
    if given.period.saturating_mul(given.evaluation_periods) > most_s {
        let max = f64::from(most_s / given.period.max(1)).min(MOST_DATAPOINTS);
        checks.problem(
            MetricAlarm::evaluation_periods,
            ProblemKind::TooLarge { max },
        );
    }
    let datapoints = given
        .datapoints_to_alarm
        .unwrap_or(given.evaluation_periods);
    checks.checks.stays_below(
        MetricAlarm::datapoints_to_alarm.of(checks.id),
        Some(f64::from(datapoints)),
        MetricAlarm::evaluation_periods.of(checks.id),
        Some(f64::from(given.evaluation_periods)),
    );
    let metric = match machine.metric(name) {
        Ok(metric) => metric,
        Err(problem) => {
            checks.problem(MetricAlarm::metric_name, problem);
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
