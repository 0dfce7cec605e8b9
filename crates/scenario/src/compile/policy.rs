//! Policies: from `PutScalingPolicy`'s and `PutMetricAlarm`'s shapes to numbers, with AWS's validation rules.
//!
//! Source: Application Auto Scaling user guide, "Step scaling policies" (step adjustments); CloudWatch API reference,
//! PutMetricAlarm; SageMaker developer guide, "Monitor SageMaker with CloudWatch" (metrics and their statistics).

use engine::{plan, sizing};

use super::{
    check::Checks,
    demand::MOST_RPS,
    problem::{ProblemKind, StepProblem},
    warning::Warning,
};
use crate::{
    catalogue::InstanceType,
    document::{
        AdjustmentType, ComparisonOperator, Dimension, LoadTest, MetricAlarm, MetricName,
        PolicyType, ScalingPolicy, Scenario, Statistic, StepAdjustment, StepScaling,
        TargetTracking, TreatMissingData,
    },
};

/// A history of an alarm remembers 128 datapoints, two of which may be missing.
const MOST_DATAPOINTS: u32 = 126;

/// The policies of a scenario as numbers.
#[derive(Default)]
pub(super) struct Policies {
    pub target_tracking: Vec<plan::TargetTracking>,
    pub step_scaling: Vec<plan::StepScaling>,
}

/// Checks policies, and makes numbers of those that are right.
pub(super) fn compile(
    scenario: &Scenario,
    instance: Option<&InstanceType>,
    checks: &mut Checks,
) -> Policies {
    let mut compiled = Policies::default();
    let policies = &scenario.policies;
    if !checks.list("policies", policies.len(), 50) {
        return compiled;
    }
    for (index, policy) in policies.iter().enumerate() {
        let prefix = format!("policies[{index}].");
        checks.within(prefix.clone());
        let same = |other: &ScalingPolicy| other.policy_name == policy.policy_name;
        let first = policies.iter().position(same);
        checks.name("PolicyName", &policy.policy_name, index, first);
        let machine = Machine {
            load_test: &scenario.load_test,
            instance,
        };
        match policy.policy_type {
            PolicyType::TargetTrackingScaling => {
                let given = policy.target_tracking.clone().unwrap_or_default();
                let tracking = target_tracking(index, &given, &machine, checks);
                compiled.target_tracking.extend(tracking);
            }
            PolicyType::StepScaling => {
                let step = step_scaling(index, policy, &prefix, &machine, checks);
                compiled.step_scaling.extend(step);
            }
        }
    }
    checks.within(String::new());
    compiled
}

/// What a metric of the machine follows from.
struct Machine<'a> {
    load_test: &'a LoadTest,
    instance: Option<&'a InstanceType>,
}

impl Machine<'_> {
    /// The load test's formula, as requests per instance and minute.
    fn formula(&self) -> f64 {
        sizing::target(self.load_test.max_rps, self.load_test.safety_factor)
    }

    fn metric(&self, name: MetricName) -> Result<plan::Metric, ProblemKind> {
        let utilization = |units: u32, ms_per_request: Option<f64>| {
            let most_percent = 100.0 * f64::from(units);
            plan::Metric::Utilization {
                percent_s_per_request: ms_per_request
                    .map_or(most_percent / self.load_test.max_rps, |ms| ms / 10.0),
                most_percent,
            }
        };
        let instance = self.instance;
        match name {
            MetricName::InvocationsPerInstance => Ok(plan::Metric::InvocationsPerInstance),
            MetricName::CpuUtilization => instance
                .and_then(|instance| instance.vcpu)
                .map(|vcpu| utilization(vcpu, self.load_test.cpu_ms_per_request))
                .ok_or(ProblemKind::UnknownVcpu),
            MetricName::GpuUtilization => instance
                .and_then(|instance| instance.gpu.as_ref())
                .filter(|gpu| gpu.count > 0)
                .map(|gpu| utilization(gpu.count, self.load_test.gpu_ms_per_request))
                .ok_or(ProblemKind::NoGpu),
        }
    }
}

/// The most that a metric can be.
fn most(metric: &plan::Metric) -> f64 {
    match metric {
        plan::Metric::InvocationsPerInstance => MOST_RPS * 60.0,
        plan::Metric::Utilization { most_percent, .. } => *most_percent,
    }
}

fn target_tracking(
    index: usize,
    given: &TargetTracking,
    machine: &Machine,
    checks: &mut Checks,
) -> Option<plan::TargetTracking> {
    checks.whole("ScaleOutCooldown", given.scale_out_cooldown, 0, 86_400);
    checks.whole("ScaleInCooldown", given.scale_in_cooldown, 0, 86_400);
    let name = match &given.customized_metric {
        None => MetricName::InvocationsPerInstance,
        Some(customized) => {
            let name = customized.metric_name;
            named(
                name,
                customized.namespace.as_deref(),
                &customized.dimensions,
                customized.statistic,
                checks,
            );
            name
        }
    };
    let metric = match machine.metric(name) {
        Ok(metric) => metric,
        Err(problem) => {
            checks.problem("MetricName", problem);
            return None;
        }
    };
    checks.number_if("TargetValue", given.target_value, 0.001, most(&metric));
    Some(plan::TargetTracking {
        index,
        metric,
        target: given
            .target_value
            .unwrap_or_else(|| metric.of_requests(machine.formula())),
        scale_out_cooldown_s: f64::from(given.scale_out_cooldown),
        scale_in_cooldown_s: f64::from(given.scale_in_cooldown),
        disable_scale_in: given.disable_scale_in,
    })
}

/// A metric's namespace, dimensions and statistic, as far as they are given.
fn named(
    name: MetricName,
    namespace: Option<&str>,
    dimensions: &[Dimension],
    statistic: Option<Statistic>,
    checks: &mut Checks,
) {
    let right = name.namespace();
    if namespace.is_some_and(|namespace| namespace != right) {
        checks.problem("Namespace", ProblemKind::OtherThan { right });
    }
    checks.list("Dimensions", dimensions.len(), 30);
    let is_sum = matches!(statistic, Some(Statistic::Sum));
    let right = match name {
        MetricName::InvocationsPerInstance if statistic.is_some() && !is_sum => "Sum",
        MetricName::CpuUtilization | MetricName::GpuUtilization if is_sum => "Average",
        _ => return,
    };
    checks.problem("Statistic", ProblemKind::OtherThan { right });
}

fn step_scaling(
    index: usize,
    policy: &ScalingPolicy,
    prefix: &str,
    machine: &Machine,
    checks: &mut Checks,
) -> Option<plan::StepScaling> {
    let given = policy.step_scaling.clone().unwrap_or_default();
    checks.whole("Cooldown", given.cooldown, 0, 86_400);
    if let Some(magnitude) = given.min_adjustment_magnitude {
        checks.whole("MinAdjustmentMagnitude", magnitude, 0, 10_000);
        if magnitude > 0 && given.adjustment_type != AdjustmentType::PercentChangeInCapacity {
            checks.problem("MinAdjustmentMagnitude", ProblemKind::OnlyForPercent);
        }
    }
    let steps = steps(&given, prefix, checks);
    checks.within(prefix.to_owned());
    let alarm = alarm(&policy.alarm.clone().unwrap_or_default(), machine, checks)?;
    Some(plan::StepScaling {
        index,
        alarm,
        adjustment_type: match given.adjustment_type {
            AdjustmentType::ChangeInCapacity => plan::AdjustmentType::ChangeInCapacity,
            AdjustmentType::ExactCapacity => plan::AdjustmentType::ExactCapacity,
            AdjustmentType::PercentChangeInCapacity => {
                plan::AdjustmentType::PercentChangeInCapacity
            }
        },
        steps,
        min_adjustment_magnitude: given.min_adjustment_magnitude.unwrap_or(0),
        cooldown_s: f64::from(given.cooldown),
    })
}

/// Steps in order of their bounds; whatever AWS refuses is a problem.
fn steps(given: &StepScaling, prefix: &str, checks: &mut Checks) -> Vec<plan::StepAdjustment> {
    if given.steps.is_empty() {
        checks.problem("StepAdjustments", ProblemKind::Missing);
    }
    if !checks.list("StepAdjustments", given.steps.len(), 20) {
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

fn wrong_alone(step: &StepAdjustment) -> Option<(&'static str, StepProblem)> {
    match (step.lower, step.upper) {
        (None, None) => Some((LOWER, StepProblem::NoBounds)),
        (Some(lower), Some(upper)) if upper <= lower => Some((UPPER, StepProblem::NotAboveLower)),
        _ => None,
    }
}

/// What is wrong between steps, which are in order of their lower bounds.
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

fn alarm(given: &MetricAlarm, machine: &Machine, checks: &mut Checks) -> Option<plan::MetricAlarm> {
    let name = given.metric_name;
    named(
        name,
        given.namespace.as_deref(),
        &given.dimensions,
        given.statistic,
        checks,
    );
    checks.whole("Period", given.period, 60, 86_400);
    if given.period > 60 && !given.period.is_multiple_of(60) {
        checks.problem("Period", ProblemKind::NotWholeMinutes);
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
    let period_min = given.period / 60;
    let formula = metric.of_requests(machine.formula());
    Some(plan::MetricAlarm {
        metric,
        statistic: match statistic {
            Statistic::Sum => plan::Statistic::Sum,
            Statistic::Average => plan::Statistic::Average,
            Statistic::Minimum => plan::Statistic::Minimum,
            Statistic::Maximum => plan::Statistic::Maximum,
        },
        period_min,
        evaluation_periods: given.evaluation_periods,
        datapoints_to_alarm: datapoints,
        threshold: given.threshold.unwrap_or(match statistic {
            Statistic::Sum => formula * f64::from(period_min),
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

/// The engine's word for it.
pub(super) fn treat_missing_data(given: TreatMissingData) -> plan::TreatMissingData {
    match given {
        TreatMissingData::Missing => plan::TreatMissingData::Missing,
        TreatMissingData::Ignore => plan::TreatMissingData::Ignore,
        TreatMissingData::Breaching => plan::TreatMissingData::Breaching,
        TreatMissingData::NotBreaching => plan::TreatMissingData::NotBreaching,
    }
}

/// A utilisation target of 100 or less on a machine of several cores: most who type it mean percent of the machine.
pub(super) fn of_one_core(plan: &plan::Plan, policy: usize, typed: f64) -> Option<Warning> {
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy)?;
    let plan::Metric::Utilization { most_percent, .. } = tracked.metric else {
        return None;
    };
    (typed <= 100.0 && most_percent > 100.0).then_some(Warning::UtilizationOfCores {
        policy,
        typed,
        most: most_percent,
    })
}

/// The metric that `Plan::first_metric` is, by name.
pub(super) fn first_metric(scenario: &Scenario, plan: &plan::Plan) -> MetricName {
    let tracked = plan.target_tracking.first().map(|policy| policy.index);
    let stepped = plan.step_scaling.first().map(|policy| policy.index);
    let first = tracked.or(stepped);
    let policy = first.and_then(|index| scenario.policies.get(index));
    policy.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric)
}
