//! Policies: from `PutScalingPolicy`'s and `PutMetricAlarm`'s shapes to numbers, with AWS's validation rules.

mod metric;
mod predictive;
mod simple;
mod step;

use engine::plan;

use super::{
    check::{Checks, ItemChecks},
    credits,
    problem::ProblemKind,
    warning::Warning,
};
use crate::{
    catalogue::InstanceType,
    document::{
        CustomizedMetricSpecification, MetricName, PolicyType, PredefinedMetricSpecification,
        PredefinedMetricType, ScalingPolicy, Scenario, TargetTracking, TreatMissingData,
    },
    field::List,
    limits::MOST_POLICIES,
    metrics::{METRICS, MetricSpec},
    platform::{RESOURCE_LABEL, is_resource_label},
};
pub(crate) use metric::Machine;
pub use metric::usual;
pub(super) use predictive::odd as odd_predictive;

/// The policies of a scenario as numbers.
#[derive(Default)]
pub(super) struct Policies {
    pub target_tracking: Vec<plan::TargetTracking>,
    pub step_scaling: Vec<plan::StepScaling>,
    pub predictive: Vec<plan::PredictiveScaling>,
}

/// Checks policies, and makes numbers of those that are right.
// rule: policies.quota-policies
pub(super) fn compile(
    scenario: &Scenario,
    instance: Option<&InstanceType>,
    checks: &mut Checks,
) -> Policies {
    let mut compiled = Policies::default();
    let policies = &scenario.policies;
    if !checks.list(List::Policies.whole(), policies.len(), MOST_POLICIES) {
        return compiled;
    }
    let machine = Machine {
        rules: scenario.platform.rules(),
        load_test: &scenario.load_test,
        vcpu: vcpu(scenario, instance),
        instance,
    };
    for (index, (id, policy)) in policies.numbered().enumerate() {
        let same = |other: &ScalingPolicy| other.policy_name == policy.policy_name;
        let first = policies.iter().position(same);
        checks.name(
            ScalingPolicy::policy_name.of(id),
            &policy.policy_name,
            index,
            first,
        );
        checks.within(id, |checks| match policy.policy_type {
            PolicyType::TargetTrackingScaling => {
                if let Some(given) = &policy.target_tracking {
                    let tracking = target_tracking(index, given, &machine, checks);
                    compiled.target_tracking.extend(tracking);
                }
            }
            PolicyType::StepScaling => {
                let step = step::compile(index, policy, &machine, checks);
                compiled.step_scaling.extend(step);
            }
            PolicyType::SimpleScaling => {
                let group = &scenario.auto_scaling_group;
                let simple = simple::compile(index, policy, group, &machine, checks);
                compiled.step_scaling.extend(simple);
            }
            PolicyType::PredictiveScaling => {
                let predictive = predictive::compile(index, policies, &machine, checks);
                compiled.predictive.extend(predictive);
            }
        });
    }
    compiled
}

/// Returns the machine's virtual processors; `None`: not known.
fn vcpu(scenario: &Scenario, instance: Option<&InstanceType>) -> Option<u32> {
    match instance {
        Some(instance) => instance.vcpu,
        None => credits::of(scenario).map(|known| known.vcpu),
    }
}

fn target_tracking(
    index: usize,
    given: &TargetTracking,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::TargetTracking> {
    let (name, metric) = match &given.customized_metric {
        None => predefined(&given.metric, machine, checks)?,
        Some(customized) => other_metric(customized, machine, checks)?,
    };
    checks.number_if(
        TargetTracking::target_value,
        given.target_value,
        0.001,
        metric::most(&metric),
    );
    Some(plan::TargetTracking {
        index,
        metric,
        target: given
            .target_value
            .unwrap_or_else(|| usual(name, &metric, machine.formula())),
        scale_out_cooldown_s: f64::from(given.scale_out_cooldown),
        scale_in_cooldown_s: f64::from(given.scale_in_cooldown),
        disable_scale_in: given.disable_scale_in,
    })
}

/// A predefined metric that the platform does not take is a problem, and read as the platform's own.
// rule: component.predefined-metrics
// rule: group.predefined-metrics
// rule: serverless.predefined-metric
fn predefined(
    given: &PredefinedMetricSpecification,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<(MetricName, plan::Metric)> {
    let scales = machine.rules.scales;
    let known = given.metric_type.spec();
    let Some((metric, _)) = known.filter(|(_, of)| *of == scales) else {
        let (right, own) = own_type(machine)?;
        checks.problem(
            PredefinedMetricSpecification::metric_type,
            match known {
                None if scales.is_of_ec2() => ProblemKind::NoTrafficVolume,
                _ => ProblemKind::OtherThan { right },
            },
        );
        return Some((own.name, (own.engine)(machine).ok()?));
    };
    let label = given.resource_label.as_deref();
    let is_labelled = given.metric_type == PredefinedMetricType::AlbRequestCountPerTarget;
    if is_labelled && label.is_some_and(|label| !is_resource_label(label)) {
        let right = RESOURCE_LABEL;
        checks.problem(
            PredefinedMetricSpecification::resource_label,
            ProblemKind::OtherThan { right },
        );
    }
    named(metric.name, machine, checks)
}

/// Returns the predefined metric that a platform's policies usually look at, and how AWS calls its type.
fn own_type(machine: &Machine) -> Option<(&'static str, &'static MetricSpec)> {
    METRICS.iter().find_map(|metric| match metric.predefined {
        Some((own, scales)) if scales == machine.rules.scales => Some((own.name(), metric)),
        _ => None,
    })
}

fn named(
    name: MetricName,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<(MetricName, plan::Metric)> {
    let metric = machine.metric(name);
    let metric = metric
        .map_err(|problem| checks.problem(CustomizedMetricSpecification::metric_name, problem));
    Some((name, metric.ok()?))
}

fn other_metric(
    given: &CustomizedMetricSpecification,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<(MetricName, plan::Metric)> {
    let (name, rules) = (given.metric_name, machine.rules);
    let namespace = given.namespace.as_deref();
    let (dimensions, statistic) = (&given.dimensions, given.statistic);
    metric::check(
        name,
        rules.platform,
        namespace,
        dimensions,
        statistic,
        checks,
    );
    let metric = name.spec();
    // Target tracking looks at a customized metric by the minute only.
    let by_the_minute = (metric.predefined).filter(|_| metric.is_high_resolution);
    let right = match by_the_minute {
        _ if !rules.publishes(metric) => None,
        Some((predefined, _)) => Some(predefined.name()),
        // It does not fall as capacity is added.
        None if !metric.is_tracked => Some(rules.requests().name()),
        None => None,
    };
    match right {
        None => named(name, machine, checks),
        Some(right) => {
            checks.problem(
                CustomizedMetricSpecification::metric_name,
                ProblemKind::OtherThan { right },
            );
            None
        }
    }
}

/// Returns how the engine treats missing data.
pub(super) fn treat_missing_data(given: TreatMissingData) -> plan::TreatMissingData {
    match given {
        TreatMissingData::Missing => plan::TreatMissingData::Missing,
        TreatMissingData::Ignore => plan::TreatMissingData::Ignore,
        TreatMissingData::Breaching => plan::TreatMissingData::Breaching,
        TreatMissingData::NotBreaching => plan::TreatMissingData::NotBreaching,
    }
}

/// A utilisation target of 100 or less on a machine of several cores: most who type it mean percent of the machine.
// rule: sagemaker.target-of-one-core
pub(super) fn of_one_core(plan: &plan::Plan, policy: usize, typed: f64) -> Option<Warning> {
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy)?;
    let plan::Metric::Utilization { most_percent, .. } = tracked.metric else {
        return None;
    };
    // What would be meant then has to be possible.
    let meant = typed * most_percent / 100.0;
    let is_possible = (tracked.metric.limit(&plan.service)).is_none_or(|limit| meant <= limit);
    (typed <= 100.0 && most_percent > 100.0 && is_possible).then_some(Warning::UtilizationOfCores {
        policy,
        typed,
        most: most_percent,
    })
}

/// Returns warnings of step scaling policies whose alarms fire where they have no step.
pub(super) fn without_a_step(plan: &plan::Plan) -> impl Iterator<Item = Warning> {
    let policies = plan.step_scaling.iter();
    let without = policies.filter(|policy| policy.steps_there().next().is_none());
    without.map(|policy| Warning::NoStepThere {
        policy: policy.index,
        above: policy.alarm.comparison.is_upward(),
    })
}

/// Returns warnings of policies whose scale-out cooldown is over before a datapoint from after the scale-out can be seen: the
/// last one from before, which fired the alarm, then multiplies what it led to, or adds the same again. Where MaxCapacity keeps
/// that to what the peak needs, nobody notices. Instances that warm up count for nothing meanwhile, so a group has none of it.
pub(super) fn cooldowns_within_delay(plan: &plan::Plan, at_peak: u64) -> Vec<Warning> {
    let delay_s = plan.assumptions.metric_delay_s;
    let bounds = plan.scalable_target;
    let is_paced = plan.resource.group().is_none();
    let acts = plan.assumptions.datapoints_from_before_act;
    if !(is_paced && acts && u64::from(bounds.max) > at_peak.max(bounds.min.into())) {
        return Vec::new();
    }
    let tracking = plan.target_tracking.iter();
    let tracking = tracking.map(|policy| (policy.index, true, policy.scale_out_cooldown_s));
    let adds = |policy: &&plan::StepScaling| {
        let is_exact = policy.adjustment_type == plan::AdjustmentType::ExactCapacity;
        !is_exact && policy.steps.iter().any(|step| step.adjustment > 0)
    };
    let stepped = plan.step_scaling.iter().filter(adds);
    let stepped = stepped.map(|policy| (policy.index, false, policy.cooldown_s));
    (tracking.chain(stepped))
        .filter(|(_, _, cooldown_s)| *cooldown_s <= delay_s)
        .map(
            |(policy, is_tracking, cooldown_s)| Warning::CooldownWithinDelay {
                policy,
                is_tracking,
                cooldown_s,
                delay_s,
            },
        )
        .collect()
}

/// Returns the metric that `Plan::first_metric` is, by name.
pub(super) fn first_metric(scenario: &Scenario, plan: &plan::Plan) -> MetricName {
    let policy = (plan.first_policy()).and_then(|(index, _)| scenario.policies.get(index));
    policy.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric)
}
